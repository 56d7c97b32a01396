"""Put an instance of one model to the same place in another: the way there is found by playing the other model.

A situation that the other model can never get into is refused: whoever is moved could get stuck there.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException

from casetasks_app.errors import CaseTasksError
from casetasks_app.process.check.flat import unfold
from casetasks_app.process.check.variables import from_here
from casetasks_app.process.engine import tree
from casetasks_app.process.engine.moves import CannotMove, settle, snapshot
from casetasks_app.process.engine.scope import Foreign, Scope, due_data
from casetasks_app.process.model import JOBS, STEPS, Model, Node, Repetition
from casetasks_app.process.state import State, Waiting
from casetasks_app.process.timers import Due, TimerRefused

MOST_SITUATIONS = 300
MOST_CHOICES = 64
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
_Run = Callable[["_Guided"], BpmnWorkflow]


class CannotTransfer(CaseTasksError):
    """This task stays with the process it runs."""


@dataclass(frozen=True, slots=True)
class _Leg:
    """One move on the way: what is completed or goes off (nothing for the start), and the ways taken at gateways."""

    name: str
    ways: tuple[bool, ...]


def transfer(old: Model, state: State, new: Model, now: datetime) -> State:
    """The instance where it is, in another model: same open steps and jobs with the same ids, same variables.

    Timers that both models have go on; new ones begin now. Raises CannotTransfer with the reason.
    """
    names = _positions(old, state)
    for name in names:
        _require_same(old, new, name)
    to_come = {spot.node.id for spot in from_here(unfold(old), names)} - set(names) - set(state.answers)
    way = _way_to(new, frozenset(names), frozenset(to_come))
    if way is None:
        raise CannotTransfer(f"the new process never has {' and '.join(_title(old, name) for name in sorted(names))} open like this")
    try:
        walked = _walked(new, way, state.variables, now)
    except (SpiffWorkflowException, TimerRefused, ValueError) as refusal:
        raise CannotTransfer(str(refusal)) from refusal
    return _with_old_ids(new, state, walked)


def _positions(old: Model, state: State) -> list[str]:
    """The elements at which the instance waits; those beside a step come with it."""
    waiting = [step.name for step in (*state.steps, *state.jobs)]
    waiting += [timer.what for timer in state.timers if timer.what in old.nodes and old.nodes[timer.what].kind == "timer"]
    for name, count in Counter(waiting).items():
        if count > 1 or old.nodes[name].repetition is not None:
            raise CannotTransfer(f"{_title(old, name)} is done several times and is not over")
    return waiting


def _require_same(old: Model, new: Model, name: str) -> None:
    there = new.nodes.get(name)
    if there is None or _sort(there) != _sort(old.nodes[name]):
        raise CannotTransfer(f"{_title(old, name)} is not in the new process")
    if there.repetition is not None:
        raise CannotTransfer(f"{_title(old, name)} is done several times in the new process")
    calls = [node for node in new.nodes.values() if node.kind == "call" and node.inside == there.process]
    if len(calls) > 1:
        raise CannotTransfer(f"{_title(old, name)} is called from several places in the new process")


def _sort(node: Node) -> str:
    return "step" if node.kind in STEPS else "job" if node.kind in JOBS else node.kind


def _title(model: Model, name: str) -> str:
    return f"“{model.nodes[name].title or name}”"


@lru_cache(maxsize=256)
def _way_to(model: Model, names: frozenset[str], to_come: frozenset[str]) -> tuple[_Leg, ...] | None:
    """The shortest way to a situation in which exactly these elements wait; None when there is none, or it is too far.

    Steps that are still `to_come` are not passed over.
    """
    seen: set[Any] = set()
    waiting: deque[tuple[State, tuple[_Leg, ...]]] = deque((state, (leg,)) for state, leg in _after(model, None, ""))
    while waiting and len(seen) < MOST_SITUATIONS:
        state, way = waiting.popleft()
        if set(_positions_of(model, state)) == names:
            return way
        key = _shape(state)
        if key not in seen and not state.is_ended:
            seen.add(key)
            for identity in _movable(state):
                if _name_of(state, identity) not in to_come:
                    waiting.extend((after, (*way, leg)) for after, leg in _after(model, state, identity))
    return None


def _positions_of(model: Model, state: State) -> Iterator[str]:
    yield from (step.name for step in (*state.steps, *state.jobs))
    yield from (timer.what for timer in state.timers if timer.what in model.nodes and model.nodes[timer.what].kind == "timer")


def _movable(state: State) -> Sequence[str]:
    messages = [message.id for message in state.messages]
    return [each.id for each in (*state.steps, *state.jobs, *state.timers)] + messages


def _shape(state: State) -> Any:  # noqa: ANN401  a key of nested tuples
    """What tells one situation from another: the tree without its ids."""
    return tuple(tuple((row[1], row[2], row[3]) for row in rows) for _, rows in state.tree or ())


def _after(model: Model, state: State | None, identity: str) -> Iterator[tuple[State, _Leg]]:
    """Every situation that one move can lead to, with the ways that lead there."""
    pending: list[tuple[bool, ...]] = [()]
    for _ in range(MOST_CHOICES):
        if not pending:
            return
        ways = pending.pop()
        scope = _Guided({}, _ANY_TIME, ways, is_real=False)
        try:
            after = snapshot(model, _moved(model, state, identity, scope), scope)
            yield after, _Leg(_name_of(state, identity), tuple(scope.taken))
        except (SpiffWorkflowException, CannotMove, ValueError):
            pass
        pending += [(*scope.taken[:at], True) for at in range(len(ways), len(scope.taken))]


def _walked(model: Model, way: Sequence[_Leg], variables: Mapping[str, Any], now: datetime) -> State:
    state: State | None = None
    for leg in way:
        scope = _Guided(variables, now, leg.ways, is_real=True)
        state = snapshot(model, _moved(model, state, _id_of(state, leg.name), scope), scope)
    assert state is not None  # noqa: S101  a way has at least its start
    return state


def _moved(model: Model, state: State | None, identity: str, scope: "_Guided") -> BpmnWorkflow:
    if state is None:
        workflow = tree.begin(model, scope)
    else:
        workflow = tree.restore(model, state.tree, scope)
        task: Foreign = workflow.get_task_from_id(UUID(hex=identity.partition(".")[0]))
        if identity in {waiting.id for waiting in (*state.steps, *state.jobs)}:
            task.run()
        else:
            task.internal_data["event_fired"] = True
            task.task_spec._update(task)  # noqa: SLF001
    settle(model, workflow, scope)
    return workflow


def _named(state: State) -> Iterator[tuple[str, str]]:
    yield from ((each.id, each.name) for each in (*state.steps, *state.jobs))
    yield from ((message.id, f"message {message.name}") for message in state.messages)
    yield from ((timer.id, timer.what) for timer in state.timers)


def _name_of(state: State | None, identity: str) -> str:
    return dict(_named(state))[identity] if state else ""


def _id_of(state: State | None, name: str) -> str:
    return next(identity for identity, each in _named(state) if each == name) if state else ""


def _with_old_ids(new: Model, state: State, walked: State) -> State:
    """The found place with the ids, the clocks, the answers and the variables of the instance."""
    old_ids = {name: identity.partition(".")[0] for identity, name in _named(state)}
    renamed = {identity.partition(".")[0]: old_ids[name] for identity, name in _named(walked) if name in old_ids}
    clocks = {row[0]: row[5] for _, rows in state.tree for row in rows if row[0] in set(old_ids.values())}
    kept = [[renamed.get(parent, parent), [_row(row, renamed, clocks) for row in rows]] for parent, rows in walked.tree]
    scope = Scope(state.variables, state.answers, _ANY_TIME)
    placed = snapshot(new, tree.restore(new, kept, scope), scope)
    items = {step.name: step.item for step in state.steps}
    return replace(placed, steps=tuple(Waiting(step.id, step.name, items.get(step.name)) for step in placed.steps))


def _row(row: tree.Row, renamed: Mapping[str, str], clocks: Mapping[str, Any]) -> tree.Row:
    identity, name, parent, task_state, triggered, internal = row
    identity = renamed.get(identity, identity)
    is_clock = bool(internal and "due" in internal and (clocks.get(identity) or {}).get("due"))
    return [identity, name, parent, task_state, triggered, clocks[identity] if is_clock else internal]


class _Guided(Scope):
    """Takes the ways it is told, whatever the variables say; where it is told nothing it says no and notes it."""

    def __init__(self, variables: Mapping[str, Any], now: datetime, ways: Sequence[bool], *, is_real: bool) -> None:
        super().__init__(variables, {}, now)
        self.taken: list[bool] = []
        self._ways = ways
        self._is_real = is_real

    def evaluate(self, task: Foreign, expression: Foreign, external_context: Foreign = None) -> Foreign:  # noqa: ARG002
        """The next way; a repetition on the way has one turn."""
        if isinstance(expression, Repetition):
            self.variables[expression.output] = []
            task.internal_data["items"] = [None]
            return 1
        self.taken.append(self._ways[len(self.taken)] if len(self.taken) < len(self._ways) else False)
        return self.taken[-1]

    def due(self, node: Node) -> dict[str, Any]:
        """While a way is looked for the moment of a timer does not matter."""
        return super().due(node) if self._is_real or node.timer is None else due_data(Due(_ANY_TIME), 0)
