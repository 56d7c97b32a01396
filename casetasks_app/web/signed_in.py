"""Who is signed in, remembered for one second, so that not each event costs a query and an end is still felt at once."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeVar

from casetasks_app import clock
from casetasks_app.db.unit_of_work import DatabaseBusy, unit_of_work
from casetasks_app.people import queries, service
from casetasks_app.people.rules import Actor

V = TypeVar("V")

REMEMBERED_SECONDS = 1.0
REMEMBERED_DIGESTS = 10_000
NOTE_USE_SECONDS = 300.0
"""How often the use of a sign-in is written down; what ends an idle one is counted in hours."""

NOTE_PATIENCE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class _Answer:
    until: float
    actor: "asyncio.Future[Actor | None]"


class SignedIn:
    """The sign-ins this process has looked up lately, by the digest of their cookie."""

    def __init__(self) -> None:
        """Start knowing nobody."""
        self._answers: OrderedDict[str, _Answer] = OrderedDict()
        self._noted: OrderedDict[str, float] = OrderedDict()
        self._noting: set[asyncio.Task[None]] = set()

    async def find(self, digest: str) -> Actor | None:
        """Return who is signed in under this digest, at most a second old; None when nobody is."""
        if not digest:
            return None
        now = asyncio.get_running_loop().time()
        answer = self._answers.get(digest)
        if answer is None or answer.until <= now or _failed(answer.actor):
            question = unit_of_work.ask(queries.actor_of_session, digest=digest, now=clock.now())
            answer = _Answer(now + REMEMBERED_SECONDS, asyncio.ensure_future(question))
            _remember(self._answers, digest, answer)
        return await asyncio.shield(answer.actor)

    async def find_in_use(self, digest: str) -> Actor | None:
        """Do the same for something the person did, and note from time to time that the sign-in is in use."""
        actor = await self.find(digest)
        now = asyncio.get_running_loop().time()
        if actor is not None and now - self._noted.get(digest, -NOTE_USE_SECONDS) >= NOTE_USE_SECONDS:
            _remember(self._noted, digest, now)
            noting = asyncio.create_task(self._note(digest), name="sign-in-in-use")
            self._noting.add(noting)
            noting.add_done_callback(self._noting.discard)
            # What somebody wants to read does not wait for a database that cannot write.
            await asyncio.wait({noting}, timeout=NOTE_PATIENCE_SECONDS)
        return actor

    async def _note(self, digest: str) -> None:
        try:
            await unit_of_work.run(service.seen, digest=digest, now=clock.now())
        except DatabaseBusy:
            self._noted.pop(digest, None)

    def forget(self, *digests: str) -> None:
        """Ask the database again at the next event; without digests, about everybody."""
        for digest in digests or tuple(self._answers):
            self._answers.pop(digest, None)


class Tabs:
    """Which sign-in uses which tab token; a token is a key to a tab's state, so it belongs to one sign-in while that lives."""

    def __init__(self, limit: int = REMEMBERED_DIGESTS) -> None:
        """Remember at most `limit` tabs, the latest used ones."""
        self._digests: OrderedDict[str, str] = OrderedDict()
        self._limit = limit

    def digest_of(self, token: str) -> str:
        """Return the digest of the sign-in that last used a tab; empty when nobody did."""
        return self._digests.get(token, "")

    def bind(self, token: str, digest: str) -> None:
        """Note that a sign-in uses a tab."""
        _remember(self._digests, token, digest, self._limit)

    def release(self, token: str) -> None:
        """Forget a tab."""
        self._digests.pop(token, None)

    def of(self, *digests: str) -> list[str]:
        """Return the tabs these sign-ins use."""
        return [token for token, digest in self._digests.items() if digest in digests]

    def digests(self) -> frozenset[str]:
        """Return the digests of all sign-ins that use a tab."""
        return frozenset(self._digests.values())


def _remember(store: OrderedDict[str, V], key: str, value: V, limit: int = REMEMBERED_DIGESTS) -> None:
    store[key] = value
    store.move_to_end(key)
    if len(store) > limit:
        store.popitem(last=False)


def _failed(future: "asyncio.Future[Actor | None]") -> bool:
    return future.done() and (future.cancelled() or future.exception() is not None)


signed_in = SignedIn()
tabs = Tabs()
"""What this process knows; the gate, the guard and the watchers share it."""
