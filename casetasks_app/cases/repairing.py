"""Give what a process could not do by itself another round of tries."""

from datetime import datetime

from sqlmodel import Session

from casetasks_app.db.unit_of_work import touch
from casetasks_app.errors import NotAllowed
from casetasks_app.live import topics
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import rules, waiting
from casetasks_app.tasks.access import at_hand, over


class CannotRepair(NotAllowed):
    """Only the case manager can have this tried again."""


def try_again(session: Session, *, task_id: int, actor: Actor, now: datetime) -> int:
    """Try a task's timers and jobs again that were given up; returns how many.

    Raises CannotRepair, TaskIsOver or NotFound.
    """
    at = at_hand(session, task_id=task_id, actor=actor)
    if not rules.is_case_manager(actor, at.standing):
        raise CannotRepair
    if not at.standing.is_new:
        raise over(session, at.task)
    count = waiting.try_again(session, task_id=task_id, now=now)
    touch(session, topics.case(at.task.case_id))
    return count
