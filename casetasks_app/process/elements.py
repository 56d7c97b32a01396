"""From one tag of a BPMN file to one node: who does it, with which form, until when, how often."""

from collections.abc import Mapping
from typing import Literal

from casetasks_app.process import timers
from casetasks_app.process.expressions import reason_against, slots_in
from casetasks_app.process.model import JOBS, Node, Repetition, Timer
from casetasks_app.process.parts import part_objections
from casetasks_app.process.profile import KINDS, VENDORS, objections
from casetasks_app.process.source import BPMN, Tag

Objections = list[tuple[int, str]]
_TIMERS: Mapping[str, Literal["at", "after", "every"]] = {"timeDate": "at", "timeDuration": "after", "timeCycle": "every"}


def read_node(tag: Tag, process: str, messages: Mapping[str, str]) -> tuple[Node, Objections]:
    """The node a tag stands for, and what about it is not carried out or cannot be understood."""
    kind = KINDS[tag.name]
    found = [*objections(tag, kind), *part_objections(tag, kind)]
    timer = _timer(tag, found) if kind in {"timer", "boundary"} else None
    message = _message(tag, messages, found) if kind == "boundary" else None
    node = Node(
        id=tag.get("id"),
        kind=kind,
        line=tag.line,
        process=process,
        title=" ".join(tag.get("name").split()),
        form=vendor(tag, "formKey"),
        performer=vendor(tag, "assignee"),
        groups=vendor(tag, "candidateGroups"),
        topic=vendor(tag, "topic"),
        timer=timer,
        message=message,
        host=tag.get("attachedToRef") or None,
        interrupts=tag.says("cancelActivity", "true"),
        default=tag.get("default") or None,
        inside=_inside(tag),
        repetition=_repetition(tag, found),
        terminates=tag.first("terminateEventDefinition") is not None,
    )
    found.extend((tag.line, message) for message in _own_objections(node, _names_an_event(tag)))
    return node, found


def vendor(tag: Tag, name: str) -> str | None:
    """An attribute in any of the accepted namespaces; None when it is absent, empty when it is there and empty."""
    for space in VENDORS:
        if (space, name) in tag.foreign:
            return tag.foreign[space, name].strip()
    return None


def _inside(tag: Tag) -> str | None:
    if tag.name == "subProcess":
        return tag.get("id")
    return tag.get("calledElement") or None if tag.name == "callActivity" else None


def _names_an_event(tag: Tag) -> bool:
    """Whether there is something it could wait for, right or wrong: what is wrong with it is told already."""
    return any(child.space == BPMN and child.name.endswith("EventDefinition") for child in tag.children)


def _own_objections(node: Node, names_an_event: bool) -> list[str]:
    found: list[str] = []
    if node.kind in JOBS and not node.topic:
        found.append("names no topic, so nothing would carry it out")
    if node.kind == "call" and not node.inside:
        found.append("names no process to call")
    if node.kind == "timer" and not names_an_event:
        found.append("waits for nothing; only timers are waited for in the middle of a process")
    if node.kind == "boundary" and not names_an_event:
        found.append("waits for nothing; a timer or a message is wanted on a boundary")
    for text in filter(None, (node.performer, node.groups, node.timer and node.timer.text)):
        found.extend(reason for slot in slots_in(text) if (reason := reason_against(slot)))
    return found


def _timer(tag: Tag, found: Objections) -> Timer | None:
    definition = tag.first("timerEventDefinition")
    if definition is None:
        return None
    for name, kind in _TIMERS.items():
        written = definition.first(name)
        if written is not None:
            timer = Timer(kind, written.text.strip().strip("'\""))
            if reason := timers.refusal(timer):
                found.append((written.line, reason))
            return timer
    found.append((definition.line, "the timer has no timeDate, timeDuration or timeCycle"))
    return None


def _message(tag: Tag, messages: Mapping[str, str], found: Objections) -> str | None:
    definition = tag.first("messageEventDefinition")
    if definition is None:
        return None
    name = messages.get(definition.get("messageRef"))
    if not name:
        found.append((definition.line, "the message has no name"))
    return name or None


def _repetition(tag: Tag, found: Objections) -> Repetition | None:
    loop = tag.first("multiInstanceLoopCharacteristics")
    if loop is None or tag.name != "userTask":
        return None
    item, field = loop.first("inputDataItem"), loop.first("outputDataItem")
    repetition = Repetition(
        is_sequential=loop.says("isSequential"),
        collection=_bare(vendor(loop, "collection") or _text(loop, "loopDataInputRef")),
        item=vendor(loop, "elementVariable") or (_name(item) if item else None),
        count=_bare(_text(loop, "loopCardinality")),
        until=_bare(_text(loop, "completionCondition")),
        output=_text(loop, "loopDataOutputRef") or "",
        output_field=_name(field) if field else None,
    )
    found.extend((loop.line, reason) for reason in _repetition_objections(repetition))
    return repetition


def _repetition_objections(repetition: Repetition) -> list[str]:
    found: list[str] = []
    if (repetition.collection is None) == (repetition.count is None):
        found.append("multi-instance needs either a list to go through or a number of times")
    if not repetition.output or not repetition.output_field:
        found.append("multi-instance needs an output item: name the list in loopDataOutputRef and the field in outputDataItem")
    texts = filter(None, (repetition.collection, repetition.count, repetition.until))
    return [*found, *filter(None, map(reason_against, texts))]


def _text(tag: Tag, name: str) -> str | None:
    child = tag.first(name)
    return child.text.strip() or None if child else None


def _name(tag: Tag) -> str | None:
    return tag.get("name") or tag.get("id") or None


def _bare(text: str | None) -> str | None:
    slots = slots_in(text) if text else []
    return slots[0].strip() if slots else text
