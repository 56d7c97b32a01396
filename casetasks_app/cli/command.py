"""What a verb of the `casetasks` command is made of."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass


def _nothing(_parser: ArgumentParser) -> None:
    """Add no arguments."""


@dataclass(frozen=True)
class Command:
    """One verb: its words ("person add"), what it does in a line, its arguments and how it is carried out.

    `run` gets the parsed arguments and returns the exit code, None for 0. It imports what it needs itself, so
    that `casetasks --help` stays quick. A CaseTasksError it raises is printed as one sentence; the exit code is 1.
    """

    name: str
    summary: str
    run: Callable[[Namespace], int | None]
    arguments: Callable[[ArgumentParser], None] = _nothing
