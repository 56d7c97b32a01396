"""The sections of the task page that are only read."""

import reflex as rx

from casetasks_app.web.pages.task import texts
from casetasks_app.web.pages.task.state import TaskView
from casetasks_app.web.ui.blocks import summary_blocks
from casetasks_app.web.ui.buttons import copy_button
from casetasks_app.web.ui.facts import facts_from
from casetasks_app.web.ui.uploads import file_list
from casetasks_app.web.ui.values import Part

LARGEST, SMALLEST = 1.15, 0.85
"""How far a picture is drawn larger or smaller than its own size, so that its words can be read."""


def section(name: str, *content: Part, key: str) -> rx.Component:
    """Draw a part of the page under its heading, by which it is named."""
    return rx.el.section(rx.el.h2(name, id=key), *content, aria_labelledby=key, class_name="flex flex-col gap-3")


def to_do() -> rx.Component:
    """Draw the summary from the case manager or the configuration; nothing where there is none."""
    text = rx.el.p(TaskView.task.summary, class_name="ct-text")
    return rx.cond(TaskView.task.summary, section(texts.WHAT_TO_DO, text, key="to-do"))


def sent_along() -> rx.Component:
    """Draw the attachments and the case details, or whom to ask for them (B6)."""
    files = rx.el.div(rx.el.h3(texts.ATTACHMENTS), file_list(TaskView.sent), class_name="flex flex-col gap-1")  # pyright: ignore[reportArgumentType]
    details = rx.el.details(
        rx.el.summary(texts.CASE_DETAILS, class_name="text-link font-medium py-1"),
        rx.el.div(facts_from(TaskView.case_facts), class_name="pt-2"),  # pyright: ignore[reportArgumentType]
    )
    return section(
        texts.SENT,
        rx.cond(TaskView.sent.length() > 0, files),
        rx.cond(TaskView.case_facts.length() > 0, details),
        rx.cond((TaskView.sent.length() == 0) & (TaskView.case_facts.length() == 0), _nothing()),
        rx.cond(TaskView.task.ask, _ask()),
        key="sent-along",
    )


def as_it_stands() -> rx.Component:
    """Draw the plugin's summary and who has the task now."""
    content = section(
        texts.NOW,
        rx.cond(TaskView.task.standing, rx.el.p(TaskView.task.standing)),
        summary_blocks(TaskView.blocks),  # pyright: ignore[reportArgumentType]
        key="as-it-stands",
    )
    return rx.cond(TaskView.shows_summary, content)


def process() -> rx.Component:
    """Draw where the task stands in its process: the picture, and the same in words."""

    def one(words: rx.Var[str]) -> rx.Component:
        return rx.el.li(words)

    # Reached with Tab, because it may be wider than the page and is then moved with the arrow keys.
    picture = rx.el.div(_picture("light"), _picture("dark"), class_name="ct-process", tab_index=0, role="group", aria_label=texts.PICTURE)
    content = section(
        texts.PROCESS,
        rx.cond(TaskView.form.mark == "", step()),
        rx.cond(TaskView.picture, picture),
        rx.el.ol(rx.foreach(TaskView.process, one), class_name="list-decimal pl-6 text-sm"),
        key="process",
    )
    return rx.cond(TaskView.process.length() > 0, content)


def step() -> rx.Component:
    """Draw which step of its process the task is at; nothing for a process of one step."""
    return rx.cond(TaskView.form.position, rx.el.p(TaskView.form.position, class_name="text-ink-muted"))


def _picture(look: str) -> rx.Component:
    # An image does not see the page's colours, so there is one for each scheme. The list beside it says the same in words.
    address, width = TaskView.picture + f"&look={look}", TaskView.picture_width.to(float)
    size = {"width": (width * LARGEST).to_string() + "px", "minWidth": (width * SMALLEST).to_string() + "px"}
    return rx.el.img(src=address, alt="", loading="lazy", class_name=f"ct-when-{look}", style=size)


def _nothing() -> rx.Component:
    return rx.el.p(texts.NOTHING_SENT, class_name="text-ink-muted")


def _ask() -> rx.Component:
    person = rx.cond(
        TaskView.task.ask_href,
        rx.el.a(TaskView.task.ask, href=TaskView.task.ask_href, reload_document=True),
        rx.el.span(TaskView.task.ask),
    )
    return rx.el.p(texts.NOT_SHARED, person, ". ", copy_button(TaskView.task.reference), class_name="text-sm")
