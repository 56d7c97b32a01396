"""A small valid configuration, and how to change one thing in it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from casetasks_app.configuration.setups import (
    CalendarSetup,
    CaseTypeSettings,
    Configuration,
    Groups,
    TaskTypeSettings,
    TeamSetup,
)
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.forms import Form, field

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


class Answer(Form):
    answer: str = field("Answer")


class Settings(Form):
    questions: str = field("Questions", "long text", what="at least one question")


class SignedSettings(Form):
    signed_by: str = field("Team that signs", "team", what="the team that signs")


PLUGINS = {
    "signed": TaskPlugin("signed", "Signed", "1", "Has it signed.", forms={"answer": Answer}, settings=SignedSettings),
    "plain": TaskPlugin("plain", "Plain", "1", "Does nothing.", forms={"answer": Answer}),
    "asking": TaskPlugin("asking", "Asking", "1", "Asks.", forms={"answer": Answer}, settings=Settings),
}
OFFICE = CalendarSetup(
    "office", "Office", week={"mon": (("09:00", "17:00"),), "tue": (("09:00", "17:00"),)}, holidays={date(2026, 12, 25): "Christmas"}
)
HALF = CalendarSetup("half", "Half an hour a week", week={"mon": (("09:00", "09:30"),)})


def a_task(key: str = "visit", **settings: Any) -> TaskTypeSettings:
    usual = TaskTypeSettings(key=key, name="Visit", plugin="plain", groups=Groups(teams=("officers",)))
    return replace(usual, **settings)


def a_configuration(*tasks: TaskTypeSettings, **case_type: Any) -> Configuration:
    usual = CaseTypeSettings(
        key="planning",
        name="Planning",
        prefix="PLN",
        manager_teams=("managers",),
        calendar="office",
        outcomes=("Done",),
        form=(FieldRow("site", "Site"),),
        tasks=tasks or (a_task(),),
    )
    return Configuration(
        teams=(TeamSetup("managers", "Managers"), TeamSetup("officers", "Officers"), TeamSetup("old", "Old team", is_retired=True)),
        calendars=(OFFICE, HALF),
        case_types=(replace(usual, **case_type),),
    )
