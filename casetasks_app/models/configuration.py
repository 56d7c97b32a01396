"""What an administrator sets up: case types and their task types (behaviour, section 2)."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import choice, json, link, moment


class Unit(StrEnum):
    """The unit of a target or a lead."""

    DAYS = "days"
    HOURS = "hours"


class CaseType(SQLModel, table=True):
    """Configuration shared by all cases of one kind."""

    __tablename__ = "case_type"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=60)
    prefix: str = Field(max_length=8, unique=True)
    last_number: int = 1000
    form: list[dict[str, object]] = json(list)
    outcomes: list[str] = json(list)
    calendar_id: int | None = link("calendar", nullable=True)
    is_retired: bool = False
    revision: int = 1


class CaseTypeManagerTeam(SQLModel, table=True):
    """A team whose members are case managers of a case type."""

    __tablename__ = "case_type_manager_team"

    case_type_id: int = Field(foreign_key="case_type.id", primary_key=True, ondelete="CASCADE")
    team_id: int = Field(foreign_key="team.id", primary_key=True)


class TaskType(SQLModel, table=True):
    """One entry of a case type's Tasks configuration."""

    __tablename__ = "task_type"
    __table_args__ = (
        sa.UniqueConstraint("case_type_id", "key"),
        sa.Index("task_type_order", "case_type_id", "order_index", "name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_type_id: int = link("case_type")
    key: str = Field(max_length=60)
    name: str = Field(max_length=60)
    hint: str = Field(default="", max_length=120)
    plugin: str = Field(max_length=60)
    plugin_settings: dict[str, object] = json(dict)
    order_index: int = 0
    default_description: str = Field(default="", max_length=120)
    default_summary: str = Field(default="", max_length=4000)
    ask_description: bool = False
    ask_summary: bool = False
    ask_attachments: bool = False
    ask_case_details: bool = False
    auto_assign: bool = False
    email_team: bool = False
    target_amount: int | None = None
    target_unit: Unit = choice(Unit, Unit.DAYS)
    reminders: list[dict[str, object]] = json(list)
    breach_repeat_days: int | None = None
    breach_repeat_times: int | None = None
    allow_override: bool = False
    round_the_clock: bool = False
    calendar_id: int | None = link("calendar", nullable=True)
    is_cancellable: bool = False
    cancel_reasons: list[str] = json(list)
    auto_generate: bool = False
    auto_team_id: int | None = link("team", nullable=True)
    auto_attachments: bool = False
    auto_field: str = Field(default="", max_length=60)
    minimum: int = 0
    maximum: int = 0
    prerequisites: list[str] = json(list)
    is_retired: bool = False
    changed_at: datetime = moment()
    revision: int = 1


class TaskTypeTeam(SQLModel, table=True):
    """An assignment group of a task type, in the order in which it is offered."""

    __tablename__ = "task_type_team"

    task_type_id: int = Field(foreign_key="task_type.id", primary_key=True, ondelete="CASCADE")
    team_id: int = Field(foreign_key="team.id", primary_key=True)
    position: int = 0
