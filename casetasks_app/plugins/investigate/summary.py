"""How an investigation shows itself: a log with the newest update on top, and the findings below it."""

from collections.abc import Iterator

from casetasks_app.task_types.summary import Block, Files, StepView, TaskView, Text

NOT_FOR_YOU = "This update is a private note. Only case managers can read it."


def summary(task: TaskView) -> Iterator[Block]:
    """Updates newest first, then the findings, then every file that came with them."""
    turns = task.done("investigate")
    updates = [turn for turn in turns if turn.answer("findings") is None]
    if not turns:
        yield Text("No update yet.")
    for number, turn in reversed(list(enumerate(updates, start=1))):
        yield _update(number, turn)
    for turn in turns:
        if turn.answer("findings"):
            yield Text(turn.answer("findings"), title="Findings", byline=turn.byline)
    files = [each for turn in turns for each in turn.answer("files") or ()]
    if files:
        yield Files(tuple((each, task.files.get(each, "A file that is gone")) for each in files))


def _update(number: int, turn: StepView) -> Text:
    if turn.is_hidden:
        return Text(NOT_FOR_YOU, title=f"Update {number}, private note", byline=turn.byline)
    kind = "private note" if turn.answer("readers") == "private" else "public note"
    return Text(str(turn.answer("update")), title=f"Update {number}, {kind}", byline=turn.byline)
