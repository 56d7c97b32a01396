"""Forms: error summary, draft saving, and the one component that draws any form from its rows."""

from typing import Any

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui import choices, fields
from casetasks_app.web.ui.browser import Answers, FocusWhen
from casetasks_app.web.ui.form_rows import Check, FieldError, ShownField
from casetasks_app.web.ui.pickers import Picking, picker
from casetasks_app.web.ui.uploads import Upload, file_field
from casetasks_app.web.ui.values import Part, Prop, Text, joined

Handler = Any
"""An event handler of a state, possibly with arguments given."""


def form(*content: Part, on_submit: Handler, on_draft: Handler | None = None, **props: Prop) -> rx.Component:
    """Draw a form without the browser's own checks. `on_draft(answers)` is called after a pause and on leaving a field.

    Both handlers get a plain `dict[str, Any]`: text, or a list where a name was sent more than once. Draw the form when
    its first values are loaded; what is typed later stays in the browser.
    """
    handlers = {"on_answers": on_submit} | ({} if on_draft is None else {"on_draft": on_draft})
    return rx.el.form(*content, Answers.create(**handlers), no_validate=True, data_mutates="", class_name="flex flex-col gap-6", **props)


def error_summary(errors: rx.Var[list[FieldError]], seq: rx.Var[int], *, summary_id: str = "error-summary") -> rx.Component:
    """Draw what has to be corrected, with links to the fields; focus goes there whenever `seq` grows."""
    box = rx.el.div(
        rx.el.h2(messages.PROBLEM),
        rx.el.ul(rx.foreach(errors, _error_link), class_name="mt-2 flex flex-col gap-1"),
        id=summary_id,
        tab_index=-1,
        role="alert",
        class_name="border-4 border-danger rounded p-4",
    )
    return rx.fragment(rx.cond(errors.length() > 0, box, rx.fragment()), FocusWhen.create(target=summary_id, seq=seq))


def form_from_rows(shown: rx.Var[list[ShownField]], upload: Upload | None = None, picking: Picking | None = None) -> rx.Component:
    """Draw any form from its rows (`shown_fields` makes them); stands inside `form(...)`.

    Without `upload` and `picking` it can ask for no files, and for no people and teams.
    """

    def one(row: rx.Var[ShownField]) -> rx.Component:
        more = [("files", file_field(row, upload))] if upload else []
        more += [("picker", picker(row, picking))] if picking else []
        return rx.el.div(rx.match(row.kind, *_drawn(row), *more, _text(row)), key=row.name)

    return rx.el.div(rx.foreach(shown, one), class_name="flex flex-col gap-6")


def _drawn(row: Prop) -> list[tuple[str, rx.Component]]:
    said = {"hint": row.hint, "error": row.error}
    return [
        ("long text", fields.long_text_field(row.name, row.label, value=row.value, limit=row.limit, **said)),
        ("number", fields.number_field(row.name, row.label, value=row.value, **said)),
        ("money", _money(row)),
        ("date", fields.date_field(row.name, row.label, value=row.value, **said)),
        ("date and time", fields.date_field(row.name, row.label, value=row.value, with_time=True, **said)),
        ("radios", choices.radios(row.name, row.label, row.options, **said)),
        ("choices", choices.checkboxes(row.name, row.label, row.options, **said)),
        ("select", choices.select_field(row.name, row.label, row.options, value=row.value, first=row.first, **said)),
        ("tick", _tick(row)),
        ("checklist", _checklist(row)),
        ("note", _note(row)),
    ]


def _text(row: Prop) -> rx.Component:
    return fields.text_field(row.name, row.label, hint=row.hint, error=row.error, value=row.value)


def _money(row: Prop) -> rx.Component:
    control = rx.el.input(
        type="text", name=row.name, default_value=row.value, input_mode="decimal", style={"maxWidth": "12rem"},
        **fields.control_props(row.name, row.hint, row.error),
    )  # fmt: skip
    pounds = rx.el.div(rx.el.span(messages.POUND, aria_hidden="true"), control, class_name="flex items-center gap-2")
    return fields.labelled(row.name, row.label, pounds, hint=row.hint, error=row.error)


def _note(row: Prop) -> rx.Component:
    text = rx.cond(row.hint, rx.el.p(row.hint, class_name="ct-text"), rx.fragment())
    return rx.el.div(rx.el.p(row.label, class_name="font-medium"), text, class_name="border-l-4 border-line pl-3")


def _tick(row: Prop) -> rx.Component:
    box = choices.checkbox(row.name, row.label, checked=row.is_chosen, described=fields.described_by(row.name, row.hint, row.error))
    said = rx.el.div(*fields.hint_and_error(row.name, row.hint, row.error), class_name="pl-8")
    return rx.el.div(box, said, class_name="ct-field", data_invalid=rx.cond(row.error, "true", "false"))


def _checklist(row: Prop) -> rx.Component:
    checks = rx.el.ul(rx.foreach(row.checks, _check), class_name="border-t border-line mt-2")
    return fields.group(row.name, row.label, checks, hint=row.hint, error=row.error)


def _check(check: rx.Var[Check]) -> rx.Component:
    comment_id = fields.field_id(check.comment_name)
    comment = rx.el.div(
        rx.el.label(
            messages.COMMENT,
            rx.el.span(messages.ON, check.label, class_name="ct-hidden"),
            html_for=comment_id,
            class_name="ct-hint shrink-0",
        ),
        rx.el.input(type="text", name=check.comment_name, id=comment_id, default_value=check.comment, class_name="ct-control"),
        class_name="flex items-center gap-2",
    )
    return rx.el.li(
        choices.radios(check.answer_name, check.label, check.options, is_row=True), comment, class_name="py-3 border-b border-line"
    )


def _error_link(error: rx.Var[FieldError]) -> rx.Component:
    # Not an address of its own: the press moves the focus and leaves the page's address alone.
    go = rx.el.a(
        error.text, href=joined("#", error.target), data_focus=error.target, class_name="ct-link text-danger underline font-medium"
    )
    return rx.el.li(rx.cond(error.target, go, rx.el.span(error.text, class_name="ct-error")))


def draft_saved(words: Text) -> rx.Component:
    """Draw "Draft saved 14:31." as quiet text; it is not read aloud."""
    return rx.el.p(words, class_name="ct-hint ct-num min-h-5")
