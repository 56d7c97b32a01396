"""The menu of saved views, what stands beside a view that was changed, and the dialog that asks for a name."""

from typing import Any

import reflex as rx

from casetasks_app.web import list_messages as words
from casetasks_app.web import messages
from casetasks_app.web.ui.buttons import button, hidden_text, link_button
from casetasks_app.web.ui.choices import radios
from casetasks_app.web.ui.dialogs import dialog, dialog_buttons
from casetasks_app.web.ui.fields import text_field
from casetasks_app.web.ui.forms import form
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.own_views import MENU_ID
from casetasks_app.web.ui.views_shown import SavedGroup, SavedLink


def view_menu(state: Any) -> rx.Component:  # noqa: ANN401  a state's class, whose fields are vars
    """Draw the views of a state that is an `OwnViews` as links, each with Delete where it may be deleted."""

    def group(each: rx.Var[SavedGroup]) -> rx.Component:
        def one(link: rx.Var[SavedLink]) -> rx.Component:
            return _view(link, state)

        links = rx.el.ul(rx.foreach(each.links, one), aria_label=each.heading)
        return rx.el.div(rx.el.p(each.heading, aria_hidden="true", class_name="ct-hint"), links, key=each.heading)

    save = button(words.SAVE_VIEW, size="small", saves=False, on_click=state.ask_to_save)
    summary = rx.el.summary(state.saved.words, icon("chevron_down"), id=MENU_ID, class_name="ct-button")
    panel = rx.el.div(rx.foreach(state.saved.groups, group), save, class_name="ct-menu-panel")
    return rx.el.details(summary, panel, class_name="ct-menu ct-own", data_menu="")


def changed_view(state: Any) -> rx.Component:  # noqa: ANN401
    """Draw what can be done with a view that the list differs from by now."""
    saved: Any = state.saved
    update = button(words.UPDATE_VIEW, size="small", about=saved.name, on_click=state.update_view)
    shown = rx.el.div(
        rx.el.span(saved.name, ": ", rx.el.strong(words.CHANGED)),
        rx.cond(saved.may_update, update),
        button(words.SAVE_AS_NEW, size="small", saves=False, on_click=state.ask_to_save),
        link_button(words.UNDO_CHANGES, saved.undo_href, size="small", prevent_scroll_reset=True),
        class_name="flex flex-wrap items-center gap-2 text-sm",
    )
    return rx.cond(saved.is_changed, shown)


def save_dialog(state: Any) -> rx.Component:  # noqa: ANN401
    """Draw the dialog that asks for a name, and who leads a team for whom."""
    saving: Any = state.saving
    back = button(messages.BACK, saves=False, on_click=state.leave_saving)
    asked = form(
        text_field("name", words.VIEW_NAME, hint=words.VIEW_NAME_HINT, error=saving.error, max_length=40, auto_complete="off"),
        rx.cond(saving.owners.length() > 0, radios("owner", words.WHO_SEES_IT, saving.owners)),
        dialog_buttons(back, button(words.SAVE, look="primary", type="submit")),
        on_submit=state.save_view,
    )
    return dialog(words.SAVE_VIEW, asked, opened=saving.is_open, on_close=state.leave_saving, dialog_id="save-view", fallback=MENU_ID)


def delete_dialog(state: Any) -> rx.Component:  # noqa: ANN401
    """Draw the dialog that asks before a view is deleted: there is no way back."""
    deleting: Any = state.deleting
    keep = button(words.KEEP_VIEW, saves=False, on_click=state.leave_deleting)
    gone = button(words.DELETE_VIEW, look="danger", on_click=state.delete_view(deleting.id))
    return dialog(
        deleting.title,
        rx.el.p(deleting.meaning),
        dialog_buttons(keep, gone),
        opened=deleting.id != 0,
        on_close=state.leave_deleting,
        dialog_id="delete-view",
        fallback=MENU_ID,
    )


def _view(link: rx.Var[SavedLink], state: Any) -> rx.Component:  # noqa: ANN401
    opened = rx.el.a(
        link.label,
        href=link.href,
        aria_current=rx.cond(link.is_current, "true", "false"),
        prevent_scroll_reset=True,
        class_name="ct-link grow py-1",
    )
    named = hidden_text(" ", link.label)
    delete = rx.el.button(
        words.DELETE, named, type="button", on_click=state.ask_to_delete(link.id), data_size="small", class_name="ct-button"
    )
    return rx.el.li(opened, rx.cond(link.may_delete, delete), key=link.id, class_name="flex items-center gap-2 text-sm min-h-8")
