"""How a reply shows itself: whether it is on its way, then the email as it was sent."""

from collections.abc import Iterator
from dataclasses import replace

from casetasks_app.task_types.summary import Block, Decision, Facts, Files, TaskView, Text

_STATES = {"new": Decision("Being sent", title="Email"), "closed": Decision("Sent", "good", title="Email")}
_NOT_SENT = Decision("Not sent", "bad", title="Email")


def summary(task: TaskView) -> Iterator[Block]:
    """The email, once it is written."""
    reply = task.latest("write")
    if reply is None:
        yield Text("Not written yet.")
        return
    yield replace(_STATES.get(task.status, _NOT_SENT), byline=reply.byline)
    yield Facts((("To", "The person who raised the case"), ("Subject", str(reply.answer("subject")))))
    yield Text(str(reply.answer("message")), title="Message")
    files = reply.answer("files") or ()
    if files:
        yield Files(tuple((each, task.files.get(each, "A file that is gone")) for each in files), title="Attachments")
