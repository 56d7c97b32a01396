"""Pages of a long list: Previous 1 … 4 [5] 6 … 9 Next, as links."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.buttons import hidden_text


@dataclass(frozen=True)
class PageLink:
    """One number; without an address it is the dots between numbers, or the page shown."""

    label: str
    href: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Pages:
    """What stands under a list."""

    summary: str = ""
    previous: str = ""
    next: str = ""
    numbers: list[PageLink] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """Where in a list one is: `query` holds the address's other choices; pages count from 1."""

    path: str
    query: dict[str, str]
    page: int
    size: int
    total: int


def pages_of(place: Place, *, one: str, more: str) -> Pages:
    """Return the links under a list of `total` things called `one` or `more`; a page past the end counts as the last."""
    last = max(1, -(-place.total // place.size))
    here = min(max(1, place.page), last)
    first_row = (here - 1) * place.size + 1
    summary = messages.showing(first_row, min(place.total, here * place.size), place.total, one, more)
    if last == 1:
        return Pages(summary=summary)
    return Pages(
        summary=summary,
        previous=_href(place, here - 1) if here > 1 else "",
        next=_href(place, here + 1) if here < last else "",
        numbers=_numbers(place, here, last),
    )


def list_href(path: str, query: dict[str, str], **changes: str) -> str:
    """Return a list's address with some choices changed; empty ones are left out, and the page with them."""
    kept = {key: value for key, value in {**query, **changes}.items() if value and (key != "page" or "page" in changes)}
    return f"{path}?{urlencode(kept)}" if kept else path


def sort_base(path: str, query: dict[str, str]) -> str:
    """Return the address a sort link is added to: everything but the order and the page."""
    kept = {key: value for key, value in query.items() if value and key not in {"sort", "dir", "page"}}
    return f"{path}?{urlencode(kept)}&" if kept else f"{path}?"


def page_links(pages: rx.Var[Pages]) -> rx.Component:
    """Draw the summary always, the links only when there is more than one page."""
    nav = rx.el.nav(
        rx.cond(
            pages.previous,
            rx.el.a(messages.PREVIOUS, hidden_text(f" {messages.PAGE}"), href=pages.previous, class_name="ct-button"),
            rx.fragment(),
        ),
        rx.el.ul(rx.foreach(pages.numbers, _number), class_name="flex flex-wrap gap-2 items-center"),
        rx.cond(
            pages.next, rx.el.a(messages.NEXT, hidden_text(f" {messages.PAGE}"), href=pages.next, class_name="ct-button"), rx.fragment()
        ),
        aria_label=messages.NAV_PAGES,
        class_name="flex flex-wrap gap-2 items-center ct-no-print",
    )
    return rx.el.div(
        rx.el.p(pages.summary, class_name="text-sm text-ink-muted ct-num"),
        rx.cond(pages.numbers.length() > 0, nav, rx.fragment()),
        class_name="flex flex-wrap gap-4 items-center justify-between py-4",
    )


def _number(number: rx.Var[PageLink]) -> rx.Component:
    here = rx.el.a(
        hidden_text(messages.PAGE_NUMBER), number.label, href=number.href, aria_current="page", class_name="ct-button", data_look="primary"
    )
    other = rx.el.a(hidden_text(messages.PAGE_NUMBER), number.label, href=number.href, class_name="ct-button")
    return rx.el.li(rx.cond(number.is_current, here, rx.cond(number.href, other, rx.el.span(number.label))))


def _numbers(place: Place, here: int, last: int) -> list[PageLink]:
    wanted = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
    links: list[PageLink] = []
    before = 0
    for number in wanted:
        if number > before + 1:
            links.append(PageLink("…"))
        links.append(PageLink(str(number), _href(place, number), number == here))
        before = number
    return links


def _href(place: Place, page: int) -> str:
    return list_href(place.path, place.query, page=str(page) if page > 1 else "")
