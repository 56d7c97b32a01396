"""What happened to a task, written into the history of its case."""

from datetime import datetime

from sqlmodel import Session

from casetasks_app.history import service as history
from casetasks_app.history.service import Happened
from casetasks_app.tasks.access import TaskAtHand


def record(session: Session, at: TaskAtHand, what: Happened, *, now: datetime, actor_id: int | None = None, **details: object) -> None:
    """Write one entry that names the task and its type; without an actor it was the system. `is_private=True` hides it."""
    details |= {"number": at.task.number, "type": at.task_type.name}
    history.record(session, case_id=at.task.case_id, task_id=at.task.id, kind=what, actor_id=actor_id, now=now, **details)
