"""People, the teams they belong to, their sign-ins and the tokens of their programs."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import json, link, moment


class Person(SQLModel, table=True):
    """Somebody who can sign in; roles come from membership."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    password_hash: str | None = Field(default=None, max_length=255)
    is_administrator: bool = False
    is_active: bool = True
    preferences: dict[str, object] = json(dict)
    created_at: datetime = moment()
    looked_at: datetime | None = moment(nullable=True)
    """When they last looked at what needs their attention."""


class Team(SQLModel, table=True):
    """A group of people who can be given tasks."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=60)
    is_active: bool = True


class Membership(SQLModel, table=True):
    """One person's place in one team."""

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    team_id: int = Field(foreign_key="team.id", primary_key=True, ondelete="CASCADE", index=True)
    is_lead: bool = False


class SignIn(SQLModel, table=True):
    """One signed-in browser; only the digest of its cookie is stored."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(max_length=64, unique=True)
    person_id: int = link("person", index=True, cascade=True)
    created_at: datetime = moment()
    last_seen_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)
    address: str = Field(default="", max_length=64)
    browser: str = Field(default="", max_length=200)


class AccessToken(SQLModel, table=True):
    """One key with which a program acts as a person through REST; only its digest is stored."""

    __tablename__ = "access_token"

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(max_length=64, unique=True)
    person_id: int = link("person", index=True, cascade=True)
    name: str = Field(default="", max_length=60)
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(nullable=True)
    """When it was last used, to the day."""
    revoked_at: datetime | None = moment(nullable=True)


class SignInFailure(SQLModel, table=True):
    """One refused sign-in, counted for throttling; swept away after a day."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        sa.Index("sign_in_failure_email", "email_digest", "at"),
        sa.Index("sign_in_failure_address", "address", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    email_digest: str = Field(max_length=64)
    address: str = Field(max_length=64)
    at: datetime = moment()
