"""What the processes of tasks wait for by themselves: timers that run, jobs to be carried out."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import link, moment

_GOES_ON = sa.text("NOT is_dead")
_DEAD = sa.text("is_dead")


class ProcessTimer(SQLModel, table=True):
    """A timer that runs; it goes off once `try_at` is reached, and its row is gone with that.

    `try_at` is `due_at` until a try fails. One that failed too often is dead: kept for people to see and try again.
    """

    __tablename__ = "process_timer"
    __table_args__ = (
        sa.UniqueConstraint("task_id", "timer_id"),
        sa.Index("timer_due", "try_at", "id", sqlite_where=_GOES_ON, postgresql_where=_GOES_ON),
        sa.Index("timer_dead", "id", sqlite_where=_DEAD, postgresql_where=_DEAD),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = link("task", cascade=True)
    timer_id: str = Field(max_length=80)
    name: str = Field(max_length=80)
    """The element of the process model."""
    due_at: datetime = moment()
    try_at: datetime = moment()
    attempts: int = 0
    is_dead: bool = False
    last_error: str = Field(default="", max_length=500)


class ProcessJob(SQLModel, table=True):
    """A service or send task to be carried out; its row is gone when it is done, or the process has left it.

    Whoever carries it out has claimed it under `claim` and moved `try_at` on, to where it counts as lost with its worker.
    """

    __tablename__ = "process_job"
    __table_args__ = (
        sa.UniqueConstraint("task_id", "job_id"),
        sa.Index("job_due", "try_at", "id", sqlite_where=_GOES_ON, postgresql_where=_GOES_ON),
        sa.Index("job_dead", "id", sqlite_where=_DEAD, postgresql_where=_DEAD),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = link("task", cascade=True)
    job_id: str = Field(max_length=80)
    name: str = Field(max_length=80)
    topic: str = Field(max_length=60)
    try_at: datetime = moment()
    attempts: int = 0
    claim: str = Field(default="", max_length=40)
    is_dead: bool = False
    last_error: str = Field(default="", max_length=500)
