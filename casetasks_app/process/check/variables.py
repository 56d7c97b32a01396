"""Which values each variable may have at each place, and whether it is set there on every way."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casetasks_app.process.check.flat import Spot
from casetasks_app.process.expressions import names_read, slots_in
from casetasks_app.process.model import Node
from casetasks_app.task_types.fields import FieldRow

START_VALUES = ("case", "task", "initiator", "assignee", "team")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: a field of a form or a setting; without a row it is known to be set, not to what."""

    row: FieldRow | None = None
    is_unset: bool = False


UNSET = Origin(is_unset=True)
OPAQUE = Origin()
Known = dict[str, frozenset[Origin]]


def values_at(
    spots: Mapping[str, Spot],
    begin: Spot,
    forms: Mapping[str, Sequence[FieldRow]],
    results: Mapping[str, Sequence[str]],
    settings: Sequence[FieldRow],
) -> dict[str, Known]:
    """What is known about each variable when the process arrives at each spot."""
    written = {key: _written(spot.node, forms, results) for key, spot in spots.items()}
    everything = {name for known in written.values() for name in known}
    at_start: Known = {name: frozenset({UNSET}) for name in everything}
    at_start |= {name: frozenset({OPAQUE}) for name in START_VALUES}
    at_start |= {row.name: frozenset({Origin(row)}) for row in settings if row.has_answer}
    arriving: dict[str, Known] = {}
    leaving: dict[str, Known] = {}
    waiting = [begin]
    while waiting:
        spot = waiting.pop()
        before = _arriving(spot, spots, arriving, leaving, at_start if spot is begin else None)
        after = {**before, **written[spot.key]}
        if spot.inner_start is not None:
            after = _after_scope(spot, spots, leaving, before)
        if spot.key not in leaving or (arriving[spot.key], leaving[spot.key]) != (before, after):
            arriving[spot.key], leaving[spot.key] = before, after
            waiting.extend(_following(spot, spots))
    return arriving


def texts_of(node: Node, conditions: Iterable[str | None] = ()) -> list[str]:
    """The expressions a node has worked out: who does it, when it is due, how often, and the ways on."""
    slotted = [text for text in (node.performer, node.groups, node.title, node.timer and node.timer.text) if text]
    found = [slot for text in slotted for slot in slots_in(text)]
    if node.repetition is not None:
        found.extend(filter(None, (node.repetition.collection, node.repetition.count)))
    found.extend(filter(None, conditions))
    return found


def reading_problems(spots: Mapping[str, Spot], arriving: Mapping[str, Known]) -> Iterator[tuple[Node, str]]:
    """Every expression that reads what nobody sets, or what is not set on every way that leads there."""
    for key, spot in spots.items():
        known = arriving.get(key)
        if known is None:
            continue
        item = spot.node.repetition.item if spot.node.repetition else None
        read = names_read(texts_of(spot.node, (arrow.flow.condition for arrow in spot.arrows_out))) - {item or ""}
        for name in sorted(read):
            origins = known.get(name, frozenset())
            if UNSET in origins or not origins:
                yield spot.node, f"reads {name!r}, which {_where_set(origins)}"


def from_here(spots: Mapping[str, Spot], names: Collection[str]) -> Collection[Spot]:
    """These elements and everything that may come after them."""
    waiting = [spot for spot in spots.values() if spot.node.id in names]
    seen: dict[str, Spot] = {}
    while waiting:
        spot = waiting.pop()
        if spot.key not in seen:
            seen[spot.key] = spot
            waiting.extend(_following(spot, spots))
    return seen.values()


def missing_from(
    spots: Mapping[str, Spot], names: Collection[str], known: Collection[str], results: Mapping[str, Sequence[str]]
) -> set[str]:
    """The variables read from these elements on, in any situation, that are neither known nor set from there on.

    `results` has the variables that the answers of each form and topic set.
    """
    read: set[str] = set()
    written: set[str] = set()
    for spot in from_here(spots, names):
        repetition = spot.node.repetition
        item = {repetition.item or "", repetition.output} if repetition else set[str]()
        read |= names_read(texts_of(spot.node, (arrow.flow.condition for arrow in spot.arrows_out))) - item
        written |= {*results.get(spot.node.form or "", ()), *results.get(spot.node.topic or "", ()), *item}
    return read - written - set(known)


def _where_set(origins: frozenset[Origin]) -> str:
    if not origins:
        return "no form, setting or start value sets"
    return "is set only later" if origins == {UNSET} else "is not set on every way that leads here"


def _written(node: Node, forms: Mapping[str, Sequence[FieldRow]], results: Mapping[str, Sequence[str]]) -> Known:
    if node.repetition is not None:
        return {node.repetition.output: frozenset({OPAQUE})}
    if node.topic:
        return {name: frozenset({OPAQUE}) for name in results.get(node.topic, ())}
    return {row.name: frozenset({Origin(row)}) for row in forms.get(node.form or "", ()) if row.has_answer}


def _arriving(
    spot: Spot,
    spots: Mapping[str, Spot],
    arriving: Mapping[str, Known],
    leaving: Mapping[str, Known],
    at_start: Known | None,
) -> Known:
    if at_start is not None:
        return at_start
    if spot.node.kind == "start":
        return arriving[spot.scope.removesuffix("/")]
    if spot.node.kind == "boundary":
        host = f"{spot.scope}{spot.node.host}"
        inner = [leaving[key] for key in spots if key.startswith(f"{host}/") and key in leaving]
        return _either([arriving[host], *inner])
    before = [leaving[arrow.source.key] for arrow in spot.arrows_in if arrow.source.key in leaving]
    return _both(before) if spot.node.kind == "parallel" else _either(before)


def _after_scope(spot: Spot, spots: Mapping[str, Spot], leaving: Mapping[str, Known], before: Known) -> Known:
    """What is known once nothing is under way inside: what runs beside an activity may have added to it, or not."""
    ends = [key for key, other in spots.items() if other.scope == f"{spot.key}/" and other.node.kind == "end" and key in leaving]
    onward = _not_beside(spot)
    own = [leaving[key] for key in ends if key in onward]
    known = _either(own) if own else before
    for key in ends:
        if key not in onward:
            known = {name: known.get(name, frozenset({UNSET})) | origins - {UNSET} for name, origins in {**known, **leaving[key]}.items()}
    return known


def _not_beside(spot: Spot) -> set[str]:
    """The spots inside that are reached without a boundary event that leaves its activity running."""
    seen: set[str] = set()
    waiting = [spot.inner_start] if spot.inner_start else []
    while waiting:
        inner = waiting.pop()
        if inner.key not in seen:
            seen.add(inner.key)
            waiting.extend(arrow.target for arrow in inner.arrows_out)
            waiting.extend(event for event in inner.events if event.node.interrupts)
    return seen


def _following(spot: Spot, spots: Mapping[str, Spot]) -> Iterator[Spot]:
    yield from (arrow.target for arrow in spot.arrows_out)
    yield from spot.events
    if spot.inner_start is not None:
        yield spot.inner_start
    if spot.scope:
        outer = spots[spot.scope.removesuffix("/")]
        yield from outer.events
        if spot.node.kind == "end":
            yield outer


def _either(ways: list[Known]) -> Known:
    names = {name for known in ways for name in known}
    return {name: frozenset().union(*(known.get(name, frozenset({UNSET})) for known in ways)) for name in names}


def _both(ways: list[Known]) -> Known:
    """After a parallel join a variable is set as soon as one of the branches sets it."""
    merged = _either(ways)
    for name, origins in merged.items():
        if any(UNSET not in known.get(name, frozenset({UNSET})) for known in ways):
            merged[name] = origins - {UNSET}
    return merged
