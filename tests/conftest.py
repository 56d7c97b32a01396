"""What every test may count on: a fixed clock, and settings that come from the test alone."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casetasks_app import settings

SLOW_FIRST = ("installed", "faults", "e2e", "security")
"""Folders whose few tests take long: two processes that share the work end together only if these are begun first."""

MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put slow folders first, whole files at a time."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    return SLOW_FIRST.index(folder) if folder in SLOW_FIRST else len(SLOW_FIRST)


@pytest.fixture
def now() -> datetime:
    """Give the moment at which a test takes place: a Monday morning without a clock change near."""
    return MONDAY_MORNING


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Forget the settings of the machine: nothing a test does may reach its data folder or its mail server."""
    patch = pytest.MonkeyPatch()
    for name in tuple(os.environ):
        if name.startswith("CASETASKS_") and not name.startswith("CASETASKS_TEST_"):
            patch.delenv(name)
    patch.setenv("CASETASKS_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    settings.load.cache_clear()
    yield
    patch.undo()
    settings.load.cache_clear()
