"""When a start is refused, and what it is told about why."""

import socket
from pathlib import Path

import pytest

from casetasks_app.cli import run, server
from casetasks_app.settings import Settings

HERE = "127.0.0.1"


def start(*, demo: bool, host: str = HERE) -> run.Start:
    return run.Start(host, 8000, demo, Path("data"))


def safe_settings(**changes: object) -> Settings:
    return Settings.model_validate({"public_url": "https://tasks.example.gov.uk", **changes})


def test_a_production_start_with_safe_settings_is_not_refused():
    assert run.refusals(safe_settings(), start(demo=False)) == []


def test_a_production_start_lists_every_unsafe_setting_at_once():
    config = safe_settings(public_url="http://tasks.example.gov.uk", mail_host="mail.example.gov.uk", mail_tls="none")

    reasons = run.refusals(config, start(demo=False))

    assert [reason.split()[0] for reason in reasons] == ["CASETASKS_PUBLIC_URL", "CASETASKS_MAIL_TLS", "CASETASKS_MAIL_FROM"]


def test_a_production_start_without_an_address_is_refused():
    reasons = run.refusals(Settings.model_validate({}), start(demo=False))

    assert reasons == ["CASETASKS_PUBLIC_URL is missing: set the address people type, like https://tasks.example.gov.uk."]


def test_a_demo_start_needs_no_settings():
    assert run.refusals(Settings.model_validate({}), start(demo=True)) == []


def test_people_with_known_passwords_are_never_reachable_from_outside():
    reasons = run.refusals(Settings.model_validate({}), start(demo=True, host="0.0.0.0"))

    assert reasons == ["--demo brings people with known passwords: it listens on 127.0.0.1 only, not on 0.0.0.0."]


def test_people_with_known_passwords_never_come_into_production():
    reasons = run.refusals(safe_settings(production=True), start(demo=True))

    assert reasons == ["--demo brings people with known passwords: not with CASETASKS_PRODUCTION."]


def test_a_port_in_use_is_said_in_a_sentence():
    with socket.create_server((HERE, 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(server.PortTaken, match=f"port {port}: Address already in use. Another port: --port {port + 1}"):
            server.require_free(HERE, port)


def test_the_server_is_told_what_the_command_line_decided():
    changes = start(demo=False).variables()

    told = server.environment(8000, changes)

    assert told["CASETASKS_HOST"] == HERE
    assert told["CASETASKS_PRODUCTION"] == "true"
    assert Path(told["CASETASKS_DATA_DIR"]).is_absolute()
