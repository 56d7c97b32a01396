"""What somebody asks for when they create a task, and whether the configuration allows it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from casetasks_app.errors import CaseTasksError
from casetasks_app.models import Case, TaskType, Unit
from casetasks_app.task_types.forms import cleaned
from casetasks_app.tasks.rules import LONGEST_DESCRIPTION, LONGEST_SUMMARY

_SLOT = re.compile(r"\{\{\s*case\.([a-z][a-z0-9_]{0,59})\s*\}\}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that cannot be taken: on which step of the dialog, in which field, and the sentence to show."""

    step: str
    field: str
    message: str


class TaskRefused(CaseTasksError):
    """The task was not created."""

    def __init__(self, *problems: Problem) -> None:
        """Keep every problem; the message is the first one's."""
        self.problems = problems
        super().__init__(problems[0].message)


@dataclass(frozen=True, slots=True)
class WantedTarget:
    """The answer of the Targets step: the usual target, none, or an amount of days or hours (B7)."""

    kind: Literal["usual", "none", "custom"] = "usual"
    amount: int | None = None
    unit: Unit = Unit.DAYS


@dataclass(frozen=True, slots=True)
class WantedTask:
    """The answers of the creation dialog; what is not enabled or left empty falls back to the configuration (B5).

    `key` makes the creation happen once, however often it is sent (B10).
    """

    task_type_id: int
    key: str
    team_id: int | None = None
    assignee_id: int | None = None
    description: str = ""
    summary: str = ""
    file_ids: tuple[str, ...] = ()
    shares_case_details: bool = False
    target: WantedTarget = field(default_factory=WantedTarget)
    is_automatic: bool = False


def allowed_only(wanted: WantedTask, setup: TaskType) -> WantedTask:
    """Drop every answer to a question that the configuration does not ask (B5, B7, S49–S53)."""
    return replace(
        wanted,
        description=cleaned(wanted.description, lines=False) if setup.ask_description else "",
        summary=cleaned(wanted.summary, lines=True) if setup.ask_summary else "",
        file_ids=wanted.file_ids if setup.ask_attachments else (),
        shares_case_details=wanted.shares_case_details and setup.ask_case_details,
        target=wanted.target if setup.allow_override else WantedTarget(),
    )


def text_problems(wanted: WantedTask) -> list[Problem]:
    """Return what is too long."""
    found: list[Problem] = []
    if len(wanted.description) > LONGEST_DESCRIPTION:
        found.append(Problem("details", "description", f"Task name must be {LONGEST_DESCRIPTION} characters or less."))
    if len(wanted.summary) > LONGEST_SUMMARY:
        found.append(Problem("details", "summary", f"Summary must be {LONGEST_SUMMARY:,} characters or less."))
    return found


def description_of(wanted: WantedTask, setup: TaskType, case: Case) -> str:
    """Return the description of the task: the case manager's, the configured one, the type's name (S16, S17, S66)."""
    return wanted.description or filled(setup.default_description, case, LONGEST_DESCRIPTION) or setup.name


def summary_of(wanted: WantedTask, setup: TaskType, case: Case) -> str:
    """Return the summary of the task: the case manager's or the configured one (S50, S55)."""
    return wanted.summary or filled(setup.default_summary, case, LONGEST_SUMMARY)


def filled(text: str, case: Case, longest: int) -> str:
    """Fill `{{ case.title }}`-style slots from the case; an unknown slot becomes empty."""
    values: Mapping[str, object] = {**case.answers, "title": case.title, "reference": case.reference}
    return _SLOT.sub(lambda slot: _text(values.get(slot[1])), text).strip()[:longest]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in cast("list[object]", value))
    return "" if value is None else str(value)
