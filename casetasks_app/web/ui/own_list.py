"""What every list has of its person's own: density and columns, chosen beside it and kept on the server."""

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import own_lists, saved_views
from casetasks_app.people.own_lists import ListName, NoSuchColumn, Setting
from casetasks_app.people.rules import Actor
from casetasks_app.web import changes, list_messages, session
from casetasks_app.web.guard import allow
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.list_drawn import COMFORTABLE, COMPACT, Drawn, drawn_again, drawn_of
from casetasks_app.web.ui.list_state import tried
from casetasks_app.web.ui.own_views import name_of, show_views
from casetasks_app.web.ui.shell_state import Shell, say


class OwnList(rx.State, mixin=True):
    """How this person has this list drawn; read once when the page is opened, never when others change something."""

    drawn: Drawn = Drawn()

    _list: str = ""

    @rx.event
    @allow(Role.PERSON)
    async def set_density(self, density: str) -> None:
        """Draw each row in one line or in two."""
        if density not in {COMFORTABLE, COMPACT}:
            return
        await _keep(self, own_lists.set_density, is_compact=density == COMPACT)
        say(await self.get_state(Shell), list_messages.DENSITY_IS[density])

    @rx.event
    @allow(Role.PERSON)
    async def show_column(self, key: str, is_shown: bool) -> None:
        """Show a column that may be hidden, or hide it."""
        label = next((each.label for each in self.drawn.columns if each.key == key), "")
        if not label:
            raise NoSuchColumn
        await _keep(self, own_lists.show_column, column=key, is_shown=is_shown)
        say(await self.get_state(Shell), list_messages.column_is(label, is_shown=is_shown))


async def arrive(state: Any, name: ListName, columns: Mapping[str, str], actor: Actor) -> None:  # noqa: ANN401  any state with a list of its own
    """Draw a list as its person wants it, with the views beside it; `columns` are those that may be hidden, by key with their labels."""
    found = await tried(state, unit_of_work.ask(saved_views.arrangement, name=name, actor=actor))
    state._list = name.value  # noqa: SLF001
    if found is not None:
        changes.put(state, drawn=drawn_of(found.setting, columns))
        show_views(state, found.views)


async def _keep(state: Any, verb: Callable[..., Setting], **choice: object) -> None:  # noqa: ANN401
    actor, name = await session.actor(state), name_of(state)
    kept = await unit_of_work.run(verb, name=name, actor=actor, **choice)
    state.drawn = drawn_again(kept, state.drawn.columns)
