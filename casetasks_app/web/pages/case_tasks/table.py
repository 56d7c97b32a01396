"""The tasks table: one row a task, View and Cancel always in sight (B21)."""

from typing import Any

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.pages.case_tasks import words
from casetasks_app.web.pages.case_tasks.rows import ShownTask
from casetasks_app.web.pages.case_tasks.state import CaseTasks
from casetasks_app.web.ui import badges, buttons, menus, tables
from casetasks_app.web.ui.icons import icon, icon_of
from casetasks_app.web.ui.lists import sorting
from casetasks_app.web.ui.selection import SELECT, row_box
from casetasks_app.web.ui.tables import Column
from casetasks_app.web.ui.target import target_block
from casetasks_app.web.ui.values import joined

STATE: Any = CaseTasks
"""Its fields are vars here."""

COLUMNS = (
    SELECT,
    Column("No.", "72px", sort="number", is_numeric=True, key="number"),
    Column("Task", sort="task", is_header=True),
    Column("Assigned to", "192px", sort="who", key="who"),
    Column("Status", "120px", sort="status", is_quiet=True, key="status"),
    Column("Target", "232px", sort="target", is_quiet=True, key="target"),
    Column(messages.ACTIONS, "232px", is_quiet=True),
)


def tasks_table() -> rx.Component:
    """Draw the open tasks, then those that are over."""
    return tables.data_table(
        STATE.caption,
        COLUMNS,
        _group(STATE.open_heading, STATE.open_tasks),
        _group(STATE.over_heading, STATE.over_tasks),
        sorting=sorting(STATE.frame),
        drawn=STATE.drawn,
    )


def _group(heading: rx.Var[str], tasks: rx.Var[list[ShownTask]]) -> rx.Component:
    headed = tables.rows(tasks, _row, heading=heading, columns=len(COLUMNS) - STATE.drawn.hidden_count)
    return rx.cond(tasks.length() > 0, rx.cond(heading, headed, tables.rows(tasks, _row)), rx.fragment())


def _row(task: rx.Var[ShownTask]) -> rx.Component:
    return tables.row(
        COLUMNS,
        row_box(task.task_id, task.number.to_string(), task.gone != ""),
        task.number,
        _name(task),
        _holder(task),
        _status(task),
        target_block(task.state, task.line1, task.line2, task.iso, number=task.number.to_string()),
        rx.cond(task.lost, _lost(task), rx.cond(task.gone, rx.el.span(task.gone), _actions(task))),
        key=task.number.to_string(),
        changed=task.is_changed,
        gone=task.gone != "",
    )


def _name(task: rx.Var[ShownTask]) -> rx.Component:
    files = rx.el.span(icon("paperclip"), task.files, class_name="inline-flex items-center gap-1")
    marks = (
        rx.el.span(task.type_name),
        rx.cond(task.is_automatic, badges.created_automatically(), rx.fragment()),
        rx.cond(task.is_required, badges.badge(words.REQUIRED), rx.fragment()),
        rx.cond(task.files, files, rx.fragment()),
    )
    return rx.fragment(tables.row_link(task.name, task.href), tables.second_line(*marks))


def _holder(task: rx.Var[ShownTask]) -> rx.Component:
    shapes = {"person": "user_round", "team": "users_round"}
    named = rx.el.span(icon_of(task.holder_kind, shapes, class_name="shrink-0 mt-0.5"), rx.el.span(task.holder), class_name="flex gap-1")
    since = rx.el.span(task.since, class_name="ct-wide ct-second block text-ink-muted")
    return rx.fragment(named, rx.cond(task.since, since, rx.fragment()))


def _status(task: rx.Var[ShownTask]) -> rx.Component:
    outcome = rx.el.span(task.outcome, class_name="ct-second block text-ink-muted first-letter:uppercase")
    return rx.fragment(badges.status(task.status), rx.cond((task.status == "closed") & (task.outcome != ""), outcome, rx.fragment()))


def _actions(task: rx.Var[ShownTask]) -> rx.Component:
    claim = buttons.button("Claim", size="small", about=task.about, glyph="hand", on_click=STATE.claim(task.task_id))
    return tables.actions_cell(
        rx.cond(task.may_claim, claim, rx.fragment()),
        buttons.link("View", task.href, about=task.about),
        rx.cond(task.cancel_href, buttons.link("Cancel", task.cancel_href + STATE.way, about=task.about), rx.fragment()),
        _more(task),
    )


def _lost(task: rx.Var[ShownTask]) -> rx.Component:
    following = buttons.button(words.CLAIM_NEXT, size="small", on_click=STATE.claim_next)
    opened = buttons.link_button(words.OPEN_TASK, task.href, size="small", about=task.about)
    return rx.el.div(rx.el.strong(task.lost), tables.actions_cell(opened, following), class_name="flex flex-col gap-2 text-ink")


def _more(task: rx.Var[ShownTask]) -> rx.Component:
    about = task.about
    copy = rx.el.button(
        icon("copy"),
        rx.el.span("Copy link", buttons.hidden_text(" ", about)),
        type="button",
        data_copy=task.reference,
        data_copy_href=task.href,
        class_name="ct-menu-item",
    )
    assign = menus.menu_link("Assign", task.assign_href + STATE.way, glyph="user_round_plus", about=about)
    target = menus.menu_link("Change target", task.target_href + STATE.way, glyph="calendar_clock", about=about)
    release = menus.menu_button("Release", STATE.release(task.task_id), glyph="undo_2", about=about)
    return menus.menu(
        "More actions",
        rx.cond(task.assign_href, assign, rx.fragment()),
        rx.cond(task.target_href, target, rx.fragment()),
        rx.cond(task.may_release, release, rx.fragment()),
        copy,
        about=joined("for task ", task.number.to_string()),
        glyph="ellipsis",
        hide_label=True,
    )
