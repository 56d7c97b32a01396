"""Sentences of the tasks tab. Pure."""

from datetime import datetime

from casetasks_app.cases.tasks_tab import TasksTab
from casetasks_app.moments import bare_date, clock_time, local
from casetasks_app.web import messages

NO_TASKS = "No tasks yet."
WHAT_TASKS_ARE = "Tasks are pieces of work for a team or a person, and are kept with this case."
NONE_FOR_YOU = "None of this case’s tasks is yours or your team’s."
NOT_USED = "This type of case does not use tasks."
CLOSED = "This case is closed. Tasks can only be created on open cases."
NO_MANAGER = "This case has no case manager yet. Take it over to create tasks."
DISCARDED = "Draft thrown away."
REQUIRED = "Required to close"
OPEN_TASK = "Open task"
CLAIM_NEXT = "Claim the next one"


def why_not(found: TasksTab) -> str:
    """Return the sentence that stands where others have Create task; empty for who has it, or needs no reason."""
    header = found.header
    if found.may_create or not header.sees_all:
        return ""
    if not header.is_open:
        return CLOSED
    return messages.only_manager_creates(header.manager) if header.manager else NO_MANAGER


def needed(found: TasksTab) -> str:
    """Return how much of what closing needs is done; empty where nothing is needed."""
    if not found.needed.minimum or not found.header.is_open:
        return ""
    return f"To close this case: {found.needed.completed} of {found.needed.minimum} required tasks done."


def empty(found: TasksTab) -> str:
    """Return what an empty list means to this person; empty while there are tasks."""
    if found.tasks:
        return ""
    return WHAT_TASKS_ARE if found.header.sees_all else NONE_FOR_YOU


def not_used(type_name: str) -> str:
    """Return why the tab has nothing to show (B1, S7)."""
    return f"Cases of type “{type_name}” have no task types set up."


def group(name: str, count: int) -> str:
    """Return a heading inside the table: "Open (3)"."""
    return f"{name} ({count})"


def fold(count: int, *, is_shown: bool) -> str:
    """Return what the link under a folded or unfolded group says."""
    return f"{'Hide' if is_shown else 'Show'} {messages.many(count, 'closed or cancelled task', 'closed and cancelled tasks')}"


def printed(reference: str, person: str, now: datetime) -> str:
    """Return the line that only paper shows."""
    day = bare_date(local(now).date(), local(now).date())
    return f"{reference}, Tasks, printed {day} {local(now).year} {clock_time(now)} by {person}"
