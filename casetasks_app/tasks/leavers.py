"""People who leave the organisation, and come back: what ends with them, and what somebody else has to take on."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import changed, tuples
from casetasks_app.db.unit_of_work import touch
from casetasks_app.errors import CaseTasksError, NotAllowed, NotFound
from casetasks_app.live import topics
from casetasks_app.mail import service as mail
from casetasks_app.models import Case, CaseStatus, Membership, Person, Task, TaskStep
from casetasks_app.people import service as people
from casetasks_app.people.rules import Actor


class LastAdministrator(CaseTasksError):
    """This is the last administrator, who cannot be deactivated. Add another one first: casetasks person add --administrator."""


class DeactivatedAlready(CaseTasksError):
    """This person is deactivated already."""


class NotDeactivated(CaseTasksError):
    """This person is not deactivated."""


@dataclass(frozen=True, slots=True)
class LeftTask:
    """An outstanding task that the person has: its reference, and what it is called."""

    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody leaves behind."""

    name: str
    tasks: tuple[LeftTask, ...]
    cases: tuple[str, ...]
    """The references of the open cases they manage."""
    mails: int
    """How many mails to them were withdrawn."""


def deactivate(session: Session, *, person_id: int, actor: Actor, now: datetime) -> Left:
    """End all sign-ins of a person, who is offered nowhere and mailed nothing from now on; returns what they leave behind.

    Tasks and cases stay theirs until somebody gives them to others, and what they did keeps their name. Raises NotAllowed
    for anybody but an administrator, LastAdministrator, DeactivatedAlready or NotFound.
    """
    person = _person(session, person_id, actor)
    if person.is_administrator and _administrators(session) == [person_id]:
        raise LastAdministrator
    if not _set_active(session, person_id, is_active=False):
        raise DeactivatedAlready
    people.sign_out_everywhere(session, person_id=person_id, now=now)
    withdrawn = mail.withdraw_from(session, person_id=person_id, now=now)
    _tell(session, person_id)
    return Left(person.name, _tasks(session, person_id), _cases(session, person_id), withdrawn)


def reactivate(session: Session, *, person_id: int, actor: Actor) -> str:
    """Let a person sign in again, with the password and the teams they had; returns their name.

    Raises NotAllowed for anybody but an administrator, NotDeactivated or NotFound.
    """
    person = _person(session, person_id, actor)
    if not _set_active(session, person_id, is_active=True):
        raise NotDeactivated
    _tell(session, person_id)
    return person.name


def _person(session: Session, person_id: int, actor: Actor) -> Person:
    if not actor.is_administrator:
        raise NotAllowed
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def _administrators(session: Session) -> list[int]:
    """Return the active administrators, locked: of two who deactivate each other at once one is told to be the last."""
    query = select(Person.id).where(col(Person.is_administrator), col(Person.is_active)).order_by(col(Person.id)).with_for_update()
    return [each or 0 for each in session.exec(query)]


def _set_active(session: Session, person_id: int, *, is_active: bool) -> bool:
    other = sa.update(Person).where(col(Person.id) == person_id, col(Person.is_active) != is_active)
    return bool(changed(session, other.values(is_active=is_active)))


def _tell(session: Session, person_id: int) -> None:
    teams = session.exec(select(Membership.team_id).where(Membership.person_id == person_id)).all()
    managers = sa.select(col(Task.manager_id)).join(TaskStep, col(TaskStep.task_id) == col(Task.id)).where(*_has(person_id)).distinct()
    told = {manager for (manager,) in tuples(session, managers) if manager}
    touch(session, topics.CASES, *map(topics.team, teams), *map(topics.person, told | {person_id}))


def _has(person_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return col(TaskStep.assignee_id) == person_id, col(TaskStep.completed_at).is_(None)


def _tasks(session: Session, person_id: int) -> tuple[LeftTask, ...]:
    query = (
        sa.select(col(Case.reference), col(Task.number), col(Task.description))
        .join(Task, col(Task.case_id) == col(Case.id))
        .join(TaskStep, col(TaskStep.task_id) == col(Task.id))
        .where(*_has(person_id))
        .distinct()
        .order_by(col(Case.reference), col(Task.number))
    )
    return tuple(LeftTask(f"{reference}/{number}", name) for reference, number, name in tuples(session, query))


def _cases(session: Session, person_id: int) -> tuple[str, ...]:
    mine = select(Case.reference).where(Case.manager_id == person_id, Case.status == CaseStatus.OPEN)
    return tuple(session.exec(mine.order_by(Case.reference)))
