"""Somebody agrees, agrees with conditions or does not agree; the case manager revises and asks again, or withdraws."""

from casetasks_app.plugins.approval.forms import Decide, Revise
from casetasks_app.task_types.contract import TaskPlugin

plugin = TaskPlugin(
    id="approval",
    name="Approval",
    version="1.0",
    summary="Somebody decides; what is not agreed goes back to the case manager, who asks again or withdraws it.",
    forms={"decide": Decide, "revise": Revise},
    package=__package__,
)
