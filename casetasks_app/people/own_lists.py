"""How a person has the lists drawn: their density and columns, kept on the server."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import changed, columns, insert_once, looked_up
from casetasks_app.errors import CaseTasksError
from casetasks_app.models import ListSetting
from casetasks_app.people.rules import Actor

MOST_COLUMNS = 9
_KEY = re.compile(r"[a-z_]{1,20}")


class ListName(StrEnum):
    """The lists that can be arranged."""

    MY_WORK = "my_work"
    CASES = "cases"
    CASE_TASKS = "case_tasks"


class NoSuchColumn(CaseTasksError):
    """This list has no such column."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How one list is drawn; `hidden` are the keys of the columns that are not shown."""

    is_compact: bool = False
    hidden: tuple[str, ...] = field(default_factory=tuple[str, ...])


_SETTING = columns(col(ListSetting.is_compact), col(ListSetting.hidden)).where(
    col(ListSetting.person_id) == sa.bindparam("person"), col(ListSetting.list) == sa.bindparam("name")
)


def setting(session: Session, *, name: ListName, actor: Actor) -> Setting:
    """Return how somebody has a list drawn; comfortable and whole until they say otherwise."""
    found = looked_up(session, _SETTING, person=actor.person_id, name=name.value)
    return Setting(bool(found[0][0]), tuple(found[0][1].split())) if found else Setting()


def set_density(session: Session, *, name: ListName, is_compact: bool, actor: Actor) -> Setting:
    """Keep whether a list is drawn in one line a row, and return all that is kept about it."""
    before = setting(session, name=name, actor=actor)
    return _keep(session, name, actor, Setting(is_compact, before.hidden))


def show_column(session: Session, *, name: ListName, column: str, is_shown: bool, actor: Actor) -> Setting:
    """Keep whether a column of a list is shown, and return all that is kept; raises NoSuchColumn for what is no key."""
    if not _KEY.fullmatch(column):
        raise NoSuchColumn
    before = setting(session, name=name, actor=actor)
    others = tuple(each for each in before.hidden if each != column)
    return _keep(session, name, actor, Setting(before.is_compact, others if is_shown else (*others, column)))


def _keep(session: Session, name: ListName, actor: Actor, chosen: Setting) -> Setting:
    if len(chosen.hidden) > MOST_COLUMNS:
        raise NoSuchColumn
    values = {"is_compact": chosen.is_compact, "hidden": " ".join(chosen.hidden)}
    key = {"person_id": actor.person_id, "list": name.value}
    insert_once(session, ListSetting, [key | values], key=("person_id", "list"))
    changed(session, sa.update(ListSetting).filter_by(**key).values(**values))
    return chosen
