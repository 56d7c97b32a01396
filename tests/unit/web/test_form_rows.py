"""From rows to what is drawn, and from what a browser sends to what the form check takes."""

from datetime import UTC, datetime

from casetasks_app.task_types.forms import FieldRow, Known, Limits, Problem, Problems, check_answers, from_rows
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.form_rows import FieldError, Offered, ShownFile, answers_of, field_errors, shown_fields

NOBODY = Known(datetime(2026, 3, 2, tzinfo=UTC))
YES_NO = (("yes", "Yes"), ("no", "No"))


def one(row: FieldRow, value: object = None, **offered: object):
    return shown_fields([row], {row.name: value}, {}, Offered(**offered))[0]


def test_an_optional_field_says_so_and_a_note_does_not():
    assert one(FieldRow("a", "Reason", required=False)).label == "Reason (optional)"
    assert one(FieldRow("a", "Reason")).label == "Reason"
    assert one(FieldRow("a", "Read this", "note", required=False)).label == "Read this"


def test_a_required_yes_or_no_is_two_choices_an_optional_one_a_tick():
    asked, tick = one(FieldRow("a", "Urgent?", "yes/no"), True), one(FieldRow("a", "Told", "yes/no", required=False), True)

    assert (asked.kind, [(each.value, each.is_chosen) for each in asked.options]) == ("radios", [("yes", True), ("no", False)])
    assert (tick.kind, tick.label, tick.is_chosen) == ("tick", "Told", True)


def test_many_options_are_a_drop_down():
    options = tuple((str(n), f"Option {n}") for n in range(8))

    assert one(FieldRow("a", "Which?", "choice", options=options[:7])).kind == "radios"
    assert one(FieldRow("a", "Which?", "choice", options=options)).kind == "select"


def test_a_person_is_drawn_with_the_name_and_what_was_typed_without_a_choice_stays():
    row = FieldRow("a", "Officer", "person", help="Not yourself.")
    people = [Option("1", "Ana"), Option("2", "Tom")]

    chosen, typed = one(row, "2", people=people), one(row, "typed:To", people=people)

    assert (chosen.kind, chosen.value, chosen.chosen) == ("picker", "2", "Tom")
    assert (typed.value, typed.chosen) == ("typed:To", "To")
    assert chosen.hint == "Not yourself. Type part of the name, then choose from the list."
    assert check_answers(from_rows([row]), {"a": "typed:To"}, known=NOBODY) == Problems((Problem("a", "Select officer."),))


def test_only_known_files_are_listed_and_the_question_says_what_it_takes():
    row = FieldRow("a", "Photos", "files", limits=Limits(file_types=("jpg", ".png"), max_mb=2))

    shown = one(row, ["1", "9"], files={"1": ShownFile("1", "a.jpg", "1 KB")})
    any_kind = one(FieldRow("a", "Papers", "files", limits=Limits(max_files=1)))

    assert ([each.name for each in shown.files], shown.accept, shown.max_bytes) == (["a.jpg"], ".jpg,.png,.jpeg", 2_000_000)
    assert (shown.kinds, shown.hint) == ("JPG or PNG", "JPG or PNG, up to 2 MB each, 10 files.")
    assert any_kind.hint == "PDF, Word, Excel, JPG or PNG, up to 10 MB, 1 file."
    assert ".docx" in any_kind.accept


def test_accepted_answers_come_back_as_a_browser_takes_them():
    """B20: a step that comes again starts with its last answers."""
    assert one(FieldRow("a", "Start", "date and time"), "2026-03-02T09:30:00+00:00").value == "2026-03-02T09:30"
    assert one(FieldRow("a", "Cost", "money"), 12.5).value == "12.50"


def test_the_error_of_a_checklist_leads_to_what_is_not_answered():
    row = FieldRow("checks", "Checks", "checklist", options=(("door", "Door"), ("gate", "Gate")))

    found = field_errors({"checks": "Select an answer for Gate."}, [row], {"checks": [{"item": "door", "answer": "no"}]})

    assert found == [FieldError("f-checks:1:answer", "Select an answer for Gate.")]


def test_errors_stand_in_the_order_of_the_form():
    rows = [FieldRow("a", "A"), FieldRow("b", "B")]

    found = field_errors({"b": "Enter b.", "a": "Enter a.", "": "Together they are wrong."}, rows)

    assert found == [FieldError("", "Together they are wrong."), FieldError("f-a", "Enter a."), FieldError("f-b", "Enter b.")]


def test_a_checklist_comes_back_as_it_was_drawn():
    row = FieldRow("checks", "Checks", "checklist", options=(("front door", "Front door"), ("gate", "Gate")))
    drawn = one(row, [{"item": "gate", "answer": "no", "comment": "rusty"}])
    sent = {check.comment_name: check.comment for check in drawn.checks}
    sent |= {check.answer_name: each.value for check in drawn.checks for each in check.options if each.is_chosen}

    raw = answers_of(sent, [row])

    assert raw == {"checks": {"front door": {"answer": "", "comment": ""}, "gate": {"answer": "no", "comment": "rusty"}}}


def test_boxes_that_are_not_ticked_are_answered_no_even_where_yes_is_usual():
    rows = [
        FieldRow("told", "Told", "yes/no", required=False, default=True),
        FieldRow("parts", "Parts", "choices", options=YES_NO, required=False),
    ]

    raw = answers_of({}, rows)

    assert check_answers(from_rows(rows), raw, known=Known(datetime(2026, 3, 2, tzinfo=UTC))) == {"told": False, "parts": []}


def test_a_stored_checklist_is_drawn_and_sent_back_unchanged():
    row = FieldRow("checks", "Checks", "checklist", options=(("door", "Door"),))
    stored = [{"item": "door", "answer": "not applicable", "comment": ""}]

    drawn = one(row, stored).checks[0]

    assert [each.value for each in drawn.options if each.is_chosen] == ["not applicable"]
