"""Gateways that bring branches together, repeated steps behind them, and elements called like SpiffWorkflow's own."""

import pytest

from casetasks_app.process import engine
from casetasks_app.process.check import check
from casetasks_app.task_types.fields import FieldRow
from tests.unit.process.drawn import FORMS, bpmn, chain, end, flow, gateway, start, step, timer
from tests.unit.process.test_engine import NOW, begun, does, open_names

RHYTHM = FieldRow("rhythm", "Rhythm", "choice", options=(("R2/P7D", "Twice"), ("R/P1D", "Each day")))
EMPTY = f'<subProcess id="sub">{start("in")}{step("inside")}{end("out")}{chain("in", "inside", "out")}</subProcess>'
TWICE = (
    "<multiInstanceLoopCharacteristics isSequential='{}'><loopCardinality>2</loopCardinality>"
    "<loopDataOutputRef>got</loopDataOutputRef><outputDataItem name='note'/></multiInstanceLoopCharacteristics>"
)
BOTH = (start(), step("ask", "Decide"), gateway("inclusive", "which", "a"), step("b"), gateway("inclusive", "all"), step("last"), end())


def problems(xml: str) -> list[str]:
    return [str(problem).removeprefix("process.bpmn:") for problem in check(xml, forms=FORMS, topics={"t": ()}, settings=[RHYTHM])]


def both(*more: str, arrows: str) -> str:
    """A step `ask`; with *approve* the branch to `first` and the one to `b` are gone through, joined, then `last`."""
    begin = chain("begin", "ask", "which") + flow("which", "first", "decision != 'return'") + flow("which", "b", "decision == 'approve'")
    rest = chain("b", "all", "last", "done") + chain("which", "a", "all")
    return bpmn(*BOTH, step("a"), *more, begin, rest, arrows)


def test_an_inclusive_join_waits_for_what_is_under_way_inside_a_sub_process() -> None:
    xml = both(EMPTY.replace('id="sub"', 'id="first"'), step("then"), step("on"), arrows=chain("first", "then", "on", "all"))
    assert problems(xml) == []

    state = does(xml, does(xml, begun(xml), "ask", decision="approve"), "b")

    assert open_names(state) == ["inside"]
    assert open_names(does(xml, does(xml, does(xml, state, "inside"), "then"), "on")) == ["last"]


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_an_inclusive_join_waits_for_a_repeated_step(sequential: str) -> None:
    xml = both(step("first", inside=TWICE.format(sequential)), step("then"), step("on"), arrows=chain("first", "then", "on", "all"))

    state = does(xml, does(xml, begun(xml), "ask", decision="approve"), "b")

    assert set(open_names(state)) == {"first"}
    for name, note in (("first", "x"), ("first", "y"), ("then", ""), ("on", "")):
        state = does(xml, state, name, note=note)
    assert (open_names(state), state.variables["got"]) == (["last"], ["x", "y"])


def test_an_inclusive_join_waits_for_every_way_that_leads_to_one_of_its_arrows() -> None:
    """SpiffWorkflow looks back along the first of several ways only."""
    arrows = chain("first", "merge", "all") + chain("late", "chase", "merge")
    xml = both(step("first"), timer("first", "late", "PT1H"), step("chase"), gateway("exclusive", "merge"), arrows=arrows)
    state = does(xml, begun(xml), "ask", decision="approve")

    state = engine.fire(engine.load(xml), state, state.timers[0].id, NOW.replace(hour=20))
    state = does(xml, state, "b")

    assert open_names(state) == ["chase"]
    assert open_names(does(xml, state, "chase")) == ["last"]


def test_an_inclusive_join_goes_on_once_what_it_waited_for_has_gone_elsewhere() -> None:
    arrows = chain("first", "turn", "away") + flow("turn", "then", "decision == 'approve'") + chain("then", "on", "all")
    xml = both(
        step("first", "Decide"), gateway("exclusive", "turn", "away"), end("away"), step("then"), step("on"), arrows=arrows,
    )  # fmt: skip
    assert problems(xml) == []
    state = does(xml, does(xml, begun(xml), "ask", decision="approve"), "b")
    assert open_names(state) == ["first"]

    state = does(xml, state, "first", decision="reject")

    assert open_names(state) == ["last"]
    assert does(xml, state, "last").is_ended


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_a_repeated_step_may_stand_behind_any_gateway(sequential: str) -> None:
    """SpiffWorkflow cannot begin the turns of a step that it was not sure to get to."""
    many = step("many", inside=TWICE.format(sequential))
    xml = bpmn(
        start(), step("wait"), timer("wait", "late", "PT1H", interrupts=False), step("look"), gateway("parallel", "fork"), many,
        step("other"), gateway("parallel", "join"), end("told"), end(), chain("begin", "wait", "done"),
        chain("late", "look", "fork", "many", "join", "told"), chain("fork", "other", "join"),
    )  # fmt: skip
    assert problems(xml) == []
    state = begun(xml)

    state = engine.fire(engine.load(xml), state, state.timers[0].id, NOW.replace(hour=20))
    state = does(xml, state, "look")

    assert set(open_names(state)) == {"wait", "many", "other"}


@pytest.mark.parametrize("name", ["Start", "End"])
def test_elements_may_be_called_like_those_that_spiffworkflow_adds(name: str) -> None:
    xml = bpmn(start(), step(name), timer(name, "late", "P1D"), end(), chain("begin", name, "done"), chain("late", "done"))
    assert problems(xml) == []
    inside = f'<subProcess id="sub">{start("Start")}{step("x")}{end("End")}{chain("Start", "x", "End")}</subProcess>'
    nested = bpmn(start(), inside, end(), chain("begin", "sub", "done"))

    assert open_names(begun(xml)) == [name]
    assert does(xml, begun(xml), name).outcome == "done"
    assert does(nested, begun(nested), "x").outcome == "done"


@pytest.mark.parametrize(
    ("cycle", "found"),
    [
        ("R3/P7D", ["fork", "join"]),
        ("R/P7D", ["fork", "join"]),
        ("${rhythm}", ["fork", "join"]),
        ("R1/P7D", []),
    ],
)
def test_branches_of_a_timer_that_goes_off_several_times_are_not_mixed_up(cycle: str, found: list[str]) -> None:
    xml = bpmn(
        start(), step("wait"), timer("wait", "often", cycle, "timeCycle", interrupts=False), gateway("parallel", "fork"), step("a"),
        step("b"), gateway("parallel", "join"), end("told"), end(), chain("begin", "wait", "done"),
        chain("often", "fork", "a", "join", "told"), chain("fork", "b", "join"),
    )  # fmt: skip
    sentence = "comes after often, which goes off several times; put what comes after it into a sub-process"

    assert [problem.partition(": ")[2] for problem in problems(xml)] == [f"{name}: {sentence}" for name in found]


def test_each_round_of_a_cycle_goes_through_its_own_sub_process() -> None:
    xml = bpmn(
        start(), step("wait"), timer("wait", "often", "R2/P7D", "timeCycle", interrupts=False), EMPTY, end("told"), end(),
        chain("begin", "wait", "done"), chain("often", "sub", "told"),
    )  # fmt: skip
    state = begun(xml)
    for _ in range(2):
        state = engine.fire(engine.load(xml), state, state.timers[0].id, NOW.replace(year=2027))

    assert sorted(open_names(state)) == ["inside", "inside", "wait"]
    for name in ("inside", "wait", "inside"):
        state = does(xml, state, name)
    assert state.is_ended


def test_what_goes_wrong_far_from_the_beginning_of_a_very_large_model_is_still_found() -> None:
    """More situations than are looked at: what was found among them is told, and some long ways are gone to the end."""
    arms = range(8)
    steps = [step(f"s{arm}_{number}") for arm in arms for number in range(3)]
    ways = [chain("fork", f"s{arm}_0", f"s{arm}_1", f"s{arm}_2", "join") for arm in arms]
    trap = (
        step("decide", "Decide"), gateway("exclusive", "which", "b"), step("a"), step("b"), gateway("parallel", "never"),
        chain("join", "decide", "which", "b", "never", "done"), flow("which", "a", "decision == 'approve'"), chain("a", "never"),
    )  # fmt: skip
    xml = bpmn(start(), gateway("parallel", "fork"), *steps, gateway("parallel", "join"), end(), chain("begin", "fork"), *ways, *trap)

    found = problems(xml)

    assert "3: begin: has more than 20,000 situations; not all were looked at" in found
    assert any("never: can get stuck: it waits for " in sentence for sentence in found)
