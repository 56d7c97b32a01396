"""What of BPMN is carried out; everything else is refused with its line and what to do instead."""

from collections.abc import Iterator

from casetasks_app.process.model import Kind
from casetasks_app.process.source import BPMN, Tag

VENDORS = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "urn:casetasks:bpmn": "casetasks",
}
KINDS: dict[str, Kind] = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "user",
    "manualTask": "manual",
    "serviceTask": "service",
    "sendTask": "send",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "intermediateCatchEvent": "timer",
    "boundaryEvent": "boundary",
    "subProcess": "subprocess",
    "callActivity": "call",
}
DECORATION = frozenset({
    "documentation", "extensionElements", "laneSet", "textAnnotation", "association", "group", "dataObject",
    "dataObjectReference", "dataStoreReference", "incoming", "outgoing", "sequenceFlow",
})  # fmt: skip
_INSTEAD = {
    "scriptTask": "scripts are not run; set values in a form, decide in a gateway",
    "businessRuleTask": "decision tables are not run; decide in a gateway",
    "receiveTask": "put the message on the boundary of a step",
    "task": "a task of no type does nothing; make it a user task",
    "eventBasedGateway": "put the timer or the message on the boundary of a step",
    "complexGateway": "use exclusive, parallel or inclusive gateways",
    "transaction": "use a sub-process",
    "adHocSubProcess": "use a loop of steps",
    "intermediateThrowEvent": "use a send task",
    "ioSpecification": "answers become variables by their names",
    "property": "answers become variables by their names",
    "dataInputAssociation": "answers become variables by their names",
    "dataOutputAssociation": "answers become variables by their names",
    "standardLoopCharacteristics": "draw the loop with a gateway",
    "potentialOwner": "name the team with candidateGroups",
    "humanPerformer": "name the person with assignee",
    "performer": "name the person with assignee",
}
_WITHIN = {
    "start": (),
    "end": ("terminateEventDefinition",),
    "timer": ("timerEventDefinition",),
    "boundary": ("timerEventDefinition", "messageEventDefinition"),
    "user": ("multiInstanceLoopCharacteristics",),
}
_ATTRIBUTES = {
    "user": frozenset({"assignee", "candidateGroups", "formKey"}),
    "manual": frozenset({"assignee", "candidateGroups"}),
    "service": frozenset({"topic", "type"}),
    "send": frozenset({"topic", "type"}),
}
HARMLESS = frozenset({"asyncBefore", "asyncAfter", "async", "exclusive", "historyTimeToLive", "versionTag"})
_ATTRIBUTE_INSTEAD = {
    "candidateUsers": "name a team with candidateGroups or one person with assignee",
    "dueDate": "the target is set in the task type",
    "followUpDate": "the target is set in the task type",
    "formRef": "name the form with formKey",
    "class": "code is not run; give the task a topic",
    "delegateExpression": "code is not run; give the task a topic",
    "expression": "code is not run; give the task a topic",
}


def objections(tag: Tag, kind: Kind) -> Iterator[tuple[int, str]]:
    """The parts of one flow element that would do nothing here, each with its line and a sentence."""
    for child in tag.children:
        if child.space == BPMN and child.name == "extensionElements":
            yield from extension_objections(child)
        elif not _belongs(child, kind):
            yield child.line, refusal(child.name)
    for (space, name), value in tag.foreign.items():
        yield from _attribute_objection(tag.line, kind, (space, name), value)
    if tag.says("triggeredByEvent"):
        yield tag.line, "event sub-processes are not carried out; put the event on the boundary of a step"


def extension_objections(extensions: Tag) -> Iterator[tuple[int, str]]:
    """Listeners, delegates, scripts, input and output mappings: they would load silently and do nothing."""
    for child in extensions.children:
        if child.name != "properties":
            label = f"{VENDORS[child.space]}:{child.name}" if child.space in VENDORS else child.name
            yield child.line, f"{label} is not carried out; take it out"


def refusal(name: str) -> str:
    """The sentence about an element that is not carried out."""
    instead = _INSTEAD.get(name)
    return f"{name} is not carried out" + (f"; {instead}" if instead else "")


def _belongs(child: Tag, kind: Kind) -> bool:
    if child.space != BPMN or child.name in {"documentation", "incoming", "outgoing"}:
        return True
    if kind == "subprocess":
        return child.name in DECORATION or child.name in KINDS or child.name in _INSTEAD
    return child.name in _WITHIN.get(kind, ())


def _attribute_objection(line: int, kind: Kind, key: tuple[str, str], value: str) -> Iterator[tuple[int, str]]:
    space, name = key
    if space not in VENDORS or name in HARMLESS or name in _ATTRIBUTES.get(kind, ()):
        if name == "type" and space in VENDORS and value != "external":
            yield line, f"{VENDORS[space]}:type = {value!r} is not carried out; the type is external, with a topic"
        return
    if kind == "start" and name == "initiator" and value == "initiator":
        return
    instead = _ATTRIBUTE_INSTEAD.get(name)
    yield line, f"{VENDORS[space]}:{name} is not carried out" + (f"; {instead}" if instead else "; take it out")
