"""An office to work in."""

import pytest
from sqlmodel import Session

from tests.factories import Office, an_office


@pytest.fixture
def office(session: Session) -> Office:
    """Give an office with a case and one cancellable task type."""
    return an_office(session, is_cancellable=True)
