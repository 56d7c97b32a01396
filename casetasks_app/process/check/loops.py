"""Circles in a model: those that never wait, those that go through a join, and branches that a timer begins again and again."""

import re
from collections.abc import Callable, Iterator

from casetasks_app.process.model import SCOPES, Model, Node, Problem, Process
from casetasks_app.process.references import reachable

_ONCE = re.compile(r"R0*1/.*")


def problems_of(model: Model) -> Iterator[Problem]:
    """Circles without a waiting step, joins that stand inside a circle, and gateways that a repeated branch would mix up."""
    for process in model.processes.values():
        yield from _circle_problems(process, model)
        for event in filter(_begins_branches, process.nodes.values()):
            yield from _mixed_up(event, process, model)


def _circle_problems(process: Process, model: Model) -> Iterator[Problem]:
    for circle in _circles(process, lambda _: True):
        for name in circle:
            node = process.nodes[name]
            if node.kind in {"parallel", "inclusive"} and len(process.incoming[name]) > 1:
                yield Problem(model.name, node.line, name, f"this {node.kind} join stands inside a loop; it could go on too early")
    for circle in _circles(process, lambda node: _may_pass(node, model)):
        first = min((process.nodes[name] for name in circle), key=lambda node: node.line)
        yield Problem(model.name, first.line, first.id, "a loop without a step to wait for; it would never stop")


def _begins_branches(event: Node) -> bool:
    repeats = event.timer is not None and event.timer.kind == "every" and not _ONCE.fullmatch(event.timer.text)
    return repeats and event.kind == "boundary" and not event.interrupts


def _mixed_up(event: Node, process: Process, model: Model) -> Iterator[Problem]:
    """A gateway cannot tell the branches of one round from those of the next; in a sub-process each round is on its own."""
    for name in reachable(process, [event.id]):
        node = process.nodes[name]
        if node.kind in {"parallel", "inclusive"}:
            message = f"comes after {event.id}, which goes off several times; put what comes after it into a sub-process"
            yield Problem(model.name, node.line, name, message)


def _may_pass(node: Node, model: Model) -> bool:
    """Whether the process can go through this node without waiting; a repeated step may have no turn at all."""
    if node.repetition is not None:
        return True
    inner = model.processes.get(node.inside or "")
    if node.kind in SCOPES and inner is not None:
        return _may_pass_through(inner, model)
    return not node.waits


def _may_pass_through(process: Process, model: Model) -> bool:
    waiting = [node.id for node in process.nodes.values() if node.kind == "start"]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if process.nodes[name].kind == "end":
            return True
        if _may_pass(process.nodes[name], model):
            waiting.extend(flow.target for flow in process.outgoing[name])
    return False


def _circles(process: Process, belongs: Callable[[Node], bool]) -> list[set[str]]:
    """The largest sets of nodes that can all reach each other through nodes that belong."""
    kept = {name for name, node in process.nodes.items() if belongs(node)}
    onward = {name: _successors(process, name) & kept for name in kept}
    reach = {name: _reach(onward, name) for name in kept}
    circles: list[set[str]] = []
    seen: set[str] = set()
    for name in process.nodes:
        if name in kept and name not in seen and name in reach[name]:
            circle = {other for other in reach[name] if name in reach[other]}
            seen |= circle
            circles.append(circle)
    return circles


def _successors(process: Process, name: str) -> set[str]:
    return {flow.target for flow in process.outgoing[name]} | {event.id for event in process.boundaries[name]}


def _reach(onward: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(onward[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(onward[name])
    return seen
