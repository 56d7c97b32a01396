"""Where one instance of a process stands: a frozen value that goes to the database as JSON and comes back equal."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal, cast
from uuid import UUID

Status = Literal["new", "closed", "cancelled"]
Json = Any
_VERSION = 1


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that waits for somebody. `id` stays the same for as long as the step is open.

    `performer` says who it is for: the `person` in `assignee`, the `team`, or whoever has the `task`.
    `position` counts the steps of the model from 1, in the order of the file.
    """

    id: str
    name: str
    title: str
    form: str | None
    performer: Literal["task", "person", "team"]
    assignee: str | None
    team: str | None
    position: int
    count: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step in the list of what waits; `item` is what this turn of a multi-instance step is about."""

    id: str
    name: str
    item: Json = None


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer that runs: becomes a row, is passed to `fire` once `at` (UTC) is reached. `what` names the event."""

    id: str
    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Job:
    """A service or send task that waits to be carried out; its results go to `complete` under `id`."""

    id: str
    name: str
    topic: str


@dataclass(frozen=True, slots=True)
class ExpectedMessage:
    """A message that a step waits for beside its form; its arrival goes to `fire` under `id`."""

    id: str
    name: str


@dataclass(frozen=True)
class State:
    """One instance. `variables` is the only store: conditions and slots read it, answers go into it.

    `answers` keeps the latest answers of each step by the step's name. `tree` belongs to the engine.
    """

    digest: str
    variables: Mapping[str, Json]
    status: Status = "new"
    outcome: str | None = None
    answers: Mapping[str, Mapping[str, Json]] = field(default_factory=dict[str, Mapping[str, Json]])
    steps: tuple[Waiting, ...] = ()
    timers: tuple[DueTimer, ...] = ()
    jobs: tuple[Job, ...] = ()
    messages: tuple[ExpectedMessage, ...] = ()
    tree: Json = None

    @property
    def is_ended(self) -> bool:
        """Whether an end event was reached; a cancelled instance was stopped and has not ended."""
        return self.status == "closed"

    @property
    def data(self) -> dict[str, Json]:
        """Everything, as JSON values; `from_data` makes the equal state of it."""
        return {
            "version": _VERSION,
            "digest": self.digest,
            "variables": dict(self.variables),
            "status": self.status,
            "outcome": self.outcome,
            "answers": {name: dict(values) for name, values in self.answers.items()},
            "steps": [[step.id, step.name, step.item] for step in self.steps],
            "timers": [[timer.id, timer.at.isoformat(), timer.what] for timer in self.timers],
            "jobs": [[job.id, job.name, job.topic] for job in self.jobs],
            "messages": [[message.id, message.name] for message in self.messages],
            "tree": self.tree,
        }

    def to_json(self) -> str:
        """The state as compact JSON text."""
        return json.dumps(self.data, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_data(cls, data: Mapping[str, Json]) -> "State":
        """Read what `data` gave. Raises KeyError or ValueError for anything else."""
        if data["version"] != _VERSION:
            raise ValueError(f"a state of version {data['version']!r}; this release reads version {_VERSION}")
        return cls(
            digest=data["digest"],
            variables=data["variables"],
            status=data["status"],
            outcome=data["outcome"],
            answers=data["answers"],
            steps=tuple(Waiting(*row) for row in data["steps"]),
            timers=tuple(DueTimer(name, datetime.fromisoformat(at), what) for name, at, what in data["timers"]),
            jobs=tuple(Job(*row) for row in data["jobs"]),
            messages=tuple(ExpectedMessage(*row) for row in data["messages"]),
            tree=data["tree"],
        )

    @classmethod
    def from_json(cls, text: str) -> "State":
        """Read what `to_json` wrote."""
        return cls.from_data(json.loads(text))

    def with_variables(self, **changes: Json) -> "State":
        """The same instance with some variables set anew: before a move, so that slots see who has the task now."""
        return replace(self, variables={**self.variables, **plain(changes)})


def plain(values: Mapping[str, object]) -> dict[str, Json]:
    """A copy in JSON values: dates become text, decimals numbers, sets sorted lists. Raises TypeError for the rest."""
    return json.loads(json.dumps(values, default=_plain_value))


def _plain_value(value: object) -> Json:
    match value:
        case date() | time():
            plain_one: Json = value.isoformat()
        case Decimal():
            plain_one = int(value) if value == value.to_integral_value() else float(value)
        case UUID():
            plain_one = str(value)
        case set() | frozenset():
            plain_one = sorted(cast("Collection[str]", value))
        case Mapping():
            plain_one = dict(cast("Mapping[str, Json]", value))
        case _:
            raise TypeError(f"{type(value).__name__} is no value for a process variable")
    return plain_one
