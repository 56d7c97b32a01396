"""Somebody writes to the person who raised the case, from a template, and the email is sent."""

from casetasks_app.plugins.generic_response.forms import Settings, reply_form
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.jobs import sends

plugin = TaskPlugin(
    id="generic_response",
    name="Generic response",
    version="1.0",
    summary="Somebody writes to the person who raised the case, from a template; the email goes through the outbox.",
    forms={"write": reply_form},
    settings=Settings,
    jobs={"send_reply": sends("reply", to="raised by", files="files")},
    package=__package__,
)
