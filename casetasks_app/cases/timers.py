"""Let the timers of processes go off: once each, whoever looks, and however late."""

import logging
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.cases import moving
from casetasks_app.db.statements import changed, looked_up
from casetasks_app.errors import CaseTasksError
from casetasks_app.history.service import Happened
from casetasks_app.models import ProcessTimer
from casetasks_app.models.columns import UtcDateTime
from casetasks_app.moments import local
from casetasks_app.process import engine
from casetasks_app.tasks import access, kinds, steps, waiting
from casetasks_app.tasks.recording import record
from casetasks_app.tasks.waiting import Move

_log = logging.getLogger(__name__)
_AT: sa.BindParameter[datetime] = sa.bindparam("at", type_=UtcDateTime())
_DUE = (
    sa.select(col(ProcessTimer.id))
    .where(sa.text("NOT is_dead"), col(ProcessTimer.try_at) <= _AT)
    .order_by(col(ProcessTimer.try_at), col(ProcessTimer.id))
    .limit(sa.bindparam("most", type_=sa.Integer()))
)


def due(session: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the timers whose moment has come, the earliest first."""
    return [int(timer_id) for (timer_id,) in looked_up(session, _DUE, at=now, most=limit)]


def fire(session: Session, *, timer_id: int, now: datetime) -> bool:
    """Let one timer go off; tells whether it did.

    Of two who try, one does: the row is taken by a conditional DELETE under the task's lock. One whose step was
    completed meanwhile, or whose task is over, is gone and changes nothing. Raises what keeps the process from moving.
    """
    task_id = session.exec(select(ProcessTimer.task_id).where(ProcessTimer.id == timer_id)).first()
    at = access.load(session, task_id=task_id, keep=True) if task_id else None
    if at is None:
        return False
    row = session.exec(select(ProcessTimer).where(ProcessTimer.id == timer_id).execution_options(populate_existing=True)).first()
    taken = sa.delete(ProcessTimer).where(col(ProcessTimer.id) == timer_id, ~col(ProcessTimer.is_dead), col(ProcessTimer.try_at) <= now)
    if row is None or not changed(session, taken) or not at.standing.is_new:
        return False
    access.lock(session, at)
    model = kinds.of(session, at.task).model
    before = steps.state_of(session, at)
    if row.timer_id not in {timer.id for timer in before.timers}:
        return False
    after = engine.fire(model, before, row.timer_id, local(now))
    record(session, at, Happened.TIMER_FIRED, now=now, step=moving.title_of(model, row.name))
    moving.move_on(session, at=at, model=model, move=Move(after, before), actor=None, now=now)
    return True


def failed(session: Session, *, timer_id: int, error: Exception, now: datetime) -> None:
    """Write down that a timer could not go off; it is tried again for about two days, then it is dead."""
    row = session.get(ProcessTimer, timer_id, populate_existing=True)
    at = access.load(session, task_id=row.task_id) if row else None
    if row is None or at is None:
        return
    _log.error("the timer %s of task %s failed: %s", row.name, at.reference, error, exc_info=error)
    reason = error.message if isinstance(error, CaseTasksError) else f"{type(error).__name__}: {error}"
    if waiting.put_off(session, row=row, reason=reason, is_final=False, now=now):
        model = kinds.model(session, digest=at.task.model_digest)
        record(session, at, Happened.JOB_FAILED, now=now, step=moving.title_of(model, row.name))
