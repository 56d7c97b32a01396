"""What must hold for every calendar, and what a minute-by-minute count says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casetasks_app.sla.calendar import BusinessCalendar
from tests.unit.sla.by_the_minute import DAY, DAYS, MINUTE, Office, Stretch, stretch

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Six weeks each, around a clock change where the zone has one.
STRETCHES = [
    ("Europe/London", 2026, 3, 12),
    ("Europe/London", 2026, 10, 8),
    ("America/New_York", 2026, 2, 25),
    ("Australia/Lord_Howe", 2026, 3, 20),
    ("Australia/Lord_Howe", 2026, 9, 20),
    ("Pacific/Apia", 2011, 12, 10),
    ("Pacific/Apia", 2021, 3, 20),
    ("Asia/Kathmandu", 2026, 11, 1),
    ("America/St_Johns", 2010, 10, 20),
    ("America/Havana", 2026, 2, 25),
    ("America/Havana", 2026, 10, 15),
    ("America/Sao_Paulo", 2018, 10, 20),
    ("Pacific/Chatham", 2026, 9, 10),
    ("Africa/Casablanca", 2026, 2, 1),
]

SUNDAYS = [[("01:30", "17:00")], [("00:00", "01:30"), ("02:15", "09:00")], [("00:30", "24:00")]]

checked = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass
class Sample:
    """One calendar, the same office counted by the minute, and a whole minute to start from."""

    calendar: BusinessCalendar
    office: Office
    start: int

    @property
    def moment(self) -> datetime:
        """Return the start as a moment."""
        return self.stretch.moment(self.start)

    @property
    def stretch(self) -> Stretch:
        """Return the six weeks around it."""
        return self.office.stretch


@st.composite
def windows(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Zero to three windows whose edges favour the hours in which clocks change."""
    edge = st.one_of(st.integers(0, DAY), st.integers(0, 240), st.sampled_from([0, 540, 1020, DAY]))
    edges = sorted(draw(st.lists(edge, max_size=6, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [(_written(opens), _written(closes)) for opens, closes in pairs]


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """A random office in one of the zones, and a random minute of its first week."""
    six_weeks = stretch(*draw(st.sampled_from(STRETCHES)))
    week = {day: draw(windows()) for day in DAY_NAMES}
    # Clocks change on Sundays, so that day always has edges where hours are skipped or repeated.
    week["sun"] = draw(st.sampled_from(SUNDAYS))
    days = st.integers(0, DAYS - 2).map(lambda n: six_weeks.start.date() + timedelta(days=n))
    closed = frozenset(draw(st.lists(days, max_size=4)))
    own_times: dict[date, Any] = draw(st.dictionaries(days, windows(), max_size=3))
    calendar = BusinessCalendar(six_weeks.zone, week, closed, own_times)
    start = draw(st.integers(2 * DAY, 20 * DAY))
    return Sample(calendar, Office(six_weeks, week, closed, own_times), start)


def _written(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@pytest.mark.parametrize("sunday", SUNDAYS)
@pytest.mark.parametrize("around", STRETCHES)
def test_clock_changes_agree_with_counting_minutes(around: tuple[str, int, int, int], sunday: list[tuple[str, str]]) -> None:
    """R12: every zone's change, with window edges inside it, looked at from every third hour of six weeks."""
    six_weeks = stretch(*around)
    calendar, office = BusinessCalendar(six_weeks.zone, {"sun": sunday}), Office(six_weeks, {"sun": sunday})
    marks = range(2 * DAY, 33 * DAY, 180)

    seconds = [calendar.elapsed(six_weeks.moment(mark), six_weeks.moment(mark + 180)) for mark in marks]

    assert seconds == [60 * office.elapsed(mark, mark + 180) for mark in marks]
    assert [calendar.next_open(six_weeks.moment(mark)) for mark in marks] == [six_weeks.moment(office.next_open(mark)) for mark in marks]


@checked
@given(samples(), st.integers(0, 600))
def test_adding_time_agrees_with_counting_minutes(sample: Sample, amount: int) -> None:
    """R8, R10, R11, R12."""
    if sample.office.elapsed(sample.start, 40 * DAY) <= amount:
        return

    due = sample.calendar.add(sample.moment, amount * 60)

    assert due == sample.stretch.moment(sample.office.add(sample.start, amount))


@checked
@given(samples(), st.integers(0, 20 * DAY))
def test_elapsed_time_agrees_with_counting_minutes(sample: Sample, later: int) -> None:
    """R8, R12."""
    end = sample.start + later

    seconds = sample.calendar.elapsed(sample.moment, sample.stretch.moment(end))

    assert seconds == 60 * sample.office.elapsed(sample.start, end)


@checked
@given(samples())
def test_the_next_opening_agrees_with_counting_minutes(sample: Sample) -> None:
    """R11, R12."""
    if not sample.office.elapsed(sample.start, 40 * DAY):
        return

    opening = sample.calendar.next_open(sample.moment)

    assert opening == sample.stretch.moment(sample.office.next_open(sample.start))


@checked
@given(samples(), st.integers(1, 3))
def test_adding_working_days_agrees_with_walking_over_dates(sample: Sample, n: int) -> None:
    """R9, R11, R12."""
    later = [minutes for minutes in sample.office.open_on.values() if minutes and sample.start < minutes[0] < 38 * DAY]
    if len(later) <= n:
        return

    due = sample.calendar.add_days(sample.moment, n)

    assert due == sample.stretch.moment(sample.office.add_days(sample.start, n))


@checked
@given(samples(), st.integers(0, 200_000))
def test_elapsed_gives_back_what_was_added(sample: Sample, seconds: int) -> None:
    """R8, R10."""
    due = sample.calendar.add(sample.moment, seconds)

    assert sample.calendar.elapsed(sample.moment, due) == seconds


@checked
@given(samples(), st.integers(1, 200_000))
def test_one_second_earlier_is_never_enough(sample: Sample, seconds: int) -> None:
    """R8: the due moment is the earliest one."""
    due = sample.calendar.add(sample.moment, seconds)

    assert sample.calendar.elapsed(sample.moment, due - timedelta(seconds=1)) == seconds - 1


@checked
@given(samples(), st.integers(0, 100_000), st.integers(0, 100_000))
def test_adding_twice_is_adding_the_sum(sample: Sample, first: int, second: int) -> None:
    """R8, R10."""
    add = sample.calendar.add

    assert add(add(sample.moment, first), second) == add(sample.moment, first + second)


@checked
@given(samples(), st.integers(-10_000, 10_000), st.integers(-10_000, 10_000))
def test_elapsed_time_adds_up(sample: Sample, to_middle: int, to_end: int) -> None:
    """R8: whatever the order of the three moments."""
    elapsed: Callable[[datetime, datetime], int] = sample.calendar.elapsed
    start, middle = sample.moment, sample.moment + to_middle * MINUTE
    end = middle + to_end * MINUTE

    assert elapsed(start, middle) + elapsed(middle, end) == elapsed(start, end)


@checked
@given(samples())
def test_no_working_time_passes_before_the_next_opening(sample: Sample) -> None:
    """R11."""
    opening = sample.calendar.next_open(sample.moment)

    assert sample.calendar.elapsed(sample.moment, opening) == 0
    assert sample.calendar.is_open(opening)


@checked
@given(
    samples(),
    st.integers(0, 100_000),
    st.lists(st.tuples(st.integers(-500, 9_000), st.integers(0, 3_000)), max_size=4),
)
def test_elapsed_gives_back_what_was_added_around_holds(sample: Sample, seconds: int, pauses: list[tuple[int, int]]) -> None:
    """R18, R19."""
    holds = [(sample.moment + a * MINUTE, sample.moment + (a + length) * MINUTE) for a, length in pauses]

    due = sample.calendar.add(sample.moment, seconds, holds)

    assert sample.calendar.elapsed(sample.moment, due, holds) == seconds


@checked
@given(samples(), st.integers(1, 5))
def test_a_working_day_before_a_working_day_later_is_where_we_were(sample: Sample, n: int) -> None:
    """R22: on a calendar with the same windows every day and no clock change in between."""
    calendar = BusinessCalendar("Asia/Kathmandu", {key: [("08:00", "12:00"), ("13:00", "17:00")] for key in DAY_NAMES[:5]})
    start = calendar.next_open(sample.moment)

    assert calendar.shift_days(calendar.add_days(start, n), -n) == start


@pytest.mark.parametrize("zone", sorted({name for name, *_ in STRETCHES}))
def test_ten_zones_are_looked_at(zone: str) -> None:
    """R12: every zone of the list is known, so none drops out unnoticed."""
    assert BusinessCalendar(zone, {"mon": [("09:00", "17:00")]})
    assert len({name for name, *_ in STRETCHES}) >= 10
