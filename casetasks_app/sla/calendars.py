"""The clocks that calendar rows stand for, made once for each revision."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app import settings
from casetasks_app.db.statements import looked_up, tuples
from casetasks_app.models import Calendar, CaseType, Holiday, TaskType
from casetasks_app.sla.calendar import BusinessCalendar
from casetasks_app.sla.clocks import Clock, RoundTheClock

_KEPT = 256
_CALENDARS = sa.select(Calendar).where(col(Calendar.id).in_(sa.bindparam("ids", expanding=True)))
_HOLIDAYS = sa.select(col(Holiday.on)).where(col(Holiday.calendar_id) == sa.bindparam("calendar")).order_by(col(Holiday.on))


def clock_for(session: Session, calendar_id: int | None) -> Clock:
    """Return the clock of a calendar, or round the clock in the installation's zone without one (R2)."""
    return clocks_for(session, [calendar_id])[calendar_id]


def clocks_for(session: Session, calendar_ids: Iterable[int | None]) -> dict[int | None, Clock]:
    """Return the clocks of these calendars in one query; None is round the clock."""
    wanted = {calendar_id for calendar_id in calendar_ids if calendar_id is not None}
    found: dict[int | None, Clock] = {None: clock_of(session, None)}
    if wanted:
        for (row,) in tuples(session, _CALENDARS, ids=sorted(wanted)):
            found[row.id] = clock_of(session, row)
    return found


def clock_of(session: Session, calendar: Calendar | None) -> Clock:
    """Return the clock of a loaded calendar; without one it is round the clock."""
    return _business_calendar(session, calendar) if calendar else RoundTheClock(settings.load().time_zone)


def calendar_of(session: Session, *, task_type: TaskType, case_type: CaseType) -> Calendar | None:
    """Return the calendar on which a task type's targets run: its own, else the case type's, None for round the clock (S89)."""
    calendar_id = None if task_type.round_the_clock else task_type.calendar_id or case_type.calendar_id
    return next((row for (row,) in tuples(session, _CALENDARS, ids=[calendar_id])), None) if calendar_id else None


def _business_calendar(session: Session, row: Calendar) -> BusinessCalendar:
    opening = json.dumps([row.week, row.exceptions], sort_keys=True)
    holidays = tuple(day for (day,) in looked_up(session, _HOLIDAYS, calendar=row.id))
    return _made(row.zone, opening, holidays)


@lru_cache(maxsize=_KEPT)
def _made(zone: str, opening: str, holidays: tuple[date, ...]) -> BusinessCalendar:
    # Kept by what it says rather than by number and revision, so that no change can leave an old one behind.
    week, exceptions = json.loads(opening)
    return BusinessCalendar(zone, week, holidays, {date.fromisoformat(day): rows for day, rows in exceptions.items()})
