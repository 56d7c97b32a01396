"""The frame that every page stands in, and what the app must be given for it to work."""

from typing import Any

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui import frame
from casetasks_app.web.ui.alerts import notice_alert
from casetasks_app.web.ui.browser import FocusWhen
from casetasks_app.web.ui.loading import first_paint
from casetasks_app.web.ui.shell_state import Shell
from casetasks_app.web.ui.theme import STYLESHEETS
from casetasks_app.web.ui.values import Part, Text, is_set, joined, when


def page(
    title: Text,
    *content: Part,
    above: Part | None = None,
    beside: Part | None = None,
    caption: Text = "",
    reading: bool = False,
) -> rx.Component:
    """Draw a page: skip link, header, banners, `above` (identity bar, tabs), h1 with `beside` it, message, content, footer.

    `title` is the h1, `caption` the quieter line over it; `reading=True` keeps forms and text to 720 px.
    """
    main = rx.el.main(
        *([] if above is None else [above]),
        _heading(title, caption, beside),
        notice_alert(Shell.notice),  # pyright: ignore[reportArgumentType]  a state's field is its var
        FocusWhen.create(target="notice-title", seq=Shell.notice_focus),
        rx.el.div(*content, class_name=f"flex flex-col gap-4 w-full {'max-w-reading' if reading else 'max-w-list'}"),
        id="main",
        tab_index=-1,
        class_name="max-w-list w-full mx-auto px-4 sm:px-6 py-6 flex flex-col gap-4",
    )
    around = (frame.skip_link(), frame.header(), frame.banners(), main, frame.footer(), frame.live_region())
    return rx.el.div(*around, class_name="min-h-screen flex flex-col")


def print_line(words: Text) -> rx.Component:
    """Draw the line only paper shows: "HSG-1042, Tasks, printed 22 Nov 2026 14:32 by Priya Shah"."""
    return rx.el.p(words, class_name="ct-only-print")


def title(what: Text, where: Text = "", *, has_errors: rx.Var[bool] | bool = False) -> str | rx.Var[str]:
    """Return a page's title for `add_page`: what, where, product; never personal data or free text."""
    if isinstance(what, str) and isinstance(where, str) and isinstance(has_errors, bool):
        return messages.tab_title(what, where, is_error=has_errors)
    lead = rx.cond(has_errors, messages.ERROR_FIRST, "") if isinstance(has_errors, rx.Var) else messages.ERROR_FIRST * has_errors
    place = rx.cond(where, joined(messages.BETWEEN, where), "") if isinstance(where, rx.Var) else where and messages.BETWEEN + where
    return joined(lead, what, place, messages.BETWEEN, messages.PRODUCT)


def app_settings() -> dict[str, Any]:
    """Return what `rx.App(...)` is given so that frame and kit work: styles, wraps, language, first paint."""
    return {
        "html_lang": "en-GB",
        "stylesheets": STYLESHEETS,
        "hydrate_fallback": first_paint,
        # Messages of the server stand in the page; toasts sent by it would need eval.
        "toaster": None,
        "head_components": [rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml")],
        # The empty overlay takes the place of Reflex's own, which blinks; None would leave that one standing.
        "extra_app_wraps": {(45, "Behaviours"): lambda _stateful: frame.behaviours(), (5, "Overlay"): lambda _stateful: rx.fragment()},
    }


def _heading(title: Text, caption: Text, beside: Part | None) -> rx.Component:
    named = rx.el.div(
        when(is_set(caption), rx.el.p(caption, class_name="text-sm text-ink-muted")),
        rx.el.h1(title, tab_index=-1, id="title"),
        class_name="grow min-w-0",
    )
    return rx.el.div(named, *([] if beside is None else [beside]), class_name="flex flex-wrap items-center gap-4")
