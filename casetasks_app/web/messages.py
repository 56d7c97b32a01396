"""Every text of the screens that is not one page's own, kept together so that it can be reviewed and translated."""

PRODUCT = "Case tasks"
BETWEEN = " - "
ERROR_FIRST = "Error: "

# The frame

SKIP = "Skip to main content"
HOME = "Case tasks"
NAV_MAIN = "Main"
NAV_CASE = "Case"
NAV_PAGES = "Pagination"
NAV_WAY = "Breadcrumb"
MENU = "Menu"
MY_WORK = "My work"
CASES = "Cases"
EMAILS = "Emails"
OVERVIEW = "Overview"
TASKS = "Tasks"
HISTORY = "History"
CLOSE_CASE = "Close case"
ACCOUNT = "your account"
CASE_MANAGER = "Case manager"
APPEARANCE = "Appearance"
APPEARANCES = (("light", "Light"), ("dark", "Dark"), ("system", "Same as computer"))
SIGN_OUT = "Sign out"
SIGN_IN = "Sign in"
SIGNED_OUT = "You are signed out."
SIGNED_OUT_MORE = "What you typed was kept as a draft. Sign in again to go on."
LOADING_PAGE = "Loading the page."
DISMISS = "Dismiss"
INFORMATION, SUCCESS, WARNING, ERROR = "Information", "Success", "Warning", "Error"

# The connection: a bold beginning and the rest; {time} is filled in by the browser

CONNECTION_LOST = (
    "Connection lost.",
    "Trying again. What you have typed is kept. Buttons that save are paused until the connection is back.",
)
CONNECTION_LONG = (
    "Still no connection since {time}.",
    "You can keep this page open; nothing you typed is lost. If others have the same problem, tell your service desk.",
)
CONNECTION_BACK = ("Connected again.", "This page is up to date as of {time}.")
NOT_SENT = "Not sent. Connection lost."

# Lists

CHANGED_NOW = "Changed just now"
ONE_CHANGED = "1 task in this list changed."
CHANGED = "{n} tasks in this list changed."
ONE_ADDED = "1 new task."
ADDED = "{n} new tasks."
ACTIONS = "Actions"
PREVIOUS, NEXT = "Previous", "Next"
PAGE = "page"
PAGE_NUMBER = "Page "
SORTED_BY = ", sorted by "
NOT_PROVIDED = "Not provided"
LIST_FAILED = "The list could not be loaded."
NOTHING_CHANGED = "Nothing was changed."
TRY_AGAIN = "Try again"
COPY = "Copy reference"
COPIED = "Copied."
NOT_COPIED = "Not copied. Select the text and copy it."

# Status

STATUS = {"new": "New", "closed": "Closed", "cancelled": "Cancelled"}
CREATED_AUTOMATICALLY = "Created automatically"
PRIVATE_NOTE = "Private note"

# Forms and dialogs

PROBLEM = "There is a problem"
OPTIONAL = "(optional)"
BACK = "Back"
CONTINUE = "Continue"
CLOSE = "Close"
SO_FAR = "So far"
CHANGE = "Change"
YES, NO, NOT_APPLICABLE = "Yes", "No", "Not applicable"
COMMENT = "Comment"
ON = " on "
POUND = "£"
NO_CHOICE = "No answer"
ONE_LEFT = "You have 1 character remaining."
LEFT = "You have {n} characters remaining."
ONE_OVER = "You have 1 character too many."
OVER = "You have {n} characters too many."
CHOOSE_FILES = "Choose files"
OR_DROP = "or drop them here."
UPLOADING = "Uploading {name}, {percent}%"
UPLOADED = "{name} was added."
UPLOAD_FAILED = "'{name}' could not be uploaded. Try again."
FILE_EMPTY = "'{name}' is empty."
FILE_TOO_BIG = "'{name}' must be smaller than {size}."
TRY_FILE_AGAIN = "Try again to upload {name}"
REMOVE = "Remove"
DOWNLOAD = "Download "
REMOVE_FILE = "Remove {name}"

# Summary blocks and history

BY = "by"
SHOW_ALL, LINES, OF = "Show all ", " lines", " of "
AT = "at"


def times_in(zone: str) -> str:
    """Return what the footer says about every time on the page; `zone` is an IANA name."""
    return "Times are UK time." if zone == "Europe/London" else f"Times are in the time zone {zone.replace('_', ' ')}."


def many(n: int, one: str, more: str) -> str:
    """Return a count with its noun: 1 task, 2 tasks, 1,204 tasks."""
    return f"{n:,} {one if n == 1 else more}"


def tab_title(what: str, where: str = "", *, is_error: bool = False) -> str:
    """Return the browser tab's title, without personal data and free text."""
    parts = [part for part in (what, where, PRODUCT) if part]
    return (ERROR_FIRST if is_error else "") + BETWEEN.join(parts)


def optional(label: str) -> str:
    """Return the label of a field that may be left empty."""
    return f"{label} {OPTIONAL}"


MOST_COUNTED = 99


def badge_count(n: int) -> str:
    """Return a count for the navigation; nothing for none."""
    return f"{MOST_COUNTED}+" if n > MOST_COUNTED else str(n) if n else ""


def my_open_tasks(n: int) -> str:
    """Return what is read after "My work": 7 open tasks."""
    return many(n, "open task", "open tasks") if n <= MOST_COUNTED else f"{MOST_COUNTED}+ open tasks"


def failed_mails(n: int) -> str:
    """Return what is read after "Emails": 2 failed; nothing for none."""
    return f"{badge_count(n)} failed" if n else ""


# What happened (appendix B of the screens' specification)


def created(n: int, task_type: str, mailed: str, target: str) -> str:
    """`created`; `mailed` and `target` are ready words without a full stop."""
    return f"Task {n} created: {task_type}. {mailed}. Target {target}."


def claimed(ref: str) -> str:
    """`claimed`."""
    return f"You claimed task {ref}. It is in My work."


def claim_lost(person: str, time: str) -> str:
    """`claim.lost`."""
    return f"{person} claimed this task at {time}, just before you."


def released(n: int, team: str) -> str:
    """`released`."""
    return f"Task {n} is back with {team} for anyone to claim."


def assigned(n: int, person: str) -> str:
    """`assigned`."""
    return f"Task {n} assigned to {person}. {person} was emailed."


def target_changed(n: int, date: str) -> str:
    """`target.changed`."""
    return f"Target of task {n} is now {date}."


def target_removed(n: int) -> str:
    """`target.removed`."""
    return f"Task {n} has no target any more."


def cancelled(n: int, person: str = "") -> str:
    """`cancelled`; without a person nobody had it and nobody was emailed."""
    mailed = f" {person} was emailed." if person else ""
    return f"Task {n} cancelled.{mailed} The reason is in the case history."


def completed(ref: str, time: str, case_manager: str) -> str:
    """`completed`."""
    return f"Task {ref} closed at {time}. {case_manager} can see the result."


def draft_saved(time: str) -> str:
    """`draft.saved`."""
    return f"Draft saved {time}."


def draft_found(task_type: str, time: str) -> str:
    """`draft.found`."""
    return f"You have a draft task: {task_type}, saved {time}."


def updates_pill(n: int) -> str:
    """`updates.pill`."""
    return f"{many(n, 'update', 'updates')} - show"


def tasks_match(n: int) -> str:
    """`filter.count`."""
    return "1 task matches." if n == 1 else f"{n:,} tasks match."


def case_blocked(n: int) -> str:
    """`case.blocked`."""
    return f"You cannot close this case yet. {'1 thing is' if n == 1 else f'{n} things are'} left."


CASE_FREE = "Nothing is left. You can close this case now."
NOTHING_MINE = "You have no open tasks."
MAY_NOT_CANCEL = "This type of task cannot be cancelled."


def only_manager_creates(person: str) -> str:
    """`perm.create`."""
    return f"Only {person}, the case manager, can create tasks on this case."


def old_link(day: str, what_changed: str) -> tuple[str, str]:
    """`old.link`, in two parts; the day is "18 Nov", "today" or "yesterday"."""
    when = day if day in {"today", "yesterday"} else f"on {day}"
    return f"You were emailed about this task {when}.", f"Since then {what_changed}."


def showing(first: int, last: int, total: int, one: str, more: str) -> str:
    """Return the summary under a list: Showing 1 to 25 of 132 tasks."""
    if total == 0:
        return f"No {more}"
    return f"Showing {first:,} to {last:,} of {many(total, one, more)}"
