"""The moves of an instance: start, complete, fire, cancel; each gives a new state and leaves the old one as it was."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.defaults import EndEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task, TaskState

from casetasks_app.errors import CaseTasksError
from casetasks_app.process.engine import tree
from casetasks_app.process.engine.scope import Foreign, Scope, due_data, due_from
from casetasks_app.process.engine.specs import CHILD, element_of
from casetasks_app.process.expressions import ExpressionRefused
from casetasks_app.process.model import JOBS, STEPS, Model, Node
from casetasks_app.process.state import DueTimer, ExpectedMessage, Job, State, Waiting, plain
from casetasks_app.process.timers import TimerRefused

# SpiffWorkflow gathers the whole tree for each line it would log; nobody reads these lines.
for _name in ("spiff", "spiff.workflow", "spiff.task"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_MOST_MOVES = 500


class CannotMove(CaseTasksError):
    """The process model has no way on from here. Nothing was changed."""


class StepNotOpen(CaseTasksError):
    """This step is not open any more."""


def start(model: Model, variables: Mapping[str, Any], now: datetime) -> State:
    """A new instance, moved to where it first waits. Raises CannotMove.

    `now` is aware, here and everywhere; moments that are written without an offset are in its zone.
    """
    scope = Scope(plain(variables), {}, now)

    def begin() -> BpmnWorkflow:
        workflow = tree.begin(model, scope)
        settle(model, workflow, scope)
        return workflow

    return snapshot(model, _moved(begin), scope)


def complete(model: Model, state: State, step: str, answers: Mapping[str, Any], now: datetime) -> State:
    """Finish the open step (or job) with this id; its answers become variables.

    In a multi-instance step they are gathered in its output list instead. Raises StepNotOpen or CannotMove.
    """
    if step not in {waiting.id for waiting in (*state.steps, *state.jobs)}:
        raise StepNotOpen
    scope = Scope(state.variables, state.answers, now)
    given = plain(answers)

    def move() -> BpmnWorkflow:
        workflow = tree.restore(model, state.tree, scope)
        task = workflow.get_task_from_id(UUID(hex=step))
        _take(model, task, given, scope)
        task.run()
        scope.latest = {}
        settle(model, workflow, scope)
        return workflow

    return snapshot(model, _moved(move), scope)


def fire(model: Model, state: State, timer: str, now: datetime) -> State:
    """Let the timer with this id go off, or the expected message with this id arrive.

    Safe to repeat: one that is not there any more, or not yet due, changes nothing and gives the same state.
    A cycle counts on from the moment it was due, not from `now`; of one without end the rounds that were missed
    become this one. Raises CannotMove.
    """
    is_due = any(waiting.id == timer and waiting.at <= now for waiting in state.timers)
    if not is_due and timer not in {message.id for message in state.messages}:
        return state
    scope = Scope(state.variables, state.answers, now)

    def move() -> BpmnWorkflow:
        workflow = tree.restore(model, state.tree, scope)
        task = workflow.get_task_from_id(UUID(hex=timer.partition(".")[0]))
        if not _fired_again(task, scope.now):
            task.internal_data["event_fired"] = True
            task.task_spec._update(task)  # noqa: SLF001
        settle(model, workflow, scope)
        return workflow

    return snapshot(model, _moved(move), scope)


def cancel(state: State) -> State:
    """The instance, stopped; one that is over already stays as it is."""
    if state.status != "new":
        return state
    return replace(state, status="cancelled", steps=(), timers=(), jobs=(), messages=(), tree=None)


def _moved(move: Callable[[], BpmnWorkflow]) -> BpmnWorkflow:
    try:
        return move()
    except (SpiffWorkflowException, ExpressionRefused, TimerRefused, ValueError, RecursionError) as refusal:
        raise CannotMove(f"The process model has no way on from here: {refusal}. Nothing was changed.") from refusal


def settle(model: Model, workflow: BpmnWorkflow, scope: Scope) -> None:
    """Go on until the process waits, and note the end it reached. Raises CannotMove for a circle."""
    moves = 0

    def note(task: Task) -> None:
        nonlocal moves
        moves += 1
        if moves > _MOST_MOVES:
            raise CannotMove("The process model goes round in a circle. Nothing was changed.")
        if isinstance(task.task_spec, EndEvent) and task.workflow is workflow:
            node = model.nodes[element_of(task.task_spec.name)]
            scope.outcome = node.title or node.id

    workflow.do_engine_steps(did_complete_task=note)


def _take(model: Model, task: Foreign, answers: Mapping[str, Any], scope: Scope) -> None:
    node = _node(model, task)
    scope.answers = {**scope.answers, node.id: answers}
    scope.latest = answers
    if node.repetition is None:
        scope.variables.update(answers)
        return
    loop, turn = task.parent, _turn(task)
    gathered = loop.internal_data.setdefault("gathered", {})
    name = node.repetition.output_field
    gathered[str(turn)] = answers.get(name) if name else answers
    # By turn and not by who was quicker, so that the list can be read beside the collection.
    scope.variables[node.repetition.output] = [gathered[key] for key in sorted(gathered, key=int)]


def _fired_again(timer: Foreign, now: datetime) -> bool:
    """A timer that goes off beside its step: start one more branch, and go on counting when it is a cycle.

    The branch hangs beside the timer, not below it: SpiffWorkflow drops everything below a timer that is cancelled.
    """
    if getattr(timer.task_spec, "cancel_activity", True) or timer.internal_data.get("every") is None:
        return False
    split = timer.parent
    happened = split.parent._add_child(timer.task_spec, TaskState.COMPLETED)  # noqa: SLF001
    happened.triggered = True
    for output in timer.task_spec.outputs:
        if not output.name.endswith(".BoundaryEventJoin"):
            child = happened._add_child(output, TaskState.FUTURE)  # noqa: SLF001
            output._predict(child, mask=TaskState.NOT_FINISHED_MASK)  # noqa: SLF001
            output._update(child)  # noqa: SLF001
    due, fired = due_from(timer.internal_data).following(now), timer.internal_data["fired"] + 1
    timer.internal_data.update(due_data(due, fired) if due else {"due": None, "fired": fired})
    return True


def snapshot(model: Model, workflow: BpmnWorkflow, scope: Scope) -> State:
    """The instance as a state. Raises CannotMove when nothing is left to wait for and no end was reached."""
    state = State(digest=model.digest, variables=scope.variables, answers=scope.answers)
    if workflow.completed:
        return replace(state, status="closed", outcome=scope.outcome)
    order = {name: index for index, name in enumerate(model.nodes)}
    tasks = sorted(_waiting(model, workflow), key=lambda pair: order[pair[0].id])
    moved = replace(
        state,
        steps=tuple(Waiting(task.id.hex, node.id, _item(task)) for node, task in tasks if node.kind in STEPS),
        timers=tuple(_due_timer(node, task) for node, task in tasks if task.internal_data.get("due")),
        jobs=tuple(Job(task.id.hex, node.id, node.topic or "") for node, task in tasks if node.kind in JOBS),
        messages=tuple(ExpectedMessage(task.id.hex, node.message) for node, task in tasks if node.message),
    )
    if not (moved.steps or moved.timers or moved.jobs or moved.messages):
        raise CannotMove("The process model has come to a point where nothing is left to wait for. Nothing was changed.")
    return replace(moved, tree=tree.keep(workflow))


def _waiting(model: Model, workflow: BpmnWorkflow) -> Iterator[tuple[Node, Task]]:
    for process in (workflow, *workflow.get_active_subprocesses()):
        for task in process.tasks.values():
            node = model.nodes.get(element_of(task.task_spec.name))
            if node is None:
                continue
            is_turn = node.repetition is None or task.task_spec.name.endswith(CHILD)
            is_open = task.state == TaskState.READY and is_turn and node.kind in STEPS | JOBS
            if is_open or (task.state == TaskState.WAITING and (node.timer or node.message)):
                yield node, task


def _due_timer(node: Node, task: Task) -> DueTimer:
    due = due_from(task.internal_data)
    return DueTimer(f"{task.id.hex}.{task.internal_data['fired']}", due.at, node.id)


def _node(model: Model, task: Task) -> Node:
    return model.nodes[element_of(task.task_spec.name)]


def _turn(task: Task) -> int:
    return task.internal_data.get("key_or_index", task.internal_data.get("item", 0))


def _item(task: Foreign) -> Foreign:
    if not isinstance(task.parent.task_spec, MultiInstanceTask):
        return None
    items = task.parent.internal_data.get("items")
    return items[_turn(task)] if items is not None else _turn(task)
