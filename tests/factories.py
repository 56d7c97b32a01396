"""Cases, tasks, people and their configuration, with good defaults: plain functions."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlmodel import Session

from casetasks_app.cases import service as cases
from casetasks_app.models import CaseType, CaseTypeManagerTeam, Person, TaskType, TaskTypeTeam, Team
from casetasks_app.people import queries as people
from casetasks_app.people import service
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import create
from casetasks_app.tasks.making import Created
from casetasks_app.tasks.wanted import WantedTask

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
"""A Wednesday at noon, when London has no summer time."""

_number = count(1)


def a_person(session: Session, name: str = "", *, is_administrator: bool = False) -> Person:
    """Add somebody who can be assigned tasks; without a password nobody signs in as them."""
    number = next(_number)
    person = Person(
        email=f"person{number}@example.org",
        name=name or f"Person {number}",
        is_administrator=is_administrator,
        created_at=NOON,
    )
    session.add(person)
    session.flush()
    return person


def a_team(session: Session, *members: Person, leads: tuple[Person, ...] = (), name: str = "") -> Team:
    """Add a team with these members and leads."""
    number = next(_number)
    team = service.add_team(session, key=f"team-{number}", name=name or f"Team {number}")
    ids = [each.id or 0 for each in members]
    service.set_members(session, team_id=team.id or 0, members=ids, leads=[each.id or 0 for each in leads])
    return team


def a_case_type(session: Session, *manager_teams: Team, **settings: Any) -> CaseType:
    """Add a case type whose managers are these teams."""
    number = next(_number)
    case_type = CaseType(**({"key": f"type-{number}", "name": f"Type {number}", "prefix": f"T{number}"} | settings))
    session.add(case_type)
    session.flush()
    session.add_all(CaseTypeManagerTeam(case_type_id=case_type.id or 0, team_id=team.id or 0) for team in manager_teams)
    session.flush()
    return case_type


def a_task_type(session: Session, case_type: CaseType, *teams: Team, **settings: Any) -> TaskType:
    """Add a task type that these teams can do, in this order."""
    number = next(_number)
    usual = {"key": f"task-{number}", "name": f"Task type {number}", "plugin": "standard", "order_index": number}
    task_type = TaskType(case_type_id=case_type.id or 0, changed_at=NOON, **(usual | settings))
    session.add(task_type)
    session.flush()
    rows = [TaskTypeTeam(task_type_id=task_type.id or 0, team_id=team.id or 0, position=at) for at, team in enumerate(teams)]
    session.add_all(rows)
    session.flush()
    return task_type


def actor(session: Session, person: Person) -> Actor:
    """Return the person as they act now."""
    found = people.actor(session, person_id=person.id or 0)
    assert found
    return found


@dataclass
class Office:
    """A small office: a manager with a case, and a team of two with a lead that can do its tasks."""

    manager: Person
    other_manager: Person
    tom: Person
    ana: Person
    lead: Person
    stranger: Person
    managers: Team
    officers: Team
    case_type: CaseType
    task_type: TaskType
    case_id: int
    reference: str


def an_office(session: Session, **task_settings: Any) -> Office:
    """Set up the office; `task_settings` are settings of its one task type."""
    manager, other, tom, ana, lead, stranger = (
        a_person(session, name) for name in ("Priya Shah", "Omar Reid", "Tom Ellis", "Ana Ruiz", "Mia Lead", "Sam Else")
    )
    managers = a_team(session, manager, other, name="Case managers")
    officers = a_team(session, tom, ana, leads=(lead,), name="Planning officers")
    case_type = a_case_type(session, managers)
    task_type = a_task_type(session, case_type, officers, **task_settings)
    case_id, reference = a_case(session, case_type, manager)
    return Office(manager, other, tom, ana, lead, stranger, managers, officers, case_type, task_type, case_id, reference)


def a_case(session: Session, case_type: CaseType, manager: Person | None, *, now: datetime = NOON, **new: Any) -> tuple[int, str]:
    """Raise a case and return its id and reference."""
    asked = cases.NewCase(**({"case_type_id": case_type.id, "title": "Mill Lane extension", "key": f"case-{next(_number)}"} | new))
    raised = cases.raise_case(session, new=asked, actor=actor(session, manager) if manager else None, now=now)
    return raised.case_id, raised.reference


def a_task(session: Session, office: Office, *, now: datetime = NOON, **wanted: Any) -> Created:
    """Create a task of the office's type on its case, for its team unless told otherwise."""
    usual = {"task_type_id": office.task_type.id, "key": f"task-{next(_number)}", "team_id": office.officers.id}
    asked = WantedTask(**(usual | wanted))
    return create.create(session, case_id=office.case_id, wanted_task=asked, actor=actor(session, office.manager), now=now)
