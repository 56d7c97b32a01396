"""The one small language of conditions (`grammar.py`): in process models, in `show_if`, and nowhere anything more."""

import ast
import operator
import threading
from collections.abc import Callable, Mapping
from typing import Any, cast

from simpleeval import EvalWithCompoundTypes, InvalidExpression  # pyright: ignore[reportMissingTypeStubs]

from casetasks_app.task_types.grammar import RESERVED, ExpressionRefused, names_in, parsed
from casetasks_app.task_types.shapes import Json, items, record

__all__ = ["RESERVED", "ExpressionRefused", "evaluate", "is_true", "names_in"]


def evaluate(text: str, names: Mapping[str, object]) -> Json:
    """The value of `text` where `names` gives the variables.

    Null is smaller than nothing and larger than nothing: ordering against null is false, `len(null)` is 0.
    Raises ExpressionRefused, and nothing else, whatever the text and the values are.
    """
    tree = parsed(text)
    try:
        return _evaluator().work_out(text, tree.body, names)
    except InvalidExpression as refusal:
        raise ExpressionRefused(text, _in_words(refusal)) from refusal
    except (TypeError, ValueError, KeyError, RecursionError) as refusal:
        raise ExpressionRefused(text, str(refusal) or "it cannot be worked out") from refusal


def is_true(text: str, names: Mapping[str, object]) -> bool:
    """Whether the condition holds; empty text, zero, an empty list and null do not. Raises ExpressionRefused."""
    return bool(evaluate(text, names))


def _in_words(refusal: InvalidExpression) -> str:
    name = getattr(refusal, "name", None)
    return f"nothing is called {name!r}" if name else str(refusal)


def _equal(left: object, right: object) -> bool:
    """Equality in which true is not 1: an answer “yes” never passes for the number."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _ordered(compare: Callable[[Any, Any], bool], sign: str) -> Callable[[object, object], bool]:
    def ordered(left: object, right: object) -> bool:
        if left is None or right is None:
            return False
        try:
            return compare(left, right)
        except TypeError as refusal:
            raise TypeError(f"{_kind(left)} and {_kind(right)} cannot be compared with {sign}") from refusal

    return ordered


def _contains(item: object, container: object) -> bool:
    if container is None:
        return False
    if isinstance(container, str):
        return isinstance(item, str) and item in container
    return item in _collection(container, "'in'")


def _len(value: object) -> int:
    if value is None:
        return 0
    return len(value) if isinstance(value, str) else len(_collection(value, "len()"))


def _collection(value: object, asker: str) -> list[Json]:
    names = record(value)
    found = items(value) if names is None else [*names]
    if found is None:
        raise TypeError(f"{asker} needs a list or a text, not {_kind(value)}")
    return found


def _lower(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"lower() needs a text, not {_kind(value)}")
    return value.lower()


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a record")


def _unequal(left: object, right: object) -> bool:
    return not _equal(left, right)


def _lacks(item: object, container: object) -> bool:
    return not _contains(item, container)


class _Evaluator(EvalWithCompoundTypes):
    """simpleeval with nothing but this language: no attributes of Python objects, only keys of records."""

    def __init__(self) -> None:
        super().__init__(operators=_OPERATORS, names={})  # pyright: ignore[reportUnknownMemberType]
        self.functions = _FUNCTIONS  # set afterwards: what is given to the base class gets list, dict and set added
        cast("dict[type[ast.AST], Callable[[Any], object]]", self.nodes)[ast.Attribute] = self._record_value  # pyright: ignore[reportUnknownMemberType]

    def work_out(self, text: str, tree: ast.expr, names: Mapping[str, object]) -> Json:
        self.names = names
        try:
            return self.eval(text, previously_parsed=tree)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        finally:
            self.names = {}

    def _record_value(self, node: ast.Attribute) -> Json:
        value = cast("Json", self._eval(node.value))  # pyright: ignore[reportUnknownMemberType]
        if value is None:
            return None
        found = record(value)
        if found is None:
            raise TypeError(f"{_kind(value)} has no part called {node.attr!r}")
        return found.get(node.attr)


def _evaluator() -> _Evaluator:
    """This thread's own: making one is slow and touches the warning filters of the whole process."""
    if not hasattr(_of_this_thread, "evaluator"):
        _of_this_thread.evaluator = _Evaluator()
    return _of_this_thread.evaluator


_of_this_thread = threading.local()
_KINDS: dict[type, str] = {bool: "a yes or no", int: "a number", float: "a number", str: "a text", list: "a list", tuple: "a list"}
_OPERATORS: dict[type[ast.AST], Callable[..., object]] = {
    ast.Eq: _equal,
    ast.NotEq: _unequal,
    ast.Lt: _ordered(operator.lt, "<"),
    ast.LtE: _ordered(operator.le, "<="),
    ast.Gt: _ordered(operator.gt, ">"),
    ast.GtE: _ordered(operator.ge, ">="),
    ast.In: _contains,
    ast.NotIn: _lacks,
    ast.Not: operator.not_,
    ast.USub: operator.neg,
}
_FUNCTIONS: dict[str, Callable[..., object]] = {"len": _len, "lower": _lower}
