"""Needs my attention: breached, closed by somebody else since one last looked, or left by whoever had it."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from casetasks_app.cases import complete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import looking
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import hold
from casetasks_app.tasks.queries import my_work, narrowed, walks
from casetasks_app.tasks.queries.choice import Choice
from casetasks_app.tasks.queries.my_work import View, Wanted, Work
from casetasks_app.tasks.wanted import WantedTarget
from tests.factories import NOON, Office, a_task, actor
from tests.integration.tasks.looking import open_steps, the_task

NEEDS_ME = ("needs", ("me",))
HOUR = timedelta(hours=1)


def _closed(session: Session, office: Office, at: datetime) -> int:
    made, tom = a_task(session, office), actor(session, office.tom)
    hold.claim(session, task_id=made.task_id, actor=tom, now=NOON)
    step = open_steps(session, made.task_id)[0]
    complete.complete_step(session, task_id=made.task_id, step_id=step.id or 0, answers={"outcome": "Done"}, actor=tom, now=at)
    return made.number


def _needs(session: Session, office: Office, now: datetime, *filters: tuple[str, tuple[str, ...]], since: datetime | None = None) -> Work:
    wanted = Wanted(View.CREATED, choice=Choice(filters=(NEEDS_ME, *filters)), since=since)
    return my_work.look(session, actor=actor(session, office.manager), wanted=wanted, now=now)


def _numbers(work: Work) -> list[int]:
    return [row.number for row in work.page.rows]


def test_what_was_closed_since_the_last_look_needs_attention_once(session: Session, office: Office) -> None:
    manager = actor(session, office.manager)
    first = _closed(session, office, NOON + HOUR)

    since = looking.look(session, actor=manager, now=NOON + 2 * HOUR)
    second = _closed(session, office, NOON + 3 * HOUR)
    now = NOON + 4 * HOUR

    assert _numbers(_needs(session, office, now)) == [second]
    assert _numbers(_needs(session, office, now, since=since)) == [first, second]
    assert looking.look(session, actor=manager, now=now) == NOON + 2 * HOUR
    assert _numbers(_needs(session, office, now + HOUR)) == []


def test_somebody_who_never_looked_has_a_month_before_them(session: Session, office: Office) -> None:
    closed = _closed(session, office, NOON)

    soon, later = (_needs(session, office, NOON + timedelta(days=days)) for days in (29, 31))

    assert (_numbers(soon), _numbers(later)) == ([closed], [])


def test_a_look_is_written_at_most_once_a_minute(session: Session, office: Office) -> None:
    manager = actor(session, office.manager)
    looking.look(session, actor=manager, now=NOON)

    looking.look(session, actor=manager, now=NOON + timedelta(seconds=59))
    soon = looking.last_look(session, actor=manager, now=NOON + HOUR)
    looking.look(session, actor=manager, now=NOON + timedelta(seconds=61))

    assert soon == NOON
    assert looking.last_look(session, actor=manager, now=NOON + HOUR) == NOON + timedelta(seconds=61)


def test_who_closed_a_task_knows_it_and_another_manager_never_hears_of_it(session: Session, office: Office) -> None:
    task = the_task(session, _closed(session, office, NOON))
    wanted, now = Wanted(View.CREATED, choice=Choice(filters=(NEEDS_ME,))), NOON + HOUR

    mine = _needs(session, office, now)
    theirs = my_work.look(session, actor=actor(session, office.other_manager), wanted=wanted, now=now)
    task.ended_by_id = office.manager.id
    session.flush()

    assert (_numbers(mine), _numbers(theirs), _numbers(_needs(session, office, now))) == ([task.number], [], [])


def test_closed_ones_come_after_open_ones_and_are_in_no_group_of_targets(session: Session, office: Office) -> None:
    a_task(session, office, now=NOON - timedelta(days=9), target=WantedTarget("custom", 1))
    closed = _closed(session, office, NOON)
    now, manager = NOON + timedelta(days=9), actor(session, office.manager)
    wanted = Wanted(View.CREATED, choice=Choice(filters=(NEEDS_ME,)))

    offered = my_work.offered(session, actor=manager, wanted=wanted, key="target", now=now)
    counted = my_work.offered(session, actor=manager, wanted=Wanted(View.CREATED), key="needs", now=now)

    assert _numbers(_needs(session, office, now)) == [1, closed]
    assert _numbers(_needs(session, office, now, ("target", ("breached", "later")))) == [1]
    assert [(each.value, each.count) for each in offered] == [("breached", 1), ("today", 0), ("week", 0), ("later", 0)]
    assert [each.count for each in counted] == [2]
    assert _needs(session, office, now).page.total == 2


def test_what_needs_attention_starts_from_the_indexes_of_a_manager(database: str) -> None:
    who = Actor(1, "A", "a@example.org")
    with unit_of_work.read() as session:
        asked = Choice(filters=(NEEDS_ME,))
        query = narrowed.matching(session, walks.ground(View.CREATED, who, NOON, NOON), asked, NOON)
        text = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
        if database == "postgresql":
            session.connection().exec_driver_sql("SET enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if database == "sqlite" else "EXPLAIN "
        plan = str(session.connection().execute(sa.text((explain + str(text)).replace(":", "\\:"))).all())

    assert ("task_of_manager" in plan, "task_closed_of_manager" in plan) == (True, True), plan


@pytest.mark.parametrize("view", [View.MINE, View.CLAIM, View.DONE])
def test_no_other_view_has_news(session: Session, office: Office, view: View) -> None:
    _closed(session, office, NOON)

    found = my_work.look(
        session, actor=actor(session, office.manager), wanted=Wanted(view, choice=Choice(filters=(NEEDS_ME,))), now=NOON + HOUR
    )

    assert found.page.rows == ()
