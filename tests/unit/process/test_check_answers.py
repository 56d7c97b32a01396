"""Timers, repetitions, people and ways that some answer would leave without sense: found before anybody gives it."""

import pytest

from casetasks_app.process.check import check
from casetasks_app.task_types.fields import FieldRow, Limits
from tests.unit.process.drawn import FORMS, bpmn, chain, end, flow, gateway, start, step, timer

ASKED = [
    FieldRow("on", "On", "date"),
    FieldRow("at", "At", "date and time"),
    FieldRow("perhaps", "Perhaps", "date", required=False),
    FieldRow("days", "Days", "number", limits=Limits(at_least=1, at_most=90)),
    FieldRow("number", "Number", "number"),
    FieldRow("word", "Word"),
    FieldRow("length", "Length", "choice", options=(("P1D", "A day"), ("P7D", "A week"))),
    FieldRow("speed", "Speed", "choice", options=(("P1D", "A day"), ("slow", "Slow"))),
    FieldRow("parts", "Parts", "choices", options=(("a", "A"), ("b", "B"))),
    FieldRow("urgent", "Urgent", "yes/no"),
    FieldRow("ticked", "Ticked", "yes/no", required=False),
    FieldRow("points", "Points", "checklist", options=(("a", "A"), ("b", "B"))),
]
OUT = "<loopDataOutputRef>got</loopDataOutputRef><outputDataItem name='note'/>"


def told(*elements: str, topics: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    xml = bpmn(start(), step("ask", "Asked"), *elements, end())
    found = check(xml, forms={**FORMS, "Asked": ASKED}, topics=topics or {})
    return [str(problem).removeprefix("process.bpmn:") for problem in found]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDate", "${on}"),
        ("timeDate", "P1D/${at}"),
        ("timeDate", "${on}T09:00"),
        ("timeDuration", "P${days}D"),
        ("timeDuration", "${length}"),
        ("timeCycle", "R3/${length}"),
        ("timeCycle", "R${days}/P1D"),
    ],
)
def test_a_timer_that_every_answer_gives_a_moment_is_accepted(kind: str, text: str) -> None:
    assert told(step("x"), timer("x", "late", text, kind), chain("begin", "ask", "x", "done"), chain("late", "done")) == []


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("timeDate", "${perhaps}", "has no moment when perhaps is empty: '${perhaps}': there is no moment in it"),
        ("timeDate", "P1D/${perhaps}", "has no moment when perhaps is empty: 'P1D/': not a date such as 2026-03-01T09:00"),
        (
            "timeDuration",
            "${word}",
            "has no moment when word = 'any other text': 'any other text': not a length of time such as PT1H or P7D",
        ),
        ("timeDuration", "P${number}D", "has no moment when number = -1: 'P-1D': not a length of time such as PT1H or P7D"),
        ("timeDuration", "${speed}", "has no moment when speed = 'slow': 'slow': not a length of time such as PT1H or P7D"),
        ("timeDuration", "${on}", "has no moment when on = '2026-03-01': '2026-03-01': not a length of time such as PT1H or P7D"),
        (
            "timeDate",
            "${case.answers.day}",
            "when it is due cannot come from 'case', which may hold anything; ask for it in a form or a setting",
        ),
    ],
    ids=range(7),
)
def test_a_timer_that_some_answer_leaves_without_a_moment_names_the_answer(kind: str, text: str, sentence: str) -> None:
    found = told(step("x"), timer("x", "late", text, kind), chain("begin", "ask", "x", "done"), chain("late", "done"))

    assert found == [f"6: late: {sentence}"]


def repeated(inside: str, more: str = "") -> list[str]:
    loop = f"<multiInstanceLoopCharacteristics {more}>{inside}</multiInstanceLoopCharacteristics>"
    return told(step("x", inside=loop), chain("begin", "ask", "x", "done"))


@pytest.mark.parametrize(
    ("inside", "more"),
    [
        ("<loopCardinality>3</loopCardinality>", ""),
        ("<loopCardinality>${days}</loopCardinality>", ""),
        ("<loopCardinality>${len(parts)}</loopCardinality>", ""),
        ("", 'camunda:collection="parts" camunda:elementVariable="part"'),
        ("<loopCardinality>3</loopCardinality><completionCondition>len(got) == 2 or urgent or note == 'x'</completionCondition>", ""),
    ],
)
def test_a_repetition_that_makes_sense_for_every_answer_is_accepted(inside: str, more: str) -> None:
    assert repeated(inside + OUT, more) == []


NUMBER = "how often it is done must be a whole number up to 1,000"


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        ("<loopCardinality>-1</loopCardinality>" + OUT, NUMBER),
        ("<loopCardinality>1001</loopCardinality>" + OUT, NUMBER),
        ("<loopCardinality>'many'</loopCardinality>" + OUT, NUMBER),
        ("<loopCardinality>${number}</loopCardinality>" + OUT, f"{NUMBER}; it is not when number = -1"),
        ("<loopCardinality>${word}</loopCardinality>" + OUT, f"{NUMBER}; it is not when word = 'any other text'"),
        (
            "<loopCardinality>${case.answers.n}</loopCardinality>" + OUT,
            "how often it is done cannot come from 'case', which may hold anything; ask for it in a form or a setting",
        ),
        ("<loopDataInputRef>word</loopDataInputRef>" + OUT, "'word' is no list: its field is of kind text"),
        ("<loopCardinality>3</loopCardinality>" + OUT.replace("'note'", "'moon'"), "gathers 'moon', which Note does not ask; it asks note"),
        ("<loopCardinality>3</loopCardinality>" + OUT.replace("got", "team"), "the list 'team' would hide another variable of that name"),
        ("<loopCardinality>3</loopCardinality>" + OUT.replace("got", "note"), "the list 'note' would hide another variable of that name"),
        ("<loopCardinality>3</loopCardinality>" + OUT.replace("got", "a b"), "'a b' is no name for a variable"),
        (
            f"<loopCardinality>3</loopCardinality>{OUT}<completionCondition>${{nrOfCompletedInstances &gt; 1}}</completionCondition>",
            "its completion condition reads 'nrOfCompletedInstances', which nothing sets; count with len(got)",
        ),
        (
            f"<loopCardinality>3</loopCardinality>{OUT}<completionCondition>moon</completionCondition>",
            "its completion condition reads 'moon', which nothing sets",
        ),
    ],
    ids=range(13),
)
def test_a_repetition_that_could_not_be_carried_out_is_told(inside: str, sentence: str) -> None:
    assert repeated(inside) == [f"5: x: {sentence}"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ('camunda:assignee="a ${initiator}"', "'a ${initiator}' names no person; use one variable alone, such as ${assignee}"),
        ('camunda:assignee="${case.manager}"', "'${case.manager}' names no person; use one variable alone, such as ${assignee}"),
        (
            "camunda:assignee=\"${'7'}\"",
            "the assignee \"${'7'}\" is fixed in the model; use ${initiator}, ${assignee} or a field of kind person",
        ),
        ('camunda:candidateGroups="desk_${team}"', "'desk_${team}' names no team; use one variable alone, such as ${team}"),
        ("camunda:candidateGroups=\"${'legal'}\"", "the team \"${'legal'}\" is no variable; write its key without a slot"),
    ],
)
def test_a_name_that_is_put_together_is_nobodys(more: str, sentence: str) -> None:
    assert told(step("x", more=more), chain("begin", "ask", "x", "done")) == [f"5: x: {sentence}"]


def test_a_part_of_what_a_repeated_step_goes_through_may_name_somebody() -> None:
    what = 'camunda:collection="found" camunda:elementVariable="each"'
    loop = f"<multiInstanceLoopCharacteristics {what}>{OUT}</multiInstanceLoopCharacteristics>"
    job = '<serviceTask id="look" casetasks:topic="look"/>'
    one = step("x", more='camunda:assignee="${each.person}"', inside=loop)

    assert told(job, one, chain("begin", "ask", "look", "x", "done"), topics={"look": ("found",)}) == []


def ways(condition: str) -> list[str]:
    return told(gateway("exclusive", "g", "x"), step("x"), end("y"), chain("begin", "ask", "g", "x", "done"), flow("g", "y", condition))


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("length == 'P2D'", "\"length == 'P2D'\""),
        ("urgent == 'yes'", "\"urgent == 'yes'\""),
        ("urgent and not urgent", "'urgent and not urgent'"),
    ],
)
def test_a_way_that_no_answer_leads_to_is_told(condition: str, shown: str) -> None:
    assert ways(condition) == [f"5: g: the way to y is never taken: no answer makes {shown} true"]


@pytest.mark.parametrize(
    "condition", ["length == 'P7D'", "urgent", "len(word) &gt; 100", "number == 7", "'a' in parts", "case.kind == 'x'"]
)
def test_a_way_that_some_answer_leads_to_is_accepted(condition: str) -> None:
    assert ways(condition) == []


def test_a_number_is_a_whole_one_so_two_conditions_may_leave_out_what_lies_between() -> None:
    both = flow("g", "x", "number &lt; 5") + flow("g", "done", "number &gt; 4")

    assert told(gateway("exclusive", "g"), end("x"), chain("begin", "ask", "g"), both) == []


@pytest.mark.parametrize(
    ("conditions", "sentence"),
    [
        (("ticked", "ticked == false"), "no way out when ticked is empty"),
        (("'a' in points", "len(points) &gt; 5"), "no way out when points = [{'item': 'a', 'answer': 'yes', 'comment': ''}, "),
    ],
)
def test_answers_are_tried_as_they_are_kept(conditions: tuple[str, str], sentence: str) -> None:
    both = flow("g", "x", conditions[0]) + flow("g", "done", conditions[1])

    (problem,) = told(gateway("exclusive", "g"), end("x"), chain("begin", "ask", "g"), both)

    assert problem.startswith(f"5: g: {sentence}")
