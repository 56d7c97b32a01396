"""Summaries: blocks as JSON, answers in words, and a summary that fails."""

import importlib
import json
from datetime import UTC, datetime

import pytest

from casetasks_app.task_types.forms import FieldRow
from casetasks_app.task_types.summary import (
    Block,
    Checklist,
    Decision,
    Facts,
    Files,
    Progress,
    StepView,
    Table,
    TaskView,
    Text,
    answer_blocks,
    blocks_from_json,
    blocks_to_json,
    said,
    summarise,
)
from tests.unit.task_types.packages import install, reading

BLOCKS: tuple[Block, ...] = (
    Facts((("Outcome", "Done"),), title="Result"),
    Text("one\ntwo", byline="Tom Ellis"),
    Decision("Agree", "good"),
    Table(("Round", "Decision"), (("1", "Agree"),)),
    Checklist((("Door", "No", "stuck"),)),
    Files((("f1", "plan.pdf"),)),
    Progress(2, 5, "answered 2 of 5"),
)
VIEW = TaskView(3, "Ask", "new", people={"7": "Tom Ellis"}, teams={"3": "Legal advice"}, files={"f1": "plan.pdf"})
AT = datetime(2026, 11, 25, 11, 40, tzinfo=UTC)


def test_every_block_survives_being_stored_as_json():
    stored = json.loads(json.dumps(blocks_to_json(BLOCKS)))

    assert blocks_from_json(stored) == BLOCKS


def test_a_block_that_is_not_known_here_is_shown_as_text():
    stored = [{"kind": "chart", "bars": [["Mon", 3], ["Tue", 4]]}, {"kind": "facts", "items": [], "colour": "red"}]

    assert blocks_from_json(stored) == (Text("Mon\n3\nTue\n4", title="chart"), Text("red", title="facts"))


@pytest.mark.parametrize(
    ("row", "answer", "words"),
    [
        (FieldRow("a", "A"), None, "Not provided"),
        (FieldRow("a", "A", "choices", options=(("r", "Red"), ("b", "Blue"))), ["r", "b"], "Red, Blue"),
        (FieldRow("a", "A", "choices", options=(("r", "Red"),)), [], "Not provided"),
        (FieldRow("a", "A", "choice", options=(("r", "Red"),)), "gone", "gone"),
        (FieldRow("a", "A", "yes/no"), False, "No"),
        (FieldRow("a", "A", "money"), 1234.5, "£1,234.50"),
        (FieldRow("a", "A", "number"), 1234, "1,234"),
        (FieldRow("a", "A", "date"), "2026-11-26", "Thursday 26 November 2026"),
        (FieldRow("a", "A", "date and time"), "2026-11-26T17:00:00+00:00", "Thursday 26 November 2026, 17:00"),
        (FieldRow("a", "A", "person"), "7", "Tom Ellis"),
        (FieldRow("a", "A", "person"), "8", "Somebody who has left"),
        (FieldRow("a", "A", "team"), "3", "Legal advice"),
        (FieldRow("a", "A", "files"), ["f1", "f9"], "plan.pdf, A file that is gone"),
        (FieldRow("a", "A", "checklist", options=(("d", "Door"),)), [{"item": "d", "answer": "no", "comment": ""}], "Door: No"),
    ],
)
def test_an_answer_is_said_in_words(row, answer, words):
    assert said(row, answer, VIEW) == words


def test_without_a_summary_the_answers_are_shown_in_the_order_of_the_steps():
    """S25."""
    rows = (
        FieldRow("note", "Note"),
        FieldRow("hidden", "Hidden"),
        FieldRow("doors", "Doors", "checklist", options=(("d", "Door"),)),
        FieldRow("photos", "Photos", "files"),
    )
    answers = {"note": "seen", "doors": [{"item": "d", "answer": "no", "comment": "stuck"}], "photos": ["f1"]}
    done = StepView("visit", "Visit", rows, answers, by="Tom Ellis", at=AT)
    view = TaskView(3, "Ask", "new", steps=(done, StepView("sign", "Sign")), files={"f1": "plan.pdf"})

    assert answer_blocks(view) == [
        Facts((("Note", "seen"), ("Done by", "Tom Ellis, Wednesday 25 November 2026, 11:40")), title="Visit"),
        Checklist((("Door", "No", "stuck"),), title="Doors"),
        Files((("f1", "plan.pdf"),), title="Photos"),
    ]
    assert [step.name for step in view.waiting()] == ["sign"]
    assert view.latest("sign") is None


def test_a_task_nobody_worked_on_says_so():
    assert answer_blocks(VIEW) == [Text("Not started.")]
    assert answer_blocks(TaskView(3, "Ask", "cancelled")) == []


def test_a_summary_that_fails_says_so_and_shows_the_answers(tmp_path, monkeypatch, caplog):
    monkeypatch.syspath_prepend(tmp_path)
    package = install(tmp_path, "noise", reading("noise"))
    (package / "summary.py").write_text("def summary(task):\n    raise RuntimeError('inner detail')\n")
    plugin = importlib.import_module("noise").plugin

    blocks = summarise(plugin, VIEW)

    assert blocks == (
        Text("This part of the task cannot be shown right now. The rest of the task works. Tell your service desk: noise."),
        Text("Not started."),
    )
    assert "the summary of the plugin noise failed" in caplog.text
