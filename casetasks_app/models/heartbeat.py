"""Signs of life of the scheduled jobs."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from casetasks_app.models.columns import moment


class Heartbeat(SQLModel, table=True):
    """The last run of one job, whichever process ran it."""

    job: str = Field(primary_key=True, max_length=40)
    process: str = Field(default="", max_length=80)
    at: datetime = moment()
    note: str = Field(default="", max_length=200)
