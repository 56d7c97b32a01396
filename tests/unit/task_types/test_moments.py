"""Days and moments as people type them, and in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from casetasks_app.task_types.moments import NoMoment, in_words, is_in_time, read_date, read_date_and_time

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-26",
        " 26/11/2026 ",
        "26.11.2026",
        "26-11-2026",
        "26 Nov 2026",
        "26 november 2026",
        "26 11 2026",
        {"day": "26", "month": "11", "year": "2026"},
        {"day": 26, "month": "November", "year": 2026},
    ],
)
def test_a_day_may_be_typed_in_any_usual_way(typed):
    assert read_date(typed, LONDON) == datetime(2026, 11, 26, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31/02/2026", "must be a real date."),
        ("26/13/2026", "must be a real date."),
        ("26 Brumaire 2026", "must be a real date."),
        ("26/11/26", "must be a real date."),
        ("26/11/0026", "must be a real date."),
        ("tomorrow", "must be a real date."),
        ("1" * 1_000_000, "must be a real date."),
        (20261126, "must be a real date."),
        ({"day": [26], "month": "11", "year": "2026"}, "must be a real date."),
        ({"day": "26", "month": "11", "year": ""}, "must include a year."),
        ("26/11", "must include a year."),
        ("31/02", "must be a real date."),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_correct(typed, reason):
    with pytest.raises(NoMoment, match=reason):
        read_date(typed, LONDON)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2026-07-01T14:30", "2026-07-01T14:30:00+01:00"),
        ("1 July 2026, 14:30", "2026-07-01T14:30:00+01:00"),
        ("01/12/2026 09:05:59", "2026-12-01T09:05:00+00:00"),
        ("2026-12-01T09:05:00Z", "2026-12-01T09:05:00+00:00"),
        ("2026-07-01T12:00:00+00:00", "2026-07-01T13:00:00+01:00"),
        ("2026-10-25T01:30", "2026-10-25T01:30:00+01:00"),
        ({"date": "2026-12-01", "time": "09:05"}, "2026-12-01T09:05:00+00:00"),
    ],
)
def test_a_moment_is_local_unless_it_says_otherwise(typed, stored):
    assert read_date_and_time(typed, LONDON).isoformat() == stored


@pytest.mark.parametrize(
    "typed", ["2026-12-01", "2026-12-01T25:00", "2026-03-29T01:30", "nonsense", "9999-12-31T23:59-12:00", "26/11/2026 10:00+01:00"]
)
def test_what_is_no_moment_is_refused(typed):
    with pytest.raises(NoMoment):
        read_date_and_time(typed, LONDON)


@pytest.mark.parametrize("nothing", [None, "", "  ", {"day": "", "month": "", "year": ""}])
def test_nothing_typed_is_nothing(nothing):
    assert read_date(nothing, LONDON) is None
    assert read_date_and_time(nothing, LONDON) is None


@pytest.mark.parametrize(
    ("when", "yesterday", "today", "tomorrow"),
    [
        ("", True, True, True),
        ("past", True, False, False),
        ("future", False, False, True),
        ("today or past", True, True, False),
        ("today or future", False, True, True),
    ],
)
def test_days_are_compared_as_days(when, yesterday, today, tomorrow):
    days = [datetime(2026, 11, day, tzinfo=LONDON) for day in (19, 20, 21)]

    assert [is_in_time(day, when, NOW, is_day=True) for day in days] == [yesterday, today, tomorrow]


def test_moments_are_compared_as_moments():
    later_today = datetime(2026, 11, 20, 10, 1, tzinfo=LONDON)

    assert is_in_time(later_today, "future", NOW, is_day=False)
    assert not is_in_time(later_today, "past", NOW, is_day=False)


def test_stored_days_and_moments_are_written_out():
    assert in_words(date(2026, 11, 26).isoformat()) == "Thursday 26 November 2026"
    assert in_words(datetime(2026, 1, 1, 9, 5, tzinfo=UTC).isoformat()) == "Thursday 1 January 2026, 09:05"
    assert in_words("soon") == "soon"
