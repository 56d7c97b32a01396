"""Rows: what a form is made of, as JSON and back, and what makes no form."""

import json

import pytest

from casetasks_app.task_types.fields import KINDS, FieldRow, Limits
from casetasks_app.task_types.forms import Form, FormRefused, RowsRefused, deciding, field, from_rows, rows


class Visit(Form):
    """Every kind of question at once."""

    where: str = field("Where", what="where it was")
    report: str = field("Report", "long text", max_length=100)
    people: int = field("People met", "number", at_least=0, at_most=20)
    cost: float = field("Cost", "money", required=False, at_least=0)
    on: str = field("Day", "date", when="today or past")
    at: str = field("Appointment", "date and time", default="2026-11-26T14:30:00+00:00")
    reached: bool = field("Somebody was there", "yes/no")
    kind: str = field("Kind", "choice", options=[("n", "Noise"), ("d", "Damp")])
    rooms: list[str] = field("Rooms", "choices", options=[("k", "Kitchen")], show_if="kind == 'd'")
    photos: list[str] = field("Photos", "files", max_files=3, max_mb=5, file_types=("jpg", "png"))
    expert: str = field("Expert", "person", show_if="expert_wanted")
    expert_wanted: bool = field("Ask an expert", "yes/no", required=False)
    squad: str = field("Team", "team", required=False, help="Who repairs it.")
    looked_at: list[object] = field("Looked at", "checklist", options=[("door", "Front door")])
    hint: str = field("Bring your badge.", "note")
    more: list[object] = field("More questions", "questions", required=False)


def test_every_kind_is_in_the_form_these_tests_use():
    assert {row.kind for row in rows(Visit)} == set(KINDS)


def test_rows_survive_being_stored_as_json():
    """S12."""
    stored = json.loads(json.dumps([row.to_json() for row in rows(Visit)]))

    again = from_rows(stored)

    assert rows(again) == rows(Visit)
    assert [row.to_json() for row in rows(again)] == stored


def test_a_stored_row_leaves_out_what_is_as_usual():
    row = FieldRow("reason", "Reason", limits=Limits(at_least=0))

    assert row.to_json() == {"name": "reason", "label": "Reason", "limits": {"at_least": 0}}


def test_options_may_be_written_as_plain_texts():
    (row,) = rows(from_rows([{"name": "kind", "label": "Kind", "kind": "choice", "options": ["Noise", ["d", "Damp"]]}]))

    assert row.options == (("Noise", "Noise"), ("d", "Damp"))


def test_a_stored_form_may_use_names_that_python_uses_too():
    form = from_rows([{"name": name, "label": name} for name in ("copy", "json", "model_fields", "class", "validate")])

    assert [row.name for row in rows(form)] == ["copy", "json", "model_fields", "class", "validate"]


def test_all_problems_of_stored_rows_are_told_at_once():
    with pytest.raises(RowsRefused) as refused:
        from_rows(
            [
                "text",
                {"name": "age"},
                {"name": "size", "label": "Size", "colour": "red"},
                {"name": "many", "label": "Many", "required": "yes"},
                {"name": "Big", "label": " "},
                {"name": "kind", "label": "Kind", "kind": "choice"},
                {"name": "odd", "label": "Odd", "kind": "slider"},
                {"name": "not", "label": "Not"},
            ]
        )

    assert refused.value.problems == (
        "Each field must be a record with a name and a label.",
        "age: the label is missing.",
        "size: colour is not known here.",
        "many: required has a value of the wrong kind.",
        "Big: the name must be small letters, digits and _, at most 60.",
        "Big: the label is missing.",
        "kind: the options are missing.",
        f"odd: the kind must be one of {', '.join(KINDS)}.",
        "not: the name is a word of the language of conditions.",
    )


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        ([("a", "b == 1")], "a: show_if reads b, which is no field here."),
        ([("a", "b"), ("b", "a")], "a: show_if goes round in circles. b: show_if goes round in circles."),
        ([("a", ""), ("a", "")], "a: two fields have this name. a: two fields have this name."),
        ([("a", "1 +")], "a: show_if '1 +': '+' is not understood here."),
    ],
)
def test_a_condition_that_cannot_be_worked_out_makes_no_form(stored, problem):
    with pytest.raises(RowsRefused) as refused:
        from_rows([{"name": name, "label": name, "show_if": show_if} for name, show_if in stored])

    assert str(refused.value) == problem


def test_a_form_has_at_most_two_hundred_fields():
    with pytest.raises(RowsRefused, match="at most 200 fields"):
        from_rows([{"name": f"f{number}", "label": "Field"} for number in range(201)])


def test_options_and_limits_of_the_wrong_shape_are_refused():
    for wrong in (
        {"options": [1]},
        {"options": [["a", "b", "c"]]},
        {"limits": {"max_length": True}},
        {"limits": {"x": 1}},
        {"limits": 3},
        {"limits": {"file_types": [1]}},
    ):
        with pytest.raises(RowsRefused):
            FieldRow.from_json({"name": "a", "label": "A", **wrong})


def test_a_class_whose_rows_make_no_form_is_refused_where_it_is_written():
    with pytest.raises(FormRefused, match="Broken: kind: the options are missing"):
        type("Broken", (Form,), {"__annotations__": {"kind": str}, "kind": field("Kind", "choice")})


def test_a_field_that_is_not_made_with_field_is_refused():
    with pytest.raises(FormRefused, match=r"Broken\.age is not made with field"):
        type("Broken", (Form,), {"__annotations__": {"age": int}})


def test_the_one_choice_that_is_always_asked_decides():
    assert deciding(Visit) == rows(Visit)[7]
    assert deciding(from_rows([])) is None


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (FieldRow("a", "Reason"), "Enter reason."),
        (FieldRow("a", "URL of the page"), "Enter URL of the page."),
        (FieldRow("a", "Reason", what="a reason"), "Enter a reason."),
        (FieldRow("a", "How old is it?"), "Enter an answer to “How old is it?”."),
        (FieldRow("a", "Visit", "date", what="the day of the visit"), "Select the day of the visit."),
    ],
)
def test_a_missing_answer_is_asked_for_in_the_words_of_the_form(row, sentence):
    assert row.missing == sentence


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"kind": "date", "limits": {"max_length": 5}}, "a: the kind date has no limit called max_length."),
        ({"kind": "text", "limits": {"max_length": 0}}, "a: max_length must be 1 or more."),
        ({"kind": "number", "limits": {"at_least": 5, "at_most": 2}}, "a: at_least is more than at_most."),
        ({"kind": "files", "limits": {"max_files": 0}}, "a: max_files must be 1 or more."),
        ({"kind": "files", "limits": {"file_types": ["*/*"]}}, "a: file_types must be endings of file names, such as pdf."),
        ({"kind": "files", "default": "x"}, "a: the kind files takes no default."),
        ({"kind": "number", "default": "many"}, "a: its own default is refused: A must be a whole number, like 5."),
        ({"kind": "choice", "options": ["x"], "default": "y"}, "a: its own default is refused: Select a."),
        ({"kind": "choice", "options": [["", "Nothing"]]}, "a: an option has no value or no label."),
        ({"kind": "choices", "options": [["x", "Same"], ["y", "Same"]]}, "a: two options have the same label."),
        ({"show_if": "kind == 'noice'"}, "a: show_if compares kind with 'noice', which is none of its options."),
        ({"show_if": "'k' in rooms and 'z' in rooms"}, "a: show_if compares rooms with 'z', which is none of its options."),
        ({"show_if": "kind in ['n', 'x']"}, "a: show_if compares kind with 'x', which is none of its options."),
        ({"show_if": "told == 'yes'"}, "a: show_if compares told with a text; write told == true or told == false."),
        ({"show_if": "read_me == 'x'"}, "a: show_if reads read_me, which is a note and has no answer."),
    ],
)
def test_what_would_only_show_when_somebody_answers_is_refused_with_the_form(row, problem):
    """S12: a form built in configuration has nobody who tries it out before."""
    others = [
        {"name": "kind", "label": "Kind", "kind": "choice", "options": [["n", "Noise"], ["d", "Damp"]]},
        {"name": "rooms", "label": "Rooms", "kind": "choices", "options": [["k", "Kitchen"]]},
        {"name": "told", "label": "Told", "kind": "yes/no"},
        {"name": "read_me", "label": "Read this", "kind": "note"},
    ]

    with pytest.raises(RowsRefused) as refused:
        from_rows([{"name": "a", "label": "A", **row}, *others])

    assert refused.value.problems == (problem,)


def test_conditions_that_can_hold_are_left_alone():
    conditions = [
        "kind == 'n'",
        "told",
        "told == true",
        "not told",
        "len(rooms) > 0",
        "lower(free) == 'yes'",
        "kind == null",
        "'k' in rooms",
    ]
    rows_given = [{"name": f"a{number}", "label": "A", "show_if": each} for number, each in enumerate(conditions)]
    others = [
        {"name": "kind", "label": "Kind", "kind": "choice", "options": ["n"]},
        {"name": "rooms", "label": "Rooms", "kind": "choices", "options": ["k"]},
        {"name": "told", "label": "Told", "kind": "yes/no", "default": True},
        {"name": "free", "label": "Free"},
    ]

    assert len(rows(from_rows([*rows_given, *others]))) == len(conditions) + len(others)
