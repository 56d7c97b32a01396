"""Questions about people and teams."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app import settings
from casetasks_app.db.statements import columns, looked_up
from casetasks_app.models import CaseTypeManagerTeam, Membership, Person, SignIn, Team
from casetasks_app.people import rules
from casetasks_app.people.rules import Actor


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a team, ready to be offered."""

    person_id: int
    name: str
    email: str
    is_lead: bool


_ACTIVE = columns(col(Person.name), col(Person.email), col(Person.is_administrator)).where(
    col(Person.id) == sa.bindparam("person_id"), col(Person.is_active)
)
_ROLES = (
    columns(col(Membership.team_id), col(Membership.is_lead), col(CaseTypeManagerTeam.case_type_id))
    .join(CaseTypeManagerTeam, col(CaseTypeManagerTeam.team_id) == col(Membership.team_id), isouter=True)
    .where(col(Membership.person_id) == sa.bindparam("person_id"))
)
_SIGN_IN = columns(col(SignIn.person_id), col(SignIn.created_at), col(SignIn.last_seen_at)).where(
    col(SignIn.digest) == sa.bindparam("digest"), col(SignIn.ended_at).is_(None)
)


def actor(session: Session, *, person_id: int) -> Actor | None:
    """Return the active person as an actor, with teams, leads and the case types they manage; None when there is none."""
    session.flush()
    found = looked_up(session, _ACTIVE, person_id=person_id)
    if not found:
        return None
    name, email, is_administrator = found[0]
    rows = looked_up(session, _ROLES, person_id=person_id)
    return Actor(
        person_id=person_id,
        name=name,
        email=email,
        is_administrator=is_administrator,
        teams=frozenset(team for team, _, _ in rows),
        leads=frozenset(team for team, is_lead, _ in rows if is_lead),
        manages=frozenset(case_type for _, _, case_type in rows if case_type),
    )


def actor_of_session(session: Session, *, digest: str, now: datetime) -> Actor | None:
    """Return who is signed in under this cookie digest, or None when the sign-in has ended or never was."""
    found = looked_up(session, _SIGN_IN, digest=digest)
    if not found:
        return None
    config, (person_id, created_at, last_seen_at) = settings.load(), found[0]
    if rules.is_session_over(
        created_at=created_at,
        last_seen_at=last_seen_at,
        now=now,
        idle=timedelta(hours=config.session_idle_hours),
        absolute=timedelta(hours=config.session_hours),
    ):
        return None
    return actor(session, person_id=person_id)


def members(session: Session, *, team_id: int) -> list[Member]:
    """Return the active members of a team by name (at most 500)."""
    rows = session.exec(
        select(Person.id, Person.name, Person.email, Membership.is_lead)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.team_id == team_id, col(Person.is_active))
        .order_by(Person.name, col(Person.id))
        .limit(500)
    ).all()
    return [Member(person_id or 0, name, email, is_lead) for person_id, name, email, is_lead in rows]


def team_names(session: Session, *, ids: Collection[int] | None = None) -> dict[int, str]:
    """Return the names of these teams, or of all active ones."""
    query = select(Team.id, Team.name).order_by(Team.name).limit(1000)
    query = query.where(col(Team.id).in_(ids)) if ids is not None else query.where(col(Team.is_active))
    return {team_id or 0: name for team_id, name in session.exec(query)}


def is_member(session: Session, *, person_id: int, team_id: int) -> bool:
    """Tell whether an active person belongs to an active team, as the database has it now."""
    return bool(looked_up(session, _IS_MEMBER, person_id=person_id, team_id=team_id))


_IS_MEMBER = (
    sa.select(col(Membership.team_id))
    .join(Person, col(Person.id) == col(Membership.person_id))
    .join(Team, col(Team.id) == col(Membership.team_id))
    .where(
        col(Membership.person_id) == sa.bindparam("person_id"),
        col(Membership.team_id) == sa.bindparam("team_id"),
        col(Person.is_active),
        col(Team.is_active),
    )
)
