"""The faults of structure: each in a model that has exactly that one, and the sentence its author reads."""

import pytest

from casetasks_app.process.check import check
from casetasks_app.task_types.fields import FieldRow
from tests.unit.process.drawn import FORMS, bpmn, chain, end, flow, gateway, start, step, timer

OUT = "<loopDataOutputRef>found</loopDataOutputRef><outputDataItem name='note'/>"
TEAM = [FieldRow("desk", "Desk", "team", required=False)]


def told(*elements: str, after: str = "") -> list[str]:
    xml = bpmn(*elements, after=after)
    found = check(xml, forms=FORMS, settings=TEAM, topics={"t": ()})
    return [str(problem).removeprefix("process.bpmn:") for problem in found]


def with_one(element: str) -> list[str]:
    return told(start(), element, end(), chain("begin", "x", "done"))


def repeated(inside: str) -> str:
    return step("x", inside=f"<multiInstanceLoopCharacteristics>{inside}</multiInstanceLoopCharacteristics>")


@pytest.mark.parametrize(
    ("element", "sentence"),
    [
        (
            step("x") + '<boundaryEvent id="b" attachedToRef="x"/>' + chain("b", "done"),
            "b: waits for nothing; a timer or a message is wanted on a boundary",
        ),
        (step("x") + timer("moon", "b", "P1D") + chain("b", "done"), "b: is attached to 'moon', which is no activity of this process"),
        (
            step("x")
            + '<boundaryEvent id="b" attachedToRef="x"><messageEventDefinition messageRef="m"/></boundaryEvent>'
            + chain("b", "done"),
            "b: the message has no name",
        ),
        (
            '<intermediateCatchEvent id="x"><timerEventDefinition/></intermediateCatchEvent>',
            "x: the timer has no timeDate, timeDuration or timeCycle",
        ),
        (step("x") + timer("x", "b", "soon", "timeDate") + chain("b", "done"), "b: 'soon': not a date such as 2026-03-01T09:00"),
        (step("x") + timer("x", "b", "P1D", "timeCycle") + chain("b", "done"), "b: 'P1D': not a cycle such as R3/P7D"),
        (
            step("x") + timer("x", "b", "R0/P1D", "timeCycle") + chain("b", "done"),
            "b: 'R0/P1D': a cycle repeats at least once, after some time",
        ),
        ('<callActivity id="x"/>', "x: names no process to call"),
        (repeated(OUT), "x: multi-instance needs either a list to go through or a number of times"),
        (
            repeated("<loopCardinality>3</loopCardinality>"),
            "x: multi-instance needs an output item: name the list in loopDataOutputRef and the field in outputDataItem",
        ),
        (repeated(f"<loopCardinality>3 3</loopCardinality>{OUT}"), "x: '3 3': it cannot be read as a condition"),
        (step("x", more='camunda:assignee="${a b}"'), "x: 'a b': it cannot be read as a condition"),
        (
            step("x", more='camunda:assignee="Tom"'),
            "x: the assignee 'Tom' is fixed in the model; use ${initiator}, ${assignee} or a field of kind person",
        ),
        (step("x", more='camunda:candidateGroups="${desk}"'), "x: may be nobody's: 'desk' may be left empty"),
        (step("x", more='camunda:candidateGroups="${counter}"'), "x: reads 'counter', which no form, setting or start value sets"),
    ],
    ids=range(15),
)
def test_what_a_single_element_can_have_wrong(element: str, sentence: str) -> None:
    assert with_one(element) == [f"4: {sentence}"]


def test_an_element_without_an_id_is_told() -> None:
    assert "4: this userTask has no id" in told(start(), "<userTask/>", end(), chain("begin", "done"))


@pytest.mark.parametrize(
    ("elements", "sentences"),
    [
        ((start(), step("x"), end(), chain("begin", "x", "done", "x")), ["5: done: nothing can follow an end event"]),
        (
            (start(), gateway("parallel", "x"), end(), chain("begin", "x", "done"), chain("x", "begin")),
            ["3: begin: no arrow can lead here"],
        ),
        (
            (start(), step("x"), chain("begin", "x")),
            ["2: p: there is no end event", "4: x: dead end: no arrow leaves it and it is no end event"],
        ),
        ((step("x"), end(), chain("x", "done")), ["2: p: there is no start event"]),
        (
            (start(), gateway("exclusive", "x", "moon"), end(), chain("begin", "x", "done")),
            ["4: x: its default arrow 'x-moon' does not leave it"],
        ),
        (
            (
                start(),
                gateway("parallel", "x"),
                end(),
                chain("begin", "x", "done"),
                '<sequenceFlow id="z" sourceRef="x" targetRef="done"/>',
            ),
            ["7: z: a second arrow from x to done"],
        ),
        (
            (
                start(),
                gateway("exclusive", "a"),
                gateway("exclusive", "b", "a"),
                end(),
                chain("begin", "a", "b", "a"),
                flow("b", "done", "case.x == 1"),
            ),
            ["4: a: a loop without a step to wait for; it would never stop"],
        ),
        (
            (
                start(),
                gateway("exclusive", "in"),
                gateway("parallel", "fork"),
                step("a"),
                step("b"),
                gateway("parallel", "join"),
                step("ask", "Decide"),
                gateway("exclusive", "out", "done"),
                end(),
                chain("begin", "in", "fork", "a", "join", "ask", "out", "done"),
                chain("fork", "b", "join"),
                flow("out", "in", "decision == 'return'"),
            ),
            ["8: join: this parallel join stands inside a loop; it could go on too early"],
        ),
        (
            (
                start(),
                gateway("exclusive", "x", "done"),
                end(),
                step("y", "Other"),
                end("far"),
                chain("begin", "x", "done"),
                flow("x", "y", "other == 'a'"),
                chain("y", "far"),
            ),
            ["4: x: reads 'other', which is set only later"],
        ),
    ],
    ids=range(9),
)
def test_what_the_drawing_can_have_wrong(elements: tuple[str, ...], sentences: list[str]) -> None:
    found = told(*elements)

    assert found == sentences


def test_a_process_that_nothing_calls_is_told() -> None:
    second = f'<process id="q" isExecutable="true">{start("s2")}{end("e2")}{chain("s2", "e2")}</process>'

    assert told(start(), step("x"), end(), chain("begin", "x", "done"), after=second) == [
        "7: q: a second process that nothing calls; one file is one process"
    ]


def test_a_condition_in_another_language_is_told() -> None:
    arrow = flow("x", "done", "1 == 1").replace("<conditionExpression>", '<conditionExpression language="groovy">')
    xml = bpmn(start(), gateway("exclusive", "x", "other"), end(), end("other"), chain("begin", "x", "other"), arrow)

    assert [problem.message for problem in check(xml, forms=FORMS)] == ["conditions in groovy are not read"]


def test_too_many_answers_to_try_are_warned_of() -> None:
    names = [f"q{number}" for number in range(13)]
    many = {"Many": [FieldRow(name, name, "yes/no") for name in names]}
    ways = [flow("which", f"e{name}", name) for name in names]
    none = " and ".join(f"not {name}" for name in names)
    xml = bpmn(
        start(), step("ask", "Many"), gateway("exclusive", "which"), *(end(f"e{name}") for name in names), end(),
        chain("begin", "ask", "which"), *ways, flow("which", "done", none),
    )  # fmt: skip

    (problem,) = check(xml, forms=many)

    assert (problem.message, problem.is_warning) == ("has no default way out, and there are too many answers to try them all", True)


def test_calls_that_unfold_without_end_are_told() -> None:
    levels = [
        f'<process id="q{level}">{start(f"s{level}")}'
        + "".join(f'<callActivity id="c{level}_{each}" calledElement="q{level + 1}"/>' for each in range(4))
        + end(f"e{level}") + chain(f"s{level}", *(f"c{level}_{each}" for each in range(4)), f"e{level}") + "</process>"
        for level in range(7)
    ]  # fmt: skip
    last = f'<process id="q7">{start("s7")}{end("e7")}{chain("s7", "e7")}</process>'

    found = told(start(), '<callActivity id="x" calledElement="q0"/>', end(), chain("begin", "x", "done"), after="".join(levels) + last)

    assert found == ["2: p: is too large to be checked when its calls are unfolded"]
