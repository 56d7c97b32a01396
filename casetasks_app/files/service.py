"""Keep uploaded files, make them part of a case, remove them, and tidy up what nothing refers to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.errors import NotFound
from casetasks_app.files import store
from casetasks_app.files.store import Upload
from casetasks_app.history.service import Happened, record
from casetasks_app.models import CaseDraft, CreationDraft, StoredFile, Task, TaskStatus

DRAFTS_KEPT = timedelta(days=30)
REMOVED_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Place:
    """What a file belongs to. With `draft_key` it is not part of anything yet and its uploader's alone."""

    case_id: int | None = None
    task_id: int | None = None
    draft_key: str | None = None


def keep(session: Session, *, upload: Upload, place: Place, person_id: int | None, now: datetime) -> str:
    """Keep an upload and return its id; permission for the place is the caller's to check.

    The content is moved before the row is committed: a crash in between leaves a file nobody refers to, which
    `sweep` removes, and never a row without content. Raises NotUploaded.
    """
    file_id = store.keep(upload)
    session.add(
        StoredFile(
            id=file_id,
            case_id=place.case_id,
            task_id=place.task_id,
            draft_key=place.draft_key,
            name=upload.name,
            media_type=upload.media_type,
            size=upload.size,
            sha256=upload.sha256,
            added_by_id=person_id,
            added_at=now,
        )
    )
    session.flush()
    if place.case_id and not place.draft_key and not place.task_id:
        _record_added(session, place.case_id, person_id, upload.name, now)
    return file_id


def claim_drafts(
    session: Session, *, draft_key: str, case_id: int, person_id: int, only: Collection[str] | None = None, now: datetime
) -> list[str]:
    """Make what a person uploaded under this key part of the case, and return the ids; with `only`, drop the rest."""
    mine = (StoredFile.draft_key == draft_key, StoredFile.added_by_id == person_id, col(StoredFile.removed_at).is_(None))
    found = session.exec(select(StoredFile).where(*mine).order_by(col(StoredFile.added_at), StoredFile.id)).all()
    kept: list[str] = []
    for file in found:
        if only is not None and file.id not in only:
            file.removed_at = now
            continue
        file.case_id, file.draft_key = case_id, None
        kept.append(file.id)
        _record_added(session, case_id, person_id, file.name, now)
    session.flush()
    return kept


def remove_draft(session: Session, *, file_id: str, person_id: int, now: datetime) -> None:
    """Take back one's own upload that was not sent yet; raises NotFound for any other file."""
    removed = session.exec(
        sa.update(StoredFile)
        .where(
            col(StoredFile.id) == file_id,
            col(StoredFile.draft_key).is_not(None),
            col(StoredFile.added_by_id) == person_id,
            col(StoredFile.removed_at).is_(None),
        )
        .values(removed_at=now)
    )
    if not removed.rowcount:
        raise NotFound


def forget(session: Session, *, now: datetime) -> int:
    """Delete the rows of uploads that were never sent, after 30 days (B11); returns how many.

    Those in the draft of a task's step stay as long as the task can still be answered, those of a case or task that is
    about to be as long as its draft.
    """
    open_tasks = select(Task.id).where(Task.status == TaskStatus.NEW)
    key = col(StoredFile.draft_key)
    old = sa.delete(StoredFile).where(
        key.is_not(None),
        key.not_in(select(CaseDraft.raise_key)) & key.not_in(select(CreationDraft.creation_key)),
        col(StoredFile.added_at) < now - DRAFTS_KEPT,
        col(StoredFile.task_id).is_(None) | col(StoredFile.task_id).not_in(open_tasks),
    )
    return session.exec(old).rowcount


def sweep(session: Session, *, now: datetime) -> int:
    """Remove contents that nothing refers to, and those of files removed 30 days ago; returns how many.

    Reads what is committed, so it runs in a transaction of its own after `forget`. What arrived within the last
    day is left alone: its row may be about to be committed.
    """
    gone = store.drop_unfinished(now)
    for ids in store.shelves(now):
        alive = sa.or_(col(StoredFile.removed_at).is_(None), col(StoredFile.removed_at) > now - REMOVED_KEPT)
        kept = set(session.exec(select(StoredFile.id).where(col(StoredFile.id).in_(ids), alive))) if ids else set[str]()
        for file_id in ids - kept:
            store.drop(file_id)
        gone += len(ids - kept)
    return gone


def _record_added(session: Session, case_id: int, person_id: int | None, name: str, now: datetime) -> None:
    record(session, case_id=case_id, kind=Happened.FILE_ADDED, actor_id=person_id, now=now, name=name)
