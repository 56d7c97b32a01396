"""What a record of one's own work asks, with the kinds of work its task type offers."""

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from casetasks_app.task_types.forms import FieldRow, Form, Json, Refused, field, from_rows, lines, rows

MOST_KINDS = 15
LONGEST_KIND = 60
MOST_HOURS = 99
MOST_MINUTES = 59


class Settings(Form):
    """What a task type that uses this plugin may set."""

    kinds: str = field(
        "Kinds of work",
        "long text",
        required=False,
        help="One on each line. Without any, the kind of work is not asked for.",
        max_length=1_000,
    )

    @model_validator(mode="after")
    def can_be_chosen_from(self) -> Self:
        """Refuse lists that no one could choose from."""
        kinds = lines(self.kinds)
        if len(kinds) > MOST_KINDS:
            raise Refused(f"Kinds of work must be {MOST_KINDS} lines or less.", field="kinds")
        if any(len(kind) > LONGEST_KIND for kind in kinds):
            raise Refused(f"Each kind of work must be {LONGEST_KIND} characters or less.", field="kinds")
        if len(set(kinds)) < len(kinds):
            raise Refused("Each kind of work must be different from the others.", field="kinds")
        return self


class Work(Form):
    """What is asked of everybody; the kind of work comes before it where the task type has some."""

    work: str = field("What did you do?", "long text", what="what you did", max_length=4_000)
    done_on: str = field("Date of the work", "date", what="when you did it", when="today or past")
    hours: int = field("Time spent: hours", "number", required=False, at_least=0, at_most=MOST_HOURS)
    minutes: int = field("Time spent: minutes", "number", required=False, at_least=0, at_most=MOST_MINUTES)

    @model_validator(mode="after")
    def took_some_time(self) -> Self:
        """Work that took no time was not done; the record is for adding up."""
        if not (self.hours or self.minutes):
            raise Refused("Enter how long it took, in hours, minutes or both.", field="hours")
        return self


def record_form(settings: Mapping[str, Json]) -> type[Form]:
    """The form of the record, for a task type with these settings."""
    kinds = tuple((kind, kind) for kind in lines(settings.get("kinds")))
    if not kinds:
        return Work
    asked = FieldRow("kind", "Kind of work", "choice", options=kinds, what="a kind of work")
    return from_rows([asked, *rows(Work)], name="Work", base=Work)
