"""Moments and days as people read them, in the installation's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from casetasks_app import settings

_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_WEEKDAY_SHOWN_FOR = 14
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKEND = (5, 6)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def local(moment: datetime, zone: str = "") -> datetime:
    """Return a moment as wall time of a zone, without one of the installation's."""
    return moment.astimezone(ZoneInfo(zone or settings.load().time_zone))


def long_moment(moment: datetime, zone: str = "") -> str:
    """Return "Thursday 26 November 2026, 17:00", for sentences and mails."""
    wall = local(moment, zone)
    return f"{_WEEKDAYS[wall.weekday()]} {wall.day} {_MONTHS[wall.month - 1]} {wall.year}, {wall:%H:%M}"


def short_moment(moment: datetime, now: datetime, zone: str = "") -> str:
    """Return "today, 17:00", "Thu 26 Nov, 17:00" or "6 Jan 2027, 09:00", for tables."""
    return f"{short_date(moment, now, zone)}, {clock_time(moment, zone)}"


def short_date(moment: datetime, now: datetime, zone: str = "") -> str:
    """Return "today", "tomorrow" or "yesterday", else the date; with its weekday within the next 14 days."""
    day, today = local(moment, zone).date(), local(now, zone).date()
    away = (day - today).days
    if away in _NEAR:
        return _NEAR[away]
    weekday = f"{_WEEKDAYS[day.weekday()][:3]} " if 0 < away <= _WEEKDAY_SHOWN_FOR else ""
    return weekday + bare_date(day, today)


def bare_date(day: date, today: date) -> str:
    """Return "26 Nov", with the year only if it is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1][:3]}{year}"


def clock_time(moment: datetime, zone: str = "") -> str:
    """Return "17:00"."""
    return f"{local(moment, zone):%H:%M}"


def days_apart(a: datetime, b: datetime, zone: str = "") -> int:
    """Return how many midnights lie between two moments, negative if `b` is earlier."""
    return (local(b, zone).date() - local(a, zone).date()).days


def long_date(moment: datetime, zone: str = "") -> str:
    """Return "Wednesday 18 November", with the year left to the context."""
    wall = local(moment, zone)
    return f"{_WEEKDAYS[wall.weekday()]} {wall.day} {_MONTHS[wall.month - 1]}"


def weekend_day(moment: datetime, zone: str = "") -> str:
    """Return "Saturday" or "Sunday" when a moment falls on one, else nothing."""
    day = local(moment, zone).weekday()
    return _WEEKDAYS[day] if day in _WEEKEND else ""
