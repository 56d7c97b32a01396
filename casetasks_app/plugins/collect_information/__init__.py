"""Put questions to somebody, look whether the answers are enough, and ask again where they are not."""

from casetasks_app.plugins.collect_information.forms import Check, Settings, answer_form
from casetasks_app.task_types.contract import TaskPlugin

plugin = TaskPlugin(
    id="collect_information",
    name="Collect information",
    version="1.0",
    summary="Somebody answers the questions set in the task type; the case manager says whether that is enough.",
    forms={"answer": answer_form, "check": Check},
    settings=Settings,
    package=__package__,
)
