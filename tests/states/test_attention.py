"""Needs my attention on My work: what others closed stands there until one has looked."""

import pytest

from casetasks_app import clock
from casetasks_app.cases import complete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.web.pages.my_work.state import MyWork
from tests.factories import Office, a_task, actor, an_office
from tests.integration.tasks.looking import open_steps

NEEDS_ME = "/my-work?view=created&needs=me"


@pytest.fixture
def office(database: str) -> Office:
    with unit_of_work() as session:
        return an_office(session)


def close(office, task):
    with unit_of_work() as session:
        (step,) = open_steps(session, task.task_id)
        tom = actor(session, office.tom)
        complete.complete_step(session, task_id=task.task_id, step_id=step.id, answers={"outcome": "Done"}, actor=tom, now=clock.now())


def rows(shown):
    return [row for group in shown.groups for row in group.rows]


async def test_what_others_closed_is_news_until_one_has_looked(tab_of, office):
    """B17."""
    with unit_of_work() as session:
        first, second = (a_task(session, office, now=clock.now(), assignee_id=office.tom.id) for _ in range(2))
    close(office, first)
    tab = await tab_of(office.manager.id)
    await tab.open(NEEDS_ME)
    headings = [group.heading for group in (await tab.state(MyWork)).groups]
    close(office, second)
    await tab.open(f"{NEEDS_ME}&sort=task")

    meanwhile = [row.reference for row in rows(await tab.state(MyWork))]
    await tab.open("/my-work?view=created")
    await tab.open(NEEDS_ME)
    afterwards = await tab.state(MyWork)

    assert headings == ["Closed since you last looked (1)"]
    assert meanwhile == [f"{office.reference}/1", f"{office.reference}/2"]
    assert [(row.reference, row.holder, row.status) for row in rows(afterwards)] == [(f"{office.reference}/2", "Tom Ellis", "closed")]
