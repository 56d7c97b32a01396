"""The sweep: find targets whose next moment has come, tell whom it concerns, note when to look again."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from casetasks_app.db.unit_of_work import touch
from casetasks_app.errors import CaseTasksError
from casetasks_app.history.service import Happened, record
from casetasks_app.live import topics
from casetasks_app.mail import service as mail
from casetasks_app.models import Heartbeat, SlaEvent
from casetasks_app.sla import letters, rules, watching
from casetasks_app.sla.rules import Event, EventKind
from casetasks_app.sla.watching import Batch, Watched

log = logging.getLogger(__name__)

JOB = "targets"
"""The name under which the sweep notes its last run."""

TRY_AGAIN_AFTER = timedelta(hours=1)
"""When a task that could not be dealt with is looked at again, so that it never holds up the others."""

_BACKWARD_STEP = timedelta(seconds=5)
_BEAT_AT_LEAST_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What one sweep did; `is_full` says that there may be more to do at once."""

    tasks: int = 0
    reminders: int = 0
    breaches: int = 0
    mails: int = 0
    failed: int = 0
    is_full: bool = False


def sweep(session: Session, *, now: datetime, limit: int = 200) -> SweepResult:
    """Deal with at most `limit` targets whose moment has come, the longest waiting first (R13, R22–R24).

    Events, mails, history and the next moment to look are one transaction, so any number of sweepers may run,
    and one that dies leaves everything to the next (invariants I1–I3). Call again while the result `is_full`.
    """
    last = session.get(Heartbeat, JOB)
    note = _backward_clock(last, now)
    batch = watching.due_for_attention(session, now=now, limit=limit) if watching.is_any_due(session, now=now) else Batch(())
    done = _deal_with(session, batch, batch.tasks, now)
    session.flush()
    if batch.tasks or note or last is None or now - last.at >= _BEAT_AT_LEAST_EVERY:
        _beat(session, now, note)
    return replace(done, is_full=len(batch.tasks) == limit)


def fire(session: Session, *, batch: Batch, tasks: Sequence[Watched], now: datetime) -> SweepResult:
    """Tell what is due on these tasks of a batch and set the moments at which to look again."""
    due = [(watched, event) for watched in tasks for event in _due_on(batch, watched, now)]
    told = _put_on_record(session, due, now)
    mails = _tell(session, batch, told, now)
    for watched in tasks:
        _look_again(batch, watched, now)
    breaches = sum(event.kind == EventKind.BREACHED for _, event in told)
    return SweepResult(len(tasks), len(told) - breaches, breaches, mails)


def _deal_with(session: Session, batch: Batch, tasks: Sequence[Watched], now: datetime) -> SweepResult:
    """Fire all at once; if one of them is spoilt, one by one, and that one later, so that it never holds up the others."""
    try:
        with session.begin_nested():
            return fire(session, batch=batch, tasks=tasks, now=now)
    except (CaseTasksError, ValueError, LookupError, TypeError):
        if len(tasks) > 1:
            return _sum([_deal_with(session, batch, [each], now) for each in tasks])
        log.exception("The target of task %s could not be looked at; it is tried again in an hour.", tasks[0].task.id)
    tasks[0].task.next_sla_at = now + TRY_AGAIN_AFTER
    return SweepResult(tasks=1, failed=1)


def _sum(results: Sequence[SweepResult]) -> SweepResult:
    return SweepResult(
        tasks=sum(each.tasks for each in results),
        reminders=sum(each.reminders for each in results),
        breaches=sum(each.breaches for each in results),
        mails=sum(each.mails for each in results),
        failed=sum(each.failed for each in results),
    )


def _due_on(batch: Batch, watched: Watched, now: datetime) -> list[Event]:
    plan = rules.plan_of(watched.task)
    return rules.due_events(plan, batch.clock(watched), seen_at=watched.task.sla_seen_at, now=now) if plan else []


def _look_again(batch: Batch, watched: Watched, now: datetime) -> None:
    task, plan = watched.task, rules.plan_of(watched.task)
    # Never earlier than before: a clock that went backward must not bring back what was told.
    task.sla_seen_at = max(now, task.sla_seen_at or now)
    task.next_sla_at = rules.next_event_at(plan, batch.clock(watched), seen_at=task.sla_seen_at) if plan else None


def _put_on_record(session: Session, due: Sequence[tuple[Watched, Event]], now: datetime) -> list[tuple[Watched, Event]]:
    """Insert the events and return those that nobody had inserted before; of two who try, one does (I3)."""
    if not due:
        return []
    rows = [
        {
            "task_id": watched.task.id,
            "kind": event.kind.value,
            "due_at": watched.task.due_at,
            "ordinal": event.ordinal,
            "generation": watched.task.target_generation,
            "planned_at": event.at,
            "recorded_at": now,
        }
        for watched, event in due
    ]
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(SlaEvent).on_conflict_do_nothing().returning(col(SlaEvent.task_id), col(SlaEvent.kind), col(SlaEvent.ordinal))
    added = {tuple(row) for row in session.connection().execute(statement, rows)}
    return [(watched, event) for watched, event in due if (watched.task.id, event.kind.value, event.ordinal) in added]


def _tell(session: Session, batch: Batch, told: Sequence[tuple[Watched, Event]], now: datetime) -> int:
    """Queue the mails of all these events at once and write down to whom they go; returns how many mails."""
    if not told:
        return 0
    mailings = [_mailing(batch, watched, event, now) for watched, event in told]
    queued = mail.queue_many(session, mailings=mailings, now=now)
    for (watched, event), mails in zip(told, queued, strict=True):
        if event.kind == EventKind.REMINDER or event.ordinal == 0:
            _write_down(session, watched, event, [each.name for each in mails], now)
        _touch_watchers(session, watched)
    return sum(len(mails) for mails in queued)


def _mailing(batch: Batch, watched: Watched, event: Event, now: datetime) -> mail.Mailing:
    due_at = watched.task.due_at or now
    facts = letters.facts(batch, watched, event, now)
    return mail.Mailing(letters.MAIL_KINDS[event.kind], tuple(letters.recipients(batch, watched)), facts, str(int(due_at.timestamp())))


def _write_down(session: Session, watched: Watched, event: Event, to: list[str], now: datetime) -> None:
    task = watched.task
    record(
        session,
        case_id=task.case_id,
        task_id=task.id,
        kind=Happened.REMINDER_SENT if event.kind == EventKind.REMINDER else Happened.BREACHED,
        now=now,
        number=task.number,
        type=watched.task_type.name,
        due=(task.due_at or now).isoformat(),
        to=to,
    )


def _touch_watchers(session: Session, watched: Watched) -> None:
    touch(session, topics.case(watched.task.case_id))
    people = {watched.case.manager_id, *(step.assignee_id for step in watched.steps)} - {None}
    teams = {step.team_id for step in watched.steps} - {None}
    touch(session, *(topics.person(each) for each in people if each), *(topics.team(each) for each in teams if each))


def _backward_clock(last: Heartbeat | None, now: datetime) -> str:
    if last is None or last.at - now <= _BACKWARD_STEP:
        return ""
    seconds = int((last.at - now).total_seconds())
    log.warning("The clock went back by %s seconds since the last look at targets; nothing is told twice.", seconds)
    return f"The clock went back by {seconds} seconds."


def _beat(session: Session, now: datetime, note: str) -> None:
    row = {"job": JOB, "process": "", "at": now, "note": note}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(Heartbeat).values(row)
    statement = statement.on_conflict_do_update(index_elements=["job"], set_={"at": now, "note": note})
    session.connection().execute(statement)
