"""What an operation is: its address, what it takes and gives, and the function that carries it out."""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from casetasks_app.api.problems import QueryRefused
from casetasks_app.errors import NotFound
from casetasks_app.people.rules import Actor

MOST_ROWS, USUAL_ROWS = 100, 25
_REFERENCE = re.compile(r"[A-Za-z0-9]{1,20}-[0-9]{1,9}")
_NUMBER = re.compile(r"[0-9]{1,6}")
_STEP = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Call:
    """One request: who asks, when, and what was sent with it; `key` is its Idempotency-Key."""

    actor: Actor
    now: datetime
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    key: str = ""

    @property
    def reference(self) -> str:
        """The case that the address names; raises NotFound for what is no reference."""
        found = self.path.get("reference", "")
        if not _REFERENCE.fullmatch(found):
            raise NotFound
        return found.upper()

    @property
    def number(self) -> int:
        """The task that the address names; raises NotFound for what is no number."""
        found = self.path.get("number", "")
        if not _NUMBER.fullmatch(found):
            raise NotFound
        return int(found)

    @property
    def limit(self) -> int:
        """How many rows are asked for; raises QueryRefused."""
        found = self.query.get("limit", str(USUAL_ROWS))
        if not _NUMBER.fullmatch(found) or not 1 <= int(found) <= MOST_ROWS:
            raise QueryRefused(f"limit must be between 1 and {MOST_ROWS}.")
        return int(found)

    @property
    def step_id(self) -> int:
        """The step that the query names; raises QueryRefused."""
        found = self.query.get("step", "")
        if not _STEP.fullmatch(found):
            raise QueryRefused("step must be the id of a step.")
        return int(found)

    def once(self, *about: object) -> str:
        """Return the key under which this may happen once: of this person, for this thing (B10)."""
        said = json.dumps([self.actor.person_id, *about, self.key])
        return f"rest:{hashlib.sha256(said.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an operation: a shape, or None for no content."""

    value: object
    status: int = 200
    location: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One part of an address's query."""

    name: str
    about: str
    schema: Mapping[str, Any]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for or done; `makes` says that it needs a key because it creates something."""

    method: str
    path: str
    about: str
    carry_out: Callable[[Call], Awaitable[Answer]]
    gives: type[Any] | None
    takes: type[Any] | None = None
    makes: bool = False
    query: tuple[Parameter, ...] = ()


LIMIT = Parameter("limit", "How many at most.", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS})
AFTER = Parameter("after", "Go on behind the last answer: its `next`.", {"type": "string"})
