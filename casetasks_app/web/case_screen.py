"""What the screens that show all of a case share: its bar and title, why it stays shut, and keeping up with it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import reflex as rx

from casetasks_app.cases.queries import CaseHeader
from casetasks_app.live import topics
from casetasks_app.people.rules import Actor
from casetasks_app.web import messages, watch
from casetasks_app.web.ui.case_frame import CaseBar
from casetasks_app.web.ui.case_state import case_bar_of, case_title
from casetasks_app.web.ui.refusals import Refusal

S = TypeVar("S", bound="CaseScreen")
T = TypeVar("T")


class CaseScreen(rx.State, mixin=True):
    """The case of the address in one tab."""

    loaded: bool = False
    tab_title: str = messages.PRODUCT
    refusal: Refusal = Refusal()
    bar: CaseBar = CaseBar()

    _case_id: int = 0


def know(screen: CaseScreen, header: CaseHeader, what: str, *, is_error: bool = False) -> None:
    """Put the case's bar on the screen; `what` is the screen's name in the browser tab."""
    screen.bar, screen._case_id = case_bar_of(header), header.id  # noqa: SLF001  a backend var of our own state
    screen.tab_title = case_title(what, header, is_error=is_error)


def shut(screen: CaseScreen, refusal: Refusal) -> None:
    """Show why the case stays shut, and nothing of it."""
    screen.reset()
    screen.refusal, screen.tab_title, screen.loaded = refusal, messages.tab_title(refusal.title), True


async def follow(screen: S, *, load: Callable[[S, Actor], Awaitable[T]], show: watch.Show[S, T]) -> None:
    """Keep the screen up to date while it is open, as `watch.follow` does; a case that stays shut is not followed."""
    if await watch.opened(screen) and screen._case_id:  # noqa: SLF001  a backend var of our own state
        await watch.follow(screen, [topics.case(screen._case_id)], load=load, show=show)  # noqa: SLF001
