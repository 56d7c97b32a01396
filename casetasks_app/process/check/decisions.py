"""Whether every gateway has a way out for everything that people may answer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from casetasks_app.process.check.flat import Spot
from casetasks_app.process.check.variables import OPAQUE, Known, Origin
from casetasks_app.process.expressions import ExpressionRefused, holds, names_read
from casetasks_app.process.model import Node
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.reading import LARGEST_NUMBER

MOST_CASES = 4_000
_TEXTS = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_NUMBERS = re.compile(r"(?<![\w.'\"])-?\d+(?:\.\d+)?")
_MOST_LISTED = 3
_TRIED = frozenset({"choice", "yes/no"})

Case = dict[str, Any]


def way_out_problems(spots: Mapping[str, Spot], arriving: Mapping[str, Known]) -> Iterator[tuple[Node, str, bool]]:
    """Gateways that some allowed answer leaves without a way on; the last value says whether it is only a warning."""
    for key, spot in spots.items():
        decides = spot.node.kind in {"exclusive", "inclusive"} and len(spot.arrows_out) > 1
        if decides and spot.node.default is None and key in arriving:
            yield from _gateway_problems(spot, arriving[key])


def idle_way_problems(spots: Mapping[str, Spot], arriving: Mapping[str, Known]) -> Iterator[tuple[Node, str]]:
    """Ways on that no answer ever leads to: most often a value that is written otherwise than in the form.

    Looked at where every answer can be tried: choices, and yes or no.
    """
    for key, spot in spots.items():
        for arrow in spot.arrows_out if spot.node.kind in {"exclusive", "inclusive"} and key in arriving else ():
            condition = arrow.flow.condition
            if condition and arrow.flow.id != spot.node.default and _never_holds(condition, arriving[key]):
                yield spot.node, f"the way to {arrow.target.node.id} is never taken: no answer makes {condition!r} true"


def _never_holds(condition: str, known: Known) -> bool:
    names = sorted(names_read([condition]))
    origins = [known.get(name) or frozenset({OPAQUE}) for name in names]
    if not all(each.row is not None and each.row.kind in _TRIED for every in origins for each in every):
        return False
    domains = [possible_values(every, [condition]) for every in origins]
    cases = [dict(zip(names, values, strict=True)) for values in islice(product(*domains), MOST_CASES + 1)]
    try:
        return len(cases) <= MOST_CASES and not any(holds(condition, case) for case in cases)
    except ExpressionRefused:
        return False


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
    by_kind: dict[str, Callable[[], list[Any]]] = {
        "choice": lambda: list(options),
        "choices": lambda: [[], *([option] for option in options), list(options)],
        "checklist": lambda: [[{"item": option, "answer": "yes", "comment": ""} for option in options]],
        "yes/no": lambda: [True, False],
        "number": lambda: list(_numbers(row, conditions)),
        "money": lambda: list(_numbers(row, conditions)),
        "files": lambda: [["file"]],
        "date": lambda: [*written, "0001-01-01", "9999-12-31"],
        "date and time": lambda: [*written, "0001-01-01", "9999-12-31"],
    }
    values = by_kind.get(row.kind, lambda: [*written, "any other text"])()
    return values if row.required and not row.show_if else [*values, None]


def _numbers(row: FieldRow, conditions: Sequence[str]) -> list[float]:
    """The limits, what the conditions name, and what lies beside it; of a number only whole ones."""
    low, high = row.limits.at_least, row.limits.at_most
    low, high = -LARGEST_NUMBER if low is None else low, LARGEST_NUMBER if high is None else high
    edges = {float(text) for condition in conditions for text in _NUMBERS.findall(condition)} | {float(low), float(high), 0.0}
    around = sorted((value + step for value in edges for step in (-1, -0.01, 0, 0.01, 1)), key=lambda value: (abs(value), value))
    inside = dict.fromkeys(value for value in around if low <= value <= high)
    return list(inside) if row.kind == "money" else [int(value) for value in inside if value.is_integer()]


def _described(lost: list[Case], cases: list[Case]) -> str:
    """The single answers that are enough to be lost; only where there are none, whole sets of answers."""
    single = [
        (name, value)
        for name in lost[0]
        for value in _unique([case[name] for case in lost])
        if all(case in lost for case in cases if _same(case[name], value))
    ]
    wordings = [wording(*pair) for pair in single] or [" and ".join(wording(name, value) for name, value in case.items()) for case in lost]
    wordings = list(dict.fromkeys(wordings)) if lost[0] else ["no condition is true"]
    more = f" (and {len(wordings) - _MOST_LISTED} more)" if len(wordings) > _MOST_LISTED else ""
    return " or ".join(wordings[:_MOST_LISTED]) + more


def wording(name: str, value: object) -> str:
    """One answer as a sentence part: `decision = 'return'`."""
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
