"""The two clocks a target can run on: round the clock, or the open time of a business calendar (R2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from casetasks_app.sla.calendar import add_civil_days


class Clock(Protocol):
    """What the rules of targets ask of time; `BusinessCalendar` and `RoundTheClock` both answer."""

    @property
    def is_business(self) -> bool:
        """Tell whether days and hours are working days and working hours."""
        ...

    def next_open(self, t: datetime) -> datetime:
        """Return the first moment from `t` on at which time runs."""
        ...

    def add(self, t: datetime, seconds: int) -> datetime:
        """Return the moment at which `seconds` of running time have passed since `t`."""
        ...

    def add_days(self, t: datetime, n: int) -> datetime:
        """Return the same wall time `n` days later."""
        ...

    def shift_days(self, t: datetime, n: int) -> datetime:
        """Return the same wall time `n` days later, or earlier if negative, without moving `t` into running time."""
        ...

    def elapsed(self, a: datetime, b: datetime) -> int:
        """Return the seconds of running time from `a` to `b`."""
        ...

    def working_days_between(self, a: datetime, b: datetime) -> int:
        """Return how many days with running time come after the date of `a`, up to and with that of `b`."""
        ...


@dataclass(frozen=True, slots=True)
class RoundTheClock:
    """Time that never stops; days are calendar days in the installation's zone (R6, R7)."""

    zone: str
    is_business: bool = False

    def next_open(self, t: datetime) -> datetime:
        """Return `t`: it is always open."""
        return t

    def add(self, t: datetime, seconds: int) -> datetime:
        """Return the moment `seconds` later (R6)."""
        return t + timedelta(seconds=seconds)

    def add_days(self, t: datetime, n: int) -> datetime:
        """Return the same wall time `n` calendar days later (R7)."""
        return add_civil_days(t, n, self.zone)

    def shift_days(self, t: datetime, n: int) -> datetime:
        """Return the same wall time `n` calendar days later, or earlier if negative (R7)."""
        return add_civil_days(t, n, self.zone)

    def elapsed(self, a: datetime, b: datetime) -> int:
        """Return the seconds from `a` to `b`."""
        return (b - a) // timedelta(seconds=1)

    def working_days_between(self, a: datetime, b: datetime) -> int:
        """Return the number of midnights between two moments."""
        return (_date(b, self.zone) - _date(a, self.zone)).days


def _date(t: datetime, zone: str) -> date:
    return t.astimezone(ZoneInfo(zone)).date()
