"""A plugin for tests alone: one form with a question of every kind, a condition and a rule across questions."""

from casetasks_app.task_types.contract import TaskPlugin
from tests.every_kind.forms import Visit

plugin = TaskPlugin(
    id="every_kind",
    name="Every kind of question",
    version="1.0",
    summary="Somebody answers one question of every kind.",
    forms={"visit": Visit},
)
