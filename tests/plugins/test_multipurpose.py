"""The multipurpose task: one form, built in configuration."""

import pytest

from casetasks_app.play import Play
from casetasks_app.task_types.forms import Problems, rows
from casetasks_app.task_types.summary import Checklist, Files, Table, Text

QUESTIONS = [
    {"name": "advice", "label": "Before you start", "kind": "note", "help": "Ring twice."},
    {"name": "reached", "label": "Whom did you reach?", "kind": "choice", "options": ["The tenant", "Nobody"]},
    {"name": "said", "label": "What did they say?", "kind": "long text", "show_if": "reached != 'Nobody'", "limits": {"max_length": 20}},
    {"name": "rooms", "label": "Rooms", "kind": "checklist", "options": [["k", "Kitchen"], ["b", "Bath"]]},
    {"name": "photos", "label": "Photos", "kind": "files", "required": False},
    {"name": "team", "label": "Team", "kind": "team"},
]
FORM = {"questions": QUESTIONS[:-1]}


@pytest.fixture
def multipurpose(plugins):
    return plugins["multipurpose"]


def test_it_asks_what_its_task_type_says_in_that_order(multipurpose):
    """S8, S12."""
    form = Play(multipurpose, FORM).form("fill_in")

    assert [(row.name, row.kind) for row in rows(form)] == [
        ("advice", "note"), ("reached", "choice"), ("said", "long text"), ("rooms", "checklist"), ("photos", "files"),
    ]  # fmt: skip


def test_its_answers_are_checked_like_those_of_any_form(multipurpose):
    play = Play(multipurpose, FORM)

    refused = play.try_("fill_in", reached="The tenant", said="x" * 21, rooms={"k": {"answer": "yes"}})

    assert isinstance(refused, Problems)
    assert refused.by_field == {"said": "What did they say? must be 20 characters or less.", "rooms": "Select an answer for Bath."}


def test_its_view_pairs_questions_with_answers_and_sets_checklists_and_files_apart(multipurpose):
    """S25, S26."""
    play = Play(multipurpose, FORM)
    before = play.blocks()

    rooms = {"k": {"answer": "yes"}, "b": {"answer": "no", "comment": "locked"}}
    play.do("fill_in", reached="Nobody", rooms=rooms, photos=["12"])

    assert before == (Text("Not filled in yet."),)
    assert play.blocks() == (
        Table(
            ("Question", "Answer"),
            (("Whom did you reach?", "Nobody"),),
            title="Answers from Tom Ellis, Thursday 19 November 2026, 10:02",
        ),
        Checklist((("Kitchen", "Yes", ""), ("Bath", "No", "locked")), title="Rooms"),
        Files((("12", "photo.jpg"),), title="Photos"),
    )


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ([], "Enter at least one question."),
        ("Name?", "Questions must be a list, each entry with a name, a label and a kind."),
        (QUESTIONS[:1], "Enter at least one question that is not a note."),
        (QUESTIONS, "team: every process has a variable of this name. Choose another one."),
        ([{"name": "rooms", "label": "Rooms", "kind": "list"}], "rooms: the kind must be one of text, "),
        ([{"name": "rooms", "label": "Rooms", "kind": "choice"}], "rooms: the options are missing."),
        ([{"name": "rooms"}, {"label": "Size"}], "rooms: the label is missing. A field: the name is missing."),
        ([{"name": "more", "label": "More", "kind": "questions"}], "more: questions cannot ask for questions."),
        ([{"name": f"n{number}", "label": "N"} for number in range(61)], "Questions must be 60 or less."),
    ],
)
def test_questions_that_make_no_form_are_refused(multipurpose, settings_problems, questions, sentence):
    assert settings_problems(multipurpose, questions=questions)["questions"].startswith(sentence)


def test_questions_that_make_a_form_are_taken_as_they_are(multipurpose, settings_problems):
    assert settings_problems(multipurpose, **FORM) == {}
