"""What stands inside an element or on an arrow and would do nothing here, or something else than it says."""

import re
from collections.abc import Iterator

from casetasks_app.process.model import Kind
from casetasks_app.process.profile import HARMLESS, VENDORS, extension_objections, refusal
from casetasks_app.process.source import BPMN, Tag

_WITHIN = {
    "timerEventDefinition": frozenset({"timeDate", "timeDuration", "timeCycle"}),
    "multiInstanceLoopCharacteristics": frozenset({
        "loopCardinality", "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem", "completionCondition",
    }),
    "sequenceFlow": frozenset({"conditionExpression"}),
}  # fmt: skip
_TIMES = _WITHIN["timerEventDefinition"]
_ATTRIBUTES = {"multiInstanceLoopCharacteristics": frozenset({"collection", "elementVariable"})}
_BY_THE_WAY = frozenset({"documentation", "extensionElements"})
_TRUTHS = ("triggeredByEvent", "cancelActivity", "isSequential", "isForCompensation", "parallelMultiple")
_NEVER = {
    "isForCompensation": ("true", "1"),
    "parallelMultiple": ("true", "1"),
    "behavior": ("None", "One", "Complex"),
}
_ONCE = ("startQuantity", "completionQuantity")
_GIVEN = ("formKey", "assignee", "candidateGroups", "topic")
_WORD = re.compile(r"\S+")
_OWN_ENDINGS = (".BoundaryEventSplit", ".BoundaryEventJoin", ".EndJoin")


def part_objections(tag: Tag, kind: Kind) -> Iterator[tuple[int, str]]:
    """What is odd about an element beside its kind: its id, its attributes, and everything that stands inside its parts."""
    yield from _identity_objections(tag)
    yield from _attribute_objections(tag)
    for name in _GIVEN:
        values = {value.strip() for (space, each), value in tag.foreign.items() if each == name and space in VENDORS}
        if len(values) > 1:
            yield tag.line, f"{name} is given twice, and not the same"
    events = [child for child in tag.children if child.space == BPMN and child.name.endswith("EventDefinition")]
    for second in events[1:]:
        yield second.line, "waits for several things; draw an event for each"
    if kind != "subprocess":
        for child in tag.children:
            if child.space == BPMN and child.name not in _BY_THE_WAY:
                yield from _inner_objections(child)


def flow_objections(tag: Tag) -> Iterator[tuple[int, str]]:
    """What on an arrow would do nothing: listeners, and attributes of vendors."""
    yield from _inner_objections(tag)


def _identity_objections(tag: Tag) -> Iterator[tuple[int, str]]:
    identity = tag.get("id")
    if identity and not _WORD.fullmatch(identity):
        yield tag.line, "an id is one word, without blanks"
    if identity.endswith(_OWN_ENDINGS):
        yield tag.line, f"an id may not end in {identity[identity.rindex('.') :]}, which the engine uses itself"


def _attribute_objections(tag: Tag) -> Iterator[tuple[int, str]]:
    for name in _TRUTHS:
        if tag.get(name) not in {"", "true", "false", "0", "1"}:
            yield tag.line, f"{name} = {tag.get(name)!r} is neither true nor false"
    for name, values in _NEVER.items():
        if tag.get(name) in values:
            yield tag.line, f"{name} = {tag.get(name)!r} is not carried out; take it out"
    for name in _ONCE:
        if tag.get(name) not in {"", "1"}:
            yield tag.line, f"{name} = {tag.get(name)!r} is not carried out; take it out"


def _inner_objections(part: Tag) -> Iterator[tuple[int, str]]:
    """The attributes, the extensions and the children of one part."""
    yield from _attribute_objections(part)
    for space, name in part.foreign:
        if space in VENDORS and name not in HARMLESS | _ATTRIBUTES.get(part.name, frozenset()):
            yield part.line, f"{VENDORS[space]}:{name} is not carried out; take it out"
    for child in part.children:
        yield from _child_objections(child, part)
    for second in list(part.named(*_TIMES))[1:]:
        yield second.line, "one timer has one moment; draw an event for each"


def _child_objections(child: Tag, part: Tag) -> Iterator[tuple[int, str]]:
    if child.space != BPMN or child.name == "documentation":
        return
    if child.name == "extensionElements":
        yield from extension_objections(child)
        return
    if child.name not in _WITHIN.get(part.name, {child.name}):
        yield child.line, refusal(child.name)
    yield from _inner_objections(child)
