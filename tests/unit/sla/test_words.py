"""The words of a target, as the specification of the screens has them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casetasks_app.models import Unit
from casetasks_app.sla import words
from casetasks_app.sla.calendar import BusinessCalendar
from casetasks_app.sla.clocks import Clock, RoundTheClock
from casetasks_app.sla.rules import Amount
from casetasks_app.sla.words import TargetFacts, TargetWords, target_words

LONDON = "Europe/London"
OFFICE = BusinessCalendar(LONDON, {day: [("09:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")})
ALWAYS = RoundTheClock(LONDON)


def london(text: str, year: int = 2026) -> datetime:
    """Read a wall time of London: "27 Nov 16:30"."""
    return datetime.strptime(f"{text} {year}", "%d %b %H:%M %Y").replace(tzinfo=ZoneInfo(LONDON)).astimezone(UTC)


CREATED = london("16 Nov 09:00")


def shown(due: str, now: str, clock: Clock = ALWAYS, ended: str = "", status: str = "new", reminder: str = "") -> TargetWords:
    """Say a target that was set on 16 November."""
    facts = TargetFacts(
        status=status,
        created_at=CREATED,
        due_at=london(due),
        ended_at=london(ended) if ended else None,
        first_reminder_at=london(reminder) if reminder else None,
    )
    return target_words(facts, clock=clock, now=london(now), zone=LONDON)


@pytest.mark.parametrize(
    ("due", "now", "clock", "state", "line1", "line2"),
    [
        ("26 Nov 12:00", "23 Nov 10:00", OFFICE, "on track", "Due Thu 26 Nov, 12:00", "in 3 working days"),
        ("26 Nov 12:00", "23 Nov 10:00", ALWAYS, "on track", "Due Thu 26 Nov, 12:00", "in 3 days"),
        ("30 Nov 12:00", "26 Nov 10:00", OFFICE, "on track", "Due Mon 30 Nov, 12:00", "in 2 working days"),
        ("24 Nov 09:15", "23 Nov 12:15", OFFICE, "on track", "Due tomorrow, 09:15", "in 5 working hours"),
        ("24 Nov 09:15", "23 Nov 12:15", ALWAYS, "on track", "Due tomorrow, 09:15", "in 21 hours"),
        ("30 Nov 09:15", "27 Nov 16:45", OFFICE, "on track", "Due Mon 30 Nov, 09:15", "in less than 1 working hour"),
        ("30 Nov 10:00", "28 Nov 12:00", OFFICE, "on track", "Due Mon 30 Nov, 10:00", "in 1 working hour"),
        ("23 Nov 16:30", "23 Nov 15:10", OFFICE, "today", "Due today, 16:30", "in 1 hour 20 minutes"),
        ("23 Nov 16:30", "23 Nov 16:29", OFFICE, "today", "Due today, 16:30", "in 1 minute"),
        ("23 Nov 16:30", "23 Nov 16:30", OFFICE, "today", "Due today, 16:30", "in less than a minute"),
        ("23 Nov 16:30", "23 Nov 12:30", OFFICE, "today", "Due today, 16:30", "in 4 hours"),
        ("23 Nov 16:30", "23 Nov 11:00", OFFICE, "today", "Due today, 16:30", "in 5 hours"),
        ("23 Nov 12:00", "23 Nov 10:00", ALWAYS, "today", "Due today, 12:00", "in 2 hours"),
        ("07 Dec 17:00", "23 Nov 10:00", ALWAYS, "on track", "Due Mon 7 Dec, 17:00", "in 14 days"),
        ("08 Dec 17:00", "23 Nov 10:00", OFFICE, "on track", "Due 8 Dec, 17:00", ""),
        ("23 Nov 09:15", "23 Nov 11:15", OFFICE, "breached", "Breached 2 hours ago", "Was due today, 09:15"),
        ("22 Nov 23:00", "23 Nov 11:15", OFFICE, "breached", "Breached 12 hours ago", "Was due yesterday, 23:00"),
        ("20 Nov 09:15", "23 Nov 11:15", OFFICE, "breached", "Breached 3 days ago", "Was due 20 Nov, 09:15"),
        ("03 Nov 09:15", "23 Nov 11:15", OFFICE, "breached", "Breached on 3 Nov", "Was due 3 Nov, 09:15"),
    ],
)
def test_an_open_task_says_how_much_time_is_left_or_lost(due: str, now: str, clock: Clock, state: str, line1: str, line2: str) -> None:
    """R13."""
    found = shown(due, now, clock, reminder="30 Nov 23:59")

    assert (found.state, found.line1, found.line2) == (state, line1, line2)


@pytest.mark.parametrize(
    ("ended", "state", "line1", "line2"),
    [
        ("18 Nov 12:00", "met", "Met", "closed 18 Nov, 1 day early"),
        ("19 Nov 10:00", "met", "Met", "closed 19 Nov, 2 hours early"),
        ("19 Nov 12:00", "met", "Met", "closed 19 Nov, on time"),
        ("20 Nov 12:00", "late", "Closed late", "20 Nov, 1 day late"),
        ("22 Nov 12:00", "late", "Closed late", "yesterday, 3 days late"),
        ("23 Nov 09:00", "late", "Closed late", "today, 4 days late"),
    ],
)
def test_a_closed_task_says_whether_it_was_in_time(ended: str, state: str, line1: str, line2: str) -> None:
    """R13, P8: whenever it is looked at."""
    found = shown("19 Nov 12:00", "23 Nov 10:00", ended=ended, status="closed")

    assert (found.state, found.line1, found.line2) == (state, line1, line2)


def test_a_cancelled_task_is_not_counted() -> None:
    """S77."""
    found = shown("19 Nov 12:00", "23 Nov 10:00", ended="20 Nov 12:00", status="cancelled")

    assert (found.state, found.line1, found.line2) == ("off", "Not counted", "cancelled 20 Nov")


@pytest.mark.parametrize("status", ["new", "closed", "cancelled"])
def test_without_a_target_there_is_none_to_meet(status: str) -> None:
    """R17, S58."""
    found = target_words(TargetFacts(status, CREATED, None), clock=ALWAYS, now=london("23 Nov 10:00"), zone=LONDON)

    assert found == TargetWords("none", "No target", compact="No target")


@pytest.mark.parametrize(("reminder", "state"), [("24 Nov 12:00", "soon"), ("24 Nov 12:01", "on track")])
def test_a_target_is_due_soon_from_the_first_reminder_on(reminder: str, state: str) -> None:
    assert shown("26 Nov 12:00", "24 Nov 12:00", reminder=reminder).state == state


@pytest.mark.parametrize(("now", "state"), [("24 Nov 08:59", "on track"), ("24 Nov 09:00", "soon")])
def test_without_reminders_a_target_is_due_soon_in_the_last_fifth_of_its_time(now: str, state: str) -> None:
    """Ten days from 16 November."""
    assert shown("26 Nov 09:00", now).state == state


@pytest.mark.parametrize(
    ("due", "now", "compact"),
    [
        ("23 Nov 16:30", "23 Nov 15:10", "Due today, 16:30 · in 1 h 20 min"),
        ("23 Nov 09:15", "23 Nov 11:15", "Breached 2 h ago · was due today, 09:15"),
        ("23 Nov 16:30", "23 Nov 16:30", "Due today, 16:30 · in less than a minute"),
        ("26 Nov 12:00", "23 Nov 10:00", "Due Thu 26 Nov, 12:00 · in 3 working days"),
        ("24 Nov 09:15", "23 Nov 12:15", "Due tomorrow, 09:15 · in 5 working hours"),
        ("08 Dec 17:00", "23 Nov 10:00", "Due 8 Dec, 17:00"),
    ],
)
def test_one_line_uses_short_forms_of_hours_and_minutes_only(due: str, now: str, compact: str) -> None:
    """Never "1m" or "2d"."""
    assert shown(due, now, OFFICE).compact == compact


def test_the_due_moment_is_given_to_machines_in_utc() -> None:
    """For the time element."""
    assert shown("26 Jun 12:00", "23 Jun 10:00").iso == "2026-06-26T11:00:00Z"


def test_words_follow_the_zone_that_is_asked_for() -> None:
    """R7: today in London is tomorrow in Apia."""
    facts = TargetFacts("new", CREATED, london("23 Nov 16:30"))
    found = target_words(facts, clock=ALWAYS, now=london("23 Nov 09:00"), zone="Pacific/Apia")

    assert found.line1 == "Due tomorrow, 05:30"


@pytest.mark.parametrize(
    ("amount", "is_business", "text"),
    [
        (Amount(3, Unit.DAYS), True, "3 working days"),
        (Amount(1, Unit.DAYS), True, "1 working day"),
        (Amount(2, Unit.HOURS), False, "2 hours"),
        (Amount(1, Unit.HOURS), False, "1 hour"),
        (Amount(2000, Unit.HOURS), True, "2,000 working hours"),
    ],
)
def test_amounts_are_written_out(amount: Amount, is_business: bool, text: str) -> None:
    assert words.amount_in_words(amount, is_business=is_business) == text
    assert words.lead_in_words(amount, is_business=is_business) == f"{text} before"


def test_a_target_in_words_is_empty_without_one() -> None:
    """R17."""
    assert words.of_target(None, Unit.DAYS, is_business=True) == ""
    assert words.of_target(2, Unit.DAYS, is_business=True) == "2 working days"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (london("26 Nov 17:00"), "Thu 26 Nov, 17:00"),
        (london("24 Nov 17:00"), "tomorrow, 17:00"),
        (london("23 Nov 08:05"), "today, 08:05"),
        (london("22 Nov 17:00"), "yesterday, 17:00"),
        (london("20 Nov 17:00"), "20 Nov, 17:00"),
        (london("25 Dec 17:00"), "25 Dec, 17:00"),
        (london("06 Jan 09:00", 2027), "6 Jan 2027, 09:00"),
    ],
)
def test_moments_in_tables_are_short(moment: datetime, text: str) -> None:
    """A weekday in the next 14 days, a year only if it is another one."""
    assert words.short_moment(moment, london("23 Nov 10:00"), LONDON) == text


def test_moments_in_sentences_are_long() -> None:
    assert words.long_moment(london("26 Nov 17:00"), LONDON) == "Thursday 26 November 2026, 17:00"
    assert words.long_date(london("18 Nov 17:00"), LONDON) == "Wednesday 18 November"


@pytest.mark.parametrize(
    ("due", "group"),
    [("20 Nov 12:00", "breached"), ("23 Nov 16:30", "today"), ("30 Nov 12:00", "week"), ("01 Dec 12:00", "later")],
)
def test_open_tasks_stand_under_a_heading_by_their_target(due: str, group: str) -> None:
    """B17."""
    now = london("23 Nov 10:00")

    assert words.group_of(shown(due, "23 Nov 10:00"), now, LONDON) == group
    assert words.group_of(TargetWords("none", "No target"), now, LONDON) == "later"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=3, minutes=59), "3 hours 59 minutes"),
        (timedelta(hours=4, minutes=59), "4 hours"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_lengths_have_at_most_two_units(length: timedelta, text: str) -> None:
    start = london("23 Nov 00:00")

    assert words.length_between(start, start + length, LONDON) == text
