"""What a process could not do by itself: timers and jobs that were given up, in sentences."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import columns, tuples
from casetasks_app.models import Case, ProcessJob, ProcessTimer, Task
from casetasks_app.tasks import kinds

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Trouble:
    """One timer or job that was given up: of which task, what it is called, and why."""

    task_id: int
    reference: str
    title: str
    reason: str

    @property
    def sentence(self) -> str:
        """What the task page says."""
        return f"“{self.title}” could not be done. {self.reason}"


def troubles(session: Session, *, task_id: int | None = None, limit: int = MOST_SHOWN) -> list[Trouble]:
    """Return what was given up, of one task or of all, the oldest first."""
    dead = sa.union_all(*(_dead(table, task_id) for table in (ProcessTimer, ProcessJob))).subquery("dead")
    query = (
        columns(dead.c.task_id, Case.reference, Task.number, Task.model_digest, dead.c.name, dead.c.last_error)
        .join(Task, col(Task.id) == dead.c.task_id)
        .join(Case, col(Case.id) == col(Task.case_id))
        .order_by(dead.c.task_id, dead.c.id)
        .limit(limit)
    )
    return [
        Trouble(found, f"{reference}/{number}", _title(session, digest, name), reason)
        for found, reference, number, digest, name, reason in tuples(session, query)
    ]


def _dead(table: type[ProcessTimer] | type[ProcessJob], task_id: int | None) -> Any:  # noqa: ANN401  as columns gives it
    mine = sa.true() if task_id is None else col(table.task_id) == task_id
    return columns(table.id, table.task_id, table.name, table.last_error).where(col(table.is_dead), mine)


def _title(session: Session, digest: str, name: str) -> str:
    node = kinds.model(session, digest=digest).nodes.get(name)
    return (node.title if node else "") or name
