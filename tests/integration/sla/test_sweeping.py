"""The sweep with the clock moved: who is told what, when, and only once."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Calendar, Case, OutgoingMail, Person, Task, TaskStatus, TaskStep
from casetasks_app.sla import queries, service, watching
from casetasks_app.sla.sweeping import SweepResult
from tests.integration.sla.office import (
    FRIDAY,
    TUESDAY,
    Office,
    add_task,
    events,
    history,
    london,
    mails,
    sweep,
    sweep_at,
    the_task,
)

MONDAY = london("30 Nov 15:00")
SECOND = timedelta(seconds=1)
REMINDER = "Due tomorrow 15:00: Site visit, HSG-1042/1, not claimed"
BREACH = "Breached: Site visit, HSG-1042/1, was due 15:00 today"


@pytest.fixture
def task(office: Office) -> Office:
    """Create one task with the usual target: two working days from Friday 15:00."""
    with unit_of_work() as session:
        add_task(session, office)
    return office


def _change(change: Callable[[Session, Task], None]) -> None:
    with unit_of_work() as session:
        change(session, session.exec(select(Task)).one())


def test_the_case_manager_is_reminded_and_told_of_the_breach(task: Office) -> None:
    """S61, S62, S63, S89: on the calendar's working days; R22, R24."""
    subjects = sweep_at(MONDAY - SECOND, MONDAY, MONDAY + SECOND, TUESDAY, TUESDAY + SECOND, TUESDAY + timedelta(hours=1))

    assert subjects == [REMINDER, BREACH]
    assert {mail.to_address for mail in mails()} == {"priya@example.gov.uk"}
    assert [entry.kind for entry in history()] == ["reminder_sent", "breached"]


def test_nothing_happens_in_the_due_second(task: Office) -> None:
    """R13."""
    sweep(MONDAY)

    assert sweep(TUESDAY) == SweepResult()
    assert sweep(TUESDAY + SECOND).breaches == 1


def test_the_mail_says_what_the_reader_needs(task: Office) -> None:
    """S61."""
    sweep(MONDAY)
    text = mails()[0].text

    assert "Site visit: 14 Mill Lane" in text
    assert "Tuesday 1 December 2026, 15:00" in text
    assert "2 working days" in text
    assert "Planning officers, not claimed since Friday 27 November" in text
    assert "Sent 1 working day before the target." in text


def test_the_mail_names_whoever_has_the_task(task: Office) -> None:
    """S62."""
    with unit_of_work() as session:
        session.exec(select(TaskStep)).one().assignee_id = task.members[0]

    sweep(TUESDAY + timedelta(minutes=5))

    assert "Assigned to: Tom Ellis" in mails()[0].text
    assert "Late by: 5 minutes" in mails()[0].text


@pytest.mark.parametrize("is_left", [False, True])
def test_without_a_case_manager_every_member_of_the_manager_team_is_told(task: Office, is_left: bool) -> None:
    """S61, S62: also when the manager has left."""
    with unit_of_work() as session:
        session.get_one(Person, task.manager_id).is_active = not is_left
        session.get_one(Case, task.case_id).manager_id = task.manager_id if is_left else None

    sweep(MONDAY)

    assert [mail.person_id for mail in mails()] == list(task.members)
    assert history()[0].details["to"] == ["Tom Ellis", "Ana Ruiz"]


def test_a_breach_is_repeated_as_configured_and_then_no_more(task: Office) -> None:
    """S62, R24: every working day, at most twice; the history has it once."""
    sweep(MONDAY)

    subjects = sweep_at(*(TUESDAY + timedelta(days=n, minutes=1) for n in range(8)))

    assert subjects[1:] == [
        BREACH,
        "Still open, 1 day late: Site visit, HSG-1042/1",
        "Still open, 2 days late: Site visit, HSG-1042/1",
    ]
    assert events()[1:] == [("breached", 0, 1), ("breached", 1, 1), ("breached", 2, 1)]
    assert [entry.kind for entry in history()] == ["reminder_sent", "breached"]


def test_a_late_reminder_says_how_much_time_is_really_left(task: Office) -> None:
    """R23: after a downtime from Friday to Tuesday noon."""
    sweep(london("01 Dec 12:00"))

    assert mails()[0].subject == "Due today 15:00: Site visit, HSG-1042/1, not claimed"
    assert "Time left: 3 hours" in mails()[0].text
    assert "before the target" not in mails()[0].text


def test_after_a_longer_downtime_only_the_breach_is_told(task: Office) -> None:
    """R23, R24, P7: no reminder about the past, one mail for all breaches that were missed."""
    subjects = sweep_at(london("04 Dec 18:00"))

    assert subjects == ["Breached: Site visit, HSG-1042/1, was due 1 Dec"]
    assert events() == [("breached", 0, 1)]
    assert the_task().next_sla_at is None


def test_a_clock_that_goes_backward_is_logged_and_tells_nothing_twice(task: Office, caplog: pytest.LogCaptureFixture) -> None:
    """R24."""
    sweep(TUESDAY + SECOND)

    with caplog.at_level(logging.WARNING, "casetasks_app.sla"):
        again = sweep(MONDAY)

    assert (again.tasks, len(mails())) == (0, 1)
    assert "The clock went back by 86401 seconds" in caplog.text
    with unit_of_work.read() as session:
        assert queries.target_health(session, now=MONDAY).note == "The clock went back by 86401 seconds."


def test_a_task_that_comes_up_again_is_told_of_only_once(task: Office) -> None:
    """I3: a restored next moment, as after a replay, meets the event's key."""
    sweep(TUESDAY + SECOND)
    _change(lambda _, found: setattr(found, "next_sla_at", TUESDAY))
    _change(lambda _, found: setattr(found, "sla_seen_at", None))

    again = sweep(TUESDAY + timedelta(minutes=1))

    assert (again.tasks, again.breaches, again.mails) == (1, 0, 0)
    assert len(mails()) == 1


def test_two_sweepers_tell_everything_once(office: Office) -> None:
    """I2, I3, P5."""
    with unit_of_work() as session:
        for number in range(1, 61):
            add_task(session, office, number=number)

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda _: _sweep_until_empty(TUESDAY + SECOND), range(2)))

    assert sum(done) == 60
    assert len(mails()) == len({mail.dedupe_key for mail in mails()}) == 60


def _sweep_until_empty(now: datetime) -> int:
    total = 0
    while (done := sweep(now, limit=7)).tasks:
        total += done.breaches
    return total


def test_a_full_sweep_says_that_there_may_be_more(office: Office) -> None:
    """P7: batches, longest waiting first."""
    with unit_of_work() as session:
        first = add_task(session, office, number=1, created_at=FRIDAY - timedelta(hours=1))
        add_task(session, office, number=2)

    sweep(MONDAY, limit=1)

    with unit_of_work.read() as session:
        assert [mail.task_id for mail in mails()] == [first.id]
        assert queries.target_health(session, now=MONDAY + SECOND).waiting_seconds == 1
    assert sweep(MONDAY, limit=1).is_full
    assert sweep(MONDAY, limit=1) == SweepResult()


@pytest.mark.parametrize("spoilt", [{"exceptions": {"2020-01-01": [["09:00", "17:00"]]}}, {"week": {"mon": [["9", "5"]]}}])
def test_a_target_that_cannot_be_looked_at_does_not_hold_up_the_others(
    office: Office, spoilt: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """A calendar spoilt by hand costs its own tasks an hour, nobody else anything."""
    with unit_of_work() as session:
        bad, good = add_task(session, office, number=1), add_task(session, office, number=2)
        good.target_calendar_id = None
        broken = Calendar(key="broken", name="Broken", zone="Europe/London", **spoilt)
        session.add(broken)
        session.flush()
        bad.target_calendar_id = broken.id

    with caplog.at_level(logging.ERROR, "casetasks_app.sla"):
        done = sweep(MONDAY)

    assert (done.reminders, done.failed) == (1, 1)
    assert f"The target of task {bad.id} could not be looked at" in caplog.text
    assert sweep(MONDAY + timedelta(minutes=59)).tasks == 0


def test_a_stopped_task_is_watched_no_longer_and_its_mails_are_withdrawn(task: Office) -> None:
    """R20, R21, S80, B24: closed and cancelled are final, so there is nothing to reopen and nothing starts again."""
    sweep(MONDAY)
    _change(lambda session, found: service.stop(session, task=found, now=MONDAY))
    _change(lambda _, found: setattr(found, "status", TaskStatus.CANCELLED))

    assert sweep(TUESDAY + timedelta(days=9)) == SweepResult()
    assert [mail.state for mail in mails()] == ["cancelled"]


def test_a_task_that_is_over_is_not_told_of_even_if_it_comes_up(task: Office) -> None:
    """R21."""
    _change(lambda _, found: setattr(found, "status", TaskStatus.CLOSED))

    done = sweep(TUESDAY + SECOND)

    assert (done.tasks, done.breaches, mails(), the_task().next_sla_at) == (1, 0, [], None)


def test_the_sweep_reads_the_partial_index(task: Office, database: str) -> None:
    """Whatever the number of tasks, an idle sweep looks at the index of next moments only."""
    with unit_of_work.read() as session:
        if database == "postgresql":
            session.connection().execute(sa.text("SET LOCAL enable_seqscan = off"))
        query = watching.overdue_check(TUESDAY, 200).compile(session.connection(), compile_kwargs={"render_postcompile": True})
        explain = "EXPLAIN QUERY PLAN " if database == "sqlite" else "EXPLAIN "
        rows = session.connection().exec_driver_sql(explain + str(query), _values(query)).all()

    plan = "\n".join(str(row) for row in rows)
    assert "task_next_sla" in plan
    assert "SCAN task" not in plan
    assert "TEMP B-TREE" not in plan


def _values(query: sa.Compiled) -> tuple[object, ...] | dict[str, object]:
    values = query.construct_params()
    shown = {name: value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value for name, value in values.items()}
    return tuple(shown[name] for name in query.positiontup) if query.positiontup else shown


def test_health_tells_how_long_the_oldest_target_waits(task: Office) -> None:
    """P7: an alarm after five minutes, and when targets were last looked at."""
    sweep(FRIDAY)

    with unit_of_work.read() as session:
        in_time = queries.target_health(session, now=MONDAY + timedelta(minutes=5))
        late = queries.target_health(session, now=MONDAY + timedelta(minutes=6))

    assert (in_time.is_late, in_time.last_swept_at, in_time.oldest_waiting_at) == (False, FRIDAY, MONDAY)
    assert (late.is_late, late.waiting_seconds) == (True, 360)


def test_mails_carry_the_generation_they_are_about(task: Office) -> None:
    """R16: so that the sender can drop what has lost its point."""
    sweep(MONDAY)

    with unit_of_work.read() as session:
        assert session.exec(select(col(OutgoingMail.generation))).all() == [1]
