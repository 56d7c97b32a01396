"""My work: what is mine, what can be claimed, what I asked for, what is done."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from casetasks_app.cases import service as cases
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import hold
from casetasks_app.tasks.cancel import Reason, cancel
from casetasks_app.tasks.queries import my_work, walks
from casetasks_app.tasks.queries.my_work import View
from casetasks_app.tasks.wanted import WantedTarget
from tests.factories import NOON, Office, a_task, a_team, actor


def _numbers(session: Session, who: Actor, view: View, page: int = 1) -> list[int]:
    session.flush()
    return [row.number for row in my_work.page(session, actor=who, view=view, number=page, now=NOON).rows]


def test_mine_is_sorted_by_target_and_without_target_comes_last(session: Session, office: Office) -> None:
    """B17."""
    for target in (WantedTarget("custom", 9), WantedTarget("none"), WantedTarget("custom", 1)):
        a_task(session, office, assignee_id=office.tom.id, target=target)

    assert _numbers(session, actor(session, office.tom), View.MINE) == [3, 1, 2]
    found = my_work.next_task(session, actor=actor(session, office.tom), now=NOON)
    assert found
    assert found.number == 3


def test_to_claim_shows_the_unclaimed_tasks_of_my_teams_and_of_no_other(session: Session, office: Office) -> None:
    """B17, S43."""
    a_task(session, office)
    claimed = a_task(session, office)
    hold.claim(session, task_id=claimed.task_id, actor=actor(session, office.ana), now=NOON)
    a_team(session, office.tom)

    assert _numbers(session, actor(session, office.tom), View.CLAIM) == [1]
    assert _numbers(session, actor(session, office.stranger), View.CLAIM) == []
    assert my_work.counts(session, actor=actor(session, office.ana)) == my_work.WorkCounts(mine=1, claim=1, created=0)


def test_created_by_me_shows_the_open_tasks_of_my_cases(session: Session, office: Office) -> None:
    a_task(session, office)
    a_task(session, office)

    assert _numbers(session, actor(session, office.manager), View.CREATED) == [1, 2]
    assert _numbers(session, actor(session, office.other_manager), View.CREATED) == []


def test_who_takes_a_case_over_has_its_tasks_under_created_by_me(session: Session, office: Office) -> None:
    a_task(session, office)
    new = actor(session, office.other_manager)
    cases.take_over(session, case_id=office.case_id, actor=new, now=NOON)

    assert _numbers(session, actor(session, office.manager), View.CREATED) == []
    assert _numbers(session, new, View.CREATED) == [1]


def test_done_shows_what_was_cancelled_under_me_too(session: Session, office: Office) -> None:
    made = a_task(session, office, assignee_id=office.tom.id)
    manager = actor(session, office.manager)
    cancel(session, task_id=made.task_id, reason=Reason("No longer needed"), actor=manager, now=NOON)

    later = NOON + timedelta(days=31)
    assert _numbers(session, actor(session, office.tom), View.DONE) == [1]
    assert my_work.page(session, actor=actor(session, office.tom), view=View.DONE, number=1, now=later).rows == ()


def test_a_list_is_paged(session: Session, office: Office) -> None:
    for _ in range(27):
        a_task(session, office, assignee_id=office.tom.id)
    tom = actor(session, office.tom)
    session.flush()

    first = my_work.page(session, actor=tom, view=View.MINE, number=1, now=NOON)
    second = my_work.page(session, actor=tom, view=View.MINE, number=2, now=NOON)

    assert (len(first.rows), first.has_more, len(second.rows), second.has_more) == (25, True, 2, False)


@pytest.mark.parametrize("view", [View.MINE, View.CLAIM])
def test_a_page_costs_the_same_number_of_statements_whatever_its_length(session: Session, office: Office, view: View) -> None:
    a_task(session, office, assignee_id=office.tom.id)
    a_task(session, office)
    tom = actor(session, office.tom)
    session.flush()
    short = _statements(session, tom, view)
    for _ in range(10):
        a_task(session, office, assignee_id=office.tom.id)
        a_task(session, office)
    session.flush()

    assert _statements(session, tom, view) == short


def _statements(session: Session, who: Actor, view: View) -> int:
    seen: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = session.connection().engine
    sa.event.listen(engine, "before_cursor_execute", count)
    my_work.page(session, actor=who, view=view, number=1, now=NOON)
    sa.event.remove(engine, "before_cursor_execute", count)
    return len(seen)


@pytest.mark.parametrize(("view", "index"), [(View.MINE, "step_mine"), (View.CLAIM, "step_to_claim"), (View.CREATED, "task_of_manager")])
def test_the_lists_walk_their_index(database: str, view: View, index: str) -> None:
    who = Actor(1, "A", "a@example.org", teams=frozenset({1, 2}))
    query = walks.of_view(view, who, 26)
    with unit_of_work.read() as session:
        text = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
        if database == "postgresql":
            session.connection().exec_driver_sql("SET enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if database == "sqlite" else "EXPLAIN "
        plan = str(session.connection().exec_driver_sql(explain + str(text).replace("%", "%%")).all())

    assert index in plan, plan
