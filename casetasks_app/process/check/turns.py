"""Whether a multi-instance step can be done as often as it says, and gathers what its form asks for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from casetasks_app.process.check.decisions import possible_values, wording
from casetasks_app.process.check.variables import OPAQUE, START_VALUES, UNSET, Known
from casetasks_app.process.expressions import ExpressionRefused, evaluate_in, names_read
from casetasks_app.process.model import MOST_TURNS, Node, Repetition
from casetasks_app.task_types.fields import FieldRow

MOST_CASES = 1_000
_LISTS = frozenset({"choices", "checklist", "files"})
_OF_OTHERS = frozenset({"nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances", "loopCounter"})


def turn_problems(node: Node, known: Known, asked: Sequence[FieldRow], settings: Collection[str]) -> Iterator[str]:
    """What is wrong with a repeated step whose form asks these fields."""
    repetition = node.repetition
    if repetition is None:
        return
    yield from _name_problems(repetition, {row.name for row in asked}, settings)
    fields = [row.name for row in asked if row.has_answer]
    if asked and repetition.output_field not in fields:
        yield f"gathers {repetition.output_field!r}, which {node.form} does not ask; it asks {', '.join(fields)}"
    yield from _until_problems(repetition, known, fields)
    if repetition.count is not None:
        yield from _count_problems(repetition.count, known)
    for origin in known.get(repetition.collection or "", frozenset()):
        if origin.row is not None and origin.row.kind not in _LISTS:
            yield f"{repetition.collection!r} is no list: its field is of kind {origin.row.kind}"


def _name_problems(repetition: Repetition, asked: Collection[str], settings: Collection[str]) -> Iterator[str]:
    for name in filter(None, (repetition.output, repetition.item)):
        if not name.isidentifier():
            yield f"{name!r} is no name for a variable"
    if repetition.output in {*START_VALUES, *settings, *asked}:
        yield f"the list {repetition.output!r} would hide another variable of that name"


def _until_problems(repetition: Repetition, known: Known, asked: Collection[str]) -> Iterator[str]:
    there = {name for name, origins in known.items() if UNSET not in origins} | {*asked, repetition.output}
    for name in sorted(names_read(filter(None, [repetition.until])) - there):
        instead = f"; count with len({repetition.output})" if name in _OF_OTHERS else ""
        yield f"its completion condition reads {name!r}, which nothing sets{instead}"


def _count_problems(count: str, known: Known) -> Iterator[str]:
    names = sorted(names_read([count]))
    told = [name for name in names if name in START_VALUES]
    if told:
        yield f"how often it is done cannot come from {told[0]!r}, which may hold anything; ask for it in a form or a setting"
    elif not any(OPAQUE in known.get(name, frozenset()) for name in names):
        domains = [possible_values(known.get(name, frozenset()), [count]) or [None] for name in names]
        cases = [dict(zip(names, values, strict=True)) for values in islice(product(*domains), MOST_CASES)]
        wrong = next((case for case in cases if not _is_number_of_turns(count, case)), None)
        if wrong is not None:
            when = " and ".join(wording(name, value) for name, value in wrong.items())
            yield f"how often it is done must be a whole number up to {MOST_TURNS:,}" + (f"; it is not when {when}" if when else "")


def _is_number_of_turns(count: str, case: Mapping[str, Any]) -> bool:
    try:
        value = evaluate_in(count, case)
    except ExpressionRefused:
        return False
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TURNS
