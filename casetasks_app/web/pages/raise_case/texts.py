"""The words of raising a case that no other screen uses."""

TITLE = "Raise a case"
CASE_TYPE = "Type of case"
SELECT_TYPE = "Select the type of case"
CASE_TITLE = "Title"
CASE_TITLE_HINT = "What it is about, in a few words. Lists and tasks show it."
CONTACT = "The person who raised it (optional)"
NAME = "Name"
EMAIL = "Email address"
FILES = "Files (optional)"
FILES_HINT = "Photos, letters, plans. Only case managers see them until they are sent with a task."
RAISE = "Raise case"
KEPT = "What you type is kept in this tab until you raise the case."

NO_TYPES = "You cannot raise a case."
NO_TYPES_MORE = "Only case managers can, for the types of case they manage. Ask an administrator."
ALL_CASES = "Cases"


def raised(reference: str) -> str:
    """Say that the case is there."""
    return f"Case {reference} raised."
