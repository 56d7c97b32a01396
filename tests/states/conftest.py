"""A tab without a browser: handlers run through Reflex's own event processor and our guard, on a real database."""

import asyncio
import re
import uuid
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl, urlsplit

import pytest
import reflex as rx
from reflex.event import Event
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.event.processor import BaseStateEventProcessor

from casetasks_app import clock
from casetasks_app.casetasks_app import app
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import service
from casetasks_app.people.service import Browser
from casetasks_app.web import errors
from casetasks_app.web.guard import SESSION_SCHEME
from casetasks_app.web.signed_in import signed_in
from casetasks_app.web.ui.alerts import Notice
from casetasks_app.web.ui.shell_state import Shell
from tests.integration.conftest import database, migrated_postgres, migrated_sqlite, plugins, postgres_server

__all__ = ["database", "migrated_postgres", "migrated_sqlite", "plugins", "postgres_server"]

S = TypeVar("S", bound=rx.State)


class _Page:
    """Takes what would travel to the browser."""

    def __init__(self) -> None:
        self.deltas: list[dict[str, Any]] = []
        self.events: list[Event] = []

    async def emit_update(self, update: Any, token: str) -> None:  # noqa: ARG002  the namespace's own signature
        self.deltas.extend([dict(update.delta)] if update.delta else [])
        self.events.extend(update.events)


class Tab:
    """One tab of one person."""

    def __init__(self, digest: str) -> None:
        self.token = str(uuid.uuid4())
        self._digest = digest
        self._page = _Page()
        self._states = StateManagerMemory()
        self._processor = BaseStateEventProcessor(middleware=app, backend_exception_handler=errors.on_handler_error)
        self._processor.configure(state_manager=self._states, event_namespace=self._page)
        self._address = "/"

    async def __aenter__(self) -> Self:
        # In a task of its own: the context it sets must not be that of the test's other tabs.
        await asyncio.create_task(self._processor.start())
        self._processor._attached_root_context_token = None
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self._processor.stop()
        await self._states.close()

    async def open(self, address: str) -> None:
        """Arrive at an address: run the load handlers of its page in order, all but the watchers, which would not end."""
        self._address = address
        await self._handled(Event.from_event_type(rx.State.hydrate)[0])
        for handler in app.get_load_events(urlsplit(address).path):
            for event in Event.from_event_type(handler):
                if not app._registration_context.event_handlers[event.name].handler.is_background:
                    await self._handled(event)

    async def do(self, handler: Any, *arguments: object) -> None:
        """Do what a click does; an error of the handler becomes the page's message, as in the product."""
        for event in Event.from_event_type(handler(*arguments) if arguments else handler):
            await self._handled(event)

    async def state(self, state: type[S]) -> S:
        """Return a state as it is now."""
        root = await self._states.get_state(rx.BaseStateToken(ident=self.token, cls=state))
        return await root.get_state(state)

    async def notice(self) -> Notice:
        """Return the page's message."""
        return (await self.state(Shell)).notice

    @property
    def redirects(self) -> list[str]:
        """Return the addresses the page was sent to, in order."""
        return [event.payload["path"].strip('"') for event in self._page.events if event.name == "_redirect"]

    async def _handled(self, event: Event) -> None:
        event.router_data.update(self._router_data())
        future = await self._processor.enqueue(self.token, event)
        # An error is told to the page by the exception handler, which runs as a task of its own.
        with suppress(Exception):
            await future.wait_all()
        await self._settled()

    async def _settled(self) -> None:
        while self._processor._tasks:
            for task in tuple(self._processor._tasks.values()):
                with suppress(Exception):
                    await task

    def _router_data(self) -> dict[str, Any]:
        parts = urlsplit(self._address)
        pattern = app.router(parts.path) or "404"
        query = {**dict(parse_qsl(parts.query)), **_arguments(pattern, parts.path)}
        headers = {"authorization": SESSION_SCHEME + self._digest, "origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"}
        return {
            "pathname": "/" + pattern.strip("/"),
            "asPath": self._address,
            "query": query,
            "headers": headers,
            "token": self.token,
            "sid": "test",
            "ip": "127.0.0.1",
        }


def _arguments(pattern: str, path: str) -> dict[str, str]:
    pairs = zip(pattern.strip("/").split("/"), path.strip("/").split("/"), strict=False)
    return {found[1]: given for part, given in pairs if (found := re.fullmatch(r"\[\[?\.*(\w+)\]?\]", part))}


@pytest.fixture
async def tab_of(database: str) -> AsyncGenerator[Callable[[int], Any]]:
    """Give `await tab_of(person_id)`: a tab of a fresh sign-in of that person, closed at the end of the test."""
    opened: list[Tab] = []
    signed_in.forget()

    async def open_tab(person_id: int) -> Tab:
        with unit_of_work() as session:
            token = service.open_sign_in(session, person_id=person_id, browser=Browser(), now=clock.now()).token
        opened.append(await Tab(service.digest_of(token)).__aenter__())
        return opened[-1]

    yield open_tab
    for tab in opened:
        await tab.__aexit__(None, None, None)
    signed_in.forget()
