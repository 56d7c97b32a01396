"""A case's history as people read it: newest first, private notes only for those who may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casetasks_app.history.sentences import sentence
from casetasks_app.models import HistoryEntry, Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what happened, who did it, when, and up to a few lines; `day` and `time` are filled by the page."""

    id: int
    at: datetime
    kind: str
    title: str
    byline: str
    lines: tuple[str, ...]
    is_private: bool
    task_number: int
    details: Mapping[str, object]


def entries(
    session: Session, *, case_id: int, with_private: bool, task_id: int | None = None, before_id: int | None = None, limit: int = PAGE
) -> list[Entry]:  # fmt: skip
    """Return a case's or one task's entries, newest first, older than `before_id`.

    The caller has decided whether the asking person may see private notes (behaviour, section 10).
    """
    query = select(HistoryEntry, Person.name).join(Person, col(Person.id) == HistoryEntry.actor_id, isouter=True)
    query = query.where(HistoryEntry.case_id == case_id)
    if task_id is not None:
        query = query.where(HistoryEntry.task_id == task_id)
    if not with_private:
        query = query.where(~col(HistoryEntry.is_private))
    if before_id is not None:
        query = query.where(col(HistoryEntry.id) < before_id)
    return [entry_of(row, name) for row, name in session.exec(query.order_by(col(HistoryEntry.id).desc()).limit(limit))]


def entry_of(row: HistoryEntry, name: str | None) -> Entry:
    """Return a stored entry in words; without a name it was the system."""
    title, lines = sentence(row.kind, row.details)
    number = row.details.get("number", 0)
    return Entry(
        id=row.id or 0,
        at=row.at,
        kind=row.kind,
        title=title,
        byline=f"by {name or 'the system'}",
        lines=tuple(line for line in lines if line),
        is_private=row.is_private,
        task_number=number if isinstance(number, int) else 0,
        details=row.details,
    )
