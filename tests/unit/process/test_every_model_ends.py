"""Whatever is drawn: a model that the checker accepts runs to its end, for whatever people answer."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, assume, event, example, given, settings
from hypothesis import strategies as st

from casetasks_app.process import engine
from casetasks_app.process.check import check
from casetasks_app.process.engine import State
from tests.unit.process.drawn import FORMS, START, bpmn, end, flow, gateway, start, step, timer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Block = tuple[str, tuple["Block", ...]]
LEAF = st.sampled_from([("step", ()), ("timed", ()), ("job", ())])
BLOCKS = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["sequence", "exclusive", "parallel", "inclusive"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.tuples(st.sampled_from(["loop", "sub"]), st.tuples(inner)),
    ),
    max_leaves=6,
)

_STEP: Block = ("step", ())
ACROSS: Block = ("parallel", (("parallel", (_STEP, _STEP, _STEP)), _STEP))
"""With two arrows exchanged: a gateway at which one branch arrives from further out than the others."""
TWICE: Block = ("loop", (("loop", (("job", ()),)),))
"""With arrows exchanged: two gateways in a row, of which the second asks for what the first has ruled out."""


class Drawing:
    """Draws blocks; each has one way in and one way out."""

    def __init__(self) -> None:
        self.elements: list[str] = []
        self.flows: list[tuple[str, str, str]] = []
        self.count = 0

    def add(self, make: str, name: str = "") -> str:
        self.elements.append(make)
        return name

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def draw(self, block: Block) -> tuple[str, str]:
        kind, inner = block
        if kind in {"exclusive", "parallel", "inclusive"}:
            return self.fork(kind, inner)
        return getattr(self, kind)(inner)

    def step(self, _: tuple[Block, ...]) -> tuple[str, str]:
        name = self.name("s")
        self.add(step(name, "Decide"))
        return name, name

    def job(self, _: tuple[Block, ...]) -> tuple[str, str]:
        name = self.name("j")
        self.add(f'<serviceTask id="{name}" casetasks:topic="t"/>')
        return name, name

    def timed(self, _: tuple[Block, ...]) -> tuple[str, str]:
        name, late, merge = self.name("s"), self.name("t"), self.name("m")
        self.add(step(name, "Decide") + timer(name, late, "PT1H") + gateway("exclusive", merge))
        self.flows += [(name, merge, ""), (late, merge, "")]
        return name, merge

    def sequence(self, inner: tuple[Block, ...]) -> tuple[str, str]:
        ends = [self.draw(block) for block in inner]
        self.flows += [(before[1], after[0], "") for before, after in pairwise(ends)]
        return ends[0][0], ends[-1][1]

    def fork(self, kind: str, inner: tuple[Block, ...]) -> tuple[str, str]:
        ask, split, merge = self.name("s"), self.name("g"), self.name("g")
        ends = [self.draw(block) for block in inner]
        default = "" if kind == "parallel" else ends[0][0]
        self.add(step(ask, "Decide") + gateway(kind, split, default) + gateway(kind, merge))
        answers = ("", "decision == 'approve'", "decision != 'return'")
        for (first, last), answer in zip(ends, answers, strict=False):
            self.flows += [(split, first, "" if kind == "parallel" else answer), (last, merge, "")]
        self.flows.append((ask, split, ""))
        return ask, merge

    def loop(self, inner: tuple[Block, ...]) -> tuple[str, str]:
        begin, ask, again, out = self.name("g"), self.name("s"), self.name("g"), self.name("g")
        first, last = self.draw(inner[0])
        self.add(gateway("exclusive", begin) + step(ask, "Decide") + gateway("exclusive", again, out) + gateway("exclusive", out))
        self.flows += [(begin, first, ""), (last, ask, ""), (ask, again, ""), (again, begin, "decision == 'return'"), (again, out, "")]
        return begin, out

    def sub(self, inner: tuple[Block, ...]) -> tuple[str, str]:
        inside, name = Drawing(), self.name("sub")
        inside.count = self.count * 100
        first, last = inside.draw(inner[0])
        inside.flows += [(f"b_{name}", first, ""), (last, f"e_{name}", "")]
        self.add(f'<subProcess id="{name}">{start(f"b_{name}")}{inside.text()}{end(f"e_{name}")}</subProcess>')
        return name, name

    def text(self) -> str:
        return "\n".join([*self.elements, *(flow(*one) for one in self.flows)])


def drawn(block: Block, swaps: list[tuple[int, int]]) -> str:
    """The block as a file; each swap exchanges where two arrows lead."""
    drawing = Drawing()
    first, last = drawing.draw(block)
    drawing.flows += [("begin", first, ""), (last, "done", "")]
    for one, other in swaps:
        (a, b), flows = (one % len(drawing.flows), other % len(drawing.flows)), drawing.flows
        flows[a], flows[b] = (flows[a][0], flows[b][1], flows[a][2]), (flows[b][0], flows[a][1], flows[b][2])
    return bpmn(start(), drawing.text(), end())


def played(xml: str, chance: Random) -> State:
    """The instance after random answers; what waits is moved on until it ends, at most a thousand times."""
    model, now = engine.load(xml), NOW
    state = engine.start(model, START, now)
    for _ in range(1_000):
        if state.is_ended:
            break
        now += timedelta(hours=2)
        waiting = [one.id for one in (*state.steps, *state.jobs, *state.timers)]
        chosen = chance.choice(waiting)
        if chosen in {one.id for one in state.timers}:
            state = engine.fire(model, state, chosen, now)
        else:
            decision = chance.choice(["approve", "reject", "return"])
            state = engine.complete(model, state, chosen, {"decision": decision}, now)
        again = State.from_json(state.to_json())
        assert again == state
        state = again
    return state


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BLOCKS, st.integers(0, 10_000))
def test_a_model_of_nested_blocks_ends(block: Block, seed: int) -> None:
    xml = drawn(block, [])
    problems = [one for one in check(xml, forms=FORMS) if not one.is_warning]
    assert [one for one in problems if "stands inside a loop" not in one.message] == []
    assume(not problems)

    assert played(xml, Random(seed)).outcome == "done"


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(BLOCKS, st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=3), st.integers(0, 10_000))
@example(ACROSS, [(0, 9)], 0)
@example(TWICE, [(20, 30), (43, 43), (43, 27)], 20)
def test_a_model_with_crossed_arrows_is_refused_or_ends(block: Block, swaps: list[tuple[int, int]], seed: int) -> None:
    xml = drawn(block, swaps)
    is_accepted = not check(xml, forms=FORMS)
    event(f"accepted: {is_accepted}")
    assume(is_accepted)

    assert played(xml, Random(seed)).is_ended
