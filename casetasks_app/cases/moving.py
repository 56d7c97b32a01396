"""What follows when a process moved, whoever or whatever moved it: steps, the end of the task, mails, the history."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import looked_up
from casetasks_app.history.service import Happened
from casetasks_app.models import Case, TaskStatus
from casetasks_app.people.rules import Actor
from casetasks_app.process.engine import State
from casetasks_app.process.model import Model
from casetasks_app.sla import service as sla
from casetasks_app.tasks import counts, notices, steps
from casetasks_app.tasks.access import TaskAtHand
from casetasks_app.tasks.recording import record
from casetasks_app.tasks.waiting import Move

_HOLD_CASE = sa.select(col(Case.id)).where(col(Case.id) == sa.bindparam("case_id")).with_for_update(key_share=True)


def move_on(session: Session, *, at: TaskAtHand, model: Model, move: Move, actor: Actor | None, now: datetime) -> None:
    """Bring a task to where its process is now, close it if that ended, tell whom it concerns (B20, S5, S19, S88).

    Without an actor it was the system: a timer, or a job.
    """
    opened = steps.follow(session, at=at, model=model, move=move, now=now)
    if move.after.is_ended:
        _close(session, at, move.after, actor, now)
    notices.moved(session, at=at, opened=opened, actor=actor, now=now)
    session.flush()
    if at.task.status != TaskStatus.CLOSED:
        return
    # Of two that complete the last two tasks at once, neither may take the other's for outstanding still.
    looked_up(session, _HOLD_CASE, case_id=at.task.case_id)
    if counts.outstanding(session, case_id=at.task.case_id) == 0:
        notices.all_completed(session, at=at, actor=actor, now=now)


def title_of(model: Model, name: str) -> str:
    """Return what people call an element of a process model."""
    node = model.nodes.get(name)
    return (node.title if node and node.title else name)[:120]


def _close(session: Session, at: TaskAtHand, state: State, actor: Actor | None, now: datetime) -> None:
    by_id = actor.person_id if actor else None
    steps.end(at.task, state, by_id=by_id, now=now)
    sla.stop(session, task=at.task, now=now)
    record(session, at, Happened.TASK_CLOSED, now=now, actor_id=by_id, outcome=at.task.outcome)
