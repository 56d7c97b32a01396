"""The Assign dialog: to whom this person may give a task, with how much each has on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casetasks_app.models import Team
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import hold, rules
from casetasks_app.tasks.access import at_hand
from casetasks_app.tasks.queries import creation


@dataclass(frozen=True, slots=True)
class Choice:
    """A whole team, or one of its people; `load` says in words what they have on."""

    team_id: int
    person_id: int | None
    name: str
    team: str
    load: str


def choices(session: Session, *, task_id: int, actor: Actor, now: datetime) -> tuple[Choice, ...]:
    """Return teams first, then people, those with least open first; the one who has it is left out (B22).

    The assignee gives it to a colleague only. Raises CannotAssign or NotFound.
    """
    at = at_hand(session, task_id=task_id, actor=actor)
    if not rules.may_reassign(actor, at.standing):
        raise hold.CannotAssign
    allowed = hold.allowed_teams(session, at=at, actor=actor)
    found = choices_in(session, allowed, may_choose_team=hold.may_choose_team(actor, at), actor=actor, now=now)
    return tuple(each for each in found if each.person_id not in at.standing.holders)


def choices_in(session: Session, allowed: Collection[int], *, may_choose_team: bool, actor: Actor, now: datetime) -> tuple[Choice, ...]:
    """Return these teams, if whole teams may be chosen, then their people, those with least open first."""
    teams = session.exec(select(Team).where(col(Team.id).in_(allowed), col(Team.is_active)).order_by(Team.name)).all()
    members = {team.id or 0: creation.people(session, team_id=team.id or 0, actor=actor, now=now) for team in teams}
    whole = [Choice(team.id or 0, None, team.name, team.name, _size(len(members[team.id or 0]))) for team in teams]
    named = [
        (each.open, Choice(team.id or 0, each.id, each.name, team.name, each.load)) for team in teams for each in members[team.id or 0]
    ]
    people = [choice for _, choice in sorted(named, key=lambda pair: (pair[0], pair[1].name))]
    return (*(whole if may_choose_team else ()), *people)


def _size(people: int) -> str:
    return f"everyone in the team ({people} {'person' if people == 1 else 'people'})"
