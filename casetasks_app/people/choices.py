"""The people and teams that the questions of a form offer, and what its answers are checked against."""

import re
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from casetasks_app import settings
from casetasks_app.models import Person, Team
from casetasks_app.task_types.forms import FieldRow, Form, Known, KnownFile, rows

MOST = 5000
_ID = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Choices:
    """Names by id as a form's answers keep it, in the order of the names."""

    people: Mapping[str, str] = field(default_factory=dict[str, str])
    teams: Mapping[str, str] = field(default_factory=dict[str, str])


def offered(session: Session, *, asked: Iterable[FieldRow]) -> Choices:
    """Return everybody active and every active team, each only where one of these questions asks for it."""
    kinds = {row.kind for row in asked}
    people = select(Person.id, Person.name).where(col(Person.is_active)).order_by(Person.name, col(Person.id)).limit(MOST)
    teams = select(Team.id, Team.name).where(col(Team.is_active)).order_by(Team.name, col(Team.id)).limit(MOST)
    return Choices(
        people=_by_id(session.exec(people)) if "person" in kinds else {},
        teams=_by_id(session.exec(teams)) if "team" in kinds else {},
    )


def named(session: Session, *, asked: Iterable[FieldRow], answers: Mapping[str, object]) -> Choices:
    """Return the names of the people and teams in these answers, those who have left since among them."""
    return named_in(session, ((row, answers.get(row.name)) for row in asked))


def named_in(session: Session, answered: Iterable[tuple[FieldRow, object]]) -> Choices:
    """Return the names of the people and teams in answers to these questions, whoever has left since among them."""
    given = [(row.kind, str(answer)) for row, answer in answered if row.kind in {"person", "team"} and answer]
    people, teams = (_ids([key for kind, key in given if kind == wanted]) for wanted in ("person", "team"))
    return Choices(
        people=_by_id(session.exec(select(Person.id, Person.name).where(col(Person.id).in_(people)))) if people else {},
        teams=_by_id(session.exec(select(Team.id, Team.name).where(col(Team.id).in_(teams)))) if teams else {},
    )


def known(session: Session, *, form: type[Form], files: Mapping[str, KnownFile], now: datetime) -> Known:
    """Return what the answers of any form are checked against; `files` are those that were uploaded for it."""
    kinds = {row.kind for row in rows(form)}
    return Known(
        now,
        ZoneInfo(settings.load().time_zone),
        people=_Active(session, Person) if "person" in kinds else (),
        teams=_Active(session, Team) if "team" in kinds else (),
        files=files,
    )


@dataclass(frozen=True, slots=True)
class _Active(Container[str]):
    """The ids of everybody active, or of every active team, looked up one by one: answers name few of many."""

    session: Session
    table: type[Person] | type[Team]

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str) or not _ID.fullmatch(key):
            return False
        found = self.session.get(self.table, int(key))
        return found is not None and found.is_active


def _by_id(found: Iterable[tuple[int | None, str]]) -> dict[str, str]:
    return {str(key): name for key, name in found}


def _ids(given: Collection[str]) -> list[int]:
    return [int(each) for each in given if _ID.fullmatch(each)]
