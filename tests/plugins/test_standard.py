"""The standard task: one answer, with the outcomes of its task type."""

import pytest

from casetasks_app.play import Play
from casetasks_app.task_types.forms import Problems, deciding, rows
from casetasks_app.task_types.summary import Facts, Files, Text


@pytest.fixture
def standard(plugins):
    return plugins["standard"]


def test_it_goes_to_whoever_has_the_task(standard):
    assert Play(standard).whose("result") == "team 7"
    assert Play(standard, assignee="2").whose("result") == "assignee"


def test_it_offers_the_outcomes_of_its_task_type(standard):
    usual = Play(standard).form("result")
    own = Play(standard, {"outcomes": " Agreed \n\n Refused"}).form("result")

    assert [label for _, label in deciding(usual).options] == ["Done", "Done in part", "Not done"]
    assert [label for _, label in deciding(own).options] == ["Agreed", "Refused"]


def test_only_the_outcome_is_needed(standard):
    refused = Play(standard).try_("result", note="x" * 4_001)

    assert isinstance(refused, Problems)
    assert refused.by_field == {
        "outcome": "Select an outcome.",
        "note": "Note for the case manager must be 4,000 characters or less.",
    }


def test_its_view_shows_outcome_note_and_files(standard):
    """S25, S26."""
    play = Play(standard)
    before = play.blocks()

    play.do("result", outcome="Done in part", note="Ask again in May.", files=["11"])

    assert before == (Text("Not started."),)
    assert play.blocks() == (
        Facts((("Outcome", "Done in part"), ("Recorded by", "Tom Ellis, Thursday 19 November 2026, 10:02"))),
        Text("Ask again in May.", title="Note for the case manager"),
        Files((("11", "plan.pdf"),)),
    )


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        ("\n".join(map(str, range(11))), "Outcomes must be 10 lines or less."),
        ("x" * 61, "Each outcome must be 60 characters or less."),
        ("Done\nDone", "Each outcome must be different from the others."),
    ],
)
def test_outcomes_nobody_could_choose_from_are_refused(standard, settings_problems, outcomes, sentence):
    assert settings_problems(standard, outcomes=outcomes) == {"outcomes": sentence}


def test_without_outcomes_the_usual_ones_are_offered(standard, settings_problems):
    assert settings_problems(standard, outcomes="") == {}
    assert len(rows(standard.form("result", {"outcomes": None}))[0].options) == 3
