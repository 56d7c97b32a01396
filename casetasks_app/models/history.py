"""What happened to a case, in order, never edited."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import json, link, moment


class HistoryEntry(SQLModel, table=True):
    """One entry of a case's history; a private one is seen by case managers of the case type only."""

    __tablename__ = "history_entry"
    __table_args__ = (
        sa.Index("history_of_case", "case_id", "at", "id"),
        sa.Index("history_of_task", "task_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = link("case")
    task_id: int | None = link("task", nullable=True)
    at: datetime = moment()
    kind: str = Field(max_length=40)
    actor_id: int | None = link("person", nullable=True)
    is_private: bool = False
    details: dict[str, object] = json(dict)
