"""What stands above every screen of a case: where it lies, which case it is, and its parts."""

from dataclasses import dataclass

import reflex as rx

from casetasks_app.web import messages, routes
from casetasks_app.web.ui.browser import NavLink
from casetasks_app.web.ui.buttons import copy_button, link_button
from casetasks_app.web.ui.values import Text, counted, is_set, when

START = "Home"


@dataclass(frozen=True)
class CaseBar:
    """The case in words. What one may not open has an empty address: no Tasks tab (B1), not one's own case to close."""

    reference: str = ""
    title: str = ""
    case_type: str = ""
    state: str = ""
    case_manager: str = ""
    href: str = ""
    tasks_href: str = ""
    tasks_count: str = ""
    tasks_words: str = ""
    history_href: str = ""
    close_href: str = ""


def breadcrumb(*steps: tuple[Text, Text]) -> rx.Component:
    """Draw the way here as (label, address); the page itself is not repeated."""
    items = [rx.el.li(rx.el.a(label, href=href, class_name="ct-link")) for label, href in steps]
    return rx.el.nav(rx.el.ol(*items, class_name="ct-way flex flex-wrap text-sm items-center"), aria_label=messages.NAV_WAY)


def way_to(label: Text, href: Text) -> rx.Component:
    """Draw the way from the start page: "Home, Cases"."""
    return breadcrumb((START, routes.HOME), (label, href))


def case_bar(bar: rx.Var[CaseBar]) -> rx.Component:
    """Draw the identity bar: reference to copy, title, type, state, case manager, Close case."""
    close = link_button(messages.CLOSE_CASE, bar.close_href, about=bar.reference)
    named = rx.fragment(rx.el.a(bar.reference, href=bar.href, class_name="font-bold"), copy_button(bar.reference, bar.href))
    first = rx.el.div(
        rx.cond(bar.href, named, rx.el.strong(bar.reference)),
        rx.el.span(bar.title, class_name="font-medium min-w-0"),
        class_name="flex flex-wrap items-center gap-x-2",
    )
    facts = rx.el.p(
        bar.case_type,
        " · ",
        bar.state,
        when(is_set(bar.case_manager), rx.el.span(f" · {messages.CASE_MANAGER}: ", bar.case_manager)),
        class_name="text-sm text-ink-muted",
    )
    return rx.el.div(
        rx.el.div(first, facts, class_name="grow min-w-56 basis-0"),
        rx.cond(bar.close_href, close, rx.fragment()),
        class_name="flex flex-wrap items-center gap-4 p-4 border border-line rounded bg-panel",
    )


def case_tabs(bar: rx.Var[CaseBar]) -> rx.Component:
    """Draw Overview, Tasks, History as links; Tasks only when the case has a Tasks tab (B1)."""
    shown = rx.cond(bar.tasks_count, rx.el.span(bar.tasks_count), rx.fragment())
    named = counted(messages.TASKS, bar.tasks_count, bar.tasks_words)
    tasks = rx.el.li(NavLink.create(rx.el.span(messages.TASKS), shown, to=bar.tasks_href, **named))
    return rx.el.nav(
        rx.el.ul(
            rx.cond(bar.href, rx.el.li(NavLink.create(messages.OVERVIEW, to=bar.href, end=True)), rx.fragment()),
            rx.cond(bar.tasks_href, tasks, rx.fragment()),
            rx.cond(bar.history_href, rx.el.li(NavLink.create(messages.HISTORY, to=bar.history_href)), rx.fragment()),
            class_name="flex gap-1 border-b border-line",
        ),
        aria_label=messages.NAV_CASE,
        class_name="ct-tabs",
    )


@dataclass(frozen=True)
class View:
    """One view of the same page, chosen in the address."""

    label: str
    href: str
    count: str = ""
    words: str = ""
    is_current: bool = False


def views(name: str, shown: rx.Var[list[View]]) -> rx.Component:
    """Draw the views of a page ("Assigned to me 7", "To claim 12") as links with aria-current."""

    def one(view: rx.Var[View]) -> rx.Component:
        shown_count = rx.cond(view.count, rx.el.span(view.count), rx.fragment())
        current = rx.cond(view.is_current, "page", "false")
        named = counted(view.label, view.count, view.words)
        return rx.el.li(
            rx.el.a(rx.el.span(view.label), shown_count, href=view.href, aria_current=current, prevent_scroll_reset=True, **named)
        )

    return rx.el.nav(
        rx.el.ul(rx.foreach(shown, one), class_name="flex flex-wrap gap-1 border-b border-line"), aria_label=name, class_name="ct-tabs"
    )
