"""The throttle of sign-ins behind a reverse proxy: visitors are told apart, and cannot choose who they are."""

import sqlite3
from contextlib import closing
from urllib.parse import urlencode

import pytest

from tests.security.server import Answer, Server, serving


@pytest.fixture(scope="module")
def behind_proxy(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("proxied"), CASETASKS_TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/24") as running:
        yield running


def wrong_password(server: Server, email: str, **headers: str) -> Answer:
    form = urlencode({"email": email, "password": "wrong password!"}).encode()
    sent = {"origin": server.base, "content_type": "application/x-www-form-urlencoded", **headers}
    return server.request("POST", "/sign-in", body=form, **sent)


def counted(server: Server) -> list[str]:
    with closing(sqlite3.connect(server.folder / "data" / "casetasks.db", timeout=10)) as connection:
        return [address for (address,) in connection.execute("SELECT address FROM sign_in_failure ORDER BY id")]


def test_the_visitor_behind_the_proxy_is_counted_whatever_they_claim_to_be(behind_proxy: Server):
    wrong_password(behind_proxy, "a@example.test", x_forwarded_for="203.0.113.7")
    wrong_password(behind_proxy, "b@example.test", x_forwarded_for="198.51.100.1, 203.0.113.7")
    wrong_password(behind_proxy, "c@example.test", x_forwarded_for="198.51.100.2, 203.0.113.7, 10.0.0.9")
    wrong_password(behind_proxy, "d@example.test", x_forwarded_for="203.0.113.7, not an address")

    assert counted(behind_proxy)[-4:] == ["203.0.113.7", "203.0.113.7", "203.0.113.7", "127.0.0.1"]


def test_thirty_wrong_passwords_stop_their_visitor_and_nobody_else(behind_proxy: Server):
    for _ in range(30):
        behind_proxy.change_database(
            "INSERT INTO sign_in_failure (email_digest, address, at) SELECT 'x', '192.0.2.1', max(at) FROM sign_in_failure"
        )

    refused = wrong_password(behind_proxy, "e@example.test", x_forwarded_for="203.0.113.99, 192.0.2.1")
    other = wrong_password(behind_proxy, "e@example.test", x_forwarded_for="192.0.2.1, 203.0.113.99")

    assert (refused.status, other.status) == (429, 401)


def test_without_the_setting_nobody_is_believed(server: Server):
    wrong_password(server, "f@example.test", x_forwarded_for="203.0.113.7")

    assert counted(server)[-1] == "127.0.0.1"
