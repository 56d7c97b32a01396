"""Putting the web application together: pages, guard, gate, routes and lifespan."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

import reflex as rx
from starlette.types import ASGIApp

from casetasks_app.settings import Settings
from casetasks_app.web import errors, http, reflex_internals
from casetasks_app.web.gate import Gate
from casetasks_app.web.guard import Guard
from casetasks_app.web.header_counts import HeaderCounts
from casetasks_app.web.headers import Headers, content_policy, script_hashes
from casetasks_app.web.leaving import leave_when_signed_out
from casetasks_app.web.lifespan import Service, running
from casetasks_app.web.limits import Limits
from casetasks_app.web.notices import Notices
from casetasks_app.web.page import Page
from casetasks_app.web.unknown_events import Doorman


def assemble(
    settings: Settings,
    pages: Sequence[Page],
    *,
    services: Sequence[Service] = (),
    limits: Limits | None = None,
    apart: Mapping[str, ASGIApp] | None = None,
    **look: Any,  # noqa: ANN401  Reflex's own arguments
) -> rx.App:
    """Return the application; `look` goes to Reflex as it is (stylesheets, wraps, fallback while loading).

    `apart` are applications with a door of their own, by the prefix under which they stand: they get no cookie, and answer themselves.
    """

    def gate(app: ASGIApp) -> ASGIApp:
        headers = Headers(content_policy(script_hashes(reflex_internals.built_pages())))
        return Gate(app, settings=settings, headers=headers, limits=limits or Limits(), apart=apart)

    app = rx.App(
        backend_exception_handler=errors.on_handler_error,
        frontend_exception_handler=errors.on_page_error,
        api_transformer=[http.application([route for page in pages for route in page.routes]), gate],
        **look,
    )
    app.add_middleware(Guard())
    app.register_lifespan_task(running(services))
    reflex_internals.screen_events(app, Doorman(reflex_internals.registered_handlers()))
    for page in pages:
        on_load = [Notices.arrive, HeaderCounts.count, *page.on_load, HeaderCounts.keep_counting]
        app.add_page(_with_way_out(page), route=page.route, title=page.title, on_load=on_load)
    return app


def _with_way_out(page: Page) -> Callable[[], rx.Component]:
    # In each page and not around them all: what surrounds the pages stands outside the state.
    @wraps(page.component)
    def component() -> rx.Component:
        return rx.fragment(leave_when_signed_out(), page.component())

    return component
