"""What a collection of information asks: the questions of its task type, and whether the answers are enough."""

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from casetasks_app.task_types.forms import FieldRow, Form, Json, Limits, Refused, field, from_rows, lines

MOST_QUESTIONS = 30
LONGEST_QUESTION = 200
_EXAMPLE = "What do you know about this?"


class Settings(Form):
    """What a task type that uses this plugin sets."""

    questions: str = field(
        "Questions",
        "long text",
        what="at least one question",
        help="One on each line.",
        max_length=MOST_QUESTIONS * (LONGEST_QUESTION + 1),
    )

    @model_validator(mode="after")
    def can_be_asked(self) -> Self:
        """Refuse lists that are too long to draw or to answer."""
        asked = lines(self.questions)
        if len(asked) > MOST_QUESTIONS:
            raise Refused(f"Questions must be {MOST_QUESTIONS} lines or less.", field="questions")
        if any(len(question) > LONGEST_QUESTION for question in asked):
            raise Refused(f"Each question must be {LONGEST_QUESTION} characters or less.", field="questions")
        return self


def answer_form(settings: Mapping[str, Json]) -> type[Form]:
    """One answer for each question, or that it is not known; then files."""
    asked = list(enumerate(lines(settings.get("questions")) or [_EXAMPLE], start=1))
    answers = [row for number, question in asked for row in _question_rows(number, question)]
    return from_rows([*answers, FieldRow("files", "Attachments", "files", required=False)], name="Answer")


class Check(Form):
    """What the case manager says to the answers."""

    enough: str = field(
        "Is this enough?",
        "choice",
        what="whether this is enough",
        options=[("yes", "Yes, this is enough"), ("no", "No, ask again")],
    )
    missing: str = field(
        "What is still missing",
        "long text",
        what="what is still missing",
        help="The person who answers reads this.",
        show_if="enough == 'no'",
        max_length=4_000,
    )


def _question_rows(number: int, question: str) -> tuple[FieldRow, FieldRow]:
    unknown = f"unknown_{number}"
    limits = Limits(max_length=4_000)
    return (
        FieldRow(f"answer_{number}", question, "long text", show_if=f"not {unknown}", limits=limits),
        FieldRow(unknown, f"I do not have this information: {question}", "yes/no", required=False),
    )
