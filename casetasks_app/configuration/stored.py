"""The configuration as the database has it now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from casetasks_app.configuration import mapping
from casetasks_app.configuration.setups import CaseTypeSettings, Configuration, TaskTypeSettings, TeamSetup, in_order
from casetasks_app.models import Calendar, CaseType, CaseTypeManagerTeam, Holiday, TaskType, TaskTypeTeam, Team


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of the configuration, each by its key; task types by case type's key and Task ID."""

    teams: dict[str, Team]
    calendars: dict[str, Calendar]
    case_types: dict[str, CaseType]
    task_types: dict[tuple[str, str], TaskType]


def rows(session: Session, *, for_change: bool = False) -> Stored:
    """Read every row; `for_change` holds the case types, so that two imports follow each other."""
    query = select(CaseType).order_by(col(CaseType.id))
    case_types = session.exec(query.with_for_update() if for_change else query).all()
    keys = {row.id: row.key for row in case_types}
    return Stored(
        teams={row.key: row for row in session.exec(select(Team))},
        calendars={row.key: row for row in session.exec(select(Calendar))},
        case_types={row.key: row for row in case_types},
        task_types={(keys[row.case_type_id], row.key): row for row in session.exec(select(TaskType))},
    )


def configuration(session: Session, stored: Stored) -> Configuration:
    """Return what the rows come to, as people write it and in the one order."""
    keys = mapping.Keys(
        teams={row.id or 0: key for key, row in stored.teams.items()},
        calendars={row.id or 0: key for key, row in stored.calendars.items()},
    )
    holidays = _holidays(session)
    return in_order(
        Configuration(
            teams=tuple(TeamSetup(row.key, row.name, not row.is_active) for row in stored.teams.values()),
            calendars=tuple(mapping.calendar_setup(row, holidays[row.id or 0]) for row in stored.calendars.values()),
            case_types=_case_types(session, stored, keys),
        )
    )


def _holidays(session: Session) -> dict[int, dict[date, str]]:
    found: defaultdict[int, dict[date, str]] = defaultdict(dict)
    for row in session.exec(select(Holiday)):
        found[row.calendar_id][row.on] = row.name
    return found


def _case_types(session: Session, stored: Stored, keys: mapping.Keys) -> tuple[CaseTypeSettings, ...]:
    managers = _keys_by(session.exec(select(CaseTypeManagerTeam.case_type_id, CaseTypeManagerTeam.team_id)).all(), keys)
    groups = select(TaskTypeTeam.task_type_id, TaskTypeTeam.team_id).order_by(col(TaskTypeTeam.position))
    teams = _keys_by(session.exec(groups).all(), keys)
    tasks: defaultdict[str, tuple[TaskTypeSettings, ...]] = defaultdict(tuple)
    for (case_type, _), row in stored.task_types.items():
        tasks[case_type] += (mapping.task_type_settings(row, teams[row.id or 0], keys),)
    return tuple(mapping.case_type_settings(row, managers[row.id or 0], tasks[row.key], keys) for row in stored.case_types.values())


def _keys_by(pairs: Sequence[tuple[int, int]], keys: mapping.Keys) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for owner, team in pairs:
        found[owner] += (keys.teams[team],)
    return found
