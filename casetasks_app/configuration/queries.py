"""Case types and task types as the rest of the product uses them: ids resolved, ready to show."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.configuration import mapping
from casetasks_app.configuration.setups import Amount
from casetasks_app.db.statements import columns, looked_up, tuples
from casetasks_app.errors import NotFound
from casetasks_app.models import CaseType, CaseTypeManagerTeam, TaskType, TaskTypeTeam, Team
from casetasks_app.task_types.fields import FieldRow

MOST_CASE_TYPES = 500
MOST_TASK_TYPES = 500


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team that can be offered."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class CaseTypeRow:
    """A case type in a list; `task_types` counts those that can be used for new tasks."""

    id: int
    key: str
    name: str
    prefix: str
    is_retired: bool
    task_types: int


@dataclass(frozen=True, slots=True)
class CaseTypeSetup:
    """One case type with its form; without `calendar_id` targets run round the clock."""

    id: int
    key: str
    name: str
    prefix: str
    form: tuple[FieldRow, ...]
    outcomes: tuple[str, ...]
    manager_teams: tuple[TeamChoice, ...]
    calendar_id: int | None
    is_retired: bool
    revision: int


@dataclass(frozen=True, slots=True)
class TaskTypeSetup:
    """One task type with every setting of behaviour section 2.

    `teams` are the assignment groups in their order, retired teams left out. `calendar_id` is the one that
    counts: the task type's own, else the case type's; None is round the clock (R2).
    """

    id: int
    case_type_id: int
    key: str
    name: str
    hint: str
    plugin: str
    plugin_settings: Mapping[str, object]
    order_index: int
    default_description: str
    default_summary: str
    ask_description: bool
    ask_summary: bool
    ask_attachments: bool
    ask_case_details: bool
    auto_assign: bool
    teams: tuple[TeamChoice, ...]
    email_team: bool
    target: Amount | None
    reminders: tuple[Amount, ...]
    breach_repeat_days: int | None
    breach_repeat_times: int | None
    allow_override: bool
    calendar_id: int | None
    is_cancellable: bool
    cancel_reasons: tuple[str, ...]
    auto_generate: bool
    auto_team: TeamChoice | None
    auto_attachments: bool
    auto_field: str
    minimum: int
    maximum: int
    prerequisites: tuple[str, ...]
    is_retired: bool
    changed_at: datetime
    revision: int


_TASK_TYPE = columns(TaskType).where(col(TaskType.id) == sa.bindparam("task_type_id"))
_CALENDARS = columns(col(CaseType.id), col(CaseType.calendar_id)).where(col(CaseType.id).in_(sa.bindparam("ids", expanding=True)))
_GROUPS = (
    columns(col(TaskTypeTeam.task_type_id), col(Team.id), col(Team.key), col(Team.name))
    .join(Team, col(Team.id) == col(TaskTypeTeam.team_id))
    .where(col(TaskTypeTeam.task_type_id).in_(sa.bindparam("ids", expanding=True)), col(Team.is_active))
    .order_by(col(TaskTypeTeam.position))
)


def case_types(session: Session, *, ids: Collection[int] | None = None, with_retired: bool = False) -> list[CaseTypeRow]:
    """Return case types by name: all, or those among `ids`; retired ones only if asked for."""
    usable = sa.func.count(col(TaskType.id)).filter(~col(TaskType.is_retired))
    query = (
        select(CaseType, usable)
        .join(TaskType, col(TaskType.case_type_id) == CaseType.id, isouter=True)
        .group_by(col(CaseType.id))
        .order_by(CaseType.name, col(CaseType.id))
        .limit(MOST_CASE_TYPES)
    )
    if ids is not None:
        query = query.where(col(CaseType.id).in_(ids))
    if not with_retired:
        query = query.where(~col(CaseType.is_retired))
    return [CaseTypeRow(row.id or 0, row.key, row.name, row.prefix, row.is_retired, count) for row, count in session.exec(query)]


def case_type(session: Session, *, case_type_id: int) -> CaseTypeSetup:
    """Return one case type; raises NotFound."""
    row = session.get(CaseType, case_type_id)
    if row is None:
        raise NotFound
    return _case_type(session, row)


def case_type_by_key(session: Session, *, key: str) -> CaseTypeSetup:
    """Return the case type with this key; raises NotFound."""
    row = session.exec(select(CaseType).where(CaseType.key == key)).first()
    if row is None:
        raise NotFound
    return _case_type(session, row)


def task_types(session: Session, *, case_type_id: int, with_retired: bool = False) -> list[TaskTypeSetup]:
    """Return the task types of a case type in Task List Order Index order, ties by name (S33)."""
    query = select(TaskType).where(TaskType.case_type_id == case_type_id)
    if not with_retired:
        query = query.where(~col(TaskType.is_retired))
    query = query.order_by(col(TaskType.order_index), TaskType.name, TaskType.key).limit(MOST_TASK_TYPES)
    return _setups(session, session.exec(query).all())


def task_type(session: Session, *, task_type_id: int) -> TaskTypeSetup:
    """Return one task type, retired or not; raises NotFound."""
    found = _setups(session, [row for (row,) in tuples(session, _TASK_TYPE, task_type_id=task_type_id)])
    if not found:
        raise NotFound
    return found[0]


def _case_type(session: Session, row: CaseType) -> CaseTypeSetup:
    teams = session.exec(
        select(Team)
        .join(CaseTypeManagerTeam, col(CaseTypeManagerTeam.team_id) == Team.id)
        .where(CaseTypeManagerTeam.case_type_id == row.id, col(Team.is_active))
        .order_by(Team.name)
    ).all()
    return CaseTypeSetup(
        id=row.id or 0,
        key=row.key,
        name=row.name,
        prefix=row.prefix,
        form=tuple(FieldRow.from_json(stored) for stored in row.form),
        outcomes=tuple(row.outcomes),
        manager_teams=tuple(_choice(team) for team in teams),
        calendar_id=row.calendar_id,
        is_retired=row.is_retired,
        revision=row.revision,
    )


def _setups(session: Session, rows: Collection[TaskType]) -> list[TaskTypeSetup]:
    if not rows:
        return []
    wanted = {row.case_type_id for row in rows}
    calendars = dict(tuples(session, _CALENDARS, ids=sorted(wanted)))  # pyright: ignore[reportArgumentType]
    teams = _teams_of(session, [row.id for row in rows])
    generated = _teams_by_id(session, {row.auto_team_id for row in rows if row.auto_team_id})
    return [_setup(row, teams[row.id or 0], generated.get(row.auto_team_id or 0), calendars.get(row.case_type_id)) for row in rows]


def _setup(row: TaskType, teams: tuple[TeamChoice, ...], auto_team: TeamChoice | None, default_calendar: int | None) -> TaskTypeSetup:
    stored = row.model_dump(exclude=_RESOLVED)
    return TaskTypeSetup(
        **stored,
        id=row.id or 0,
        teams=teams,
        auto_team=auto_team,
        target=Amount(row.target_amount, row.target_unit) if row.target_amount else None,
        reminders=mapping.amounts(row.reminders),
        calendar_id=None if row.round_the_clock else row.calendar_id or default_calendar,
        cancel_reasons=tuple(row.cancel_reasons),
        prerequisites=tuple(row.prerequisites),
    )


_RESOLVED = {
    "id", "target_amount", "target_unit", "reminders", "calendar_id", "round_the_clock", "auto_team_id",
    "cancel_reasons", "prerequisites",
}  # fmt: skip


def _teams_of(session: Session, task_type_ids: Collection[int | None]) -> dict[int, tuple[TeamChoice, ...]]:
    found: defaultdict[int, tuple[TeamChoice, ...]] = defaultdict(tuple)
    for task_type_id, *team in looked_up(session, _GROUPS, ids=task_type_ids):
        found[task_type_id] += (TeamChoice(*team),)
    return found


def _teams_by_id(session: Session, ids: Collection[int]) -> dict[int, TeamChoice]:
    if not ids:
        return {}
    return {team.id or 0: _choice(team) for team in session.exec(select(Team).where(col(Team.id).in_(ids), col(Team.is_active)))}


def _choice(team: Team) -> TeamChoice:
    return TeamChoice(team.id or 0, team.key, team.name)
