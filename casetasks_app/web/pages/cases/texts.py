"""The words of the case list that no other screen uses."""

RAISE = "Raise a case"
FIND_HINT = "A reference or a part of the title."
WHOSE = "Whose cases"
STATUS = "Case status"
MINE = "My cases"
ALL = "All cases"
OPEN = "Open"
CLOSED = "Closed"

CASE = "Case"
TYPE = "Type"
OPEN_TASKS = "Open tasks"
NEXT_TARGET = "Next target"
MANAGER = "Case manager"
OPENED = "Opened"

NEWEST_FIRST = "newest first"
ORDERS = {
    "case": ("case, lowest number first", "case, highest number first"),
    "type": ("type, A to Z", "type, Z to A"),
    "target": ("next target, earliest first", "next target, latest first"),
    "manager": ("case manager, A to Z", "case manager, Z to A"),
    "opened": ("opened, oldest first", "opened, newest first"),
}

NO_OPEN = "You manage no open cases."
NO_CLOSED = "You manage no closed cases."
NONE_OPEN = "There are no open cases."
NONE_CLOSED = "There are no closed cases."
SHOW_ALL_OPEN = "Show all open cases"
SHOW_ALL_CLOSED = "Show all closed cases"
NOT_FOUND_MORE = "Try the reference, for example HSG-1042, or look at all cases and closed ones too."
NOT_A_MANAGER = "You manage no type of case."
NOT_A_MANAGER_MORE = "Only case managers see cases here. Tasks given to you or your teams are in My work."


def whose(*, is_mine: bool, is_open: bool) -> str:
    """Name the list: "my open cases"."""
    return f"{'my' if is_mine else 'all'} {'open' if is_open else 'closed'} cases"
