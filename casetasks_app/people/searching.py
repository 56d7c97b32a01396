"""Finding a person or a team by part of the name, a few at a time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.models import Membership, Person, Team

MOST = 20
LONGEST_TEXT = 60
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Match:
    """One person or team that was found; `about` tells those of the same name apart."""

    id: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Matches:
    """The first of those found, by name; `has_more` when others match as well."""

    found: tuple[Match, ...] = ()
    has_more: bool = False


def people(session: Session, *, text: str) -> Matches:
    """Return active people whose name has every word of the text, with their teams; everybody for no text."""
    query = select(Person.id, Person.name).where(col(Person.is_active), *_like(Person.name, text)).order_by(Person.name, col(Person.id))
    found = session.exec(query.limit(MOST + 1)).all()
    teams = _teams(session, [key for key, _ in found[:MOST] if key])
    return Matches(tuple(Match(str(key), name, ", ".join(teams[key or 0])) for key, name in found[:MOST]), len(found) > MOST)


def teams(session: Session, *, text: str) -> Matches:
    """Return active teams whose name has every word of the text, with how many people are in them."""
    members = sa.func.count(col(Person.id))
    query = (
        select(Team.id, Team.name, members)
        .join(Membership, col(Membership.team_id) == Team.id, isouter=True)
        .join(Person, (col(Person.id) == Membership.person_id) & col(Person.is_active), isouter=True)
        .where(col(Team.is_active), *_like(Team.name, text))
        .group_by(col(Team.id), col(Team.name))
        .order_by(Team.name, col(Team.id))
    )
    found = session.exec(query.limit(MOST + 1)).all()
    return Matches(tuple(Match(str(key), name, _count(number)) for key, name, number in found[:MOST]), len(found) > MOST)


def _like(name: Any, text: str) -> Iterator[sa.ColumnElement[bool]]:  # noqa: ANN401  a column of either table
    """A condition for each word. SQLite ignores the case of A to Z alone, so other letters are asked for in both."""
    for word in text[:LONGEST_TEXT].split()[:MOST_WORDS]:
        spellings = {word, word.lower(), word.upper(), word.capitalize()}
        yield sa.or_(*(col(name).icontains(each, autoescape=True) for each in sorted(spellings)))


def _teams(session: Session, ids: list[int]) -> defaultdict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    query = select(Membership.person_id, Team.name).join(Team, col(Team.id) == Membership.team_id)
    for person_id, name in session.exec(query.where(col(Membership.person_id).in_(ids), col(Team.is_active)).order_by(Team.name)):
        names[person_id].append(name)
    return names


def _count(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
