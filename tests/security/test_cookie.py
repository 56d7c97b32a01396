"""What the gate derives from the settings."""

import pytest
from starlette.responses import Response

from casetasks_app.settings import Settings
from casetasks_app.web import gate_settings
from casetasks_app.web.gate import cookie_in
from casetasks_app.web.sign_in import door

TLS = Settings(public_url="https://tasks.example.gov.uk")


def test_with_tls_the_cookie_is_secure_and_no_other_host_can_set_it(monkeypatch):
    monkeypatch.setattr(door.settings, "load", lambda: TLS)
    response = Response()

    door._set_cookie(response, "token")

    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-sid=token;")
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert "domain" not in cookie.lower()


def test_with_tls_only_the_public_address_is_an_origin():
    assert gate_settings.origins_of(TLS) == {"https://tasks.example.gov.uk"}


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_on_a_loopback_address_each_of_its_names_is_an_origin_with_that_port_alone(name):
    origins = gate_settings.origins_of(Settings(port=8123))

    assert f"http://{name}:8123" in origins
    assert f"http://{name}:8124" not in origins


@pytest.mark.parametrize(
    ("header", "value"),
    [("sid=abc", "abc"), ("a=b; sid=abc; c=d", "abc"), ("__Host-sid=abc", ""), ("sid2=abc", ""), ("", ""), ("sid", ""), ("=;;=", "")],
)
def test_only_the_cookie_of_exactly_this_name_is_read(header, value):
    assert cookie_in(header, "sid") == value
