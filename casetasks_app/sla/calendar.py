"""Business time: when an office is open, and how far its open time reaches from one moment to another."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from casetasks_app.errors import CaseTasksError
from casetasks_app.sla import windows
from casetasks_app.sla.windows import InvalidCalendar, WrittenWindows

__all__ = ["HORIZON_DAYS", "BusinessCalendar", "Hold", "InvalidCalendar", "NoWorkingTime", "add_civil_days"]

Span = tuple[datetime, datetime]
Hold = tuple[datetime, datetime]
"""A pause from one moment to another, half open; only its open time counts (R18)."""

HORIZON_DAYS = 30 * 366
_DAYS_KEPT = 4096
_SECOND = timedelta(seconds=1)


class NoWorkingTime(CaseTasksError):
    """There is not enough working time within the next 30 years. Choose a smaller target or another calendar."""


class BusinessCalendar:
    """Opening times of one office in its own zone; every moment in and out is an aware UTC datetime.

    `week` maps "mon" to "sun" to windows such as [("09:00", "17:00")], `holidays` are dates closed whole, and
    `exceptions` give single dates their own windows (an empty list closes the date); a holiday wins over an
    exception. Windows are half open, in local wall time (R3–R5). Raises InvalidCalendar for what R3 refuses.

    Wall times that happen twice mean the first occurrence, skipped ones move forward by the gap (R12).
    """

    is_business = True

    def __init__(
        self,
        tz: str,
        week: Mapping[str, WrittenWindows],
        holidays: Iterable[date] = (),
        exceptions: Mapping[date, WrittenWindows] | None = None,
    ) -> None:
        """Check everything once, so that no later question can meet unusable opening times."""
        self._zone = windows.zone(tz)
        self._week = windows.of_week(week)
        self._holidays = windows.dates(holidays)
        self._exceptions = windows.of_dates(exceptions or {})
        if not any(self._week) and not any(self._exceptions.values()):
            msg = "This calendar has no working time. Give it opening times on at least one day."
            raise InvalidCalendar(msg)
        # Kept per calendar, not per class, so that a replaced calendar takes its days with it.
        self._spans_on = lru_cache(_DAYS_KEPT)(self._compute_spans_on)

    def is_open(self, t: datetime) -> bool:
        """Tell whether working time runs at `t`; at a closing moment it does not (R3)."""
        moment = _utc(t)
        return any(opens <= moment < closes for opens, closes in islice(self._spans(moment), 1))

    def next_open(self, t: datetime) -> datetime:
        """Return `t` if working time runs then, else the next opening (R11); raises NoWorkingTime."""
        for opens, _ in self._spans(_utc(t)):
            return opens
        raise NoWorkingTime

    def add(self, t: datetime, seconds: int, holds: Iterable[Hold] = ()) -> datetime:
        """Return the earliest moment at which `seconds` of working time have passed since `t` (R8).

        An amount used up exactly at a closing moment ends there, not at the next opening (R10). Time inside
        `holds` does not count (R18). Raises NoWorkingTime when 30 years are not enough (R28).
        """
        moment, left = _utc(t), timedelta(seconds=_not_negative(seconds))
        if not left:
            return moment
        for opens, closes in _without(self._spans(moment), holds):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise NoWorkingTime

    def add_days(self, t: datetime, n: int) -> datetime:
        """Return the same wall time on the n-th working day after `t` (R9).

        A start outside working time counts from the next opening (R11). A wall time not open on that day becomes
        that day's next opening, or its last closing if none is left. Raises NoWorkingTime (R28).
        """
        start = self.next_open(t)
        return self._same_time(start, _not_negative(n), step=1)

    def shift_days(self, t: datetime, n: int) -> datetime:
        """Return the same wall time on the n-th working day after `t`, before it if `n` is negative (R22, R24).

        Unlike `add_days`, a closing moment counts as part of its day: Friday 17:00 and one day are Monday 17:00.
        """
        return self._same_time(_utc(t), abs(n), step=1 if n > 0 else -1)

    def elapsed(self, a: datetime, b: datetime, holds: Iterable[Hold] = ()) -> int:
        """Return the whole seconds of working time from `a` to `b`, negative if `b` is earlier; holds left out."""
        start, end = _utc(a), _utc(b)
        if end < start:
            return -self.elapsed(end, start, holds)
        total = timedelta()
        for opens, closes in _without(self._spans(start, end), holds):
            total += closes - opens
        return total // _SECOND

    def working_days_between(self, a: datetime, b: datetime) -> int:
        """Return how many working days come after the local date of `a`, up to and with that of `b`."""
        first, last = self._local_date(a), self._local_date(b)
        return sum(bool(self._spans_on(first + timedelta(i))) for i in range(1, (last - first).days + 1))

    def _same_time(self, t: datetime, n: int, step: int) -> datetime:
        if n == 0:
            return t
        local = t.astimezone(self._zone)
        day = self._nth_working_day(local.date(), n, step)
        wanted = _at(self._zone, day, local.hour * 3600 + local.minute * 60 + local.second)
        wanted += timedelta(microseconds=local.microsecond)
        spans = self._spans_on(day)
        for opens, closes in spans:
            if wanted < closes:
                return max(opens, wanted)
        return spans[-1][1]

    def _nth_working_day(self, day: date, n: int, step: int) -> date:
        found = 0
        for i in range(1, HORIZON_DAYS):
            candidate = day + timedelta(i * step)
            found += bool(self._spans_on(candidate))
            if found == n:
                return candidate
        raise NoWorkingTime

    def _spans(self, t: datetime, until: datetime | None = None) -> Iterator[Span]:
        """Give open spans from `t` on, in order and without overlap, up to `until` or the horizon."""
        # The day before matters where a clock change makes its last window reach into this one.
        first, done = self._local_date(t) - timedelta(1), t
        days = HORIZON_DAYS if until is None else (self._local_date(until) - first).days + 2
        for i in range(days):
            for opens, closes in self._spans_on(first + timedelta(i)):
                end = closes if until is None else min(closes, until)
                if end > done:
                    yield max(opens, done), end
                    done = end

    def _local_date(self, t: datetime) -> date:
        return _utc(t).astimezone(self._zone).date()

    def _compute_spans_on(self, day: date) -> tuple[Span, ...]:
        # A date that a zone left out altogether (Apia, 30 December 2011) has no time at all.
        if day in self._holidays or _at(self._zone, day, 0).astimezone(self._zone).date() != day:
            return ()
        spans: list[Span] = []
        for opens_at, closes_at in self._exceptions.get(day, self._week[day.weekday()]):
            opens, closes = _at(self._zone, day, opens_at), _at(self._zone, day, closes_at)
            # Around a skipped hour, windows can reach into the next one or vanish.
            opens = max(opens, spans[-1][1]) if spans else opens
            if opens < closes:
                spans.append((opens, closes))
        return tuple(spans)


def add_civil_days(t: datetime, n: int, tz: str) -> datetime:
    """Return the same wall time `n` calendar days later in zone `tz`, whatever the clock did meanwhile (R7, R12)."""
    zone = windows.zone(tz)
    if n == 0:
        # A moment in the second of two equal hours would become the same wall time in the first one.
        return _utc(t)
    local = _utc(t).astimezone(zone)
    return (local.replace(fold=0) + timedelta(days=n)).astimezone(UTC)


def _at(zone: ZoneInfo, day: date, second: int) -> datetime:
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(seconds=second)
    return wall.astimezone(UTC)


def _utc(t: datetime) -> datetime:
    if t.tzinfo is None:
        msg = "a moment needs a zone"
        raise ValueError(msg)
    return t.astimezone(UTC)


def _not_negative(amount: int) -> int:
    if amount < 0:
        msg = "an amount of time is not negative"
        raise ValueError(msg)
    return amount


def _without(spans: Iterator[Span], holds: Iterable[Hold]) -> Iterator[Span]:
    """Give what is left of ordered spans when every hold is cut out."""
    pauses = sorted((_utc(start), _utc(end)) for start, end in holds if start < end)
    for opens, closes in spans:
        at = opens
        for start, end in pauses:
            if at < start < closes:
                yield at, start
            if start < closes and end > at:
                at = min(end, closes)
        if at < closes:
            yield at, closes
