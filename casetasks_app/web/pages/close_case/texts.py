"""The words of closing a case."""

from collections.abc import Sequence

CLOSE = "Close case"
TASK, HOLDER, TARGET = "Task", "Assigned to", "Target"
OPEN, CANCEL = "Open", "Cancel task"
CREATE = "Create task"
BACK = "Back to the case"
NO_OPEN_TASKS = "No tasks are open"
NOTHING_REQUIRED = "No required task is missing"
OUTCOME = "Outcome"
OUTCOME_FIRST = "Select the outcome"
NOTE = "Note"
NOTE_HINT = "How the case ended. Case managers see it in the history as a private note."
ONLY_MANAGER = "Only the case manager can close this case."
NOBODY_YET = "Nobody is the case manager yet. Take the case over first."
CLOSED_ALREADY = "This case is closed already."
ANYONE = "Not claimed"


def heading(reference: str) -> str:
    """Return the page's h1."""
    return f"Close case {reference}"


def open_tasks(count: int) -> str:
    """Return the heading over the outstanding tasks."""
    return f"{count} open {'task' if count == 1 else 'tasks'}"


def open_task(number: int) -> str:
    """Return the way to the task that a minimum waits for."""
    return f"Open task {number}"


def caption(reference: str) -> str:
    """Return the caption of the outstanding tasks."""
    return f"Open tasks on case {reference}, by number"


def required(name: str, minimum: int) -> str:
    """Return what a minimum asks for."""
    times = {1: "once", 2: "twice"}.get(minimum, f"{minimum} times")
    return f"“{name}” must be done at least {times}."


def so_far(minimum: int, left: int, created: int, still_open: Sequence[int]) -> str:
    """Return how far a minimum is; cancelled tasks count as created, never as done."""
    parts = [f"{minimum - left} of {minimum} done."] if minimum > left else []
    if still_open:
        numbers = " and ".join(str(number) for number in still_open)
        parts.append(f"Task {numbers} is open." if len(still_open) == 1 else f"Tasks {numbers} are open.")
    elif not created:
        parts.append("Not created yet.")
    elif minimum == left:
        parts.append("The one created was cancelled." if created == 1 else f"The {created} created were cancelled.")
    return " ".join(parts)


def only_manager(manager: str) -> str:
    """Return why somebody else cannot close the case, and who can."""
    return f"{ONLY_MANAGER} Case manager: {manager}." if manager else f"{ONLY_MANAGER} {NOBODY_YET}"


def closed(reference: str) -> str:
    """Return that the case is closed."""
    return f"Case {reference} closed."


def with_outcome(outcome: str) -> str:
    """Return what is said beside it."""
    return f"Outcome: {outcome}. The note is in the case history."
