"""A model with its sub-processes and called processes unfolded into one graph, each call on its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from casetasks_app.process.model import SCOPES, Flow, Model, Node, Process

MOST_SPOTS = 5_000


class TooLarge(Exception):
    """Unfolded, the model has more elements than can be looked at."""


@dataclass(slots=True)
class Spot:
    """One node where it stands after unfolding. `key` begins with the key of the sub-process it is in."""

    key: str
    node: Node
    scope: str
    arrows_in: list["Arrow"] = field(default_factory=list["Arrow"])
    arrows_out: list["Arrow"] = field(default_factory=list["Arrow"])
    events: list["Spot"] = field(default_factory=list["Spot"])
    inner_start: "Spot | None" = None


@dataclass(slots=True, eq=False)
class Arrow:
    """One arrow between two spots of the same scope."""

    key: str
    flow: Flow
    source: Spot
    target: Spot


def unfold(model: Model) -> dict[str, Spot]:
    """Every spot by its key, the ones of the main process first. Raises TooLarge."""
    spots: dict[str, Spot] = {}
    waiting = [("", model.processes[model.main])]
    while waiting:
        scope, process = waiting.pop()
        for spot in _unfold_one(scope, process, spots):
            inner = model.processes.get(spot.node.inside or "")
            if spot.node.kind in SCOPES and inner is not None:
                waiting.append((f"{spot.key}/", inner))
        if len(spots) > MOST_SPOTS:
            raise TooLarge
    for spot in spots.values():
        if spot.node.kind in SCOPES:
            spot.inner_start = start_of(spots, f"{spot.key}/")
    return spots


def start_of(spots: dict[str, Spot], scope: str) -> Spot:
    """Where the process of this scope begins."""
    return next(spot for spot in spots.values() if spot.scope == scope and spot.node.kind == "start")


def _unfold_one(scope: str, process: Process, spots: dict[str, Spot]) -> Iterator[Spot]:
    own = {name: Spot(f"{scope}{name}", node, scope) for name, node in process.nodes.items()}
    spots.update({spot.key: spot for spot in own.values()})
    for flow in process.flows:
        arrow = Arrow(f"{scope}{flow.id}", flow, own[flow.source], own[flow.target])
        arrow.source.arrows_out.append(arrow)
        arrow.target.arrows_in.append(arrow)
    for spot in own.values():
        if spot.node.kind == "boundary":
            own[spot.node.host or ""].events.append(spot)
    yield from own.values()
