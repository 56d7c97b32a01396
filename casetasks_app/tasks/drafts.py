"""Half-filled creation dialogs: one per person and case, kept 30 days (B11)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import columns, insert_once, looked_up
from casetasks_app.models import CreationDraft, StoredFile
from casetasks_app.people.rules import Actor
from casetasks_app.task_types.forms import storable

KEPT_FOR = timedelta(days=30)
LONGEST_VALUE = 20_000
MOST_VALUES = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been answered so far; `key` becomes the task's idempotency key."""

    key: str
    task_type_id: int | None = None
    type_revision: int = 0
    answers: dict[str, object] = field(default_factory=dict[str, object])
    saved_at: datetime | None = None
    version: int = 0


_MINE = columns(
    col(CreationDraft.creation_key),
    col(CreationDraft.task_type_id),
    col(CreationDraft.type_revision),
    col(CreationDraft.answers),
    col(CreationDraft.saved_at),
    col(CreationDraft.version),
).where(col(CreationDraft.person_id) == sa.bindparam("person_id"), col(CreationDraft.case_id) == sa.bindparam("case_id"))
_REMOVE_FILES = sa.update(StoredFile).where(col(StoredFile.draft_key) == sa.bindparam("of_draft")).values(removed_at=sa.bindparam("moment"))
_FORGET = sa.delete(CreationDraft).where(col(CreationDraft.creation_key) == sa.bindparam("of_draft"))


def find(session: Session, *, case_id: int, actor: Actor) -> Draft | None:
    """Return the actor's draft on this case."""
    session.flush()
    found = looked_up(session, _MINE, person_id=actor.person_id, case_id=case_id)
    return Draft(*found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Answered:
    """What one step of the dialog adds to a draft; the revision is that of the type the person was shown."""

    answers: dict[str, object]
    task_type_id: int | None = None
    type_revision: int = 0


def save(session: Session, *, case_id: int, answered: Answered, actor: Actor, now: datetime) -> Draft:
    """Keep these answers; they are merged over those already kept, field by field."""
    row = _row(session, case_id, actor, keep=True) or _begun(session, case_id, actor, now)
    row.answers = {**row.answers, **_bounded(answered.answers)}
    row.task_type_id, row.type_revision = answered.task_type_id, answered.type_revision
    row.saved_at = now
    row.version += 1
    session.add(row)
    session.flush()
    return _draft(row)


def discard(session: Session, *, case_id: int, actor: Actor, now: datetime) -> None:
    """Throw the draft away, with the files uploaded for it."""
    draft = find(session, case_id=case_id, actor=actor)
    if draft is None:
        return
    _remove_files(session, draft.key, now)
    session.connection().execute(_FORGET, {"of_draft": draft.key})


def forget_old(session: Session, *, now: datetime, limit: int = 500) -> int:
    """Throw away drafts older than 30 days; returns how many."""
    old = session.exec(
        select(CreationDraft).where(col(CreationDraft.saved_at) < now - KEPT_FOR).order_by(col(CreationDraft.saved_at)).limit(limit)
    ).all()
    for row in old:
        _remove_files(session, row.creation_key, now)
        session.delete(row)
    return len(old)


def _remove_files(session: Session, key: str, now: datetime) -> None:
    session.connection().execute(_REMOVE_FILES, {"of_draft": key, "moment": now})


def _row(session: Session, case_id: int, actor: Actor, *, keep: bool = False) -> CreationDraft | None:
    query = select(CreationDraft).where(CreationDraft.person_id == actor.person_id, CreationDraft.case_id == case_id)
    if keep:
        # Two tabs type into the same draft: what one of them has just kept must not be put back by the other.
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.exec(query).first()


def _begun(session: Session, case_id: int, actor: Actor, now: datetime) -> CreationDraft:
    """Begin the draft, or return the one that another tab has begun at the same moment."""
    fresh = CreationDraft(person_id=actor.person_id, case_id=case_id, creation_key=f"task:{uuid4().hex}", saved_at=now, version=0)
    insert_once(session, CreationDraft, [fresh.model_dump(exclude={"id"})], key=("person_id", "case_id"))
    row = _row(session, case_id, actor, keep=True)
    return row or fresh


def _draft(row: CreationDraft) -> Draft:
    return Draft(row.creation_key, row.task_type_id, row.type_revision, dict(row.answers), row.saved_at, row.version)


def _bounded(answers: dict[str, object]) -> dict[str, object]:
    """Keep plain values of reasonable length, whatever a browser sends."""
    kept: dict[str, object] = {}
    for name, value in list(answers.items())[:MOST_VALUES]:
        if isinstance(value, str):
            kept[storable(str(name))[:60]] = storable(value)[:LONGEST_VALUE]
        elif isinstance(value, bool | int) or value is None:
            kept[storable(str(name))[:60]] = value
        elif isinstance(value, list):
            kept[storable(str(name))[:60]] = [storable(str(each))[:64] for each in cast("list[object]", value)[:100]]
    return kept
