"""Business calendars and their closed days."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import json, link


class Calendar(SQLModel, table=True):
    """Opening times of one office: zone, windows of the week, days with their own windows (R1, R3, R5)."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=60)
    zone: str = Field(max_length=60)
    week: dict[str, list[list[str]]] = json(dict)
    exceptions: dict[str, list[list[str]]] = json(dict)
    revision: int = 1


class Holiday(SQLModel, table=True):
    """One day on which a calendar is closed; a row, never computed (R26)."""

    __table_args__ = (sa.UniqueConstraint("calendar_id", "on"),)

    id: int | None = Field(default=None, primary_key=True)
    calendar_id: int = link("calendar", cascade=True)
    on: date
    name: str = Field(default="", max_length=80)
