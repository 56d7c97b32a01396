"""A real, migrated database for each test: SQLite always, PostgreSQL as well where the machine has one."""

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlmodel import Session

from casetasks_app import settings
from casetasks_app.db import engine, migrate
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.task_types import registry
from tests import databases


@pytest.fixture(scope="session", autouse=True)
def plugins() -> None:
    """Have the bundled plugins in use; that they pass their check is shown by tests/plugins."""
    registry.load(check=lambda _plugin: ())


@pytest.fixture(scope="session")
def postgres_server() -> Generator[str]:
    """Run one PostgreSQL server for this test process."""
    with databases.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file to copy."""
    folder = tmp_path_factory.mktemp("template")
    with use_database("", folder):
        migrate.upgrade()
    return folder / "casetasks.db"


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[str, str]]:
    """Give a PostgreSQL server and the name of a migrated database to copy."""
    with databases.postgres_database(postgres_server) as url:
        with use_database(url, tmp_path_factory.mktemp("pg-data")):
            migrate.upgrade()
        yield postgres_server, url.rpartition("/")[2]


class use_database:  # noqa: N801  reads as a verb in a with statement
    """Point settings and engine at one database for as long as the context lasts."""

    def __init__(self, url: str, data: Path) -> None:
        """Take the database's address (empty: SQLite in the folder) and the data folder."""
        self._patch = pytest.MonkeyPatch()
        self._values = {"CASETASKS_DATABASE_URL": url, "CASETASKS_DATA_DIR": str(data)}

    def __enter__(self) -> None:
        """Set the environment and forget what was read before."""
        for name, value in self._values.items():
            self._patch.setenv(name, value)
        settings.load.cache_clear()
        engine.for_url.cache_clear()

    def __exit__(self, *_: object) -> None:
        """Close connections and put the environment back."""
        engine.current().dispose()
        self._patch.undo()
        settings.load.cache_clear()
        engine.for_url.cache_clear()


@pytest.fixture(params=databases.kinds())
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """Give a fresh, migrated database that the whole product uses during the test; its value is the kind."""
    if request.param == databases.SQLITE:
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "casetasks.db")
        with use_database("", tmp_path):
            yield databases.SQLITE
        return
    server, template = request.getfixturevalue("migrated_postgres")
    with databases.postgres_database(server, template) as url, use_database(url, tmp_path):
        yield databases.POSTGRESQL


@pytest.fixture
def session(database: str) -> Generator[Session]:
    """Give one open unit of work on the test's database, committed at the end of the test."""
    assert database
    with unit_of_work() as opened:
        yield opened
