"""How a record of one's own work shows itself: what was done, then when and how long."""

from collections.abc import Iterator

from casetasks_app.task_types.forms import Json
from casetasks_app.task_types.moments import in_words
from casetasks_app.task_types.summary import Block, Facts, TaskView, Text


def summary(task: TaskView) -> Iterator[Block]:
    """The record, once there is one."""
    record = task.latest("record")
    if record is None:
        yield Text("Nothing is recorded yet.")
        return
    yield Text(str(record.answer("work") or ""), title=str(record.answer("kind") or "What was done"))
    yield Facts(
        (
            ("Done on", in_words(str(record.answer("done_on") or ""))),
            ("Time spent", time_spent(record.answer("hours"), record.answer("minutes"))),
            ("Recorded by", record.byline),
        ),
        title="The record",
    )


def time_spent(hours: Json, minutes: Json) -> str:
    """“1 hour 20 minutes”."""
    parts = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in ((hours, "hour"), (minutes, "minute")) if count]
    return " ".join(parts)
