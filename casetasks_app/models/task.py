"""Tasks, the steps of their process, and the process models they run."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import choice, json, link, moment
from casetasks_app.models.configuration import Unit


class TaskStatus(StrEnum):
    """The state of the task's process instance: running, ended, stopped (S21)."""

    NEW = "new"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class TargetSource(StrEnum):
    """Where a task's target came from (R15)."""

    DEFAULT = "default"
    CUSTOM = "custom"
    REMOVED = "removed"
    NONE = "none"


class ProcessModel(SQLModel, table=True):
    """A BPMN file that ever ran, kept by digest so that running tasks keep theirs."""

    __tablename__ = "process_model"

    digest: str = Field(primary_key=True, max_length=64)
    plugin: str = Field(max_length=60, index=True)
    plugin_version: str = Field(max_length=40)
    xml: str = Field(sa_type=sa.Text)
    added_at: datetime = moment()


class AskedForm(SQLModel, table=True):
    """The questions of a form as they were when a step was completed, kept by digest: answers outlive their plugin."""

    __tablename__ = "asked_form"

    digest: str = Field(primary_key=True, max_length=64)
    questions: list[dict[str, object]] = json(list)


class Task(SQLModel, table=True):
    """A separate, formal, recorded piece of work inside one case.

    `team_id` and `assignee_id` are the task's own team and person; who has a step now stands on the step.
    `manager_id` repeats the case's manager, so that a manager's open tasks by target need one index; `find_text` is the
    description as `finding.folded` writes it.
    Target, texts, shared details and process model are fixed here when the task is created.
    """

    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.Index(
            "task_next_sla",
            "next_sla_at",
            "id",
            sqlite_where=sa.text("next_sla_at IS NOT NULL"),
            postgresql_where=sa.text("next_sla_at IS NOT NULL"),
        ),
        sa.Index("task_by_case", "case_id", "status"),
        sa.Index("task_by_type", "task_type_id", "status"),
        sa.Index(
            "task_of_manager",
            "manager_id",
            "due_at",
            "id",
            sqlite_where=sa.text("status = 'new'"),
            postgresql_where=sa.text("status = 'new'"),
        ),
        sa.Index(
            "task_closed_of_manager",
            "manager_id",
            "ended_at",
            "id",
            sqlite_where=sa.text("status = 'closed'"),
            postgresql_where=sa.text("status = 'closed'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = link("case")
    manager_id: int | None = link("person", nullable=True)
    number: int
    task_type_id: int = link("task_type")
    plugin: str = Field(max_length=60)
    plugin_settings: dict[str, object] = json(dict)
    description: str = Field(max_length=120)
    find_text: str = Field(default="", max_length=400)
    summary: str = Field(default="", max_length=4000)
    status: TaskStatus = choice(TaskStatus, TaskStatus.NEW)
    outcome: str = Field(default="", max_length=120)
    is_automatic: bool = False
    shares_case_details: bool = False
    team_id: int | None = link("team", nullable=True)
    assignee_id: int | None = link("person", nullable=True)
    created_at: datetime = moment()
    created_by_id: int | None = link("person", nullable=True)
    creation_key: str | None = Field(default=None, max_length=80, unique=True)
    ended_at: datetime | None = moment(nullable=True)
    ended_by_id: int | None = link("person", nullable=True)
    cancel_reason: str = Field(default="", max_length=120)
    cancel_text: str = Field(default="", max_length=1000)
    model_digest: str = Field(foreign_key="process_model.digest", max_length=64)
    process: str | None = Field(default=None, sa_type=sa.Text)
    """The state of the process instance as JSON text; None once it is over."""
    due_at: datetime | None = moment(nullable=True)
    target_source: TargetSource = choice(TargetSource, TargetSource.NONE)
    target_amount: int | None = None
    target_unit: Unit = choice(Unit, Unit.DAYS)
    target_calendar_id: int | None = link("calendar", nullable=True)
    target_calendar_revision: int = 0
    target_generation: int = 1
    reminders: list[dict[str, object]] = json(list)
    first_reminder_at: datetime | None = moment(nullable=True)
    breach_repeat_days: int | None = None
    breach_repeat_times: int | None = None
    next_sla_at: datetime | None = moment(nullable=True)
    sla_seen_at: datetime | None = moment(nullable=True)
    version: int = 1


class TaskStep(SQLModel, table=True):
    """One step of a task's process: who has it while it is open, what was answered when it is done.

    `sort_at` repeats the task's target (without one, `columns.NEVER`), so that lists by target need one index.
    """

    __tablename__ = "task_step"
    __table_args__ = (
        sa.UniqueConstraint("task_id", "step_id"),
        sa.Index(
            "step_mine",
            "assignee_id",
            "sort_at",
            "id",
            sqlite_where=sa.text("completed_at IS NULL AND assignee_id IS NOT NULL"),
            postgresql_where=sa.text("completed_at IS NULL AND assignee_id IS NOT NULL"),
        ),
        sa.Index(
            "step_to_claim",
            "team_id",
            "sort_at",
            "id",
            sqlite_where=sa.text("completed_at IS NULL AND assignee_id IS NULL"),
            postgresql_where=sa.text("completed_at IS NULL AND assignee_id IS NULL"),
        ),
        sa.Index("step_done_by", "completed_by_id", "completed_at"),
        sa.Index(
            "step_stopped", "assignee_id", "completed_at", sqlite_where=sa.text("was_stopped"), postgresql_where=sa.text("was_stopped")
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = link("task", cascade=True)
    step_id: str = Field(max_length=80)
    name: str = Field(max_length=80)
    title: str = Field(max_length=120)
    form: str = Field(default="", max_length=80)
    is_own: bool = True
    """The step goes to the task's own team or person, not to somebody the process model names."""
    is_for_team: bool = False
    """The whole team may see and claim it: given to the team, or put back."""
    team_id: int | None = link("team", nullable=True)
    assignee_id: int | None = link("person", nullable=True)
    held_since: datetime = moment()
    opened_at: datetime = moment()
    sort_at: datetime = moment()
    completed_at: datetime | None = moment(nullable=True)
    completed_by_id: int | None = link("person", nullable=True)
    was_stopped: bool = False
    answers: dict[str, object] | None = json()
    asked_digest: str | None = Field(default=None, foreign_key="asked_form.digest", max_length=64)
    draft: dict[str, object] | None = json()
    draft_by_id: int | None = link("person", nullable=True)
    draft_at: datetime | None = moment(nullable=True)
    version: int = 1


class CreationDraft(SQLModel, table=True):
    """A half-filled creation dialog: one per person and case, kept 30 days (B11)."""

    __tablename__ = "creation_draft"
    __table_args__ = (sa.UniqueConstraint("person_id", "case_id"), sa.Index("creation_draft_age", "saved_at"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = link("person", cascade=True)
    case_id: int = link("case", cascade=True)
    creation_key: str = Field(max_length=80, unique=True)
    task_type_id: int | None = link("task_type", nullable=True)
    type_revision: int = 0
    answers: dict[str, object] = json(dict)
    saved_at: datetime = moment()
    version: int = 1


class SlaEvent(SQLModel, table=True):
    """A reminder or breach that was due and has been acted upon; the key lets it happen once (R24)."""

    __tablename__ = "sla_event"
    __table_args__ = (sa.UniqueConstraint("task_id", "kind", "due_at", "ordinal"),)

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = link("task", cascade=True)
    kind: str = Field(max_length=20)
    due_at: datetime = moment()
    ordinal: int = 0
    generation: int = 1
    planned_at: datetime = moment()
    recorded_at: datetime = moment()
