"""A task as a plugin sees it: frozen, without drafts, a session or the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.moments import moment_in_words
from casetasks_app.task_types.shapes import Json


@dataclass(frozen=True, slots=True)
class StepView:
    """One turn at a step: a step done three times is in the view three times.

    `answers` is None while the step is open; a draft is never shown. `by` is a full name, `at` is aware, in the
    organisation's zone. `is_hidden`: it left a private note that the reader may not read, so its answers are empty.
    """

    name: str
    title: str
    rows: tuple[FieldRow, ...] = ()
    answers: Mapping[str, Json] | None = None
    by: str = ""
    at: datetime | None = None
    is_hidden: bool = False

    @property
    def byline(self) -> str:
        """Who did it and when: “Tom Ellis, Wednesday 25 November 2026, 11:40”."""
        return ", ".join(part for part in (self.by, moment_in_words(self.at) if self.at else "") if part)

    def answer(self, name: str) -> Json:
        """One answer; None when it was not given, was hidden, or the step is open."""
        return (self.answers or {}).get(name)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task as a summary or a job sees it: no drafts, no case, nothing that could change it.

    `status` is new, closed or cancelled. `people`, `teams` and `files` give the names of the ids in answers.
    """

    number: int
    description: str
    status: str
    outcome: str = ""
    settings: Mapping[str, Json] = field(default_factory=dict[str, Json])
    steps: tuple[StepView, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict[str, str])
    teams: Mapping[str, str] = field(default_factory=dict[str, str])
    files: Mapping[str, str] = field(default_factory=dict[str, str])

    def done(self, name: str = "") -> tuple[StepView, ...]:
        """The turns that are done, oldest first; with a name those of that step alone."""
        return tuple(step for step in self.steps if step.answers is not None and name in {"", step.name})

    def latest(self, name: str) -> StepView | None:
        """The last turn of a step that is done."""
        return next(iter(reversed(self.done(name))), None)

    def waiting(self) -> tuple[StepView, ...]:
        """The steps that are open now."""
        return tuple(step for step in self.steps if step.answers is None)
