"""Process models for tests, written down in a few words; each element stands on a line of its own, the first on line 3."""

from itertools import pairwise

from casetasks_app.task_types.fields import FieldRow

FIRST_LINE = 3
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn"'
    ' xmlns:operaton="http://operaton.org/schema/1.0/bpmn" xmlns:casetasks="urn:casetasks:bpmn">'
    '<process id="p" isExecutable="true">\n'
)
DECISION = FieldRow("decision", "Decision", "choice", options=(("approve", "Yes"), ("reject", "No"), ("return", "Back")))
NOTE = FieldRow("note", "Note", required=False)
FORMS = {"Decide": [DECISION], "Note": [NOTE], "Other": [FieldRow("other", "Other")]}
START = {"case": {"reference": "HSG-1042"}, "task": {"number": 3}, "initiator": "7", "assignee": None, "team": "legal"}


def bpmn(*elements: str, after: str = "") -> str:
    """A file with these elements in its process and `after` behind the process."""
    return _HEAD + "\n".join(elements) + f"\n</process>{after}</definitions>"


def start(name: str = "begin") -> str:
    """A start event."""
    return f'<startEvent id="{name}"/>'


def end(name: str = "done", inside: str = "") -> str:
    """An end event; its id is its name in one word."""
    return f'<endEvent id="{name.replace(" ", "_")}" name="{name}">{inside}</endEvent>'


def step(name: str, form: str = "Note", more: str = "", inside: str = "") -> str:
    """A user task with a form."""
    return f'<userTask id="{name}" name="{name.title()}" casetasks:formKey="{form}" {more}>{inside}</userTask>'


def gateway(kind: str, name: str, default: str = "") -> str:
    """An exclusive, parallel or inclusive gateway; `default` is the target of its default arrow."""
    return f'<{kind}Gateway id="{name}"' + (f' default="{name}-{default}"/>' if default else "/>")


def flow(source: str, target: str, condition: str = "") -> str:
    """An arrow, called by its two ends."""
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def chain(*names: str) -> str:
    """Arrows from each to the next, on one line."""
    return "".join(flow(source, target) for source, target in pairwise(names))


def timer(host: str, name: str, text: str, kind: str = "timeDuration", interrupts: bool = True) -> str:
    """A timer on the boundary of a step."""
    return (
        f'<boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{str(interrupts).lower()}">'
        f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition></boundaryEvent>"
    )


ONE_STEP = bpmn(start(), step("write"), end(), chain("begin", "write", "done"))
APPROVAL = bpmn(
    start(),
    step("decide", "Decide", 'camunda:assignee="${assignee}" camunda:candidateGroups="${team}"'),
    gateway("exclusive", "accepted", default="revise"),
    step("revise", "Other", 'camunda:assignee="${initiator}"'),
    end("approved"),
    chain("begin", "decide", "accepted"),
    flow("accepted", "approved", "${decision == 'approve'}"),
    chain("accepted", "revise", "decide"),
)
BESIDE = bpmn(
    start(),
    gateway("parallel", "fork"),
    step("legal", "Decide"),
    step("money", "Other"),
    gateway("parallel", "join"),
    end(),
    chain("begin", "fork", "legal", "join", "done"),
    chain("fork", "money", "join"),
)
