"""Each fault a model can have, in a model that has exactly that one, and the sentence its author reads."""

import pytest

from casetasks_app.process.check import check
from casetasks_app.task_types.fields import FieldRow, Limits
from tests.unit.process.drawn import (
    APPROVAL,
    BESIDE,
    FORMS,
    ONE_STEP,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    start,
    step,
    timer,
)


def told(xml: str, **around: object) -> list[str]:
    return [str(problem).removeprefix("process.bpmn:") for problem in check(xml, **{"forms": FORMS, **around})]  # type: ignore[arg-type]


def one_way(*middle: str, arrows: str) -> str:
    return bpmn(start(), *middle, end(), arrows)


@pytest.mark.parametrize("xml", [ONE_STEP, APPROVAL, BESIDE])
def test_a_sound_model_has_no_problems(xml: str) -> None:
    assert told(xml) == []


DECIDES = (
    start(), step("decide", "Decide"), gateway("exclusive", "accepted"), step("revise"), end(),
    chain("begin", "decide", "accepted"), flow("accepted", "done", "decision == 'approve'"),
    flow("accepted", "revise", "decision == 'reject'"), chain("revise", "decide"),
)  # fmt: skip


def test_a_gateway_without_a_way_out_for_an_allowed_answer_names_the_answer() -> None:
    assert told(bpmn(*DECIDES)) == ["5: accepted: no way out when decision = 'return'"]


@pytest.mark.parametrize(
    ("row", "conditions", "sentence"),
    [
        (FieldRow("x", "X", "yes/no"), ("x", "x == true"), "no way out when x = no"),
        (
            FieldRow("x", "X", "choice", required=False, options=(("a", "A"), ("b", "B"))),
            ("x == 'a'", "x == 'b'"),
            "no way out when x is empty",
        ),
        (FieldRow("x", "X", "number"), ("x &lt; 5", "x &gt; 5"), "no way out when x = 5"),
        (FieldRow("x", "X", "number", limits=Limits(at_most=10)), ("x &lt; 5", "x &gt;= 5 and x &lt; 10"), "no way out when x = 10"),
        (FieldRow("x", "X", "text"), ("x == 'a'", "x == 'b'"), "no way out when x = 'any other text'"),
        (FieldRow("x", "X", "choices", options=(("a", "A"), ("b", "B"))), ("'a' in x", "'b' in x"), "no way out when x = []"),
        (FieldRow("x", "X", "text"), ("x &gt; 5", "x == 'a'"), "cannot be worked out for every answer: 'x > 5'"),
    ],
)
def test_every_kind_of_field_is_tried_at_its_edges(row: FieldRow, conditions: tuple[str, str], sentence: str) -> None:
    xml = bpmn(
        start(), step("ask", "F"), gateway("exclusive", "which"), end("a"), end("b"), chain("begin", "ask", "which"),
        flow("which", "a", conditions[0]), flow("which", "b", conditions[1]),
    )  # fmt: skip

    (problem,) = told(xml, forms={"F": [row]})

    assert problem.startswith(f"5: which: {sentence}")


def test_two_answers_that_are_lost_only_together_are_named_together() -> None:
    rows = [FieldRow("x", "X", "yes/no"), FieldRow("y", "Y", "yes/no")]
    xml = bpmn(
        start(), step("ask", "F"), gateway("exclusive", "which"), end("a"), end("b"), chain("begin", "ask", "which"),
        flow("which", "a", "x"), flow("which", "b", "y"),
    )  # fmt: skip

    assert told(xml, forms={"F": rows}) == ["5: which: no way out when x = no and y = no"]


def test_a_gateway_over_what_only_the_case_knows_needs_a_default() -> None:
    xml = bpmn(
        start(), gateway("exclusive", "which"), end("a"), end("b"), chain("begin", "which"),
        flow("which", "a", "case.kind == 'x'"), flow("which", "b", "case.kind == 'y'"),
    )  # fmt: skip

    assert told(xml) == ["4: which: has no default way out, and what 'case' may be is not known beforehand"]


def test_a_form_that_is_not_there_is_named_with_those_that_are() -> None:
    xml = bpmn(start(), step("sign_off", "SignOff"), end(), chain("begin", "sign_off", "done"))
    forms = {"Visit": FORMS["Note"], "Report": FORMS["Note"], "Appointment": FORMS["Note"]}

    assert told(xml, forms=forms) == ["4: sign_off: no form is called 'SignOff'; forms.py has Appointment, Report, Visit"]


@pytest.mark.parametrize(
    ("element", "sentence"),
    [
        ('<userTask id="x"/>', "has no form; forms.py has Decide, Note, Other"),
        (step("x", more='camunda:assignee=""'), "is nobody's: its assignee is empty"),
        (step("x", more='camunda:candidateGroups=""'), "is nobody's: its candidateGroups is empty"),
        (step("x", more='camunda:candidateGroups="a,b"'), "names several teams; a step belongs to one"),
        (step("x", more='camunda:candidateGroups="moon"'), "no team is called 'moon'; there are legal"),
        (step("x", more='camunda:assignee="${team}"'), "'team' is no person"),
        (step("x", more='camunda:assignee="${boss}"'), "may be nobody's: 'boss' may be left empty"),
        (step("x", more='camunda:assignee="${colour}"'), "'colour' is no person: its field is of kind text"),
        (step("x", more='camunda:assignee="${chair}"'), "reads 'chair', which no form, setting or start value sets"),
        (
            step("x", more='camunda:candidateUsers="a"'),
            "camunda:candidateUsers is not carried out; name a team with candidateGroups or one person with assignee",
        ),
        (step("x", more='camunda:dueDate="P1D"'), "camunda:dueDate is not carried out; the target is set in the task type"),
        ('<serviceTask id="x" camunda:topic="moon"/>', "no topic is called 'moon'; there are register"),
        ('<serviceTask id="x"/>', "names no topic, so nothing would carry it out"),
        (
            '<serviceTask id="x" camunda:topic="register" camunda:class="a.B"/>',
            "camunda:class is not carried out; code is not run; give the task a topic",
        ),
        ('<scriptTask id="x"/>', "scriptTask is not carried out; scripts are not run; set values in a form, decide in a gateway"),
        ('<task id="x"/>', "task is not carried out; a task of no type does nothing; make it a user task"),
        ('<intermediateCatchEvent id="x"/>', "waits for nothing; only timers are waited for in the middle of a process"),
        ('<callActivity id="x" calledElement="moon"/>', "calls 'moon', which is not in this file"),
        ('<callActivity id="x" calledElement="p"/>', "calls itself, round and round"),
    ],
)
def test_what_a_single_element_can_have_wrong(element: str, sentence: str) -> None:
    settings = [FieldRow("boss", "Boss", "person", required=False), FieldRow("colour", "Colour")]
    found = told(one_way(element, arrows=chain("begin", "x", "done")), settings=settings, teams=["legal"], topics={"register": ()})

    assert f"4: x: {sentence}" in found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tomorrow", "'tomorrow': not a length of time such as PT1H or P7D"),
        ("P", "'P': not a length of time such as PT1H or P7D"),
        ("PT", "'PT': not a length of time such as PT1H or P7D"),
        ("P999999999Y", "'P999999999Y': longer than can be counted"),
    ],
)
def test_a_timer_that_cannot_be_understood_is_refused(text: str, sentence: str) -> None:
    xml = one_way(step("x"), timer("x", "late", text), arrows=chain("begin", "x", "done") + chain("late", "done"))

    assert told(xml) == [f"5: late: {sentence}"]


@pytest.mark.parametrize(
    ("elements", "sentence"),
    [
        ((step("x"), chain("begin", "x")), "4: x: dead end: no arrow leaves it and it is no end event"),
        ((step("x"), chain("begin", "done"), chain("x", "done")), "4: x: cannot be reached from the start"),
        ((step("x"), chain("begin", "x", "moon")), "5: x-moon: the arrow begins or ends at 'moon', which is not in this process"),
        (
            (step("x"), step("y"), chain("begin", "x", "y", "done"), flow("x", "done")),
            "4: x: several arrows leave it; use a gateway to say which are taken",
        ),
        (
            (step("x"), chain("begin", "x"), flow("x", "done", "1 == 1")),
            "6: x: a condition here is never looked at; put it behind an exclusive or inclusive gateway",
        ),
        (
            (start("second"), chain("begin", "done"), chain("second", "done")),
            "4: second: a second start event; a process begins in one place",
        ),
        (
            (gateway("exclusive", "x"), step("y"), chain("begin", "x", "y", "done"), flow("x", "done", "1 == 1")),
            "6: x: the way to y has no condition and is not the default",
        ),
        (
            (gateway("exclusive", "x", "y"), step("y"), chain("begin", "x", "y", "done"), flow("x", "done", "y y")),
            "7: x: 'y y': it cannot be read as a condition",
        ),
        ((step("x"), step("x"), chain("begin", "x", "done")), "5: x: this id is used more than once"),
    ],
)
def test_what_the_arrows_can_have_wrong(elements: tuple[str, ...], sentence: str) -> None:
    where = [*elements]

    found = told(bpmn(start(), *where, end()))

    assert sentence in found


def test_a_variable_that_is_set_on_one_way_only_is_not_read_behind_both() -> None:
    xml = bpmn(
        start(), step("decide", "Decide"), gateway("exclusive", "which", "pick"), step("pick", "Pick"),
        step("then", more='camunda:assignee="${reviewer}"'),
        end(), chain("begin", "decide", "which", "pick", "then", "done"), flow("which", "then", "decision == 'approve'"),
    )  # fmt: skip
    forms = {**FORMS, "Pick": [FieldRow("reviewer", "Reviewer", "person")]}

    assert told(xml, forms=forms) == ["7: then: reads 'reviewer', which is not set on every way that leads here"]


def test_a_variable_set_in_one_of_two_parallel_branches_is_set_behind_their_join() -> None:
    xml = bpmn(
        start(), gateway("parallel", "fork"), step("pick", "Pick"), step("other"), gateway("parallel", "join"),
        step("then", more='camunda:assignee="${reviewer}"'), end(),
        chain("begin", "fork", "pick", "join", "then", "done"), chain("fork", "other", "join"),
    )  # fmt: skip
    forms = {**FORMS, "Pick": [FieldRow("reviewer", "Reviewer", "person")]}

    assert told(xml, forms=forms) == []


def _with_a_branch_beside(interrupts: bool) -> list[str]:
    inside = "".join([
        start("in"), step("pick", "Pick"), timer("pick", "late", "P1D", interrupts=interrupts), step("aside"),
        end("out"), end("told"), chain("in", "pick", "out"), chain("late", "aside", "told"),
    ])  # fmt: skip
    xml = bpmn(
        start(), f'<subProcess id="picking">{inside}</subProcess>', step("then", more='camunda:assignee="${reviewer}"'),
        end(), chain("begin", "picking", "then", "done"),
    )  # fmt: skip
    return told(xml, forms={**FORMS, "Pick": [FieldRow("reviewer", "Reviewer", "person")]})


def test_a_branch_that_runs_beside_a_step_does_not_unset_what_the_step_sets() -> None:
    assert _with_a_branch_beside(interrupts=False) == []
    assert _with_a_branch_beside(interrupts=True) == ["5: then: reads 'reviewer', which is not set on every way that leads here"]


def test_a_field_may_not_hide_what_every_process_starts_with() -> None:
    assert told(ONE_STEP, forms={"Note": [FieldRow("case", "Case")]}) == [
        "4: write: the field 'case' of Note would hide what every process starts with"
    ]


def test_a_join_that_waits_for_a_branch_not_taken_can_get_stuck() -> None:
    xml = bpmn(
        start(), step("decide", "Decide"), gateway("exclusive", "which", "b"), step("a"), step("b"), gateway("parallel", "join"), end(),
        chain("begin", "decide", "which", "b", "join", "done"), flow("which", "a", "decision == 'approve'"), chain("a", "join"),
    )  # fmt: skip

    assert told(xml) == ["8: join: can get stuck: it waits for a, which may never come"]


def test_branches_that_are_not_joined_before_a_step_are_told() -> None:
    xml = bpmn(
        start(), gateway("parallel", "fork"), step("a"), step("b"), gateway("exclusive", "merge"), step("then"), end(),
        chain("begin", "fork", "a", "merge", "then", "done"), chain("fork", "b", "merge"),
    )  # fmt: skip

    assert told(xml)[0] == "8: then: may be reached twice at the same time; join the branches before it"


def test_a_model_that_can_never_end_is_told() -> None:
    xml = bpmn(
        start(), step("decide", "Decide"), gateway("exclusive", "which", "a"), step("a"), step("b"), end(),
        chain("begin", "decide", "which", "a", "b"), flow("b", "a"), flow("which", "done", "decision == 'approve'"),
    )  # fmt: skip

    assert told(xml) == ["6: a: can never end: no end event can be reached from here"]


def test_a_model_with_more_situations_than_can_be_looked_at_is_warned_of() -> None:
    arms = range(9)
    steps = [step(f"s{arm}_{number}") for arm in arms for number in range(3)]
    ways = [chain("fork", f"s{arm}_0", f"s{arm}_1", f"s{arm}_2", "join") for arm in arms]
    xml = bpmn(
        start(),
        gateway("parallel", "fork"),
        *steps,
        gateway("parallel", "join"),
        end(),
        chain("begin", "fork"),
        chain("join", "done"),
        *ways,
    )

    (problem,) = check(xml, forms=FORMS)

    assert problem.is_warning
    assert problem.message == "has more than 20,000 situations; not all were looked at"


def test_problems_come_in_the_order_of_the_lines_and_each_once() -> None:
    found = check(APPROVAL, forms={})

    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert len(found) == len(set(found))
