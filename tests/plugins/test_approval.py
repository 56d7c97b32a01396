"""The approval: a decision, and the rounds when it is no."""

import pytest

from casetasks_app.play import Play
from casetasks_app.task_types.forms import Problems
from casetasks_app.task_types.summary import Decision, Files, Table, Text


@pytest.fixture
def play(plugins):
    return Play(plugins["approval"])


def test_what_is_rejected_goes_to_the_case_manager_and_back(play):
    """S9."""
    assert play.whose("decide") == "team 7"

    play.do("decide", decision="reject", reason="no plan")
    assert play.whose("revise") == "case manager"

    play.do("revise", action="resubmit", reply="here it is")
    assert play.whose("decide") == "team 7"

    play.do("decide", decision="approve")
    assert (play.state.status, play.state.outcome) == ("closed", "approved")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({}, {"decision": "Select a decision.", "reason": "Enter a reason."}),
        ({"decision": "reject"}, {"reason": "Enter a reason."}),
        ({"decision": "approve_with_conditions"}, {"conditions": "Enter the conditions.", "reason": "Enter a reason."}),
        (
            {"decision": "approve_with_conditions", "reason": "late", "conditions": "By May\nby may"},
            {"conditions": "Each condition must be different from the others."},
        ),
    ],
)
def test_everything_but_agreement_needs_a_reason(play, raw, said):
    refused = play.try_("decide", **raw)

    assert isinstance(refused, Problems)
    assert refused.by_field == said


def test_agreement_keeps_no_reason_of_an_earlier_choice(play):
    assert play.try_("decide", decision="approve", reason="typed before", conditions="typed before") == {"decision": "approve"}


def test_asking_again_needs_what_has_changed_and_withdrawing_does_not(play):
    play.do("decide", decision="reject", reason="no plan")

    refused = play.try_("revise", action="resubmit")

    assert isinstance(refused, Problems)
    assert refused.by_field == {"reply": "Enter what has changed."}
    assert play.try_("revise", action="withdraw", reply="dropped") == {"action": "withdraw"}


def test_its_view_shows_the_decision_large_with_its_conditions(play):
    """S25, S26."""
    before = play.blocks()

    play.do("decide", decision="approve_with_conditions", conditions="by May\n\nin green", reason="it is late")

    assert before == (Decision("Not decided yet", title="Decision"),)
    assert play.blocks() == (
        Decision("Agree with conditions", "good", title="Decision", byline="Tom Ellis, Thursday 19 November 2026, 10:02"),
        Table(("Number", "Condition"), (("1", "by May"), ("2", "in green")), title="Conditions"),
        Text("it is late", title="Reason"),
    )


def test_its_view_tells_the_rounds(play):
    """S25."""
    play.do("decide", decision="reject", reason="no plan")
    play.do("revise", action="resubmit", reply="here it is", files=["11"])
    asked_again = play.blocks()

    play.do("decide", decision="reject", reason="still no")
    play.do("revise", action="withdraw")

    assert asked_again[0].title == "Last decision, asked again since"
    assert play.blocks() == (
        Decision("Withdrawn", title="Decision", byline="Priya Shah, Sunday 22 November 2026, 10:02"),
        Text("still no", title="Reason"),
        Table(
            ("Round", "Decision", "Reason", "Reply"),
            (("1", "Do not agree", "no plan", "here it is"), ("2", "Do not agree", "still no", "Withdrawn")),
            title="Rounds",
        ),
        Files((("11", "plan.pdf"),)),
    )
