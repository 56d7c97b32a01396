"""The form of a multipurpose task: the questions of its task type, and nothing else."""

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from casetasks_app.task_types.forms import FieldRow, Form, Json, Refused, field, from_rows
from casetasks_app.task_types.jobs import START_VALUES

MOST_QUESTIONS = 60
_EXAMPLE = (FieldRow("answer", "What do you want to say?", "long text"),)


class Settings(Form):
    """What a task type that uses this plugin sets."""

    questions: list[dict[str, Json]] = field(
        "Questions",
        "questions",
        what="at least one question",
        help="Each has a name, a label and a kind, like the fields of a case form.",
    )

    @model_validator(mode="after")
    def can_be_answered(self) -> Self:
        """Refuse forms that are too long, ask nothing, or use the names of other variables."""
        asked = [FieldRow.from_json(each) for each in self.questions or ()]
        if len(asked) > MOST_QUESTIONS:
            raise Refused(f"Questions must be {MOST_QUESTIONS} or less.", field="questions")
        if not any(row.has_answer for row in asked):
            raise Refused("Enter at least one question that is not a note.", field="questions")
        taken = sorted({row.name for row in asked} & (START_VALUES | {"questions"}))
        if taken:
            raise Refused(f"{taken[0]}: every process has a variable of this name. Choose another one.", field="questions")
        return self


def fill_in_form(settings: Mapping[str, Json]) -> type[Form]:
    """The one form of the task, for a task type with these settings."""
    return from_rows(settings.get("questions") or _EXAMPLE, name="FillIn")
