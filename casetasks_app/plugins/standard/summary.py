"""How a standard task shows itself: outcome, note, files, and who said so."""

from collections.abc import Iterator

from casetasks_app.task_types.summary import Block, Facts, Files, TaskView, Text


def summary(task: TaskView) -> Iterator[Block]:
    """The result once there is one."""
    result = task.latest("result")
    if result is None:
        yield Text("Not started.")
        return
    yield Facts((("Outcome", str(result.answer("outcome"))), ("Recorded by", result.byline)))
    if result.answer("note"):
        yield Text(result.answer("note"), title="Note for the case manager")
    if result.answer("files"):
        yield Files(tuple((each, task.files.get(each, "A file that is gone")) for each in result.answer("files")))
