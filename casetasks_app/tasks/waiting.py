"""What a task's process waits for by itself: its timers and jobs as rows, kept in step with the process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import changed, insert
from casetasks_app.models import ProcessJob, ProcessTimer
from casetasks_app.process.engine import State

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
"""How long a timer or a job waits after its first, second … failed try; after the last it is dead (about two days)."""

Row = type[ProcessTimer] | type[ProcessJob]


@dataclass(frozen=True, slots=True)
class Move:
    """A process before and after it moved; before its start there is nothing."""

    after: State
    before: State | None = None


def follow(session: Session, *, task_id: int, move: Move, now: datetime) -> None:
    """Write rows for the timers and jobs that began with this move, and withdraw those that are over.

    A process without any costs no statement.
    """
    timers, jobs = (move.before.timers, move.before.jobs) if move.before else ((), ())
    if timers or move.after.timers:
        known, still = {timer.id for timer in timers}, {timer.id for timer in move.after.timers}
        _forget(session, ProcessTimer, task_id, col(ProcessTimer.timer_id).in_(known - still), needed=bool(known - still))
        begun = [timer for timer in move.after.timers if timer.id not in known]
        _begin(session, ProcessTimer, [
            {"task_id": task_id, "timer_id": each.id, "name": each.what, "due_at": each.at, "try_at": each.at} for each in begun
        ])  # fmt: skip
    if jobs or move.after.jobs:
        known, still = {job.id for job in jobs}, {job.id for job in move.after.jobs}
        _forget(session, ProcessJob, task_id, col(ProcessJob.job_id).in_(known - still), needed=bool(known - still))
        new = [job for job in move.after.jobs if job.id not in known]
        _begin(session, ProcessJob, [
            {"task_id": task_id, "job_id": each.id, "name": each.name, "topic": each.topic, "try_at": now} for each in new
        ])  # fmt: skip


def withdraw(session: Session, *, task_id: int) -> None:
    """Take back everything a task's process waits for: the task is over."""
    _forget(session, ProcessTimer, task_id, sa.true())
    _forget(session, ProcessJob, task_id, sa.true())


def put_off(session: Session, *, row: ProcessTimer | ProcessJob, reason: str, is_final: bool, now: datetime) -> bool:
    """Wait before the next try, or give up after the last; tells whether it was given up.

    Of two who saw the same try fail, one counts it.
    """
    table = type(row)
    is_timer = isinstance(row, ProcessTimer)
    tries = row.attempts + is_timer
    still = col(ProcessTimer.try_at) <= now if is_timer else col(ProcessJob.claim) == row.claim
    is_dead = is_final or tries > len(RETRY_AFTER)
    try_at = now if is_dead else now + RETRY_AFTER[max(tries, 1) - 1]
    won = changed(
        session,
        sa.update(table)
        .where(col(table.id) == row.id, col(table.attempts) == row.attempts, ~col(table.is_dead), still)
        .values(attempts=tries, try_at=try_at, is_dead=is_dead, last_error=reason[:500]),
    )
    return bool(won) and is_dead


def try_again(session: Session, *, task_id: int | None, now: datetime) -> int:
    """Give what is dead another round of tries, of one task or of all; returns how many."""
    count = 0
    tables: tuple[Row, ...] = (ProcessTimer, ProcessJob)
    for table in tables:
        mine = sa.true() if task_id is None else col(table.task_id) == task_id
        count += changed(session, sa.update(table).where(col(table.is_dead), mine).values(is_dead=False, attempts=0, try_at=now))
    return count


def _begin(session: Session, table: Row, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        insert(session, table, rows)


def _forget(session: Session, table: Row, task_id: int, which: sa.ColumnElement[bool], *, needed: bool = True) -> None:
    if needed:
        changed(session, sa.delete(table).where(col(table.task_id) == task_id, which))
