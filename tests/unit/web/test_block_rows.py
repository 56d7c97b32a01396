"""Summary blocks in words (S26)."""

from casetasks_app.task_types import blocks
from casetasks_app.web.ui.block_rows import shown_blocks
from casetasks_app.web.ui.blocks import ShownBlock, ShownCheck
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import ShownFile

PLAN = ShownFile("7", "plan.pdf", "1.2 MB", "/files/7", "PDF")


def test_every_block_of_the_contract_is_drawn():
    """S26."""
    given = [
        blocks.Facts((("Outcome", "Done"),)),
        blocks.Text("two\nlines", byline="Tom Ellis, 09:12"),
        blocks.Decision("Agree", "good", title="Decision"),
        blocks.Table(("Round", "Answer"), (("1", "Yes"),)),
        blocks.Checklist((("Front door", "No", "broken"), ("Roof", "Not seen", ""))),
        blocks.Progress(2, 5, "answered 2 of 5"),
    ]

    assert shown_blocks(given, {}) == [
        ShownBlock("facts", facts=[ShownFact("Outcome", "Done")]),
        ShownBlock("text", text="two\nlines", byline="Tom Ellis, 09:12"),
        ShownBlock("decision", "Decision", "Agree", tone="good"),
        ShownBlock("table", columns=["Round", "Answer"], rows=[["1", "Yes"]]),
        ShownBlock("checklist", checks=[ShownCheck("Front door", "no", "No", "broken"), ShownCheck("Roof", "", "Not seen")]),
        ShownBlock("progress", text="answered 2 of 5", done=2, total=5),
    ]


def test_a_file_that_is_gone_keeps_its_name_without_a_link():
    shown = shown_blocks([blocks.Files((("7", "plan.pdf"), ("8", "gone.pdf")))], {"7": PLAN})

    assert shown[0].files == [PLAN, ShownFile("8", "gone.pdf", "")]
