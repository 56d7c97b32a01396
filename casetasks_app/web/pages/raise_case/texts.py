"""The words of raising a case that no other screen uses."""

from casetasks_app.web import messages

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
KEPT = "What you type is kept as a draft."
KEPT_MORE = "You can close this and come back within 30 days."
START_AGAIN = "Start again"
DISCARDED = "Draft thrown away."
CONTINUE = "Continue"
DISCARD = "Discard"

NO_TYPES = "You cannot raise a case."
NO_TYPES_MORE = "Only case managers can, for the types of case they manage. Ask an administrator."
ALL_CASES = "Cases"


def raised(reference: str) -> str:
    """Say that the case is there."""
    return f"Case {reference} raised."


def continuing(saved: str) -> str:
    """Say that the form shown was begun before."""
    return f"Continuing your draft from {saved}."


def draft_saved(time: str) -> str:
    """Say when the form was last kept, and for how long."""
    return f"{messages.draft_saved(time)} {KEPT_MORE}"


def draft_found(case_type: str, saved: str) -> str:
    """Say that there is a draft of another type."""
    return f"You have a draft case: {case_type}, saved {saved}."


def draft_of(case_type: str) -> str:
    """Name a draft, read after "Continue" and "Discard"."""
    return f"draft case, {case_type}"
