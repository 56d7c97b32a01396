"""What the frame around every page shows: counts, the page's message, and what is read aloud."""

from dataclasses import replace

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.alerts import Notice


class Shell(rx.State):
    """Of one tab. Handlers change it through the functions below, with `await self.get_state(Shell)`."""

    open_tasks: str = ""
    open_tasks_words: str = ""
    failed_mails: str = ""
    failed_mails_words: str = ""

    zone: str = ""
    times: str = ""

    notice: Notice = Notice()
    notice_seq: int = 0
    notice_focus: int = 0
    said: str = ""

    changed: int = 0
    added: int = 0

    _notice_path: str = ""


def notify(shell: Shell, notice: Notice, *, on: str, takes_focus: bool = True) -> None:
    """Show a message on the page at path `on`, and read it aloud; it stays until that page is left or it is dismissed.

    Its title takes the focus, but not after a dialog, which gives the focus back to what opened it.
    """
    shell.notice_seq += 1
    shell.notice_focus += takes_focus
    shell.notice = replace(notice, seq=shell.notice_seq)
    shell._notice_path = on  # noqa: SLF001  a backend var of our own state


def tell_times(shell: Shell, zone: str) -> None:
    """Let the footer and the connection's banner name the zone of every time on the page."""
    if shell.zone != zone:
        shell.zone, shell.times = zone, messages.times_in(zone)


def arrived(shell: Shell, *, at: str) -> None:
    """Drop the message of another page; every page's first load handler calls this with its own path."""
    if shell.notice.title and shell._notice_path != at:  # noqa: SLF001
        shell.notice = Notice()


def say(shell: Shell, text: str) -> None:
    """Read the result of the person's own action aloud at once, equal texts too."""
    shell.said = text + "\u00a0" if shell.said == text else text


def count_changes(shell: Shell, *, changed: int = 0, added: int = 0) -> None:
    """Count what others changed in the list shown; the browser sums up and says so at most once in twenty seconds."""
    if changed:
        shell.changed += changed
    if added:
        shell.added += added
