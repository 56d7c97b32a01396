"""Queueing, withdrawing and trying again, on real databases."""

import pytest

from casetasks_app import settings
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotAllowed
from casetasks_app.mail import service
from casetasks_app.mail.facts import MailKind, Recipient
from casetasks_app.models import MailState, MailTemplate
from tests.integration.mail.conftest import Admin, Office


def test_each_recipient_gets_a_row_of_their_own(office: Office) -> None:
    queued = office.queue(to=[office.tom, office.ana])

    assert [each.name for each in queued] == ["Tom", "Ana"]
    assert [mail.to_address for mail in office.mails()] == ["tom@example.org", "ana@example.org"]
    assert all(mail.state == MailState.PENDING and mail.thread_id == f"<case-{office.case_id}@localhost>" for mail in office.mails())


def test_the_same_event_is_mailed_once_however_often_it_is_queued(office: Office) -> None:
    office.queue()

    again = office.queue(to=[office.tom, office.tom, office.ana])

    assert [each.name for each in again] == ["Ana"]
    assert [mail.dedupe_key for mail in office.mails()] == [
        f"team_task:{office.task_id}:e1:u{each.person_id}" for each in (office.tom, office.ana)
    ]


def test_inactive_people_and_people_without_an_address_are_left_out(office: Office) -> None:
    queued = office.queue(to=[office.gone, Recipient(None, "Nobody", " "), Recipient(None, "Desk", "desk@example.org")])

    assert [each.name for each in queued] == ["Desk"]


def test_a_rolled_back_change_leaves_no_mail(office: Office) -> None:
    with pytest.raises(RuntimeError), unit_of_work() as session:
        service.queue(session, kind=MailKind.ASSIGNED, recipients=[office.tom], facts=office.facts, event="e1", now=office.now)
        raise RuntimeError

    assert office.mails() == []


def test_replies_to_an_assignment_reach_the_case_manager(office: Office) -> None:
    office.queue(MailKind.ASSIGNED)
    office.queue(MailKind.TEAM_TASK)

    assert [mail.reply_to for mail in office.mails()] == ["priya.shah@example.gov.uk", ""]


def test_unsent_mails_of_a_task_are_withdrawn_and_sent_ones_stay(office: Office) -> None:
    """B27, R21."""
    office.queue(MailKind.REMINDER)
    office.queue(MailKind.ASSIGNED)

    with unit_of_work() as session:
        only_reminders = service.withdraw(session, task_id=office.task_id, kinds=[MailKind.REMINDER], now=office.now)
        everything_else = service.withdraw(session, task_id=office.task_id, now=office.now)

    assert (only_reminders, everything_else) == (1, 1)
    assert {mail.state for mail in office.mails()} == {MailState.CANCELLED}


def test_a_failed_mail_is_tried_again_once_as_a_new_row(office: Office) -> None:
    [queued] = office.queue()
    with unit_of_work() as session:
        session.get_one(service.OutgoingMail, queued.mail_id).state = MailState.DEAD

    with unit_of_work() as session:
        new_id = service.requeue(session, mail_id=queued.mail_id, actor=Admin(), now=office.now)
    with pytest.raises(service.NotFailed), unit_of_work() as session:
        service.requeue(session, mail_id=queued.mail_id, actor=Admin(), now=office.now)

    old, new = office.mails()
    assert (new.id, new.state, new.attempts, new.text) == (new_id, MailState.PENDING, 0, old.text)
    assert old.state == MailState.CANCELLED
    assert old.message_id != new.message_id


def test_only_administrators_try_again(office: Office) -> None:
    with pytest.raises(NotAllowed), unit_of_work() as session:
        service.requeue_all(session, actor=Admin(is_administrator=False), now=office.now)


def test_a_changed_text_is_used_and_a_broken_one_is_not(office: Office) -> None:
    with unit_of_work() as session:
        session.add(
            MailTemplate(kind="team_task", subject="Look: {{ reference }}", body="For {{ team }}{{ actor }}.", changed_at=office.now)
        )
        session.add(MailTemplate(kind="assigned", subject="{{ nonsense }}", body="{% if %}", changed_at=office.now))

    office.queue(MailKind.TEAM_TASK)
    office.queue(MailKind.ASSIGNED)

    changed, broken = office.mails()
    assert (changed.subject, changed.text) == ("Look: HSG-1042/2", "For Priya Shah.\n")
    assert broken.subject == "Assigned to you: Site visit, HSG-1042/2, due 3 Mar"


def test_a_folder_of_texts_replaces_the_built_in_ones(office: Office, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = settings.load().data_dir / "texts" / "team_task"
    folder.mkdir(parents=True)
    (folder / "body.txt").write_text("Our own words about {{ reference }}.", encoding="utf-8")
    monkeypatch.setenv("CASETASKS_MAIL_TEMPLATE_DIR", str(folder.parent))
    settings.load.cache_clear()

    office.queue(MailKind.TEAM_TASK)

    [mail] = office.mails()
    assert mail.text == "Our own words about HSG-1042/2.\n"
    assert "Our own words" in mail.html
