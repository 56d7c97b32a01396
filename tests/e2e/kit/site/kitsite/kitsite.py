"""The site's pages: a list with dialogs over it, a form of every kind, a history with a summary."""

from typing import Any

import reflex as rx
from kitsite.examples import COLUMNS
from kitsite.state import Site
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from casetasks_app.web import shell
from casetasks_app.web.ui import (
    alerts,
    badges,
    buttons,
    case_frame,
    choices,
    dialogs,
    facts,
    fields,
    forms,
    histories,
    loading,
    menus,
    pages,
    tables,
)
from casetasks_app.web.ui.blocks import summary_blocks
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.pickers import Picking
from casetasks_app.web.ui.target import target_block
from casetasks_app.web.ui.uploads import Upload


def row(task: Any) -> rx.Component:
    number = task.n.to_string()
    about = rx.Var.create("task ") + number + ", " + task.name
    actions = tables.actions_cell(
        buttons.button("Claim", size="small", about=about, on_click=Site.claim(task.n)),
        buttons.link("View", "/form", about=about),
        buttons.link("Cancel", "/?do=cancel", about=about),
    )
    return tables.row(
        COLUMNS,
        number,
        rx.fragment(
            tables.row_link(task.name, rx.Var.create("/form?n=") + number),
            tables.second_line(task.kind, rx.cond(task.is_automatic, badges.created_automatically())),
        ),
        task.who,
        badges.status(task.status),
        target_block(task.state, task.line1, task.line2, task.iso, number=number),
        rx.cond(task.is_gone, rx.el.span("Claimed by Tom Ellis"), actions),
        key=number,
        changed=task.is_changed,
        gone=task.is_gone,
    )


def the_list() -> rx.Component:
    sorting = tables.Sorting(Site.base, Site.key, Site.direction)
    body = tables.rows(Site.rows, row, heading="Open (3)", columns=len(COLUMNS))
    return tables.data_table(tables.caption_sorted("Tasks on case HSG-1042", "target, earliest first"), COLUMNS, body, sorting=sorting)


def cancel_dialog() -> rx.Component:
    reasons = (Option("a", "No longer needed"), Option("b", "Created by mistake", "Somebody pressed the wrong button."))
    keep = buttons.button("Keep task", on_click=Site.close, saves=False)
    body = forms.form(
        choices.radios("why", "Why are you cancelling?", reasons),
        fields.long_text_field("more", "More about the reason (optional)", hint="Kept as a private note.", limit=100),
        dialogs.dialog_buttons(keep, buttons.button("Cancel task", look="danger", type="submit")),
        on_submit=Site.submit,
    )
    about = facts.facts(facts.fact("Task", "Ask legal for opinion"), facts.fact("Assigned to", "Tom Ellis (will be emailed)"))
    return dialogs.dialog("Cancel task 3?", about, body, opened=Site.cancelling, on_close=Site.close, dialog_id="cancel", fallback="create")


def first_step() -> rx.Component:
    types = (Option("a", "Site visit - a visit to the place"), Option("b", "Standard"))
    return rx.el.div(
        dialogs.step_heading("What kind of task is it?"),
        forms.form(
            choices.select_field("type", "Task type", types, first="Select a task type", on_change=Site.choose),
            rx.cond(Site.chosen, rx.el.p("Chosen: ", Site.chosen)),
            fields.text_field("title", "Task name", error=Site.title_error),
            on_submit=Site.next,
            on_draft=Site.draft,
            id="step-form",
        ),
        key="type",
        class_name="flex flex-col gap-4",
    )


def create_dialog() -> rx.Component:
    second = rx.el.div(dialogs.step_heading("What should they know?"), facts.facts_from(Site.review), key="details")
    is_second = Site.step == "details"
    return dialogs.stepped_dialog(
        "Create a task on HSG-1042",
        forms.error_summary(Site.errors, Site.err_seq, summary_id="create-errors"),
        rx.match(Site.step, ("details", second), first_step()),
        opened=Site.creating,
        on_close=Site.close,
        step=Site.step,
        about="HSG-1042, Mill Lane extension",
        progress=rx.cond(is_second, "Step 2 of 4", "Step 1"),
        described=rx.cond(is_second, "Step 2 of 4: Details", "Step 1"),
        can_go_back=is_second,
        on_back=Site.go("type"),
        so_far=rx.cond(is_second, dialogs.so_far("Task type", "Site visit", "/?new=type"), rx.fragment()),
        foot=(buttons.button("Continue", look="primary", size="large", type="submit", form="step-form"),),
        saved="Draft saved 14:31. You can close this and come back.",
    )


def index() -> rx.Component:
    create = buttons.link_button("Create task", "/?new=type", look="primary", glyph="plus", id="create")
    more = menus.menu(
        "More actions",
        menus.menu_link("Change target", "/form", glyph="calendar_clock"),
        menus.menu_button("Release", Site.show_updates, glyph="undo_2"),
        about="for task 3",
        glyph="ellipsis",
        hide_label=True,
    )
    return shell.page(
        "Tasks",
        rx.el.p("Presses: ", Site.presses.to_string(), id="presses"),
        case_frame.views("My work views", Site.views),
        tables.updates_pill(Site.pill, Site.show_updates),
        loading.when_loaded(Site.loaded, the_list()),
        pages.page_links(Site.under),
        alerts.alert("This type of case does not use tasks.", "Cases of this type have none."),
        alerts.alert("You cannot close this case yet.", "3 things are left.", kind="warning", dismissible=True),
        alerts.alert("The list could not be loaded.", "Nothing was changed.", kind="error"),
        alerts.empty_state("No tasks yet.", "Tasks are pieces of work for a team or a person."),
        rx.el.div(more, badges.badge("Done", tone="success"), badges.badge("Breached", tone="danger"), class_name="flex gap-2"),
        cancel_dialog(),
        create_dialog(),
        above=rx.fragment(
            case_frame.breadcrumb(("Home", "/"), ("Cases", "/form")), case_frame.case_bar(Site.bar), case_frame.case_tabs(Site.bar)
        ),
        beside=create,
    )


def form_page() -> rx.Component:
    whole = forms.form(
        forms.form_from_rows(Site.shown, Upload("/files/add", Site.uploaded, Site.removed), Picking(Site.found, Site.search)),
        rx.el.div(buttons.button("Complete task", look="primary", size="large", type="submit")),
        forms.draft_saved(Site.saved),
        on_submit=Site.submit,
        on_draft=Site.draft,
    )
    told = (
        rx.el.p(Site.draft_data, id="draft-data", class_name="break-all"),
        rx.el.p(Site.submitted, id="submitted", class_name="break-all"),
    )
    content = loading.when_loaded(Site.loaded, forms.error_summary(Site.errors, Site.err_seq), whole, *told)
    return shell.page("Ask legal for opinion", content, caption="Task 3 of HSG-1042", reading=True)


def history_page() -> rx.Component:
    content = loading.when_loaded(Site.loaded, histories.timeline(Site.days), summary_blocks(Site.summary))
    return shell.page("History", content, shell.print_line("HSG-1042, History"), above=case_frame.case_tabs(Site.bar))


async def add_file(request: Request) -> JSONResponse:
    file = (await request.form())["file"]
    if file.filename == "bad.png":
        return JSONResponse({"detail": "'bad.png' must be a real picture."}, 400)
    return JSONResponse({"file_id": file.filename, "name": file.filename, "size": "1 KB"}, 201)


async def sign_out(request: Request) -> PlainTextResponse:
    del request
    return PlainTextResponse("Signed out by a real post.")


routes = [Route("/files/add", add_file, methods=["POST"]), Route("/sign-out", sign_out, methods=["POST"])]
app = rx.App(api_transformer=Starlette(routes=routes), **shell.app_settings())
app.add_page(index, route="/", title=shell.title("Tasks", Site.bar.reference), on_load=Site.load)
app.add_page(
    form_page, route="/form", title=shell.title("Task 3: Advice", "HSG-1042", has_errors=Site.errors.length() > 0), on_load=Site.load
)
app.add_page(history_page, route="/history", title=shell.title("History"), on_load=Site.load)
