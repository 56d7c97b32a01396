"""Cases, and those that are about to be raised."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import choice, json, link, moment


class CaseStatus(StrEnum):
    """Whether a case is still worked on."""

    OPEN = "open"
    CLOSED = "closed"


class Case(SQLModel, table=True):
    """One matter, raised through a form, worked on until it is closed; `find_text` is the title as `finding.folded` writes it."""

    __table_args__ = (
        sa.Index("case_by_manager", "manager_id", "status", "id"),
        sa.Index("case_by_type", "case_type_id", "status", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(max_length=24, unique=True)
    case_type_id: int = link("case_type")
    title: str = Field(max_length=120)
    find_text: str = Field(default="", max_length=400)
    answers: dict[str, object] = json(dict)
    contact_name: str = Field(default="", max_length=120)
    contact_email: str = Field(default="", max_length=254)
    status: CaseStatus = choice(CaseStatus, CaseStatus.OPEN)
    manager_id: int | None = link("person", nullable=True)
    raised_by_id: int | None = link("person", nullable=True)
    raised_at: datetime = moment()
    raise_key: str | None = Field(default=None, max_length=80, unique=True)
    last_task_number: int = 0
    closed_at: datetime | None = moment(nullable=True)
    closed_by_id: int | None = link("person", nullable=True)
    outcome: str = Field(default="", max_length=120)
    closing_note: str = Field(default="", max_length=4000)
    version: int = 1


class CaseDraft(SQLModel, table=True):
    """The half-filled form of a case about to be raised: one per person and case type, kept 30 days (B11)."""

    __tablename__ = "case_draft"
    __table_args__ = (sa.UniqueConstraint("person_id", "case_type_id"), sa.Index("case_draft_age", "saved_at"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = link("person", cascade=True)
    case_type_id: int = link("case_type", cascade=True)
    raise_key: str = Field(max_length=80, unique=True)
    """Becomes the case's, and marks the files uploaded for it."""
    answers: dict[str, object] = json(dict)
    saved_at: datetime = moment()
