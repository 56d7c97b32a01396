"""The bridge between processes: what another process commits on PostgreSQL is heard here too."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import cast

from casetasks_app import settings
from casetasks_app.db.unit_of_work import NOTIFY_CHANNEL, unit_of_work
from casetasks_app.live import topics
from casetasks_app.live.hub import Hub

log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0


@asynccontextmanager
async def listening(hub: Hub) -> AsyncGenerator[None]:
    """Bring every commit's topics to the hub while the block runs, from this process and, on PostgreSQL, from all others."""
    hub.attach(asyncio.get_running_loop())
    stop = unit_of_work.after_commit(hub.mark_from_thread)
    listener = asyncio.create_task(_listen_for_ever(hub), name="live-bridge") if _address() else None
    try:
        yield
    finally:
        if listener is not None:
            listener.cancel()
            with suppress(asyncio.CancelledError):
                await listener
        stop()
        hub.attach(None)


def topics_in(payload: str) -> frozenset[str]:
    """Return the topics of a notification; one that cannot be read means everything, because something did change."""
    try:
        found = json.loads(payload)
    except ValueError:
        return frozenset({topics.EVERYTHING})
    names = cast("list[object]", found) if isinstance(found, list) else [None]
    known = frozenset(name for name in names if isinstance(name, str))
    return known if len(known) == len(names) else frozenset({topics.EVERYTHING})


def _address() -> str:
    database = settings.load().database
    return database.replace("postgresql+psycopg://", "postgresql://", 1) if database.startswith("postgresql") else ""


async def _listen_for_ever(hub: Hub) -> None:
    import psycopg  # noqa: PLC0415  an installation on SQLite does without

    while True:
        try:
            await _listen(hub)
        except psycopg.Error as error:
            log.warning("The live bridge lost the database and connects again: %s", error)
        await asyncio.sleep(RETRY_SECONDS)


async def _listen(hub: Hub) -> None:
    import psycopg  # noqa: PLC0415  an installation on SQLite does without

    connection = await psycopg.AsyncConnection.connect(_address(), autocommit=True, connect_timeout=10)
    async with connection:
        await connection.execute(f"LISTEN {NOTIFY_CHANNEL}")
        # Whatever was committed while nobody listened is made good: everybody looks again.
        hub.mark({topics.EVERYTHING})
        async for notification in connection.notifies():
            hub.mark(topics_in(notification.payload))
