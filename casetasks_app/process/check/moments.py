"""Whether each timer has a moment for everything that people may answer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice, product
from typing import Any

from casetasks_app.process import timers
from casetasks_app.process.check.decisions import possible_values, wording
from casetasks_app.process.check.variables import OPAQUE, START_VALUES, Known, Origin
from casetasks_app.process.expressions import ExpressionRefused, names_read, slots_in
from casetasks_app.process.model import Node

MOST_CASES = 1_000
_ANY_TIME = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
_EXAMPLES = {"date": "2026-03-01", "date and time": "2026-03-01T09:00:00+00:00"}


def moment_problems(node: Node, known: Known) -> Iterator[str]:
    """A timer that could not be worked out when the process gets there, and the answer it could not be worked out from."""
    if node.timer is None:
        return
    names = sorted(names_read(slots_in(node.timer.text)))
    told = [name for name in names if name in START_VALUES]
    if told:
        yield f"when it is due cannot come from {told[0]!r}, which may hold anything; ask for it in a form or a setting"
    elif not any(OPAQUE in known.get(name, frozenset()) for name in names):
        domains = [_values(known.get(name, frozenset())) for name in names]
        for values in islice(product(*domains), MOST_CASES):
            reason = _reason_against(node.timer, dict(zip(names, values, strict=True)))
            if reason:
                answers = " and ".join(wording(name, value) for name, value in zip(names, values, strict=True))
                yield f"has no moment when {answers}: {reason}"
                return


def _values(origins: frozenset[Origin]) -> list[Any]:
    """What a variable may be; of all dates one stands for the others."""
    found: list[Any] = []
    for origin in sorted(origins, key=repr):
        example = _EXAMPLES.get(origin.row.kind) if origin.row else None
        if origin.row is None or example is None:
            found += possible_values(frozenset({origin}), [])
        else:
            found += [example] if origin.row.required and not origin.row.show_if else [example, None]
    return found or [None]


def _reason_against(timer: timers.Timer, case: dict[str, Any]) -> str:
    try:
        timers.due(timer, case, _ANY_TIME)
    except (timers.TimerRefused, ExpressionRefused) as refused:
        return str(refused)
    return ""
