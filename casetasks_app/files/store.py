"""The private store on disk: `files/ab/abcdef…` in the data folder, named by random ids, readable by us alone."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import NoReturn

from casetasks_app import settings
from casetasks_app.errors import CaseTasksError
from casetasks_app.files import kinds

LONGEST_NAME = 200
UNFINISHED_FOR = timedelta(days=1)

_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_ID = re.compile(r"[0-9a-f]{32}")


class FileRefused(CaseTasksError):
    """This file cannot be taken."""


class WrongKind(FileRefused):
    """This file must be a PDF, Word, Excel, JPG or PNG."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(f"'{name}' must be a PDF, Word, Excel, JPG or PNG.")


class TooLarge(FileRefused):
    """This file is too large."""

    def __init__(self, name: str) -> None:
        """Name the file and the limit."""
        super().__init__(f"'{name}' must be smaller than {settings.load().max_file_mb} MB.")


class Empty(FileRefused):
    """This file is empty."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(f"'{name}' is empty.")


class NotUploaded(FileRefused):
    """This file could not be uploaded."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(f"'{name}' could not be uploaded. Try again.")


class TooMany(FileRefused):
    """Too many files at once."""

    def __init__(self, count: int) -> None:
        """Say how many have to go."""
        most = settings.load().max_files
        over = count - most
        super().__init__(f"You can add up to {most} files. Remove {over} {'file' if over == 1 else 'files'}.")


@dataclass(frozen=True, slots=True)
class Upload:
    """A complete, accepted file that waits in the store to be kept."""

    part: Path
    name: str
    media_type: str
    size: int
    sha256: str


class Part:
    """A file that is arriving, written piece by piece; blocking, so called from a thread.

    Every method that refuses has removed what was written so far.
    """

    def __init__(self, name: str) -> None:
        """Open an empty part for a file with this name; raises NotUploaded when nothing can be written."""
        self.name = shown_name(name)
        self._start = b""
        self._size = 0
        self._digest = hashlib.sha256()
        try:
            self._path = _folder("arriving") / secrets.token_hex(16)
            self._file = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except OSError as error:
            raise NotUploaded(self.name) from error

    def write(self, piece: bytes) -> None:
        """Add the next piece; raises TooLarge, WrongKind as soon as it is certain, or NotUploaded when the disk refuses."""
        self._size += len(piece)
        self._start = (self._start + piece[: kinds.FIRST_BYTES])[: kinds.FIRST_BYTES]
        if self._size >= settings.load().max_file_mb * 1_000_000:
            self._refuse(TooLarge(self.name))
        if not kinds.may_become(self.name, self._start):
            self._refuse(WrongKind(self.name))
        self._digest.update(piece)
        try:
            self._file.write(piece)
        except (OSError, ValueError):
            self._refuse(NotUploaded(self.name))

    def finish(self) -> Upload:
        """Close the part and return it, safely on disk; raises Empty, WrongKind or NotUploaded."""
        if not self._size:
            self._refuse(Empty(self.name))
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except (OSError, ValueError):
            self._refuse(NotUploaded(self.name))
        kind = kinds.kind_of(self.name, self._path)
        if kind is None:
            self._refuse(WrongKind(self.name))
        return Upload(self._path, self.name, kind.media_type, self._size, self._digest.hexdigest())

    def close(self) -> None:
        """Stop writing; what was written waits to be finished or swept away."""
        self._file.close()

    def discard(self) -> None:
        """Remove what was written; harmless when it is gone already."""
        self.close()
        self._path.unlink(missing_ok=True)

    def _refuse(self, refusal: FileRefused) -> NoReturn:
        self.discard()
        raise refusal


def check_count(count: int) -> None:
    """Raise TooMany for more files than may be added at once."""
    if count > settings.load().max_files:
        raise TooMany(count)


def shown_name(name: str) -> str:
    """Return a name that is safe to show and to save: no folders, no controls, no reversed text, at most 200 characters."""
    base = PurePosixPath(name.replace("\\", "/")).name
    clean = " ".join(_UNSHOWABLE.sub("", base).split()).lstrip(".")
    if len(clean) > LONGEST_NAME:
        stem, dot, ending = clean.rpartition(".")
        clean = stem[: LONGEST_NAME - len(dot + ending)] + dot + ending if len(ending) < 10 else clean[:LONGEST_NAME]  # noqa: PLR2004
    return clean or "file"


def keep(upload: Upload) -> str:
    """Move an upload to its place for good and return its new id; raises NotUploaded."""
    file_id = secrets.token_hex(16)
    try:
        _folder(file_id[:2])
        upload.part.rename(path_of(file_id))
    except OSError as error:
        upload.part.unlink(missing_ok=True)
        raise NotUploaded(upload.name) from error
    return file_id


def path_of(file_id: str) -> Path:
    """Return where a file lies; raises ValueError for what is no id of ours."""
    if not _ID.fullmatch(file_id):
        msg = "not the id of a file"
        raise ValueError(msg)
    return _root() / file_id[:2] / file_id


def content(file_id: str) -> bytes:
    """Return a kept file's content; raises OSError when it is gone, ValueError for what is no id of ours."""
    return path_of(file_id).read_bytes()


def shelves(now: datetime) -> Iterator[set[str]]:
    """Give the ids of the kept files that are older than a day, a folder at a time."""
    for folder in sorted(_root().glob("[0-9a-f][0-9a-f]")):
        yield {file.name for file in folder.iterdir() if _ID.fullmatch(file.name) and _is_old(file, now)}


def drop(file_id: str) -> None:
    """Remove a kept file's content."""
    path_of(file_id).unlink(missing_ok=True)


def drop_unfinished(now: datetime) -> int:
    """Remove parts that began more than a day ago and were never kept; returns how many."""
    old = [part for part in _folder("arriving").iterdir() if _is_old(part, now)]
    for part in old:
        part.unlink(missing_ok=True)
    return len(old)


def _is_old(file: Path, now: datetime) -> bool:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC) < now - UNFINISHED_FOR


def _root() -> Path:
    return settings.load().data_dir / "files"


def _folder(name: str) -> Path:
    folder = _root() / name
    if not folder.is_dir():
        _root().mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder
