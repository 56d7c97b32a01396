"""The page of a task whose plugin is gone or broken says so in words; the rest of it works."""

from dataclasses import replace

import pytest

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.task_types import registry
from casetasks_app.task_types.registry import Loaded
from casetasks_app.web.pages.task.state import TaskView
from tests.factories import Office, a_task, an_office


def fails(_settings: object) -> None:
    raise RuntimeError("the plugin is broken")


@pytest.fixture
def office(database: str) -> Office:
    """Give an office."""
    assert database
    with unit_of_work() as session:
        return an_office(session)


def without_its_plugin(trouble: str) -> Loaded:
    """The plugins as they are when that of the standard task is gone, or its form fails."""
    plugins = dict(registry.installed())
    standard = plugins.pop("standard")
    return Loaded(plugins | ({"standard": replace(standard, forms={"result": fails})} if trouble == "broken" else {}))


@pytest.mark.parametrize("trouble", ["gone", "broken"])
async def test_the_page_of_a_task_whose_plugin_fails_says_so(tab_of, office: Office, monkeypatch: pytest.MonkeyPatch, trouble: str):
    with unit_of_work() as session:
        made = a_task(session, office, assignee_id=office.tom.id)
    monkeypatch.setattr(registry, "_state", [without_its_plugin(trouble)])
    tab = await tab_of(office.tom.id)

    await tab.open(f"/cases/{office.reference}/tasks/{made.number}")

    task = (await tab.state(TaskView)).task
    assert task.broken.startswith("The rest of the task works. Tell your service desk: standard, ")
    assert (task.number, task.status) == ("1", "new")
