"""Encryption and login towards the SMTP server, against real certificates."""

import pytest

from casetasks_app.models import MailState
from tests.integration.mail.conftest import Connect, Office
from tests.integration.mail.post_office import PASSWORD, USER, Certificates
from tests.integration.mail.test_sending import rounds

LOGIN = {"mail_user": USER, "mail_password": PASSWORD}


def test_starttls_with_login_delivers(office: Office, connect: Connect, papers: Certificates) -> None:
    options = {"mail_tls": "starttls", "mail_ca_file": papers.authority, **LOGIN}
    server = connect(settings_only=options, tls_context=papers.context(papers.good), require_starttls=True, auth_required=True)
    office.queue()

    [result] = rounds(office)

    assert (result.sent, result.problem) == (1, "")
    assert server.logins == [USER.encode()]


def test_tls_from_the_first_byte_delivers(office: Office, connect: Connect, papers: Certificates) -> None:
    server = connect(settings_only={"mail_tls": "tls", "mail_ca_file": papers.authority}, tls=papers.context(papers.good))
    office.queue()

    rounds(office)

    assert len(server.mails) == 1


def unusable(office: Office) -> str:
    """Send, expect that nothing left and no try was counted, and return what the administrator is told."""
    office.queue()
    [result] = rounds(office)
    [mail] = office.mails()
    assert (result.sent, mail.state, mail.attempts) == (0, MailState.PENDING, 0)
    return result.problem


def test_a_server_that_offers_no_starttls_gets_neither_password_nor_mail(office: Office, connect: Connect) -> None:
    server = connect(settings_only={"mail_tls": "starttls", **LOGIN}, auth_require_tls=False)

    problem = unusable(office)

    assert "STARTTLS" in problem
    assert (server.logins, server.mails) == ([], [])


@pytest.mark.parametrize("which", ["expired", "unknown"])
def test_a_certificate_that_cannot_be_trusted_stops_the_sending(office: Office, connect: Connect, papers: Certificates, which: str) -> None:
    options = {"mail_tls": "starttls", **LOGIN} | ({"mail_ca_file": papers.authority} if which == "expired" else {})
    server = connect(settings_only=options, tls_context=papers.context(papers.expired if which == "expired" else papers.good))

    problem = unusable(office)

    assert "certificate" in problem.lower()
    assert (server.logins, server.mails) == ([], [])


def test_a_wrong_password_stops_the_sending_and_is_not_repeated_in_the_message(
    office: Office, connect: Connect, papers: Certificates
) -> None:
    options = {"mail_tls": "starttls", "mail_ca_file": papers.authority, "mail_user": USER, "mail_password": "wrong-secret"}
    server = connect(settings_only=options, tls_context=papers.context(papers.good))

    problem = unusable(office)

    assert problem.startswith("The mail server cannot be used: 535")
    assert "wrong-secret" not in problem
    assert server.mails == []


def test_no_password_goes_unencrypted_to_another_machine(office: Office, connect: Connect) -> None:
    options = {"mail_host": "127.0.0.2", "mail_tls": "none", **LOGIN}
    server = connect(settings_only=options, host="127.0.0.2", auth_require_tls=False)

    problem = unusable(office)

    assert "unencrypted" in problem
    assert (server.logins, server.mails) == ([], [])
