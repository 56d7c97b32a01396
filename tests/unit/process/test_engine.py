"""The six functions: an instance starts, moves, waits, ends; each time through JSON, as it would from the database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casetasks_app.process import engine
from casetasks_app.process.engine import CannotMove, ModelRefused, State, StepNotOpen
from tests.unit.process.drawn import (
    APPROVAL,
    BESIDE,
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

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def begun(xml: str, **more: Any) -> State:
    return State.from_json(engine.start(engine.load(xml), {**START, **more}, NOW).to_json())


def does(xml: str, state: State, name: str, **answers: Any) -> State:
    waiting = next(one.id for one in (*state.steps, *state.jobs) if one.name == name)
    return State.from_json(engine.complete(engine.load(xml), state, waiting, answers, NOW).to_json())


def open_names(state: State) -> list[str]:
    return [waiting.name for waiting in state.steps]


def test_a_task_with_one_step_ends_with_the_name_of_its_end_event() -> None:
    """S18, S19, B20."""
    state = begun(ONE_STEP)
    assert state.status == "new"

    ended = does(ONE_STEP, state, "write", note="done so")

    assert (ended.status, ended.outcome, ended.is_ended) == ("closed", "done", True)
    assert ended.variables["note"] == "done so"
    assert ended.answers == {"write": {"note": "done so"}}
    assert ended.tree is None


def test_a_rejected_approval_goes_to_the_case_manager_and_back() -> None:
    """B20."""
    state = does(APPROVAL, begun(APPROVAL), "decide", decision="reject")

    (revise,) = engine.open_steps(engine.load(APPROVAL), state)
    assert (revise.name, revise.performer, revise.assignee, revise.form) == ("revise", "person", "7", "Other")
    assert (revise.position, revise.count) == (2, 2)
    again = does(APPROVAL, state, "revise", other="here it is")
    ended = does(APPROVAL, again, "decide", decision="approve")
    assert ended.outcome == "approved"


def test_a_step_belongs_to_the_assignee_else_to_the_team_else_to_whoever_has_the_task() -> None:
    """B20, B22."""
    state = begun(APPROVAL)
    nobody_known = state.with_variables(team=None)
    claimed = state.with_variables(assignee="12")

    who = [engine.open_steps(engine.load(APPROVAL), one)[0] for one in (claimed, state, nobody_known)]

    assert [(one.performer, one.assignee, one.team) for one in who] == [
        ("person", "12", None),
        ("team", None, "legal"),
        ("task", None, None),
    ]


def test_the_id_of_an_open_step_stays_the_same_through_storage_and_other_moves() -> None:
    state = begun(BESIDE)
    money = next(waiting.id for waiting in state.steps if waiting.name == "money")

    after = does(BESIDE, state, "legal", decision="approve")

    assert [waiting.id for waiting in after.steps] == [money]


def test_a_step_is_completed_once_only() -> None:
    """B24."""
    state = begun(BESIDE)
    after = does(BESIDE, state, "legal", decision="approve")

    for step_id in (next(one.id for one in state.steps if one.name == "legal"), "no-such-step", ""):
        with pytest.raises(StepNotOpen):
            engine.complete(engine.load(BESIDE), after, step_id, {}, NOW)


def test_a_cancelled_instance_has_nothing_open_and_cannot_go_on() -> None:
    """B27, S20."""
    state = begun(APPROVAL)

    cancelled = State.from_json(engine.cancel(state).to_json())

    assert (cancelled.status, cancelled.is_ended, cancelled.outcome) == ("cancelled", False, None)
    assert engine.open_steps(engine.load(APPROVAL), cancelled) == []
    with pytest.raises(StepNotOpen):
        engine.complete(engine.load(APPROVAL), cancelled, state.steps[0].id, {}, NOW)


def test_an_ended_instance_is_not_cancelled_any_more() -> None:
    """B24, B30."""
    ended = does(ONE_STEP, begun(ONE_STEP), "write")

    assert engine.cancel(ended) is ended


def test_a_move_that_fails_leaves_the_old_state_as_it_was() -> None:
    xml = bpmn(
        start(), step("decide", "Decide"), gateway("exclusive", "which"), end("a"), end("b"),
        chain("begin", "decide", "which"),
        flow("which", "a", "decision == 'approve'"), flow("which", "b", "decision == 'reject'"),
    )  # fmt: skip
    state = begun(xml)
    before = state.to_json()

    with pytest.raises(CannotMove):
        does(xml, state, "decide", decision="return")

    assert state.to_json() == before
    assert does(xml, state, "decide", decision="reject").outcome == "b"


def test_an_interrupting_timer_takes_its_step_away_when_it_is_due_and_not_before() -> None:
    xml = bpmn(
        start(), step("wait"), timer("wait", "late", "PT1H"), step("chase"), end(),
        chain("begin", "wait", "done"), chain("late", "chase", "done"),
    )  # fmt: skip
    state = begun(xml)
    (due,) = state.timers
    assert (due.at, due.what) == (NOW + timedelta(hours=1), "late")

    early = engine.fire(engine.load(xml), state, due.id, NOW + timedelta(minutes=59))
    late = engine.fire(engine.load(xml), state, due.id, NOW + timedelta(hours=3))

    assert early is state
    assert (open_names(late), late.timers) == (["chase"], ())
    assert engine.fire(engine.load(xml), late, due.id, NOW + timedelta(hours=3)) is late
    assert does(xml, late, "chase").outcome == "done"


REMINDED = bpmn(
    start(), step("wait"), timer("wait", "each_week", "R3/P7D", "timeCycle", interrupts=False),
    '<sendTask id="remind" casetasks:topic="mail"/>', end(), end("reminded"),
    chain("begin", "wait", "done"), chain("each_week", "remind", "reminded"),
)  # fmt: skip


def test_a_cycle_fires_as_often_as_it_says_counted_from_its_own_moments() -> None:
    """After three weeks of downtime each of the three still happens, once."""
    state, model, later = begun(REMINDED), engine.load(REMINDED), NOW + timedelta(days=30)
    moments = []

    while state.timers:
        (due,) = state.timers
        moments.append((due.at - NOW).days)
        state = State.from_json(engine.fire(model, state, due.id, later).to_json())
        assert engine.fire(model, state, due.id, later) is state

    assert moments == [7, 14, 21]
    assert [job.topic for job in state.jobs] == ["mail"] * 3
    assert open_names(state) == ["wait"]


def test_what_a_timer_began_beside_a_step_goes_on_when_the_step_is_done() -> None:
    state = begun(REMINDED)
    state = engine.fire(engine.load(REMINDED), state, state.timers[0].id, NOW + timedelta(days=8))

    state = does(REMINDED, state, "wait")

    assert (state.status, state.timers, [job.name for job in state.jobs]) == ("new", (), ["remind"])
    assert does(REMINDED, state, "remind").is_ended


def test_a_service_task_waits_as_a_job_whose_results_become_variables() -> None:
    xml = bpmn(
        start(), '<serviceTask id="look_up" camunda:type="external" camunda:topic="register"/>', step("write"), end(),
        chain("begin", "look_up", "write", "done"),
    )  # fmt: skip
    state = begun(xml)
    assert ([job.topic for job in state.jobs], state.steps) == (["register"], ())

    state = does(xml, state, "look_up", found="12")

    assert (open_names(state), state.variables["found"], state.jobs) == (["write"], "12", ())


def test_a_sub_process_is_gone_through_and_left_and_its_timer_stops_all_of_it() -> None:
    inner = start("in") + step("first") + step("second") + end("out") + chain("in", "first", "second", "out")
    xml = bpmn(
        start(), f'<subProcess id="sub">{inner}</subProcess>', timer("sub", "late", "P1D"), step("after"), end(),
        chain("begin", "sub", "after", "done"), chain("late", "done"),
    )  # fmt: skip
    state = does(xml, begun(xml), "first")
    assert open_names(state) == ["second"]

    stopped = engine.fire(engine.load(xml), state, state.timers[0].id, NOW + timedelta(days=1))
    gone_through = does(xml, does(xml, state, "second"), "after")

    assert stopped.is_ended
    assert gone_through.is_ended


def test_a_called_process_runs_each_time_anew() -> None:
    called = f'<process id="visit">{start("in")}{step("go")}{end("out")}{chain("in", "go", "out")}</process>'
    xml = bpmn(
        start(), '<callActivity id="one" calledElement="visit"/>', '<callActivity id="two" calledElement="visit"/>', end(),
        chain("begin", "one", "two", "done"), after=called,
    )  # fmt: skip
    state = begun(xml)
    first = state.steps[0].id

    state = does(xml, state, "go")

    assert open_names(state) == ["go"]
    assert state.steps[0].id != first
    assert does(xml, state, "go").is_ended


def test_a_message_on_a_boundary_interrupts_when_it_arrives() -> None:
    event = '<boundaryEvent id="came" attachedToRef="wait"><messageEventDefinition messageRef="m"/></boundaryEvent>'
    xml = bpmn(
        start(), step("wait"), event, end(), end("withdrawn"), chain("begin", "wait", "done"), chain("came", "withdrawn"),
        after='<message id="m" name="withdrawal"/>',
    )  # fmt: skip
    state = begun(xml)
    (expected,) = state.messages
    assert expected.name == "withdrawal"

    assert engine.fire(engine.load(xml), state, expected.id, NOW).outcome == "withdrawn"
    assert does(xml, state, "wait").outcome == "done"


def test_a_terminate_end_ends_everything_at_once() -> None:
    xml = bpmn(
        start(), gateway("parallel", "fork"), step("one"), step("two"), end("stopped", "<terminateEventDefinition/>"), end(),
        chain("begin", "fork", "one", "stopped"), chain("fork", "two", "done"),
    )  # fmt: skip

    ended = does(xml, begun(xml), "one")

    assert (ended.status, ended.outcome, ended.steps) == ("closed", "stopped", ())


def test_an_inclusive_join_waits_for_the_branches_that_were_taken_and_no_other() -> None:
    xml = bpmn(
        start(), step("ask"), gateway("inclusive", "which", default="c"), step("a"), step("b"), step("c"),
        gateway("inclusive", "all"), step("last"), end(), chain("begin", "ask", "which"),
        flow("which", "a", "'a' in parts"), flow("which", "b", "'b' in parts"), flow("which", "c"),
        chain("a", "all"), chain("b", "all"), chain("c", "all", "last", "done"),
    )  # fmt: skip
    both = does(xml, begun(xml), "ask", parts=["a", "b"])
    neither = does(xml, begun(xml), "ask", parts=[])

    assert (open_names(both), open_names(neither)) == (["a", "b"], ["c"])
    assert open_names(does(xml, both, "b")) == ["a"]
    assert open_names(does(xml, does(xml, both, "b"), "a")) == ["last"]
    assert open_names(does(xml, neither, "c")) == ["last"]


def test_a_timer_in_the_middle_holds_the_process_until_its_date() -> None:
    until = "<timerEventDefinition><timeDate>P1D/${on}</timeDate></timerEventDefinition>"
    catch = f'<intermediateCatchEvent id="hold">{until}</intermediateCatchEvent>'
    xml = bpmn(start(), catch, step("go"), end(), chain("begin", "hold", "go", "done"))
    state = begun(xml, on="2026-03-10T10:00:00+01:00")
    assert state.timers[0].at == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)

    state = engine.fire(engine.load(xml), state, state.timers[0].id, datetime(2026, 3, 9, 9, 0, tzinfo=UTC))

    assert (open_names(state), state.timers) == (["go"], ())


def test_a_model_that_is_refused_names_every_line() -> None:
    with pytest.raises(ModelRefused) as refused:
        engine.load(bpmn(start(), '<scriptTask id="s"/>', '<task id="t"/>', end(), chain("begin", "done")))

    assert [problem.line for problem in refused.value.problems] == [4, 5]


def test_a_loaded_model_is_found_by_its_digest() -> None:
    model = engine.load(APPROVAL)

    assert engine.cached(model.digest) is model
    assert engine.load(APPROVAL) is model
    assert engine.cached("0" * 64) is None
    assert model.forms == ("Decide", "Other")
    assert [node.id for node in model.ends] == ["approved"]
