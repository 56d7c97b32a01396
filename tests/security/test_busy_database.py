"""A database that nobody can write to for a while: pages can be read, what would be saved is refused in words (F10)."""

import http.client
import json
import sqlite3
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from urllib.parse import urlencode

import pytest

from casetasks_app.web import routes
from tests.security.server import PASSWORD, Server, serving

LONGER_THAN_THE_DATABASE_WAITS = 60
PDF = b"%PDF-1.4 a plan"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    with serving(tmp_path_factory.mktemp("busy")) as running:
        yield running


@contextmanager
def locked(server: Server) -> Generator[None]:
    with closing(sqlite3.connect(server.folder / "data" / "casetasks.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def post(server: Server, path: str, body: bytes, **headers: str) -> tuple[int, str | None, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=LONGER_THAN_THE_DATABASE_WAITS)) as connection:
        sent = {"origin": server.base, **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request("POST", path, body=body, headers=sent)
        answer = connection.getresponse()
        return answer.status, answer.getheader("retry-after"), answer.read().decode()


def test_while_nothing_can_be_written_pages_are_read_and_the_rest_is_told_in_words(own_server: Server) -> None:
    cookie = own_server.sign_in()
    form = urlencode({"email": "tom@example.test", "password": PASSWORD}).encode()
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        + PDF
        + b"\r\n--x--\r\n"
    )

    with locked(own_server), ThreadPoolExecutor(2) as threads:
        entering = threads.submit(post, own_server, routes.SIGN_IN, form, content_type="application/x-www-form-urlencoded")
        sending = threads.submit(
            post, own_server, f"{routes.UPLOAD}?draft=x", parts, cookie=cookie, content_type="multipart/form-data; boundary=x"
        )
        read = [own_server.request("GET", path, cookie=cookie, accept="text/html").status for path in ("/sign-in", "/auth/me", "/up")]
        (status, _, page), (refused, again, said) = entering.result(), sending.result()

    assert all(each < 500 for each in read), read
    assert (status, "The system is busy right now" in page) == (503, True)
    assert (refused, again) == (503, "5")
    assert "nothing was saved" in json.loads(said)["detail"]
    assert "Traceback" not in own_server.log
    assert own_server.enter("tom@example.test")
