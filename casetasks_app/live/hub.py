"""The hub of one process: watchers wait on topics, changes wake them, and a herd of watchers shares one load."""

import asyncio
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Collection, Generator, Hashable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from casetasks_app.live import topics as names

T = TypeVar("T")
log = logging.getLogger(__name__)

SHARED_FOR_SECONDS = 1.0
"""How long a shared load is used again when nobody says otherwise."""

REMEMBERED_MARKS = 10_000


class Watch:
    """One watcher's ear: collects the topics that changed since it last looked."""

    def __init__(self) -> None:
        """Start with nothing heard."""
        self._heard = asyncio.Event()
        self._dirty: set[str] = set()

    def hear(self, topic: str) -> None:
        """Note that something under this topic changed."""
        self._dirty.add(topic)
        self._heard.set()

    async def changed(self, within: float | None = None) -> frozenset[str]:
        """Wait until something changed and return those topics; an empty set when `within` seconds passed quietly."""
        try:
            await asyncio.wait_for(self._heard.wait(), within)
        except TimeoutError:
            return frozenset()
        self._heard.clear()
        changed, self._dirty = frozenset(self._dirty), set()
        return changed


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int
    at: float


@dataclass(frozen=True, slots=True)
class _Load:
    number: int
    until: float
    future: "asyncio.Future[Any]"

    def is_usable(self, number: int, now: float) -> bool:
        failed = self.future.done() and (self.future.cancelled() or self.future.exception() is not None)
        return self.number == number and not failed and (now < self.until or not self.future.done())


class Hub:
    """Topics, their watchers and the latest shared loads; everything but `mark_from_thread` belongs to the event loop."""

    def __init__(self) -> None:
        """Start without watchers and without an event loop."""
        self._watches: defaultdict[str, set[Watch]] = defaultdict(set)
        self._marks: OrderedDict[str, _Mark] = OrderedDict()
        self._loads: dict[tuple[tuple[str, ...], Hashable], _Load] = {}
        self._count = 0
        self._floor = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Set the event loop that changes are brought to; None at shutdown, then changes go unheard."""
        self._loop = loop

    @contextmanager
    def watch(self, *topics: str) -> Generator[Watch]:
        """Listen to topics for as long as the block runs."""
        watch = Watch()
        for topic in topics:
            self._watches[topic].add(watch)
        try:
            yield watch
        finally:
            for topic in topics:
                self._leave(topic, watch)

    def mark(self, topics: Collection[str]) -> None:
        """Wake everybody who watches one of these topics."""
        affected = tuple(self._watches) if names.EVERYTHING in topics else topics
        if names.EVERYTHING in topics:
            self._forget_all()
        for topic in affected:
            self._note(topic)
            for watch in tuple(self._watches.get(topic, ())):
                watch.hear(topic)

    def mark_from_thread(self, topics: Collection[str]) -> None:
        """Bring a change from any thread to the event loop; nobody listens outside a serving process."""
        loop = self._loop
        if loop is None or loop.is_closed() or not topics:
            return
        loop.call_soon_threadsafe(self.mark, frozenset(topics))

    def changed_within(self, seconds: float, topics: Collection[str]) -> bool:
        """Tell whether one of these topics changed in the last `seconds`."""
        since = asyncio.get_running_loop().time() - seconds
        return any(mark.at >= since for topic in topics if (mark := self._marks.get(topic)))

    async def shared(
        self, topics: Collection[str], scope: Hashable, load: Callable[[], Awaitable[T]], *, seconds: float = SHARED_FOR_SECONDS
    ) -> T:
        """Return what `load` gives, loaded once for everybody who asks about the same topics and scope until one of them changes.

        `scope` names everything the answer depends on besides the topics: whose eyes, which filter, which page. After
        `seconds` it is loaded again, because another program may have written to the database.
        """
        now = asyncio.get_running_loop().time()
        key = (tuple(sorted(topics)), scope)
        number = max((self._number(topic) for topic in topics), default=self._floor)
        current = self._loads.get(key)
        if current is None or not current.is_usable(number, now):
            self._drop_stale_loads(now)
            current = _Load(number, now + seconds, asyncio.ensure_future(load()))
            current.future.add_done_callback(_retrieve)
            self._loads[key] = current
        # A closing tab must not cancel the load the others wait for.
        return cast("T", await asyncio.shield(current.future))

    def watchers(self, topic: str) -> int:
        """Count who listens to a topic."""
        return len(self._watches.get(topic, ()))

    def _number(self, topic: str) -> int:
        mark = self._marks.get(topic)
        return mark.number if mark else self._floor

    def _note(self, topic: str) -> None:
        self._count += 1
        self._marks[topic] = _Mark(self._count, asyncio.get_running_loop().time())
        self._marks.move_to_end(topic)
        if len(self._marks) > REMEMBERED_MARKS:
            _, oldest = self._marks.popitem(last=False)
            self._floor = oldest.number

    def _forget_all(self) -> None:
        self._count += 1
        self._floor = self._count
        self._marks.clear()
        self._loads.clear()

    def _leave(self, topic: str, watch: Watch) -> None:
        self._watches[topic].discard(watch)
        if not self._watches[topic]:
            del self._watches[topic]

    def _drop_stale_loads(self, now: float) -> None:
        stale = [key for key, load in self._loads.items() if load.until < now and load.future.done()]
        for key in stale:
            del self._loads[key]


def _retrieve(future: "asyncio.Future[Any]") -> None:
    # The error reaches whoever awaits the load; when all of them left, it would only be reported as forgotten.
    if not future.cancelled() and (error := future.exception()) is not None:
        log.debug("A shared load failed: %r", error)


hub = Hub()
"""The hub of this process."""
