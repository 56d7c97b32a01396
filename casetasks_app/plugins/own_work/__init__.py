"""The case manager records work of their own: what was done, when, and how long it took."""

from casetasks_app.plugins.own_work.forms import Settings, record_form
from casetasks_app.task_types.contract import TaskPlugin

plugin = TaskPlugin(
    id="own_work",
    name="Own work",
    version="1.0",
    summary="The case manager records what they did on the case, when, and how long it took.",
    forms={"record": record_form},
    settings=Settings,
    package=__package__,
)
