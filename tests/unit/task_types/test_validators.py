"""Rules across fields: a form's own validators, in their own words, whatever they do."""

from datetime import UTC, datetime
from typing import Self

import pytest
from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from casetasks_app.task_types.forms import Form, Known, Problems, Refused, check_answers, field

KNOWN = Known(now=datetime(2026, 11, 20, 10, 0, tzinfo=UTC))


class Period(Form):
    """Two numbers that belong together."""

    first: int = field("First", "number")
    last: int = field("Last", "number", required=False)

    @model_validator(mode="after")
    def goes_forward(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise Refused("Last must not come before first.", field="last")
        return self

    @field_validator("first")
    @classmethod
    def is_wanted(cls, value: int) -> int:
        if value == 13:
            raise ValueError("First must not be 13.")
        if value == 14:
            raise PydanticCustomError("unlucky", "First must not be 14.")
        if value == 15:
            raise AssertionError("First must not be 15.")
        return value

    @model_validator(mode="after")
    def breaks_at_nine(self) -> Self:
        if self.first == 9:
            raise KeyError("inner detail")
        return self


class Lying(Form):
    """Declares types that its kinds do not give."""

    day: int = field("Day", "date", what="a day")
    short: str = field("Short", required=False)
    limited: str = Field(default=None, max_length=2, json_schema_extra=field("Limited", what="it").json_schema_extra)


def problems(form, **raw) -> dict[str, str]:
    found = check_answers(form, raw, known=KNOWN)
    return found.by_field if isinstance(found, Problems) else {}


def test_answers_that_go_together_are_accepted():
    assert check_answers(Period, {"first": "2", "last": "3"}, known=KNOWN) == {"first": 2, "last": 3}


def test_what_was_not_answered_is_null_for_a_validator():
    assert check_answers(Period, {"first": "2", "last": ""}, known=KNOWN) == {"first": 2, "last": None}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"first": "3", "last": "2"}, {"last": "Last must not come before first."}),
        ({"first": "13"}, {"first": "First must not be 13."}),
        ({"first": "14"}, {"first": "First must not be 14."}),
        ({"first": "15"}, {"first": "First must not be 15."}),
    ],
)
def test_a_validator_refuses_in_its_own_words_beside_its_field(raw, said):
    assert problems(Period, **raw) == said


def test_a_validator_that_breaks_is_reported_without_its_details(caplog):
    said = problems(Period, first="9")

    assert said == {"": "This form could not be checked. What you typed is still here. Tell your service desk: Period."}
    assert "a validator of the form Period failed" in caplog.text


def test_a_form_that_lies_about_its_types_still_speaks_our_words(caplog):
    said = problems(Lying, day="2026-11-20", limited="long")

    assert said == {"day": "Select a day.", "limited": "Enter it."}
    assert "the form Lying declares day with a type that its kind does not give" in caplog.text
