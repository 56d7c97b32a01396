"""Cancel a task, with a reason on record."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import execute
from casetasks_app.errors import CaseTasksError, NotAllowed
from casetasks_app.history.service import Happened
from casetasks_app.mail import service as mail
from casetasks_app.models import Task, TaskStatus
from casetasks_app.people.rules import Actor
from casetasks_app.sla import service as sla
from casetasks_app.task_types.forms import cleaned
from casetasks_app.tasks import notices, rules, steps, waiting
from casetasks_app.tasks.access import TaskAtHand, at_hand, lock
from casetasks_app.tasks.recording import record


class CannotCancel(NotAllowed):
    """Only the case manager can cancel this task."""


class NotCancellable(NotAllowed):
    """This type of task cannot be cancelled."""


class ReasonNeeded(CaseTasksError):
    """Select why you are cancelling the task."""

    def __init__(self, field: str, message: str) -> None:
        """Name the field of the form that the message belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a task is cancelled: a listed reason, free text, or both."""

    listed: str = ""
    text: str = ""

    @property
    def in_words(self) -> str:
        """Both parts as one text."""
        return ". ".join(part for part in (self.listed, self.text.strip()) if part)


def offered_reasons(configured: list[str]) -> list[str]:
    """Return the reasons the form lists: the configured ones, or the usual ones, and always another."""
    return [*(configured or rules.USUAL_REASONS), rules.ANOTHER_REASON]


def cancel(session: Session, *, task_id: int, reason: Reason, actor: Actor, now: datetime) -> None:
    """Stop a task for good (B25–B30, S70–S80).

    Everything in one transaction: status, process, steps, unsent mails withdrawn, private note, mail to whoever had
    it. Raises CannotCancel, NotCancellable, ReasonNeeded, TaskIsOver or NotFound.
    """
    at = at_hand(session, task_id=task_id, actor=actor, keep=True)
    if not rules.is_case_manager(actor, at.standing):
        raise CannotCancel
    if not at.standing.is_cancellable:
        raise NotCancellable
    reason = Reason(reason.listed, cleaned(reason.text, lines=True))
    problem = rules.reason_problem(reason.listed, reason.text, offered_reasons(at.task_type.cancel_reasons))
    if problem:
        raise ReasonNeeded(*problem)
    lock(session, at)
    holders = [step.assignee_id for step in at.open_steps if step.assignee_id]
    _end(session, at, reason, actor, now)
    mail.withdraw(session, task_id=task_id, now=now)
    notices.cancelled(session, at=at, holder_ids=holders, reason=reason.listed, actor=actor, now=now)


def _end(session: Session, at: TaskAtHand, reason: Reason, actor: Actor, now: datetime) -> None:
    open_steps = at.open_steps
    for step in open_steps:
        steps.stop(step, now=now)
    waiting.withdraw(session, task_id=at.task.id or 0)
    execute(
        session,
        sa.update(Task)
        .where(col(Task.id) == at.task.id)
        .values(
            status=TaskStatus.CANCELLED,
            process=None,
            ended_at=now,
            ended_by_id=actor.person_id,
            cancel_reason=reason.listed,
            cancel_text=reason.text,
        )
        .execution_options(synchronize_session=False),
    )
    session.refresh(at.task)
    sla.stop(session, task=at.task, now=now)
    # The reason is kept in the case history as a private note (B28, S74).
    said = {"reason": reason.listed, "text": reason.text}
    record(session, at, Happened.TASK_CANCELLED, actor_id=actor.person_id, now=now, is_private=True, **said)
    steps.tell(session, at.task, at.case, *open_steps)
