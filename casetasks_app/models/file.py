"""Files kept in the private store."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import link, moment


class StoredFile(SQLModel, table=True):
    """One file of a case; its content lies in the private store under its id."""

    __tablename__ = "stored_file"

    id: str = Field(primary_key=True, max_length=32)
    case_id: int | None = link("case", nullable=True, index=True)
    task_id: int | None = link("task", nullable=True, index=True)
    draft_key: str | None = Field(default=None, max_length=80, index=True)
    name: str = Field(max_length=200)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    added_by_id: int | None = link("person", nullable=True)
    added_at: datetime = moment()
    removed_at: datetime | None = moment(nullable=True)


class TaskFile(SQLModel, table=True):
    """A file of the case that was sent with a task (B6)."""

    __tablename__ = "task_file"

    task_id: int = Field(foreign_key="task.id", primary_key=True, ondelete="CASCADE")
    file_id: str = Field(foreign_key="stored_file.id", primary_key=True, max_length=32)
