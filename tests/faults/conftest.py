"""A database for each fault, how long to go on, and one closing line a fault with its counters."""

import os
from collections.abc import Callable, Mapping

import pytest

from tests import databases
from tests.integration.conftest import database, migrated_postgres, migrated_sqlite, plugins, postgres_server

__all__ = ["database", "migrated_postgres", "migrated_sqlite", "plugins", "postgres_server"]

IS_LONG = os.environ.get("CASETASKS_TEST_FAULTS") == "long"
KINDS = databases.kinds() if IS_LONG else [databases.SQLITE]
"""The databases under which servers and senders are killed; the short form leaves PostgreSQL to the long one."""

Report = Callable[[str, Mapping[str, int]], None]
_lines = pytest.StashKey[list[str]]()


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Keep a line for the end of the run: what was done, and what was counted."""

    def keep(done: str, counters: Mapping[str, int]) -> None:
        line = f"{done}: {', '.join(f'{count} {name}' for name, count in counters.items())}"
        request.config.stash.setdefault(_lines, []).append(line)

    return keep


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the lines."""
    for line in config.stash.get(_lines, []):
        terminalreporter.write_line(line)
