"""What programs cannot answer: questions for files, which are added on pages. The words say where."""

from collections.abc import Iterable
from typing import TypeVar

from casetasks_app.cases.complete import FormIncomplete
from casetasks_app.cases.new import CaseRefused
from casetasks_app.task_types.fields import FieldRow

R = TypeVar("R", FormIncomplete, CaseRefused)
_NOT_HERE = "“{label}” asks for files, which this interface does not take. Add them on the page: {page}"


def worded(refusal: R, rows: Iterable[FieldRow], page: str) -> R:
    """Return the refusal of answers; where it is about files, its message says on which page they are added.

    What is said beside each question stays what the one check says.
    """
    label = next((row.label for row in rows if row.kind == "files" and row.name in refusal.problems), "")
    return type(refusal)(refusal.problems, _NOT_HERE.format(label=label, page=page)) if label else refusal
