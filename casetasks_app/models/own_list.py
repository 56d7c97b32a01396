"""What people arrange for themselves on the lists: density and columns, and views kept under a name."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import link, moment


class ListSetting(SQLModel, table=True):
    """How one person wants one list drawn; without a row it is comfortable and whole."""

    __tablename__ = "list_setting"

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    list: str = Field(max_length=20, primary_key=True)
    is_compact: bool = False
    hidden: str = Field(default="", max_length=200)
    """The keys of the columns that are not shown, with spaces between them."""


class SavedView(SQLModel, table=True):
    """The address of a list under a name: of one person, or of one team."""

    __tablename__ = "saved_view"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "list", "name_key", name="saved_view_of_person"),
        sa.UniqueConstraint("team_id", "list", "name_key", name="saved_view_of_team"),
        sa.CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name="saved_view_is_somebody_s"),
    )

    id: int | None = Field(default=None, primary_key=True)
    list: str = Field(max_length=20)
    name: str = Field(max_length=40)
    name_key: str = Field(max_length=120)
    """The name as names are compared: without capitals."""
    query: str = Field(max_length=2000)
    person_id: int | None = link("person", nullable=True, cascade=True)
    team_id: int | None = link("team", nullable=True, cascade=True)
    saved_at: datetime = moment()
