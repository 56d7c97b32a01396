"""What keeps a database from doing its work for now, in the words of the person who waits for it."""

from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from casetasks_app.errors import CaseTasksError, NotFound


class DatabaseBusy(CaseTasksError):
    """The system is busy right now and nothing was saved. What you typed is still here. Try again."""


class DatabaseFull(DatabaseBusy):
    """There is no room left to save anything. What you typed is still here. Tell your service desk."""


class DatabaseGone(DatabaseBusy):
    """The database cannot be reached right now. What you typed is still here. Look whether it was saved, then try again."""


class TextRefused(CaseTasksError):
    """This contains a character that cannot be kept. Remove it and try again."""


_KNOWN: Mapping[str, type[CaseTasksError]] = {
    # Locked for too long, a deadlock, a statement that took too long, no connection or memory left.
    **dict.fromkeys(("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001", "57014", "53300", "53200"), DatabaseBusy),
    **dict.fromkeys(("SQLITE_FULL", "53100"), DatabaseFull),
    # A number that no column holds: an id that somebody made up.
    "22003": NotFound,
    **dict.fromkeys(("22021", "22P05"), TextRefused),
}

TROUBLES = (DBAPIError, NoConnectionFree, OverflowError, UnicodeEncodeError)
"""What `in_words` knows something about."""


def in_words(error: Exception) -> CaseTasksError | None:
    """Return what to tell the person instead of this error; None for a bug, which is to be seen as one."""
    if isinstance(error, NoConnectionFree):
        return DatabaseBusy()
    if isinstance(error, OverflowError):
        # SQLite's driver says so before it asks the database.
        return NotFound() if "SQLite" in str(error) else None
    # NUL and halves of pairs: the verbs take them out of what they keep, so this is about what somebody asks for.
    if isinstance(error, UnicodeEncodeError) or "cannot contain NUL" in str(error):
        return TextRefused()
    # SQLite calls a statement that it cannot read, or a table that is not there, an operational error too.
    is_gone = isinstance(error, OperationalError | InterfaceError) and _code(error) != "SQLITE_ERROR"
    usual = DatabaseGone if is_gone else None
    kind = _KNOWN.get(_code(error), usual)
    return kind() if kind else None


def _code(error: Exception) -> str:
    """Return the driver's own name of the error: PostgreSQL's five signs, or SQLite's name without its second part."""
    original = getattr(error, "orig", None)
    name = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None) or ""
    return "_".join(name.split("_")[:2])
