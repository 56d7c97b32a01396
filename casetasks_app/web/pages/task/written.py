"""What the browser sent of a form: to which step it belongs, and its answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from casetasks_app.task_types.forms import FieldRow
from casetasks_app.web.ui.form_rows import ShownField, answers_of

MARK = "of"
"""The name under which a form says which task and step it belongs to."""


def answers_in(data: Mapping[str, Any], rows: Iterable[FieldRow], *, drawn: Iterable[ShownField] | None) -> dict[str, Any]:
    """Return the answers to the questions that were drawn; files are not among them, the server knows those.

    A form that was left is no longer known: what it sent something for was drawn.
    """
    sent = {name: value for name, value in data.items() if name != MARK}
    names = {each.name for each in drawn} if drawn is not None else {name.partition(":")[0] for name in sent}
    asked = [row for row in rows if row.name in names and row.has_answer and row.kind != "files"]
    given = answers_of(sent, asked)
    return {row.name: given[row.name] for row in asked}


def named_in(data: Mapping[str, Any]) -> tuple[int, int]:
    """Return the ids of the task and the step the answers are for."""
    return ids_of(str(data.get(MARK, "")))


def ids_of(mark: str) -> tuple[int, int]:
    """Return the ids in a form's mark; zeros for what is none."""
    task, _, step = mark.partition("-")
    return (int(task), int(step)) if task.isdecimal() and step.isdecimal() else (0, 0)
