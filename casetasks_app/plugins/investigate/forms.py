"""What an investigation asks each time: another update, or the findings that end it."""

from typing import ClassVar

from casetasks_app.task_types.forms import Form, field


class Record(Form):
    """One turn of the investigation; each starts empty, because an update is never a new version of the last one."""

    begins_empty: ClassVar[bool] = True

    action: str = field(
        "What do you want to record?",
        "choice",
        what="what you want to record",
        help="The investigation goes on after an update, and ends with the findings.",
        options=[("update", "An update"), ("findings", "The findings")],
    )
    update: str = field("Update", "long text", what="an update", show_if="action == 'update'", max_length=4_000)
    readers: str = field(
        "Who can read this update?",
        "choice",
        what="who can read this update",
        help="It is kept as a note in the case history.",
        show_if="action == 'update'",
        options=[("public", "Everybody who can see this task"), ("private", "Case managers only")],
    )
    findings: str = field(
        "Findings",
        "long text",
        what="the findings",
        help="What happened, how you know, and what you recommend.",
        show_if="action == 'findings'",
        max_length=8_000,
    )
    files: list[str] = field("Attachments", "files", required=False)
