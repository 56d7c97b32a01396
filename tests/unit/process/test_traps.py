"""Each trap of SpiffWorkflow that was found in an experiment, and that our instances are out of it."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import TaskState

from casetasks_app.process import engine
from casetasks_app.process.check import check
from casetasks_app.process.engine import CannotMove, ModelRefused, State
from tests.unit.process.drawn import (
    BESIDE,
    FORMS,
    ONE_STEP,
    START,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    start,
    step,
    timer,
)
from tests.unit.process.test_engine import NOW, begun, does, open_names


def bare(xml: str) -> BpmnWorkflow:
    """The same model run by SpiffWorkflow as it comes out of the box."""
    parser = BpmnParser()
    parser.add_bpmn_str(xml.encode())
    workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
    workflow.do_engine_steps()
    return workflow


def problems(xml: str) -> list[str]:
    return [problem.message for problem in check(xml, forms=FORMS)]


BOTH_ANSWER = BESIDE.replace('formKey="Other"', 'formKey="Decide"')


def test_answers_of_parallel_branches_are_never_overwritten_by_stale_copies() -> None:
    """Fact: variables travel with tokens; the later of two branches overwrites the earlier with its stale copy."""
    xml = bpmn(
        start(), step("ask"), gateway("parallel", "fork"), step("legal"), step("money"), gateway("parallel", "join"), end(),
        chain("begin", "ask", "fork", "legal", "join", "done"), chain("fork", "money", "join"),
    )  # fmt: skip
    trap = bare(xml)
    for name, data in (("ask", {"amount": 1}), ("legal", {"amount": 2}), ("money", {"advice": "no"})):
        task = trap.get_next_task(spec_name=name, state=TaskState.READY)
        task.data.update(data)
        task.run()
        trap.do_engine_steps()
    assert trap.data["amount"] == 1, "the later branch brought its old copy"

    state = does(xml, begun(xml), "ask", amount=1)
    state = does(xml, does(xml, state, "legal", amount=2), "money", advice="no")

    assert (state.variables["amount"], state.variables["advice"]) == (2, "no")
    assert state.answers["ask"] == {"amount": 1}


@pytest.mark.parametrize("vendor", ["camunda", "flowable", "activiti", "operaton", "casetasks"])
def test_people_and_forms_are_read_in_every_dialect(vendor: str) -> None:
    """Fact: assignee, candidateGroups, formKey and topic are read by no flavour."""
    xml = ONE_STEP.replace(
        'casetasks:formKey="Note"',
        f'{vendor}:formKey="Note" {vendor}:assignee="${{assignee}}" {vendor}:candidateGroups="${{team}}"',
    )
    spec = bare(xml).spec.task_specs["write"]
    assert not spec.extensions, "SpiffWorkflow itself reads none of them"

    (opened,) = engine.open_steps(engine.load(xml), begun(xml))

    assert (opened.form, opened.team) == ("Note", "legal")


@pytest.mark.parametrize("condition", ["__import__('os').getpid() > 0", "case.__class__", "[x for x in (1,)]", "1 + 1"])
def test_conditions_are_no_python(condition: str) -> None:
    """Fact: conditions are Python by default; ours are a small language."""
    xml = bpmn(
        start(), gateway("exclusive", "which", default="no"), end("yes"), end("no"), chain("begin", "which"),
        flow("which", "yes", condition.replace("<", "&lt;").replace(">", "&gt;")), flow("which", "no"),
    )  # fmt: skip

    with pytest.raises(ModelRefused):
        engine.load(xml)


def test_out_of_the_box_conditions_are_python() -> None:
    """Fact: conditions are Python by default: the trap."""
    xml = bpmn(
        start(), gateway("exclusive", "which", default="no"), step("yes"), end("no"), end(), chain("begin", "which"),
        flow("which", "yes", "__import__('os').getpid() &gt; 0"), flow("which", "no"), chain("yes", "done"),
    )  # fmt: skip

    assert bare(xml).get_next_task(spec_name="yes", state=TaskState.READY)


def test_scripts_are_refused() -> None:
    """Fact: script tasks are executed as Python."""
    xml = bpmn(
        start(), '<scriptTask id="script"><script>import os; pid = os.getpid()</script></scriptTask>', end(),
        chain("begin", "script", "done"),
    )  # fmt: skip
    assert bare(xml).data["pid"] == os.getpid()

    with pytest.raises(ModelRefused, match=r"process\.bpmn:4: .*scriptTask is not carried out; scripts are not run"):
        engine.load(xml)


@pytest.mark.parametrize(
    ("condition", "is_true"),
    [
        ("${decision == 'reject' &amp;&amp; !urgent}", True),
        ("${decision == 'x' || urgent == false}", True),
        ("${missing == null}", True),
        ("#{len(lower(decision)) gt 9}", False),
    ],
)
def test_conditions_in_juel_spelling_are_understood(condition: str, is_true: bool) -> None:
    """Fact: conditions; the spellings of other modellers are accepted."""
    xml = bpmn(
        start(), gateway("exclusive", "which", default="no"), step("yes"), step("no"), end(), chain("begin", "which"),
        flow("which", "yes", condition), flow("which", "no"), chain("yes", "done"), chain("no", "done"),
    )  # fmt: skip

    state = begun(xml, decision="reject", urgent=False)

    assert open_names(state) == ["yes" if is_true else "no"]


def test_a_loop_without_a_step_to_wait_for_is_refused_and_even_unchecked_does_not_stop_silently() -> None:
    """Fact: a gateway loop without a wait state stops silently after about 1,000 tasks."""
    xml = bpmn(
        start(), gateway("exclusive", "merge"), gateway("exclusive", "again", default="merge"), end(),
        chain("begin", "merge", "again", "merge"), flow("again", "done", "1 == 2"),
    )  # fmt: skip
    trap = bare(xml)
    assert not trap.completed
    assert not trap.get_tasks(state=TaskState.WAITING), "stopped, with nothing to wait for, and said nothing"

    assert "a loop without a step to wait for; it would never stop" in problems(xml)
    with pytest.raises(CannotMove):
        begun(xml)


def test_a_step_may_be_repeated_hundreds_of_times() -> None:
    """SpiffWorkflow looks no deeper than 1,000 tasks: without pruning, the 251st round of this loop is never found."""
    xml = bpmn(
        start(), step("update", "Decide"), gateway("exclusive", "more", default="done"), end(), chain("begin", "update", "more"),
        flow("more", "update", "decision == 'return'"), flow("more", "done"),
    )  # fmt: skip
    state = begun(xml)

    for _ in range(600):
        state = engine.complete(engine.load(xml), state, state.steps[0].id, {"decision": "return"}, NOW)

    assert len(state.to_json()) < 2_000
    assert does(xml, state, "update", decision="approve").is_ended


def test_the_same_holds_inside_a_branch_beside_an_open_one_and_with_timers() -> None:
    xml = bpmn(
        start(), gateway("parallel", "fork"), step("other"), gateway("exclusive", "merge"), step("update", "Decide"),
        timer("update", "late", "P1D"), gateway("exclusive", "more", default="join"), gateway("parallel", "join"), end(),
        chain("begin", "fork", "other", "join", "done"), chain("fork", "merge", "update", "more"), chain("late", "merge"),
        flow("more", "merge", "decision == 'return'"), flow("more", "join"),
    )  # fmt: skip
    model, state = engine.load(xml), begun(xml)

    for number in range(400):
        if number % 2:
            state = engine.fire(model, state, state.timers[0].id, NOW + timedelta(days=500))
        else:
            state = does(xml, state, "update", decision="return")

    assert len(state.to_json()) < 5_000
    assert does(xml, does(xml, state, "other"), "update", decision="approve").is_ended


def test_timers_take_standard_text_and_the_time_they_are_given() -> None:
    """Fact: a timer wants Python quotes, and its clock is the machine's."""
    xml = bpmn(start(), step("wait"), timer("wait", "late", "PT1H"), end(), chain("begin", "wait", "done"), chain("late", "done"))
    with pytest.raises(Exception, match="PT1H"):
        bare(xml)
    (waiting,) = bare(xml.replace("PT1H", "'PT1H'")).get_tasks(spec_name="late")
    assert datetime.fromisoformat(waiting.internal_data["event_value"]).year > 2000, "the machine's clock"

    state = engine.start(engine.load(xml), START, datetime(1999, 12, 31, 23, 30, tzinfo=UTC))

    assert state.timers[0].at == datetime(2000, 1, 1, 0, 30, tzinfo=UTC)


def test_an_instance_with_a_service_task_can_be_saved() -> None:
    """Fact: service tasks cannot be saved by default."""
    xml = bpmn(start(), '<serviceTask id="job" casetasks:topic="register"/>', end(), chain("begin", "job", "done"))
    with pytest.raises(Exception, match=r"."):
        BpmnWorkflowSerializer().serialize_json(bare(xml))

    state = begun(xml)

    assert State.from_json(state.to_json()) == state
    assert does(xml, state, "job").is_ended


MANY = (
    '<multiInstanceLoopCharacteristics isSequential="{sequential}" camunda:collection="${{reviewers}}"'
    ' camunda:elementVariable="reviewer">{output}</multiInstanceLoopCharacteristics>'
)
OUTPUT = '<loopDataOutputRef>decisions</loopDataOutputRef><outputDataItem id="decision"/>'


def reviewed(sequential: str, output: str) -> str:
    many = MANY.format(sequential=sequential, output=output)
    return bpmn(start(), step("review", "Decide", 'camunda:assignee="${reviewer}"', many), end(), chain("begin", "review", "done"))


def test_a_multi_instance_step_without_an_output_item_is_asked_for_one() -> None:
    """Fact: sequential multi-instance needs an output item: without one only the last answer is left."""
    trap = bare(reviewed("true", "").replace('camunda:collection="${reviewers}"', "").replace(
        "</multiInstance", "<loopCardinality>2</loopCardinality></multiInstance"))  # fmt: skip
    for number in (1, 2):
        task = trap.get_next_task(state=TaskState.READY, manual=True)
        task.data["decision"] = number
        task.run()
        trap.do_engine_steps()
    assert trap.data == {"decision": 2}, "the first answer is lost"

    with pytest.raises(ModelRefused, match="multi-instance needs an output item"):
        engine.load(reviewed("true", ""))


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_a_multi_instance_step_is_done_by_each_and_loses_no_answer(sequential: str) -> None:
    xml = reviewed(sequential, OUTPUT)
    state = begun(xml, reviewers=["12", "13", "14"])
    done = []

    while not state.is_ended:
        opened = engine.open_steps(engine.load(xml), state)[-1]
        done.append(opened.assignee)
        answers = {"decision": f"of {opened.assignee}"}
        state = State.from_json(engine.complete(engine.load(xml), state, opened.id, answers, NOW).to_json())

    assert sorted(done) == ["12", "13", "14"]
    assert state.variables["decisions"] == ["of 12", "of 13", "of 14"]
    assert "decision" not in state.variables


def test_a_multi_instance_step_for_nobody_is_passed_and_its_list_is_empty() -> None:
    state = begun(reviewed("false", OUTPUT), reviewers=[])

    assert (state.is_ended, state.variables["decisions"]) == (True, [])


def test_a_parallel_join_inside_a_loop_is_refused() -> None:
    """Fact: a parallel join inside a loop can fire early."""
    xml = bpmn(
        start(), gateway("exclusive", "merge"), gateway("parallel", "fork"), step("a"), step("b", "Decide"),
        gateway("parallel", "join"), gateway("exclusive", "again", default="done"), end(),
        chain("begin", "merge", "fork", "a", "join", "again"), chain("fork", "b", "join"),
        flow("again", "merge", "decision == 'return'"), flow("again", "done"),
    )  # fmt: skip

    found = check(xml, forms=FORMS)

    assert [str(problem) for problem in found] == [
        "process.bpmn:8: join: this parallel join stands inside a loop; it could go on too early"
    ]


@pytest.mark.parametrize(
    "part",
    [
        '<extensionElements><camunda:executionListener event="start" class="a.B"/></extensionElements>',
        '<extensionElements><camunda:taskListener event="create" expression="${x}"/></extensionElements>',
        "<extensionElements><camunda:inputOutput/></extensionElements>",
        "<extensionElements><flowable:formProperty id='x'/></extensionElements>",
    ],
)
def test_listeners_and_mappings_that_would_do_nothing_are_refused_with_their_line(part: str) -> None:
    """Fact: vendor listeners, delegates and scripts load silently and do nothing."""
    xml = bpmn(start(), step("write", inside=part), end(), chain("begin", "write", "done"))
    assert bare(xml), "SpiffWorkflow loads it and says nothing"

    (problem,) = check(xml, forms=FORMS)

    assert problem.line == 4
    assert problem.message.endswith("is not carried out; take it out")
