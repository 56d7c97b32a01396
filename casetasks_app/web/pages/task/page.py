"""What the task page looks like."""

import reflex as rx

from casetasks_app.web import messages, routes, shell
from casetasks_app.web.pages.task import parts, texts
from casetasks_app.web.pages.task.answering import answering
from casetasks_app.web.pages.task.dialogs import dialogs
from casetasks_app.web.pages.task.presence_state import ShownPerson, TaskPresence
from casetasks_app.web.pages.task.repair_state import TaskRepair
from casetasks_app.web.pages.task.side import side
from casetasks_app.web.pages.task.state import TaskView
from casetasks_app.web.ui.alerts import alert
from casetasks_app.web.ui.badges import created_automatically, status
from casetasks_app.web.ui.buttons import button, link
from casetasks_app.web.ui.case_frame import case_bar, case_tabs, way_to
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.loading import when_loaded
from casetasks_app.web.ui.target import target_block

SHOWN = TaskView.loaded & (TaskView.missing.title == "")


def task() -> rx.Component:
    """Draw the page."""
    return shell.page(
        TaskView.heading,
        when_loaded(TaskView.loaded, rx.cond(TaskView.missing.title, _missing(), _task())),
        above=rx.cond(SHOWN, _above()),
        beside=rx.cond(SHOWN, _standing()),
        caption=TaskView.task.caption,
    )


def _task() -> rx.Component:
    main = rx.el.div(
        _present(),
        rx.cond(TaskView.news.length() > 0, alert(TaskView.news[0], TaskView.news[1])),
        rx.cond(TaskView.moved, alert(texts.MOVED, texts.MOVED_MORE, " ", TaskView.task.standing, kind="warning")),
        rx.cond(TaskView.task.ended, rx.el.p(TaskView.task.ended, class_name="border-l-4 border-line pl-3 ct-text")),
        rx.cond(TaskView.task.broken, alert(texts.BROKEN, TaskView.task.broken, kind="error")),
        rx.cond(TaskView.troubles.length() > 0, _troubles()),
        parts.to_do(),
        parts.sent_along(),
        parts.as_it_stands(),
        answering(),
        parts.process(),
        class_name="flex flex-col gap-8 grow min-w-0 max-w-reading",
    )
    return rx.el.div(main, side(), dialogs(), class_name="flex flex-col lg:flex-row gap-8 lg:gap-12")


def _troubles() -> rx.Component:
    sentences = rx.el.ul(rx.foreach(TaskView.troubles, _item), class_name="list-disc pl-5")
    again = rx.cond(TaskView.task.may_repair, rx.el.p(button(texts.TRY_AGAIN, on_click=TaskRepair.try_again)))
    return alert(texts.TROUBLE, sentences, again, kind="error")


def _item(sentence: rx.Var[str]) -> rx.Component:
    return rx.el.li(sentence)


def _missing() -> rx.Component:
    return rx.el.div(
        rx.el.p(TaskView.missing.text),
        rx.el.p(link(TaskView.missing.label, TaskView.missing.href)),
        class_name="flex flex-col gap-4 max-w-reading",
    )


def _above() -> rx.Component:
    bar = TaskView.bar
    in_case = rx.el.div(way_to(messages.CASES, routes.CASES), case_bar(bar), case_tabs(bar), class_name="flex flex-col gap-4")
    return rx.cond(bar.title, in_case, way_to(messages.MY_WORK, routes.MY_WORK))


def _present() -> rx.Component:
    """Draw who else is here: initials and words, never a live region of its own."""
    others = TaskPresence.others

    def one(person: rx.Var[ShownPerson]) -> rx.Component:
        badge = rx.el.span(person.initials, class_name="ct-initials", aria_hidden="true")
        glyph = rx.cond(person.is_writing, icon("pencil"), icon("eye"))
        return rx.el.li(badge, glyph, rx.el.span(person.words), class_name="inline-flex items-center gap-2")

    drawn = rx.el.ul(
        rx.foreach(others, one),  # pyright: ignore[reportArgumentType]  a state's field is its var
        aria_label=texts.ALSO_HERE,
        class_name="flex flex-wrap gap-x-6 gap-y-1 text-sm text-ink-muted ct-no-print",
    )
    return rx.cond(others.length() > 0, drawn)  # pyright: ignore[reportAttributeAccessIssue]


def _standing() -> rx.Component:
    one = TaskView.task
    return rx.el.div(
        status(one.status),
        rx.cond(one.is_automatic, created_automatically()),
        target_block(one.target_state, one.target, one.target_more, one.target_iso, number=one.number),
        class_name="flex flex-wrap items-center gap-x-6 gap-y-2 text-sm",
    )
