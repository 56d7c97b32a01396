"""What a press of Create came to, and what the case manager is told of the task."""

from dataclasses import dataclass

from sqlmodel import Session

from casetasks_app.configuration.queries import TaskTypeSetup
from casetasks_app.models import Person
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.tasks.making import Created
from casetasks_app.tasks.queries import creation


@dataclass(frozen=True, slots=True)
class Told:
    """What a case manager is told of the task they created; without a `person` it is its team's, without `due` it has no target."""

    type_name: str
    person: str = ""
    team: str = ""
    mailed: int = 0
    due: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The task that a press made, or had made before; then nothing is told again."""

    number: int
    told: Told | None = None
    undo_id: int = 0
    """The task's id while it can be taken back: just made, of a type that can be cancelled."""


def told_of(session: Session, *, created: Created, setup: TaskTypeSetup, actor: Actor) -> Told:
    """Return what to say of a task just created of this type to whoever created it."""
    due = words.long_moment(created.due_at) if created.due_at else ""
    person = _name_of(session, created.assignee_id, actor)
    team = next((each.name for each in setup.teams if each.id == created.team_id), "")
    is_mailed = bool(created.team_id and not person and setup.email_team)
    mailed = creation.team_sizes(session, {created.team_id or 0}).get(created.team_id or 0, 0) if is_mailed else 0
    return Told(setup.name, person, team, mailed, due)


def _name_of(session: Session, person_id: int | None, actor: Actor) -> str:
    if not person_id:
        return ""
    return actor.name if person_id == actor.person_id else session.get_one(Person, person_id).name
