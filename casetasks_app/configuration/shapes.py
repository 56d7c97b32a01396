"""How each kind of setting is written in the file and read back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import yaml

from casetasks_app.configuration import document
from casetasks_app.configuration.problems import Path
from casetasks_app.configuration.setups import Amount, Windows
from casetasks_app.models.configuration import Unit
from casetasks_app.sla.windows import WEEKDAYS
from casetasks_app.task_types.fields import FieldRow, Json, RowsRefused

_AMOUNT = re.compile(r"([0-9]{1,9}) (day|hour)s?")
_WINDOW = re.compile(r"(\S{1,8}) to (\S{1,8})")
_TEXT_KEYS = frozenset({"name", "label", "kind", "help", "show_if", "what"})


class Unreadable(ValueError):
    """A value that is not of the kind its setting takes; one sentence an argument."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of value is read from a node and written as a plain value.

    `read` raises Unreadable. A plain value is what the YAML writer takes: texts, numbers, booleans, lists, dicts.
    """

    read: Callable[[yaml.Node, Path], Any]
    write: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a section: its name in the file, the attribute it fills, and its kind or section."""

    name: str
    attribute: str
    kind: "Kind | Section | Sections"
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A mapping that becomes one frozen value."""

    makes: type
    keys: tuple[Key, ...] = field(default_factory=tuple[Key, ...])


@dataclass(frozen=True, slots=True)
class Sections:
    """A list of sections of one shape."""

    of: Section


def text_of(node: yaml.Node, _path: Path = ()) -> str:
    """Return a scalar as the text it is, without the spaces around it; `no` and `007` stay what they are."""
    if not isinstance(node, yaml.ScalarNode):
        msg = "must be a text."
        raise Unreadable(msg)
    return "" if document.is_nothing(node) else str(node.value).strip()


def _items(node: yaml.Node) -> list[yaml.Node]:
    if document.is_nothing(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        msg = "must be a list."
        raise Unreadable(msg)
    return list(node.value)


def _entries(node: yaml.Node, path: Path) -> list[tuple[str, yaml.Node]]:
    if document.is_nothing(node):
        return []
    if not isinstance(node, yaml.MappingNode):
        msg = "must be a list of names with values."
        raise Unreadable(msg)
    return [(name, value) for name, _, value in document.pairs(node, path)]


def _flag(node: yaml.Node, _path: Path) -> bool:
    said = document.truth(text_of(node))
    if said is None:
        msg = f"must be yes or no, not '{text_of(node)}'."
        raise Unreadable(msg)
    return said


def _whole(node: yaml.Node, _path: Path) -> int:
    number = document.whole(text_of(node))
    if number is None or abs(number) > 10**9:
        msg = f"must be a whole number, not '{text_of(node)}'."
        raise Unreadable(msg)
    return number


def _amount(node: yaml.Node, _path: Path) -> Amount:
    found = _AMOUNT.fullmatch(text_of(node))
    if found is None:
        msg = f"must be a number of days or hours like '5 days' or '36 hours', not '{text_of(node)}'."
        raise Unreadable(msg)
    return Amount(int(found[1]), Unit(found[2] + "s"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        msg = f"'{text}' is not a date like 2026-12-25."
        raise Unreadable(msg) from error


def _windows(node: yaml.Node, _path: Path = ()) -> Windows:
    found: list[tuple[str, str]] = []
    for item in _items(node):
        window = _WINDOW.fullmatch(text_of(item))
        if window is None:
            msg = f"'{text_of(item)}' is not a time of opening like '09:00 to 17:00'."
            raise Unreadable(msg)
        found.append((window[1], window[2]))
    return tuple(found)


def _week(node: yaml.Node, path: Path) -> dict[str, Windows]:
    entries = _entries(node, path)
    for day, _ in entries:
        if day not in WEEKDAYS:
            msg = f"'{day}' is not a day of the week. Use {', '.join(WEEKDAYS)}."
            raise Unreadable(msg)
    return {day: _windows(value) for day, value in entries}


def _row(node: yaml.Node, path: Path) -> FieldRow:
    given: dict[str, object] = {}
    for name, value in _entries(node, path):
        if name in _TEXT_KEYS:
            given[name] = text_of(value)
        else:
            given[name] = _options(value) if name == "options" else document.plain(value, path)
    try:
        return FieldRow.from_json(given)
    except RowsRefused as refused:
        raise Unreadable(*refused.problems) from refused


def _options(node: yaml.Node) -> list[object]:
    return [_texts(item, ()) if isinstance(item, yaml.SequenceNode) else text_of(item) for item in _items(node)]


def _texts(node: yaml.Node, _path: Path) -> list[str]:
    return [text_of(item) for item in _items(node)]


def _written_row(row: FieldRow) -> Mapping[str, object]:
    stored = row.to_json()
    if row.options:
        stored["options"] = [value if value == label else [value, label] for value, label in row.options]
    return stored


def _written_windows(windows: Windows) -> list[str]:
    return [f"{opens} to {closes}" for opens, closes in windows]


def list_of(kind: Kind) -> Kind:
    """Return the kind of a list; its items are read one by one."""

    def read(node: yaml.Node, path: Path) -> tuple[Any, ...]:
        return tuple(kind.read(item, (*path, index)) for index, item in enumerate(_items(node)))

    return Kind(read, lambda value: [kind.write(item) for item in value])


def _plain_mapping(node: yaml.Node, path: Path) -> dict[str, object]:
    return {name: document.plain(value, (*path, name)) for name, value in _entries(node, path)}


def sorted_deeply(value: Json) -> Json:
    """Return JSON in its one form: keys in order and 2.0 as 2, since databases keep neither as it was given."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: sorted_deeply(item) for key, item in sorted(cast("Mapping[str, Json]", value).items())}
    return [sorted_deeply(item) for item in cast("list[Json]", value)] if isinstance(value, list) else value


TEXT = Kind(text_of, lambda value: value)
FLAG = Kind(_flag, lambda value: value)
WHOLE = Kind(_whole, lambda value: value)
AMOUNT = Kind(_amount, lambda value: value.words)
TEXTS = list_of(TEXT)
AMOUNTS = list_of(AMOUNT)
ANYTHING = Kind(_plain_mapping, sorted_deeply)
ROWS = list_of(Kind(_row, _written_row))
WEEK = Kind(_week, lambda value: {day: _written_windows(windows) for day, windows in value.items()})
HOLIDAYS = Kind(
    lambda node, path: {_day(day): text_of(value) for day, value in _entries(node, path)},
    lambda value: {day: name or None for day, name in value.items()},
)
EXCEPTIONS = Kind(
    lambda node, path: {_day(day): _windows(value) for day, value in _entries(node, path)},
    lambda value: {day: _written_windows(windows) for day, windows in value.items()},
)
