"""The small helps within a step: finding a person, the usual text, files."""

# The state’s helpers have underscores because any other method of a state is an event.
# ruff: noqa: SLF001

from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import service as files
from casetasks_app.tasks import dialog as verbs
from casetasks_app.web import session
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from casetasks_app.web.roles import Role


class CreationFields(rx.State):
    """Remembers nothing of its own."""

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def find(self, text: str) -> None:
        """Narrow the people to those whose name has these words; the one chosen stays."""
        creation = await self.get_state(Creation)
        creation._look_for(text)
        await self._show_again()

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def use_default(self, name: str) -> None:
        """Put a text back to the usual one."""
        await self._change({"summary" if name == "summary" else "description": ""})

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def select_all_files(self) -> None:
        """Tick every file of the case."""
        creation = await self.get_state(Creation)
        await self._change({"files": [each.value for each in creation.shown.details.files]})

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def uploaded(self, field: str, stored: dict[str, Any]) -> None:  # noqa: ARG002  what the kit sends
        """Show a file that has arrived; the upload's own route has kept it under the draft's key."""
        await self._show_again()

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def removed(self, field: str, file_id: str) -> None:  # noqa: ARG002  what the kit sends
        """Take back a file uploaded in this dialog."""
        actor, now = await session.actor(self), clock.now()
        await unit_of_work.run(files.remove_draft, file_id=file_id, person_id=actor.person_id, now=now)
        await self._show_again()

    async def _change(self, given: dict[str, object]) -> None:
        creation, actor = await self.get_state(Creation), await session.actor(self)
        await unit_of_work.run(verbs.put, case_id=creation._here().id, given=given, actor=actor, now=clock.now())
        creation.seq += 1
        await self._show_again()

    async def _show_again(self) -> None:
        creation = await self.get_state(Creation)
        creation._show(await creation._read(await session.actor(self)), creation.shown.step)
