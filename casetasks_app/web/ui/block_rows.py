"""From a plugin's summary blocks to what the page draws."""

from collections.abc import Callable, Iterable, Mapping

from casetasks_app.task_types import blocks as said
from casetasks_app.web import messages
from casetasks_app.web.ui.blocks import ShownBlock, ShownCheck
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import ShownFile
from casetasks_app.web.ui.values import Prop

_ANSWERS = {messages.YES.lower(): "yes", messages.NO.lower(): "no", messages.NOT_APPLICABLE.lower(): "not applicable"}


def shown_blocks(blocks: Iterable[said.Block], files: Mapping[str, ShownFile]) -> list[ShownBlock]:
    """Return the blocks in words; a file that is not in `files` (by id) is named without a link."""
    return [_with_files(block, files) if isinstance(block, said.Files) else _MADE[type(block)](block) for block in blocks]


def _with_files(block: said.Files, files: Mapping[str, ShownFile]) -> ShownBlock:
    """Images first, as pictures; then everything else."""
    found = [files.get(file_id, ShownFile(file_id, name, "")) for file_id, name in block.items]
    return ShownBlock(
        "files", block.title, photos=[each for each in found if each.preview], files=[each for each in found if not each.preview]
    )


def _facts(block: said.Facts) -> ShownBlock:
    return ShownBlock("facts", block.title, facts=[ShownFact(label, value) for label, value in block.items])


def _text(block: said.Text) -> ShownBlock:
    return ShownBlock("text", block.title, block.text, block.byline)


def _decision(block: said.Decision) -> ShownBlock:
    return ShownBlock("decision", block.title, block.text, block.byline, block.tone)


def _table(block: said.Table) -> ShownBlock:
    return ShownBlock("table", block.title, columns=list(block.columns), rows=[list(row) for row in block.rows])


def _checklist(block: said.Checklist) -> ShownBlock:
    return ShownBlock("checklist", block.title, checks=[_check(*item) for item in block.items])


def _check(label: str, words: str, comment: str) -> ShownCheck:
    return ShownCheck(label, _ANSWERS.get(words.strip().lower(), ""), words, comment)


def _progress(block: said.Progress) -> ShownBlock:
    return ShownBlock("progress", block.title, block.words, done=block.done, total=block.total)


_MADE: Mapping[type, Callable[[Prop], ShownBlock]] = {
    said.Facts: _facts,
    said.Text: _text,
    said.Decision: _decision,
    said.Table: _table,
    said.Checklist: _checklist,
    said.Progress: _progress,
}
