"""Days and moments as people type them: ISO, 26/11/2026, 26 November 2026, or separate boxes."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo

from casetasks_app.task_types.shapes import Json, record

REAL_DATE = "must be a real date."
WITH_YEAR = "must include a year."
WITH_TIME = "must include a time, like 14:30."

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SPOKEN = re.compile(r"([0-9]{1,2})[\s/.-]+([0-9]{1,2}|[A-Za-z]{3,9})(?:[\s/.,-]+([0-9]{1,6}))?")
_WITH_TIME = re.compile(r"(.+?)(?:T|,?\s+)([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_LONGEST = 40
_FIRST_YEAR, _LAST_YEAR = 1000, 9000


class NoMoment(ValueError):
    """The text is no day or moment; the argument completes “{Label} …”."""


def read_date(raw: object, zone: tzinfo) -> datetime | None:
    """The day as its first moment in `zone`, None when nothing was typed. Raises NoMoment."""
    text = _joined(raw)
    return datetime.combine(_day(text), time(), zone) if text else None


def read_date_and_time(raw: object, zone: tzinfo) -> datetime | None:
    """The moment, aware, in `zone`; local time is meant unless an offset is given. Raises NoMoment.

    A time that the clocks jump over does not exist and is refused; of a time that comes twice the first is taken.
    """
    text = _joined(raw)
    if not text:
        return None
    parts = _WITH_TIME.fullmatch(text)
    if parts is None:
        _day(text)
        raise NoMoment(WITH_TIME)
    day, hour, minute, offset = parts.groups()
    if offset:
        return _with_offset(text, zone)
    return _local(_day(day), int(hour), int(minute), zone)


def is_in_time(moment: datetime, when: str, now: datetime, *, is_day: bool) -> bool:
    """Whether `moment` lies where `when` wants it; both in the same zone. Whole days are compared as days."""
    same_day = moment.date() == now.date()
    is_later = moment.date() > now.date() if is_day else moment > now
    is_earlier = moment.date() < now.date() if is_day else moment < now
    wanted = {
        "past": is_earlier,
        "future": is_later,
        "today or past": is_earlier or same_day,
        "today or future": is_later or same_day,
    }
    return wanted.get(when, True)


def _joined(raw: object) -> str:
    """One text from a text or from boxes called day, month, year, date and time."""
    if raw is None:
        return ""
    boxes = record(raw)
    if boxes is not None:
        raw = _from_boxes(boxes)
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        raise NoMoment(REAL_DATE)
    return raw.strip()


def _from_boxes(boxes: Mapping[str, Json]) -> str:
    written = [boxes.get(key) or "" for key in ("day", "month", "year", "date", "time")]
    if not all(isinstance(box, str | int) for box in written):
        raise NoMoment(REAL_DATE)
    day = "/".join(str(box).strip() for box in written[:3] if box)
    return " ".join(str(part).strip() for part in (day, *written[3:]) if part)


def _day(text: str) -> date:
    iso = _ISO.fullmatch(text)
    if iso:
        return _real(*iso.groups())
    spoken = _SPOKEN.fullmatch(text)
    if spoken is None:
        raise NoMoment(REAL_DATE)
    day, month, year = spoken.groups()
    if month.isalpha():
        month = str(_MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in _MONTHS else "13"
    if year is None:
        _real("2000", month, day)
        raise NoMoment(WITH_YEAR)
    return _real(year if len(year) == len("2026") else "0", month, day)


def _real(year: str, month: str, day: str) -> date:
    try:
        real = date(int(year), int(month), int(day))
    except ValueError as refusal:
        raise NoMoment(REAL_DATE) from refusal
    if not _FIRST_YEAR <= real.year <= _LAST_YEAR:
        raise NoMoment(REAL_DATE)
    return real


def _local(day: date, hour: int, minute: int, zone: tzinfo) -> datetime:
    try:
        moment = datetime.combine(day, time(hour, minute), zone)
    except ValueError as refusal:
        raise NoMoment(REAL_DATE) from refusal
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise NoMoment("must be a time that exists: the clocks go forward then.")
    return moment


def _with_offset(text: str, zone: tzinfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text).astimezone(zone)
    except (ValueError, OverflowError) as refusal:
        raise NoMoment(REAL_DATE) from refusal
    _real(str(moment.year), str(moment.month), str(moment.day))
    return moment.replace(second=0, microsecond=0)


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FULL_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: date) -> str:
    """“Thursday 26 November 2026”."""
    return f"{_DAYS[day.weekday()]} {day.day} {_FULL_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime) -> str:
    """“Thursday 26 November 2026, 17:00”, in the zone the moment is given in."""
    return f"{day_in_words(moment)}, {moment:%H:%M}"


def in_words(stored: str) -> str:
    """A stored day or moment in words; what is neither is given back as it is."""
    try:
        moment = datetime.fromisoformat(stored)
    except ValueError:
        return stored
    return moment_in_words(moment) if "T" in stored else day_in_words(moment)
