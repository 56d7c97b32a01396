"""Claim the next one: for somebody who lost the race for a task."""

from datetime import datetime

from sqlmodel import Session

from casetasks_app.errors import CaseTasksError
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import hold
from casetasks_app.tasks.access import TaskIsOver
from casetasks_app.tasks.hold import AlreadyClaimed
from casetasks_app.tasks.queries import my_work
from casetasks_app.tasks.queries.rows import TaskRow

TRIES = 5


class NothingToClaim(CaseTasksError):
    """There is nothing left to claim in your teams. New tasks appear here by themselves."""


def claim_next(session: Session, *, actor: Actor, now: datetime) -> TaskRow:
    """Claim the task of the actor's teams that is due first, or the one after it when that was lost too (B18).

    Raises NothingToClaim.
    """
    for _ in range(TRIES):
        found = my_work.next_to_claim(session, actor=actor, now=now)
        if found is None:
            raise NothingToClaim
        try:
            with session.begin_nested():
                hold.claim(session, task_id=found.task_id, actor=actor, now=now)
        except (AlreadyClaimed, TaskIsOver):
            continue
        return found
    raise NothingToClaim
