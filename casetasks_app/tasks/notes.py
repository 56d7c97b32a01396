"""Notes that steps leave in the case history, public or private as their author chose."""

import logging
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import columns, looked_up
from casetasks_app.history.service import Happened
from casetasks_app.models import HistoryEntry, TaskStep
from casetasks_app.people.rules import Actor
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.notes import Note
from casetasks_app.tasks.access import TaskAtHand
from casetasks_app.tasks.recording import record

_log = logging.getLogger(__name__)
_PRIVATE = (
    columns(col(HistoryEntry.details))
    .where(col(HistoryEntry.case_id) == sa.bindparam("case_id"), col(HistoryEntry.task_id) == sa.bindparam("task_id"))
    .where(col(HistoryEntry.kind) == Happened.NOTE_WRITTEN.value, col(HistoryEntry.is_private))
    .where(col(HistoryEntry.actor_id) != sa.bindparam("reader_id"))
    .limit(500)
)


def keep(session: Session, *, at: TaskAtHand, plugin: TaskPlugin, step: TaskStep, actor: Actor, now: datetime) -> None:
    """Write the note that a step's accepted answers leave, if they leave one; only its words, never other answers."""
    note = _note_of(plugin, step)
    if note is None:
        return
    said = {"step": step.title, "step_id": step.id, "text": note.text}
    record(session, at, Happened.NOTE_WRITTEN, actor_id=actor.person_id, now=now, is_private=note.is_private, **said)


def hidden_from(session: Session, *, at: TaskAtHand, actor: Actor) -> frozenset[int]:
    """Return the steps whose answers this person may not read, because they left a private note (S75).

    Case managers of the case type read all, and everybody reads their own.
    """
    if at.standing.case_type_id in actor.manages:
        return frozenset()
    found = looked_up(session, _PRIVATE, case_id=at.task.case_id, task_id=at.task.id, reader_id=actor.person_id)
    return frozenset(int(details["step_id"]) for (details,) in found)


def _note_of(plugin: TaskPlugin, step: TaskStep) -> Note | None:
    """What the plugin makes of the answers; one that fails costs the note, which the answers still hold, and no more."""
    if plugin.note is None:
        return None
    try:
        note = plugin.note(step.name, step.answers or {})
    except Exception:  # noqa: BLE001  plugins are written by others; whatever they raise is logged
        _log.exception("the plugin %s could not make its note", plugin.id)
        return None
    return note if isinstance(note, Note) and note.text else None
