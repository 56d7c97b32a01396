"""An instance is put to the same place in another model, or stays where it is with a reason."""

from datetime import UTC, datetime, timedelta

import pytest

from casetasks_app.process import engine
from casetasks_app.process.engine.transfer import CannotTransfer, transfer
from tests.unit.process.drawn import START, bpmn, chain, end, flow, gateway, start, step, timer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
ONE = bpmn(start(), step("write"), end(), chain("begin", "write", "done"))
THEN_CHECK = bpmn(start(), step("write"), step("check"), end(), chain("begin", "write", "check", "done"))
FIRST_PLAN = bpmn(start(), step("plan"), step("write"), end("finished"), chain("begin", "plan", "write", "finished"))
WITH_TIMER = bpmn(
    start(), step("write"), timer("write", "late", "P1D"), end(), end("lapsed"), chain("begin", "write", "done"), chain("late", "lapsed")
)
WITHOUT = bpmn(start(), step("other"), end(), chain("begin", "other", "done"))
TWO_BESIDE = bpmn(
    start(), gateway("parallel", "fork"), step("a"), step("b"), gateway("parallel", "join"), step("check"), end(),
    chain("begin", "fork", "a", "join", "check", "done"), chain("fork", "b", "join"),
)  # fmt: skip
THREE_BESIDE = bpmn(
    start(), gateway("parallel", "fork"), step("a"), step("b"), step("c"), gateway("parallel", "join"), end("finished"),
    chain("begin", "fork", "a", "join", "finished"), chain("fork", "b", "join"), chain("fork", "c", "join"),
)  # fmt: skip
ONE_BY_ONE = bpmn(start(), step("a"), step("b"), end(), chain("begin", "a", "b", "done"))
CHOSEN = bpmn(
    start(), step("plan", "Decide"), gateway("exclusive", "which", "other"), step("other"), step("write"), end(),
    chain("begin", "plan", "which", "other", "done"), flow("which", "write", "decision == 'approve'"), chain("write", "done"),
)  # fmt: skip
INSIDE = bpmn(
    start(), f'<subProcess id="sub">{start("b")}{step("write")}{end("e")}{chain("b", "write", "e")}</subProcess>', step("check"), end(),
    chain("begin", "sub", "check", "done"),
)  # fmt: skip


def running(xml: str, *done: str) -> tuple[engine.Model, engine.State]:
    model = engine.load(xml)
    state = engine.start(model, START, NOW)
    for name in done:
        state = engine.complete(model, state, id_of(model, state, name), {name: "answered"}, NOW)
    return model, state


def id_of(model: engine.Model, state: engine.State, name: str) -> str:
    return next(opened.id for opened in engine.open_steps(model, state) if opened.name == name)


def moved(before: str, after: str, *done: str) -> tuple[engine.Model, engine.State, engine.State]:
    old, state = running(before, *done)
    new = engine.load(after)
    return new, state, transfer(old, state, new, LATER)


def names(state: engine.State) -> list[str]:
    return [opened.name for opened in state.steps]


def played(model: engine.Model, state: engine.State, *rest: str) -> engine.State:
    for name in rest:
        state = engine.complete(model, engine.State.from_json(state.to_json()), id_of(model, state, name), {}, LATER)
    return state


@pytest.mark.parametrize(
    ("before", "after", "done", "rest", "outcome"),
    [
        (ONE, THEN_CHECK, (), ("write", "check"), "done"),
        (ONE, FIRST_PLAN, (), ("write",), "finished"),
        (FIRST_PLAN, ONE, ("plan",), ("write",), "done"),
        (ONE, WITH_TIMER, (), ("write",), "done"),
        (WITH_TIMER, ONE, (), ("write",), "done"),
        (ONE, CHOSEN, (), ("write",), "done"),
        (ONE, INSIDE, (), ("write", "check"), "done"),
        (INSIDE, THEN_CHECK, (), ("write", "check"), "done"),
        (TWO_BESIDE, THREE_BESIDE, ("a",), ("b",), "finished"),
        (THREE_BESIDE, TWO_BESIDE, ("c",), ("a", "b", "check"), "done"),
        (TWO_BESIDE, ONE_BY_ONE, ("a",), ("b",), "done"),
    ],
    ids=range(11),
)
def test_it_goes_on_in_the_new_process_from_where_it_was(before, after, done, rest, outcome):
    new, state, found = moved(before, after, *done)

    assert names(found) == names(state)
    assert {step.id for step in found.steps} == {step.id for step in state.steps}
    assert (found.digest, found.variables, found.answers) == (new.digest, state.variables, state.answers)
    assert engine.State.from_json(found.to_json()) == found
    assert played(new, found, *rest).outcome == outcome


def test_a_timer_that_is_new_begins_now_and_one_that_both_have_goes_on():
    _, _, begun = moved(ONE, WITH_TIMER)
    later = WITH_TIMER.replace("P1D", "P9D")
    new, state, kept = moved(WITH_TIMER, later)

    assert [one.at for one in begun.timers] == [LATER + timedelta(days=1)]
    assert kept.timers == state.timers
    assert engine.fire(new, kept, kept.timers[0].id, LATER).outcome == "lapsed"


def test_a_timer_that_the_new_process_does_not_have_is_gone():
    _, state, found = moved(WITH_TIMER, ONE)

    assert state.timers
    assert found.timers == ()


@pytest.mark.parametrize(
    ("before", "after", "done", "reason"),
    [
        (ONE, WITHOUT, (), "“Write” is not in the new process"),
        (TWO_BESIDE, ONE_BY_ONE, (), "the new process never has “A” and “B” open like this"),
        (ONE_BY_ONE, TWO_BESIDE, (), "the new process never has “A” open like this"),
        (
            ONE,
            ONE.replace("userTask", "serviceTask").replace("casetasks:formKey", "casetasks:topic"),
            (),
            "“Write” is not in the new process",
        ),
    ],
    ids=range(4),
)
def test_what_has_no_place_in_the_new_process_stays(before, after, done, reason):
    with pytest.raises(CannotTransfer) as refused:
        moved(before, after, *done)

    assert refused.value.message == reason


def test_a_job_that_waits_is_moved_with_its_id():
    job = '<serviceTask id="look" name="Look" casetasks:topic="look"/>'
    before = bpmn(start(), job, end(), chain("begin", "look", "done"))
    new, state, found = moved(before, bpmn(start(), job, step("check"), end(), chain("begin", "look", "check", "done")))

    assert found.jobs == state.jobs
    assert names(engine.complete(new, found, found.jobs[0].id, {}, LATER)) == ["check"]


def test_a_wait_for_a_moment_keeps_its_moment():
    moment = "<timerEventDefinition><timeDuration>P{}D</timeDuration></timerEventDefinition>"
    wait = f'<intermediateCatchEvent id="pause">{moment}</intermediateCatchEvent>'
    before, after = (bpmn(start(), wait.format(days), end(), chain("begin", "pause", "done")) for days in (5, 50))

    _, state, found = moved(before, after)

    assert found.timers == state.timers
    assert found.timers[0].at == NOW + timedelta(days=5)
