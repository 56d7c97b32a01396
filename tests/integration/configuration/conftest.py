"""An administrator, who may configure."""

import pytest
from sqlmodel import Session

from casetasks_app.people.rules import Actor
from tests.factories import a_person, actor


@pytest.fixture
def administrator(session: Session) -> Actor:
    """Give somebody who may configure."""
    return actor(session, a_person(session, "Sam Turner", is_administrator=True))
