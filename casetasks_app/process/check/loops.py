"""Circles in a model: those that never wait, and those that go through a join."""

from collections.abc import Callable, Iterator

from casetasks_app.process.model import SCOPES, Model, Node, Problem, Process


def problems_of(model: Model) -> Iterator[Problem]:
    """Circles without a waiting step, and joins that stand inside a circle."""
    for process in model.processes.values():
        for circle in _circles(process, lambda _: True):
            for name in circle:
                node = process.nodes[name]
                if node.kind in {"parallel", "inclusive"} and len(process.incoming[name]) > 1:
                    yield Problem(model.name, node.line, name, f"this {node.kind} join stands inside a loop; it could go on too early")
        for circle in _circles(process, lambda node: _may_pass(node, model)):
            first = min((process.nodes[name] for name in circle), key=lambda node: node.line)
            yield Problem(model.name, first.line, first.id, "a loop without a step to wait for; it would never stop")


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
