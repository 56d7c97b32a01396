"""Kinds of task for these tests: a process model in a few words, its texts and its jobs, as a plugin would bring them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casetasks_app.task_types import forms
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Form
from casetasks_app.task_types.jobs import JobSource
from tests.unit.process.drawn import bpmn, chain, end, start, step, timer


class Note(Form):
    """One question that may be left open."""

    note: str = forms.field("Note", required=False)


@dataclass(frozen=True)
class Written(TaskPlugin):
    """A plugin whose files are texts in the test."""

    texts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def resource(self, path: str) -> str | None:
        """Give one of the texts."""
        return self.texts.get(path)


def a_kind(xml: str, *, plugin_id: str = "acting", jobs: Mapping[str, JobSource] | None = None, **texts: str) -> Written:
    """A plugin with this process; texts go by letter, the subject in the first line."""
    letters = {f"emails/{name}/subject.txt": text.partition("\n")[0] for name, text in texts.items()}
    letters |= {f"emails/{name}/body.txt": text.partition("\n")[2] for name, text in texts.items()}
    return Written(
        id=plugin_id,
        name="Acting",
        version="1.0",
        summary="Acts by itself.",
        forms={"Note": Note},
        jobs=jobs or {},
        texts={"process.bpmn": xml, **letters},
    )


def message(host: str, name: str, called: str, *, interrupts: bool = True) -> str:
    """A message on the boundary of a step; the message itself belongs behind the process."""
    return (
        f'<boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{str(interrupts).lower()}">'
        f'<messageEventDefinition messageRef="{called}"/></boundaryEvent>'
    )


def caught(name: str, text: str, kind: str = "timeDuration") -> str:
    """A timer in the middle of a process."""
    return (
        f'<intermediateCatchEvent id="{name}"><timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition></intermediateCatchEvent>'
    )


CHASED = bpmn(
    start(), step("wait"), timer("wait", "late", "PT1H"), step("chase", more='camunda:assignee="${initiator}"'), end(), end("chased"),
    chain("begin", "wait", "done"), chain("late", "chase", "chased"),
)  # fmt: skip
"""An hour after the step was opened it goes to the case manager instead."""

REMINDED = bpmn(
    start(), step("wait"), timer("wait", "each_week", "R3/P7D", "timeCycle", interrupts=False),
    '<sendTask id="remind" name="Remind" casetasks:topic="remind"/>', end(), end("reminded"),
    chain("begin", "wait", "done"), chain("each_week", "remind", "reminded"),
)  # fmt: skip

HELD = bpmn(start(), step("write"), caught("pause", "P1D"), end("held"), chain("begin", "write", "pause", "held"))

SENT = bpmn(
    start(), step("write"), '<sendTask id="send" name="Send the answer" casetasks:topic="send"/>', end("sent"),
    chain("begin", "write", "send", "sent"),
)  # fmt: skip

LOOKED_UP = bpmn(
    start(), '<serviceTask id="look_up" name="Look it up" casetasks:topic="register"/>', step("write"), end(),
    chain("begin", "look_up", "write", "done"),
)  # fmt: skip

INTERRUPTED = bpmn(
    start(), step("ask"), message("ask", "told", "more"), step("read", more='camunda:assignee="${initiator}"'), end(), end("read_it"),
    chain("begin", "ask", "done"), chain("told", "read", "read_it"),
    after='<message id="more" name="more information"/>',
)  # fmt: skip
