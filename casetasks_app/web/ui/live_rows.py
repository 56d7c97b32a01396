"""A list that does not move under the pointer: rows change in place, everything else waits behind the pill."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Generic, NamedTuple, Protocol, TypeVar

CHANGED_FOR = timedelta(seconds=60)


class LiveRow(Protocol):
    """What a frozen row must say of itself: `place` is what would move it, `content` what counts as a change of it."""

    @property
    def key(self) -> int:
        """Which thing it shows."""
        ...

    @property
    def place(self) -> str:
        """Its group and order: when this differs, the row would move."""
        ...

    @property
    def content(self) -> str:
        """What people would want to notice; not the words that change with every minute."""
        ...

    @property
    def is_changed(self) -> bool:
        """Whether it carries "Changed just now"."""
        ...

    @property
    def gone(self) -> str:
        """Why it no longer belongs to the list; empty while it does."""
        ...


R = TypeVar("R", bound=LiveRow)


class Merged(NamedTuple, Generic[R]):
    """The rows to show, the keys that wait behind the pill, what is new since the last time, and when each row changed.

    A tuple, because a state gives its tuples as they are and everything else behind a proxy for each row and field.
    """

    rows: tuple[R, ...] = ()
    waiting: frozenset[int] = frozenset()
    changed: int = 0
    added: int = 0
    since: Mapping[int, datetime] = MappingProxyType({})


def merge(shown: Sequence[R], fresh: Sequence[R], *, before: Merged[R], why_gone: Callable[[R], str], now: datetime) -> Merged[R]:
    """Bring what is shown up to date without moving anything; `before` is the last result for the same list."""
    by_key = {row.key: row for row in fresh}
    here = {row.key for row in shown}
    changed = {row.key for row in shown if row.key in by_key and by_key[row.key].content != row.content}
    since = {key: at for key, at in before.since.items() if now - at < CHANGED_FOR} | dict.fromkeys(changed, now)
    moved = {row.key for row in shown if row.key in by_key and by_key[row.key].place != row.place}
    left, new = here - by_key.keys() - _own(shown), by_key.keys() - here
    return Merged(
        rows=tuple(_merged(row, by_key.get(row.key), since, why_gone) for row in shown),
        waiting=frozenset(moved | left | new),
        changed=len(changed | (left - before.waiting)),
        added=len(new - before.waiting),
        since=since,
    )


def _own(shown: Sequence[R]) -> Collection[int]:
    """The rows that left by the person's own doing, which they know of already."""
    return {row.key for row in shown if row.gone and not row.is_changed}


def _merged(old: R, new: R | None, since: Mapping[int, datetime], why_gone: Callable[[R], str]) -> R:
    if new is None:
        return old if old.gone else replace(old, gone=why_gone(old), is_changed=True)  # pyright: ignore[reportArgumentType]  a frozen dataclass
    if new.place == old.place and new.is_changed == (old.key in since):
        return new
    return replace(new, place=old.place, is_changed=old.key in since)  # pyright: ignore[reportArgumentType]  a frozen dataclass
