"""The shapes of what programs send. Only the shape: whether the answers are right is decided by the verbs, as for the pages."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, StrictBool, StrictInt, StrictStr

EXACT = ConfigDict(extra="forbid", use_attribute_docstrings=True)


@dataclass(frozen=True)
class Nothing:
    """No content: the address says it all."""

    __pydantic_config__: ClassVar[ConfigDict] = EXACT


@dataclass(frozen=True)
class NewCase:
    """A case to be raised."""

    __pydantic_config__: ClassVar[ConfigDict] = EXACT

    case_type: StrictStr
    """Key of the case type."""
    title: StrictStr = ""
    answers: dict[str, Any] = field(default_factory=dict[str, Any])
    """Answers to the questions of the case type's form, by their names."""
    contact_name: StrictStr = ""
    contact_email: StrictStr = ""


@dataclass(frozen=True)
class NewTask:
    """A task to be created; what is left out is as usual for its type."""

    __pydantic_config__: ClassVar[ConfigDict] = EXACT

    task_type: StrictStr
    """Key of the task type."""
    team: StrictStr = ""
    """Key of the team; may be left out where only one can do it."""
    person: StrictStr = ""
    """Email address of one member of the team, or `anyone`."""
    description: StrictStr = ""
    summary: StrictStr = ""
    files: list[StrictStr] = field(default_factory=list[str])
    """Ids of files of the case."""
    case_details: StrictBool = False
    """Whether the people of the task see the answers of the case form."""
    target: Literal["usual", "none", "custom"] = "usual"
    amount: StrictInt | StrictStr = ""
    """With `custom`: how many days or hours."""
    unit: Literal["days", "hours"] = "days"


@dataclass(frozen=True)
class Completion:
    """The answers of a step."""

    __pydantic_config__: ClassVar[ConfigDict] = EXACT

    step: StrictInt
    """Id of the step, as the task has it."""
    answers: dict[str, Any] = field(default_factory=dict[str, Any])
    """Answers to the questions of the step, by their names; one that is left out counts as its default."""


@dataclass(frozen=True)
class Cancellation:
    """Why a task is cancelled."""

    __pydantic_config__: ClassVar[ConfigDict] = EXACT

    reason: StrictStr = ""
    """One of the reasons that the task's type lists."""
    text: StrictStr = ""
    """The reason in one's own words; seen by case managers alone."""
