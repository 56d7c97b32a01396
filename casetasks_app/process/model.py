"""The nouns of a process model: what stands in a BPMN file, as frozen values that know their lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from casetasks_app.errors import CaseTasksError

Kind = Literal[
    "start", "end", "user", "manual", "service", "send", "exclusive", "parallel", "inclusive",
    "timer", "boundary", "subprocess", "call",
]  # fmt: skip
MOST_TURNS = 1_000
STEPS: frozenset[Kind] = frozenset({"user", "manual"})
JOBS: frozenset[Kind] = frozenset({"service", "send"})
SCOPES: frozenset[Kind] = frozenset({"subprocess", "call"})
GATEWAYS: frozenset[Kind] = frozenset({"exclusive", "parallel", "inclusive"})


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with a model, and in which line; `str()` is the sentence to show."""

    file: str
    line: int
    element: str
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        """`process.bpmn:48: accepted: no way out when decision = 'return'`."""
        return ": ".join(part for part in (f"{self.file}:{self.line}", self.element, self.message) if part)


class ModelRefused(CaseTasksError):
    """The process model cannot be used."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems; the message is one line for each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Timer:
    """A moment as the file writes it: `at` a date, `after` a length, `every` a cycle; a slot (`${…}`) is allowed."""

    kind: Literal["at", "after", "every"]
    text: str


@dataclass(frozen=True, slots=True)
class Repetition:
    """A multi-instance step: once for each item of `collection`, or `count` times.

    What each turn answered is gathered in the list `output`: the field `output_field`, or all answers.
    """

    is_sequential: bool
    collection: str | None
    item: str | None
    count: str | None
    until: str | None
    output: str
    output_field: str | None


@dataclass(frozen=True, slots=True)
class Node:
    """One element of the flow. `performer` and `groups` are expressions, `None` when the file names nobody."""

    id: str
    kind: Kind
    line: int
    process: str
    title: str = ""
    form: str | None = None
    performer: str | None = None
    groups: str | None = None
    topic: str | None = None
    timer: Timer | None = None
    message: str | None = None
    host: str | None = None
    interrupts: bool = True
    default: str | None = None
    inside: str | None = None
    repetition: Repetition | None = None
    terminates: bool = False

    @property
    def waits(self) -> bool:
        """Whether the process stops here until somebody or something moves it on."""
        return self.kind in STEPS or self.kind in JOBS or self.timer is not None or self.message is not None


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow; `condition` is an expression of the small language."""

    id: str
    source: str
    target: str
    line: int
    condition: str | None = None
    title: str = ""


@dataclass(frozen=True)
class Process:
    """One `process` or `subProcess` of the file: its nodes by id and its arrows, in the order of the file."""

    id: str
    line: int
    nodes: Mapping[str, Node]
    flows: tuple[Flow, ...]
    title: str = ""

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        """The arrows that leave each node."""
        return {name: tuple(flow for flow in self.flows if flow.source == name) for name in self.nodes}

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Flow, ...]]:
        """The arrows that reach each node."""
        return {name: tuple(flow for flow in self.flows if flow.target == name) for name in self.nodes}

    @cached_property
    def boundaries(self) -> Mapping[str, tuple[Node, ...]]:
        """The events attached to each node."""
        attached = [node for node in self.nodes.values() if node.kind == "boundary"]
        return {name: tuple(node for node in attached if node.host == name) for name in self.nodes}


@dataclass(frozen=True, slots=True)
class Shape:
    """Where an element is drawn, in the units of the file's diagram; `label` is the middle of its text."""

    element: str
    x: float
    y: float
    width: float
    height: float
    is_expanded: bool = True
    label: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """How an arrow is drawn."""

    element: str
    points: tuple[tuple[float, float], ...]
    label: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """The drawing that comes with the file; empty when the file has none. `tags` and `labels` go by element."""

    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    tags: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, eq=False)
class Model:
    """A readable process model; two are the same when their files are (`digest`)."""

    digest: str
    name: str
    main: str
    processes: Mapping[str, Process]
    diagram: Diagram

    def __hash__(self) -> int:
        """By digest."""
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        """By digest."""
        return isinstance(other, Model) and other.digest == self.digest

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Every node of the file by its id."""
        return {node.id: node for process in self.processes.values() for node in process.nodes.values()}

    @cached_property
    def steps(self) -> tuple[Node, ...]:
        """The steps people do, in the order of the file."""
        return tuple(sorted((node for node in self.nodes.values() if node.kind in STEPS), key=lambda node: node.line))

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The forms the steps name, each once."""
        return tuple(dict.fromkeys(node.form for node in self.steps if node.form))

    @cached_property
    def ends(self) -> tuple[Node, ...]:
        """The end events of the main process: the possible outcomes."""
        return tuple(node for node in self.processes[self.main].nodes.values() if node.kind == "end")
