"""What others did with a task since a moment: for whoever comes by the link of a mail that is older than what the page shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlmodel import Session, col, select

from casetasks_app.history.service import Happened
from casetasks_app.models import HistoryEntry, Person
from casetasks_app.people.rules import Actor
from casetasks_app.sla.words import short_moment
from casetasks_app.tasks.access import at_hand

MOST = 3
"""Changes that are named, the latest ones; the history beside it has them all."""
_NEWS = (
    Happened.CLAIMED, Happened.RELEASED, Happened.REASSIGNED, Happened.STEP_COMPLETED, Happened.TASK_CLOSED,
    Happened.TASK_CANCELLED, Happened.TARGET_SET, Happened.TARGET_CHANGED, Happened.TARGET_REMOVED, Happened.BREACHED,
)  # fmt: skip

_Change = tuple[str, str]
"""Who, and what they did."""


def since(session: Session, *, task_id: int, moment: datetime, actor: Actor, now: datetime) -> str:
    """Return what others did after a moment: "Tom Ellis claimed it and closed it"; empty when nothing changed.

    Of a cancellation it says no more than the page does: who, not why. Raises NotFound for who may not see the task.
    """
    at_hand(session, task_id=task_id, actor=actor)
    query = (
        select(HistoryEntry, Person.name)
        .join(Person, col(Person.id) == HistoryEntry.actor_id, isouter=True)
        .where(HistoryEntry.task_id == task_id, col(HistoryEntry.at) > moment, col(HistoryEntry.kind).in_([each.value for each in _NEWS]))
        .order_by(col(HistoryEntry.id))
    )
    happened = [(row, name) for row, name in session.exec(query) if row.actor_id != actor.person_id]
    kinds = [row.kind for row, _ in happened]
    changes = [(name or "", _did(row, name, now)) for at, (row, name) in enumerate(happened) if not _is_old(kinds, at)]
    return _told(changes[-MOST:])


def _is_old(kinds: Sequence[str], at: int) -> bool:
    """Tell whether a later entry says it too: the last of a kind counts, and of a closed task not that its step was done."""
    return kinds[at] in kinds[at + 1 :] or (kinds[at] == Happened.STEP_COMPLETED and Happened.TASK_CLOSED in kinds[at + 1 :])


def _did(entry: HistoryEntry, name: str | None, now: datetime) -> str:
    said = _DONE[entry.kind] if name else _HAPPENED.get(entry.kind, _DONE[entry.kind])
    details = entry.details
    return said.format(
        step=_text(details, "step"),
        team=_text(details, "team"),
        to=_text(details, "to") or _text(details, "team"),
        due=short_moment(datetime.fromisoformat(_text(details, "due")), now) if _text(details, "due") else "",
    )


def _told(changes: Sequence[_Change]) -> str:
    clauses = [
        f"{name} {_joined([what for _, what in group])}" if name else _joined([what for _, what in group])
        for name, group in groupby(changes, key=lambda each: each[0])
    ]
    return _joined(clauses)


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _text(details: Mapping[str, object], name: str) -> str:
    return str(details.get(name) or "")


_DONE: dict[str, str] = {
    Happened.CLAIMED: "claimed it",
    Happened.RELEASED: "put it back for {team}",
    Happened.REASSIGNED: "gave it to {to}",
    Happened.STEP_COMPLETED: "completed “{step}”",
    Happened.TASK_CLOSED: "closed it",
    Happened.TASK_CANCELLED: "cancelled it",
    Happened.TARGET_SET: "gave it a target, {due}",
    Happened.TARGET_CHANGED: "changed its target to {due}",
    Happened.TARGET_REMOVED: "removed its target",
    Happened.BREACHED: "its target passed",
}
"""What somebody did."""

_HAPPENED: dict[str, str] = {
    Happened.REASSIGNED: "it went to {to}",
    Happened.STEP_COMPLETED: "“{step}” was completed",
    Happened.TASK_CLOSED: "it was closed",
    Happened.TASK_CANCELLED: "it was cancelled",
    Happened.TARGET_SET: "it got a target, {due}",
    Happened.TARGET_CHANGED: "its target became {due}",
    Happened.TARGET_REMOVED: "its target was removed",
}
"""The same without anybody who did it."""
