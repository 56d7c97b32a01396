"""The four questions of the creation dialog, one form a step."""

from typing import Any

import reflex as rx

from casetasks_app.web.pages.case_tasks.creation import words
from casetasks_app.web.pages.case_tasks.creation.fields_state import CreationFields
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from casetasks_app.web.ui import buttons, choices, facts, fields, forms
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.uploads import Upload, files_field
from casetasks_app.web.ui.values import Text

FORM_ID = "create-form"
LONGEST_SUMMARY = 4000
STATE: Any = Creation
FIELDS: Any = CreationFields
"""Their fields are vars here."""
shown, refused = STATE.shown, STATE.refused


def step_form() -> rx.Component:
    """Draw the form of the step shown; a hidden field says which step and draft its answers belong to."""
    questions = rx.match(
        shown.step,
        ("assignment", _assignment()),
        ("details", _details()),
        ("targets", _targets()),
        rx.fragment(_type(), rx.cond(shown.type.heading, _what_will_happen(), rx.fragment())),
    )
    return forms.form(
        rx.el.input(type="hidden", name="step", value=shown.step),
        rx.el.input(type="hidden", name="draft", value=shown.draft),
        questions,
        on_submit=STATE.proceed,
        on_draft=STATE.keep,
        id=FORM_ID,
        key=joined_key(),
    )


def all_form() -> rx.Component:
    """Draw every question of the chosen type on one page, in the order of the steps, and what will happen at the end."""

    def part(step: str, questions: rx.Component) -> rx.Component:
        drawn = rx.el.section(rx.el.h3(words.HEADINGS[step], class_name="text-lg"), questions, class_name="flex flex-col gap-6")
        return rx.cond(shown.asks.contains(step), drawn, rx.fragment())

    following = rx.el.div(
        part("assignment", _assignment()),
        part("details", _details()),
        part("targets", _targets()),
        key=shown.type.chosen,
        class_name="flex flex-col gap-8",
    )
    return forms.form(
        rx.el.input(type="hidden", name="step", value=shown.step),
        rx.el.input(type="hidden", name="draft", value=shown.draft),
        rx.el.input(type="hidden", name="drawn", value=shown.drawn),
        _type(),
        following,
        rx.cond(shown.type.heading, _what_will_happen(), rx.fragment()),
        on_submit=STATE.finish,
        on_draft=STATE.keep,
        id=FORM_ID,
        key=joined_key(),
    )


def joined_key() -> rx.Var[str]:
    """Return what makes a form another one: its step, and how often the server changed what stands in it."""
    return (shown.step + "-" + STATE.seq.to_string()).to(str)


def _error(name: str) -> rx.Var[str]:
    return refused.get(name, "").to(str)


def _type() -> rx.Component:
    step = shown.type
    already = rx.el.p(step.already, " ", buttons.link(step.already_label, step.already_href), class_name="text-sm")
    first = rx.cond(step.first, rx.el.option(step.first, value=""), rx.fragment())
    offered = rx.foreach(step.options, lambda option: rx.el.option(option.label, value=option.value))
    control = rx.el.select(
        first, offered, name="task_type", default_value=step.chosen, **fields.control_props("task_type", "", _error("task_type"))
    )
    return rx.fragment(
        fields.labelled("task_type", "Task type", control, error=_error("task_type")),
        rx.cond(step.hint, rx.el.p(step.hint, class_name="ct-hint -mt-4"), rx.fragment()),
        rx.cond(step.already, already, rx.fragment()),
        rx.cond(step.unusable.length() > 0, _unusable(), rx.fragment()),
    )


def _unusable() -> rx.Component:
    inside = rx.el.div(facts.facts_from(shown.type.unusable), class_name="pl-4 pt-2")
    return rx.el.details(rx.el.summary(shown.type.unusable_words, class_name="ct-summary min-h-6 text-sm"), inside)


def _what_will_happen() -> rx.Component:
    return rx.el.section(
        rx.el.h4(shown.type.heading, class_name="font-bold"),
        facts.facts_from(shown.type.will),
        class_name="border border-line rounded bg-panel p-4 flex flex-col gap-2",
    )


def _assignment() -> rx.Component:
    step = shown.assignment
    teams = choices.select_field("team", "Team", step.teams, value=step.team, first=words.SELECT_TEAM, error=_error("team"))
    find = rx.el.div(
        rx.el.label("Find a person", html_for="find-person", class_name="font-medium"),
        rx.el.input(type="text", id="find-person", class_name="ct-control", auto_complete="off", on_change=FIELDS.find.debounce(250)),
        class_name="ct-field flex flex-col gap-2",
    )
    people = choices.radios("person", step.legend, step.people, hint=words.PERSON_MAILED, error=_error("person"))
    return rx.fragment(
        rx.cond(step.only_team, rx.el.p(step.only_team, class_name="font-medium"), teams),
        rx.cond(
            step.team,
            rx.el.div(
                rx.cond(step.can_find, find, rx.fragment()),
                people,
                rx.cond(step.not_found, rx.el.p(step.not_found, class_name="ct-hint"), rx.fragment()),
                key=step.team,
                class_name="flex flex-col gap-4",
            ),
            rx.fragment(),
        ),
    )


def _details() -> rx.Component:
    step = shown.details
    return rx.fragment(
        rx.cond(step.asks_description, _description(), rx.fragment()),
        rx.cond(step.asks_summary, _summary(), rx.fragment()),
        rx.cond(step.asks_files, _files(), rx.fragment()),
        rx.cond(step.asks_case_details, _case_details(), rx.fragment()),
    )


def _description() -> rx.Component:
    step = shown.details
    name = fields.text_field(
        "description",
        "Task name (optional)",
        hint=words.NAME_HINT,
        error=_error("description"),
        value=step.description,
        auto_complete="off",
    )
    return rx.el.div(name, rx.cond(step.is_description_changed, _use_default("description", "task name"), rx.fragment()))


def _summary() -> rx.Component:
    step = shown.details
    text = fields.long_text_field("summary", "Summary (optional)", error=_error("summary"), value=step.summary, limit=LONGEST_SUMMARY)
    return rx.el.div(text, rx.cond(step.is_summary_changed, _use_default("summary", "summary"), rx.fragment()))


def _use_default(name: str, about: str) -> rx.Component:
    back = buttons.button("Use the default", look="link", size="small", about=about, on_click=FIELDS.use_default(name))
    return rx.el.p(words.CHANGED_TEXT, " ", back, class_name="ct-hint")


def _files() -> rx.Component:
    step = shown.details
    chosen = choices.checkboxes("files", "Attachments from the case (optional)", step.files, error=_error("files"))
    everything = buttons.button(step.select_all, look="link", size="small", glyph="check", on_click=FIELDS.select_all_files)
    upload = Upload(step.upload_url, FIELDS.uploaded, FIELDS.removed)
    added = files_field("new_files", "Add new files (optional)", step.uploads, upload, hint=step.files_hint)
    some = rx.el.div(chosen, rx.cond(step.files.length() > 1, everything, rx.fragment()))
    return rx.fragment(rx.cond(step.files.length() > 0, some, rx.fragment()), added)


def _case_details() -> rx.Component:
    return fields.group(
        "case_details_group",
        "Case details",
        choices.checkbox("case_details", words.SHARE, checked=shown.details.is_shared, hint=words.SHARE_HINT),
    )


def _targets() -> rx.Component:
    step = shown.targets
    return rx.fragment(
        choices.radios(
            "target",
            _hidden_legend(words.HEADINGS["targets"]),
            step.options,
            error=_error("target"),
            under=("custom", rx.cond(step.is_custom, _custom(), rx.fragment())),
        ),
        rx.cond(step.reminded, rx.el.p(icon("mail"), step.reminded, class_name="ct-hint flex gap-2 items-start"), rx.fragment()),
    )


def _custom() -> rx.Component:
    step = shown.targets
    return rx.el.div(
        fields.number_field("amount", "Number", hint=words.NUMBER_HINT, error=_error("amount"), value=step.amount),
        choices.radios("unit", "Unit", step.units),
        rx.cond(step.moment, rx.el.p(step.moment, class_name="font-medium"), rx.fragment()),
        rx.foreach(step.notes, lambda note: rx.el.p(note, class_name="ct-hint")),
        class_name="flex flex-col gap-4 border-l-4 border-line ml-2.5 pl-5 py-2 my-1",
    )


def _hidden_legend(text: Text) -> rx.Component:
    return rx.el.span(text, data_whole="")
