"""The words of the overview that no other screen uses."""

from collections.abc import Sequence

CASE = "Case"
ANSWERS = "Case details"
CONTACT = "The person who raised it"
NOBODY_NAMED = "No name or email address was given."
NO_ANSWERS = "This type of case asks nothing but a title."
FILES = "Files"
NO_FILES = "No files yet."
ADD_FILES = "Add files"
ADD_FILES_HINT = "PDF, Word, Excel, JPG or PNG. Seen by case managers only, until a file is sent with a task."
ENDED = "How it ended"
OUTCOME = "Outcome"
CLOSED = "Closed"
NOTE = "Note"
NEXT_TARGET = "Next target"
NO_TASKS = "No tasks yet."
TAKE_OVER = "Take over this case"
TAKE_OVER_MORE = "If you take the case over, you create and cancel its tasks, get its reminders, and close it."


def taken_over(reference: str) -> str:
    """Say that the person is now the case manager."""
    return f"You are the case manager of {reference} now."


def all_tasks(reference: str) -> str:
    """Name the link to the tasks."""
    return f"All tasks of {reference}"


def counted(total: int, still_open: int, breached: int) -> str:
    """Say how many tasks there are: "5 tasks, 3 open, 1 breached."."""
    late = f", {breached} breached" if breached else ""
    return f"{total:,} {'task' if total == 1 else 'tasks'}, {still_open:,} open{late}." if total else NO_TASKS


def created_automatically(made: Sequence[tuple[str, str]]) -> str:
    """Say which tasks raising the case created, with who has them; nothing when none were."""
    if not made:
        return ""
    named = [f"{type_name} ({holder})" if holder else type_name for type_name, holder in made]
    listed = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
    count = "1 task was" if len(made) == 1 else f"{len(made)} tasks were"
    return f"{count} created automatically when this case was raised: {listed}."


def who_manages(manager: str) -> str:
    """Say who is responsible now, to somebody who could take over."""
    return f"{manager} is the case manager." if manager else "Nobody is the case manager yet."
