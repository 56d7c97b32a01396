"""What stands in place of a page that cannot be shown."""

from dataclasses import dataclass, field

import reflex as rx

from casetasks_app.web.ui.alerts import NoticeLink
from casetasks_app.web.ui.values import Text


@dataclass(frozen=True)
class Refusal:
    """Why there is nothing here: heading, what it means, where to go instead. Without a title nothing is refused."""

    title: str = ""
    text: str = ""
    links: list[NoticeLink] = field(default_factory=list)


def heading_or(refusal: rx.Var[Refusal], title: Text) -> rx.Var[str]:
    """Return the page's h1: the refusal's own, or the given one."""
    return rx.cond(refusal.title, refusal.title, title)


def unless_refused(refusal: rx.Var[Refusal], *content: rx.Component) -> rx.Component:
    """Draw the content, or what stands in its place."""
    return rx.cond(refusal.title, refused(refusal), rx.fragment(*content))


def refused(refusal: rx.Var[Refusal]) -> rx.Component:
    """Draw the sentence and the ways out."""

    def way_out(target: rx.Var[NoticeLink]) -> rx.Component:
        return rx.el.li(rx.el.a(target.label, href=target.href, class_name="ct-link"))

    return rx.el.div(
        rx.el.p(refusal.text, class_name="max-w-reading"),
        rx.el.ul(rx.foreach(refusal.links, way_out), class_name="flex flex-wrap gap-x-6 gap-y-2"),
        class_name="flex flex-col gap-4",
    )
