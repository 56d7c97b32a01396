"""What becomes of questions that a task type's settings hold: a form, built in configuration."""

from casetasks_app.task_types.declaring import from_rows, rows
from casetasks_app.task_types.fields import FieldRow, RowsRefused
from casetasks_app.task_types.known import NotAccepted
from casetasks_app.task_types.shapes import Json, items


def read_questions(row: FieldRow, raw: object) -> Json:
    """The rows of a form that is built in configuration, as they are stored. Raises NotAccepted with everything wrong."""
    given = [] if raw is None or raw == "" else items(raw)
    if given is None:
        raise NotAccepted(f"{row.label} must be a list, each entry with a name, a label and a kind.")
    try:
        made = rows(from_rows(given))
    except RowsRefused as refusal:
        raise NotAccepted(" ".join(refusal.problems)) from refusal
    inner = [each.name for each in made if each.kind == "questions"]
    if inner:
        raise NotAccepted(f"{inner[0]}: questions cannot ask for questions.")
    return [each.to_json() for each in made]
