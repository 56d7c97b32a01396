"""The words of a target: the one place that says how late or early a task is."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from casetasks_app.models.configuration import Unit
from casetasks_app.models.task import TaskStatus
from casetasks_app.moments import bare_date, clock_time, days_apart, local, long_date, long_moment, short_date, short_moment
from casetasks_app.sla import rules
from casetasks_app.sla.clocks import Clock
from casetasks_app.sla.rules import Amount

__all__ = [
    "TargetFacts", "TargetState", "TargetWords", "amount_in_words", "bare_date", "clock_time", "group_of", "lead_in_words",
    "length_between", "length_in_words", "long_date", "long_moment", "of_target", "short_date", "short_moment", "target_words",
]  # fmt: skip

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_BOTH_UNITS_BELOW = 4 * _HOUR
_DATE_ONLY_AFTER = 14
_LAST_PART = 5
_DAYS_OF_A_WEEK = 7
_SHORTENED = re.compile(r"([0-9]) (hour|minute)s?\b")


class TargetState(StrEnum):
    """How a target stands; the values are what style sheet and icons go by."""

    NONE = "none"
    ON_TRACK = "on track"
    SOON = "soon"
    TODAY = "today"
    BREACHED = "breached"
    MET = "met"
    LATE = "late"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class TargetWords:
    """A target ready to be shown: two lines, or one in `compact`; `iso` is the due moment for machines."""

    state: str
    line1: str
    line2: str = ""
    compact: str = ""
    iso: str = ""


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What the words depend on; `ended_at` is when the task was closed or cancelled."""

    status: str
    created_at: datetime
    due_at: datetime | None
    ended_at: datetime | None = None
    first_reminder_at: datetime | None = None


def target_words(facts: TargetFacts, *, clock: Clock, now: datetime, zone: str = "") -> TargetWords:
    """Return how the target stands at `now`, in `zone` or else the installation's.

    `clock` is the target's own, so that "in 3 working days" leaves out closed days.
    """
    if facts.due_at is None:
        return TargetWords(TargetState.NONE, "No target", compact="No target")
    if facts.status == TaskStatus.NEW:
        return _open(facts, facts.due_at, clock, now, zone)
    return _ended(facts, facts.due_at, now, zone)


def amount_in_words(amount: Amount, *, is_business: bool) -> str:
    """Return "3 working days", "1 day", "2 hours"."""
    return _count(amount.amount, f"{'working ' if is_business else ''}{'day' if amount.unit == Unit.DAYS else 'hour'}")


def of_target(amount: int | None, unit: Unit, *, is_business: bool) -> str:
    """Return the words of a target as it stands on a task, empty without one."""
    return amount_in_words(Amount(amount, unit), is_business=is_business) if amount else ""


def lead_in_words(lead: Amount, *, is_business: bool) -> str:
    """Return how long before the target a reminder goes out: "1 working day before"."""
    return f"{amount_in_words(lead, is_business=is_business)} before"


def length_in_words(seconds: int, days: int = 0) -> str:
    """Return a length of time in at most two units; `days` are what it counts as from one day on."""
    hours, minutes = seconds // _HOUR, seconds % _HOUR // _MINUTE
    if seconds >= _DAY:
        return _count(max(days, 1), "day")
    if seconds < _MINUTE:
        return "less than a minute"
    parts = [_count(hours, "hour")] if hours else []
    if minutes and seconds < _BOTH_UNITS_BELOW:
        parts.append(_count(minutes, "minute"))
    return " ".join(parts)


def length_between(early: datetime, late: datetime, zone: str = "") -> str:
    """Return how long it is from one moment to a later one, in words."""
    return length_in_words(int((late - early).total_seconds()), days_apart(early, late, zone))


def group_of(target: TargetWords, now: datetime, zone: str = "") -> str:
    """Return the heading an open task stands under: breached, today, week (the next seven days) or later."""
    if target.state in {TargetState.BREACHED, TargetState.TODAY}:
        return str(target.state)
    is_this_week = bool(target.iso) and days_apart(now, datetime.fromisoformat(target.iso), zone) <= _DAYS_OF_A_WEEK
    return "week" if is_this_week else "later"


def _open(facts: TargetFacts, due_at: datetime, clock: Clock, now: datetime, zone: str) -> TargetWords:
    when = short_moment(due_at, now, zone)
    if rules.is_breached(due_at, ended_at=None, now=now):
        return _words(TargetState.BREACHED, f"Breached {_ago(due_at, now, zone)}", f"Was due {when}", due_at)
    return _words(_open_state(facts, due_at, now, zone), f"Due {when}", _time_left(due_at, clock, now, zone), due_at)


def _ended(facts: TargetFacts, due_at: datetime, now: datetime, zone: str) -> TargetWords:
    ended_at = facts.ended_at or now
    day = short_date(ended_at, now, zone)
    if facts.status == TaskStatus.CANCELLED:
        return _words(TargetState.OFF, "Not counted", f"cancelled {day}", due_at)
    apart = length_between(min(due_at, ended_at), max(due_at, ended_at), zone)
    if rules.is_breached(due_at, ended_at=ended_at, now=now):
        return _words(TargetState.LATE, "Closed late", f"{day}, {apart} late", due_at)
    early = "on time" if ended_at == due_at else f"{apart} early"
    return _words(TargetState.MET, "Met", f"closed {day}, {early}", due_at)


def _open_state(facts: TargetFacts, due_at: datetime, now: datetime, zone: str) -> TargetState:
    if days_apart(now, due_at, zone) == 0:
        return TargetState.TODAY
    soon_at = facts.first_reminder_at or due_at - (due_at - facts.created_at) / _LAST_PART
    return TargetState.SOON if now >= soon_at else TargetState.ON_TRACK


def _time_left(due_at: datetime, clock: Clock, now: datetime, zone: str) -> str:
    """Say how long until the target; nothing where the date says it better, over 14 days ahead."""
    days = days_apart(now, due_at, zone)
    if days > _DATE_ONLY_AFTER:
        return ""
    if days == 0 or not clock.is_business:
        return f"in {length_between(now, due_at, zone)}"
    working_days = clock.working_days_between(clock.next_open(now), due_at)
    if working_days > 1:
        return f"in {working_days} working days"
    # At most one more working day: hours say more, and only open ones count.
    hours = clock.elapsed(now, due_at) // _HOUR
    return f"in {_count(hours, 'working hour')}" if hours else "in less than 1 working hour"


def _ago(due_at: datetime, now: datetime, zone: str) -> str:
    days = days_apart(due_at, now, zone)
    if days > _DATE_ONLY_AFTER:
        return f"on {bare_date(local(due_at, zone).date(), local(now, zone).date())}"
    return f"{length_between(due_at, now, zone)} ago"


def _words(state: TargetState, line1: str, line2: str, due_at: datetime) -> TargetWords:
    return TargetWords(state, line1, line2, compact=_one_line(line1, line2), iso=_iso(due_at))


def _one_line(line1: str, line2: str) -> str:
    """Join both lines with the short forms that only the compact list uses: "Due today, 16:30 · in 1 h 20 min"."""
    line = f"{line1} · {line2[0].lower()}{line2[1:]}" if line2 else line1
    return _SHORTENED.sub(lambda found: f"{found[1]} {'h' if found[2] == 'hour' else 'min'}", line)


def _iso(moment: datetime) -> str:
    return (moment - timedelta(microseconds=moment.microsecond)).isoformat().replace("+00:00", "Z")


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"
