"""What every state with a list has: the frame around its table, and the boxes of the filter that was opened last."""

import logging
from collections.abc import Awaitable
from typing import TypeVar

import reflex as rx

from casetasks_app import clock
from casetasks_app.db.unit_of_work import DatabaseBusy
from casetasks_app.errors import CaseTasksError, new_reference
from casetasks_app.moments import clock_time
from casetasks_app.web import list_messages
from casetasks_app.web.ui.list_shown import ListFrame, Tick

T = TypeVar("T")
log = logging.getLogger(__name__)


class Listing(rx.State, mixin=True):
    """The address is the truth for what is found, chosen, sorted and shown; this is what the page draws of it."""

    frame: ListFrame = ListFrame()
    offered: str = ""
    ticks: rx.Field[list[Tick]] = rx.field(default_factory=list)
    failure: str = ""


async def tried(state: rx.State, found: Awaitable[T]) -> T | None:
    """Load a list; when that fails, say so in its place, with a code that is in the log, and leave everything else as it is."""
    try:
        loaded = await found
    except Exception as error:
        if isinstance(error, CaseTasksError) and not isinstance(error, DatabaseBusy):
            raise
        code = new_reference()
        log.exception("List list-%s could not be loaded", code)
        state.failure = list_messages.failed(code, clock_time(clock.now()))
        return None
    state.failure = ""
    return loaded
