"""From a model to what SpiffWorkflow runs: one specification for each process of the file, built once and shared."""

from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    CallActivity,
    EndEvent,
    ExclusiveGateway,
    IntermediateCatchEvent,
    ManualTask,
    ParallelGateway,
    StartEvent,
    SubWorkflowTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition, TerminateEventDefinition

from casetasks_app.process.engine.mended import AllAtOnce, Inclusive, OneByOne
from casetasks_app.process.model import GATEWAYS, JOBS, SCOPES, STEPS, Model, Node, Process, Repetition

Foreign = Any
"""A value of SpiffWorkflow, which has no types."""

CHILD = " [child]"
_OF_THE_FILE = " [of the file]"
_TAKEN = frozenset({"Start", "End"})
_GATEWAYS = {"exclusive": ExclusiveGateway, "parallel": ParallelGateway, "inclusive": Inclusive}


class Moment(EventDefinition):
    """A timer without a clock: it writes down when it is due and fires only when it is told to."""

    def __init__(self, node: Node) -> None:
        """Remember the node; its timer is worked out when the process gets there."""
        super().__init__(node.id)
        self.node = node

    def update_task(self, my_task: Foreign) -> None:
        """Note the due moment once, when the process arrives here."""
        if "due" not in my_task.internal_data:
            my_task.internal_data.update(my_task.workflow.script_engine.due(self.node))

    def __eq__(self, other: object) -> bool:
        """No event inside the process is ever caught by a timer."""
        return self is other

    def __hash__(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        """By identity, like equality."""
        return id(self)


class Message(Moment):
    """A message that comes from outside; it fires when it is told to."""

    def update_task(self, my_task: Foreign) -> None:
        """There is nothing to note."""


def spec_name(element: str) -> str:
    """What an element is called there: SpiffWorkflow has a Start and an End of its own in each process."""
    return f"{element}{_OF_THE_FILE}" if element in _TAKEN else element


def element_of(name: str) -> str:
    """The id of the element that is called so; of a turn of a repeated step the id of the step."""
    return name.removesuffix(CHILD).removesuffix(_OF_THE_FILE)


@lru_cache(maxsize=128)
def specs_of(model: Model) -> dict[str, BpmnProcessSpec]:
    """The specification of each process by its id."""
    return {process.id: _process_spec(process) for process in model.processes.values()}


def _process_spec(process: Process) -> BpmnProcessSpec:
    spec = BpmnProcessSpec(name=process.id)
    entries: dict[str, Any] = {}
    bodies: dict[str, Any] = {}
    for node in process.nodes.values():
        if node.kind != "boundary":
            bodies[node.id] = _task_spec(spec, node)
            entries[node.id] = _with_boundaries(spec, process, bodies, node)
    for flow in process.flows:
        source, target = bodies[flow.source], entries[flow.target]
        is_default = flow.id == process.nodes[flow.source].default
        if process.nodes[flow.source].kind in {"exclusive", "inclusive"}:
            source.connect_outgoing_if(None if is_default else flow.condition, target)
        else:
            source.connect(target)
    return spec


def _with_boundaries(spec: BpmnProcessSpec, process: Process, bodies: dict[str, Any], node: Node) -> Foreign:
    events = process.boundaries[node.id]
    if not events:
        return bodies[node.id]
    split = BoundaryEventSplit(spec, f"{node.id}.BoundaryEventSplit")
    join = BoundaryEventJoin(spec, f"{node.id}.BoundaryEventJoin", split_task=split.name, cancel=True)
    split.connect(bodies[node.id])
    bodies[node.id].connect(join)
    for event in events:
        definition = Message(event) if event.message else Moment(event)
        bodies[event.id] = BoundaryEvent(spec, spec_name(event.id), definition, event.interrupts)
        split.connect(bodies[event.id])
        bodies[event.id].connect(join)
    return split


def _task_spec(spec: BpmnProcessSpec, node: Node) -> Foreign:
    if node.repetition is not None:
        return _repeated(spec, node, node.repetition)
    if node.kind in SCOPES:
        scope = CallActivity if node.kind == "call" else SubWorkflowTask
        return scope(spec, spec_name(node.id), subworkflow_spec=node.inside)
    if node.kind in STEPS | JOBS | GATEWAYS:
        return _GATEWAYS.get(node.kind, ManualTask)(spec, spec_name(node.id))
    return _event(spec, node)


def _event(spec: BpmnProcessSpec, node: Node) -> Foreign:
    if node.kind == "timer":
        return IntermediateCatchEvent(spec, spec_name(node.id), Moment(node))
    if node.kind == "start":
        start = StartEvent(spec, spec_name(node.id), NoneEventDefinition())
        spec.start.connect(start)
        return start
    end = EndEvent(spec, spec_name(node.id), TerminateEventDefinition() if node.terminates else NoneEventDefinition())
    end.connect(spec.end)
    return end


def _repeated(spec: BpmnProcessSpec, node: Node, repetition: Repetition) -> Foreign:
    """Turns are counted, never looked up in token data; the script engine gets the whole repetition to evaluate."""
    child = ManualTask(spec, f"{spec_name(node.id)}{CHILD}")
    kind = OneByOne if repetition.is_sequential else AllAtOnce
    loop = kind(spec, spec_name(node.id), child.name, cardinality=repetition, condition=repetition.until)
    child.inputs = [loop]
    # Connected here and not when the first turn begins: a restored instance may begin in the middle.
    child.completed_event.connect(loop.merge_child)
    return loop
