"""An office with very much work: a small organisation made by the product's own verbs, its tasks copied row by row."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from casetasks_app import clock, settings
from casetasks_app.cases import service as cases
from casetasks_app.db import engine, migrate
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Calendar, Case, CaseType, CaseTypeManagerTeam, HistoryEntry, Task, TaskStep, TaskType, TaskTypeTeam
from casetasks_app.people import passwords, service
from casetasks_app.people import queries as people
from casetasks_app.people.rules import Actor
from casetasks_app.task_types import registry
from casetasks_app.tasks import create
from casetasks_app.tasks.wanted import WantedTask

PASSWORD = "correct horse battery"  # noqa: S105  of people who exist for the measurement alone
OFFICERS = 8
MANAGERS = 120
"""As many as there are pages that create tasks: nobody has fifteen of them open."""
TASKS_A_CASE = 5
WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
LATEST = timedelta(days=20)
"""How far ahead the targets of the copied tasks lie, one behind the other."""


@dataclass(frozen=True)
class Office:
    """Who works there, by number, and with which ids."""

    manager_id: int
    officer_ids: tuple[int, ...]
    team_id: int
    case_id: int
    reference: str
    task_type_id: int
    first_task: int
    tasks: int


def manager_email(number: int = 0) -> str:
    """Return under which address a case manager signs in."""
    return f"manager{number}@example.test"


def officer_email(number: int = 0) -> str:
    """Return under which address an officer signs in."""
    return f"officer{number}@example.test"


@contextmanager
def database(folder: Path) -> Generator[None]:
    """Let this process use a fresh SQLite file in a folder."""
    os.environ["CASETASKS_DATA_DIR"] = str(folder)
    for cache in (settings.load, engine.for_url):
        cache.cache_clear()
    folder.mkdir(parents=True, exist_ok=True)
    migrate.upgrade()
    registry.load(check=lambda _plugin: ())
    try:
        yield
    finally:
        engine.current().dispose()


def fill(tasks: int, *, due_now: int = 0) -> Office:
    """Fill the database with an office that has so many open tasks; `due_now` of them have just missed their target."""
    with unit_of_work() as session:
        office = _office(session)
    model = _create(office, "model")
    with unit_of_work() as session:
        _copy(session, office, model, tasks, due_now)
    with unit_of_work() as session:
        session.connection().exec_driver_sql("ANALYZE")
    return replace(office, first_task=model + 1, tasks=tasks)


def actor_of(person_id: int) -> Actor:
    """Return somebody as they act now."""
    with unit_of_work.read() as session:
        found = people.actor(session, person_id=person_id)
    assert found
    return found


def _create(office: Office, key: str) -> int:
    wanted = WantedTask(task_type_id=office.task_type_id, key=key, team_id=office.team_id)
    actor = actor_of(office.manager_id)
    with unit_of_work() as session:
        return create.create(session, case_id=office.case_id, wanted_task=wanted, actor=actor, now=clock.now()).task_id


def _office(session: Session) -> Office:
    now = clock.now()
    emails = [*map(officer_email, range(OFFICERS)), *map(manager_email, range(MANAGERS))]
    people_here = [
        service.add_person(session, email=each, name=f"Person {each.partition('@')[0]}", password=None, now=now) for each in emails
    ]
    hashed = passwords.hashed(PASSWORD)  # once for all: it is made to take long
    for person in people_here:
        person.password_hash = hashed
    ids = [person.id or 0 for person in people_here]
    managers, officers = (service.add_team(session, key=key, name=key.title()) for key in ("managers", "officers"))
    service.set_members(session, team_id=officers.id or 0, members=ids[:OFFICERS], leads=[])
    service.set_members(session, team_id=managers.id or 0, members=ids[OFFICERS:], leads=[])
    task_type = _configuration(session, managers.id or 0, officers.id or 0)
    new = cases.NewCase(case_type_id=task_type.case_type_id, title="Damp in the back room", key="case")
    manager = people.actor(session, person_id=ids[OFFICERS])
    assert manager
    raised = cases.raise_case(session, new=new, actor=manager, now=now)
    return Office(
        ids[OFFICERS], tuple(ids[:OFFICERS]), officers.id or 0, raised.case_id, raised.reference, task_type.id or 0, 0, 0
    )  # fmt: skip


def _configuration(session: Session, managers: int, officers: int) -> TaskType:
    calendar = Calendar(key="office", name="Office hours", zone="Europe/London", week=WEEK)
    session.add(calendar)
    session.flush()
    case_type = CaseType(key="housing", name="Housing repair", prefix="HSG", calendar_id=calendar.id)
    session.add(case_type)
    session.flush()
    session.add(CaseTypeManagerTeam(case_type_id=case_type.id or 0, team_id=managers))
    task_type = TaskType(
        case_type_id=case_type.id or 0,
        key="visit",
        name="Site visit",
        plugin="standard",
        target_amount=2,
        reminders=[{"amount": 1, "unit": "days"}],
        is_cancellable=True,
        changed_at=clock.now(),
    )
    session.add(task_type)
    session.flush()
    session.add(TaskTypeTeam(task_type_id=task_type.id or 0, team_id=officers, position=0))
    session.flush()
    return task_type


def _copy(session: Session, office: Office, model: int, tasks: int, due_now: int) -> None:
    """Copy the model task, its case, step and history, with targets one after the other; the first ones are over by a minute."""
    due = _moment(f"i * {LATEST.total_seconds() / tasks}")
    case = f"{office.case_id} + 1 + i / {TASKS_A_CASE}"
    task = f"{model} + 1 + i"
    made = {"id": case, "reference": "'HSG-9' || i", "raise_key": "NULL", "last_task_number": f"{TASKS_A_CASE}"}
    made["manager_id"] = f"{office.manager_id} + i % {MANAGERS}"
    _clone(session, Case, office.case_id, tasks // TASKS_A_CASE, made | {"id": f"{office.case_id} + 1 + i"})
    look = f"CASE WHEN i < {due_now} THEN {_moment('-60')} ELSE {due} END"
    moved = {"id": task, "case_id": case, "number": f"i % {TASKS_A_CASE} + 1", "creation_key": "NULL"}
    moved["manager_id"] = f"{office.manager_id} + i / {TASKS_A_CASE} % {MANAGERS}"
    _clone(session, Task, model, tasks, moved | {"due_at": look, "next_sla_at": look, "first_reminder_at": look})
    (step,) = session.exec(select(TaskStep.id).where(TaskStep.task_id == model))
    _clone(session, TaskStep, step or 0, tasks, {"id": f"{step} + 1 + i", "task_id": task, "sort_at": due})
    entry = session.exec(select(HistoryEntry.id).where(HistoryEntry.task_id == model).limit(1)).one()
    _clone(session, HistoryEntry, entry or 0, tasks, {"id": f"{entry} + 100 + i", "case_id": case, "task_id": task})


def _moment(seconds: str) -> str:
    return f"strftime('%Y-%m-%d %H:%M:%S', 'now', ({seconds}) || ' seconds') || '.000000'"


def _clone(session: Session, table: type[SQLModel], model: int, count: int, changes: dict[str, str]) -> None:
    stored = sa.inspect(table).tables[0]
    columns = [column.name for column in stored.columns]
    values = ", ".join(changes.get(name, f'm."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    session.connection().exec_driver_sql(
        f'INSERT INTO "{stored.name}" ({names}) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1}) '  # noqa: S608
        f'SELECT {values} FROM n, "{stored.name}" m WHERE m.id = {model}'
    )
