"""What becomes of an error no handler caught: a known one is shown in its own words, a bug by a reference that is in the log."""

import logging

from reflex.event import EventSpec

from casetasks_app import clock
from casetasks_app.errors import CaseTasksError, new_reference, something_broke
from casetasks_app.moments import clock_time
from casetasks_app.web.notices import Notices
from casetasks_app.web.session import SignedOut

log = logging.getLogger(__name__)


def on_handler_error(exception: Exception) -> EventSpec | None:
    """Turn an uncaught error of an event handler into the page's message."""
    if isinstance(exception, SignedOut):
        # Any event makes the guard look, and it empties the page of an ended sign-in.
        return Notices.arrive()
    if isinstance(exception, CaseTasksError):
        log.info("Refused: %s", type(exception).__name__)
        return Notices.refuse(*in_two_parts(exception.message))
    reference = new_reference()
    log.error("Error %s", reference, exc_info=exception)
    return Notices.refuse("This did not work.", something_broke(reference, clock_time(clock.now())))


def on_page_error(exception: Exception) -> None:
    """Write an error of the browser's side to the log, shortened: its text comes from the browser."""
    log.warning("Error in the browser: %.2000s", str(exception).replace("\n", " | "))


def in_two_parts(message: str) -> tuple[str, str]:
    """Split a message after its first sentence: the bold beginning and the rest."""
    first, stop, rest = message.partition(". ")
    return (first + ".", rest) if stop else (message, "")
