"""What would load and then do nothing, or something else than is drawn: refused, each in a model that has only that."""

import pytest

from casetasks_app.process import engine
from casetasks_app.process.check import check
from tests.unit.process.drawn import FORMS, bpmn, chain, end, flow, gateway, start, step, timer
from tests.unit.process.test_engine import NOW, begun, open_names

AN_HOUR = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
A_DATE = "<timerEventDefinition><timeDate>2030-01-01</timeDate></timerEventDefinition>"
A_MESSAGE = '<messageEventDefinition messageRef="m"/>'
OUT = "<loopDataOutputRef>got</loopDataOutputRef><outputDataItem name='note'/>"


def told(*elements: str) -> list[str]:
    xml = bpmn(start(), *elements, end(), after='<message id="m" name="came"/>')
    return [str(problem).removeprefix("process.bpmn:") for problem in check(xml, forms=FORMS, topics={"t": ()})]


def beside(definitions: str, more: str = "") -> list[str]:
    event = f'<boundaryEvent id="b" attachedToRef="x" {more}>{definitions}</boundaryEvent>'
    return told(step("x"), event, chain("begin", "x", "done") + chain("b", "done"))


def repeated(inside: str, more: str = "") -> list[str]:
    loop = f"<multiInstanceLoopCharacteristics {more}><loopCardinality>3</loopCardinality>{OUT}{inside}</multiInstanceLoopCharacteristics>"
    return told(step("x", inside=loop), chain("begin", "x", "done"))


@pytest.mark.parametrize(
    ("definitions", "more", "sentence"),
    [
        (AN_HOUR + A_MESSAGE, "", "waits for several things; draw an event for each"),
        (AN_HOUR + A_DATE, "", "waits for several things; draw an event for each"),
        (
            "<timerEventDefinition><timeDuration>PT1H</timeDuration><timeDate>2030-01-01</timeDate></timerEventDefinition>",
            "",
            "one timer has one moment; draw an event for each",
        ),
        (AN_HOUR, 'cancelActivity="FALSE"', "cancelActivity = 'FALSE' is neither true nor false"),
        (AN_HOUR, 'parallelMultiple="true"', "parallelMultiple = 'true' is not carried out; take it out"),
        (
            AN_HOUR.replace("<timerEventDefinition", '<timerEventDefinition flowable:businessCalendarName="x"'),
            "",
            "flowable:businessCalendarName is not carried out; take it out",
        ),
        (
            AN_HOUR.replace("<timeDuration", '<timeDuration flowable:endDate="2030-01-01"'),
            "",
            "flowable:endDate is not carried out; take it out",
        ),
        (
            A_MESSAGE.replace("/>", ' activiti:messageExpression="x"/>'),
            "",
            "activiti:messageExpression is not carried out; take it out",
        ),
    ],
    ids=range(8),
)
def test_an_event_that_would_wait_for_something_else(definitions: str, more: str, sentence: str) -> None:
    assert beside(definitions, more) == [f"5: b: {sentence}"]


@pytest.mark.parametrize(("written", "stays"), [("0", ["late", "x"]), ("false", ["late", "x"]), ("1", ["late"]), ("true", ["late"])])
def test_yes_and_no_are_read_in_both_spellings_of_xml(written: str, stays: list[str]) -> None:
    xml = bpmn(
        start(), step("x"), timer("x", "b", "PT1H").replace('"true"', f'"{written}"'), step("late"), end(), end("told"),
        chain("begin", "x", "done") + chain("b", "late", "told"),
    )  # fmt: skip
    state = begun(xml)

    state = engine.fire(engine.load(xml), state, state.timers[0].id, NOW.replace(hour=20))

    assert sorted(open_names(state)) == stays


@pytest.mark.parametrize(
    ("inside", "more", "sentence"),
    [
        ("", 'behavior="One"', "behavior = 'One' is not carried out; take it out"),
        ("", 'flowable:elementIndexVariable="i"', "flowable:elementIndexVariable is not carried out; take it out"),
        ("<complexBehaviorDefinition/>", "", "complexBehaviorDefinition is not carried out"),
        ("<extensionElements><camunda:failedJobRetryTimeCycle/></extensionElements>", "", "camunda:failedJobRetryTimeCycle is not carried"),
    ],
    ids=range(4),
)
def test_a_repetition_that_would_go_otherwise(inside: str, more: str, sentence: str) -> None:
    (problem,) = repeated(inside, more)

    assert problem.startswith(f"4: x: {sentence}")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ('startQuantity="2"', "startQuantity = '2' is not carried out; take it out"),
        ('isForCompensation="true"', "isForCompensation = 'true' is not carried out; take it out"),
        ('camunda:assignee="${initiator}" flowable:assignee="${assignee}"', "assignee is given twice, and not the same"),
    ],
)
def test_a_step_that_would_be_something_else(more: str, sentence: str) -> None:
    assert told(step("x", more=more), chain("begin", "x", "done")) == [f"4: x: {sentence}"]


@pytest.mark.parametrize(
    ("arrow", "sentence"),
    [
        ("><extensionElements><camunda:executionListener event='take'/></extensionElements>", "camunda:executionListener"),
        (' flowable:skipExpression="${true}">', "flowable:skipExpression"),
    ],
)
def test_an_arrow_on_which_something_would_happen(arrow: str, sentence: str) -> None:
    written = f'<sequenceFlow id="f" sourceRef="x" targetRef="done"{arrow}</sequenceFlow>'

    assert told(step("x"), chain("begin", "x"), written) == [f"6: f: {sentence} is not carried out; take it out"]


def test_an_end_that_would_end_more_than_its_own_process() -> None:
    ends = '<terminateEventDefinition flowable:terminateAll="true"/>'

    assert told(
        step("x"), end("all", ends), gateway("exclusive", "g", "all"), chain("begin", "x", "g", "all"), flow("g", "done", "true")
    ) == ["5: all: flowable:terminateAll is not carried out; take it out"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("two words", "an id is one word, without blanks"),
        ("x [child]", "an id is one word, without blanks"),
        ("x.BoundaryEventSplit", "an id may not end in .BoundaryEventSplit, which the engine uses itself"),
        ("p.EndJoin", "an id may not end in .EndJoin, which the engine uses itself"),
    ],
)
def test_an_id_that_the_engine_would_mistake(name: str, sentence: str) -> None:
    assert told(step(name), chain("begin", name, "done")) == [f"4: {name}: {sentence}"]
