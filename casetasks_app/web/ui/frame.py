"""The frame's parts: header with navigation, user menu, live region, connection banner, footer."""

import reflex as rx
from reflex.style import color_mode, set_color_mode
from reflex_components_core.core.banner import has_connection_errors

from casetasks_app.web import messages, routes
from casetasks_app.web.session import Me
from casetasks_app.web.ui.alerts import alert
from casetasks_app.web.ui.browser import Announcer, Behaviours, Connection, NavLink, PostForm
from casetasks_app.web.ui.buttons import hidden_text
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.shell_state import Shell
from casetasks_app.web.ui.values import Text, counted

SUMMED_UP = {"oneChanged": messages.ONE_CHANGED, "changed": messages.CHANGED, "oneAdded": messages.ONE_ADDED, "added": messages.ADDED}
SAID_HERE = {"notSent": messages.NOT_SENT, "copied": messages.COPIED, "notCopied": messages.NOT_COPIED}
BANNER = {
    "lost": list(messages.CONNECTION_LOST),
    "long": list(messages.CONNECTION_LONG),
    "back": list(messages.CONNECTION_BACK),
    "dismiss": messages.DISMISS,
}


def skip_link() -> rx.Component:
    """Draw the first stop of the Tab key."""
    return rx.el.a(messages.SKIP, href="#main", data_focus="main", class_name="ct-skip")


def header() -> rx.Component:
    """Draw the banner: product, main navigation, user menu."""
    menu_button = rx.el.button(
        icon("menu"),
        messages.MENU,
        type="button",
        aria_expanded="false",
        aria_controls="main-nav",
        data_toggle="main-nav",
        class_name="ct-button ct-nav-button",
    )
    inside = rx.el.div(
        rx.el.a(messages.HOME, href=routes.HOME, class_name="font-bold text-ink inline-flex items-center min-h-10 whitespace-nowrap"),
        menu_button,
        rx.el.div(navigation(), class_name="contents"),
        rx.el.div(user_menu(), class_name="ml-auto"),
        class_name="max-w-list mx-auto px-4 sm:px-6 py-1 flex flex-wrap items-center gap-x-4",
    )
    return rx.el.header(inside, class_name="border-b border-line bg-panel")


def navigation() -> rx.Component:
    """Draw the main navigation; what a person may not open is not there."""
    links = rx.el.ul(
        _place(routes.MY_WORK, messages.MY_WORK, Shell.open_tasks, Shell.open_tasks_words),
        rx.cond(Me.is_case_manager | Me.is_lead, _place(routes.CASES, messages.CASES), rx.fragment()),
        rx.cond(Me.is_administrator, _place(routes.EMAILS, messages.EMAILS, Shell.failed_mails, Shell.failed_mails_words), rx.fragment()),
        class_name="flex gap-1",
    )
    return rx.el.nav(links, id="main-nav", aria_label=messages.NAV_MAIN, class_name="ct-nav", data_open="false")


def user_menu() -> rx.Component:
    """Draw the menu behind the person's name: appearance and sign-out."""
    who = rx.el.summary(
        icon("user_round"),
        rx.el.span(Me.initials, class_name="sm:hidden"),
        rx.el.span(Me.name, class_name="ct-name"),
        hidden_text(messages.ACCOUNT),
        icon("chevron_down"),
        class_name="ct-button",
        data_look="link",
    )
    leave = rx.el.button(icon("log_out"), messages.SIGN_OUT, type="submit", class_name="ct-menu-item")
    panel = rx.el.div(_appearance(), PostForm.create(leave, action=routes.SIGN_OUT), class_name="ct-menu-panel")
    return rx.el.details(who, panel, class_name="ct-menu", data_menu="")


def _appearance() -> rx.Component:
    def one(mode: str, words: str) -> rx.Component:
        return rx.el.label(
            rx.el.input(type="radio", name="appearance", checked=color_mode == mode, on_change=set_color_mode(mode)),  # pyright: ignore[reportArgumentType]
            rx.el.span(words),
            class_name="ct-check text-sm",
        )

    return rx.el.fieldset(
        rx.el.legend(messages.APPEARANCE, class_name="text-sm font-medium"),
        *[one(mode, words) for mode, words in messages.APPEARANCES],
        class_name="px-2 pb-2 mb-2 border-b border-line",
    )


def _place(href: str, label: str, count: Text = "", words: Text = "") -> rx.Component:
    if not isinstance(count, rx.Var):
        return rx.el.li(NavLink.create(label, to=href))
    shown = rx.cond(count, rx.el.span("(", count, ")"), rx.fragment())
    return rx.el.li(NavLink.create(rx.el.span(label), shown, to=href, **counted(label, count, words)))


def live_region() -> rx.Component:
    """Draw the one live region: what the server says, and beside it what only the browser knows."""
    return rx.el.div(
        rx.el.div(rx.el.p(Shell.said), rx.el.p(id="live-here"), id="live", role="status", aria_live="polite", aria_atomic="false"),
        Announcer.create(changed=Shell.changed, added=Shell.added, words=SUMMED_UP),
        class_name="ct-hidden",
    )


def banners() -> rx.Component:
    """Draw what concerns the whole service: no connection, signed out elsewhere."""
    again = rx.el.a(messages.SIGN_IN, href=routes.SIGN_IN, reload_document=True)
    shape = icon("wifi_off", "alert", class_name="shrink-0 mt-0.5")
    return rx.el.div(
        Connection.create(shape, lost=has_connection_errors, words=BANNER, zone=Shell.zone),
        rx.cond(Me.signed_out, alert(messages.SIGNED_OUT, messages.SIGNED_OUT_MORE, " ", again, kind="warning"), rx.fragment()),
        class_name="max-w-list mx-auto w-full",
    )


def footer() -> rx.Component:
    """Draw the footer, which names the time zone once for every time on the page."""
    return rx.el.footer(rx.el.p(Shell.times), class_name="max-w-list w-full mx-auto px-4 sm:px-6 py-6 mt-auto text-sm text-ink-muted")


def behaviours() -> rx.Component:
    """Draw nothing; keep the keyboard, the menus and the focus working. An app wrap, so that it outlives every page."""
    return Behaviours.create(words=SAID_HERE)
