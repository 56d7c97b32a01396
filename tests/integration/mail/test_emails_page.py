"""What administrators see of the outbox."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotAllowed, NotFound
from casetasks_app.mail import outbox, queries, samples
from casetasks_app.mail.facts import MailKind
from casetasks_app.mail.queries import Shown
from casetasks_app.models import MailState, OutgoingMail
from tests.integration.mail.conftest import Admin, Office


def with_states(office: Office, *states: MailState) -> None:
    for number, state in enumerate(states):
        [queued] = office.queue(event=f"e{number}")
        with unit_of_work() as session:
            mail = session.get_one(OutgoingMail, queued.mail_id)
            mail.state, mail.created_at = state, office.now + timedelta(minutes=number)


def test_failed_mails_come_first_then_the_newest(office: Office) -> None:
    with_states(office, MailState.SENT, MailState.DEAD, MailState.PENDING, MailState.CANCELLED)

    with unit_of_work.read() as session:
        page = queries.emails(session, actor=Admin())

    assert [row.state for row in page.rows] == [Shown.FAILED, Shown.DROPPED, Shown.HELD, Shown.SENT]
    assert {(row.to_name, row.reference, row.task_type) for row in page.rows} == {("Tom", "HSG-1042/2", "Site visit")}
    assert page.next is None


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_follow_each_other_without_gap_or_repeat(office: Office, size: int) -> None:
    with_states(office, *[MailState.SENT, MailState.DEAD] * 3)

    found, after = [], None
    with unit_of_work.read() as session:
        while True:
            page = queries.emails(session, actor=Admin(), after=after, limit=size)
            found += [row.mail_id for row in page.rows]
            if (after := page.next) is None:
                break

    assert found == [6, 4, 2, 5, 3, 1]


def test_a_mail_can_be_read(office: Office) -> None:
    [queued] = office.queue(MailKind.ASSIGNED)

    with unit_of_work.read() as session:
        view = queries.email(session, mail_id=queued.mail_id, actor=Admin())

    assert view.subject == "Assigned to you: Site visit, HSG-1042/2, due 3 Mar"
    assert "14 Mill Lane" in view.text


def test_only_administrators_read_mails(office: Office) -> None:
    with unit_of_work.read() as session:
        with pytest.raises(NotAllowed):
            queries.emails(session, actor=Admin(is_administrator=False))
        with pytest.raises(NotAllowed):
            queries.email(session, mail_id=1, actor=Admin(is_administrator=False))
        with pytest.raises(NotFound):
            queries.email(session, mail_id=1, actor=Admin())


def test_health_says_what_waits_since_when_and_what_failed(office: Office) -> None:
    with_states(office, MailState.SENT, MailState.DEAD, MailState.PENDING, MailState.SENDING)
    with unit_of_work() as session:
        outbox.beat(session, process="p", note="The mail server cannot be used: gone", has_changes=False, now=office.now)

    with unit_of_work.read() as session:
        health = queries.health(session)

    assert (health.has_server, health.waiting, health.failed, health.oldest_waiting_at) == (False, 2, 1, office.now)
    assert (health.last_round_at, health.problem) == (office.now, "The mail server cannot be used: gone")


def test_each_kind_can_be_looked_at_before_anybody_gets_it(office: Office) -> None:
    with unit_of_work.read() as session:
        subjects = {kind: samples.preview(session, kind=kind).subject for kind in MailKind}

    assert all("HSG-1042" in subject for subject in subjects.values())


def test_counting_failed_mails_uses_their_index(office: Office) -> None:
    plan = "EXPLAIN QUERY PLAN " if unit_of_work_is_sqlite() else "EXPLAIN "

    with unit_of_work.read() as session:
        session.connection().execute(sa.text("SELECT 1"))
        if not unit_of_work_is_sqlite():
            session.connection().execute(sa.text("SET enable_seqscan = off"))
        steps = str(session.connection().execute(sa.text(f"{plan}{queries.COUNT_FAILED}")).all())

    assert "mail_failed" in steps


def test_claiming_uses_the_index_of_waiting_mails(office: Office) -> None:
    plan = "EXPLAIN QUERY PLAN " if unit_of_work_is_sqlite() else "EXPLAIN "
    query = "SELECT id FROM outgoing_mail WHERE state IN ('pending', 'claimed', 'sending') ORDER BY priority, not_before, id LIMIT 20"

    with unit_of_work.read() as session:
        session.connection().execute(sa.text("SELECT 1"))
        if not unit_of_work_is_sqlite():
            session.connection().execute(sa.text("SET enable_seqscan = off"))
        steps = str(session.connection().execute(sa.text(plan + query)).all())

    assert "mail_waiting" in steps


def unit_of_work_is_sqlite() -> bool:
    with unit_of_work.read() as session:
        return session.get_bind().dialect.name == "sqlite"
