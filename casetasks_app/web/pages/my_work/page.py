"""What My work looks like."""

import reflex as rx

from casetasks_app.web import messages, shell
from casetasks_app.web.pages.my_work import texts
from casetasks_app.web.pages.my_work.parts import empty, next_card, tables
from casetasks_app.web.pages.my_work.state import MyWork
from casetasks_app.web.ui import lists
from casetasks_app.web.ui.browser import FocusWhen
from casetasks_app.web.ui.case_frame import views
from casetasks_app.web.ui.loading import when_loaded
from casetasks_app.web.ui.selection import assign_dialog, bulk_bar
from casetasks_app.web.ui.tables import updates_pill


def my_work() -> rx.Component:
    """Draw the page."""
    return shell.page(
        messages.MY_WORK,
        next_card(),
        rx.el.div(views(texts.VIEWS, MyWork.views), class_name="min-h-11"),  # pyright: ignore[reportArgumentType]
        _list(),
    )


def _list() -> rx.Component:
    order = rx.el.p(MyWork.caption, ".", id="list-summary", tab_index=-1, class_name="text-sm text-ink-muted w-fit")
    has_list = (MyWork.nothing.fact == "") | (MyWork.frame.clear_href != "") | (MyWork.failure != "")
    ticked = rx.cond((MyWork.nothing.fact == "") & (MyWork.bulk_verbs.length() > 0), bulk_bar(MyWork, MyWork.bulk_verbs))
    pill = updates_pill(MyWork.pill, MyWork.show_updates)  # pyright: ignore[reportArgumentType]
    shown = rx.el.div(
        rx.cond(has_list, rx.fragment(lists.filters(MyWork), lists.tools(MyWork, ticked, pill)), pill),
        assign_dialog(MyWork),
        lists.unless_failed(
            MyWork.failure,  # pyright: ignore[reportArgumentType]
            MyWork.show_updates,
            rx.cond(MyWork.nothing.fact, empty(), rx.fragment(order, tables(), lists.under(MyWork.frame, MyWork.pages))),  # pyright: ignore[reportArgumentType]
        ),
        class_name="flex flex-col gap-3",
    )
    return rx.fragment(
        when_loaded(MyWork.loaded, shown),  # pyright: ignore[reportArgumentType]
        FocusWhen.create(target="list-summary", seq=MyWork.shown_seq),
    )
