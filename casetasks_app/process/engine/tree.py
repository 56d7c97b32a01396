"""SpiffWorkflow's tree of tasks as a short list, and back; what lies behind every open branch is forgotten.

SpiffWorkflow keeps every task that ever was and stops looking at a depth of 1,000: a step repeated a few hundred times
would never be found again. So finished stretches are taken out before a tree is kept.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task, TaskState

from casetasks_app.process.engine.scope import Scope
from casetasks_app.process.engine.specs import Foreign, specs_of
from casetasks_app.process.model import Model

Row = list[Any]


def begin(model: Model, scope: Scope) -> BpmnWorkflow:
    """A new instance, before its first move."""
    specs = specs_of(model)
    return BpmnWorkflow(specs[model.main], specs, script_engine=scope)


def keep(workflow: BpmnWorkflow) -> list[list[Any]]:
    """The instance as JSON values: for each running process the task it belongs to and its rows."""
    running = [sub for sub in workflow.subprocesses.values() if workflow.get_task_from_id(sub.parent_task_id).state & _LIVE]
    kept: list[list[Any]] = [["", _rows(workflow)]]
    kept.extend([sub.parent_task_id.hex, _rows(sub)] for sub in sorted(running, key=lambda sub: sub.depth))
    return kept


def restore(model: Model, kept: list[list[Any]], scope: Scope) -> BpmnWorkflow:
    """The instance that `keep` wrote down."""
    specs = specs_of(model)
    workflow = BpmnWorkflow(specs[model.main], specs, script_engine=scope, deserializing=True)
    for parent, rows in kept:
        process = _subprocess(workflow, UUID(hex=parent)) if parent else workflow
        _plant(process, rows)
    return workflow


def prune(process: Foreign) -> None:
    """Take out of a tree what is finished and can never matter again."""
    for task in list(process.tasks.values()):
        if isinstance(task.task_spec, BoundaryEventSplit) and task.state == TaskState.COMPLETED:
            _clear_split(process, task)
    _clear_joins(process)
    _cut_root(process)
    for task in list(process.tasks.values()):
        if task.id in process.tasks and task is not process.task_tree:
            _contract(process, task)


_LIVE = TaskState.DEFINITE_MASK
_JOINS = (ParallelGateway, InclusiveGateway)


def _subprocess(workflow: BpmnWorkflow, parent_id: UUID) -> BpmnSubWorkflow:
    task: Foreign = workflow.get_task_from_id(parent_id)
    spec = workflow.subprocess_specs[task.task_spec.spec]
    process = BpmnSubWorkflow(spec, task.id, workflow, deserializing=True)
    workflow.subprocesses[task.id] = process
    process.completed_event.connect(task.task_spec._on_subworkflow_completed, task)  # noqa: SLF001
    return process


def _plant(process: Foreign, rows: list[Row]) -> None:
    planted: list[Task] = []
    specs = process.spec.task_specs
    for identity, name, parent, state, triggered, internal in rows:
        above = planted[parent] if parent >= 0 else None
        task = Task(process, specs[name], above, state, UUID(hex=identity))
        task.triggered = bool(triggered)
        task.internal_data = dict(internal or {})
        planted.append(task)
        if isinstance(task.task_spec, CatchingEvent) and task.has_state(_LIVE):
            process.top_workflow.event_manager.add_task(task)
    process.task_tree = planted[0]


def _rows(process: Foreign) -> list[Row]:
    prune(process)
    rows: list[Row] = []
    waiting: list[tuple[Task, int]] = [(process.task_tree, -1)]
    while waiting:
        task, parent = waiting.pop()
        rows.append([task.id.hex, task.task_spec.name, parent, task.state, int(task.triggered), task.internal_data or None])
        waiting.extend((child, len(rows) - 1) for child in reversed(task.children))
    return rows


def _clear_split(process: Foreign, split: Task) -> None:
    """Once a step with boundary events is over, its events that never happened are only ballast."""
    if any(child.state & _LIVE for child in split.children):
        return
    for task in reversed(list(_below(split))):
        is_over = task.state == TaskState.CANCELLED and not isinstance(task.task_spec, UnstructuredJoin)
        is_met = task.state == TaskState.COMPLETED and isinstance(task.task_spec, BoundaryEventJoin)
        if not task.children and (is_over or is_met):
            _take_out(process, task)


def _below(task: Task) -> Iterator[Task]:
    for child in task.children:
        yield child
        yield from child.children


def _clear_joins(process: Foreign) -> None:
    """Once a gateway has gone on, what arrived at it is over; until then each arrival counts, though it is called cancelled."""
    over = {task.task_spec for task in process.tasks.values() if task.state == TaskState.COMPLETED and isinstance(task.task_spec, _JOINS)}
    for task in [task for task in process.tasks.values() if _is_arrival(task) and task.task_spec in over]:
        _take_out(process, task)


def _is_arrival(task: Task) -> bool:
    """SpiffWorkflow lets only the latest arrival at a gateway wait and cancels those before it."""
    return task.state == TaskState.CANCELLED and isinstance(task.task_spec, _JOINS) and not task.children


def _cut_root(process: Foreign) -> None:
    """Hang the lowest task that everything open is below directly under the root."""
    live = [task for task in process.tasks.values() if _is_arrival(task) or (task.state & _LIVE and not task.state & TaskState.FUTURE)]
    if not live:
        return
    shared = _ancestry(live[0])
    for task in live[1:]:
        line = {above.id for above in _ancestry(task)}
        shared = [above for above in shared if above.id in line]
    lowest: Foreign = shared[0]
    if lowest is process.task_tree or lowest.parent is process.task_tree:
        return
    root = process.task_tree
    lowest.parent = root
    root._children = [lowest.id]  # noqa: SLF001
    wanted = {task.id for task in (root, *_everything_below(root))}
    for identity in [identity for identity in process.tasks if identity not in wanted]:
        process.tasks.pop(identity)


def _everything_below(task: Task) -> Iterator[Task]:
    waiting = list(task.children)
    while waiting:
        below = waiting.pop()
        yield below
        waiting.extend(below.children)


def _ancestry(task: Task) -> list[Task]:
    line = [task]
    while line[-1].parent is not None:
        line.append(line[-1].parent)
    return line


def _contract(process: Foreign, task: Foreign) -> None:
    """Of two finished tasks in a row the first says nothing that the second does not."""
    children = task.children
    if (
        task.state == TaskState.COMPLETED
        and len(children) == 1
        and children[0].state == TaskState.COMPLETED
        and not isinstance(children[0].task_spec, UnstructuredJoin)
    ):
        child, parent = children[0], task.parent
        siblings = parent._children  # noqa: SLF001
        siblings[siblings.index(task.id)] = child.id
        child.parent = parent
        task._children = []  # noqa: SLF001
        process.tasks.pop(task.id)


def _take_out(process: Foreign, task: Foreign) -> None:
    task.parent._children.remove(task.id)  # noqa: SLF001
    process.tasks.pop(task.id)
