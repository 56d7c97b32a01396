"""A target as a case manager types it: "5", " 48h", "5 working days" (B7)."""

import re

from casetasks_app.errors import CaseTasksError
from casetasks_app.models.configuration import Unit
from casetasks_app.sla.rules import CUSTOM_RANGE, Amount

_TYPED = re.compile(r"([+-]?[0-9]+)\s*([a-z ]*)", re.IGNORECASE)
_UNITS = {
    "": None,
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "working hour", "working hours"), Unit.HOURS),
    **dict.fromkeys(("d", "day", "days", "working day", "working days"), Unit.DAYS),
}
_LONGEST_NUMBER = 9


class TargetRefused(CaseTasksError):
    """Enter the number of days or hours."""


class NotAWholeNumber(TargetRefused):
    """Number must be a whole number, like 5. For half a day, use hours."""


def typed_target(text: str, unit: Unit = Unit.DAYS) -> Amount:
    """Return what was typed as an amount; a unit in the text wins over the chosen `unit` (B7, S59, S60).

    Raises TargetRefused in the words to show beside the field.
    """
    cleaned = " ".join(text.split())
    if not cleaned:
        raise TargetRefused
    found = _TYPED.fullmatch(cleaned)
    written_unit = " ".join(found[2].lower().split()) if found else "?"
    if found is None or written_unit not in _UNITS:
        raise NotAWholeNumber
    # More digits than any range has need not become a number: Python refuses thousands of them.
    digits = found[1].lstrip("+").lstrip("0") or "0"
    number = int(digits) if len(digits) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER
    return checked_target(Amount(number, _UNITS[written_unit] or unit))


def checked_target(wanted: Amount) -> Amount:
    """Return the amount if a case manager may set it for one task, else raise TargetRefused naming the limits (B7, R28)."""
    lowest, highest = CUSTOM_RANGE[wanted.unit]
    if not lowest <= wanted.amount <= highest:
        msg = f"Number of {wanted.unit.value} must be between {lowest} and {highest:,}."
        raise TargetRefused(msg)
    return wanted
