"""Whether every gateway has a way out for everything that people may answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from casetasks_app.process.check.flat import Spot
from casetasks_app.process.check.variables import OPAQUE, Known, Origin
from casetasks_app.process.expressions import ExpressionRefused, holds, names_read
from casetasks_app.process.model import Node
from casetasks_app.task_types.fields import FieldRow

MOST_CASES = 4_000
_TEXTS = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_NUMBERS = re.compile(r"(?<![\w.'\"])-?\d+(?:\.\d+)?")
_MOST_LISTED = 3

Case = dict[str, Any]


def way_out_problems(spots: Mapping[str, Spot], arriving: Mapping[str, Known]) -> Iterator[tuple[Node, str, bool]]:
    """Gateways that some allowed answer leaves without a way on; the last value says whether it is only a warning."""
    for key, spot in spots.items():
        decides = spot.node.kind in {"exclusive", "inclusive"} and len(spot.arrows_out) > 1
        if decides and spot.node.default is None and key in arriving:
            yield from _gateway_problems(spot, arriving[key])


def possible_values(origins: frozenset[Origin], conditions: Sequence[str]) -> list[Any]:
    """Values that stand for all that a variable may be, as far as these conditions can tell them apart."""
    values: list[Any] = []
    for origin in sorted(origins, key=repr):
        values.extend(_values_of(origin.row, conditions) if origin.row else [None])
    return [value for index, value in enumerate(values) if not _is_among(value, values[:index])]


def _gateway_problems(spot: Spot, known: Known) -> Iterator[tuple[Node, str, bool]]:
    conditions = [arrow.flow.condition for arrow in spot.arrows_out if arrow.flow.condition]
    names = sorted(names_read(conditions) & known.keys())
    unknown = [name for name in names if OPAQUE in known[name]]
    if unknown:
        yield spot.node, f"has no default way out, and what {unknown[0]!r} may be is not known beforehand", False
        return
    domains = [possible_values(known[name], conditions) for name in names]
    cases = [dict(zip(names, values, strict=True)) for values in islice(product(*domains), MOST_CASES + 1)]
    if len(cases) > MOST_CASES:
        yield spot.node, "has no default way out, and there are too many answers to try them all", True
        cases.pop()
    try:
        lost = [case for case in cases if not any(holds(condition, case) for condition in conditions)]
    except ExpressionRefused as refused:
        yield spot.node, f"cannot be worked out for every answer: {refused}", False
        return
    if lost:
        yield spot.node, f"no way out when {_described(lost, cases)}", False


def _values_of(row: FieldRow, conditions: Sequence[str]) -> list[Any]:
    written = [left or right for text in conditions for left, right in _TEXTS.findall(text)]
    options = [value for value, _ in row.options]
    may_be_hidden = bool(row.show_if)
    values: list[Any]
    match row.kind:
        case "choice":
            values = list(options)
        case "choices" | "checklist":
            values = [[], *([option] for option in options), list(options)]
        case "yes/no":
            return [True, False, None] if may_be_hidden else [True, False]
        case "number" | "money":
            values = _numbers(row, conditions)
        case "files":
            values = [["file"]]
        case "date" | "date and time":
            values = [*written, "0001-01-01", "9999-12-31"]
        case _:
            values = [*written, "any other text"]
    return values if row.required and not may_be_hidden else [*values, None]


def _numbers(row: FieldRow, conditions: Sequence[str]) -> list[float]:
    limits = (row.limits.at_least, row.limits.at_most)
    edges = {float(text) for condition in conditions for text in _NUMBERS.findall(condition)}
    edges |= {limit for limit in limits if limit is not None} | {0.0}
    around = sorted({value + step for value in edges for step in (-1, -0.01, 0, 0.01, 1)})
    low, high = limits[0] if limits[0] is not None else around[0], limits[1] if limits[1] is not None else around[-1]
    return [value for value in around if low <= value <= high]


def _described(lost: list[Case], cases: list[Case]) -> str:
    """The single answers that are enough to be lost; only where there are none, whole sets of answers."""
    single = [
        (name, value)
        for name in lost[0]
        for value in _unique([case[name] for case in lost])
        if all(case in lost for case in cases if _same(case[name], value))
    ]
    wordings = [_wording(*pair) for pair in single] or [
        " and ".join(_wording(name, value) for name, value in case.items()) for case in lost
    ]
    wordings = list(dict.fromkeys(wordings)) if lost[0] else ["no condition is true"]
    more = f" (and {len(wordings) - _MOST_LISTED} more)" if len(wordings) > _MOST_LISTED else ""
    return " or ".join(wordings[:_MOST_LISTED]) + more


def _wording(name: str, value: object) -> str:
    if value is None:
        return f"{name} is empty"
    if isinstance(value, bool):
        return f"{name} = {'yes' if value else 'no'}"
    if isinstance(value, float):
        return f"{name} = {value:g}"
    return f"{name} = {value!r}"


def _unique(values: list[Any]) -> list[Any]:
    return [value for index, value in enumerate(values) if not _is_among(value, values[:index])]


def _is_among(value: object, others: list[Any]) -> bool:
    return any(_same(value, other) for other in others)


def _same(left: object, right: object) -> bool:
    return type(left) is type(right) and left == right
