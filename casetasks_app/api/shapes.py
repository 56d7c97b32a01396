"""The shapes of what programs get, from which the OpenAPI document is made too."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Option:
    """One option of a question: the value to send and the words people see."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """One question of a form. `show_if` says for which answers it is asked; what a hidden one holds is dropped."""

    name: str
    label: str
    kind: str
    required: bool
    help: str
    options: tuple[Option, ...]
    show_if: str
    default: Any
    limits: dict[str, Any]
    can_be_answered: bool
    """False for files, which are added on the page, and for notes, which are only read."""


@dataclass(frozen=True)
class CaseType:
    """A type of case that you may raise, with its form."""

    key: str
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class CaseTypes:
    """Every type of case that you may raise."""

    case_types: tuple[CaseType, ...]


@dataclass(frozen=True)
class Raised:
    """A case that was raised, now or by an earlier request with the same key."""

    reference: str
    task_count: int
    """How many tasks were created with it; 0 when an earlier request raised it."""


@dataclass(frozen=True)
class Fact:
    """One thing in words."""

    label: str
    value: str


@dataclass(frozen=True)
class File:
    """A file; its content is on the page."""

    id: str
    name: str
    size: str


@dataclass(frozen=True)
class Team:
    """A team that can do a type of task."""

    key: str
    name: str


@dataclass(frozen=True)
class TaskType:
    """A type of task of this case. `why_not` says why it cannot be used now, empty when it can."""

    key: str
    name: str
    why_not: str
    asks: tuple[str, ...]
    """The steps after the type that may be answered: assignment, details, targets."""
    teams: tuple[Team, ...]


@dataclass(frozen=True)
class Case:
    """A case, as its case managers see it."""

    reference: str
    title: str
    type: str
    status: str
    outcome: str
    manager: str
    opened_at: str
    closed_at: str | None
    facts: tuple[Fact, ...]
    contact: tuple[Fact, ...]
    files: tuple[File, ...]
    task_types: tuple[TaskType, ...]
    """What you can create here; empty unless you are the case manager and the case is open."""


@dataclass(frozen=True)
class Created:
    """A task that was created, now or by an earlier request with the same key."""

    reference: str
    number: int


@dataclass(frozen=True)
class HeldBy:
    """Who has a task: a person, or a team for anyone in it."""

    name: str
    kind: Literal["person", "team"]


@dataclass(frozen=True)
class Target:
    """How a task stands against its target, in a word and in a sentence; without `due_at` it has none."""

    state: str
    words: str
    due_at: str | None


@dataclass(frozen=True)
class TaskLine:
    """A task in a list. `may` names what you may do with it: claim, release, complete, cancel."""

    reference: str
    case: str
    number: int
    description: str
    type: str
    status: Literal["new", "closed", "cancelled"]
    outcome: str
    held_by: HeldBy | None
    target: Target
    created_at: str
    ended_at: str | None
    is_automatic: bool
    may: tuple[str, ...]


@dataclass(frozen=True)
class Tasks:
    """Some tasks; `next` is the `after` of those that follow, null when there are none."""

    tasks: tuple[TaskLine, ...]
    next: str | None


@dataclass(frozen=True)
class Step:
    """The open step that you have: its questions, and what was typed so far on the page."""

    id: int
    version: int
    title: str
    position: int
    count: int
    questions: tuple[Question, ...]
    typed: dict[str, Any]


@dataclass(frozen=True)
class Task(TaskLine):
    """A task as it stands now."""

    team: str
    summary: str
    how_it_ended: str
    case_facts: tuple[Fact, ...]
    """The answers of the case form, where they were shared with the task."""
    files: tuple[File, ...]
    blocks: tuple[dict[str, Any], ...]
    """What the page shows of it, made by its plugin: each with `kind` and the parts of that kind."""
    cancel_reasons: tuple[str, ...]
    step: Step | None


@dataclass(frozen=True)
class Choice:
    """A person or team; `id` is the answer to send."""

    id: str
    name: str
    about: str


@dataclass(frozen=True)
class Choices:
    """The first people or teams with this text in their name."""

    found: tuple[Choice, ...]
    has_more: bool


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one answer, in the words of the page; without a field it is about the form as a whole."""

    field: str
    message: str


@dataclass(frozen=True)
class Problem:
    """Why something was not done (RFC 9457). `type` is what programs go by, `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[FieldProblem, ...] = ()
