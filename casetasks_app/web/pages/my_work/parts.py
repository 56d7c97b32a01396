"""The parts of My work: the Next card, the table of each view, what an empty view says."""

import reflex as rx

from casetasks_app.tasks.queries.my_work import View
from casetasks_app.web import messages
from casetasks_app.web.pages.my_work import texts
from casetasks_app.web.pages.my_work.shown import Group, WorkRow
from casetasks_app.web.pages.my_work.state import MyWork
from casetasks_app.web.ui.alerts import empty_state
from casetasks_app.web.ui.badges import created_automatically, status
from casetasks_app.web.ui.buttons import button, link, link_button
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.lists import sorting
from casetasks_app.web.ui.selection import SELECT, row_box
from casetasks_app.web.ui.tables import Column, actions_cell, data_table, row, row_link, rows, second_line
from casetasks_app.web.ui.target import target_block
from casetasks_app.web.ui.values import joined

TASK = Column(texts.TASK, sort="task", is_header=True)
MY_CASES_TASK = Column(texts.TASK, sort="task", is_header=True, is_quiet=True)
CASE = Column(texts.CASE, "200px", sort="case", key="case")
ASKED_BY = Column(texts.ASKED_BY, "208px", key="asked_by")
TEAM = Column(texts.TEAM, "176px", key="team")
ASSIGNED_TO = Column(texts.ASSIGNED_TO, "192px", key="who")
STATUS = Column(texts.STATUS, "128px", is_quiet=True, key="status")
TARGET = Column(texts.TARGET, "264px", sort="target", is_quiet=True, key="target")
ENDED = Column(texts.TARGET, "264px", is_quiet=True, key="target")
ACTIONS = Column(messages.ACTIONS, "152px", is_quiet=True)
CLAIMING = Column(messages.ACTIONS, "208px", is_quiet=True)

MINE = (SELECT, TASK, CASE, ASKED_BY, TARGET, ACTIONS)
CLAIM = (SELECT, TASK, CASE, ASKED_BY, TARGET, CLAIMING)
CLAIM_OF_SEVERAL = (SELECT, TASK, CASE, ASKED_BY, TEAM, TARGET, CLAIMING)
CREATED = (SELECT, MY_CASES_TASK, CASE, ASSIGNED_TO, STATUS, TARGET, ACTIONS)
DONE = (TASK, CASE, ASKED_BY, STATUS, ENDED)


def next_card() -> rx.Component:
    """Draw the one task to do next; nothing when there is none."""
    card = MyWork.card
    what = rx.el.div(
        rx.el.h2(
            rx.el.span(texts.NEXT, ": ", class_name="text-ink-muted"),
            rx.el.span(card.reference, class_name="ct-num whitespace-nowrap"),
            " ",
            card.description,
        ),
        rx.el.p(card.about, class_name="text-sm text-ink-muted"),
        class_name="grow min-w-64 basis-0 flex flex-col gap-1",
    )
    opened = link_button(texts.OPEN_TASK, card.href, look="primary", size="large", about=joined(card.reference, ", ", card.description))
    drawn = rx.el.section(
        what,
        target_block(card.target_state, card.line1, card.line2, card.iso),
        opened,
        aria_label=texts.NEXT,
        on_focus=MyWork.hold_card,
        on_blur=MyWork.let_card_go,
        class_name="flex flex-wrap items-center gap-x-8 gap-y-3 p-4 border border-line rounded bg-panel",
    )
    return rx.cond(card.href, drawn, rx.fragment())


def tables() -> rx.Component:
    """Draw the table of the view; each view has its own columns."""
    claim = rx.cond(MyWork.shows_team, _table(CLAIM_OF_SEVERAL), _table(CLAIM))
    return rx.match(
        MyWork.view,
        (View.MINE.value, _table(MINE)),
        (View.CLAIM.value, claim),
        (View.CREATED.value, _table(CREATED)),
        _table(DONE),
    )


def empty() -> rx.Component:
    """Draw why there is nothing, and where to go instead."""
    nothing = MyWork.nothing
    way = rx.cond(nothing.href, link_button(nothing.label, nothing.href), rx.fragment())
    return empty_state(nothing.fact, nothing.meaning, way)


def _table(columns: tuple[Column, ...]) -> rx.Component:
    def one(line: rx.Var[WorkRow]) -> rx.Component:
        cells = [_CELLS[column](line) for column in columns]
        return row(columns, *cells, key=line.key, changed=line.is_changed & ~line.gone.bool(), gone=line.gone.bool())

    def group(each: rx.Var[Group]) -> rx.Component:
        return rows(each.rows, one, heading=each.heading, columns=len(columns) - MyWork.drawn.hidden_count)

    def plain(each: rx.Var[Group]) -> rx.Component:
        return rows(each.rows, one)

    def either(each: rx.Var[Group]) -> rx.Component:
        return plain(each) if columns is DONE else rx.cond(each.heading, group(each), plain(each))

    body = rx.foreach(MyWork.groups, either)
    return data_table(MyWork.caption, columns, body, sorting=sorting(MyWork.frame), drawn=MyWork.drawn)  # pyright: ignore[reportArgumentType]


def _task(line: rx.Var[WorkRow], *marks: rx.Component) -> rx.Component:
    files = rx.cond(line.files, rx.el.span(icon("paperclip", "target"), line.files, class_name="inline-flex items-center gap-1"))
    return rx.el.div(
        row_link(rx.fragment(rx.el.span(line.reference, " ", class_name="ct-num"), line.description), line.href),
        second_line(rx.el.span(line.type_name), *marks, files),
    )


def _my_cases_task(line: rx.Var[WorkRow]) -> rx.Component:
    return _task(line, rx.cond(line.is_automatic, created_automatically()))


def _asked_by(line: rx.Var[WorkRow]) -> rx.Component:
    return rx.cond(line.is_automatic, created_automatically(), rx.el.span(line.asked_by))


def _case(line: rx.Var[WorkRow]) -> rx.Component:
    opened = rx.el.div(link(line.case_reference, line.case_href), rx.el.div(line.case_title, class_name="ct-second"))
    return rx.cond(line.case_href, opened, rx.el.span(line.case_reference))


def _status(line: rx.Var[WorkRow]) -> rx.Component:
    return rx.el.div(status(line.status), rx.cond(line.outcome, second_line(line.outcome)))


def _target(line: rx.Var[WorkRow]) -> rx.Component:
    return target_block(line.target_state, line.line1, line.line2, line.iso, number=line.reference)


def _actions(line: rx.Var[WorkRow]) -> rx.Component:
    about = joined("task ", line.reference, ", ", line.description)
    opened = link_button(texts.OPEN_TASK, line.href, size="small", about=joined(line.reference, ", ", line.description))
    claim = button(texts.CLAIM, about=about, glyph="hand", size="small", on_click=MyWork.claim(line.key))
    following = button(texts.CLAIM_NEXT, size="small", on_click=MyWork.claim_next)
    lost = rx.el.div(rx.el.strong(line.lost), actions_cell(opened, following), class_name="flex flex-col gap-2 text-ink")
    # Two lines of 20 px in a table, one of 32 on a card: the row does not grow while somebody looks at it.
    away = rx.el.span(link(texts.OPEN_TASK, line.href, about=joined(line.reference, ", ", line.description)), class_name="flex -my-0.5")
    left = rx.el.div(rx.el.span(line.gone), away, class_name="flex flex-wrap gap-x-2 items-center min-h-8")
    return rx.cond(line.lost, lost, rx.cond(line.gone, left, rx.cond(line.may_claim, claim, opened)))


_CELLS = {
    SELECT: lambda line: row_box(line.key, line.reference, line.gone != ""),
    TASK: _task,
    MY_CASES_TASK: _my_cases_task,
    CASE: _case,
    ASKED_BY: _asked_by,
    TEAM: lambda line: rx.el.span(line.holder),
    ASSIGNED_TO: lambda line: rx.el.div(line.holder, second_line(line.holder_note)),
    STATUS: _status,
    TARGET: _target,
    ENDED: _target,
    ACTIONS: _actions,
    CLAIMING: _actions,
}
