"""Questions about files: what a case, a task or a draft has, and one file to download."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from casetasks_app.files import rules, store
from casetasks_app.files.rules import Viewer
from casetasks_app.models import Case, Person, StoredFile, Task, TaskFile, TaskStep

MOST = 500
_Listed = Select[StoredFile, str, int]
_KILO = 1000


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in a list; `task_number` names the task in whose answers it came."""

    id: str
    name: str
    size: str
    media_type: str
    added_by: str
    added_at: datetime
    task_number: int | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """What is needed to send one file, as an attachment and never as a page."""

    path: Path
    name: str
    media_type: str
    size: int
    sha256: str


def of_case(session: Session, *, case_id: int, with_answers: bool = True) -> list[FileRow]:
    """Return the files of a case, newest first (at most 500); without those that came as answers of tasks if so asked."""
    query = _list().where(StoredFile.case_id == case_id, col(StoredFile.draft_key).is_(None))
    return _rows(session, query if with_answers else query.where(col(StoredFile.task_id).is_(None)))


def sent_with(session: Session, *, task_id: int) -> list[FileRow]:
    """Return the files of the case that were sent with a task (B6)."""
    sent = select(TaskFile.file_id).where(TaskFile.task_id == task_id)
    return _rows(session, _list().where(col(StoredFile.id).in_(sent)))


def answered_in(session: Session, *, task_id: int) -> list[FileRow]:
    """Return the files that came with a task's answers."""
    return _rows(session, _list().where(StoredFile.task_id == task_id, col(StoredFile.draft_key).is_(None)))


def drafts(session: Session, *, draft_key: str, person_id: int) -> list[FileRow]:
    """Return what a person has uploaded under this key and not sent yet."""
    return _rows(session, _list().where(StoredFile.draft_key == draft_key, StoredFile.added_by_id == person_id))


def names(session: Session, *, ids: Collection[str]) -> dict[str, str]:
    """Return the names of these files, removed ones too: what was said about them stays readable."""
    return dict(session.exec(select(StoredFile.id, StoredFile.name).where(col(StoredFile.id).in_(ids)).limit(MOST)).all())


def download(session: Session, *, file_id: str, viewer: Viewer) -> Download | None:
    """Return a file for somebody who may have it; None for everybody else, and when there is no such file."""
    found = session.exec(
        select(StoredFile, Case.case_type_id).join(Case, col(Case.id) == StoredFile.case_id, isouter=True).where(StoredFile.id == file_id)
    ).first()
    if found is None or not rules.may_download(viewer, _shared(session, *found)):
        return None
    file = found[0]
    path = store.path_of(file.id)
    return Download(path, file.name, file.media_type, file.size, file.sha256) if path.is_file() else None


def _shared(session: Session, file: StoredFile, case_type_id: int | None) -> rules.Shared:
    having = select(TaskFile.task_id).where(TaskFile.file_id == file.id)
    steps = session.exec(select(TaskStep).where(sa.or_(col(TaskStep.task_id).in_(having), col(TaskStep.task_id) == file.task_id))).all()
    holders = {step.assignee_id for step in steps} | {step.completed_by_id for step in steps}
    drafted_for = next((step for step in steps if rules.step_key(step.id or 0) == file.draft_key), None)
    return rules.Shared(
        case_type_id=case_type_id,
        drafting_id=drafted_for.assignee_id if drafted_for and drafted_for.completed_at is None else None,
        added_by_id=file.added_by_id,
        is_draft=file.draft_key is not None,
        is_removed=file.removed_at is not None,
        people=frozenset(person for person in holders if person),
        teams=frozenset(step.team_id for step in steps if step.is_for_team and step.team_id),
        team_ids=frozenset(step.team_id for step in steps if step.team_id),
    )


def _list() -> _Listed:
    return (
        select(StoredFile, Person.name, Task.number)
        .join(Person, col(Person.id) == StoredFile.added_by_id, isouter=True)
        .join(Task, col(Task.id) == StoredFile.task_id, isouter=True)
        .where(col(StoredFile.removed_at).is_(None))
        .order_by(col(StoredFile.added_at).desc(), col(StoredFile.id))
        .limit(MOST)
    )


def _rows(session: Session, query: _Listed) -> list[FileRow]:
    return [
        FileRow(file.id, file.name, size_words(file.size), file.media_type, name or "", file.added_at, number)
        for file, name, number in session.exec(query)
    ]


def size_words(size: int) -> str:
    """Return a size as people read it: "812 bytes", "14 kB", "1.2 MB"."""
    if size < _KILO:
        return f"{size} bytes"
    if size < _KILO * _KILO:
        return f"{round(size / _KILO)} kB"
    return f"{size / _KILO / _KILO:.1f} MB"
