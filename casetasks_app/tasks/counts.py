"""How many tasks of each type a case has, and the limits of its task types."""

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import columns, looked_up
from casetasks_app.models import Task, TaskStatus, TaskType
from casetasks_app.tasks.rules import Limits, TypeCount

_OUTSTANDING = sa.select(sa.func.count(col(Task.id))).where(
    col(Task.case_id) == sa.bindparam("case_id"), col(Task.status) == TaskStatus.NEW
)
_MADE = (
    columns(
        col(TaskType.key),
        sa.func.count(col(Task.id)),
        sa.func.sum(sa.case((col(Task.status) == TaskStatus.CLOSED, 1), else_=0)),
        sa.func.sum(sa.case((col(Task.status) == TaskStatus.NEW, 1), else_=0)),
    )
    .join(TaskType, col(TaskType.id) == col(Task.task_type_id))
    .where(col(Task.case_id) == sa.bindparam("case_id"))
    .group_by(col(TaskType.key))
)
_LIMITS = (
    columns(
        col(TaskType.key),
        col(TaskType.name),
        col(TaskType.minimum),
        col(TaskType.maximum),
        col(TaskType.prerequisites),
        col(TaskType.is_retired),
    )
    .where(col(TaskType.case_type_id) == sa.bindparam("case_type_id"))
    .order_by(col(TaskType.order_index), col(TaskType.name))
    .limit(500)
)


def of_case(session: Session, *, case_id: int) -> dict[str, TypeCount]:
    """Return per Task ID how many tasks the case has: created (cancelled ones included), completed and outstanding."""
    session.flush()
    return {str(key): TypeCount(*map(int, counted)) for key, *counted in looked_up(session, _MADE, case_id=case_id)}


def limits(session: Session, *, case_type_id: int) -> tuple[list[Limits], dict[str, str]]:
    """Return the Task Limits of every task type of a case type, in list order, and the names by Task ID."""
    session.flush()
    rows = looked_up(session, _LIMITS, case_type_id=case_type_id)
    retired = {key for key, *_, is_retired in rows if is_retired}
    found = [
        Limits(key, name, 0 if is_retired else minimum, maximum, tuple(needed), frozenset(retired & {*needed}))
        for key, name, minimum, maximum, needed, is_retired in rows
    ]
    return found, {each.key: each.name for each in found}


def outstanding(session: Session, *, case_id: int) -> int:
    """Return how many tasks of the case are outstanding."""
    session.flush()
    return int(looked_up(session, _OUTSTANDING, case_id=case_id)[0][0])
