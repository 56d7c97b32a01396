"""An office clock that counts single minutes, to check the calendar against something that cannot be clever.

It shares nothing with the calendar under test: wall times come from the C library instead of zoneinfo, and
open time is a list with one yes or no for each minute.
"""

import os
import time
import zoneinfo
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path

MINUTE = timedelta(minutes=1)
DAY = 24 * 60
DAYS = 42

Windows = Sequence[tuple[str, str]]
Wall = tuple[date, int]


@dataclass(frozen=True)
class Stretch:
    """Six weeks of one zone, minute by minute: what the clock on the wall says."""

    zone: str
    start: datetime
    walls: list[Wall]
    first_at: dict[Wall, int]
    jumps: list[int]
    dates: list[date]

    def minute_of(self, t: datetime) -> int:
        """Return the index of a whole minute."""
        return (t - self.start) // MINUTE

    def moment(self, minute: int) -> datetime:
        """Return the moment of an index."""
        return self.start + minute * MINUTE

    def at(self, wall: Wall) -> int | None:
        """Return the minute a wall time stands for: its first occurrence, or moved forward by what was skipped."""
        if wall in self.first_at:
            return self.first_at[wall]
        for i in self.jumps:
            if self.walls[i - 1] < wall < self.walls[i]:
                return i + _minutes(wall) - _minutes(self.walls[i - 1]) - 1
        return None


@dataclass
class Office:
    """Opening times as a list of open minutes for each date, and of all dates together."""

    stretch: Stretch
    week: Mapping[str, Windows]
    closed: frozenset[date] = frozenset()
    own_times: Mapping[date, Windows] = field(default_factory=dict)

    @cached_property
    def open_on(self) -> dict[date, list[int]]:
        """List the open minutes of each date."""
        return {day: self._open_minutes(day) for day in self.stretch.dates}

    @cached_property
    def open(self) -> list[int]:
        """List the open minutes of all dates."""
        return sorted(set().union(*self.open_on.values()))

    def next_open(self, minute: int) -> int:
        """Return the first open minute from here on."""
        return next(m for m in self.open if m >= minute)

    def add(self, minute: int, amount: int) -> int:
        """Return the earliest minute before which `amount` open minutes have passed."""
        return [m for m in self.open if m >= minute][amount - 1] + 1 if amount else minute

    def elapsed(self, start: int, end: int) -> int:
        """Count the open minutes."""
        return sum(start <= m < end for m in self.open)

    def add_days(self, minute: int, n: int) -> int:
        """Return the same wall time on the n-th later date with open minutes, moved into open time."""
        start = self.next_open(minute)
        day, of_day = self.stretch.walls[start]
        target = [later for later, minutes in self.open_on.items() if later > day and minutes][n - 1]
        wanted = self.stretch.at((target, of_day))
        assert wanted is not None
        left = [m for m in self.open_on[target] if m >= wanted]
        return left[0] if left else self.open_on[target][-1] + 1

    def _open_minutes(self, day: date) -> list[int]:
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        windows = self.own_times.get(day, self.week.get(names[day.weekday()], ()))
        minutes: set[int] = set()
        for opens, closes in () if day in self.closed else windows:
            first, last = self.stretch.at((day, _of_day(opens))), self.stretch.at(_end(day, closes))
            if first is not None and last is not None:
                minutes.update(range(first, last))
        return sorted(minutes)


@lru_cache(maxsize=64)
def stretch(zone: str, year: int, month: int, day: int) -> Stretch:
    """Read six weeks of wall time from the C library, beginning at noon UTC of a date."""
    start = datetime(year, month, day, 12, tzinfo=UTC)
    first = int(start.timestamp())
    with _zone_of_the_c_library(zone):
        walls = [_wall(time.localtime(first + 60 * i)) for i in range(DAYS * DAY)]
    first_at = {wall: i for i, wall in reversed(list(enumerate(walls)))}
    jumps = [i for i in range(1, len(walls)) if _minutes(walls[i]) > _minutes(walls[i - 1]) + 1]
    return Stretch(zone, start, walls, first_at, jumps, sorted({day for day, _ in walls}))


@contextmanager
def _zone_of_the_c_library(zone: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = f":{_file_of(zone)}"
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


def _file_of(zone: str) -> Path:
    packaged = Path(str(resources.files("tzdata").joinpath("zoneinfo")))
    return next(root / zone for root in (*map(Path, zoneinfo.TZPATH), packaged) if (root / zone).is_file())


def _wall(t: time.struct_time) -> Wall:
    return date(t.tm_year, t.tm_mon, t.tm_mday), t.tm_hour * 60 + t.tm_min


def _minutes(wall: Wall) -> int:
    return wall[0].toordinal() * DAY + wall[1]


def _of_day(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _end(day: date, text: str) -> Wall:
    return (day + timedelta(days=1), 0) if text == "24:00" else (day, _of_day(text))
