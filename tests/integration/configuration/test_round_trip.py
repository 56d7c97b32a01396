"""Whatever is imported comes out again, on every database."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from casetasks_app.configuration import service, yaml
from casetasks_app.configuration.problems import ConfigurationRefused
from casetasks_app.configuration.setups import Configuration, in_order
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people.rules import Actor
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Form, field
from tests.factories import NOON
from tests.unit.configuration.drawing import CONFIGURATIONS

ADMINISTRATOR = Actor(0, "Sam Turner", "", is_administrator=True)


class Anything(Form):
    note: str = field("Note", "long text", required=False)


FREE = TaskPlugin("free", "Free", "1", "Does nothing.", forms={"answer": Anything}, settings=Anything)
NOTES = st.dictionaries(st.just("note"), st.sampled_from(["no", "two\nlines", "a: b", "#"]), max_size=1)


def with_notes(configuration: Configuration, notes: dict[str, object]) -> Configuration:
    """Give every task type settings that its plugin takes."""
    case_types = (
        replace(each, tasks=tuple(replace(task, plugin_settings=notes) for task in each.tasks)) for each in configuration.case_types
    )
    return replace(configuration, case_types=tuple(case_types))


@pytest.mark.usefixtures("database")
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.builds(with_notes, CONFIGURATIONS, NOTES))
def test_export_gives_back_exactly_what_was_imported(configuration: Configuration) -> None:
    text = yaml.written(configuration)
    try:
        with registry.registered(FREE), unit_of_work() as session:
            service.import_configuration(session, text=text, actor=ADMINISTRATOR, now=NOON)
    except ConfigurationRefused as refused:
        if "do not fit into 30 years" not in str(refused):
            raise
        reject()

    with unit_of_work.read() as session:
        exported = service.export_configuration(session)

    assert exported == text
    assert yaml.parsed(exported).configuration == in_order(configuration)
