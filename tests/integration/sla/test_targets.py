"""Targets set, changed and removed."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Calendar, CaseType, Holiday, TargetSource, Task, TaskType, Unit
from casetasks_app.sla import calendars, service
from casetasks_app.sla.calendar import BusinessCalendar, NoWorkingTime
from casetasks_app.sla.clocks import RoundTheClock
from casetasks_app.sla.rules import Amount
from tests.integration.sla.office import FRIDAY, TUESDAY, Office, add_task, events, history, london, mails, subjects, sweep, the_task

MONDAY = london("30 Nov 15:00")
SECOND = timedelta(seconds=1)


def change(target: Amount | None, now: datetime, reason: str = "") -> None:
    """Change the only task's target, as its case manager."""
    with unit_of_work() as session:
        task = session.exec(select(Task)).one()
        service.change_target(session, task=task, target=target, reason=reason, actor_id=None, now=now)


def usual(session: Session, office: Office) -> TaskType:
    """Return the task type."""
    return session.get_one(TaskType, office.task_type_id)


def test_a_task_gets_the_configured_target_on_the_case_types_calendar(office: Office) -> None:
    """S22, S57, S89, R14, R15: a two-day target set on a Friday skips the weekend."""
    with unit_of_work() as session:
        add_task(session, office)

    task = the_task()
    assert (task.due_at, task.target_source, task.target_calendar_id) == (TUESDAY, TargetSource.DEFAULT, office.calendar_id)
    assert (task.first_reminder_at, task.next_sla_at) == (MONDAY, MONDAY)
    assert task.target_calendar_revision == 1


def test_bank_holidays_are_skipped_as_well(office: Office) -> None:
    """S89, R5, R26."""
    with unit_of_work() as session:
        session.add(Holiday(calendar_id=office.calendar_id, on=london("30 Nov 12:00").date(), name="St Andrew's Day"))
        session.flush()
        add_task(session, office)

    assert the_task().due_at == london("02 Dec 15:00")


def test_a_task_type_may_run_round_the_clock(office: Office) -> None:
    """S63, R2, R7: weekends count."""
    with unit_of_work() as session:
        usual(session, office).round_the_clock = True
        add_task(session, office)

    assert (the_task().due_at, the_task().target_calendar_id) == (london("29 Nov 15:00"), None)


def test_a_task_type_may_have_a_calendar_of_its_own(office: Office) -> None:
    """S63, R2."""
    with unit_of_work() as session:
        saturdays = Calendar(key="saturday", name="Saturdays", zone="Europe/London", week={"sat": [["10:00", "14:00"]]})
        session.add(saturdays)
        session.flush()
        usual(session, office).calendar_id = saturdays.id
        add_task(session, office, target=Amount(1, Unit.HOURS))

    assert the_task().due_at == london("28 Nov 11:00")


@pytest.mark.parametrize(("target", "due"), [(Amount(5, Unit.DAYS), "04 Dec 15:00"), (Amount(3, Unit.HOURS), "30 Nov 10:00")])
def test_a_case_manager_sets_a_target_in_days_or_hours(office: Office, target: Amount, due: str) -> None:
    """S23, S59, S60, R15: reminders stay as configured."""
    with unit_of_work() as session:
        add_task(session, office, target=target)

    assert (the_task().due_at, the_task().target_source) == (london(due), TargetSource.CUSTOM)
    assert the_task().reminders == [{"amount": 1, "unit": "days"}]


def test_a_task_without_a_target_is_never_looked_at(office: Office) -> None:
    """S58, R17."""
    with unit_of_work() as session:
        add_task(session, office, target=None)

    assert (the_task().due_at, the_task().next_sla_at, the_task().target_source) == (None, None, TargetSource.REMOVED)


def test_a_configured_target_without_enough_working_time_is_refused(office: Office) -> None:
    """R28."""
    with unit_of_work() as session, pytest.raises(NoWorkingTime):
        add_task(session, office, target=Amount(10_000, Unit.DAYS))


def test_later_edits_of_the_configuration_leave_the_task_as_it_is(office: Office) -> None:
    """R15."""
    with unit_of_work() as session:
        add_task(session, office)
    with unit_of_work() as session:
        task_type = usual(session, office)
        task_type.target_amount, task_type.reminders, task_type.breach_repeat_times = 9, [], 0
        session.get_one(CaseType, task_type.case_type_id).calendar_id = None

    sweep(MONDAY)

    assert (the_task().due_at, subjects()) == (TUESDAY, ["Due tomorrow 15:00: Site visit, HSG-1042/1, not claimed"])


def test_a_changed_target_counts_from_the_creation_and_forgets_the_old_one(office: Office) -> None:
    """S23, S59, B23, R16."""
    with unit_of_work() as session:
        add_task(session, office)
    sweep(MONDAY)

    change(Amount(4, Unit.DAYS), MONDAY + SECOND, reason="The owner is away")

    task = the_task()
    assert (task.due_at, task.target_generation, task.target_source) == (london("03 Dec 15:00"), 2, TargetSource.CUSTOM)
    assert [mail.state for mail in mails()] == ["cancelled"]
    assert history()[-1].kind == "target_changed"
    assert history()[-1].details["reason"] == "The owner is away"
    sweep(TUESDAY + SECOND)
    sweep(london("02 Dec 15:00"))
    assert events() == [("reminder", 0, 1), ("reminder", 0, 2)]


def test_a_new_target_that_is_already_past_is_breached_at_once(office: Office) -> None:
    """S62, R16."""
    with unit_of_work() as session:
        add_task(session, office)

    change(Amount(1, Unit.HOURS), MONDAY)

    assert subjects() == ["Breached: Site visit, HSG-1042/1, was due 27 Nov"]
    assert [entry.kind for entry in history()] == ["target_changed", "breached"]
    assert the_task().next_sla_at == london("30 Nov 16:00") + SECOND


def test_a_reminder_moment_of_a_new_target_that_is_over_brings_no_reminder(office: Office) -> None:
    """R16: you get no reminder, only the breach mail."""
    with unit_of_work() as session:
        add_task(session, office, target=Amount(9, Unit.DAYS))

    change(Amount(2, Unit.DAYS), MONDAY + timedelta(hours=1))
    sweep(MONDAY + timedelta(hours=1))

    assert (subjects(), the_task().next_sla_at) == ([], TUESDAY + SECOND)


def test_back_to_the_usual_target_is_not_custom_any_more(office: Office) -> None:
    """S22, R15."""
    with unit_of_work() as session:
        add_task(session, office, target=Amount(9, Unit.DAYS))

    change(Amount(2, Unit.DAYS), FRIDAY)

    assert (the_task().due_at, the_task().target_source) == (TUESDAY, TargetSource.DEFAULT)


def test_asking_for_the_target_the_task_has_changes_nothing(office: Office) -> None:
    """R16: no new generation, no withdrawn mails, no history."""
    with unit_of_work() as session:
        add_task(session, office)
    sweep(MONDAY)

    change(Amount(2, Unit.DAYS), MONDAY)

    assert (the_task().target_generation, mails()[0].state, len(history())) == (1, "pending", 1)


def test_a_breach_that_was_told_is_not_told_again_when_the_target_comes_back(office: Office) -> None:
    """R24: once for each task and due moment."""
    with unit_of_work() as session:
        add_task(session, office)
    sweep(TUESDAY + SECOND)

    change(Amount(9, Unit.DAYS), TUESDAY + timedelta(minutes=1))
    change(Amount(2, Unit.DAYS), TUESDAY + timedelta(minutes=2))

    assert events() == [("breached", 0, 1)]


def test_a_removed_target_reminds_nobody_and_stays_in_the_history(office: Office) -> None:
    """S58, B23, R17."""
    with unit_of_work() as session:
        add_task(session, office)
    sweep(MONDAY)

    change(None, MONDAY + SECOND, reason="Not urgent")
    sweep(TUESDAY + timedelta(days=9))

    task = the_task()
    assert (task.due_at, task.next_sla_at, task.first_reminder_at, task.target_source) == (None, None, None, TargetSource.REMOVED)
    assert [mail.state for mail in mails()] == ["cancelled"]
    assert history()[-1].kind == "target_removed"
    assert history()[-1].details["was"] == TUESDAY.isoformat()


def test_removing_a_target_twice_is_removing_it_once(office: Office) -> None:
    """R17."""
    with unit_of_work() as session:
        add_task(session, office)

    change(None, MONDAY)
    change(None, MONDAY)

    assert [entry.kind for entry in history()] == ["target_removed"]


def test_a_task_without_a_target_can_be_given_one(office: Office) -> None:
    """S23, B23: on the calendar and with the reminders of its creation."""
    with unit_of_work() as session:
        add_task(session, office, target=None)

    change(Amount(2, Unit.DAYS), FRIDAY + SECOND)

    assert (the_task().due_at, the_task().next_sla_at) == (TUESDAY, MONDAY)
    assert [entry.kind for entry in history()] == ["target_set"]


def test_the_target_of_a_new_task_is_on_record(office: Office) -> None:
    """S22; behaviour, section 9."""
    with unit_of_work() as session:
        task = add_task(session, office)
        service.record_set(session, task=task, type_name="Site visit", now=FRIDAY)
        service.record_set(session, task=add_task(session, office, target=None, number=2), type_name="Site visit", now=FRIDAY)

    assert [(entry.kind, entry.details["target"]) for entry in history()] == [("target_set", "2 working days")]


def test_clocks_are_made_once_for_each_state_of_a_calendar(office: Office) -> None:
    """R2, R15: an edited calendar gives another clock at once."""
    with unit_of_work() as session:
        first, again = (calendars.clock_for(session, office.calendar_id) for _ in range(2))
        session.get_one(Calendar, office.calendar_id).exceptions = {"2026-12-24": [["09:00", "12:00"]]}
        session.flush()
        edited = calendars.clock_for(session, office.calendar_id)

    assert first is again
    assert isinstance(edited, BusinessCalendar)
    assert edited is not first
    assert calendars.clock_for(session, None) == RoundTheClock("Europe/London")
