"""The configuration as one YAML file: read with every problem and its line, written so that it reads back the same."""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from typing import Any

import yaml

from casetasks_app.configuration import document, setups
from casetasks_app.configuration.layout import FILE
from casetasks_app.configuration.problems import ConfigurationRefused, Path, Problem
from casetasks_app.configuration.shapes import Kind, Section, Sections, Unreadable

WIDTH = 120
SHORT = 40


@dataclass(frozen=True, slots=True)
class Parsed:
    """A configuration as its file has it, and on which line each setting stands."""

    configuration: setups.Configuration
    lines: dict[Path, int]

    def line(self, path: Path) -> int | None:
        """Return the line of a setting, or of the nearest section around it that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def parsed(text: str) -> Parsed:
    """Read a file; raises ConfigurationRefused with every value that cannot be read, unknown and missing names too."""
    root = document.root_of(text)
    if root is None:
        raise ConfigurationRefused([Problem("", "The file is empty.")])
    reader = _Reader()
    configuration = reader.section(FILE, root, ())
    if reader.problems:
        raise ConfigurationRefused(reader.problems)
    return Parsed(configuration, reader.lines)


def written(configuration: setups.Configuration) -> str:
    """Return the file for a configuration, in the one order and without what is as usual; `parsed` reads it back equal."""
    plain = _plain(FILE, setups.in_order(configuration))
    return yaml.dump(plain, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)


class _Reader:
    """Collects problems and lines while it walks through the file."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.lines: dict[Path, int] = {}

    def section(self, shape: Section, node: yaml.Node, path: Path) -> Any:  # noqa: ANN401  whatever the section makes
        if document.is_nothing(node) and not any(key.is_required for key in shape.keys):
            return shape.makes()
        if not isinstance(node, yaml.MappingNode):
            return self._refuse("must be a list of settings with values.", node, path)
        keys = {key.name: key for key in shape.keys}
        values: dict[str, Any] = {}
        for name, name_node, value in document.pairs(node, path):
            self.lines[*path, name] = document.line_of(name_node)
            if name not in keys:
                self._refuse(_unknown(name, list(keys)), name_node, path)
            else:
                values[keys[name].attribute] = self._value(keys[name].kind, value, (*path, name))
        missing = [key.name for key in shape.keys if key.is_required and key.attribute not in values]
        for name in missing:
            self._refuse(f"'{name}' is missing.", node, path)
        return None if missing else shape.makes(**values)

    def _value(self, kind: Kind | Section | Sections, node: yaml.Node, path: Path) -> Any:  # noqa: ANN401
        if isinstance(kind, Section):
            return self.section(kind, node, path)
        try:
            return tuple(self._items(kind.of, node, path)) if isinstance(kind, Sections) else kind.read(node, path)
        except Unreadable as unreadable:
            for message in unreadable.args:
                self._refuse(message, node, path)
            return None

    def _items(self, shape: Section, node: yaml.Node, path: Path) -> Iterator[Any]:
        if document.is_nothing(node):
            return
        if not isinstance(node, yaml.SequenceNode):
            msg = "must be a list, each item starting with '- '."
            raise Unreadable(msg)
        for index, item in enumerate(node.value):
            self.lines[*path, index] = document.line_of(item)
            yield self.section(shape, item, (*path, index))

    def _refuse(self, message: str, node: yaml.Node, path: Path) -> None:
        where = " → ".join(str(part + 1) if isinstance(part, int) else part for part in path)
        self.problems.append(Problem(where, message, path, document.line_of(node)))


def _unknown(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"'{name}' is not a setting. " + (f"Did you mean '{close[0]}'?" if close else f"Use {', '.join(known)}.")


def _plain(shape: Section, value: object) -> dict[str, object]:
    usual = {each.name: _usual(each) for each in fields(shape.makes)}
    made: dict[str, object] = {}
    for key in shape.keys:
        own = getattr(value, key.attribute)
        if key.is_required or own != usual[key.attribute]:
            made[key.name] = _written(key.kind, own)
    return made


def _written(kind: Kind | Section | Sections, value: Any) -> object:  # noqa: ANN401
    if isinstance(kind, Sections):
        return [_plain(kind.of, item) for item in value]
    return _plain(kind, value) if isinstance(kind, Section) else kind.write(value)


def _usual(field: Any) -> object:  # noqa: ANN401  dataclasses.Field is generic in its default
    return field.default_factory() if field.default_factory is not MISSING else field.default


class _Writer(yaml.SafeDumper):
    """Writes booleans as yes and no, long texts as blocks, short lists on one line, and never an alias."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  the library gives it
        return True


def _yes_or_no(_writer: yaml.SafeDumper, value: bool) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:bool", "yes" if value else "no")


def _text(_writer: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


def _list(writer: yaml.SafeDumper, value: list[Any]) -> yaml.SequenceNode:
    is_short = all(isinstance(item, str | int) and len(str(item)) < SHORT for item in value)
    return writer.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=is_short)


_Writer.add_representer(bool, _yes_or_no)
_Writer.add_representer(str, _text)
_Writer.add_representer(list, _list)
