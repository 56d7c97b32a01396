"""Keeping an open page up to date: what one person changes, the others see within a second."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import Any, TypeVar

import reflex as rx

from casetasks_app.db.unit_of_work import DatabaseBusy
from casetasks_app.errors import CaseTasksError
from casetasks_app.live import hub
from casetasks_app.people.rules import Actor
from casetasks_app.web import endings, session
from casetasks_app.web.signed_in import signed_in

S = TypeVar("S", bound=rx.State)
T = TypeVar("T")
Show = Callable[[S, T], Awaitable[None] | None]
log = logging.getLogger(__name__)

COURTESY_SECONDS = 0.02
THROTTLE_SECONDS = 0.2
LONGEST_THROTTLE_SECONDS = 0.7
RESTS = 8
"""How many times as long as its last refresh took a busy page rests before the next, as long as it stays within a second."""
TICK_SECONDS = 60.0
NOTHING_NEW: Any = object()
"""Returned by a load when the page shows already what it would show again."""
RETRY_SECONDS = 2.0
LONGEST_RETRY_SECONDS = 30.0
OPENED_WITHIN_SECONDS = 30.0
LOOK_SECONDS = 0.02
JUST_NOW_SECONDS = 5.0
"""A change this short before the watcher came may have fallen between the page's first load and the watcher."""


async def follow(
    state: S,
    topics: Collection[str],
    *,
    load: Callable[[S, Actor], Awaitable[T]],
    show: Show[S, T],
) -> None:
    """Load and show again whenever one of the topics changes, and each minute, until the tab leaves or the sign-in ends.

    To be awaited by a background handler that the page's `on_load` chain starts, outside `async with self`: the framework
    then ends it when the tab closes or goes elsewhere. `load` runs without the tab's lock and may read the state's vars;
    `show` runs under it, may set them and may be a coroutine; it is left out after NOTHING_NEW. A bug or a busy database
    is tried again; a refusal (NotFound, NotAllowed …) is raised and so reaches the page in its own words.
    """
    if not await opened(state):
        return
    async with state:
        digest = await session.digest(state)
    clock = asyncio.get_running_loop().time
    with hub.watch(*topics) as watch:
        if hub.changed_within(JUST_NOW_SECONDS, topics) and not await _refreshed(state, digest, load, show):
            return
        while True:
            if await watch.changed(within=TICK_SECONDS):
                # Whoever made the change has their answer on its way: it goes first.
                await asyncio.sleep(COURTESY_SECONDS)
            began = clock()
            if not await _refreshed(state, digest, load, show):
                return
            # Leading edge at once, bursts together; where many watch and loads take long, what people do goes first.
            await asyncio.sleep(min(max(THROTTLE_SECONDS, RESTS * (clock() - began)), LONGEST_THROTTLE_SECONDS))


async def opened(state: rx.State) -> bool:
    """Wait until the page's load handlers have run; tells whether they did within half a minute.

    A background handler of the `on_load` chain starts beside the handlers before it, not after them: until then the
    state may still hold the page before.
    """
    for _ in range(round(OPENED_WITHIN_SECONDS / LOOK_SECONDS)):
        async with state:
            if (await state.get_state(rx.State)).is_hydrated:
                return True
        await asyncio.sleep(LOOK_SECONDS)
    return False


async def _refreshed(state: S, digest: str, load: Callable[[S, Actor], Awaitable[T]], show: Show[S, T]) -> bool:
    delay = RETRY_SECONDS
    while True:
        try:
            return await _refresh(state, digest, load, show)
        except Exception as error:
            if isinstance(error, CaseTasksError) and not isinstance(error, DatabaseBusy):
                raise
            log.exception("A page could not be brought up to date; trying again in %s s", delay)
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_RETRY_SECONDS)


async def _refresh(state: S, digest: str, load: Callable[[S, Actor], Awaitable[T]], show: Show[S, T]) -> bool:
    actor = await signed_in.find(digest)
    if actor is None:
        await endings.empty_tabs(digest)
        return False
    found = await load(state, actor)
    if found is NOTHING_NEW:
        return True
    # The sign-in may have ended, or the tab changed hands, while the load ran.
    is_still_in = await signed_in.find(digest) is not None
    async with state:
        if not is_still_in or await session.digest(state) != digest:
            return False
        shown = show(state, found)
        if shown is not None:
            await shown
    return True
