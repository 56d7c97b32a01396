"""REST on the wire: its own door, no cookies, no other site, and every answer JSON that nobody keeps."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.security.server import Answer, Server, serving
from tests.security.test_busy_database import locked

_TOKEN = """
from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import service, tokens
with unit_of_work() as session:
    person = service.person_by_email(session, email={email!r})
    print(tokens.make(session, person_id=person.id, name="a test", days=1, now=clock.now()).text)
"""
PATHS = ["/api", "/api/", "/api/my-work", "/api/nowhere", "/api/openapi.json", "/api/cases/A-1/tasks/1", "/api/../my-work"]


def a_token(server: Server, email: str = "ana@example.test") -> str:
    return server.run(_TOKEN.format(email=email))


@pytest.fixture(scope="module")
def bearer(server: Server) -> str:
    return f"Bearer {a_token(server)}"


def said(answer: Answer) -> dict:
    assert answer.headers["content-type"] in {"application/json", "application/problem+json"}, answer
    return json.loads(answer.body)


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_gets_a_problem_and_never_a_page(server, path):
    for accept in ("text/html", "*/*"):
        answer = server.request("GET", path, accept=accept)

        assert (answer.status, said(answer)["status"]) == (401, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_the_cookie_of_a_living_sign_in_opens_nothing(server):
    cookie = server.sign_in()

    read = server.request("GET", "/api/my-work", cookie=cookie)
    written = server.request("POST", "/api/cases", body=b"{}", cookie=cookie, origin=server.base, content_type="application/json")
    with_digest = server.request("GET", "/api/my-work", cookie=cookie, authorization="session " + "0" * 64)

    assert [each.status for each in (read, written, with_digest)] == [401, 401, 401]


def test_a_token_opens_the_interface_and_nothing_else(server, bearer):
    mine = server.request("GET", "/api/my-work", authorization=bearer)
    pages = [server.request("GET", path, authorization=bearer, accept="*/*") for path in ("/", "/my-work", "/apix", "/auth/me", "/files/1")]

    assert (mine.status, said(mine)) == (200, {"tasks": [], "next": None})
    assert [each.status for each in pages] == [401] * 5


def test_every_answer_carries_the_protecting_headers_and_is_kept_by_nobody(server, bearer):
    for path, token in (("/api/my-work", bearer), ("/api/nowhere", bearer), ("/api/my-work", "Bearer x")):
        answer = server.request("GET", path, authorization=token, origin="https://evil.example")

        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "access-control-allow-origin" not in answer.headers
        assert not answer.cookies


def test_no_other_site_is_allowed_to_ask(server, bearer):
    asked = {"origin": "https://evil.example", "access_control_request_method": "POST", "access_control_request_headers": "authorization"}

    strange = server.request("OPTIONS", "/api/cases", **asked)
    known = server.request("OPTIONS", "/api/cases", authorization=bearer, **asked)

    assert {strange.status, known.status} == {400}
    assert not [name for each in (strange, known) for name in each.headers if name == "access-control-allow-origin"]


def test_bodies_are_read_within_limits_however_they_are_sent(server, bearer):
    where = "/api/cases/A-1/tasks/1/complete"
    own = {"authorization": bearer, "content_type": "application/json"}

    large = server.request("POST", where, body=b"x" * 600_000, **own)
    endless = server.request("POST", where, body=iter([b"x" * 65_536] * 12), **own)
    small = server.request("POST", where, body=iter([b'{"step":', b"1}"]), **own)
    broken = server.request("POST", where, body=iter([b"no chunk"]), transfer_encoding="chunked", **own)

    assert [(each.status, said(each)["type"].rpartition(":")[2]) for each in (large, endless, small, broken)] == [
        (413, "too-large"),
        (413, "too-large"),
        (404, "not-found"),
        (400, "not-json"),
    ]


def test_a_head_request_has_no_content(server, bearer):
    answer = server.request("HEAD", "/api/my-work", authorization=bearer)

    assert (answer.status, answer.body) == (200, b"")


def test_there_is_no_socket(server, bearer):
    upgrade = {
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec_websocket_version": "13",
        "sec_websocket_key": "dGhlIHNhbXBsZSBub25jZQ==",
    }

    answer = server.request("GET", "/api/my-work", authorization=bearer, **upgrade)

    assert answer.status in {400, 403, 404}


def test_nothing_of_a_token_is_in_the_log(server, bearer):
    server.request("GET", "/api/my-work", authorization=bearer)
    server.request("GET", "/api/my-work", authorization="Bearer casetasks_secret")

    assert bearer.removeprefix("Bearer ") not in server.log
    assert "casetasks_secret" not in server.log


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("rest")) as running:
        yield running


def test_while_the_database_is_locked_it_can_be_read_and_the_rest_is_told(own_server):
    token = f"Bearer {a_token(own_server)}"
    own_server.request("GET", "/api/my-work", authorization=token)

    with locked(own_server), ThreadPoolExecutor(1) as threads:
        writing = threads.submit(own_server.request, "GET", "/api/my-work", authorization="Bearer casetasks_wrong", timeout=60)
        read = own_server.request("GET", "/api/my-work", authorization=token)
        refused = writing.result()

    assert read.status == 200
    assert (refused.status, refused.headers["retry-after"], said(refused)["type"].rpartition(":")[2]) == (503, "5", "busy")


def test_wrong_tokens_are_throttled_while_people_can_sign_in(own_server):
    answers = [own_server.request("GET", "/api/my-work", authorization=f"Bearer casetasks_{number}") for number in range(35)]

    assert {each.status for each in answers} == {401, 429}
    assert answers[-1].status == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert own_server.enter()
    assert "Traceback" not in own_server.log
