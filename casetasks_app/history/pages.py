"""A case's history in pages: all of it, or only notes, tasks, or what the system did."""

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.history.queries import PAGE, Entry, entry_of
from casetasks_app.models import HistoryEntry, Person


class Show(StrEnum):
    """Which entries a history shows."""

    ALL = "all"
    NOTES = "notes"
    TASKS = "tasks"
    SYSTEM = "system"


_Condition = sa.ColumnExpressionArgument[bool]

_ONLY: dict[Show, _Condition] = {
    Show.ALL: sa.true(),
    Show.NOTES: col(HistoryEntry.is_private),
    Show.TASKS: col(HistoryEntry.task_id).is_not(None),
    Show.SYSTEM: col(HistoryEntry.actor_id).is_(None),
}


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Up to 50 entries, newest first; `newest_id` is the newest of all, for telling what came later."""

    entries: tuple[Entry, ...] = ()
    number: int = 1
    total: int = 0
    newest_id: int = 0


def page(session: Session, *, case_id: int, with_private: bool, show: Show, number: int) -> HistoryPage:
    """Return one page; a number past the end gives the last. The caller has decided about private notes."""
    shown = _shown(case_id, with_private, show)
    counted = select(sa.func.count(), sa.func.coalesce(sa.func.max(col(HistoryEntry.id)), 0)).where(*shown)
    total, newest = session.exec(counted).one()
    number = max(1, min(number, -(-total // PAGE)))
    query = (
        select(HistoryEntry, Person.name)
        .join(Person, col(Person.id) == HistoryEntry.actor_id, isouter=True)
        .where(*shown)
        .order_by(col(HistoryEntry.at).desc(), col(HistoryEntry.id).desc())
        .offset((number - 1) * PAGE)
        .limit(PAGE)
    )
    return HistoryPage(tuple(entry_of(row, name) for row, name in session.exec(query)), number, total, newest or 0)


def newer(session: Session, *, case_id: int, with_private: bool, show: Show, than_id: int) -> int:
    """Return how many entries came after this one."""
    shown = _shown(case_id, with_private, show)
    return session.exec(select(sa.func.count()).where(*shown, col(HistoryEntry.id) > than_id)).one()


def is_untouched(session: Session, *, case_id: int) -> bool:
    """Tell whether nothing has happened to the case since it was raised."""
    first, last = session.exec(
        select(sa.func.min(HistoryEntry.at), sa.func.max(HistoryEntry.at)).where(HistoryEntry.case_id == case_id)
    ).one()
    return first == last


def _shown(case_id: int, with_private: bool, show: Show) -> tuple[_Condition, ...]:
    private = sa.true() if with_private else ~col(HistoryEntry.is_private)
    return (col(HistoryEntry.case_id) == case_id, private, _ONLY[show])
