"""Opening hours as people write them ("09:00" to "17:00"), checked and turned into seconds of a day."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import cast
from zoneinfo import ZoneInfo

from casetasks_app.errors import CaseTasksError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Window = tuple[int, int]
"""Opening and closing in seconds since local midnight, half open; 86,400 is the end of the day."""

WrittenWindows = Sequence[Sequence[str]]
"""Windows as people write them: [["09:00", "12:30"], ["13:00", "24:00"]]."""

_END_OF_DAY = "24:00"
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_PAIR = 2


class InvalidCalendar(CaseTasksError, ValueError):
    """These opening times cannot be used."""


def zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name such as Europe/London; raises InvalidCalendar for any other name (R3)."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError) as error:
        msg = f"There is no time zone called '{name}'. Use a name like Europe/London."
        raise InvalidCalendar(msg) from error


def of_week(week: Mapping[str, WrittenWindows]) -> tuple[tuple[Window, ...], ...]:
    """Return the windows of Monday to Sunday; a day not named is closed (R3)."""
    for name in week:
        if name not in WEEKDAYS:
            msg = f"'{name}' is not a day of the week. Use {', '.join(WEEKDAYS)}."
            raise InvalidCalendar(msg)
    return tuple(of_day(week.get(name, ()), name) for name in WEEKDAYS)


def of_dates(exceptions: Mapping[date, WrittenWindows]) -> dict[date, tuple[Window, ...]]:
    """Return the windows of dates that have their own; an empty list closes the date (R5)."""
    return {_date(day): of_day(rows, str(day)) for day, rows in exceptions.items()}


def dates(days: Iterable[date]) -> frozenset[date]:
    """Return closed days as a set of plain dates (R5)."""
    return frozenset(_date(day) for day in days)


def of_day(rows: WrittenWindows, where: str) -> tuple[Window, ...]:
    """Return one day's windows in order; `where` names the day in a refusal.

    Refused with InvalidCalendar: a time that is none, a closing that is not after the opening, two windows that
    overlap (R3). Windows may touch; a night shift is written as two windows (R4).
    """
    if isinstance(rows, str):
        msg = f"Opening times of {where} must be a list of pairs like 09:00 to 17:00."
        raise InvalidCalendar(msg)
    windows = sorted(_window(row, where) for row in rows)
    for (_, close), (open_, _) in pairwise(windows):
        if open_ < close:
            msg = f"Opening times of {where} overlap. Make one window of them, or let the first end earlier."
            raise InvalidCalendar(msg)
    return tuple(windows)


def _window(row: Sequence[str], where: str) -> Window:
    if isinstance(row, str) or len(row) != _PAIR:
        msg = f"Opening times of {where} must be pairs of two times, like 09:00 to 17:00."
        raise InvalidCalendar(msg)
    start, end = row
    opens, closes = _seconds(start, where), 24 * 3600 if end == _END_OF_DAY else _seconds(end, where)
    if closes == 0:
        msg = f"Opening times of {where} end at 00:00. Write 24:00 for the end of the day."
        raise InvalidCalendar(msg)
    if closes <= opens:
        msg = f"Opening times of {where}: {end} must be after {start}. Write a night shift as two windows, to 24:00 and from 00:00."
        raise InvalidCalendar(msg)
    return opens, closes


def _seconds(text: str, where: str) -> int:
    # YAML reads an unquoted 09:00 as a number, so anything but text is refused with the same sentence.
    found = _TIME.fullmatch(text) if isinstance(cast("object", text), str) else None
    if found is None:
        msg = f"Opening times of {where}: '{text}' is not a time between 00:00 and 23:59, or 24:00 as an end."
        raise InvalidCalendar(msg)
    return int(found[1]) * 3600 + int(found[2]) * 60


def _date(day: date) -> date:
    if not isinstance(cast("object", day), date):
        msg = f"'{day}' is not a date. Closed days and days with their own times are dates, like 2026-12-25."
        raise InvalidCalendar(msg)
    return day.date() if isinstance(day, datetime) else day
