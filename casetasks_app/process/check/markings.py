"""Every situation an instance can get into: none may be stuck, none may go on for ever, no step may run twice at once.

A situation is the set of arrows with something on them, plus the activities that are under way.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, combinations
from random import Random

from casetasks_app.process.check.flat import Arrow, Spot, start_of
from casetasks_app.process.check.ways import Way
from casetasks_app.process.model import SCOPES, Node

MOST_MARKINGS = 20_000
MOST_WALKS, LONGEST_WALK = 200, 300
_MOST_WAYS = 8
_DOUBTS = 0.2

Marking = frozenset[str]
Found = tuple[Node, str, bool]


class _TwiceAtOnce(Exception):
    def __init__(self, node: Node) -> None:
        super().__init__(node.id)
        self.node = node


def problems_of(spots: Mapping[str, Spot], impossible: Collection[Way] = ()) -> list[Found]:
    """What can go wrong in any situation; the last value of each says whether it is only a warning."""
    game = _Game(spots, impossible)
    onward: dict[Marking, list[Marking]] = {}
    waiting = deque([game.beginning()])
    doubled: dict[str, Node] = {}
    while waiting and len(onward) < MOST_MARKINGS:
        marking = waiting.popleft()
        if marking not in onward:
            onward[marking] = game.following(marking, doubled)
            waiting.extend(after for after in onward[marking] if after not in onward)
    found = _told(doubled) or list(_stuck(game, onward))
    if any(marking not in onward for marking in waiting):
        found = found or _met_on_walks(game)
        begin = start_of(dict(spots), "").node
        return [*found, (begin, f"has more than {MOST_MARKINGS:,} situations; not all were looked at", True)]
    return found or list(_endless(game, onward))


def _met_on_walks(game: "_Game") -> list[Found]:
    """What is met far from the beginning, where not everything can be looked at; the same walks for the same model."""
    chance = Random(0)  # noqa: S311  nothing here is a secret
    doubled: dict[str, Node] = {}
    met: dict[Marking, list[Marking]] = {}
    for _ in range(MOST_WALKS):
        marking = game.beginning()
        # Each walk likes some ways better than others: taken by chance alone, what goes off early would hide what comes late.
        liking: dict[Marking, float] = {}
        for _ in range(LONGEST_WALK):
            met[marking] = met.get(marking) or game.following(marking, doubled)
            if doubled or not met[marking]:
                break
            here, doubts = marking, chance.random() < _DOUBTS
            liked = {after: liking.setdefault(after - here, chance.random()) for after in met[here]}
            marking = chance.choice(met[here]) if doubts else max(liked, key=lambda after: liked[after])
    return _told(doubled) or list(_stuck(game, met))


def _told(doubled: Mapping[str, Node]) -> list[Found]:
    return [(node, "may be reached twice at the same time; join the branches before it", False) for node in doubled.values()]


def _stuck(game: "_Game", onward: Mapping[Marking, list[Marking]]) -> Iterator[Found]:
    seen: set[str] = set()
    for marking, moves in onward.items():
        if moves or not marking:
            continue
        for spot in game.joins_waiting_in(marking):
            if spot.key not in seen:
                seen.add(spot.key)
                missing = next(arrow for arrow in spot.arrows_in if arrow.key not in marking)
                yield spot.node, f"can get stuck: it waits for {missing.source.node.id}, which may never come", False


def _endless(game: "_Game", onward: Mapping[Marking, list[Marking]]) -> Iterator[Found]:
    before: dict[Marking, list[Marking]] = {}
    for marking, moves in onward.items():
        for after in moves:
            before.setdefault(after, []).append(marking)
    ending: set[Marking] = set()
    waiting: list[Marking] = [frozenset()]
    while waiting:
        marking = waiting.pop()
        if marking not in ending:
            ending.add(marking)
            waiting.extend(before.get(marking, ()))
    endless = next((marking for marking in onward if marking not in ending), None)
    if endless is not None:
        yield game.somewhere_in(endless), "can never end: no end event can be reached from here", False


class _Game:
    """The rules by which one situation leads to the next; a gateway's ways out count as possible unless they are known not to be."""

    def __init__(self, spots: Mapping[str, Spot], impossible: Collection[Way]) -> None:
        self._spots, self._impossible = dict(spots), impossible
        self._arrows = {arrow.key: arrow for spot in spots.values() for arrow in spot.arrows_out}
        self._reach = {spot.key: self._reach_from(spot) for spot in spots.values() if spot.node.kind == "inclusive"}

    def beginning(self) -> Marking:
        return frozenset(arrow.key for arrow in start_of(self._spots, "").arrows_out)

    def following(self, marking: Marking, doubled: dict[str, Node]) -> list[Marking]:
        """In an order of its own, so that the same model always gets the same sentences."""
        found: dict[Marking, None] = {}
        for spot in self._touched(marking):
            try:
                found.update(dict.fromkeys(self._moves(spot, marking)))
            except _TwiceAtOnce as twice:
                doubled[twice.node.id] = twice.node
        return list(found)

    def joins_waiting_in(self, marking: Marking) -> list[Spot]:
        targets = {self._arrows[key].target.key for key in marking if key in self._arrows}
        return [self._spots[key] for key in sorted(targets) if self._spots[key].node.kind == "parallel"]

    def somewhere_in(self, marking: Marking) -> Node:
        arrows = [self._arrows[key].target.node for key in marking if key in self._arrows]
        busy = [self._spots[key[1:]].node for key in marking if key not in self._arrows]
        return min(arrows or busy, key=lambda node: node.line)

    def _touched(self, marking: Marking) -> list[Spot]:
        keys = {self._arrows[key].target.key if key in self._arrows else key[1:] for key in marking}
        return [self._spots[key] for key in sorted(keys)]

    def _moves(self, spot: Spot, marking: Marking) -> Iterator[Marking]:
        """`*key` marks an activity under way, `?key` an event beside it that may still happen once."""
        if f"?{spot.key}" in marking:
            yield self._put(marking - {f"?{spot.key}"}, spot.arrows_out)
        if f"*{spot.key}" in marking:
            yield from self._moves_of_busy(spot, marking)
        here = [arrow for arrow in spot.arrows_in if arrow.key in marking]
        if not here:
            return
        if spot.node.kind in {"parallel", "inclusive"}:
            yield from self._moves_of_join(spot, marking, here)
            return
        for arrow in here:
            yield from self._moves_of_one(spot, arrow, marking - {arrow.key})

    def _moves_of_one(self, spot: Spot, came: Arrow, rest: Marking) -> Iterator[Marking]:
        if spot.node.kind == "end":
            inside = {key for key in rest if self._scope_of(key).startswith(spot.scope)}
            yield rest - inside if spot.node.terminates else rest
        elif spot.node.kind == "exclusive":
            yield from (self._put(rest, [arrow]) for arrow in spot.arrows_out if (came.key, arrow.key) not in self._impossible)
        elif spot.events or spot.node.kind in SCOPES:
            if f"*{spot.key}" in rest:
                raise _TwiceAtOnce(spot.node)
            beside = {f"?{event.key}" for event in spot.events if not event.node.interrupts}
            begun = spot.inner_start.arrows_out if spot.inner_start else []
            yield self._put(rest | {f"*{spot.key}"} | beside, begun)
        else:
            yield self._put(rest, spot.arrows_out)

    def _moves_of_busy(self, spot: Spot, marking: Marking) -> Iterator[Marking]:
        inside = {key for key in marking if self._scope_of(key).startswith(f"{spot.key}/")}
        own = {f"*{spot.key}", *(f"?{event.key}" for event in spot.events)}
        if not inside:
            yield self._put(marking - own, spot.arrows_out)
        for event in spot.events:
            if event.node.interrupts:
                yield self._put(marking - own - inside, event.arrows_out)

    def _moves_of_join(self, spot: Spot, marking: Marking, here: list[Arrow]) -> Iterator[Marking]:
        rest = marking - {arrow.key for arrow in here}
        if spot.node.kind == "parallel":
            if len(here) == len(spot.arrows_in):
                yield self._put(rest, spot.arrows_out)
            return
        empty = {arrow.key for arrow in spot.arrows_in} - marking
        if any(empty & self._reach[spot.key].get(self._onto(key), set()) for key in rest):
            return
        for ways in _choices(spot):
            yield self._put(rest, ways)

    def _put(self, marking: Marking, arrows: Iterable[Arrow]) -> Marking:
        for arrow in arrows:
            if arrow.key in marking:
                raise _TwiceAtOnce(arrow.target.node)
        return marking | {arrow.key for arrow in arrows}

    def _scope_of(self, key: str) -> str:
        return self._arrows[key].source.scope if key in self._arrows else self._spots[key[1:]].scope

    def _onto(self, key: str) -> str:
        return self._arrows[key].target.key if key in self._arrows else key[1:]

    def _reach_from(self, join: Spot) -> dict[str, set[str]]:
        """For each spot the arrows into `join` that can be reached from it without going through `join`."""
        found: dict[str, set[str]] = {}
        for arrow in join.arrows_in:
            waiting = [arrow.source]
            seen: set[str] = set()
            while waiting:
                spot = waiting.pop()
                if spot.key in seen or spot is join:
                    continue
                seen.add(spot.key)
                found.setdefault(spot.key, set()).add(arrow.key)
                waiting.extend(before.source for before in spot.arrows_in)
                if spot.node.kind == "boundary":
                    waiting.append(self._spots[f"{spot.scope}{spot.node.host}"])
        return found


def _choices(spot: Spot) -> Iterator[tuple[Arrow, ...]]:
    ways = [arrow for arrow in spot.arrows_out if arrow.flow.id != spot.node.default]
    default = [arrow for arrow in spot.arrows_out if arrow.flow.id == spot.node.default]
    sizes = range(1, len(ways) + 1) if len(ways) <= _MOST_WAYS else (1, len(ways))
    yield from chain.from_iterable(combinations(ways, size) for size in sizes)
    if default:
        yield tuple(default)
