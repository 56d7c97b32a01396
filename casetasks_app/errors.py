"""The errors that everybody shares; each other error stands in the module that raises it."""

import inspect
import secrets

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class CaseTasksError(Exception):
    """Something could not be done as asked.

    The base of everything a person can cause. The message is meant for that person: the one given, or the
    first line of the class's docstring.
    """

    def __init__(self, message: str | None = None) -> None:
        """Take a message in the person's words; without one the class's first docstring line is used."""
        first_line = inspect.getdoc(type(self)) or ""
        super().__init__(message or first_line.partition("\n")[0])

    @property
    def message(self) -> str:
        """Return the sentence to show to the person."""
        return str(self)


class NotAllowed(CaseTasksError):
    """You are not allowed to do this."""


class NotFound(CaseTasksError):
    """There is nothing here, or you may not see it."""


class ChangedMeanwhile(CaseTasksError):
    """Somebody else changed this while you were working on it. Look at it again, then repeat what you did."""


def new_reference() -> str:
    """Return a short code for a bug, easy to read out on the telephone; the log has it too."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))


def something_broke(reference: str, at: str) -> str:
    """Say what to do about a bug, with the words a service desk can look up; `at` is the time of day."""
    return f"Try again. If it happens again, tell your service desk: {reference}, {at}."
