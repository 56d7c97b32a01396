"""Somebody looks into a matter, reports as often as there is something to say, and ends with the findings."""

from casetasks_app.plugins.investigate.forms import Record
from casetasks_app.plugins.investigate.notes import note
from casetasks_app.task_types.contract import TaskPlugin

plugin = TaskPlugin(
    id="investigate",
    name="Investigate",
    version="1.0",
    summary="Somebody looks into a matter, writes public or private updates, and ends it with the findings.",
    forms={"record": Record},
    note=note,
    package=__package__,
)
