"""What a target plans, what is due by now, and when to look again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casetasks_app.models import Unit
from casetasks_app.sla import rules
from casetasks_app.sla.calendar import BusinessCalendar, NoWorkingTime
from casetasks_app.sla.clocks import Clock, RoundTheClock
from casetasks_app.sla.rules import Amount, AmountOutOfRange, Event, EventKind, Plan

OFFICE = BusinessCalendar("Europe/London", {day: [("09:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")})
ALWAYS = RoundTheClock("Europe/London")
SECOND = timedelta(seconds=1)


def london(text: str) -> datetime:
    """Read a wall time of London in 2026: "27 Nov 16:30"."""
    wall = datetime.strptime(f"{text} 2026", "%d %b %H:%M %Y").replace(tzinfo=ZoneInfo("Europe/London"))
    return wall.astimezone(UTC)


def days(n: int) -> Amount:
    """So many days."""
    return Amount(n, Unit.DAYS)


def hours(n: int) -> Amount:
    """So many hours."""
    return Amount(n, Unit.HOURS)


# Friday 27 November 2026, due Tuesday 1 December at the same time.
FRIDAY, TUESDAY = london("27 Nov 15:00"), london("01 Dec 15:00")
PLAN = Plan(FRIDAY, TUESDAY, (days(1), hours(2)))


@pytest.mark.parametrize(
    ("target", "clock", "due"),
    [
        (hours(48), ALWAYS, "29 Nov 15:00"),
        (days(2), ALWAYS, "29 Nov 15:00"),
        (hours(4), OFFICE, "30 Nov 11:00"),
        (days(2), OFFICE, "01 Dec 15:00"),
        (hours(2), OFFICE, "27 Nov 17:00"),
    ],
)
def test_a_target_is_counted_on_its_own_clock_from_the_creation(target: Amount, clock: Clock, due: str) -> None:
    """R2, R6, R7, R8, R9, R10, R14, S57, S59, S60, S63, S89."""
    assert rules.due_moment(FRIDAY, target, clock) == london(due)


def test_days_keep_the_wall_time_and_hours_do_not_when_the_clock_changes() -> None:
    """R6, R7, R12."""
    start = london("24 Oct 10:00")

    assert rules.due_moment(start, days(1), ALWAYS) == london("25 Oct 10:00")
    assert rules.due_moment(start, hours(24), ALWAYS) == london("25 Oct 09:00")


@pytest.mark.parametrize("amount", [0, -1, 10_001])
def test_an_amount_outside_the_limits_is_refused(amount: int) -> None:
    """R28."""
    with pytest.raises(AmountOutOfRange, match=r"between 1 and 10,000"):
        rules.due_moment(FRIDAY, days(amount), OFFICE)


def test_a_target_further_away_than_thirty_years_is_refused() -> None:
    """R28."""
    with pytest.raises(NoWorkingTime, match="30 years"):
        rules.due_moment(FRIDAY, days(10_000), OFFICE)


@pytest.mark.parametrize(
    ("lead", "clock", "moment"),
    [
        (days(1), OFFICE, "30 Nov 15:00"),
        (hours(2), OFFICE, "01 Dec 13:00"),
        (hours(10), OFFICE, "30 Nov 13:00"),
        (days(1), ALWAYS, "30 Nov 15:00"),
        (hours(10), ALWAYS, "01 Dec 05:00"),
    ],
)
def test_a_reminder_leads_on_the_same_clock_as_the_target(lead: Amount, clock: Clock, moment: str) -> None:
    """R22, S61, S63."""
    assert rules.reminder_moment(PLAN, lead, clock) == london(moment)


@pytest.mark.parametrize(
    ("lead", "clock"), [(days(2), OFFICE), (hours(16), OFFICE), (days(3), OFFICE), (days(4), ALWAYS), (hours(96), ALWAYS)]
)
def test_a_reminder_that_would_lead_by_the_whole_target_is_left_out(lead: Amount, clock: Clock) -> None:
    """R22: the assignment mail has said it already."""
    assert rules.reminder_moment(PLAN, lead, clock) is None


def test_a_reminder_before_a_due_moment_at_closing_time_steps_back_to_closing_time() -> None:
    """R10, R22."""
    plan = Plan(london("25 Nov 17:30"), london("27 Nov 17:00"))

    assert rules.reminder_moment(plan, days(1), OFFICE) == london("26 Nov 17:00")


def test_a_target_out_of_hours_is_not_reminded_of_before_it_begins() -> None:
    """R11, R22: created on Saturday, counted from Monday."""
    plan = Plan(london("28 Nov 11:00"), london("01 Dec 09:00"))

    assert rules.reminder_moment(plan, days(1), OFFICE) is None


def test_finishing_in_the_due_second_is_on_time() -> None:
    """R13, P8."""
    assert not rules.is_breached(TUESDAY, ended_at=TUESDAY, now=TUESDAY + timedelta(days=9))
    assert rules.is_breached(TUESDAY, ended_at=TUESDAY + SECOND, now=TUESDAY)
    assert rules.is_breached(TUESDAY, ended_at=None, now=TUESDAY + SECOND)
    assert not rules.is_breached(TUESDAY, ended_at=None, now=TUESDAY)
    assert not rules.is_breached(None, ended_at=None, now=TUESDAY)


def _told(plan: Plan, now: datetime, seen_at: datetime | None = None, clock: Clock = OFFICE) -> list[tuple[str, int]]:
    return [(event.kind.value, event.ordinal) for event in rules.due_events(plan, clock, seen_at=seen_at, now=now)]


def test_events_come_one_after_the_other() -> None:
    """R13, R22, R24, S61, S62."""
    moments = [london("30 Nov 15:00"), london("01 Dec 13:00"), TUESDAY + SECOND]
    seen_at, told = None, []

    for moment in moments:
        assert rules.next_event_at(PLAN, OFFICE, seen_at=seen_at) == moment
        assert _told(PLAN, moment - SECOND, seen_at) == []
        told += _told(PLAN, moment, seen_at)
        seen_at = moment

    assert told == [("reminder", 0), ("reminder", 1), ("breached", 0)]
    assert rules.next_event_at(PLAN, OFFICE, seen_at=seen_at) is None


def test_nothing_is_breached_in_the_due_second() -> None:
    """R13."""
    assert _told(PLAN, TUESDAY, seen_at=london("01 Dec 14:00")) == []


def test_late_reminders_are_sent_while_the_target_is_ahead() -> None:
    """R23: after a downtime."""
    assert _told(PLAN, london("01 Dec 14:00")) == [("reminder", 0), ("reminder", 1)]


@pytest.mark.parametrize("late", [timedelta(0), SECOND, timedelta(days=3)])
def test_reminders_are_dropped_once_the_target_has_come(late: timedelta) -> None:
    """R23: only the breach is told."""
    assert _told(PLAN, TUESDAY + late) == ([("breached", 0)] if late else [])


def test_a_breach_is_repeated_on_working_days_and_not_more_often_than_configured() -> None:
    """R24."""
    plan = replace(PLAN, repeat_days=2, repeat_times=2)
    seen_at, found = TUESDAY, []

    while moment := rules.next_event_at(plan, OFFICE, seen_at=seen_at):
        found += [(moment, *told) for told in _told(plan, moment, seen_at)]
        seen_at = moment

    assert found == [
        (TUESDAY + SECOND, "breached", 0),
        (london("03 Dec 15:00") + SECOND, "breached", 1),
        (london("07 Dec 15:00") + SECOND, "breached", 2),
    ]


def test_without_a_configured_repeat_a_breach_is_told_once() -> None:
    """R24."""
    for plan in (replace(PLAN, repeat_days=1), replace(PLAN, repeat_times=5)):
        assert rules.next_event_at(plan, OFFICE, seen_at=TUESDAY + SECOND) is None


def test_after_a_downtime_one_breach_mail_stands_for_all_that_were_due() -> None:
    """R23, R24: the first always goes; of repeats the latest."""
    plan = replace(PLAN, repeat_days=1, repeat_times=5)
    thursday_evening = london("03 Dec 18:00")

    assert _told(plan, thursday_evening) == [("breached", 0)]
    assert _told(plan, thursday_evening, seen_at=TUESDAY + SECOND) == [("breached", 2)]
    assert rules.next_event_at(plan, OFFICE, seen_at=thursday_evening) == london("04 Dec 15:00") + SECOND


def test_a_clock_that_goes_backward_brings_nothing_back() -> None:
    """R24."""
    assert _told(PLAN, london("30 Nov 15:00"), seen_at=london("01 Dec 13:30")) == []


@pytest.mark.parametrize("hour", [0, 1])
def test_a_target_in_an_hour_that_happens_twice_is_breached_after_its_own_moment(hour: int) -> None:
    """R6, R12, R13, S62: London's clock says 01:30 at 00:30 and again at 01:30 UTC on 25 October."""
    due_at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    start = due_at - timedelta(hours=24)
    plan = Plan(start, rules.due_moment(start, hours(24), ALWAYS))

    assert plan.due_at == due_at
    assert rules.next_event_at(plan, ALWAYS, seen_at=None) == due_at + SECOND
    assert _told(plan, due_at + SECOND, clock=ALWAYS) == [("breached", 0)]


def test_a_changed_target_in_the_past_is_breached_at_once_and_one_ahead_is_not() -> None:
    """R16."""
    now = TUESDAY + timedelta(hours=1)
    later = replace(PLAN, due_at=now + timedelta(hours=1), reminders=(hours(2),))

    assert _told(PLAN, now, rules.seen_after_change(PLAN.due_at, now)) == [("breached", 0)]
    assert _told(later, now, rules.seen_after_change(later.due_at, now), ALWAYS) == []


def test_the_first_reminder_moment_is_the_earliest_whatever_the_order_of_the_configuration() -> None:
    """R22: from then on a target is due soon."""
    assert rules.first_reminder_at(replace(PLAN, reminders=(hours(2), days(1))), OFFICE) == london("30 Nov 15:00")
    assert rules.first_reminder_at(replace(PLAN, reminders=()), OFFICE) is None


def test_events_carry_the_lead_they_were_planned_with() -> None:
    """R22, R23: so that the mail can say how long before the target it was sent."""
    event = rules.due_events(PLAN, OFFICE, seen_at=None, now=london("30 Nov 15:00"))[0]

    assert event == Event(EventKind.REMINDER, london("30 Nov 15:00"), 0, days(1))


def test_repeats_end_where_the_calendar_has_no_more_days() -> None:
    """R24, R28."""
    ends = BusinessCalendar("Europe/London", {}, exceptions={day.date(): [("09:00", "17:00")] for day in (FRIDAY, TUESDAY)})
    plan = replace(PLAN, reminders=(), repeat_days=1, repeat_times=3)

    assert rules.next_event_at(plan, ends, seen_at=TUESDAY + SECOND) is None
