"""The gate: what a stranger gets on every address, what every answer carries, and which requests are turned away."""

import pytest

from casetasks_app.web import routes
from tests.security.server import PASSWORD

PUBLIC = {"/sign-in", "/sign-in/sign-in.css", "/sign-in/sign-in.js", "/up"}
ADDRESSES = sorted(
    {value for name, value in vars(routes).items() if name.isupper() and isinstance(value, str) and value.startswith("/")}
    | {
        "/ping",
        "/_health",
        "/_upload",
        "/_upload/x.txt",
        "/_all_routes",
        "/assets/index.js",
        "/files/1",
        "/files/1/preview",
        "/index.html",
        "/%2e%2e/rxconfig.py",
        "/victim",
    }
)


@pytest.mark.parametrize("path", [path for path in ADDRESSES if path not in PUBLIC])
def test_every_address_needs_a_sign_in(server, path):
    page = server.request("GET", path, accept="text/html")
    other = server.request("GET", path, accept="*/*")
    posted = server.request("POST", path, body=b"x", origin=server.base) if path != "/sign-out" else None

    assert (page.status, page.headers["location"].partition("?")[0]) == (303, "/sign-in")
    assert (other.status, other.body) == (401, b"Sign in first.")
    assert posted is None or posted.status == 401


@pytest.mark.parametrize("path", sorted(PUBLIC))
def test_what_is_public_says_nothing_about_the_installation(server, path):
    answer = server.request("GET", path)

    assert answer.status == 200
    assert not any(word in answer.body.lower() for word in (b"sqlite", b"redis", b"reflex", b"version"))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_get_nothing_from_a_stranger(server, method):
    answer = server.request(method, "/sign-in", origin=server.base, content_length="0")

    assert answer.status in {400, 401, 405}


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null", "http://127.0.0.1.evil.example"])
def test_a_post_from_another_site_is_refused_also_with_a_living_sign_in(server, origin):
    headers = {"origin": origin} if origin else {}

    answers = [server.request("POST", path, body=b"a=b", cookie=server.sign_in(), **headers) for path in ("/sign-in", "/sign-out")]

    assert [answer.status for answer in answers] == [403, 403]


def test_a_body_that_is_too_large_or_of_unknown_length_is_refused(server):
    large = server.request("POST", "/sign-in", body=b"x" * 70_000, origin=server.base)
    chunked = server.request("POST", "/sign-in", body=iter([b"x"]), origin=server.base, transfer_encoding="chunked")

    assert (large.status, chunked.status) == (413, 411)


def test_every_answer_carries_the_protecting_headers(server):
    for path in ("/sign-in", "/sign-in/sign-in.css", "/up", "/my-work", "/nowhere"):
        headers = server.request("GET", path, accept="text/html").headers

        policy = headers["content-security-policy"]
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
        assert "frame-ancestors 'none'" in policy
        assert (headers["x-content-type-options"], headers["x-frame-options"], headers["referrer-policy"]) == (
            "nosniff",
            "DENY",
            "same-origin",
        )


def test_no_page_is_kept_by_the_browser(server):
    cookie = server.sign_in()

    answers = [
        server.request("GET", "/sign-in"),
        server.request("GET", "/sign-in", cookie=cookie),
        server.request("GET", "/my-work", accept="text/html"),
    ]

    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


def test_no_other_site_may_read_an_answer(server):
    for origin in ("https://evil.example", "null"):
        headers = server.request("GET", "/sign-in", origin=origin).headers

        assert "access-control-allow-origin" not in headers


def test_the_frameworks_own_upload_stays_closed_to_people_who_are_signed_in(server):
    cookie = server.sign_in()

    got = server.request("GET", "/_upload/x.txt", cookie=cookie)
    posted = server.request("POST", "/_upload", body=b"x", cookie=cookie, origin=server.base)

    assert (got.status, posted.status) == (404, 404)


def test_somebody_who_is_signed_in_goes_straight_on_from_the_sign_in_page(server):
    answer = server.request("GET", "/sign-in?next=/cases", cookie=server.sign_in())

    assert (answer.status, answer.headers["location"]) == (303, "/cases")


def test_signing_in_from_another_site_is_refused(server):
    answer = server.post("/sign-in", {"email": "ana@example.test", "password": PASSWORD}, origin="https://evil.example")

    assert answer.status == 403
    assert not answer.cookies
