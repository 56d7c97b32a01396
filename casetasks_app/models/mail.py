"""Mails to be sent, and the texts an installation has changed."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import choice, json, link, moment


class MailState(StrEnum):
    """How far a mail has come."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


_FAILED = sa.text("state = 'dead'")
_WAITING = sa.text("state IN ('pending', 'claimed', 'sending')")


class OutgoingMail(SQLModel, table=True):
    """One mail to one recipient, written in the transaction of the change it tells about."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        sa.Index("mail_waiting", "priority", "not_before", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        sa.Index("mail_of_task", "task_id", "state"),
        sa.Index("mail_newest", "created_at", "id"),
        sa.Index("mail_failed", "created_at", "id", sqlite_where=_FAILED, postgresql_where=_FAILED),
    )

    id: int | None = Field(default=None, primary_key=True)
    dedupe_key: str = Field(max_length=160, unique=True)
    kind: str = Field(max_length=30)
    case_id: int | None = link("case", nullable=True)
    task_id: int | None = link("task", nullable=True)
    generation: int | None = None
    person_id: int | None = link("person", nullable=True)
    to_address: str = Field(max_length=254)
    reply_to: str = Field(default="", max_length=254)
    subject: str = Field(max_length=200)
    text: str = Field(sa_type=sa.Text)
    html: str = Field(default="", sa_type=sa.Text)
    enclosures: list[dict[str, str]] | None = json()
    """The files that go with it: id, name, media type. Only letters of plugins have any."""
    message_id: str = Field(max_length=160, unique=True)
    thread_id: str = Field(default="", max_length=160)
    state: MailState = choice(MailState, MailState.PENDING)
    priority: int = 5
    attempts: int = 0
    not_before: datetime = moment()
    lease_until: datetime | None = moment(nullable=True)
    owner: str = Field(default="", max_length=60)
    last_code: int | None = None
    last_error: str = Field(default="", max_length=500)
    created_at: datetime = moment()
    sent_at: datetime | None = moment(nullable=True)


class MailTemplate(SQLModel, table=True):
    """The text of one kind of mail, where it differs from the built-in one."""

    __tablename__ = "mail_template"

    kind: str = Field(primary_key=True, max_length=30)
    subject: str = Field(max_length=200)
    body: str = Field(sa_type=sa.Text)
    html: str = Field(default="", sa_type=sa.Text)
    changed_at: datetime = moment()
    changed_by_id: int | None = link("person", nullable=True)
