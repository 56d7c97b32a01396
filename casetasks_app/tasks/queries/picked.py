"""Tasks that are in hand already, all of one case: some left out, in another order, and what the filters offer. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from casetasks_app import finding
from casetasks_app.finding import Reference
from casetasks_app.models import TaskStatus
from casetasks_app.tasks.queries.choice import Choice, Labels, Offer
from casetasks_app.tasks.queries.offers import STATUS_NAMES, TARGET_NAMES
from casetasks_app.tasks.queries.rows import TaskRow

_LAST = "~"
"""Sorts behind every moment: a task without a target comes last."""

_VALUES: dict[str, Callable[[TaskRow], str]] = {
    "status": lambda row: row.status,
    "type": lambda row: str(row.type_id),
    "who": lambda row: row.who,
    "target": lambda row: row.group if row.status == TaskStatus.NEW else "",
}
_NAMES: dict[str, Callable[[TaskRow], str]] = {
    "status": lambda row: STATUS_NAMES[row.status],
    "type": lambda row: row.type_name,
    "who": lambda row: row.holder or row.last_holder,
    "target": lambda row: TARGET_NAMES.get(row.group, ""),
}
_ORDERS: dict[str, Callable[[TaskRow], str | int]] = {
    "task": lambda row: finding.folded(row.description),
    "who": lambda row: finding.folded(row.holder or row.last_holder) or _LAST,
    "status": lambda row: row.status_word,
    "target": lambda row: row.target.iso or _LAST,
    "number": lambda row: row.number,
}


def matching(rows: Iterable[TaskRow], choice: Choice) -> list[TaskRow]:
    """Return the tasks that match every filter and every word, in the order they came in."""
    words, typed = finding.words_of(choice.text), finding.reference_in(choice.text)
    return [row for row in rows if _is_chosen(row, choice) and (not choice.text or _is_found(row, words, typed))]


def ordered(rows: Sequence[TaskRow], choice: Choice) -> list[TaskRow]:
    """Return the tasks in the order that was asked for; equal ones by number, and what has no target comes last either way."""
    order = _ORDERS.get(choice.sort)
    if order is None:
        return list(rows)
    by_number = sorted(rows, key=lambda row: row.number)
    known = sorted((row for row in by_number if order(row) != _LAST), key=order, reverse=choice.is_descending)  # pyright: ignore[reportArgumentType]
    return [*known, *(row for row in by_number if order(row) == _LAST)]


def offers(rows: Sequence[TaskRow], choice: Choice, key: str) -> list[Offer]:
    """Return what one filter offers, with how many tasks each would show beside the other filters."""
    if key not in _VALUES:
        return []
    counted = Counter(_VALUES[key](row) for row in matching(rows, choice.without(key)))
    if key in {"target", "status"}:
        return [Offer(value, name, counted[value]) for value, name in (TARGET_NAMES if key == "target" else STATUS_NAMES).items()]
    names = {_VALUES[key](row): _NAMES[key](row) for row in rows}
    offered = [Offer(value, names[value], count) for value, count in counted.items() if value]
    return sorted(offered, key=lambda each: finding.folded(each.label))


def labels(rows: Sequence[TaskRow], choice: Choice) -> Labels:
    """Return the names of what is chosen, as far as these tasks have it."""
    fixed = {(key, value): name for key, names in (("target", TARGET_NAMES), ("status", STATUS_NAMES)) for value, name in names.items()}
    named = {(key, _VALUES[key](row)): _NAMES[key](row) for key in ("type", "who") for row in rows}
    chosen = {(key, value) for key, values in choice.filters for value in values}
    return {place: name for place, name in (fixed | named).items() if place in chosen}


def _is_chosen(row: TaskRow, choice: Choice) -> bool:
    return all(_VALUES[key](row) in values for key, values in choice.filters if key in _VALUES)


def _is_found(row: TaskRow, words: tuple[str, ...], typed: Reference | None) -> bool:
    text = " ".join((row.reference, row.description, row.type_name, row.holder or row.last_holder))
    return finding.is_found(words, finding.folded(text)) or (typed is not None and _is_meant(row, typed))


def _is_meant(row: TaskRow, typed: Reference) -> bool:
    prefix, _, number = row.case_reference.rpartition("-")
    is_case = number == str(typed.number) and typed.prefix in {"", prefix}
    return (is_case and typed.task in {0, row.number}) or (not typed.prefix and not typed.task and typed.number == row.number)
