"""The texts around every list: finding, filters, rows per page, selection."""

from collections.abc import Sequence

from casetasks_app.web.messages import many

FIND_IN_LIST = "Find in this list"
FIND_HINT = "Reference, name, type or person."
FIND = "Find"
FILTERS = "Filters"
FILTER = "filter"
CLEAR_FILTERS = "Clear filters"
REMOVE_FILTER = "Remove filter"
ROWS_PER_PAGE = "Rows per page"
ROWS = "Rows:"
NOTHING_OFFERED = "There is nothing to choose here."
SELECT = "Select"
SELECT_ALL = "Select all tasks on this page"
SELECT_TASK = "Select task"
SELECTION = {
    "label": "Selected tasks",
    "selected": "{n} selected",
    "nothing": "Select at least one task.",
    "clear": "Clear selection",
    "them": "selected tasks",
    "assign": "Assign",
    "claim": "Claim",
    "release": "Release",
    "export": "Export",
    "exporting": "{n} selected: the download has begun.",
    "page": "{n} tasks on this page selected.",
    "all": "Select all {n} tasks that match{aside}",
    "everything": "All {n} tasks that match are selected{aside}.",
}
MOST_REASONS = 10
SAVED_VIEWS = "Saved views"
YOUR_VIEWS = "Your views"
SAVE_VIEW = "Save this view"
SAVE = "Save"
SAVE_AS_NEW = "Save as new"
UPDATE_VIEW = "Update"
UNDO_CHANGES = "Undo changes"
CHANGED = "Changed"
DELETE = "Delete"
DELETE_VIEW = "Delete view"
KEEP_VIEW = "Keep view"
VIEW_NAME = "Name"
VIEW_NAME_HINT = "40 characters at most."
WHO_SEES_IT = "Who sees it?"
ONLY_ME = "Only me"
VIEW_SAVED = "The view is saved."
VIEW_UPDATED = "The view is updated."
VIEW_DELETED = "The view is deleted."
COLUMNS = "Columns"
COLUMNS_SHOWN = "Columns that are shown"
DENSITY = "Density"
DENSITIES = {"comfortable": "Comfortable", "compact": "Compact"}
DENSITY_IS = {"comfortable": "Rows are comfortable now.", "compact": "Rows are compact now."}
DONE = {"claim": "claimed", "release": "put back"}
EXPORT = "Export"
WHOLE_LIST = "the whole list"
YES, NO = "Yes", "No"
TASK_COLUMNS = (
    "Reference", "Task", "Type", "Case", "Title of the case", "Asked by", "Created:", "Assigned to", "Status", "Outcome",
    "Target:", "Breached", "Closed or cancelled:",
)  # fmt: skip
CASE_COLUMNS = ("Case", "Title", "Type", "Status", "Open tasks", "Next target:", "Case manager", "Opened:")
"""The first rows of exported files; what ends in a colon is a moment."""

WHO = "Who should do them?"
ASSIGN_TASKS = "Assign tasks"
THEY_ARE_EMAILED = "They get an email for each task."


def view_named(name: str) -> str:
    """Return what the menu of saved views says while one is open: "View: Late ones"."""
    return f"View: {name}"


def delete_this(name: str) -> str:
    """Return the title of the dialog before a view is deleted."""
    return f"Delete the view “{name}”?"


def delete_means(team: str) -> str:
    """Return what deleting a view means; without a team it is one's own."""
    whose = f"Everyone in {team} loses it. " if team else ""
    return f"{whose}The list and its tasks stay as they are. A deleted view cannot be brought back."


def my_team(name: str) -> str:
    """Return whom a lead may keep a view for: "My team: Planning officers"."""
    return f"My team: {name}"


def column_is(label: str, *, is_shown: bool) -> str:
    """Return what is read out when a column comes or goes: "Column Case is hidden now."."""
    return f"Column {label} is {'shown' if is_shown else 'hidden'} now."


def chosen(n: int) -> str:
    """Return how many values a filter has: "2 chosen"."""
    return f"{n} chosen"


def cut_off(n: int, more: str) -> str:
    """Return the last row of a file that could not take all: "Only the first 10,000 tasks are in this file. …"."""
    return f"Only the first {n:,} {more} are in this file. Choose filters and export again to get the others."


def finding(text: str) -> str:
    """Return the chip of what is looked for: "Find: mill lane"."""
    return f"{FIND}: {text}"


def match(n: int, one: str, more: str) -> str:
    """`filter.count`: "12 tasks match."."""
    return f"{many(n, one, more)} {'matches' if n == 1 else 'match'}."


def none_match(more: str) -> str:
    """Return what an empty list says while filters are chosen."""
    return f"No {more} match these filters."


def nothing_found(text: str, where: str) -> str:
    """Return what an empty list says while something is looked for: "0 results for ‘mill lnae’ in open tasks."."""
    return f"0 results for ‘{text}’ in {where}."


def folded_included(n: int) -> str:
    """Return what follows "Select all 12 tasks that match" while some of them are folded away; empty for none."""
    return f", {many(n, 'closed or cancelled one', 'closed and cancelled ones')} included" if n else ""


def failed(code: str, time: str) -> str:
    """Return what to tell the service desk about a list that could not be loaded."""
    return f"Tell your service desk: list-{code}, {time}."


def assigned_to(name: str) -> str:
    """Return what was done to tasks that went to a person or a team."""
    return f"assigned to {name}"


def assign_these(n: int) -> str:
    """Return the title of the dialog: "Assign 3 tasks"."""
    return f"Assign {many(n, 'task', 'tasks')}"


def bulk_result(done: int, what: str, refused: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """`bulk.result` in two parts: "4 tasks assigned to Ana Ruiz." and "1 was not: task HSG-1042/3. Tom Ellis closed …"."""
    first = f"{many(done, 'task', 'tasks') if done else 'No task'} {what}."
    if not refused:
        return first, ""
    reasons = [f"Task {reference}: {reason}" if reference else reason for reference, reason in refused[:MOST_REASONS]]
    if len(refused) > MOST_REASONS:
        reasons.append(f"And {len(refused) - MOST_REASONS:,} more.")
    return first, f"{len(refused):,} {'was' if len(refused) == 1 else 'were'} not. {' '.join(reasons)}"


def only_first(n: int) -> str:
    """Say that more matched than one press takes."""
    return f"Only the first {n:,} that match were taken. Select all again for the others."
