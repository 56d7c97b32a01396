"""Verbs of targets: set one, change it, remove it, stop watching it, and sweep."""

from datetime import datetime

from sqlmodel import Session

from casetasks_app.history.service import Happened, record
from casetasks_app.mail import service as mail
from casetasks_app.mail.facts import SLA_KINDS
from casetasks_app.models import CaseType, TargetSource, Task, TaskType
from casetasks_app.sla import calendars, rules, sweeping, watching, words
from casetasks_app.sla.clocks import Clock
from casetasks_app.sla.rules import Amount
from casetasks_app.sla.sweeping import SweepResult, sweep

__all__ = ["SweepResult", "change_target", "default_target", "record_set", "remove_target", "set_target", "stop", "sweep"]


def default_target(task_type: TaskType) -> Amount | None:
    """Return the target the configuration gives tasks of this type (S22, S57)."""
    return Amount(task_type.target_amount, task_type.target_unit) if task_type.target_amount else None


def set_target(
    session: Session, *, task: Task, task_type: TaskType, case_type: CaseType, target: Amount | None, source: TargetSource
) -> None:  # fmt: skip
    """Fix a target on a task that is being created, counted from its `created_at` (R14, R15).

    Amount, calendar, reminders and repeats are copied, so that later edits of the configuration leave the task as it
    is. Raises AmountOutOfRange or NoWorkingTime.
    """
    calendar = calendars.calendar_of(session, task_type=task_type, case_type=case_type)
    task.target_calendar_id = calendar.id if calendar else None
    task.target_calendar_revision = calendar.revision if calendar else 0
    task.reminders = list(task_type.reminders)
    task.breach_repeat_days, task.breach_repeat_times = task_type.breach_repeat_days, task_type.breach_repeat_times
    clock = calendars.clock_of(session, calendar)
    _put(task, target, source, clock)
    task.sla_seen_at = None
    _look_next(task, clock)


def record_set(session: Session, *, task: Task, type_name: str, now: datetime) -> None:
    """Write into the history which target a new task got, if any (behaviour, section 9)."""
    if task.due_at is not None:
        _record(session, task, Happened.TARGET_SET, now, task.created_by_id, type=type_name)


def change_target(session: Session, *, task: Task, target: Amount | None, reason: str, actor_id: int | None, now: datetime) -> None:
    """Give an open task another target, counted from its creation (B23, R16, S23).

    Unsent mails about the old target are withdrawn, what was sent stays in the history, and a new target that is
    already past is breached at once. Nothing happens if it is the target the task has. Without a target it is removed.
    Raises AmountOutOfRange or NoWorkingTime.
    """
    if target is None:
        remove_target(session, task=task, reason=reason, actor_id=actor_id, now=now)
        return
    if task.due_at is not None and (task.target_amount, task.target_unit) == (target.amount, target.unit):
        return
    before, task_type = task.due_at, session.get_one(TaskType, task.task_type_id)
    source = TargetSource.DEFAULT if target == default_target(task_type) else TargetSource.CUSTOM
    clock = calendars.clock_for(session, task.target_calendar_id)
    _put(task, target, source, clock)
    _renew(session, task, now)
    what = Happened.TARGET_CHANGED if before else Happened.TARGET_SET
    _record(session, task, what, actor_id=actor_id, now=now, type=task_type.name, was=_iso(before), reason=reason)
    due_at = task.due_at or now
    task.sla_seen_at = rules.seen_after_change(due_at, now)
    _look_next(task, clock)
    if task.next_sla_at is not None and task.next_sla_at <= now:
        session.flush()
        batch = watching.one(session, task_id=task.id or 0)
        sweeping.fire(session, batch=batch, tasks=batch.tasks, now=now)


def remove_target(session: Session, *, task: Task, reason: str, actor_id: int | None, now: datetime) -> None:
    """Take the target away: nobody is reminded and it is never breached; the history keeps it (R17, S58)."""
    before = task.due_at
    if before is None:
        return
    _put(task, None, TargetSource.REMOVED, calendars.clock_for(session, task.target_calendar_id))
    _renew(session, task, now)
    task_type = session.get_one(TaskType, task.task_type_id)
    _record(session, task, Happened.TARGET_REMOVED, actor_id=actor_id, now=now, type=task_type.name, was=_iso(before), reason=reason)


def stop(session: Session, *, task: Task, now: datetime) -> None:
    """Watch a closed or cancelled task no longer and withdraw its unsent target mails (R21)."""
    task.next_sla_at = None
    mail.withdraw(session, task_id=task.id or 0, now=now, kinds=SLA_KINDS)


def _put(task: Task, target: Amount | None, source: TargetSource, clock: Clock) -> None:
    task.target_source = source
    if target is None:
        task.target_amount = task.due_at = task.first_reminder_at = task.next_sla_at = None
        return
    task.due_at = rules.due_moment(task.created_at, target, clock)
    task.target_amount, task.target_unit = target.amount, target.unit
    plan = rules.plan_of(task)
    task.first_reminder_at = rules.first_reminder_at(plan, clock) if plan else None


def _renew(session: Session, task: Task, now: datetime) -> None:
    """Begin a new generation: mails about the old target have lost their point."""
    task.target_generation += 1
    mail.withdraw(session, task_id=task.id or 0, now=now, kinds=SLA_KINDS)


def _look_next(task: Task, clock: Clock) -> None:
    plan = rules.plan_of(task)
    task.next_sla_at = rules.next_event_at(plan, clock, seen_at=task.sla_seen_at) if plan else None


def _record(session: Session, task: Task, kind: Happened, now: datetime, actor_id: int | None, **details: object) -> None:
    is_business = task.target_calendar_id is not None
    details |= {
        "number": task.number,
        "due": _iso(task.due_at),
        "target": words.of_target(task.target_amount, task.target_unit, is_business=is_business),
    }
    record(session, case_id=task.case_id, task_id=task.id, kind=kind, actor_id=actor_id, now=now, **details)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
