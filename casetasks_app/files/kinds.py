"""Which files are taken: recognised by what they hold, never by what a browser says they are."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FIRST_BYTES = 8
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = "vbaproject.bin"
_MOST_MEMBERS = 20_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file that is taken: the endings its name may have, and what it is sent as."""

    endings: tuple[str, ...]
    media_type: str
    start: bytes
    holds: Callable[[Path], bool]


def _anything(_file: Path) -> bool:
    return True


def _office(member: str) -> Callable[[Path], bool]:
    """Recognise an Office Open XML package by its main part; one with macros is none of ours."""

    def holds(file: Path) -> bool:
        try:
            with zipfile.ZipFile(file) as package:
                names = {info.filename.lower() for info in package.infolist()[:_MOST_MEMBERS]}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return False
        return {"[content_types].xml", member} <= names and not any(name.endswith(_MACROS) for name in names)

    return holds


def _compound(*streams: str) -> Callable[[Path], bool]:
    """Recognise an old Office file by the name of its main stream, kept in UTF-16 in its directory."""
    wanted = [f"{stream}\0".encode("utf-16-le") for stream in streams]

    def holds(file: Path) -> bool:
        content = file.read_bytes()
        return any(name in content for name in wanted)

    return holds


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
KINDS = (
    Kind(("pdf",), "application/pdf", b"%PDF-", _anything),
    Kind(("jpg", "jpeg"), "image/jpeg", b"\xff\xd8\xff", _anything),
    Kind(("png",), "image/png", b"\x89PNG\r\n\x1a\n", _anything),
    Kind(("docx",), f"{_OPEN_XML}.wordprocessingml.document", _ZIP, _office("word/document.xml")),
    Kind(("xlsx",), f"{_OPEN_XML}.spreadsheetml.sheet", _ZIP, _office("xl/workbook.xml")),
    Kind(("doc",), "application/msword", _OLE, _compound("WordDocument")),
    Kind(("xls",), "application/vnd.ms-excel", _OLE, _compound("Workbook", "Book")),
)
ENDINGS = tuple(f".{ending}" for kind in KINDS for ending in kind.endings)
"""For the file chooser: what a person sees offered."""


def may_become(name: str, start: bytes) -> bool:
    """Tell whether a file of this name that begins so can still turn out to be one that is taken."""
    return any(start.startswith(kind.start[: len(start)]) for kind in KINDS if _ending(name) in kind.endings)


def kind_of(name: str, file: Path) -> Kind | None:
    """Return the kind that both the name and the content of a complete file say, or None."""
    with file.open("rb") as opened:
        start = opened.read(FIRST_BYTES)
    for kind in KINDS:
        if _ending(name) in kind.endings and start.startswith(kind.start) and kind.holds(file):
            return kind
    return None


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()
