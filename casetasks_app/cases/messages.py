"""Messages that the process of a task waits for beside a step, by the name the process model gives them."""

from datetime import datetime

from sqlmodel import Session

from casetasks_app.cases import moving
from casetasks_app.errors import CaseTasksError, NotAllowed
from casetasks_app.history.service import Happened
from casetasks_app.moments import local
from casetasks_app.people.rules import Actor
from casetasks_app.process import engine
from casetasks_app.tasks import kinds, rules, steps
from casetasks_app.tasks.access import at_hand, lock, over
from casetasks_app.tasks.recording import record
from casetasks_app.tasks.waiting import Move


class NotExpected(CaseTasksError):
    """This task does not wait for such a message."""

    def __init__(self, name: str, expected: list[str]) -> None:
        """Name the message, and those that would be taken."""
        waits = f"It waits for {', '.join(expected)}." if expected else "It waits for no message."
        super().__init__(f"This task does not wait for the message “{name}”. {waits}")


class CannotSend(NotAllowed):
    """Only the case manager can send messages to this task."""


def deliver(session: Session, *, task_id: int, name: str, actor: Actor, now: datetime) -> None:
    """Deliver a message to every step that waits for it; an interrupting one ends its step.

    Only the case manager may. Raises CannotSend, NotExpected, TaskIsOver or NotFound.
    """
    at = at_hand(session, task_id=task_id, actor=actor, keep=True)
    if not rules.is_case_manager(actor, at.standing):
        raise CannotSend
    if not at.standing.is_new:
        raise over(session, at.task)
    model = kinds.of(session, at.task).model
    before = after = steps.state_of(session, at)
    waiting = [message.id for message in before.messages if message.name == name]
    if not waiting:
        raise NotExpected(name, sorted({message.name for message in before.messages}))
    lock(session, at)
    for message_id in waiting:
        # The first may end the step on which the second waits; then the second changes nothing.
        after = engine.fire(model, after, message_id, local(now))
    record(session, at, Happened.MESSAGE_RECEIVED, now=now, actor_id=actor.person_id, message=name)
    moving.move_on(session, at=at, model=model, move=Move(after, before), actor=actor, now=now)


def expected(session: Session, *, task_id: int, actor: Actor) -> list[str]:
    """Return the names of the messages a task waits for now; raises NotFound."""
    at = at_hand(session, task_id=task_id, actor=actor)
    return sorted({message.name for message in steps.state_of(session, at).messages}) if at.standing.is_new else []
