"""What arrives from outside, looked at: is it a record, is it a list, which of its lines say something."""

from collections.abc import Mapping
from typing import Any, TypeAlias, cast

Json: TypeAlias = Any
"""None, a boolean, a number, a text, or lists and string-keyed dicts of these."""


def record(value: object) -> Mapping[str, Json] | None:
    """The value if it is a mapping with texts as keys."""
    if not isinstance(value, Mapping):
        return None
    found = cast("Mapping[object, Json]", value)
    return cast("Mapping[str, Json]", found) if all(isinstance(key, str) for key in found) else None


def items(value: object) -> list[Json] | None:
    """The items of a list or tuple."""
    return list(cast("list[Json]", value)) if isinstance(value, list | tuple) else None


def lines(text: object) -> list[str]:
    """The lines of an answer that say something, each stripped; none for an answer that was not given."""
    return [line.strip() for line in text.splitlines() if line.strip()] if isinstance(text, str) else []
