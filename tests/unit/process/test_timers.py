"""Lengths, dates and cycles in standard text, counted from the moment they are given."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetasks_app.process.model import Timer
from casetasks_app.process.timers import Due, TimerRefused, due, later

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "moment"),
    [
        ("PT1H", "2026-01-31T10:00"),
        ("P7D", "2026-02-07T09:00"),
        ("P2W", "2026-02-14T09:00"),
        ("P1M", "2026-02-28T09:00"),
        ("P1Y1M", "2027-02-28T09:00"),
        ("P1DT12H30M5S", "2026-02-01T21:30:05"),
    ],
)
def test_a_length_is_counted_from_the_given_moment(length: str, moment: str) -> None:
    assert later(NOW, length) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["1 day", "P", "PT", "P1H", "P-1D", "p1d ", "P1.5D", "", "P1D/", "P٣D"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(TimerRefused):
        later(NOW, text)


@pytest.mark.parametrize(
    ("text", "variables", "moment"),
    [
        ("2026-03-01", {}, "2026-03-01T00:00+00:00"),
        ("2026-03-01T09:30", {}, "2026-03-01T09:30+00:00"),
        ("2026-03-01T09:30+02:00", {}, "2026-03-01T07:30+00:00"),
        ("${visit_on}", {"visit_on": "2026-03-01"}, "2026-03-01T00:00+00:00"),
        ("P1D/${visit_on}T10:00", {"visit_on": "2026-03-01"}, "2026-02-28T10:00+00:00"),
    ],
)
def test_a_date_may_be_written_come_from_an_answer_or_be_a_length_before(text: str, variables: dict[str, object], moment: str) -> None:
    assert due(Timer("at", text), variables, NOW) == Due(datetime.fromisoformat(moment))


def test_a_date_without_an_offset_is_in_the_zone_of_the_given_moment() -> None:
    zone = timezone(timedelta(hours=2))

    found = due(Timer("at", "2026-03-01T09:00"), {}, NOW.astimezone(zone))

    assert found.at == datetime(2026, 3, 1, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, "", "soon", 5, ["2026-03-01"]])
def test_an_answer_that_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(TimerRefused):
        due(Timer("at", "${visit_on}"), {"visit_on": value}, NOW)


@pytest.mark.parametrize("text", ["0 0 12 * * ?", "R0/P1D", "R3/PT0S", "R3/2026-01-01", "R3/P1D/2026-01-01", "P1D", "R/"])
def test_what_is_no_cycle_is_refused(text: str) -> None:
    with pytest.raises(TimerRefused):
        due(Timer("every", text), {}, NOW)


def test_a_cycle_may_begin_at_a_date_and_go_on_without_end() -> None:
    found = due(Timer("every", "R/2026-02-01T00:00Z/P1D"), {}, NOW)

    assert found.at == datetime(2026, 2, 1, tzinfo=UTC)
    following = found.following(found.at)
    assert following is not None
    assert (following.at, following.left) == (datetime(2026, 2, 2, tzinfo=UTC), -1)


def test_of_a_cycle_without_end_missed_rounds_become_one() -> None:
    """Right after downtime: the usual moments go on, after now."""
    found = due(Timer("every", "R/PT1H"), {}, NOW)

    following = found.following(NOW + timedelta(days=2, minutes=20))

    assert following is not None
    assert following.at == NOW + timedelta(days=2, hours=1)


def test_a_cycle_of_seconds_missed_for_years_is_caught_up_at_once() -> None:
    found = due(Timer("every", "R/PT1S"), {}, NOW)

    following = found.following(NOW + timedelta(days=2_000))

    assert following is not None
    assert following.at == NOW + timedelta(days=2_000, seconds=1)


def test_days_keep_the_time_of_day_and_hours_pass_as_hours_when_the_clocks_change() -> None:
    evening = datetime(2026, 3, 28, 20, 0, tzinfo=ZoneInfo("Europe/London"))

    assert later(evening, "P1D").isoformat() == "2026-03-29T20:00:00+01:00"
    assert later(evening, "PT24H").isoformat() == "2026-03-29T21:00:00+01:00"
    assert Due(evening, "P1D", 3).following(evening).at.isoformat() == "2026-03-29T20:00:00+01:00"  # pyright: ignore[reportOptionalMemberAccess]


@given(st.integers(1, 20), st.integers(1, 500))
def test_a_cycle_has_exactly_as_many_moments_evenly_spaced(times: int, hours: int) -> None:
    moments, left = [], due(Timer("every", f"R{times}/PT{hours}H"), {}, NOW)
    while left is not None:
        moments.append(left.at)
        left = left.following(NOW + timedelta(days=900))

    assert moments == [NOW + timedelta(hours=hours * number) for number in range(1, times + 1)]


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    for kind in ("at", "after", "every"):
        try:
            assert due(Timer(kind, text), {}, NOW).at.tzinfo is not None
        except (TimerRefused, ValueError):
            continue
