"""The menus beside a list: views kept under a name, which columns, how dense."""

from typing import Any

import reflex as rx

from casetasks_app.web import list_messages as words
from casetasks_app.web.ui.browser import OwnRadios, OwnTick
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.list_drawn import ColumnTick
from casetasks_app.web.ui.view_menu import view_menu


def own_menus(state: Any) -> rx.Component:  # noqa: ANN401  a state's class, whose fields are vars
    """Draw the menus of a state that is an `OwnList` and has `OwnViews`; a list of cards has no columns and no density."""
    drawn: Any = state.drawn

    def tick(column: rx.Var[ColumnTick]) -> rx.Component:
        return OwnTick.create(key=column.key, name=column.key, checked=column.is_shown, label=column.label, on_tick=state.show_column)

    density = OwnRadios.create(name="density", value=drawn.density, options=words.DENSITIES, on_choose=state.set_density)
    look = rx.el.div(
        _menu(words.COLUMNS, words.COLUMNS_SHOWN, rx.foreach(drawn.columns, tick)),
        _menu(words.DENSITY, words.DENSITY, density),
        class_name="flex gap-2 max-md:hidden",
    )
    return rx.el.div(view_menu(state), look, class_name="flex flex-wrap gap-2 md:ml-auto")


def _menu(label: str, legend: str, *content: Any) -> rx.Component:  # noqa: ANN401
    return rx.el.details(
        rx.el.summary(label, icon("chevron_down"), class_name="ct-button"),
        rx.el.fieldset(rx.el.legend(legend, class_name="ct-hidden"), *content, class_name="ct-menu-panel"),
        class_name="ct-menu ct-own",
        data_menu="",
    )
