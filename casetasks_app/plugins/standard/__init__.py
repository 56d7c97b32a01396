"""Do a piece of work and say how it came out, with a note and files."""

from casetasks_app.plugins.standard.forms import Settings, result_form
from casetasks_app.task_types.contract import TaskPlugin

plugin = TaskPlugin(
    id="standard",
    name="Standard task",
    version="1.0",
    summary="Somebody does the work and records an outcome, a note for the case manager and files.",
    forms={"result": result_form},
    settings=Settings,
    package=__package__,
)
