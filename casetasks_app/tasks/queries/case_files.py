"""The files of a case as they are offered and listed."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casetasks_app.models import StoredFile
from casetasks_app.sla import words

_KB, _MB = 1_000, 1_000_000


@dataclass(frozen=True, slots=True)
class FileOption:
    """One file of the case that could be sent with the task."""

    id: str
    name: str
    size: str
    added: str


def files(session: Session, *, case_id: int, draft_key: str, now: datetime) -> list[FileOption]:
    """Return the files of the case, and those uploaded in this dialog."""
    found = session.exec(
        select(StoredFile)
        .where(
            StoredFile.case_id == case_id,
            col(StoredFile.task_id).is_(None),
            col(StoredFile.removed_at).is_(None),
            col(StoredFile.draft_key).is_(None) | (col(StoredFile.draft_key) == draft_key),
        )
        .order_by(col(StoredFile.added_at), col(StoredFile.id))
        .limit(200)
    )
    return [FileOption(each.id, each.name, size_in_words(each.size), words.short_date(each.added_at, now)) for each in found]


def size_in_words(size: int) -> str:
    """Return "1.2 MB", "840 KB", "12 bytes"."""
    if size >= _MB:
        return f"{size / _MB:.1f} MB"
    return f"{size // _KB} KB" if size >= _KB else f"{size} bytes"
