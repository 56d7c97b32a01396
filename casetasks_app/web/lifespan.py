"""What runs as long as a web process runs: the live bridge, ended sign-ins, jobs, and a calm garbage collector."""

import gc
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from casetasks_app.live import hub
from casetasks_app.live.bridge import listening
from casetasks_app.web import endings

Service = Callable[[], AbstractAsyncContextManager[None]]


def running(services: Sequence[Service]) -> Service:
    """Return the lifespan of a web process; `services` run beside the web's own, the scheduler for one."""

    @asynccontextmanager
    async def lifespan() -> AsyncGenerator[None]:
        calm_collector()
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(listening(hub))
            await stack.enter_async_context(endings.watching())
            for service in services:
                await stack.enter_async_context(service())
            yield

    return lifespan


def calm_collector() -> None:
    """Let the garbage collector skip what lives for ever; full collections would stop every page for a quarter second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
