"""The tasks tab: every task of one case (S13, S14)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import columns, looked_up
from casetasks_app.models import Case, Task, TaskStatus, TaskStep, TaskType
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import sources
from casetasks_app.tasks.queries.rows import TaskRow

MOST = 5000
"""Rows, one for each step of each task."""


def _shared() -> Any:  # noqa: ANN401  SQLAlchemy's Select has no usable type here
    """The tasks of the case that somebody who is no case manager may see (B17, section 10)."""
    mine = (col(TaskStep.assignee_id) == sa.bindparam("me")) | (col(TaskStep.completed_by_id) == sa.bindparam("me"))
    ours = col(TaskStep.team_id).in_(sa.bindparam("my_teams", expanding=True)) & col(TaskStep.is_for_team)
    led = col(TaskStep.team_id).in_(sa.bindparam("led", expanding=True))
    return (
        sa.select(col(TaskStep.task_id))
        .join(Task, col(Task.id) == col(TaskStep.task_id))
        .where(col(Task.case_id) == sa.bindparam("case_id"), mine | ours | led)
    )


_IS_OPEN = col(Task.status) == TaskStatus.NEW
_ALL = (
    sources.joined()
    .where(col(Task.case_id) == sa.bindparam("case_id"))
    .order_by(sa.case((_IS_OPEN, 0), else_=1), col(Task.number), col(TaskStep.id))
    .limit(MOST)
)
_SHARED = _ALL.where(col(Task.id).in_(_shared()))
_NUMBERED = (
    columns(col(Task.id))
    .where(col(Task.case_id) == sa.bindparam("case_id"), col(Task.number) > sa.bindparam("after"))
    .order_by(col(Task.number))
    .limit(sa.bindparam("most", type_=sa.Integer()))
)
_SHARED_NUMBERED = _NUMBERED.where(col(Task.id).in_(_shared()))
_SOME = sources.joined().where(col(Task.id).in_(sa.bindparam("ids", expanding=True))).order_by(col(Task.number), col(TaskStep.id))
_TYPE_OF_CASE = sa.select(col(Case.case_type_id)).where(col(Case.id) == sa.bindparam("case_id"))
_COUNTS = columns(
    sa.func.count(),
    sa.func.coalesce(sa.func.sum(sa.case((_IS_OPEN, 1), else_=0)), 0),
    sa.func.coalesce(sa.func.sum(sa.case((_IS_OPEN & (col(Task.due_at) < sa.bindparam("at")), 1), else_=0)), 0),
).where(col(Task.case_id) == sa.bindparam("case_id"))
_CONFIGURED = (
    sa.select(col(TaskType.id)).where(col(TaskType.case_type_id) == sa.bindparam("case_type_id"), ~col(TaskType.is_retired)).limit(1)
)
_MADE = sa.select(col(Task.id)).where(col(Task.case_id) == sa.bindparam("case_id")).limit(1)


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many tasks a case has, for tabs and summaries."""

    total: int = 0
    open: int = 0
    breached: int = 0


def tasks(session: Session, *, case_id: int, actor: Actor, now: datetime) -> list[TaskRow]:
    """Return the case's tasks that the actor may see: the open ones first, then by number."""
    case_types = [row[0] for row in looked_up(session, _TYPE_OF_CASE, case_id=case_id)]
    if case_types and case_types[0] in actor.manages:
        found = sources.lines(session, _ALL, now=now, case_id=case_id)
    else:
        me: dict[str, object] = {"me": actor.person_id, "my_teams": sorted(actor.teams), "led": sorted(actor.leads)}
        found = sources.lines(session, _SHARED, now=now, case_id=case_id, **me)
    return found.for_actor(actor, now)


def part(session: Session, *, case_id: int, actor: Actor, after: int, most: int, now: datetime) -> list[TaskRow]:
    """Return the first tasks with a number above `after` that the actor may see, by number: for readers that go through all."""
    case_types = [row[0] for row in looked_up(session, _TYPE_OF_CASE, case_id=case_id)]
    sees_all = bool(case_types) and case_types[0] in actor.manages
    me: dict[str, object] = {} if sees_all else {"me": actor.person_id, "my_teams": sorted(actor.teams), "led": sorted(actor.leads)}
    ids = looked_up(session, _NUMBERED if sees_all else _SHARED_NUMBERED, case_id=case_id, after=after, most=most, **me)
    if not ids:
        return []
    found = sources.lines(session, _SOME, now=now, ids=[task_id for (task_id,) in ids])
    return found.for_actor(actor, now)


def counts(session: Session, *, case_id: int, now: datetime) -> TaskCounts:
    """Return how many tasks the case has, how many are open, how many of those are breached."""
    session.flush()
    return TaskCounts(*(int(each) for each in looked_up(session, _COUNTS, case_id=case_id, at=now)[0]))


def has_tasks_tab(session: Session, *, case_id: int, case_type_id: int) -> bool:
    """Tell whether the tasks tab exists: the case type has a task type, or the case has tasks already (B1, S6, S7)."""
    session.flush()
    return bool(looked_up(session, _CONFIGURED, case_type_id=case_type_id) or looked_up(session, _MADE, case_id=case_id))
