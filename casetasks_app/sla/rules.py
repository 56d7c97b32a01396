"""When a task is due, who is reminded when, and what has happened by now: pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from casetasks_app.errors import CaseTasksError
from casetasks_app.models.configuration import Unit
from casetasks_app.models.task import Task, TaskStatus
from casetasks_app.sla.calendar import NoWorkingTime
from casetasks_app.sla.clocks import Clock

BREACH_AFTER = timedelta(seconds=1)
"""Finishing in the due second is on time, so a breach is an event of the next one (R13)."""

CONFIGURED_RANGE = (1, 10_000)
"""What the configuration may say, in days or hours (R28)."""

CUSTOM_RANGE = {Unit.DAYS: (1, 365), Unit.HOURS: (1, 2_000)}
"""What a case manager may set for one task (B7)."""

_HOUR = 3600


class AmountOutOfRange(CaseTasksError):
    """Number of days or hours must be between 1 and 10,000."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of days or hours; whether they are working ones is the clock's business."""

    amount: int
    unit: Unit


class EventKind(StrEnum):
    """What can happen to a target while its task is outstanding."""

    REMINDER = "reminder"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Event:
    """Something planned: kind, the moment from which it is due, and its place among those of its kind.

    The first breach has ordinal 0, its repeats 1, 2 …; reminders are counted as they stand in the configuration.
    """

    kind: EventKind
    at: datetime
    ordinal: int = 0
    lead: Amount | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A target as fixed on a task: from when, until when, whom to tell before and how often after."""

    start: datetime
    due_at: datetime
    reminders: tuple[Amount, ...] = ()
    repeat_days: int = 0
    repeat_times: int = 0


def leads(reminders: Sequence[Mapping[str, object]]) -> tuple[Amount, ...]:
    """Return reminders as they are stored on task types and tasks."""
    return tuple(Amount(int(str(each["amount"])), Unit(str(each["unit"]))) for each in reminders)


def plan_of(task: Task) -> Plan | None:
    """Return what a task's target plans, counted from its creation (R14); None without a target or once the task is over (R21)."""
    if task.due_at is None or task.status != TaskStatus.NEW:
        return None
    return Plan(
        start=task.created_at,
        due_at=task.due_at,
        reminders=leads(task.reminders),
        repeat_days=task.breach_repeat_days or 0,
        repeat_times=task.breach_repeat_times or 0,
    )


def check_configured(amount: int) -> None:
    """Raise AmountOutOfRange for what a configuration may not say (R28)."""
    lowest, highest = CONFIGURED_RANGE
    if not lowest <= amount <= highest:
        raise AmountOutOfRange


def due_moment(start: datetime, target: Amount, clock: Clock) -> datetime:
    """Return when a task created at `start` is due (R6–R9, R14).

    Raises AmountOutOfRange, or NoWorkingTime when 30 years are not enough (R28).
    """
    check_configured(target.amount)
    if target.unit == Unit.HOURS:
        return clock.add(start, target.amount * _HOUR)
    return clock.add_days(start, target.amount)


def reminder_moment(plan: Plan, lead: Amount, clock: Clock) -> datetime | None:
    """Return the moment `lead` before the target on the target's own clock, or None if it would not be after the start (R22)."""
    first = clock.next_open(plan.start)
    if lead.unit == Unit.DAYS:
        moment = clock.shift_days(plan.due_at, -lead.amount)
    else:
        left = clock.elapsed(plan.start, plan.due_at) - lead.amount * _HOUR
        moment = clock.add(plan.start, left) if left > 0 else first
    return moment if moment > first else None


def first_reminder_at(plan: Plan, clock: Clock) -> datetime | None:
    """Return the earliest reminder moment: from then on the target is due soon; None without reminders."""
    return min((event.at for event in _reminders(plan, clock)), default=None)


def is_breached(due_at: datetime | None, *, ended_at: datetime | None, now: datetime) -> bool:
    """Tell whether a target was missed: a fact of data, whenever anybody looked (R13, P8)."""
    return due_at is not None and (ended_at or now) > due_at


def due_events(plan: Plan, clock: Clock, *, seen_at: datetime | None, now: datetime) -> list[Event]:
    """Return what is to be told now: planned after `seen_at`, due by `now`, and still worth telling (R22–R24).

    Once the target has passed, its reminders are dropped. Of several breach mails that became due together, after a
    downtime, one is left: the first, which always goes, or else the latest repeat.
    """
    reminders = [event for event in _reminders(plan, clock) if _is_after(event, seen_at) and event.at <= now]
    if now < plan.due_at:
        return sorted(reminders, key=lambda event: (event.at, event.ordinal))
    late = [event for event in _breaches(plan, clock, until=now) if _is_after(event, seen_at)]
    if not late:
        return []
    return late[:1] if late[0].ordinal == 0 else late[-1:]


def next_event_at(plan: Plan, clock: Clock, *, seen_at: datetime | None) -> datetime | None:
    """Return the moment of the earliest event planned after `seen_at`, or None when none is left (invariant I1)."""
    moments = [event.at for event in _reminders(plan, clock) if _is_after(event, seen_at)]
    breach = next((event.at for event in _breaches(plan, clock) if _is_after(event, seen_at)), None)
    return min([*moments, *([breach] if breach else [])], default=None)


def seen_after_change(due_at: datetime, now: datetime) -> datetime:
    """Return up to when a changed target's events are done with (R16).

    Reminders whose moment is over are not sent after the fact; a new target in the past is breached at once.
    """
    return min(due_at, now)


def _reminders(plan: Plan, clock: Clock) -> Iterator[Event]:
    for ordinal, lead in enumerate(plan.reminders):
        moment = reminder_moment(plan, lead, clock)
        if moment is not None:
            yield Event(EventKind.REMINDER, moment, ordinal, lead)


def _breaches(plan: Plan, clock: Clock, until: datetime | None = None) -> Iterator[Event]:
    """Give the first breach and its repeats in order, lazily; a calendar that ends, ends the repeats."""
    times = plan.repeat_times if plan.repeat_days else 0
    for ordinal in range(times + 1):
        try:
            moment = clock.shift_days(plan.due_at, ordinal * plan.repeat_days) + BREACH_AFTER
        except NoWorkingTime:
            return
        if until is not None and moment > until:
            return
        yield Event(EventKind.BREACHED, moment, ordinal)


def _is_after(event: Event, seen_at: datetime | None) -> bool:
    return seen_at is None or event.at > seen_at
