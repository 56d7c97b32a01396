"""Business time by example: what opens, what closes, what is refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from casetasks_app.errors import CaseTasksError
from casetasks_app.sla.calendar import BusinessCalendar, InvalidCalendar, NoWorkingTime, add_civil_days

OFFICE_DAYS = ("mon", "tue", "wed", "thu", "fri")
NINE_TO_FIVE: dict[str, Any] = {key: [("09:00", "17:00")] for key in OFFICE_DAYS}
WITH_LUNCH: dict[str, Any] = {key: [("09:00", "12:00"), ("13:00", "17:00")] for key in OFFICE_DAYS}
ALWAYS: dict[str, Any] = {key: [("00:00", "24:00")] for key in (*OFFICE_DAYS, "sat", "sun")}
HOUR = 3600
CHRISTMAS = [date(2026, 12, 25), date(2026, 12, 28)]


def london(text: str) -> datetime:
    """Read a wall time of London in 2026: "Fri 27 Nov 16:30"; the weekday is checked."""
    wall = datetime.strptime(f"{text} 2026", "%a %d %b %H:%M %Y").replace(tzinfo=ZoneInfo("Europe/London"))
    assert wall.strftime("%a") == text[:3]
    return wall.astimezone(UTC)


def office(week: dict[str, Any] | None = None, **extra: Any) -> BusinessCalendar:
    """Make a calendar in London, open Monday to Friday from 9 to 5 unless told otherwise."""
    return BusinessCalendar("Europe/London", week or NINE_TO_FIVE, **extra)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("Mon 23 Nov 10:00", 2, "Mon 23 Nov 12:00"),
        ("Mon 23 Nov 16:00", 2, "Tue 24 Nov 10:00"),
        ("Mon 23 Nov 10:00", 24, "Thu 26 Nov 10:00"),
        ("Fri 27 Nov 16:00", 1, "Fri 27 Nov 17:00"),
        ("Fri 27 Nov 16:00", 2, "Mon 30 Nov 10:00"),
        ("Mon 23 Nov 06:00", 1, "Mon 23 Nov 10:00"),
        ("Mon 23 Nov 19:00", 1, "Tue 24 Nov 10:00"),
        ("Sat 28 Nov 11:00", 1, "Mon 30 Nov 10:00"),
        ("Fri 27 Nov 17:00", 8, "Mon 30 Nov 17:00"),
        ("Thu 24 Dec 16:00", 2, "Tue 29 Dec 10:00"),
    ],
)
def test_hours_pass_only_while_the_office_is_open(start: str, hours: int, due: str) -> None:
    """R8, R10, R11, S89."""
    assert office(holidays=CHRISTMAS).add(london(start), hours * HOUR) == london(due)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("Mon 23 Nov 15:20", 2, "Wed 25 Nov 15:20"),
        ("Fri 27 Nov 15:20", 2, "Tue 01 Dec 15:20"),
        ("Sat 28 Nov 11:00", 1, "Tue 01 Dec 09:00"),
        ("Mon 23 Nov 07:00", 1, "Tue 24 Nov 09:00"),
        ("Mon 23 Nov 18:00", 1, "Wed 25 Nov 09:00"),
        ("Fri 27 Nov 17:00", 1, "Tue 01 Dec 09:00"),
        ("Thu 24 Dec 12:00", 1, "Tue 29 Dec 12:00"),
        ("Fri 25 Dec 12:00", 1, "Wed 30 Dec 09:00"),
    ],
)
def test_a_day_is_a_working_day_at_the_same_time(start: str, days: int, due: str) -> None:
    """R9, R11, S89: a two-day target set on a Friday skips the weekend and bank holidays."""
    assert office(holidays=CHRISTMAS).add_days(london(start), days) == london(due)


def test_a_time_in_the_lunch_break_of_the_due_day_moves_to_the_next_opening() -> None:
    """R9."""
    long_monday = office(WITH_LUNCH, exceptions={date(2026, 11, 23): [("09:00", "17:00")]})

    due = long_monday.add_days(london("Mon 23 Nov 12:30"), 1)

    assert due == london("Tue 24 Nov 13:00")


def test_a_time_after_the_last_closing_of_the_due_day_moves_back_to_that_closing() -> None:
    """R9, R5: a half day before Christmas."""
    half_day = office(exceptions={date(2026, 12, 24): [("09:00", "12:00")]})

    due = half_day.add_days(london("Wed 23 Dec 15:00"), 1)

    assert due == london("Thu 24 Dec 12:00")


def test_a_night_shift_is_two_windows() -> None:
    """R4."""
    nights = office({"mon": [("22:00", "24:00")], "tue": [("00:00", "06:00")]})

    assert nights.add(london("Mon 23 Nov 12:00"), 3 * HOUR) == london("Tue 24 Nov 01:00")
    assert nights.add(london("Mon 23 Nov 12:00"), 8 * HOUR) == london("Tue 24 Nov 06:00")
    assert nights.is_open(london("Tue 24 Nov 00:00"))


def test_windows_are_half_open() -> None:
    """R3."""
    calendar = office()

    assert calendar.is_open(london("Mon 23 Nov 09:00"))
    assert not calendar.is_open(london("Mon 23 Nov 17:00"))
    assert calendar.next_open(london("Mon 23 Nov 17:00")) == london("Tue 24 Nov 09:00")


def test_a_holiday_closes_the_whole_date_even_if_it_has_its_own_times() -> None:
    """R5."""
    day = date(2026, 11, 24)
    calendar = office(holidays=[day], exceptions={day: [("09:00", "12:00")]})

    assert calendar.next_open(london("Tue 24 Nov 10:00")) == london("Wed 25 Nov 09:00")


def test_a_single_date_may_be_opened_on_a_weekend() -> None:
    """R5."""
    calendar = office(exceptions={date(2026, 11, 28): [("10:00", "14:00")]})

    assert calendar.add(london("Fri 27 Nov 16:00"), 2 * HOUR) == london("Sat 28 Nov 11:00")


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)],
)
def test_an_open_day_has_as_many_hours_as_the_clock_gives_it(day: str, hours: int) -> None:
    """R12."""
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/London"))

    assert office(ALWAYS).elapsed(start, start + timedelta(days=1)) == hours * HOUR


@pytest.mark.parametrize(
    ("zone", "start", "days", "due"),
    [
        ("Europe/London", "2026-03-28T10:00+00:00", 1, "2026-03-29T09:00+00:00"),
        ("Europe/London", "2026-10-24T09:00+00:00", 2, "2026-10-26T10:00+00:00"),
        ("Europe/London", "2026-03-28T01:30+00:00", 1, "2026-03-29T01:30+00:00"),
        ("Europe/London", "2026-10-24T00:30+00:00", 1, "2026-10-25T00:30+00:00"),
        ("America/New_York", "2026-03-07T07:30+00:00", 1, "2026-03-08T07:30+00:00"),
        ("America/New_York", "2026-10-31T05:30+00:00", 1, "2026-11-01T05:30+00:00"),
        ("Australia/Lord_Howe", "2026-04-03T14:45+00:00", 1, "2026-04-04T14:45+00:00"),
        ("Australia/Lord_Howe", "2026-10-02T15:45+00:00", 1, "2026-10-03T15:45+00:00"),
        ("Pacific/Apia", "2011-12-29T20:00+00:00", 1, "2011-12-30T20:00+00:00"),
        ("Asia/Kathmandu", "2026-03-28T10:00+00:00", 7, "2026-04-04T10:00+00:00"),
        ("America/Havana", "2026-03-07T05:30+00:00", 1, "2026-03-08T05:30+00:00"),
        ("Pacific/Chatham", "2026-09-25T14:00+00:00", 1, "2026-09-26T14:00+00:00"),
        ("Africa/Casablanca", "2026-02-14T10:00+00:00", 1, "2026-02-15T11:00+00:00"),
        ("America/St_Johns", "2010-11-06T02:30+00:00", 1, "2010-11-07T02:30+00:00"),
    ],
)
def test_calendar_days_keep_the_wall_time_over_clock_changes(zone: str, start: str, days: int, due: str) -> None:
    """R7, R12: ten zones; a skipped time moves forward by the gap, a repeated one is its first occurrence."""
    assert add_civil_days(datetime.fromisoformat(start), days, zone) == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("window", "start", "seconds", "due"),
    [
        # 01:00 to 02:00 does not exist on 29 March: 01:30 means 02:30 summer time.
        (("01:30", "05:00"), "2026-03-29T00:00+00:00", 1, "2026-03-29T01:30:01+00:00"),
        # 01:00 to 02:00 happens twice on 25 October: 01:30 means the first.
        (("01:30", "05:00"), "2026-10-25T00:00+00:00", 1, "2026-10-25T00:30:01+00:00"),
        (("00:00", "01:30"), "2026-10-24T23:00+00:00", 90 * 60, "2026-10-25T00:30+00:00"),
    ],
)
def test_window_edges_inside_a_clock_change_follow_the_rule(window: tuple[str, str], start: str, seconds: int, due: str) -> None:
    """R12."""
    calendar = office({"sun": [window]})

    assert calendar.add(datetime.fromisoformat(start), seconds) == datetime.fromisoformat(due)


def test_a_date_that_a_zone_left_out_has_no_working_time() -> None:
    """R12: Samoa went from 29 to 31 December 2011."""
    calendar = BusinessCalendar("Pacific/Apia", NINE_TO_FIVE)
    thursday_noon = datetime(2011, 12, 29, 22, tzinfo=UTC)

    assert calendar.add_days(thursday_noon, 1) == datetime(2012, 1, 1, 22, tzinfo=UTC)
    assert calendar.elapsed(thursday_noon, datetime(2012, 1, 1, 22, tzinfo=UTC)) == 8 * HOUR


def test_holds_outside_working_time_change_nothing() -> None:
    """R18."""
    start, hold = london("Fri 27 Nov 16:00"), (london("Fri 27 Nov 18:00"), london("Mon 30 Nov 08:00"))

    assert office().add(start, 2 * HOUR, [hold]) == office().add(start, 2 * HOUR)


def test_two_holds_in_the_same_minute_both_count() -> None:
    """R19."""
    start = london("Mon 23 Nov 10:00")
    at = [start + timedelta(seconds=n) for n in (10, 20, 30, 40)]

    assert office().add(start, 60, [(at[0], at[1]), (at[2], at[3])]) == start + timedelta(seconds=80)


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        ({"mon": [("17:00", "09:00")]}, "09:00 must be after 17:00"),
        ({"mon": [("09:00", "09:00")]}, "09:00 must be after 09:00"),
        ({"mon": [("22:00", "00:00")]}, "Write 24:00 for the end of the day"),
        ({"mon": [("09:00", "12:00"), ("11:00", "17:00")]}, "overlap"),
        ({"mon": [("24:00", "24:00")]}, "not a time"),
        ({"mon": [("9:00", "17:00")]}, "'9:00' is not a time"),
        ({"mon": [("09:00", "25:00")]}, "'25:00' is not a time"),
        ({"mon": [("09:00", 1020)]}, "'1020' is not a time"),
        ({"mon": [("09:00",)]}, "pairs of two times"),
        ({"mon": ["09"]}, "pairs of two times"),
        ({"mon": "09:00"}, "list of pairs"),
        ({"monday": [("09:00", "17:00")]}, "'monday' is not a day of the week"),
        ({}, "no working time"),
        ({"mon": [], "tue": []}, "no working time"),
    ],
)
def test_unusable_opening_times_are_refused_in_words(week: dict[str, Any], sentence: str) -> None:
    """R3."""
    with pytest.raises(InvalidCalendar, match=sentence) as refused:
        BusinessCalendar("Europe/London", week)

    assert isinstance(refused.value, ValueError)
    assert isinstance(refused.value, CaseTasksError)


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd", "/etc/passwd", "Europe", "Europe/\0", None, 5])
def test_an_unknown_zone_is_refused_in_words(zone: Any) -> None:
    """R3."""
    with pytest.raises(InvalidCalendar, match="There is no time zone called"):
        BusinessCalendar(zone, NINE_TO_FIVE)


def test_days_that_are_no_dates_are_refused() -> None:
    """R3, R5."""
    not_a_date: Any = "2026-12-25"

    with pytest.raises(InvalidCalendar, match="is not a date"):
        office(holidays=[not_a_date])
    with pytest.raises(InvalidCalendar, match="is not a date"):
        office(exceptions={not_a_date: []})
    with pytest.raises(InvalidCalendar, match="overlap"):
        office(exceptions={date(2026, 12, 24): [("09:00", "12:00"), ("10:00", "13:00")]})


def test_a_calendar_that_runs_out_of_working_time_says_so() -> None:
    """R28: no endless search."""
    once = office({"mon": []}, exceptions={date(2026, 11, 28): [("10:00", "14:00")]})
    start = london("Mon 23 Nov 10:00")

    for question in (
        lambda: once.add(start, 5 * HOUR),
        lambda: once.add_days(start, 1),
        lambda: once.next_open(london("Sun 29 Nov 10:00")),
        lambda: office().add_days(start, 10_000),
        lambda: office({"mon": [("09:00", "10:00")]}).add(start, 10_000 * HOUR),
    ):
        with pytest.raises(NoWorkingTime, match="30 years"):
            question()


def test_amounts_of_time_are_not_negative_and_moments_have_a_zone() -> None:
    """R1, R28."""
    start = london("Mon 23 Nov 10:00")

    with pytest.raises(ValueError, match="not negative"):
        office().add(start, -1)
    with pytest.raises(ValueError, match="not negative"):
        office().add_days(start, -1)
    with pytest.raises(ValueError, match="needs a zone"):
        office().add(start.replace(tzinfo=None), 1)


def test_an_amount_of_nothing_is_over_at_once() -> None:
    """R8, R10: so that adding in parts gives the same as adding at once."""
    closing = london("Fri 27 Nov 17:00")

    assert office().add(closing, 0) == closing


def test_elapsed_time_backwards_is_negative() -> None:
    """R8."""
    early, late = london("Fri 27 Nov 16:00"), london("Mon 30 Nov 10:00")

    assert office().elapsed(late, early) == -office().elapsed(early, late) == -2 * HOUR


def test_working_days_between_two_moments_leave_out_the_first_day_and_closed_days() -> None:
    """R9."""
    calendar = office(holidays=CHRISTMAS)

    assert calendar.working_days_between(london("Mon 23 Nov 16:59"), london("Thu 26 Nov 09:01")) == 3
    assert calendar.working_days_between(london("Thu 24 Dec 10:00"), london("Tue 29 Dec 10:00")) == 1
