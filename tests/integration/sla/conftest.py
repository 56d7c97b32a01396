"""An office for each test of targets."""

import pytest

from casetasks_app.db.unit_of_work import unit_of_work
from tests.integration.sla.office import Office, open_office


@pytest.fixture
def office(database: str) -> Office:
    """Put an office into the test's database."""
    assert database
    with unit_of_work() as session:
        return open_office(session)
