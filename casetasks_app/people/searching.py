"""Finding a person or a team by part of the name, a few at a time."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app import finding
from casetasks_app.db.statements import columns, looked_up, tuples
from casetasks_app.models import Membership, Person, Team

MOST = 20
LONGEST_TEXT = 60
MOST_NAMES = 10_000

_PEOPLE = (
    columns(col(Person.id), col(Person.name)).where(col(Person.is_active)).order_by(col(Person.name), col(Person.id)).limit(MOST_NAMES)
)
_TEAMS = columns(col(Team.id), col(Team.name)).where(col(Team.is_active)).order_by(col(Team.name), col(Team.id)).limit(MOST_NAMES)


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
    """Return active people whose name has every word of the text, with their teams; everybody for no text.

    Case, accents and punctuation make no difference: "Zoe" finds Zoë.
    """
    found = _found(looked_up(session, _PEOPLE), text)
    teams = _teams(session, [key for key, _ in found[:MOST]])
    return Matches(tuple(Match(str(key), name, ", ".join(teams[key])) for key, name in found[:MOST]), len(found) > MOST)


def teams(session: Session, *, text: str) -> Matches:
    """Return active teams whose name has every word of the text, with how many people are in them."""
    found = _found(looked_up(session, _TEAMS), text)
    sizes = _sizes(session, [key for key, _ in found[:MOST]])
    return Matches(tuple(Match(str(key), name, _count(sizes[key])) for key, name in found[:MOST]), len(found) > MOST)


def _found(named: Iterable[tuple[Any, ...]], text: str) -> list[tuple[int, str]]:
    # Compared here, not by the database: none of them folds accents as names are folded everywhere else.
    words = finding.words_of(text[:LONGEST_TEXT])
    match = ((int(key), str(name)) for key, name in named if finding.is_found(words, _folded(name)))
    return list(islice(match, MOST + 1))


@lru_cache(maxsize=MOST_NAMES)
def _folded(name: str) -> str:
    return finding.folded(name)


def _teams(session: Session, ids: list[int]) -> defaultdict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    query = select(Membership.person_id, Team.name).join(Team, col(Team.id) == Membership.team_id)
    for person_id, name in session.exec(query.where(col(Membership.person_id).in_(ids), col(Team.is_active)).order_by(Team.name)):
        names[person_id].append(name)
    return names


def _sizes(session: Session, ids: list[int]) -> Counter[int]:
    """Return how many active people are in each of these teams."""
    query = (
        columns(col(Membership.team_id), sa.func.count())
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(Membership.team_id).in_(ids), col(Person.is_active))
        .group_by(col(Membership.team_id))
    )
    return Counter({int(team_id): int(count) for team_id, count in tuples(session, query)})


def _count(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
