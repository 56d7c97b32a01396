"""What a person asks of a list of tasks: words to find, filters, an order, a page's length."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from casetasks_app.moments import local

USUAL_SIZE = 25
SIZES = (25, 50, 100)
LONGEST_NUMBER = 9
TARGETS = ("breached", "today", "week", "later")


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters by key: `type`, `who` and `team` are numbers as text (a team in `who` is "t3"), `status`, `target`, `needs` are words.

    `sort` is a column's key, empty for the list's own order. Nothing chosen is everything.
    """

    text: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = ""
    is_descending: bool = False
    size: int = USUAL_SIZE

    def of(self, key: str) -> tuple[str, ...]:
        """Return what is chosen in one filter."""
        return dict(self.filters).get(key, ())

    def numbers(self, key: str, before: str = "") -> tuple[int, ...]:
        """Return the chosen numbers of one filter, those with a letter `before` them, and none that is too large to be an id."""
        found = [value.removeprefix(before) for value in self.of(key) if value.startswith(before)]
        return tuple(int(digits) for digits in found if digits.isdecimal() and len(digits) <= LONGEST_NUMBER)

    def without(self, key: str) -> "Choice":
        """Return the same choice with one filter left open, for counting what that filter offers."""
        kept = tuple((name, values) for name, values in self.filters if name != key)
        return replace(self, filters=kept)

    def only(self, labels: "Labels") -> "Choice":
        """Return the same choice without values that have no name: those are unknown."""
        kept = [(key, tuple(value for value in values if (key, value) in labels)) for key, values in self.filters]
        return replace(self, filters=tuple((key, values) for key, values in kept if values))

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.text or self.filters)


NOTHING = Choice()
"""Nothing is asked for: the whole list in its own order, with pages of the usual length."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing a filter offers, and how many of the list's tasks it would show."""

    value: str
    label: str
    count: int


Labels = Mapping[tuple[str, str], str]
"""The names of what is chosen, by filter and value; what has none is unknown and dropped."""


def span(target: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return from when and until before when the targets of a group lie; without an end it holds those without a target too."""
    midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow, after_a_week = (midnight + timedelta(days=days) for days in (1, 8))
    spans = {"breached": (None, now), "today": (now, tomorrow), "week": (tomorrow, after_a_week)}
    return spans.get(target, (after_a_week, None))
