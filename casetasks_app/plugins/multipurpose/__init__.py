"""One form, built in the configuration of the task type, without a line of code."""

from casetasks_app.plugins.multipurpose.forms import Settings, fill_in_form
from casetasks_app.task_types.contract import TaskPlugin

plugin = TaskPlugin(
    id="multipurpose",
    name="Multipurpose",
    version="1.0",
    summary="Somebody fills in one form, whose questions are set in the task type.",
    forms={"fill_in": fill_in_form},
    settings=Settings,
    package=__package__,
)
