"""A YAML file as nodes that know their lines: safe to read whatever it holds, and never guessing what a word means."""

import re
from collections.abc import Callable, Iterator
from typing import cast

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, DocumentStartEvent, Event, ScalarEvent

from casetasks_app.configuration.problems import UNPRINTABLE, ConfigurationRefused, Path, Problem

LARGEST = 1_000_000
DEEPEST = 20

# The library does not say what its functions take and give.
_parse = cast("Callable[..., Iterator[Event]]", yaml.parse)  # pyright: ignore[reportUnknownMemberType]
_compose = cast("Callable[..., yaml.Node | None]", yaml.compose)  # pyright: ignore[reportUnknownMemberType]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null"})
_TRUE = frozenset({"yes", "true"})
_FALSE = frozenset({"no", "false"})
_WHOLE = re.compile(r"[+-]?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}\.[0-9]{1,15}")


def root_of(text: str) -> yaml.Node | None:
    """Return the top node of the one document in `text`, None when it is empty.

    Raises ConfigurationRefused for what no configuration needs and some files are made to do harm with: more than
    1,000,000 characters, aliases, tags, nesting deeper than 20, several documents; and for what is no YAML.
    """
    if len(text) > LARGEST:
        raise ConfigurationRefused([Problem("", f"The file is larger than {LARGEST:,} characters.")])
    try:
        problems = list(_dangers(_parse(text, Loader=_Loader)))
        if problems:
            raise ConfigurationRefused(problems)
        return _compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise ConfigurationRefused([Problem("", f"This is not YAML: {error.problem or error.context}.", line=line)]) from error
    except yaml.YAMLError as error:
        raise ConfigurationRefused([Problem("", f"This is not YAML: {str(error).splitlines()[0]}.")]) from error


def line_of(node: yaml.Node) -> int:
    """Return the line on which a node starts, counted from 1."""
    return node.start_mark.line + 1


def pairs(node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, yaml.ScalarNode, yaml.Node]]:
    """Give keys and values of a mapping; raises ConfigurationRefused for a key that is no text or stands twice."""
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ConfigurationRefused([Problem("", "A name must be one word or a text.", path, line_of(key))])
        name = str(key.value)
        if name in seen:
            raise ConfigurationRefused([Problem("", f"'{name}' stands here twice, first on line {seen[name]}.", path, line_of(key))])
        seen[name] = line_of(key)
        yield name, key, value


def plain(node: yaml.Node, path: Path) -> object:
    """Return what a node says as JSON: yes and no are booleans, digits numbers, anything in quotes is text."""
    if isinstance(node, yaml.MappingNode):
        return {name: plain(value, (*path, name)) for name, _, value in pairs(node, path)}
    if isinstance(node, yaml.SequenceNode):
        return [plain(value, (*path, index)) for index, value in enumerate(node.value)]
    text = str(node.value)
    return text if is_quoted(node) else _scalar(text)


def is_nothing(node: yaml.Node) -> bool:
    """Tell whether a setting is named without a value."""
    return isinstance(node, yaml.ScalarNode) and not is_quoted(node) and node.value in _NOTHING


def is_quoted(node: yaml.Node) -> bool:
    """Tell whether a value stands in quotes or in a block, and so is text whatever it says."""
    return bool(getattr(node, "style", None))


def truth(text: str) -> bool | None:
    """Return what a yes or no says, None when it says neither."""
    word = text.lower()
    return True if word in _TRUE else False if word in _FALSE else None


def whole(text: str) -> int | None:
    """Return a whole number, None when it is none."""
    return int(text) if _WHOLE.fullmatch(text) else None


def _scalar(text: str) -> object:
    if text in _NOTHING:
        return None
    said = truth(text)
    if said is not None:
        return said
    number = whole(text)
    if number is None and _DECIMAL.fullmatch(text):
        decimal = float(text)
        return int(decimal) if decimal.is_integer() else decimal
    return text if number is None else number


def _dangers(events: Iterator[Event]) -> Iterator[Problem]:
    depth = documents = 0
    for event in events:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        documents += isinstance(event, DocumentStartEvent)
        danger = _danger(event, depth, documents)
        if danger:
            yield Problem("", danger, line=event.start_mark.line + 1)
            return


def _danger(event: Event, depth: int, documents: int) -> str:
    if isinstance(event, ScalarEvent) and UNPRINTABLE.search(str(event.value)):
        return "This text contains a character that cannot be shown."
    if isinstance(event, AliasEvent):
        return "Aliases (*name) are not allowed here. Write the value out."
    if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag not in (None, "!"):
        return f"Tags ({event.tag}) are not allowed here."
    too_deep = f"The file is nested deeper than {DEEPEST} levels." if depth > DEEPEST else ""
    return too_deep or ("The file must hold one document; a second starts here." if documents > 1 else "")
