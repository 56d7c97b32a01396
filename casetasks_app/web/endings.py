"""What happens to open pages when a sign-in ends: they are emptied at once, wherever it was ended."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import reflex as rx

from casetasks_app.live import hub, topics
from casetasks_app.web import guard, reflex_internals
from casetasks_app.web.session import Me
from casetasks_app.web.signed_in import signed_in, tabs

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 30.0
"""How often sign-ins with open pages are looked at without being told: for ends by age, disuse or the command line."""


async def empty_tabs(*digests: str) -> None:
    """Forget these sign-ins and empty every tab of this process that uses one of them."""
    if not digests:
        return
    signed_in.forget(*digests)
    app = reflex_internals.running_app()
    for token in tabs.of(*digests):
        with app.set_contexts():
            async with app.modify_state(rx.BaseStateToken(ident=token, cls=Me)) as root:
                await guard.empty(root)


async def empty_tabs_of_ended() -> None:
    """Ask about every sign-in that uses a tab of this process and empty the tabs of those that have ended."""
    digests = tabs.digests()
    signed_in.forget(*digests)
    await empty_tabs(*[digest for digest in digests if await signed_in.find(digest) is None])


@asynccontextmanager
async def watching() -> AsyncGenerator[None]:
    """Empty the pages of ended sign-ins while the block runs."""
    task = asyncio.create_task(_watch(), name="ended-sign-ins")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _watch() -> None:
    with hub.watch(topics.SESSIONS) as watch:
        while True:
            await watch.changed(within=LOOK_AGAIN_SECONDS)
            try:
                await empty_tabs_of_ended()
            except Exception:
                log.exception("Pages of ended sign-ins could not be emptied; looking again")
