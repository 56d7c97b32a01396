"""Where the interface stands, and its application: put together at the first request, so that no start waits for it."""

import asyncio
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/api"


async def rest(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request; the first one is prepared for beside the event loop."""
    is_ready = bool(_application.cache_info().currsize)
    application = _application() if is_ready else await asyncio.to_thread(_application)
    await application(scope, receive, send)


@lru_cache(maxsize=1)
def _application() -> ASGIApp:
    from casetasks_app.api.application import Rest  # noqa: PLC0415  see above

    return Rest()
