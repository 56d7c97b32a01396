"""Notes: what a step leaves in the case history in somebody's own words, for everybody or for case managers alone."""

from collections.abc import Callable
from dataclasses import dataclass

from casetasks_app.task_types.checking import Answers


@dataclass(frozen=True, slots=True)
class Note:
    """A text that was written to be read in the case history.

    A private one is read by the case managers of the case type and by whoever wrote it, a public one by everybody who
    can see the task.
    """

    text: str
    is_private: bool = False


NoteOf = Callable[[str, Answers], Note | None]
"""From a step's name and its accepted answers to the note it leaves, or None when it leaves none."""
