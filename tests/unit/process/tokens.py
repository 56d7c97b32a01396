"""Another reading of the same drawings: tokens on arrows, written from the standard and not from the engine."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from casetasks_app.process.expressions import holds
from casetasks_app.process.model import GATEWAYS, SCOPES, Flow, Model, Node, Process

Waiting = tuple[str, str]
"""What could happen (`do`, `timer` or `message`) and to which element."""


@dataclass(eq=False)
class Activity:
    """Something under way: how many turns are open and left, its running process, and how often each event may still happen."""

    node: Node
    open: int = 1
    left: int = 0
    inner: "Running | None" = None
    events: Counter[str] = field(default_factory=Counter)


@dataclass(eq=False)
class Running:
    """One process that runs: the tokens on its arrows, and what is under way."""

    process: Process
    tokens: Counter[str] = field(default_factory=Counter)
    under_way: list[Activity] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return not +self.tokens and not self.under_way


class Tokens:
    """One instance, played by tokens alone."""

    def __init__(self, model: Model, variables: dict[str, object]) -> None:
        self.model, self.variables, self.outcome = model, dict(variables), ""
        self.main = self._begin(model.processes[model.main])
        self._settle()

    @property
    def is_over(self) -> bool:
        return self.main.is_over

    def waiting(self) -> Counter[Waiting]:
        found: Counter[Waiting] = Counter()
        for running in self._all(self.main):
            for each in running.under_way:
                if each.inner is None:
                    found["timer" if each.node.timer else "do", each.node.id] += each.open
                for name, times in each.events.items():
                    found["timer" if running.process.nodes[name].timer else "message", name] += times > 0
        return +found

    def do(self, name: str, answers: dict[str, object]) -> None:
        """Complete an open step or job."""
        running, each = self._find(name)
        if each.node.repetition is None:
            self.variables |= answers
        each.open -= 1
        if each.left:
            each.open, each.left = each.open + 1, each.left - 1
        if not each.open:
            running.under_way.remove(each)
            self._put(running, each.node)
        self._settle()

    def happen(self, name: str) -> None:
        """Let a timer go off or a message arrive."""
        running, each = self._find(name)
        event = running.process.nodes[name]
        each.events[name] -= 1
        if event.interrupts:
            running.under_way.remove(each)
        self._put(running, event)
        self._settle()

    def _begin(self, process: Process) -> Running:
        running = Running(process)
        self._put(running, next(node for node in process.nodes.values() if node.kind == "start"))
        return running

    def _all(self, running: Running) -> Iterator[Running]:
        yield running
        for each in running.under_way:
            if each.inner is not None:
                yield from self._all(each.inner)

    def _find(self, name: str) -> tuple[Running, Activity]:
        return next(
            (running, each)
            for running in self._all(self.main)
            for each in running.under_way
            if each.node.id == name or each.events[name] > 0
        )

    def _put(self, running: Running, node: Node, flows: list[Flow] | None = None) -> None:
        running.tokens.update(flow.id for flow in (running.process.outgoing[node.id] if flows is None else flows))

    def _settle(self) -> None:
        while any(self._moves(running) for running in list(self._all(self.main))):
            pass

    def _moves(self, running: Running) -> bool:
        """One move that needs nobody; inclusive gateways last, when everything else has come to rest."""
        over = next((each for each in running.under_way if each.inner is not None and each.inner.is_over), None)
        if over is not None:
            running.under_way.remove(over)
            self._put(running, over.node)
            return True
        targets = {flow.target: flow.id for flow in running.process.flows if running.tokens[flow.id]}
        nodes = [running.process.nodes[name] for name in targets]
        for node in sorted(
            nodes, key=lambda node: ("exclusive", "parallel", "inclusive").index(node.kind) if node.kind in GATEWAYS else -1
        ):
            if node.kind in {"parallel", "inclusive"}:
                if self._joins(running, node):
                    return True
            else:
                running.tokens[targets[node.id]] -= 1
                self._arrive(running, node)
                return True
        return False

    def _joins(self, running: Running, node: Node) -> bool:
        arrived = [flow for flow in running.process.incoming[node.id] if running.tokens[flow.id]]
        empty = {flow.id for flow in running.process.incoming[node.id]} - {flow.id for flow in arrived}
        if empty if node.kind == "parallel" else self._may_come(running, node, empty):
            return False
        running.tokens.subtract(flow.id for flow in arrived)
        self._put(running, node, self._ways(running, node))
        return True

    def _may_come(self, running: Running, join: Node, empty: set[str]) -> bool:
        starts = [flow.target for flow in running.process.flows if running.tokens[flow.id]] + [each.node.id for each in running.under_way]
        seen, waiting = {join.id}, [name for name in starts if name != join.id]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                outgoing = running.process.outgoing[name]
                if any(flow.id in empty for flow in outgoing):
                    return True
                waiting += [flow.target for flow in outgoing] + [event.id for event in running.process.boundaries[name]]
        return False

    def _ways(self, running: Running, node: Node) -> list[Flow]:
        outgoing = list(running.process.outgoing[node.id])
        if node.kind == "parallel" or len(outgoing) == 1:
            return outgoing
        true = [flow for flow in outgoing if flow.id != node.default and holds(flow.condition or "true", self.variables)]
        return true[: 1 if node.kind == "exclusive" else None] or [flow for flow in outgoing if flow.id == node.default]

    def _arrive(self, running: Running, node: Node) -> None:
        if node.kind == "exclusive":
            self._put(running, node, self._ways(running, node))
        elif node.kind == "end":
            self.outcome = node.title if running is self.main else self.outcome
            if node.terminates:
                running.tokens.clear()
                running.under_way.clear()
        else:
            self._begin_activity(running, node)

    def _begin_activity(self, running: Running, node: Node) -> None:
        times = int(node.repetition.count or "1") if node.repetition else 1
        if not times:
            self._put(running, node)
            return
        in_a_row = node.repetition is not None and node.repetition.is_sequential
        begun = Activity(node, open=1 if in_a_row else times, left=times - 1 if in_a_row else 0)
        for event in running.process.boundaries[node.id]:
            repeats = event.timer is not None and event.timer.kind == "every" and not event.interrupts
            begun.events[event.id] = int(event.timer.text[1]) if event.timer and repeats else 1
        if node.kind in SCOPES:
            begun.inner = self._begin(self.model.processes[node.inside or ""])
        running.under_way.append(begun)
