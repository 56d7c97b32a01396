"""Whatever is drawn and accepted runs as it is drawn: after every move the same waits as in a game of tokens."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from casetasks_app.process import engine
from casetasks_app.process.check import check
from casetasks_app.process.engine import Model, State
from tests.unit.process.drawn import FORMS, START, bpmn, end, start, step, timer
from tests.unit.process.test_every_model_ends import NOW, Block, Drawing
from tests.unit.process.tokens import Tokens, Waiting

LEAVES = ("step", "timed", "job", "pause", "told", "chased", "often", "several")
BRANCHES = ("sequence", "exclusive", "parallel", "inclusive", "loop", "sub", "call", "watched")
MOST_MOVES = 200


class Richer(Drawing):
    """Draws every kind of element there is; processes that are called stand behind the main one."""

    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.chance = chance
        self.called: list[str] = []

    def pause(self, _: tuple[Block, ...]) -> tuple[str, str]:
        name = self.name("c")
        moment = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
        self.add(f'<intermediateCatchEvent id="{name}">{moment}</intermediateCatchEvent>')
        return name, name

    def told(self, _: tuple[Block, ...]) -> tuple[str, str]:
        name, event, ends = self.name("s"), self.name("e"), self.name("z")
        message = '<messageEventDefinition messageRef="m"/>'
        aside, _ = self.step(())
        self.add(
            step(name, "Decide") + f'<boundaryEvent id="{event}" attachedToRef="{name}" cancelActivity="false">{message}</boundaryEvent>'
        )
        self.add(end(ends))
        self.flows += [(event, aside, ""), (aside, ends, "")]
        return name, name

    def chased(self, _: tuple[Block, ...]) -> tuple[str, str]:
        name, last = self.timed(())
        event = self.name("t")
        aside, _ = self.step(())
        self.add(timer(name, event, "PT1H"))
        self.flows += [(event, aside, ""), (aside, last, "")]
        return name, last

    def often(self, _: tuple[Block, ...]) -> tuple[str, str]:
        name, _ = self.step(())
        return self.beside(name, timer(name, event := self.name("t"), "R3/PT1H", "timeCycle", interrupts=False), event)

    def beside(self, host: str, event: str, name: str) -> tuple[str, str]:
        ends = self.name("z")
        aside, _ = self.job(())
        self.add(event + end(ends))
        self.flows += [(name, aside, ""), (aside, ends, "")]
        return host, host

    def several(self, _: tuple[Block, ...]) -> tuple[str, str]:
        name, sequential, times = self.name("x"), self.chance.choice(("true", "false")), self.chance.randint(0, 3)
        gathers = f'<loopDataOutputRef>got_{name}</loopDataOutputRef><outputDataItem name="decision"/>'
        loop = f'<multiInstanceLoopCharacteristics isSequential="{sequential}"><loopCardinality>{times}</loopCardinality>{gathers}'
        self.add(step(name, "Decide", inside=f"{loop}</multiInstanceLoopCharacteristics>"))
        return name, name

    def inside(self, inner: tuple[Block, ...], ending: str = "") -> str:
        drawing, begins, ends = Richer(self.chance), self.name("b"), self.name("z")
        drawing.count = (self.count + 1) * 40
        first, last = drawing.draw(inner[0])
        self.called += drawing.called
        drawing.flows += [(begins, first, ""), (last, ends, "")]
        return f"{start(begins)}{drawing.text()}{end(ends, ending)}"

    def sub(self, inner: tuple[Block, ...]) -> tuple[str, str]:
        name = self.name("sub")
        self.add(f'<subProcess id="{name}">{self.inside(inner, self.chance.choice(("", "<terminateEventDefinition/>")))}</subProcess>')
        return name, name

    def watched(self, inner: tuple[Block, ...]) -> tuple[str, str]:
        name, _ = self.sub(inner)
        event = self.name("t")
        return self.beside(name, timer(name, event, "PT1H", interrupts=False), event)

    def call(self, inner: tuple[Block, ...]) -> tuple[str, str]:
        name = self.name("call")
        self.called.append(f'<process id="of_{name}">{self.inside(inner)}</process>')
        self.add(f'<callActivity id="{name}" calledElement="of_{name}"/>')
        return name, name


def any_block(chance: Random, depth: int) -> Block:
    kind = chance.choice(LEAVES if depth == 0 or chance.random() < 0.3 else BRANCHES)
    if kind in LEAVES:
        return kind, ()
    several = kind in {"sequence", "exclusive", "parallel", "inclusive"}
    return kind, tuple(any_block(chance, depth - 1) for _ in range(chance.randint(2, 3) if several else 1))


def any_drawing(chance: Random) -> str:
    """Some model; in every other one two arrows are exchanged."""
    drawing = Richer(chance)
    first, last = drawing.draw(any_block(chance, chance.randint(1, 3)))
    flows = [*drawing.flows, ("begin", first, ""), (last, "done", "")]
    if chance.random() < 0.5:
        a, b = chance.randrange(len(flows)), chance.randrange(len(flows))
        flows[a], flows[b] = (flows[a][0], flows[b][1], flows[a][2]), (flows[b][0], flows[a][1], flows[b][2])
    drawing.flows = flows
    return bpmn(start(), drawing.text(), end(), after=f'{"".join(drawing.called)}<message id="m" name="more"/>')


def waits(model: Model, state: State) -> Counter[Waiting]:
    found = Counter(("do", each.name) for each in (*state.steps, *state.jobs))
    found.update(("timer", each.what) for each in state.timers)
    names = [row[1] for _, rows in state.tree or () for row in rows if row[0] in {each.id for each in state.messages}]
    found.update(("message", name) for name in names)
    return found


def moved(model: Model, state: State, tokens: Tokens, what: Waiting, chance: Random, turn: int) -> State:
    """Both after the same move, the state through JSON; a timer is let go off twice."""
    now, (kind, name) = NOW + timedelta(hours=2 * turn), what
    if kind == "do":
        opened = next(each for each in (*state.steps, *state.jobs) if each.name == name)
        answers = {"decision": chance.choice(("approve", "reject", "return"))} if opened in state.steps else {}
        tokens.do(name, answers)
        return State.from_json(engine.complete(model, state, opened.id, answers, now).to_json())
    names = {row[0]: row[1] for _, rows in state.tree for row in rows}
    fired = next(each.id for each in (*state.timers, *state.messages) if names[each.id.partition(".")[0]] == name)
    tokens.happen(name)
    after = engine.fire(model, state, fired, now)
    assert engine.fire(model, after, fired, now) is after
    return State.from_json(after.to_json())


def play(model: Model, chance: Random) -> None:
    state, tokens = engine.start(model, START, NOW), Tokens(model, START)
    for turn in range(1, MOST_MOVES):
        assert waits(model, state) == tokens.waiting()
        assert state.is_ended == tokens.is_over
        if state.is_ended:
            return
        state = moved(model, state, tokens, chance.choice(sorted(tokens.waiting())), chance, turn)


@pytest.mark.parametrize("seed", range(60))
def test_an_accepted_model_runs_as_it_is_drawn(seed: int) -> None:
    chance = Random(seed)
    xml = any_drawing(chance)
    while any(not problem.is_warning for problem in check(xml, forms=FORMS, topics={"t": ()})):
        xml = any_drawing(chance)
    model = engine.load(xml)

    for _ in range(3):
        play(model, chance)
