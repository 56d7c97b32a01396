"""A small office on a real database, on SQLite and on PostgreSQL."""

import pytest

from casetasks_app.db.unit_of_work import unit_of_work
from tests.factories import Office, an_office
from tests.integration.conftest import database, migrated_postgres, migrated_sqlite, plugins, postgres_server
from tests.states.conftest import tab_of

__all__ = ["database", "migrated_postgres", "migrated_sqlite", "plugins", "postgres_server", "tab_of"]


@pytest.fixture
def office(database: str) -> Office:
    """Give the office of the factories, committed."""
    assert database
    with unit_of_work() as session:
        office = an_office(session, is_cancellable=True)
        session.flush()
        session.expunge_all()
    return office
