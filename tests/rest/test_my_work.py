"""My work through REST: the page's tasks in the page's order, part by part."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import TaskStep
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import my_work, walks
from casetasks_app.tasks.queries.walks import Place, View
from tests.factories import NOON, Office, a_task, a_team, actor
from tests.rest.asking import program

MEANINGLESS = [{"view": "done"}, {"view": "x"}, {"limit": 101}, *({"after": each} for each in ("x", "2026-01-01~1", "2026-01-01T00:00Z~x"))]


@pytest.fixture
def busy(office: Office) -> Office:
    """Give Tom and his two teams tasks with the same target, with other ones, and with none."""
    with unit_of_work() as session:
        other = a_team(session, office.tom)
        for number in range(12):
            made = a_task(session, office, **({"assignee_id": office.tom.id} if number % 2 else {}))
            due = None if number % 3 == 0 else NOON + timedelta(days=number // 4)
            changes = {"sort_at": due} if due else {}
            changes |= {"team_id": other.id} if number in {2, 8} else {}
            if changes:
                session.flush()
                session.connection().execute(sa.update(TaskStep).where(TaskStep.task_id == made.task_id).values(**changes))  # type: ignore[arg-type]
    return office


@pytest.mark.parametrize("view", ["mine", "claim"])
@pytest.mark.parametrize("limit", [1, 4, 100])
async def test_all_parts_together_are_the_page(busy, view, limit):
    """B17."""
    tom, found, after = program(busy.tom), [], ""
    while after is not None:
        said = await tom.ask("/my-work", view=view, limit=limit, **({"after": after.replace("+", "%2B")} if after else {}))
        assert said.status == 200
        assert len(said.json["tasks"]) <= limit
        found += [each["number"] for each in said.json["tasks"]]
        after = said.json["next"]

    with unit_of_work.read() as session:
        page = my_work.page(session, actor=actor(session, busy.tom), view=View(view), number=1, now=clock.now())
    assert found == [row.number for row in page.rows]
    assert len(found) == 6


async def test_without_a_team_there_is_nothing_to_claim(office):
    """S43."""
    with unit_of_work() as session:
        a_task(session, office)

    said = await program(office.stranger).ask("/my-work", view="claim")

    assert said.json == {"tasks": [], "next": None}


@pytest.mark.parametrize(
    "query",
    [{"view": "done"}, {"view": "x"}, {"after": "x"}, {"after": "2026-01-01~1"}, {"after": "2026-01-01T00:00:00Z~x"}, {"limit": 101}],
)
async def test_what_means_nothing_is_refused(office, query):
    said = await program(office.tom).ask("/my-work", **query)

    assert (said.status, said.problem) == (400, "query")


@pytest.mark.parametrize(("view", "index"), [("mine", "step_mine"), ("claim", "step_to_claim")])
def test_going_on_behind_a_place_walks_the_index(database, view, index):
    who = Actor(1, "A", "a@example.org", teams=frozenset({1, 2}))
    walk = walks.mine if view == "mine" else walks.to_claim
    query = walk(who, 26, walks.beyond(Place(NOON, 7)))
    with unit_of_work.read() as session:
        text = str(query.compile(session.connection(), compile_kwargs={"literal_binds": True})).replace("%", "%%")
        if database == "postgresql":
            session.connection().exec_driver_sql("SET enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if database == "sqlite" else "EXPLAIN "
        plan = str(session.connection().exec_driver_sql(explain + text).all())

    assert index in plan, plan
    assert "TEMP B-TREE" not in plan or view == "claim", plan
