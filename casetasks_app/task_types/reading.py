"""What one person's raw input for one field becomes: a JSON value, or a sentence that says what to correct."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from casetasks_app.task_types import choosing, moments
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.known import Known, NotAccepted, cleaned
from casetasks_app.task_types.shapes import Json

LONGEST_TEXT = 200
LONGEST_LONG_TEXT = 4_000
LARGEST_NUMBER = 1_000_000_000

_WHOLE = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){0,5}|[+-]?[0-9]{1,15}")
_MONEY = re.compile(r"-?£?[0-9]{1,12}(?:\.[0-9]{1,2})?")
_SAID = {"yes": True, "true": True, "on": True, "no": False, "false": False}
_WHEN = {"past": "in the past", "future": "in the future", "today or past": "today or in the past"}
_WHEN["today or future"] = "today or in the future"


def read(row: FieldRow, raw: object, known: Known) -> Json:
    """The JSON value of `raw`; None or an empty list when nothing was answered. Raises NotAccepted."""
    return _READERS[row.kind](row, raw, known)


def _text_of(row: FieldRow, raw: object) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise NotAccepted(row.missing)
    return cleaned(raw, lines=row.kind == "long text")


def _text(row: FieldRow, raw: object, known: Known) -> Json:
    del known
    text = _text_of(row, raw)
    longest = row.limits.max_length or (LONGEST_LONG_TEXT if row.kind == "long text" else LONGEST_TEXT)
    if len(text) > longest:
        raise NotAccepted(f"{row.label} must be {longest:,} characters or less.")
    return text or None


def _number(row: FieldRow, raw: object, known: Known) -> Json:
    del known
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw) if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**15 else _typed(row, raw)
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise NotAccepted(f"{row.label} must be a whole number, like 5.")
    return _within(row, int(text.replace(",", "")))


def _money(row: FieldRow, raw: object, known: Known) -> Json:
    del known
    is_amount = isinstance(raw, int | float) and not isinstance(raw, bool)
    text = f"{raw:.2f}" if is_amount else _typed(row, raw).replace(",", "").replace(" ", "")
    if not text:
        return None
    if not _MONEY.fullmatch(text):
        raise NotAccepted(f"{row.label} must be an amount of money, like 12.50.")
    return _within(row, float(text.replace("£", "")))


def _typed(row: FieldRow, raw: object) -> str:
    """Text typed for a number; anything that is not text is given back as the sentence for this kind."""
    return "?" if raw is not None and not isinstance(raw, str) else _text_of(row, raw)


def _within(row: FieldRow, value: float) -> float:
    low, high = row.limits.at_least, row.limits.at_most
    if low is not None and value < low and high is None:
        raise NotAccepted(f"{row.label} must be {low:,} or more.")
    if high is not None and value > high and low is None:
        raise NotAccepted(f"{row.label} must be {high:,} or less.")
    lowest = -LARGEST_NUMBER if low is None else low
    highest = LARGEST_NUMBER if high is None else high
    if not lowest <= value <= highest:
        raise NotAccepted(f"{row.label} must be between {lowest:,} and {highest:,}.")
    return value


def _date(row: FieldRow, raw: object, known: Known) -> Json:
    return _moment(row, raw, known, moments.read_date, is_day=True)


def _date_and_time(row: FieldRow, raw: object, known: Known) -> Json:
    return _moment(row, raw, known, moments.read_date_and_time, is_day=False)


def _moment(row: FieldRow, raw: object, known: Known, reader: Callable[[object, tzinfo], datetime | None], *, is_day: bool) -> Json:
    try:
        moment = reader(raw, known.zone)
    except moments.NoMoment as refusal:
        raise NotAccepted(f"{row.label} {refusal}") from refusal
    if moment is None:
        return None
    if not moments.is_in_time(moment, row.limits.when, known.now.astimezone(known.zone), is_day=is_day):
        raise NotAccepted(f"{row.label} must be {_WHEN[row.limits.when]}.")
    return moment.date().isoformat() if is_day else moment.isoformat(timespec="seconds")


def _yes_no(row: FieldRow, raw: object, known: Known) -> Json:
    del known
    if isinstance(raw, bool):
        return raw
    text = _typed(row, raw)
    if text and text not in _SAID:
        raise NotAccepted(row.missing)
    return _SAID[text] if text else None


_READERS: Mapping[str, Callable[[FieldRow, object, Known], Json]] = {
    "text": _text,
    "long text": _text,
    "number": _number,
    "money": _money,
    "date": _date,
    "date and time": _date_and_time,
    "yes/no": _yes_no,
    "choice": choosing.read_choice,
    "choices": choosing.read_choices,
    "files": choosing.read_files,
    "person": choosing.read_person,
    "team": choosing.read_team,
    "checklist": choosing.read_checklist,
    "note": lambda row, raw, known: None,  # noqa: ARG005 - a note has no answer
}
