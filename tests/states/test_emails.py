"""The outbox on its page."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotAllowed
from casetasks_app.mail import queries
from casetasks_app.mail.queries import MailHealth
from casetasks_app.models import MailState, OutgoingMail
from casetasks_app.web.pages.emails import texts
from casetasks_app.web.pages.emails.shown import cursor_of
from casetasks_app.web.pages.emails.state import Emails, _load, _show_in_place
from casetasks_app.web.ui.shell_state import Shell
from tests.factories import Office, a_person, a_task, actor, an_office


@pytest.fixture
def office(database) -> Office:
    with unit_of_work() as session:
        office = an_office(session)
        office.stranger = a_person(session, "Sam Turner", is_administrator=True)
        return office


def a_mail(office: Office, state: MailState = MailState.PENDING, error: str = "") -> int:
    with unit_of_work() as session:
        a_task(session, office, now=clock.now(), assignee_id=office.tom.id)
        mail = session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id).desc())).first()
        mail.state, mail.last_error, mail.attempts = state, error, 1 if error else 0
        return mail.id


async def opened(tab_of, person, query=""):
    tab = await tab_of(person.id)
    await tab.open(f"/admin/email{query}")
    return tab


async def test_failed_mails_come_first_and_can_be_tried_again(tab_of, office):
    failed = a_mail(office, MailState.DEAD, "550 No such mailbox")
    a_mail(office)
    tab = await opened(tab_of, office.stranger)
    before = [(row.state, row.recipient, row.kind, row.problem) for row in (await tab.state(Emails)).rows]

    await tab.do(Emails.try_again, failed)

    assert before == [("Failed", "Tom Ellis", "Task assigned", "550 No such mailbox"), ("Held", "Tom Ellis", "Task assigned", "")]
    assert [row.state for row in (await tab.state(Emails)).rows] == ["Held", "Held", "Dropped"]
    assert (await tab.notice()).title == "The email to Tom Ellis will be tried again."


async def test_all_failed_mails_are_tried_again_at_once(tab_of, office):
    for _ in range(3):
        a_mail(office, MailState.DEAD, "Gone")
    tab = await opened(tab_of, office.stranger)
    failed = (await tab.state(Emails)).failed

    await tab.do(Emails.try_all_again)

    assert (failed, (await tab.state(Emails)).failed) == (3, 0)
    assert (await tab.notice()).title == "3 emails will be tried again."


async def test_without_a_server_the_page_says_that_mails_are_kept(tab_of, office):
    a_mail(office)

    state = await (await opened(tab_of, office.stranger)).state(Emails)

    assert (state.bold, state.rest) == (
        "No mail server is configured.",
        "Emails are kept here and sent once there is one. 1 email is held.",
    )


async def test_a_mail_in_the_address_is_read_over_the_list(tab_of, office):
    mail_id = a_mail(office, MailState.DEAD, "Gone")

    tab = await opened(tab_of, office.stranger, f"?mail={mail_id}")

    state = await tab.state(Emails)
    assert state.reading
    assert state.mail.failed_id == mail_id
    assert state.mail.title.startswith("Assigned to you: ")
    assert f"/cases/{office.reference}/tasks/1" in state.mail.text
    for nothing in ("?mail=999999", "?mail=x", "?mail=²"):
        await tab.open(f"/admin/email{nothing}")
        assert not (await tab.state(Emails)).reading


async def test_everybody_else_is_refused_and_gets_no_mail(tab_of, office):
    mail_id = a_mail(office, MailState.DEAD, "Gone")
    tab = await opened(tab_of, office.manager, f"?mail={mail_id}")

    await tab.do(Emails.try_again, mail_id)
    await tab.do(Emails.try_all_again)

    state = await tab.state(Emails)
    assert (state.refusal.title, state.rows, state.reading) == ("You cannot open this page", [], False)
    with unit_of_work.read() as session:
        assert session.get_one(OutgoingMail, mail_id).state == MailState.DEAD


async def test_states_change_in_place_and_new_mails_wait_behind_a_press(tab_of, office):
    first = a_mail(office)
    tab = await opened(tab_of, office.stranger)
    state = await tab.state(Emails)
    with unit_of_work() as session:
        mail = session.get_one(OutgoingMail, first)
        mail.state, mail.sent_at = MailState.SENT, clock.now()
        administrator = actor(session, office.stranger)
    a_mail(office)

    _show_in_place(state, await _load(state, administrator))
    shown = [(row.mail_id, row.state, row.is_changed) for row in state.rows]
    pill = state.pill
    await tab.do(Emails.show_new)

    assert (shown, pill) == ([(first, "Sent", True)], "1 update - show")
    after = await tab.state(Emails)
    assert ([row.state for row in after.rows], after.pill) == (["Held", "Sent"], "")


async def test_older_mails_stand_on_the_next_page(tab_of, office):
    with unit_of_work() as session:
        for number in range(60):
            values = {"kind": "assigned", "to_address": f"p{number}@example.org", "dedupe_key": str(number), "message_id": f"<{number}@x>"}
            at = clock.now() + timedelta(seconds=number)
            session.add(OutgoingMail(**values, subject="S", text="T", html="", not_before=at, created_at=at, priority=1))
    tab = await opened(tab_of, office.stranger)
    first = [row.mail_id for row in (await tab.state(Emails)).rows]

    await tab.open((await tab.state(Emails)).more_href)

    state = await tab.state(Emails)
    assert len(first) == 50
    assert sorted(first + [row.mail_id for row in state.rows]) == list(range(1, 61))
    assert (state.more_href, state.is_first) == ("", False)


@pytest.mark.parametrize("text", ["", "x", "1_2_x", "2_1_2026-01-01T00:00:00+00:00", "1_1_2026-01-01T00:00:00"])
def test_an_address_that_names_no_page_gives_the_first(text):
    assert cursor_of(text) is None


def test_the_sentence_on_top_says_whether_mails_leave():
    now = clock.now()
    working = MailHealth(has_server=True, waiting=0, oldest_waiting_at=None, failed=0, last_round_at=now, problem="")
    stuck = MailHealth(has_server=True, waiting=23, oldest_waiting_at=now, failed=1, last_round_at=now, problem="The server is gone.")

    assert texts.on_top(working, now)[0].startswith("All emails sent up to today, ")
    bold, rest = texts.on_top(stuck, now)
    assert bold.startswith("Email has not been leaving since today, ")
    assert rest == "23 are waiting and will be sent when it works again. The server is gone. 1 email has failed."


async def test_an_administrator_s_header_counts_failed_mails_on_every_page(tab_of, office):
    a_mail(office, MailState.DEAD, "Gone")
    failed = a_mail(office, MailState.DEAD, "Gone")
    tab = await opened(tab_of, office.stranger)
    before = await tab.state(Shell)
    first = (before.failed_mails, before.failed_mails_words)

    await tab.do(Emails.try_again, failed)
    await tab.open("/my-work")

    after = await tab.state(Shell)
    assert first == ("2", "2 failed")
    assert (after.failed_mails, after.failed_mails_words) == ("1", "1 failed")


async def test_nobody_else_is_told_how_many_mails_failed(tab_of, office):
    a_mail(office, MailState.DEAD, "Gone")
    tab = await tab_of(office.manager.id)

    await tab.open("/my-work")

    assert (await tab.state(Shell)).failed_mails_words == ""
    with unit_of_work() as session, pytest.raises(NotAllowed):
        queries.failed(session, actor=actor(session, office.manager))
