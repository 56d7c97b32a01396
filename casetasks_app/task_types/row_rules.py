"""What a row must not hold although it can be read: limits of another kind, defaults that are refused, values nobody can choose."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime

from casetasks_app.task_types.choosing import endings
from casetasks_app.task_types.fields import KINDS, FieldRow, Limits
from casetasks_app.task_types.grammar import ExpressionRefused, parsed
from casetasks_app.task_types.known import Known, NotAccepted
from casetasks_app.task_types.reading import read

_LIMITS: Mapping[str, frozenset[str]] = {
    "text": frozenset({"max_length"}),
    "long text": frozenset({"max_length"}),
    "number": frozenset({"at_least", "at_most"}),
    "money": frozenset({"at_least", "at_most"}),
    "date": frozenset({"when"}),
    "date and time": frozenset({"when"}),
    "files": frozenset({"max_files", "max_mb", "file_types"}),
}
_WITHOUT_DEFAULT = frozenset({"files", "person", "team", "checklist", "questions", "note"})
_NOBODY = Known(datetime(2000, 1, 1, tzinfo=UTC))
_TRUTHS = frozenset({"yes", "no", "true", "false"})


def content_problems(rows: Sequence[FieldRow]) -> list[str]:
    """Everything that would only show when somebody answers, each sentence naming its field; for rows without other problems."""
    named = {row.name: row for row in rows}
    return [f"{row.name}: {reason}" for row in rows if row.kind in KINDS for reason in _reasons(row, named)]


def _reasons(row: FieldRow, named: Mapping[str, FieldRow]) -> Iterator[str]:
    yield from _options(row)
    yield from _limits(row)
    yield from _default(row)
    yield from _compared(row, named)


def _options(row: FieldRow) -> Iterator[str]:
    if any(not value.strip() or not label.strip() for value, label in row.options):
        yield "an option has no value or no label."
    elif len({label for _, label in row.options}) < len(row.options):
        yield "two options have the same label."


def _limits(row: FieldRow) -> Iterator[str]:
    limits = row.limits
    given = {each.name for each in fields(Limits) if getattr(limits, each.name) not in (None, "", ())}
    for name in sorted(given - _LIMITS.get(row.kind, frozenset())):
        yield f"the kind {row.kind} has no limit called {name}."
    for name in ("max_length", "max_files", "max_mb"):
        most = getattr(limits, name)
        if most is not None and most < 1:
            yield f"{name} must be 1 or more."
    if limits.at_least is not None and limits.at_most is not None and limits.at_least > limits.at_most:
        yield "at_least is more than at_most."
    if not all(each.isalnum() for each in endings(row)):
        yield "file_types must be endings of file names, such as pdf."


def _default(row: FieldRow) -> Iterator[str]:
    if row.default is None:
        return
    if row.kind in _WITHOUT_DEFAULT:
        yield f"the kind {row.kind} takes no default."
        return
    try:
        read(replace(row, limits=replace(row.limits, when="")), row.default, _NOBODY)
    except NotAccepted as refusal:
        yield f"its own default is refused: {refusal}"


def _compared(row: FieldRow, named: Mapping[str, FieldRow]) -> Iterator[str]:
    """A condition that can never hold as it is meant: it reads a note, or compares with what is no option."""
    try:
        tree = parsed(row.show_if) if row.show_if else None
    except ExpressionRefused:
        return
    for part in ast.walk(tree) if tree else ():
        other = named.get(part.id) if isinstance(part, ast.Name) else None
        if other is not None and not other.has_answer:
            yield f"show_if reads {other.name}, which is a note and has no answer."
        if isinstance(part, ast.Compare):
            yield from _comparison(part, named)


def _comparison(compared: ast.Compare, named: Mapping[str, FieldRow]) -> Iterator[str]:
    sides = [compared.left, *compared.comparators]
    asked = [named[side.id] for side in sides if isinstance(side, ast.Name) and side.id in named]
    texts = [part.value for side in sides for part in ast.walk(side) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    for other in asked:
        if other.kind == "yes/no" and _TRUTHS & set(texts):
            yield f"show_if compares {other.name} with a text; write {other.name} == true or {other.name} == false."
        if other.kind in {"choice", "choices"}:
            for text in sorted(set(texts) - {value for value, _ in other.options}):
                yield f"show_if compares {other.name} with '{text}', which is none of its options."
