"""What is wrong with a configuration: one sentence a problem, naming the setting and, from a file, the line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casetasks_app.errors import CaseTasksError

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What no text of a configuration may hold: it cannot be shown, and some of it cannot be stored."""

Path = tuple[str | int, ...]
"""Where a setting stands in the file: ("case_types", 0, "tasks", 2, "sla", "reminders")."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a configuration from being saved; `where` names the setting in its exact label."""

    where: str
    message: str
    path: Path = ()
    line: int | None = None

    def __str__(self) -> str:
        """Return the problem as one line."""
        place = f"Line {self.line}: " if self.line else ""
        return f"{place}{self.where}: {self.message}" if self.where else f"{place}{self.message}"


class ConfigurationRefused(CaseTasksError):
    """This configuration cannot be used; nothing was changed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem; the message lists them in the order of the file."""
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line or 0))
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = "\n".join(f"- {problem}" for problem in self.problems)
        super().__init__(f"This configuration has {count}; nothing was changed.\n{lines}")
