"""What every list has of saved views: keeping the address under a name, bringing a view up to date, deleting one."""

from dataclasses import dataclass, field, replace
from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError, NotFound
from casetasks_app.people import saved_views
from casetasks_app.people.own_lists import ListName
from casetasks_app.people.saved_views import NewView, View
from casetasks_app.web import changes, list_messages, session
from casetasks_app.web.guard import allow
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.shell_state import Shell, say
from casetasks_app.web.ui.views_shown import SavedViews, kept_query, saved_views_of

MENU_ID = "saved-views"


@dataclass(frozen=True)
class Saving:
    """The dialog that asks for a name; `owners` are offered to who leads a team, by their place."""

    is_open: bool = False
    owners: list[Option] = field(default_factory=list)
    error: str = ""


@dataclass(frozen=True)
class Deleting:
    """The dialog that asks whether a view may go, which cannot be taken back."""

    id: int = 0
    title: str = ""
    meaning: str = ""


class OwnViews(rx.State, mixin=True):
    """The address stays the truth: a view is a link to one, and `saved` in the address says which view it came from."""

    saved: SavedViews = SavedViews()
    saving: Saving = Saving()
    deleting: Deleting = Deleting()

    _owners: tuple[int | None, ...] = (None,)

    @rx.event
    @allow(Role.PERSON)
    async def ask_to_save(self) -> None:
        """Ask for a name, and who leads a team for whom."""
        led = await unit_of_work.ask(saved_views.teams_led, actor=await session.actor(self))
        self._owners = (None, *(team_id for team_id, _ in led))
        names = [list_messages.ONLY_ME, *(list_messages.my_team(name) for _, name in led)]
        owners = [Option(str(place), name, is_chosen=place == 0) for place, name in enumerate(names)]
        self.saving = Saving(is_open=True, owners=owners if led else [])

    @rx.event
    @allow(Role.PERSON)
    def leave_saving(self) -> None:
        """Go back to the list."""
        self.saving = Saving()

    @rx.event
    @allow(Role.PERSON)
    async def save_view(self, answers: dict[str, Any]) -> rx.event.EventSpec | None:
        """Keep the list as the address has it under a name, and go to it."""
        try:
            view_id = await _save(self, str(answers.get("name", "")), str(answers.get("owner", "0")))
        except CaseTasksError as refusal:
            self.saving = replace(self.saving, error=refusal.message)
            return None
        self.saving = Saving()
        say(await self.get_state(Shell), list_messages.VIEW_SAVED)
        return rx.redirect(self._asked.href(saved=str(view_id)))

    @rx.event
    @allow(Role.PERSON)
    async def update_view(self) -> rx.event.EventSpec:
        """Let the open view lead to the list as it stands."""
        query, actor = kept_query(self._asked), await session.actor(self)
        await unit_of_work.run(saved_views.change, view_id=int(self._asked.saved or 0), query=query, actor=actor)
        await _again(self)
        say(await self.get_state(Shell), list_messages.VIEW_UPDATED)
        return rx.set_focus(MENU_ID)

    @rx.event
    @allow(Role.PERSON)
    def ask_to_delete(self, view_id: int) -> None:
        """Ask whether one of the views in the menu may go, and say whose it is."""
        found = ((group, link) for group in self.saved.groups for link in group.links if link.id == view_id and link.may_delete)
        for group, link in found:
            self.deleting = Deleting(link.id, list_messages.delete_this(link.label), list_messages.delete_means(group.team))

    @rx.event
    @allow(Role.PERSON)
    def leave_deleting(self) -> None:
        """Keep the view."""
        self.deleting = Deleting()

    @rx.event
    @allow(Role.PERSON)
    async def delete_view(self, view_id: int) -> rx.event.EventSpec:
        """Delete a view; the list stays as it is."""
        self.deleting = Deleting()
        await unit_of_work.run(saved_views.delete, view_id=view_id, actor=await session.actor(self))
        await _again(self)
        say(await self.get_state(Shell), list_messages.VIEW_DELETED)
        return rx.set_focus(MENU_ID)


def show_views(state: Any, views: tuple[View, ...]) -> None:  # noqa: ANN401  any state with views of its own
    """Show the views of a list, and which of them is open."""
    changes.put(state, saved=saved_views_of(views, state._asked))  # noqa: SLF001


def name_of(state: Any) -> ListName:  # noqa: ANN401  any state with a list of its own
    """Return which list a state shows; raises NotFound before it was opened, for a client that calls its handlers all the same."""
    try:
        return ListName(state._list)  # noqa: SLF001
    except ValueError as error:
        raise NotFound from error


async def _save(state: Any, name: str, owner: str) -> int:  # noqa: ANN401
    owners: tuple[int | None, ...] = state._owners  # noqa: SLF001
    place = int(owner) if owner.isdecimal() and len(owner) < len("1000") else 0
    team_id = owners[place] if place < len(owners) else None
    new = NewView(name_of(state), name, kept_query(state._asked), team_id)  # noqa: SLF001
    return await unit_of_work.run(saved_views.save, new=new, actor=await session.actor(state), now=clock.now())


async def _again(state: Any) -> None:  # noqa: ANN401
    actor, name = await session.actor(state), name_of(state)
    show_views(state, (await unit_of_work.ask(saved_views.arrangement, name=name, actor=actor)).views)
