"""Messages of a page: what a handler says about what just happened, under the heading and aloud."""

from collections.abc import Sequence

import reflex as rx

from casetasks_app.web.guard import allow
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.alerts import Kind, Notice, NoticeLink
from casetasks_app.web.ui.shell_state import Shell, arrived, notify


class Notices(rx.State):
    """The two events every page has: it is arrived at, and an error is told on it."""

    @rx.event
    @allow(Role.PERSON)
    async def arrive(self) -> None:
        """Start a page without the message of the page before, unless it was said for this one."""
        arrived(await self.get_state(Shell), at=self.router.url.path)

    @rx.event
    @allow(Role.PERSON)
    async def refuse(self, title: str, text: str) -> None:
        """Show why a handler ended; chained by the exception handler, harmless to whoever else calls it."""
        await say(self, title[:300], text[:2000], kind="error")


async def say(
    state: rx.State, title: str, text: str = "", *, kind: Kind = "success", links: Sequence[NoticeLink] = (), on: str = ""
) -> None:
    """Show a message on this page, or with `on` on the page at that path, to which the handler redirects.

    A page that is moved to has the focus on its heading, whatever it says below. Inside a background handler call it
    under `async with self`.
    """
    notice, here = Notice(title=title, text=text, kind=kind, links=list(links)), state.router.url.path
    notify(await state.get_state(Shell), notice, on=on or here, takes_focus=on in {"", here})


async def tell_after_dialog(state: rx.State, title: str, text: str) -> None:
    """Show a success on this page, now that the dialog is closed, and leave the focus where the dialog gave it back."""
    notice = Notice(title=title, text=text, kind="success")
    notify(await state.get_state(Shell), notice, on=state.router.url.path, takes_focus=False)
