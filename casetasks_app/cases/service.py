"""Raise a case, take it over, close it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.cases import blockers, rules
from casetasks_app.cases.new import CaseRefused, NewCase, checked, uploads
from casetasks_app.db.statements import changed, execute
from casetasks_app.db.unit_of_work import touch
from casetasks_app.errors import CaseTasksError, NotAllowed, NotFound
from casetasks_app.history.service import Happened, record
from casetasks_app.live import topics
from casetasks_app.models import Case, CaseDraft, CaseStatus, CaseType, Person, StoredFile, Task
from casetasks_app.people.rules import Actor
from casetasks_app.task_types.forms import cleaned
from casetasks_app.tasks import create

__all__ = [
    "CannotClose", "CannotRaise", "CannotTakeOver", "CaseBlocked", "CaseRefused", "ClosingRefused", "NewCase", "Raised",
    "close", "outcomes", "raise_case", "take_over",
]  # fmt: skip


class CannotRaise(NotAllowed):
    """Only case managers of this type of case can raise one."""


class CannotTakeOver(NotAllowed):
    """You cannot take this case over."""


class TakenOverMeanwhile(CaseTasksError):
    """Somebody else has become the case manager since this page was read."""

    def __init__(self, manager: str) -> None:
        """Name who has the case now."""
        super().__init__(f"{manager or 'Nobody'} is the case manager now. Look again before you take the case over.")


class CannotClose(NotAllowed):
    """Only the case manager can close this case."""


class CaseBlocked(CaseTasksError):
    """You cannot close this case yet."""

    def __init__(self, left: int) -> None:
        """Say how many things are left."""
        super().__init__(f"You cannot close this case yet. {left} {'thing is' if left == 1 else 'things are'} left.")


class ClosingRefused(CaseRefused):
    """The case was not closed. Check your answers and try again."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A raised case, and how many tasks were created with it; `is_repeat` when the same request had raised it before."""

    case_id: int
    reference: str
    task_count: int = 0
    is_repeat: bool = False


def raise_case(session: Session, *, new: NewCase, actor: Actor | None, now: datetime) -> Raised:
    """Raise a case and create its automatic tasks, in this one transaction (B12–B16, S64).

    From a page, REST or import alike; without an actor it was the system. A manager who raises it becomes its case
    manager. Raises CannotRaise, or CaseRefused with the sentence for each field.
    """
    # The lock that gives out references, taken first: of two sendings of the same case the second finds the first.
    case_type = session.get(CaseType, new.case_type_id, with_for_update=True)
    repeat = session.exec(select(Case.id, Case.reference, Case.raised_by_id).where(Case.raise_key == new.key)).first()
    if repeat and repeat[2] == (actor.person_id if actor else None):
        return Raised(repeat[0] or 0, repeat[1], is_repeat=True)
    if repeat:
        raise CannotRaise("Somebody else used the key of this case before. Start again.")
    if case_type is None or case_type.is_retired or (actor and not rules.may_raise(actor, new.case_type_id)):
        raise CannotRaise
    case = checked(session, case_type=case_type, new=new, actor=actor, now=now)
    files = uploads(session, new=new, actor=actor)
    case.reference = _next_reference(session, case_type)
    session.add(case)
    session.flush()
    _record_raised(session, case, case_type, now)
    _keep_files(session, case, files, now)
    made = create.create_automatic(session, case=case, entered=new.answers, actor=actor, now=now)
    execute(session, sa.delete(CaseDraft).where(col(CaseDraft.raise_key) == new.key))
    touch(session, topics.CASES)
    return Raised(case.id or 0, case.reference, len(made))


def take_over(session: Session, *, case_id: int, actor: Actor, now: datetime, instead_of: str | None = None) -> None:
    """Become the case manager of an open case of a type one manages.

    `instead_of` is the email address of the case manager one was shown, empty for nobody; None takes it from whoever has
    it. Raises CannotTakeOver, TakenOverMeanwhile or NotFound.
    """
    case = _case(session, case_id, actor)
    is_open = case.status == CaseStatus.OPEN
    if not rules.may_take_over(actor, case_type_id=case.case_type_id, manager_id=case.manager_id, is_open=is_open):
        raise CannotTakeOver
    former = session.get(Person, case.manager_id) if case.manager_id else None
    if instead_of is not None and instead_of != (former.email if former else ""):
        raise TakenOverMeanwhile(former.name if former else "")
    won = changed(
        session,
        sa.update(Case)
        .where(col(Case.id) == case_id, col(Case.status) == CaseStatus.OPEN, col(Case.version) == case.version)
        .values(manager_id=actor.person_id, version=Case.version + 1),
    )
    if not won:
        raise CannotTakeOver
    changed(session, sa.update(Task).where(col(Task.case_id) == case_id).values(manager_id=actor.person_id))
    record(
        session,
        case_id=case_id,
        kind=Happened.MANAGER_ASSIGNED,
        actor_id=actor.person_id,
        now=now,
        manager=actor.name,
        former=former.name if former else "",
    )
    touch(session, topics.CASES, topics.person(actor.person_id), *([topics.person(case.manager_id)] if case.manager_id else []))


def close(session: Session, *, case_id: int, outcome: str, note: str, actor: Actor, now: datetime) -> None:
    """Close a case that nothing blocks (B31–B34, S27, S28, S80–S82).

    The case row is locked first, the lock that creating a task takes too, so a task created at the same moment
    cannot slip through. Raises CannotClose, ClosingRefused, CaseBlocked or NotFound.
    """
    case = _case(session, case_id, actor)
    if not rules.is_case_manager(actor, case_type_id=case.case_type_id, manager_id=case.manager_id):
        raise CannotClose
    case_type = session.get_one(CaseType, case.case_type_id)
    note = cleaned(note, lines=True)
    problems = _closing_problems(outcome, note, case_type)
    if problems:
        raise ClosingRefused(problems)
    won = changed(
        session,
        sa.update(Case)
        .where(col(Case.id) == case_id, col(Case.status) == CaseStatus.OPEN, col(Case.manager_id) == actor.person_id)
        .values(
            status=CaseStatus.CLOSED,
            outcome=outcome,
            closing_note=note,
            closed_at=now,
            closed_by_id=actor.person_id,
            version=Case.version + 1,
        ),
    )
    if not won:
        raise _why_not_closed(session, case)
    left = blockers.count(session, case_id=case_id, case_type_id=case.case_type_id)
    if left:
        raise CaseBlocked(left)
    record(session, case_id=case_id, kind=Happened.CASE_CLOSED, actor_id=actor.person_id, now=now, outcome=outcome)
    record(session, case_id=case_id, kind=Happened.CASE_CLOSED, actor_id=actor.person_id, now=now, is_private=True, text=note)
    touch(session, topics.CASES)


def _why_not_closed(session: Session, case: Case) -> CannotClose:
    """Tell what came first: somebody closed the case, or took it over while this was on its way."""
    session.refresh(case)
    return CannotClose() if case.status == CaseStatus.OPEN else CannotClose("This case is closed already.")


def outcomes(case_type: CaseType) -> list[str]:
    """Return the outcomes that closing offers."""
    return case_type.outcomes or list(rules.USUAL_OUTCOMES)


def _case(session: Session, case_id: int, actor: Actor) -> Case:
    case = session.get(Case, case_id)
    if case is None or not rules.may_see(actor, case.case_type_id):
        raise NotFound
    return case


def _closing_problems(outcome: str, note: str, case_type: CaseType) -> dict[str, str]:
    problems: dict[str, str] = {}
    if outcome not in outcomes(case_type):
        problems["outcome"] = "Select the outcome of the case."
    if not note:
        problems["note"] = "Enter a note about how the case ended."
    elif len(note) > rules.LONGEST_NOTE:
        problems["note"] = f"Note must be {rules.LONGEST_NOTE:,} characters or less."
    return problems


def _next_reference(session: Session, case_type: CaseType) -> str:
    number = execute(
        session,
        sa.update(CaseType)
        .where(col(CaseType.id) == case_type.id)
        .values(last_number=CaseType.last_number + 1)
        .returning(col(CaseType.last_number))
        .execution_options(synchronize_session=False),
    ).scalar_one()
    return f"{case_type.prefix}-{number}"


def _keep_files(session: Session, case: Case, files: Sequence[StoredFile], now: datetime) -> None:
    for file in files:
        file.case_id, file.draft_key = case.id, None
        record(session, case_id=case.id or 0, kind=Happened.FILE_ADDED, actor_id=file.added_by_id, now=now, name=file.name)


def _record_raised(session: Session, case: Case, case_type: CaseType, now: datetime) -> None:
    record(session, case_id=case.id or 0, kind=Happened.CASE_RAISED, actor_id=case.raised_by_id, now=now, type=case_type.name)
    if case.manager_id is None:
        return
    name = session.exec(select(Person.name).where(Person.id == case.manager_id)).first() or ""
    record(session, case_id=case.id or 0, kind=Happened.MANAGER_ASSIGNED, actor_id=case.raised_by_id, now=now, manager=name, former="")
    touch(session, topics.person(case.manager_id))
