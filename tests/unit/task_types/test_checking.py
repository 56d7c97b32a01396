"""The one check of answers: what is stored, what is refused, and in which words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from casetasks_app.task_types.forms import FieldRow, Known, KnownFile, Limits, Problems, as_variables, check_answers, from_rows, rows, shown

KNOWN = Known(
    now=datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
    zone=ZoneInfo("Europe/London"),
    people={"7"},
    teams={"3"},
    files={"f1": KnownFile("plan.pdf", 1_000), "f2": KnownFile("big.pdf", 10_000_000), "f3": KnownFile("empty.pdf", 0)},
)


def row(kind, limits=None, **more) -> FieldRow:
    return FieldRow("it", "Answer", kind, limits=Limits(**(limits or {})), what="the answer", **more)


def checked(field_row, raw):
    found = check_answers(from_rows([field_row]), {"it": raw}, known=KNOWN)
    return found.by_field["it"] if isinstance(found, Problems) else found["it"]


COLOURS = (("r", "Red"), ("b", "Blue"))


@pytest.mark.parametrize(
    ("field_row", "raw", "stored"),
    [
        (row("text"), "  two\n lines ", "two  lines"),
        (row("text"), "<script>alert(1)</script>", "<script>alert(1)</script>"),
        (row("text"), "a\x00b\x1b[31m\ud800", "ab[31m"),
        (row("long text"), " one\r\ntwo\rthree ", "one\ntwo\nthree"),
        (row("number"), " 1,234 ", 1234),
        (row("number"), 5.0, 5),
        (row("number"), 0, 0),
        (row("money"), "£1,234.5", 1234.5),
        (row("money"), 12, 12.0),
        (row("date"), "26/11/2026", "2026-11-26"),
        (row("date and time"), "2026-07-01T14:30", "2026-07-01T14:30:00+01:00"),
        (row("yes/no"), "yes", True),
        (row("yes/no"), False, False),
        (row("yes/no", required=False), None, None),
        (row("choice", options=COLOURS), "b", "b"),
        (row("choices", options=COLOURS), ["b", "r", "b"], ["r", "b"]),
        (row("choices", options=COLOURS), "r", ["r"]),
        (row("files"), ["f1"], ["f1"]),
        (row("person"), "7", "7"),
        (row("team"), "3", "3"),
        (row("checklist", options=COLOURS), {"b": {"answer": "no", "comment": " x "}, "r": {"answer": "yes"}}, None),
        (row("text", required=False), "", None),
        (row("choices", options=COLOURS, required=False), None, []),
    ],
)
def test_an_answer_is_stored_as_json(field_row, raw, stored):
    found = checked(field_row, raw)

    if field_row.kind == "checklist":
        stored = [{"item": "r", "answer": "yes", "comment": ""}, {"item": "b", "answer": "no", "comment": "x"}]
    assert found == stored
    assert type(found) is type(stored)


@pytest.mark.parametrize(
    ("field_row", "raw", "sentence"),
    [
        (row("text"), " \t", "Enter the answer."),
        (row("text"), "\u200b \ufeff", "Enter the answer."),
        (row("text"), {"a": 1}, "Enter the answer."),
        (row("text"), "x" * 201, "Answer must be 200 characters or less."),
        (row("long text"), "x" * 1_000_000, "Answer must be 4,000 characters or less."),
        (row("number"), "five", "Answer must be a whole number, like 5."),
        (row("number"), "5.5", "Answer must be a whole number, like 5."),
        (row("number"), True, "Answer must be a whole number, like 5."),
        (row("number"), float("nan"), "Answer must be a whole number, like 5."),
        (row("number"), "9" * 5_000, "Answer must be a whole number, like 5."),
        (row("number"), 10**30, "Answer must be a whole number, like 5."),
        (row("number", {"at_least": 1, "at_most": 365}), "0", "Answer must be between 1 and 365."),
        (row("number", {"at_least": 1}), "0", "Answer must be 1 or more."),
        (row("number", {"at_most": 9}), "10", "Answer must be 9 or less."),
        (row("number"), "9999999999", "Answer must be between -1,000,000,000 and 1,000,000,000."),
        (row("money"), "12.345", "Answer must be an amount of money, like 12.50."),
        (row("money"), float("inf"), "Answer must be an amount of money, like 12.50."),
        (row("date"), "31/02/2026", "Answer must be a real date."),
        (row("date"), "26 November", "Answer must include a year."),
        (row("date", {"when": "future"}), "20/11/2026", "Answer must be in the future."),
        (row("date", {"when": "today or past"}), "21/11/2026", "Answer must be today or in the past."),
        (row("date"), ["2026"], "Answer must be a real date."),
        (row("date and time"), "26/11/2026", "Answer must include a time, like 14:30."),
        (row("date and time"), "29/03/2026 01:30", "Answer must be a time that exists: the clocks go forward then."),
        (row("yes/no"), "", "Select the answer."),
        (row("yes/no"), "perhaps", "Select the answer."),
        (row("choice", options=COLOURS), "", "Select the answer."),
        (row("choice", options=COLOURS), "green", "Select the answer."),
        (row("choice", options=COLOURS), ["r"], "Select the answer."),
        (row("choices", options=COLOURS), ["green"], "Select the answer."),
        (row("choices", options=COLOURS), [1], "Select the answer."),
        (row("person"), "8", "Select the answer."),
        (row("person"), 7, "Select the answer."),
        (row("team"), "8", "Select the answer."),
        (row("files"), [], "Select the answer."),
        (row("files"), ["somebody-elses"], "A file could not be uploaded. Try again."),
        (row("files", {"max_mb": 10}), ["f2"], "'big.pdf' must be smaller than 10 MB."),
        (row("files"), ["f3"], "'empty.pdf' is empty."),
        (row("files", {"file_types": ("jpg", ".PNG")}), ["f1"], "'plan.pdf' must be JPG or PNG."),
        (row("files", {"max_files": 1}), ["f1", "f2"], "You can add up to 1 file."),
        (row("checklist", options=COLOURS), [], "Select the answer."),
        (row("checklist", options=COLOURS), [{"item": "r", "answer": "yes"}], "Select an answer for Blue."),
        (row("checklist", options=COLOURS), [{"item": "r", "answer": "maybe"}], "Select an answer for Red."),
        (row("checklist", options=COLOURS), {"r": {"comment": "why"}}, "Select an answer for Red."),
        (
            row("checklist", options=COLOURS),
            {"r": {"answer": "no", "comment": "x" * 501}},
            "Comment on Red must be 500 characters or less.",
        ),
        (row("checklist", options=COLOURS), {"green": {"answer": "yes"}}, "Select the answer."),
        (row("checklist", options=COLOURS), [1], "Select the answer."),
        (row("checklist", options=COLOURS), {"r": {"answer": [1]}}, "Select the answer."),
    ],
)
def test_what_is_not_accepted_is_said_in_our_words(field_row, raw, sentence):
    assert checked(field_row, raw) == sentence


HIDING = from_rows(
    [
        {"name": "reason", "label": "Reason", "show_if": "decision == 'no'", "what": "a reason"},
        {"name": "decision", "label": "Decision", "kind": "choice", "options": ["yes", "no"], "what": "a decision"},
        {"name": "sure", "label": "Sure", "show_if": "reason != null", "required": False},
    ]
)


def test_what_is_hidden_is_neither_asked_for_nor_kept():
    found = check_answers(HIDING, {"decision": "yes", "reason": "left over", "sure": "left over"}, known=KNOWN)

    assert found == {"decision": "yes"}
    assert as_variables(HIDING, found) == {"decision": "yes", "reason": None, "sure": None}


def test_what_is_shown_is_asked_for_in_the_order_of_the_form():
    found = check_answers(HIDING, {"decision": "no", "sure": ""}, known=KNOWN)

    assert isinstance(found, Problems)
    assert [(each.field, each.message) for each in found.items] == [("reason", "Enter a reason.")]
    assert [each.name for each in shown(HIDING, {"decision": "no"}, known=KNOWN)] == ["reason", "decision"]
    assert [each.name for each in shown(HIDING, {"decision": "no", "reason": "x"}, known=KNOWN)] == ["reason", "decision", "sure"]


def test_a_name_that_is_missing_takes_the_default():
    form = from_rows([FieldRow("it", "Answer", default="usual"), FieldRow("hint", "Read this.", "note")])

    assert check_answers(form, {}, known=KNOWN) == {"it": "usual"}
    assert [each.name for each in rows(form)] == ["it", "hint"]


def test_a_default_may_be_a_list():
    form = from_rows([FieldRow("it", "Answer", "choices", options=COLOURS, default=["r"])])

    assert check_answers(form, {}, known=KNOWN) == {"it": ["r"]}
    assert check_answers(form, {"it": ["b"]}, known=KNOWN) == {"it": ["b"]}


@pytest.mark.parametrize("raw", [{"it": "a", "other": "b"}, {"hint": "a"}, {3: "a"}, ["it"], None, "it"])
def test_input_of_another_form_is_refused_as_a_whole(raw):
    form = from_rows([FieldRow("it", "Answer", required=False), FieldRow("hint", "Read this.", "note")])

    found = check_answers(form, raw, known=KNOWN)

    assert isinstance(found, Problems)
    assert found.by_field == {"": "This form has changed since you opened it. Check your answers and try again."}


def test_a_condition_that_fails_on_what_was_typed_hides_nothing():
    form = from_rows([FieldRow("age", "Age", required=False), FieldRow("it", "Answer", show_if="age > 3")])

    found = check_answers(form, {"age": "old"}, known=KNOWN)

    assert isinstance(found, Problems)
    assert found.by_field == {"it": "Enter answer."}
