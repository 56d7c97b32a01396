"""Whether the arrows of a model lead somewhere: broken references, dead ends, unreachable elements, odd conditions."""

from collections.abc import Iterator

from casetasks_app.process.expressions import reason_against
from casetasks_app.process.model import GATEWAYS, JOBS, SCOPES, STEPS, Flow, Model, Node, Problem, Process

_HOSTS = STEPS | JOBS | SCOPES


def problems_of(model: Model) -> Iterator[Problem]:
    """Every problem of structure, each with its line; the engine runs no model that has one."""
    for process in model.processes.values():
        for line, element, message in _process_problems(process, model):
            yield Problem(model.name, line, element, message)


def reachable(process: Process, starts: list[str]) -> set[str]:
    """The nodes that arrows (and boundary events) lead to from `starts`, these included."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in seen and name in process.nodes:
            seen.add(name)
            waiting.extend(flow.target for flow in process.outgoing[name])
            waiting.extend(node.id for node in process.boundaries[name])
    return seen


Found = Iterator[tuple[int, str, str]]


def _process_problems(process: Process, model: Model) -> Found:
    broken = [flow for flow in process.flows if flow.source not in process.nodes or flow.target not in process.nodes]
    for flow in broken:
        missing = flow.source if flow.source not in process.nodes else flow.target
        yield flow.line, flow.id, f"the arrow begins or ends at {missing!r}, which is not in this process"
    if not broken:
        yield from _start_and_end_problems(process)
        for node in process.nodes.values():
            yield from _node_problems(node, process, model)
        yield from _flow_problems(process)
        yield from _unreachable(process)


def _start_and_end_problems(process: Process) -> Found:
    starts = [node for node in process.nodes.values() if node.kind == "start"]
    if not starts:
        yield process.line, process.id, "there is no start event"
    for node in starts[1:]:
        yield node.line, node.id, "a second start event; a process begins in one place"
    if not any(node.kind == "end" for node in process.nodes.values()):
        yield process.line, process.id, "there is no end event"


def _node_problems(node: Node, process: Process, model: Model) -> Found:
    outgoing = process.outgoing[node.id]
    if node.kind == "end" and outgoing:
        yield node.line, node.id, "nothing can follow an end event"
    if node.kind != "end" and not outgoing:
        yield node.line, node.id, "dead end: no arrow leaves it and it is no end event"
    if len(outgoing) > 1 and node.kind not in GATEWAYS:
        yield node.line, node.id, "several arrows leave it; use a gateway to say which are taken"
    if node.kind in {"start", "boundary"} and process.incoming[node.id]:
        yield node.line, node.id, "no arrow can lead here"
    yield from _reference_problems(node, process, model)


def _reference_problems(node: Node, process: Process, model: Model) -> Found:
    host = process.nodes.get(node.host or "")
    if node.kind == "boundary" and (host is None or host.kind not in _HOSTS):
        yield node.line, node.id, f"is attached to {node.host!r}, which is no activity of this process"
    if node.default and node.default not in {flow.id for flow in process.outgoing[node.id]}:
        yield node.line, node.id, f"its default arrow {node.default!r} does not leave it"
    if node.kind in SCOPES and node.inside:
        yield from _scope_problems(node, model)


def _scope_problems(node: Node, model: Model) -> Found:
    if node.inside not in model.processes:
        yield node.line, node.id, f"calls {node.inside!r}, which is not in this file"
        return
    seen: set[str] = set()
    waiting = [node.inside or ""]
    while waiting:
        inner = model.processes.get(waiting.pop())
        if inner is not None and inner.id not in seen:
            seen.add(inner.id)
            waiting.extend(other.inside for other in inner.nodes.values() if other.inside)
    if node.process in seen:
        yield node.line, node.id, "calls itself, round and round"


def _flow_problems(process: Process) -> Found:
    drawn: set[tuple[str, str]] = set()
    for flow in process.flows:
        source = process.nodes[flow.source]
        is_second = (flow.source, flow.target) in drawn
        drawn.add((flow.source, flow.target))
        if is_second and source.kind != "exclusive":
            yield flow.line, flow.id, f"a second arrow from {flow.source} to {flow.target}"
        yield from _condition_problems(flow, source, process)


def _condition_problems(flow: Flow, source: Node, process: Process) -> Found:
    decides = source.kind in {"exclusive", "inclusive"} and len(process.outgoing[source.id]) > 1
    if flow.condition is not None and (reason := reason_against(flow.condition)):
        yield flow.line, source.id, reason
    elif flow.condition is not None and not decides:
        yield flow.line, source.id, "a condition here is never looked at; put it behind an exclusive or inclusive gateway"
    elif flow.condition is None and decides and source.default != flow.id:
        yield flow.line, source.id, f"the way to {flow.target} has no condition and is not the default"


def _unreachable(process: Process) -> Found:
    starts = [node.id for node in process.nodes.values() if node.kind == "start"]
    if not starts:
        return
    seen = reachable(process, starts)
    for node in process.nodes.values():
        if node.id not in seen and (node.kind != "boundary" or node.host in seen):
            yield node.line, node.id, "cannot be reached from the start"
