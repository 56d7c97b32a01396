"""A small council office in the database: one case with a manager, a team, and tasks with targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import (
    Calendar,
    Case,
    CaseType,
    CaseTypeManagerTeam,
    HistoryEntry,
    Membership,
    OutgoingMail,
    Person,
    ProcessModel,
    SlaEvent,
    TargetSource,
    Task,
    TaskStep,
    TaskType,
    Team,
    Unit,
)
from casetasks_app.models.columns import NEVER
from casetasks_app.sla import service
from casetasks_app.sla.rules import Amount
from casetasks_app.sla.sweeping import SweepResult

WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
DIGEST = "0" * 64
_USUAL: Any = object()


def london(text: str) -> datetime:
    """Read a wall time of London in 2026: "27 Nov 16:30"."""
    return datetime.strptime(f"{text} 2026", "%d %b %H:%M %Y").replace(tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)


FRIDAY = london("27 Nov 15:00")
"""When the tasks are created, two working days before TUESDAY."""

TUESDAY = london("01 Dec 15:00")


@dataclass(frozen=True)
class Office:
    """The ids of what is there."""

    case_id: int
    task_type_id: int
    calendar_id: int
    manager_id: int
    team_id: int
    members: tuple[int, ...]


def open_office(session: Session) -> Office:
    """Put an office into an empty database: two working days, a reminder one working day before, breaches repeated twice."""
    calendar = Calendar(key="office", name="Office hours", zone="Europe/London", week=WEEK)
    team = Team(key="officers", name="Planning officers")
    people = [_person(name) for name in ("Priya Shah", "Tom Ellis", "Ana Ruiz")]
    session.add_all([calendar, team, *people])
    session.flush()
    session.add_all(Membership(person_id=person.id, team_id=team.id) for person in people[1:])
    case_type = CaseType(key="housing", name="Housing", prefix="HSG", calendar_id=calendar.id)
    session.add_all([case_type, ProcessModel(digest=DIGEST, plugin="standard", plugin_version="1", xml="<x/>", added_at=FRIDAY)])
    session.flush()
    session.add(CaseTypeManagerTeam(case_type_id=case_type.id, team_id=team.id))
    task_type = TaskType(
        case_type_id=case_type.id or 0,
        key="visit",
        name="Site visit",
        plugin="standard",
        target_amount=2,
        target_unit=Unit.DAYS,
        reminders=[{"amount": 1, "unit": "days"}],
        breach_repeat_days=1,
        breach_repeat_times=2,
        allow_override=True,
        changed_at=FRIDAY,
    )
    case = Case(reference="HSG-1042", case_type_id=case_type.id or 0, title="Damp", raised_at=FRIDAY, manager_id=people[0].id)
    session.add_all([task_type, case])
    session.flush()
    ids = [person.id or 0 for person in people]
    return Office(case.id or 0, task_type.id or 0, calendar.id or 0, ids[0], team.id or 0, tuple(ids[1:]))


def add_task(session: Session, office: Office, *, target: Amount | None = _USUAL, created_at: datetime = FRIDAY, number: int = 1) -> Task:
    """Create a task that waits for anyone in the team, with the usual target, another one, or none."""
    task_type, case = session.get_one(TaskType, office.task_type_id), session.get_one(Case, office.case_id)
    task = Task(
        case_id=office.case_id,
        number=number,
        task_type_id=office.task_type_id,
        plugin="standard",
        description="Site visit: 14 Mill Lane",
        model_digest=DIGEST,
        team_id=office.team_id,
        created_at=created_at,
    )
    usual = target is _USUAL
    source = TargetSource.DEFAULT if usual else TargetSource.CUSTOM if target else TargetSource.REMOVED
    wanted = service.default_target(task_type) if usual else target
    case_type = session.get_one(CaseType, case.case_type_id)
    service.set_target(session, task=task, task_type=task_type, case_type=case_type, target=wanted, source=source)
    session.add(task)
    session.flush()
    session.add(_step(task, office, created_at))
    session.flush()
    return task


def sweep(now: datetime, limit: int = 200) -> SweepResult:
    """Sweep once, in a transaction of its own, as the job does."""
    with unit_of_work() as session:
        return service.sweep(session, now=now, limit=limit)


def sweep_at(*moments: datetime) -> list[str]:
    """Sweep at each of these moments and return the subjects that were queued, in order."""
    for moment in moments:
        sweep(moment)
    return subjects()


def subjects() -> list[str]:
    """Return the subjects of all mails in the order in which they were queued."""
    return [mail.subject for mail in mails()]


def mails() -> Sequence[OutgoingMail]:
    """Return all mails in the order in which they were queued."""
    with unit_of_work.read() as session:
        return session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id))).all()


def events() -> list[tuple[str, int, int]]:
    """Return what is on record: kind, ordinal, generation."""
    with unit_of_work.read() as session:
        return [(row.kind, row.ordinal, row.generation) for row in session.exec(select(SlaEvent).order_by(col(SlaEvent.id)))]


def history() -> list[HistoryEntry]:
    """Return the case's history, oldest first."""
    with unit_of_work.read() as session:
        return list(session.exec(select(HistoryEntry).order_by(col(HistoryEntry.id))))


def the_task() -> Task:
    """Return the only task."""
    with unit_of_work.read() as session:
        return session.exec(select(Task)).one()


def _person(name: str) -> Person:
    return Person(email=f"{name.partition(' ')[0].lower()}@example.gov.uk", name=name, created_at=FRIDAY)


def _step(task: Task, office: Office, opened_at: datetime) -> TaskStep:
    return TaskStep(
        task_id=task.id or 0,
        step_id="do",
        name="do",
        title="Site visit",
        team_id=office.team_id,
        is_for_team=True,
        held_since=opened_at,
        opened_at=opened_at,
        sort_at=task.due_at or NEVER,
    )
