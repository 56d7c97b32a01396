"""What stands on a page while its content is on the way."""

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.browser import Settled
from casetasks_app.web.ui.shell_state import Shell

NOT_SHOWN = "This page could not be shown"
NOTHING_CHANGED = "Nothing was changed by this."


def skeleton(rows: int = 8) -> rx.Component:
    """Draw grey rows of the right height, hidden from screen readers."""
    return rx.el.div(*[rx.el.div(class_name="ct-skeleton") for _ in range(rows)], aria_hidden="true", class_name="flex flex-col gap-2 py-2")


def when_loaded(loaded: rx.Var[bool], *content: rx.Component, rows: int = 8) -> rx.Component:
    """Draw the content once the tab is connected and its page's load handler has set `loaded`; a skeleton until then.

    A page's first load handler sets `loaded` to False, so that nothing of the page before is ever seen. Once shown, the
    content stays while the path stays: opening a dialog or a step in the query redraws nothing and loses nothing typed.
    When the load handlers have run and failed, the page says so instead of waiting.
    """
    has_failed = rx.State.is_hydrated & ~loaded & (Shell.notice.kind == "error")
    settled = Settled.create(*content, ready=rx.State.is_hydrated & loaded, at=rx.State.router.url.path, rows=rows)
    return rx.cond(has_failed, could_not_be_shown(), settled)


def could_not_be_shown() -> rx.Component:
    """Draw what stands in place of a page whose load handlers failed; the page's message above says what to tell the service desk."""
    again = rx.el.button(messages.TRY_AGAIN, type="button", data_reload="", class_name="ct-button")
    return rx.el.section(
        rx.el.h2(NOT_SHOWN),
        rx.el.p(NOTHING_CHANGED),
        again,
        class_name="flex flex-col items-start gap-3",
    )


def first_paint() -> rx.Component:
    """Draw the page as it stands before the bundle has arrived: given to the app as its `hydrate_fallback`."""
    return rx.el.main(rx.el.p(messages.LOADING_PAGE, class_name="ct-hidden"), skeleton(), class_name="max-w-list mx-auto p-6", id="main")
