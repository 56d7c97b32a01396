"""Moments and lengths of time in the words of a mail, in the installation's zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAY_NAMES = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def long(moment: datetime, zone: ZoneInfo) -> str:
    """Say a moment with weekday, year and zone: `Thursday 26 November 2026, 17:00 GMT`."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}"


def short_day(moment: datetime, zone: ZoneInfo) -> str:
    """Say the day of a moment for a subject: `26 Nov`."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b}"


def near(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Say a moment for a subject: `tomorrow 09:15`, or `Thu 26 Nov 09:15` when it is further away."""
    local, day = moment.astimezone(zone), _day_name(moment, now, zone)
    return f"{day} {local:%H:%M}" if day else f"{local:%a} {local.day} {local:%b %H:%M}"


def was_near(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Say a past moment for a subject: `09:15 today`, or `26 Nov` when it is further away."""
    day = _day_name(moment, now, zone)
    return f"{moment.astimezone(zone):%H:%M} {day}" if day else short_day(moment, zone)


def span(length: timedelta) -> str:
    """Say a length of time in its largest unit, rounded down: `5 minutes`, `2 days`."""
    seconds = max(0, int(length.total_seconds()))
    for size, unit in _UNITS:
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "less than a minute"


def _day_name(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    days = (moment.astimezone(zone).date() - now.astimezone(zone).date()).days
    return _DAY_NAMES.get(days, "")
