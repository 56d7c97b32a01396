"""Which notes an investigation leaves in the case history: its updates, public or private as their author chose."""

from casetasks_app.task_types.forms import Answers
from casetasks_app.task_types.notes import Note


def note(step: str, answers: Answers) -> Note | None:
    """The note of one turn; the findings are the task's result and no note."""
    del step
    update = answers.get("update")
    return Note(update, is_private=answers.get("readers") == "private") if update else None
