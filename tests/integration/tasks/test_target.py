"""Changing the target of a task."""

import pytest
from sqlmodel import Session

from casetasks_app.models import Unit
from casetasks_app.tasks import target
from casetasks_app.tasks.queries import my_work
from casetasks_app.tasks.target import CannotChangeTarget
from casetasks_app.tasks.wanted import TaskRefused, WantedTarget
from tests.factories import NOON, Office, a_task, actor
from tests.integration.tasks.looking import history, the_task


def _change(session: Session, office: Office, task_id: int, asked: WantedTarget, reason: str = "The owner is away") -> None:
    target.change(session, task_id=task_id, asked=asked, reason=reason, actor=actor(session, office.manager), now=NOON)


def test_the_case_manager_changes_the_target_with_a_reason_and_lists_follow(session: Session, office: Office) -> None:
    """B23, S23."""
    first, second = (a_task(session, office, assignee_id=office.tom.id) for _ in range(2))

    _change(session, office, second.task_id, WantedTarget("custom", 1, Unit.HOURS))

    session.flush()
    rows = my_work.page(session, actor=actor(session, office.tom), view=my_work.View.MINE, number=1, now=NOON).rows
    assert [row.task_id for row in rows] == [second.task_id, first.task_id]
    assert history(session, "target_changed")[0].details["reason"] == "The owner is away"


def test_the_case_manager_removes_the_target(session: Session, office: Office) -> None:
    """B23, S58."""
    made = a_task(session, office)

    _change(session, office, made.task_id, WantedTarget("none"))

    assert the_task(session, made.task_id).due_at is None
    assert history(session, "target_removed")


def test_nobody_else_changes_it_and_nobody_where_it_is_not_allowed(session: Session, office: Office) -> None:
    """B23."""
    made = a_task(session, office, assignee_id=office.tom.id)

    for person in (office.tom, office.lead, office.other_manager):
        with pytest.raises(CannotChangeTarget):
            target.change(session, task_id=made.task_id, asked=WantedTarget("none"), reason="", actor=actor(session, person), now=NOON)
    office.task_type.allow_override = False
    with pytest.raises(CannotChangeTarget):
        _change(session, office, made.task_id, WantedTarget("none"))


def test_an_impossible_target_is_refused(session: Session, office: Office) -> None:
    """B7."""
    made = a_task(session, office)

    with pytest.raises(TaskRefused, match="between 1 and 365"):
        _change(session, office, made.task_id, WantedTarget("custom", 400))
