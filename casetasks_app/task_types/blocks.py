"""The blocks that a summary is made of: plain values that a page draws and the database keeps as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import ClassVar, Literal, TypeAlias

from casetasks_app.task_types.shapes import Json, items, record

Pairs: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Short things side by side: pairs of label and value."""

    kind: ClassVar[str] = "facts"
    items: Pairs
    title: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Something somebody wrote, line breaks kept, with who and when below it."""

    kind: ClassVar[str] = "text"
    text: str
    title: str = ""
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The one thing the reader came for, drawn large; `tone` chooses the icon, the words carry the meaning."""

    kind: ClassVar[str] = "decision"
    text: str
    tone: Literal["good", "bad", "neutral"] = "neutral"
    title: str = ""
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column headings; the first cell of a row names it."""

    kind: ClassVar[str] = "table"
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Things looked at, each with the answer in words and a comment or nothing."""

    kind: ClassVar[str] = "checklist"
    items: tuple[tuple[str, str, str], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """Files to open: pairs of id and name."""

    kind: ClassVar[str] = "files"
    items: Pairs
    title: str = "Files"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: `words` says it ("answered 2 of 5"), the numbers draw it."""

    kind: ClassVar[str] = "progress"
    done: int
    total: int
    words: str
    title: str = ""


Block: TypeAlias = Facts | Text | Decision | Table | Checklist | Files | Progress

_BLOCKS: Mapping[str, type[Block]] = {block.kind: block for block in (Facts, Text, Decision, Table, Checklist, Files, Progress)}
_WITHOUT_KIND = frozenset({"kind"})


def blocks_to_json(blocks: Iterable[Block]) -> list[dict[str, Json]]:
    """The blocks as JSON, lists instead of tuples; `blocks_from_json` makes equal blocks of it."""
    return [{"kind": block.kind, **_listed(asdict(block))} for block in blocks]


def blocks_from_json(stored: Iterable[Mapping[str, Json]]) -> tuple[Block, ...]:
    """The stored blocks; one that this version does not know becomes text, so that nothing recorded disappears."""
    return tuple(_block(each) for each in stored)


def _block(stored: Mapping[str, Json]) -> Block:
    kind = _BLOCKS.get(str(stored.get("kind")))
    values = {key: _tupled(value) for key, value in stored.items() if key not in _WITHOUT_KIND}
    if kind is None or not set(values) <= {field.name for field in fields(kind)}:
        return Text("\n".join(_words(value) for value in values.values() if value), title=str(stored.get("kind", "")))
    return kind(**values)


def _words(value: Json) -> str:
    several = items(value)
    return str(value) if several is None else "\n".join(_words(each) for each in several)


def _listed(value: Json) -> Json:
    inner = record(value)
    if inner is not None:
        return {key: _listed(each) for key, each in inner.items()}
    several = items(value)
    return value if several is None else [_listed(each) for each in several]


def _tupled(value: Json) -> Json:
    several = items(value)
    return value if several is None else tuple(_tupled(each) for each in several)
