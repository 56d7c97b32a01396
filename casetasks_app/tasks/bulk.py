"""The same verb on several tasks: each for itself, so that one that cannot be done leaves the others done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from casetasks_app.errors import CaseTasksError, NotFound
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import hold, rules
from casetasks_app.tasks.access import at_hand
from casetasks_app.tasks.hold import CannotAssign, Recipient
from casetasks_app.tasks.queries.assigning import Choice, choices_in

BATCH = 20
"""How many tasks one transaction takes, so that nobody else waits long."""

MOST = 500
"""How many tasks one press takes."""


class NothingSelected(CaseTasksError):
    """Select at least one task."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A task that stayed as it was, and why; without a reference it is none the person may see."""

    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the tasks: the references of those that were done, and the others."""

    done: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        """Put the outcomes of two batches together."""
        return Outcome(self.done + other.done, self.refused + other.refused)


def batches(task_ids: Sequence[int]) -> list[list[int]]:
    """Return the tasks in batches, each once; raises NothingSelected."""
    each = list(dict.fromkeys(task_ids))[:MOST]
    if not each:
        raise NothingSelected
    return [each[start : start + BATCH] for start in range(0, len(each), BATCH)]


def claim(session: Session, *, task_ids: Sequence[int], actor: Actor, now: datetime) -> Outcome:
    """Claim each of these tasks as if it were claimed alone (B18)."""
    return _each(session, task_ids, actor, lambda task_id: hold.claim(session, task_id=task_id, actor=actor, now=now))


def release(session: Session, *, task_ids: Sequence[int], actor: Actor, now: datetime) -> Outcome:
    """Put each of these tasks back for its team (S90)."""
    return _each(session, task_ids, actor, lambda task_id: hold.release(session, task_id=task_id, actor=actor, now=now))


def assign(session: Session, *, task_ids: Sequence[int], to: Recipient, actor: Actor, now: datetime) -> Outcome:
    """Give each of these tasks to a colleague or a team (B22)."""
    return _each(session, task_ids, actor, lambda task_id: hold.reassign(session, task_id=task_id, to=to, actor=actor, now=now))


def recipients(session: Session, *, task_ids: Sequence[int], actor: Actor, now: datetime) -> tuple[Choice, ...]:
    """Return to whom at least one of these tasks may be given; raises CannotAssign when none may be given to anybody."""
    allowed: set[int] = set()
    may_choose_team = False
    for task_id in task_ids[:MOST]:
        try:
            at = at_hand(session, task_id=task_id, actor=actor)
        except NotFound:
            continue
        if rules.may_reassign(actor, at.standing):
            allowed |= hold.allowed_teams(session, at=at, actor=actor)
            may_choose_team = may_choose_team or hold.may_choose_team(actor, at)
    if not allowed:
        raise CannotAssign
    return choices_in(session, allowed, may_choose_team=may_choose_team, actor=actor, now=now)


def _each(session: Session, task_ids: Sequence[int], actor: Actor, verb: Callable[[int], None]) -> Outcome:
    outcome = Outcome()
    for task_id in task_ids:
        reference = ""
        try:
            reference = at_hand(session, task_id=task_id, actor=actor).reference
            with session.begin_nested():
                verb(task_id)
        except CaseTasksError as refusal:
            session.expire_all()
            outcome += Outcome(refused=(Refused(reference, refusal.message),))
        else:
            outcome += Outcome(done=(reference,))
    return outcome
