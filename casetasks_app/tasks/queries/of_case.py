"""The tasks tab: every task of one case (S13, S14)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import tuples
from casetasks_app.models import Case, Task, TaskStatus, TaskStep, TaskType
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import sources
from casetasks_app.tasks.queries.rows import TaskRow

MOST = 5000
"""Rows, one for each step of each task."""


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many tasks a case has, for tabs and summaries."""

    total: int = 0
    open: int = 0
    breached: int = 0


def tasks(session: Session, *, case_id: int, actor: Actor, now: datetime) -> list[TaskRow]:
    """Return the case's tasks that the actor may see: the open ones first, then by number."""
    query = sources.joined().where(Task.case_id == case_id)
    if not _sees_all(session, case_id, actor):
        query = query.where(col(Task.id).in_(_shared_with(case_id, actor)))
    is_over = sa.case((col(Task.status) == TaskStatus.NEW, 0), else_=1)
    return sources.rows(session, query.order_by(is_over, col(Task.number), col(TaskStep.id)).limit(MOST), actor=actor, now=now)


def counts(session: Session, *, case_id: int, now: datetime) -> TaskCounts:
    """Return how many tasks the case has, how many are open, how many of those are breached."""
    is_open = col(Task.status) == TaskStatus.NEW
    row = tuples(
        session,
        sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(sa.case((is_open, 1), else_=0)), 0),
            sa.func.coalesce(sa.func.sum(sa.case((is_open & (col(Task.due_at) < now), 1), else_=0)), 0),
        ).where(col(Task.case_id) == case_id),
    )[0]
    return TaskCounts(*(int(each) for each in row))


def has_tasks_tab(session: Session, *, case_id: int, case_type_id: int) -> bool:
    """Tell whether the tasks tab exists: the case type has a task type, or the case has tasks already (B1, S6, S7)."""
    configured = select(TaskType.id).where(TaskType.case_type_id == case_type_id, ~col(TaskType.is_retired)).limit(1)
    made = select(Task.id).where(Task.case_id == case_id).limit(1)
    return session.exec(configured).first() is not None or session.exec(made).first() is not None


def _sees_all(session: Session, case_id: int, actor: Actor) -> bool:
    return session.exec(select(Case.case_type_id).where(Case.id == case_id)).first() in actor.manages


def _shared_with(case_id: int, actor: Actor) -> Any:  # noqa: ANN401  SQLAlchemy's Select has no usable type here
    """The tasks of the case that somebody who is no case manager may see (B17, section 10)."""
    mine = (col(TaskStep.assignee_id) == actor.person_id) | (col(TaskStep.completed_by_id) == actor.person_id)
    ours = col(TaskStep.team_id).in_(actor.teams) & col(TaskStep.is_for_team)
    led = col(TaskStep.team_id).in_(actor.leads)
    return (
        sa.select(col(TaskStep.task_id))
        .join(Task, col(Task.id) == col(TaskStep.task_id))
        .where(col(Task.case_id) == case_id, mine | ours | led)
    )
