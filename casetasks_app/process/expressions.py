"""Slots and conditions of a process model, worked out against the task's own variables, never against token data."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from casetasks_app.task_types.expressions import ExpressionRefused, evaluate, is_true, names_in

__all__ = ["ExpressionRefused", "evaluate_in", "fill", "holds", "names_read", "reason_against", "slots_in"]

_SLOT = re.compile(r"[$#]\{([^{}]*)\}")


class _Known(dict[str, Any]):
    """Variables in which one that was never set is null."""

    def __missing__(self, name: str) -> None:
        return None


def holds(condition: str, variables: Mapping[str, object]) -> bool:
    """Whether a condition is true; a variable never set is null. Raises ExpressionRefused."""
    return is_true(condition, _Known(variables))


def evaluate_in(text: str, variables: Mapping[str, object]) -> object:
    """The value of an expression; a variable never set is null. Raises ExpressionRefused."""
    return evaluate(text, _Known(variables))


def slots_in(text: str) -> list[str]:
    """The expressions in the slots of a text: `Visit ${case.reference}` has `case.reference`."""
    return _SLOT.findall(text)


def fill(text: str, variables: Mapping[str, object]) -> object:
    """A text with its slots filled in; a text that is one slot and nothing more gives that slot's value as it is.

    Raises ExpressionRefused.
    """
    known = _Known(variables)
    whole = _SLOT.fullmatch(text.strip())
    if whole:
        return evaluate(whole[1], known)
    return _SLOT.sub(lambda slot: _as_text(evaluate(slot[1], known)), text)


def names_read(texts: Iterable[str]) -> set[str]:
    """The variables that these expressions read; what cannot be read counts for nothing (it is refused elsewhere)."""
    read: set[str] = set()
    for text in texts:
        try:
            read |= names_in(text)
        except ExpressionRefused:
            continue
    return read


def reason_against(text: str) -> str | None:
    """Why `text` is no expression, or None when it is one."""
    try:
        names_in(text)
    except ExpressionRefused as refused:
        return str(refused)
    return None


def _as_text(value: object) -> str:
    return "" if value is None else str(value)
