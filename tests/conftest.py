"""What every test may count on: a fixed clock, and settings that come from the test alone."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from casetasks_app import settings

MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


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
