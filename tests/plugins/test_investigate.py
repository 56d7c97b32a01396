"""The investigation: any number of updates, public or private, until the findings end it."""

import pytest

from casetasks_app.play import Play
from casetasks_app.task_types.forms import Problems, deciding
from casetasks_app.task_types.notes import Note
from casetasks_app.task_types.summary import Files, StepView, TaskView, Text, summarise
from tests.plugins.scripts import ASIDE, FINDINGS, UPDATE


@pytest.fixture
def play(plugins):
    return Play(plugins["investigate"])


def test_it_goes_on_with_every_update_and_ends_with_the_findings(play):
    """S9."""
    for step, answers in (UPDATE, ASIDE, UPDATE, UPDATE):
        play.do(step, **answers)
        assert (play.state.status, play.whose("investigate")) == ("new", "team 7")

    play.do(*FINDINGS[:1], **FINDINGS[1])

    assert (play.state.status, play.state.outcome) == ("closed", "findings recorded")


def test_an_update_needs_its_text_and_its_readers_and_the_findings_theirs(play):
    update, findings = play.try_("investigate", action="update"), play.try_("investigate", action="findings")

    assert isinstance(update, Problems)
    assert update.by_field == {"update": "Enter an update.", "readers": "Select who can read this update."}
    assert isinstance(findings, Problems)
    assert findings.by_field == {"findings": "Enter the findings."}


def test_findings_drop_an_update_that_was_typed_before(play):
    kept = play.try_("investigate", action="findings", findings="Nothing.", update="typed before", readers="private")

    assert kept == {"action": "findings", "findings": "Nothing.", "files": []}


def test_each_turn_starts_empty_and_its_button_says_what_it_records(play):
    form = play.form("investigate")

    assert form.begins_empty
    assert deciding(form).name == "action"


def test_updates_become_notes_and_findings_do_not(plugins):
    note = plugins["investigate"].note

    assert note("investigate", UPDATE[1]) == Note("Looked at the fence.", is_private=False)
    assert note("investigate", ASIDE[1]) == Note("The owner shouted.", is_private=True)
    assert note("investigate", FINDINGS[1]) is None


def test_its_view_is_a_log_with_the_newest_update_on_top(play):
    """S25, S26."""
    before = play.blocks()

    for step, answers in (UPDATE, ASIDE, FINDINGS):
        play.do(step, **answers)

    assert before == (Text("No update yet."),)
    assert play.blocks() == (
        Text("The owner shouted.", title="Update 2, private note", byline="Tom Ellis, Friday 20 November 2026, 10:02"),
        Text("Looked at the fence.", title="Update 1, public note", byline="Tom Ellis, Thursday 19 November 2026, 10:02"),
        Text("The fence is 40 cm too high.", title="Findings", byline="Tom Ellis, Saturday 21 November 2026, 10:02"),
        Files((("12", "photo.jpg"), ("11", "plan.pdf"))),
    )


def test_its_view_says_that_there_is_a_private_update_without_telling_it(plugins):
    """S75."""
    hidden = StepView("investigate", "Investigate", answers={}, by="Tom Ellis", is_hidden=True)

    (shown,) = summarise(plugins["investigate"], TaskView(3, "Look into it", "new", steps=(hidden,)))

    said = "This update is a private note. Only case managers can read it."
    assert shown == Text(said, title="Update 1, private note", byline="Tom Ellis")
