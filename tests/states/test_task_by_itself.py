"""The page of a task that waits for nobody: its process sends a letter or for a moment."""

import pytest

from casetasks_app.cases import complete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.task_types import registry
from casetasks_app.task_types.jobs import sends
from casetasks_app.web.pages.task.state import TaskView
from tests.factories import NOON, a_task, actor, an_office
from tests.integration.processes.kinds import HELD, SENT, a_kind
from tests.integration.tasks.looking import open_steps

KINDS = {
    "a letter": a_kind(SENT, jobs={"send": sends("told", to="assignee")}, told="Told\n{{ reference }}"),
    "a moment": a_kind(HELD),
}


@pytest.mark.parametrize("waits_for", KINDS)
async def test_a_task_that_waits_for_nobody_says_so(tab_of, database: str, waits_for: str):
    assert database
    with registry.registered(KINDS[waits_for]):
        with unit_of_work() as session:
            office = an_office(session, plugin="acting")
            made = a_task(session, office, assignee_id=office.tom.id)
            step, tom = open_steps(session, made.task_id)[0], actor(session, office.tom)
            complete.complete_step(session, task_id=made.task_id, step_id=step.id or 0, answers={}, actor=tom, now=NOON)
        tab = await tab_of(office.tom.id)

        await tab.open(f"/cases/{office.reference}/tasks/{made.number}")

        task = (await tab.state(TaskView)).task
    assert task.standing == "Nobody has to do anything now: the process goes on by itself."
