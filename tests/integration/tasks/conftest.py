"""An office to work in."""

import pytest
from sqlmodel import Session

from tests.factories import Office, an_office


@pytest.fixture
def office(session: Session) -> Office:
    """Give an office with a case and one cancellable task type with every option on."""
    return an_office(
        session,
        is_cancellable=True,
        email_team=True,
        allow_override=True,
        ask_description=True,
        ask_summary=True,
        ask_attachments=True,
        ask_case_details=True,
        target_amount=2,
        default_description="Visit {{ case.title }}",
        default_summary="Look at {{ case.reference }}.",
        reminders=[{"amount": 1, "unit": "days"}],
    )
