"""Targets as people type them."""

import pytest

from casetasks_app.models import Unit
from casetasks_app.sla.custom import TargetRefused, checked_target, typed_target
from casetasks_app.sla.rules import Amount

NOT_WHOLE = "Number must be a whole number, like 5. For half a day, use hours."
DAYS_RANGE = "Number of days must be between 1 and 365."
HOURS_RANGE = "Number of hours must be between 1 and 2,000."


@pytest.mark.parametrize(
    ("text", "chosen", "amount"),
    [
        ("5", Unit.DAYS, Amount(5, Unit.DAYS)),
        (" 5 ", Unit.HOURS, Amount(5, Unit.HOURS)),
        ("5 days", Unit.HOURS, Amount(5, Unit.DAYS)),
        ("48h", Unit.DAYS, Amount(48, Unit.HOURS)),
        ("48 Hours", Unit.DAYS, Amount(48, Unit.HOURS)),
        ("1 day", Unit.DAYS, Amount(1, Unit.DAYS)),
        ("3 working  days", Unit.HOURS, Amount(3, Unit.DAYS)),
        ("2 working hours", Unit.DAYS, Amount(2, Unit.HOURS)),
        ("005", Unit.DAYS, Amount(5, Unit.DAYS)),
        ("365", Unit.DAYS, Amount(365, Unit.DAYS)),
        ("2000", Unit.HOURS, Amount(2000, Unit.HOURS)),
    ],
)
def test_a_number_with_or_without_its_unit_is_understood(text: str, chosen: Unit, amount: Amount) -> None:
    """B7, S59, S60."""
    assert typed_target(text, chosen) == amount


@pytest.mark.parametrize(
    ("text", "chosen", "message"),
    [
        ("", Unit.DAYS, "Enter the number of days or hours."),
        (" \t\n", Unit.DAYS, "Enter the number of days or hours."),
        ("five", Unit.DAYS, NOT_WHOLE),
        ("1.5", Unit.DAYS, NOT_WHOLE),
        ("1,5", Unit.DAYS, NOT_WHOLE),
        ("2 weeks", Unit.DAYS, NOT_WHOLE),
        ("5 5", Unit.DAYS, NOT_WHOLE),
        ("\u0665", Unit.DAYS, NOT_WHOLE),
        ("5\0", Unit.DAYS, NOT_WHOLE),
        ("1e3", Unit.DAYS, NOT_WHOLE),
        ("0", Unit.DAYS, DAYS_RANGE),
        ("-3", Unit.DAYS, DAYS_RANGE),
        ("366", Unit.DAYS, DAYS_RANGE),
        ("0h", Unit.DAYS, HOURS_RANGE),
        ("2001", Unit.HOURS, HOURS_RANGE),
        ("9" * 5000, Unit.HOURS, HOURS_RANGE),
    ],
)
def test_anything_else_is_refused_in_the_words_of_the_form(text: str, chosen: Unit, message: str) -> None:
    """B7, R28."""
    with pytest.raises(TargetRefused) as refused:
        typed_target(text, chosen)

    assert refused.value.message == message


def test_an_amount_that_did_not_come_from_typing_is_checked_as_well() -> None:
    """B7: whatever the browser sends."""
    assert checked_target(Amount(365, Unit.DAYS)) == Amount(365, Unit.DAYS)
    with pytest.raises(TargetRefused, match="between 1 and 365"):
        checked_target(Amount(1000, Unit.DAYS))
