"""Alerts in the page: what just happened, what is missing. Never shown for a moment only."""

from dataclasses import dataclass, field
from typing import Literal

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.buttons import hidden_text
from casetasks_app.web.ui.icons import icon, icon_of
from casetasks_app.web.ui.values import Part, Text, is_set, when

Kind = Literal["information", "success", "warning", "error"]
SHAPES = {"information": "info", "success": "circle_check", "warning": "triangle_alert", "error": "octagon_alert"}
NAMES = {"information": messages.INFORMATION, "success": messages.SUCCESS, "warning": messages.WARNING, "error": messages.ERROR}


@dataclass(frozen=True)
class NoticeLink:
    """One thing a notice offers to open."""

    label: str
    href: str


@dataclass(frozen=True)
class Notice:
    """A message for the page; `title` is bold, `seq` grows with each so that the same words are read again."""

    title: str = ""
    text: str = ""
    kind: str = "information"
    links: list[NoticeLink] = field(default_factory=list)
    seq: int = 0


def alert(title: Part, *content: Part, kind: Kind = "information", dismissible: bool = False) -> rx.Component:
    """Draw a box with shape, bold title and text; for what a page says on its own account."""
    return rx.el.div(
        icon(SHAPES[kind], "alert", class_name="shrink-0 mt-0.5"),
        rx.el.div(hidden_text(NAMES[kind], ": "), rx.el.strong(title), " ", *content, class_name="grow"),
        _dismiss() if dismissible else rx.fragment(),
        class_name="ct-alert",
        data_kind=kind,
        role="alert" if kind in {"error", "warning"} else "status",
    )


def notice_alert(notice: rx.Var[Notice]) -> rx.Component:
    """Draw the page's message, if there is one."""
    return rx.el.div(rx.cond(notice.title, rx.fragment(_notice_box(notice))), class_name="ct-no-print empty:hidden")


def _notice_box(notice: rx.Var[Notice]) -> rx.Component:
    is_problem = (notice.kind == "error") | (notice.kind == "warning")
    return rx.el.div(
        icon_of(notice.kind, SHAPES, "alert", class_name="shrink-0 mt-0.5"),
        rx.el.div(
            hidden_text(rx.match(notice.kind, *NAMES.items(), ""), ": "),
            rx.el.strong(notice.title, id="notice-title", tab_index=-1),
            when(is_set(notice.text), rx.el.span(" ", notice.text)),
            rx.foreach(notice.links, _notice_link),
            class_name="grow",
        ),
        _dismiss(),
        key=notice.seq.to_string(),
        class_name="ct-alert",
        data_kind=notice.kind,
        role=rx.cond(is_problem, "alert", "status"),
    )


def _notice_link(target: rx.Var[NoticeLink]) -> rx.Component:
    return rx.el.a(target.label, href=target.href, class_name="ml-3")


def _dismiss() -> rx.Component:
    return rx.el.button(messages.DISMISS, type="button", data_dismiss="", class_name="shrink-0")


def empty_state(statement: Text, meaning: Text = "", *actions: rx.Component) -> rx.Component:
    """Draw why there is nothing: a bold fact, one sentence, at most one action."""
    return rx.el.div(
        rx.el.p(rx.el.strong(statement)),
        when(is_set(meaning), rx.el.p(meaning, class_name="text-ink-muted")),
        *actions,
        class_name="flex flex-col items-start gap-2 py-6",
    )
