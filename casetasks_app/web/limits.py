"""How much one sign-in may ask of the server: events a second, open tabs, connections a minute."""

import asyncio
import logging
from collections import Counter, OrderedDict
from dataclasses import dataclass

from starlette.types import Message, Receive, Send

log = logging.getLogger(__name__)

BUCKETS = 10_000
POLICY_VIOLATION = 1008


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one installation; a person at a keyboard reaches none of them."""

    events_per_second: float = 50.0
    events_at_once: int = 300
    events_over: int = 2_000
    """Messages taken slowly, one after another without a rest, before the connection is closed."""

    connections_per_minute: float = 120.0
    connections_at_once: int = 60
    open_tabs: int = 60


class Bucket:
    """Fills at a steady rate up to a limit; each thing done takes one."""

    def __init__(self, rate: float, size: int, now: float) -> None:
        """Start full; `rate` is a second."""
        self._rate, self._size, self._level, self._at = rate, float(size), float(size), now

    def take(self, now: float) -> float:
        """Take one and return the seconds to wait until it is there; 0 when it is."""
        self._level = min(self._size, self._level + (now - self._at) * self._rate)
        self._at = now
        self._level -= 1
        return max(0.0, -self._level / self._rate)

    def put_back(self) -> None:
        """Return what was taken but not used."""
        self._level += 1


class Usage:
    """What each sign-in uses at the moment."""

    def __init__(self, limits: Limits) -> None:
        """Start with nobody."""
        self.limits = limits
        self._events: OrderedDict[str, Bucket] = OrderedDict()
        self._connections: OrderedDict[str, Bucket] = OrderedDict()
        self._open: Counter[str] = Counter()

    def may_connect(self, digest: str) -> bool:
        """Count one more connection of a sign-in and tell whether it may be opened."""
        bucket = self._bucket(self._connections, digest, self.limits.connections_per_minute / 60, self.limits.connections_at_once)
        if self._open[digest] >= self.limits.open_tabs:
            return False
        if bucket.take(_now()) > 0:
            bucket.put_back()
            return False
        self._open[digest] += 1
        return True

    def closed(self, digest: str) -> None:
        """Count one connection less."""
        self._open[digest] -= 1
        if self._open[digest] <= 0:
            del self._open[digest]

    def slowed(self, digest: str, receive: Receive, send: Send) -> Receive:
        """Return a `receive` that takes a sign-in's messages no faster than allowed, and hangs up on a flood."""
        bucket = self._bucket(self._events, digest, self.limits.events_per_second, self.limits.events_at_once)
        over = 0

        async def slowly() -> Message:
            nonlocal over
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            wait = bucket.take(_now())
            over = over + 1 if wait else 0
            if over > self.limits.events_over:
                log.warning("A sign-in sent events without end and was disconnected")
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
                return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
            if wait:
                # Not reading on lets the sender's own connection fill up: nothing is kept for it here.
                await asyncio.sleep(wait)
            return message

        return slowly

    def _bucket(self, store: OrderedDict[str, Bucket], digest: str, rate: float, size: int) -> Bucket:
        bucket = store.get(digest)
        if bucket is None:
            bucket = store[digest] = Bucket(rate, size, _now())
            if len(store) > BUCKETS:
                store.popitem(last=False)
        store.move_to_end(digest)
        return bucket


def _now() -> float:
    return asyncio.get_running_loop().time()
