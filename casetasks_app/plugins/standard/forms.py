"""What the standard task asks, with the outcomes its task type offers."""

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from casetasks_app.task_types.forms import FieldRow, Form, Json, Limits, Refused, field, from_rows, lines

MOST_OUTCOMES = 10
LONGEST_OUTCOME = 60


class Settings(Form):
    """What a task type that uses this plugin may set."""

    outcomes: str = field(
        "Outcomes",
        "long text",
        required=False,
        default="Done\nDone in part\nNot done",
        help="One on each line. The person who does the task chooses one of them.",
        max_length=1_000,
    )

    @model_validator(mode="after")
    def can_be_chosen_from(self) -> Self:
        """Refuse lists that no one could choose from."""
        outcomes = lines(self.outcomes)
        if len(outcomes) > MOST_OUTCOMES:
            raise Refused(f"Outcomes must be {MOST_OUTCOMES} lines or less.", field="outcomes")
        if any(len(outcome) > LONGEST_OUTCOME for outcome in outcomes):
            raise Refused(f"Each outcome must be {LONGEST_OUTCOME} characters or less.", field="outcomes")
        if len(set(outcomes)) < len(outcomes):
            raise Refused("Each outcome must be different from the others.", field="outcomes")
        return self


def result_form(settings: Mapping[str, Json]) -> type[Form]:
    """The one form of the task, for a task type with these settings."""
    outcomes = tuple((outcome, outcome) for outcome in lines(settings["outcomes"]))
    return from_rows(
        [
            FieldRow("outcome", "Outcome", "choice", options=outcomes, what="an outcome"),
            FieldRow("note", "Note for the case manager", "long text", required=False, limits=Limits(max_length=4_000)),
            FieldRow("files", "Attachments", "files", required=False),
        ],
        name="Result",
    )
