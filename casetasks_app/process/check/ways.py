"""Ways on that nobody can take, because a gateway just before has decided already."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from casetasks_app.process.check.decisions import Case, possible_values
from casetasks_app.process.check.flat import Arrow, Spot
from casetasks_app.process.check.variables import OPAQUE, Known, Origin
from casetasks_app.process.expressions import ExpressionRefused, holds, names_read

MOST_CASES = 1_000

Way = tuple[str, str]
"""The keys of an arrow into an exclusive gateway and of one out of it."""
_Cases = frozenset[int]


def impossible_ways(spots: Mapping[str, Spot], arriving: Mapping[str, Known]) -> frozenset[Way]:
    """The ways through exclusive gateways that no answer allows.

    Between gateways that follow each other nobody can answer anew. Where too much would have to be tried, or a value is
    not known beforehand, every way counts as possible.
    """
    return frozenset(way for group in _groups(spots, arriving) for way in _Group(group, arriving).impossible())


def _groups(spots: Mapping[str, Spot], arriving: Mapping[str, Known]) -> Iterator[list[Spot]]:
    """Exclusive gateways that lead straight into each other, two or more together."""
    left = {key: spot for key, spot in spots.items() if spot.node.kind == "exclusive" and key in arriving}
    while left:
        _, first = left.popitem()
        group, waiting = [first], [first]
        while waiting:
            spot = waiting.pop()
            beside = [arrow.target for arrow in spot.arrows_out] + [arrow.source for arrow in spot.arrows_in]
            found = [left.pop(other.key) for other in beside if other.key in left]
            group += found
            waiting += found
        if len(group) > 1:
            yield group


class _Group:
    """Which cases, by number, can be on each arrow of such gateways."""

    def __init__(self, gateways: Sequence[Spot], arriving: Mapping[str, Known]) -> None:
        self._gateways, self._arriving = sorted(gateways, key=lambda spot: spot.key), arriving
        self._conditions = [arrow.flow.condition for spot in self._gateways for arrow in spot.arrows_out if arrow.flow.condition]
        self._cases = self._all_cases([arriving[spot.key] for spot in self._gateways])
        self._all = frozenset(range(len(self._cases)))
        self._holding = {text: self._where(text, is_true=True) for text in self._conditions}
        self._failing = {text: self._where(text, is_true=False) for text in self._conditions}

    def impossible(self) -> Iterator[Way]:
        on = self._on_arrows() if len(self._cases) <= MOST_CASES else {}
        for gateway in self._gateways:
            for into in gateway.arrows_in:
                here = on.get(into.key, frozenset())
                yield from ((into.key, out.key) for out in gateway.arrows_out if here and not here & self._taking(gateway, out))

    def _on_arrows(self) -> dict[str, _Cases]:
        """What can be on each arrow; behind anything but an exclusive gateway all may have changed."""
        inside = {spot.key for spot in self._gateways}
        on = {arrow.key: self._known_at(spot) for spot in self._gateways for arrow in spot.arrows_in if arrow.source.key not in inside}
        waiting = list(self._gateways)
        while waiting:
            gateway = waiting.pop()
            here = frozenset[int]().union(*(on.get(arrow.key, frozenset()) for arrow in gateway.arrows_in))
            for out in gateway.arrows_out:
                known = on.get(out.key, frozenset())
                added = here & self._taking(gateway, out)
                if not added <= known:
                    on[out.key] = known | added
                    waiting.extend([out.target] if out.target.key in inside else [])
        return on

    def _taking(self, gateway: Spot, out: Arrow) -> _Cases:
        """The first condition that is true decides, and the default when none is."""
        taking = self._all
        for other in gateway.arrows_out:
            condition = other.flow.condition
            if other is out and condition:
                return taking & self._holding[condition]
            if condition and other.flow.id != gateway.node.default:
                taking &= self._failing[condition]
        return taking

    def _all_cases(self, known: Sequence[Known]) -> list[Case]:
        unsure = {name for each in known for name, origins in each.items() if OPAQUE in origins}
        names = sorted(names_read(self._conditions) - unsure)
        domains = [self._values(frozenset().union(*(each.get(name, frozenset()) for each in known))) for name in names]
        return [dict(zip(names, values, strict=True)) for values in islice(product(*domains), MOST_CASES + 1)]

    def _known_at(self, gateway: Spot) -> _Cases:
        """The cases in which each variable has a value that it may have here."""
        names = self._cases[0]
        values = {name: self._values(self._arriving[gateway.key].get(name, frozenset())) for name in names}
        return frozenset(number for number, case in enumerate(self._cases) if all(case[name] in values[name] for name in names))

    def _values(self, origins: frozenset[Origin]) -> list[Any]:
        return possible_values(origins, self._conditions) or [None]

    def _where(self, condition: str, *, is_true: bool) -> _Cases:
        if len(self._cases) > MOST_CASES or not names_read([condition]) <= self._cases[0].keys():
            return self._all
        return frozenset(number for number, case in enumerate(self._cases) if _may_be(condition, case, is_true=is_true))


def _may_be(condition: str, case: Case, *, is_true: bool) -> bool:
    try:
        return holds(condition, case) == is_true
    except ExpressionRefused:
        return True
