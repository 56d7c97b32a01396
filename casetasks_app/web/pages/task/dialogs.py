"""What the small dialogs look like."""

from typing import Any

import reflex as rx

from casetasks_app.tasks.hold import LONGEST_MESSAGE
from casetasks_app.tasks.rules import LONGEST_REASON
from casetasks_app.web.pages.task import texts
from casetasks_app.web.pages.task.dialog_state import TaskDialog
from casetasks_app.web.ui.alerts import alert
from casetasks_app.web.ui.buttons import button
from casetasks_app.web.ui.choices import radios, select_field
from casetasks_app.web.ui.dialogs import dialog, dialog_buttons
from casetasks_app.web.ui.facts import facts_from
from casetasks_app.web.ui.fields import long_text_field, text_field
from casetasks_app.web.ui.forms import error_summary, form
from casetasks_app.web.ui.values import Part

LONGEST_WHY = 500


def dialogs() -> rx.Component:
    """Draw all four; the address opens one."""
    return rx.fragment(_assign(), _release(), _target(), _cancel())


def _one(do: str, title: Part, *content: Part) -> rx.Component:
    return dialog(title, *content, opened=TaskDialog.do == do, on_close=TaskDialog.leave, dialog_id=do)


def _about() -> rx.Component:
    return facts_from(TaskDialog.about)  # pyright: ignore[reportArgumentType]


def _problems(do: str) -> rx.Component:
    return error_summary(TaskDialog.problems, TaskDialog.problems_seq, summary_id=f"{do}-problems")  # pyright: ignore[reportArgumentType]


def _back(words: str = texts.BACK) -> rx.Component:
    return button(words, saves=False, on_click=TaskDialog.leave)


def _said(name: str) -> rx.Var[str]:
    return rx.cond(TaskDialog.said.contains(name), TaskDialog.said[name], "")


def _assign() -> rx.Component:
    name = rx.Var.create("Assign task ") + TaskDialog.task.number
    # Outside the form: what is looked for is no answer.
    find = text_field("find", texts.FIND, on_change=TaskDialog.find.debounce(300))
    written = form(
        radios("to", texts.WHO, TaskDialog.options, error=_said("to")),  # pyright: ignore[reportArgumentType]
        long_text_field("message", texts.MESSAGE, limit=LONGEST_MESSAGE),
        rx.el.p(texts.THEY_ARE_EMAILED, class_name="ct-hint"),
        dialog_buttons(_back(), button(texts.ASSIGN, look="primary", type="submit")),
        on_submit=TaskDialog.assign,
    )
    nobody = rx.el.div(rx.el.p(texts.NOBODY_TO_ASSIGN), dialog_buttons(_back()), class_name="flex flex-col gap-6")
    moved = rx.cond(TaskDialog.meanwhile, alert(TaskDialog.meanwhile, TaskDialog.meanwhile_more, kind="warning"))
    asked = rx.fragment(rx.cond(TaskDialog.has_filter, find), written)
    return _one("assign", name, _problems("assign"), moved, _about(), rx.cond(TaskDialog.nobody, nobody, asked))


def _release() -> rx.Component:
    name = rx.Var.create("Release task ") + TaskDialog.task.number + "?"
    back = rx.Var.create(texts.GOES_BACK.partition("{team}")[0]) + TaskDialog.team + texts.GOES_BACK.partition("{team}")[2]
    yes = button(texts.YES_RELEASE, look="primary", on_click=TaskDialog.release)
    return _one(
        "release",
        name,
        _about(),
        rx.el.p(back),
        rx.cond(TaskDialog.draft_stays, rx.el.p(texts.DRAFT_STAYS)),
        dialog_buttons(_back(texts.KEEP), yes),
    )


def _target() -> rx.Component:
    name = rx.Var.create("Change target of task ") + TaskDialog.task.number
    amount = rx.el.div(
        text_field("amount", "Number", error=_said("amount"), input_mode="decimal", auto_complete="off", style={"maxWidth": "8rem"}),
        radios("unit", "Unit", TaskDialog.units),  # pyright: ignore[reportArgumentType]
        class_name="flex flex-wrap gap-6 border-l-4 border-line ml-2.5 pl-5 py-2 my-1",
    )
    kinds: Any = TaskDialog.options
    written = form(
        radios("kind", texts.WHEN, kinds, error=_said("kind"), hint=texts.COUNTED, under=("custom", amount)),
        rx.el.p(TaskDialog.preview, role="status", class_name="font-medium empty:hidden"),
        long_text_field("reason", texts.REASON, hint=texts.REASON_HINT, limit=LONGEST_WHY),
        dialog_buttons(_back(), button(texts.CHANGE_TARGET, look="primary", type="submit")),
        on_submit=TaskDialog.change_target,
        on_draft=TaskDialog.look_ahead,
    )
    breached = rx.cond(TaskDialog.was_breached, rx.el.p(texts.WAS_DUE))
    return _one("target", name, _problems("target"), _about(), breached, written)


def _cancel() -> rx.Component:
    name = rx.Var.create("Cancel task ") + TaskDialog.task.number + "?"
    other = select_field("duplicate", texts.WHICH, TaskDialog.duplicates, error=_said("duplicate"), first="Select a task")  # pyright: ignore[reportArgumentType]
    written = form(
        radios("reason", texts.WHY, TaskDialog.options, error=_said("reason"), on_change=TaskDialog.choose_reason),  # pyright: ignore[reportArgumentType]
        rx.cond(TaskDialog.is_duplicate, other),
        long_text_field("text", texts.MORE, hint=texts.MORE_HINT, error=_said("text"), limit=LONGEST_REASON),
        rx.el.p(texts.KEPT, class_name="ct-hint"),
        dialog_buttons(_back(texts.KEEP_TASK), button(texts.CANCEL, look="danger", type="submit")),
        on_submit=TaskDialog.cancel_task,
    )
    return _one("cancel", name, _problems("cancel"), _about(), written)
