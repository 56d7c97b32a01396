"""What a new configuration leaves out, and why some of it has to stay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.configuration.problems import Path, Problem
from casetasks_app.configuration.setups import CaseTypeSettings, Configuration
from casetasks_app.configuration.stored import Stored
from casetasks_app.models import Calendar, Case, CaseType, CreationDraft, Membership, Task, TaskStep, TaskType, Team

_RETIRE = "Keep it and set 'retired: yes' instead."


@dataclass(slots=True)
class Gone:
    """The rows that a configuration leaves out, and the words for them."""

    teams: list[Team] = field(default_factory=list[Team])
    calendars: list[Calendar] = field(default_factory=list[Calendar])
    case_types: list[CaseType] = field(default_factory=list[CaseType])
    task_types: list[TaskType] = field(default_factory=list[TaskType])
    words: list[str] = field(default_factory=list[str])


def rows(wanted: Configuration, before: Stored) -> Gone:
    """Return what is stored and no longer wanted."""
    teams, calendars = {each.key for each in wanted.teams}, {each.key for each in wanted.calendars}
    case_types = {each.key for each in wanted.case_types}
    tasks = {(case_type.key, task.key) for case_type in wanted.case_types for task in case_type.tasks}
    gone_tasks = [key for key in before.task_types if key not in tasks]
    return Gone(
        teams=[row for key, row in before.teams.items() if key not in teams],
        calendars=[row for key, row in before.calendars.items() if key not in calendars],
        case_types=[row for key, row in before.case_types.items() if key not in case_types],
        task_types=[before.task_types[key] for key in gone_tasks],
        words=[
            *(f"Team '{key}'" for key in before.teams if key not in teams),
            *(f"Calendar '{key}'" for key in before.calendars if key not in calendars),
            *(f"Case type '{key}'" for key in before.case_types if key not in case_types),
            *(f"Task type '{case_type} / {task}'" for case_type, task in gone_tasks),
        ],
    )


def problems(session: Session, *, wanted: Configuration, before: Stored) -> list[Problem]:
    """Return everything that is left out or renamed although it is in use."""
    gone = rows(wanted, before)
    of_case_type = {row.id: row.key for row in before.case_types.values()}
    return [
        *(_team_in_use(session, row) for row in gone.teams if _is_used(session, row)),
        *_calendars_in_use(session, gone.calendars),
        *_case_types_in_use(session, gone.case_types),
        *_task_types_in_use(session, gone.task_types, of_case_type, wanted),
        *_prefixes_in_use(session, wanted, before),
    ]


def forget_drafts(session: Session, task_types: Sequence[TaskType]) -> None:
    """Let half-filled creation dialogs start again at the choice of the type."""
    ids = [row.id for row in task_types]
    session.exec(sa.update(CreationDraft).where(col(CreationDraft.task_type_id).in_(ids)).values(task_type_id=None))


def without_tasks(case_type: CaseTypeSettings | None) -> CaseTypeSettings | None:
    """Return a case type's own settings, so that an edit of a task type does not count as one of the case type."""
    return replace(case_type, tasks=()) if case_type else None


def _is_used(session: Session, team: Team) -> bool:
    return any(
        _has(session, condition)
        for condition in (col(Membership.team_id) == team.id, col(Task.team_id) == team.id, col(TaskStep.team_id) == team.id)
    )


def _team_in_use(session: Session, team: Team) -> Problem:
    members = _count(session, col(Membership.team_id) == team.id)
    people = "1 member" if members == 1 else f"{members} members"
    return Problem(f"Team '{team.key}'", f"Has {people if members else 'tasks'} and cannot be removed. {_RETIRE}", ("teams",))


def _calendars_in_use(session: Session, gone: Sequence[Calendar]) -> Iterator[Problem]:
    for row in gone:
        if _has(session, col(Task.target_calendar_id) == row.id):
            yield Problem(f"Calendar '{row.key}'", "The targets of tasks run on it, so it cannot be removed.", ("calendars",))


def _case_types_in_use(session: Session, gone: Sequence[CaseType]) -> Iterator[Problem]:
    for row in gone:
        count = _count(session, col(Case.case_type_id) == row.id)
        if count:
            cases = "1 case" if count == 1 else f"{count:,} cases"
            yield Problem(f"Case type '{row.key}'", f"Has {cases} and cannot be removed. {_RETIRE}", ("case_types",))


def _task_types_in_use(
    session: Session, gone: Sequence[TaskType], of_case_type: dict[int | None, str], wanted: Configuration
) -> Iterator[Problem]:
    places: dict[str, Path] = {each.key: ("case_types", index, "tasks") for index, each in enumerate(wanted.case_types)}
    for row in gone:
        case_type = of_case_type[row.case_type_id]
        count = _count(session, col(Task.task_type_id) == row.id)
        if count and case_type in places:
            tasks = "1 task" if count == 1 else f"{count:,} tasks"
            where = f"Case type '{case_type}', task '{row.key}', Task ID"
            yield Problem(where, f"Has {tasks} and can be neither removed nor renamed. {_RETIRE}", places[case_type])


def _prefixes_in_use(session: Session, wanted: Configuration, before: Stored) -> Iterator[Problem]:
    for index, case_type in enumerate(wanted.case_types):
        row = before.case_types.get(case_type.key)
        if row and row.prefix != case_type.prefix and _has(session, col(Case.case_type_id) == row.id):
            message = f"Cases have references with '{row.prefix}' already, so it cannot become '{case_type.prefix}'."
            yield Problem(f"Case type '{case_type.key}', Reference prefix", message, ("case_types", index, "reference_prefix"))


def _has(session: Session, condition: sa.ColumnElement[bool]) -> bool:
    return session.exec(select(sa.literal(1)).where(condition).limit(1)).first() is not None


def _count(session: Session, condition: sa.ColumnElement[bool]) -> int:
    return session.exec(select(sa.func.count()).where(condition)).one()
