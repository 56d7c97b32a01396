"""Moments of a process model: ISO 8601 lengths, dates and cycles, worked out from a given now."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NoReturn

from casetasks_app.process.expressions import fill, slots_in
from casetasks_app.process.model import Timer

_LENGTH = re.compile(
    r"P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
    re.ASCII,
)
_CYCLE = re.compile(r"R(?P<times>\d*)(?:/(?P<start>[^P/][^/]*))?/(?P<length>P[^/]+)", re.ASCII)
_MOST_DIGITS = 9
_MOST_MISSED = 20_000
_LONGEST_SHOWN = 60


class TimerRefused(ValueError):
    """A length, date or cycle that cannot be understood; the message says which."""


@dataclass(frozen=True, slots=True)
class Due:
    """The next moment; for a cycle also the length to the one after and how many are left (-1: without end)."""

    at: datetime
    every: str | None = None
    left: int = 1

    def following(self, now: datetime) -> "Due | None":
        """The moment after this one, counted from this one and not from when it was noticed; None after the last.

        A cycle that counts keeps every round, late as it may be. One without end goes on after `now`: nobody wants
        the rounds of a weekend all at once.
        """
        if self.every is None or self.left in {0, 1}:
            return None
        at = later(self.at.astimezone(now.tzinfo), self.every)
        if self.left > 0:
            return replace(self, at=at, left=self.left - 1)
        for _ in range(_MOST_MISSED):
            if at > now:
                return replace(self, at=at)
            at = later(at, self.every)
        return replace(self, at=later(now, self.every))


def later(moment: datetime, length: str, sign: int = 1) -> datetime:
    """`moment` plus (or minus) an ISO length; months keep the day where the month has it. Raises TimerRefused.

    Days and more keep the time of the day in the zone of `moment`, hours and less are hours that pass.
    """
    found = _LENGTH.fullmatch(length.strip())
    if found is None or any(len(part or "") > _MOST_DIGITS for part in found.groups()):
        _refuse(length, "not a length of time such as PT1H or P7D")
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        shifted = _plus_months(moment, sign * (years * 12 + months)) + sign * timedelta(weeks=weeks, days=days)
        passed = shifted.astimezone(UTC) + sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return passed.astimezone(moment.tzinfo)
    except (OverflowError, ValueError):
        _refuse(length, "longer than can be counted")


def due(timer: Timer, variables: Mapping[str, object], now: datetime) -> Due:
    """When the timer is due, where it starts to run `now` (aware). Raises TimerRefused."""
    text = _filled(timer.text, variables)
    if timer.kind == "after":
        return Due(later(now, text))
    if timer.kind == "at":
        return Due(_moment(text, now))
    found = _CYCLE.fullmatch(text)
    if found is None:
        _refuse(text, "not a cycle such as R3/P7D")
    left = int(found["times"][:6]) if found["times"] else -1
    first = _moment(found["start"], now) if found["start"] else later(now, found["length"])
    later(first, found["length"])
    if left == 0 or later(now, found["length"]) <= now:
        _refuse(text, "a cycle repeats at least once, after some time")
    return Due(first, found["length"], left)


def refusal(timer: Timer) -> str | None:
    """Why this timer can never be understood, as far as its text alone shows."""
    if slots_in(timer.text):
        return None
    try:
        due(timer, {}, datetime(2000, 1, 1, tzinfo=UTC))
    except TimerRefused as refused:
        return str(refused)
    return None


def _filled(text: str, variables: Mapping[str, object]) -> str:
    value = fill(text, variables)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str) or not value.strip():
        _refuse(text, "there is no moment in it")
    return value.strip()


def _moment(text: str, now: datetime) -> datetime:
    """A date, a date and time, or `P1D/2026-03-01`: the start of the day-long interval that ends there.

    Without an offset the zone of `now` is meant; a date alone is its first moment.
    """
    length, _, end = text.rpartition("/")
    try:
        found = datetime.fromisoformat(end) if len(end) > len("2026-03-01") else None
        found = found or datetime.combine(date.fromisoformat(end), time())
    except ValueError:
        _refuse(text, "not a date such as 2026-03-01T09:00")
    aware = found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
    return later(aware, length, -1) if length else aware


def _plus_months(moment: datetime, months: int) -> datetime:
    index = moment.year * 12 + moment.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _refuse(text: str, reason: str) -> NoReturn:
    shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    raise TimerRefused(f"{shown!r}: {reason}")
