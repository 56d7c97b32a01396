"""Carry an accepted configuration into the rows, touching only what differs."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from casetasks_app.configuration import mapping, removing, stored
from casetasks_app.configuration.setups import CalendarSetup, CaseTypeSettings, Configuration, TaskTypeSettings, TeamSetup
from casetasks_app.configuration.stored import Stored
from casetasks_app.models import Calendar, CaseType, CaseTypeManagerTeam, Holiday, TaskType, TaskTypeTeam, Team


@dataclass(slots=True)
class Changes:
    """What an import did, each as words: "Task type 'housing-repairs / inspection'"."""

    added: list[str] = field(default_factory=list[str])
    changed: list[str] = field(default_factory=list[str])
    removed: list[str] = field(default_factory=list[str])

    def __bool__(self) -> bool:
        """Tell whether anything changed at all."""
        return bool(self.added or self.changed or self.removed)


class Applying:
    """One import on its way: what is wanted, what is there, and what has been done so far."""

    def __init__(self, session: Session, wanted: Configuration, before: Stored, now: datetime) -> None:
        """Take what is wanted, in order and accepted, and what is stored."""
        self._session = session
        self._wanted = wanted
        self._before = before
        self._old = stored.configuration(session, before)
        self._now = now
        self._changes = Changes()

    def carry_out(self) -> Changes:
        """Remove what is gone, then write what is wanted, from what is referred to down to what refers to it."""
        self._remove()
        teams = {team.key: self._team(team) for team in self._wanted.teams}
        calendars = {calendar.key: self._calendar(calendar) for calendar in self._wanted.calendars}
        ids = mapping.Ids(teams, calendars)
        for case_type in self._wanted.case_types:
            case_type_id = self._case_type(case_type, ids)
            for task in case_type.tasks:
                self._task_type(task, case_type.key, case_type_id, ids)
        self._session.flush()
        return self._changes

    def _remove(self) -> None:
        gone = removing.rows(self._wanted, self._before)
        for row in gone.task_types:
            self._drop(TaskTypeTeam, col(TaskTypeTeam.task_type_id) == row.id)
        for row in gone.case_types:
            self._drop(CaseTypeManagerTeam, col(CaseTypeManagerTeam.case_type_id) == row.id)
        removing.forget_drafts(self._session, gone.task_types)
        self._release_references()
        for rows in (gone.task_types, gone.case_types, gone.calendars, gone.teams):
            for row in rows:
                self._session.delete(row)
            self._session.flush()
        self._changes.removed = gone.words

    def _release_references(self) -> None:
        """Let go of teams and calendars in rows that stay: they are written anew below, and the old may be going."""
        kept = {each.key for each in self._wanted.teams}, {each.key for each in self._wanted.calendars}
        teams = {row.id for key, row in self._before.teams.items() if key not in kept[0]}
        calendars = {row.id for key, row in self._before.calendars.items() if key not in kept[1]}
        self._drop(TaskTypeTeam, col(TaskTypeTeam.team_id).in_(teams))
        self._drop(CaseTypeManagerTeam, col(CaseTypeManagerTeam.team_id).in_(teams))
        for row in self._before.task_types.values():
            row.auto_team_id = None if row.auto_team_id in teams else row.auto_team_id
            row.calendar_id = None if row.calendar_id in calendars else row.calendar_id
        for case_type in self._before.case_types.values():
            case_type.calendar_id = None if case_type.calendar_id in calendars else case_type.calendar_id
        self._release_prefixes()
        self._session.flush()

    def _release_prefixes(self) -> None:
        """Two case types without cases may swap prefixes, which are unique at every moment."""
        for case_type in self._wanted.case_types:
            row = self._before.case_types.get(case_type.key)
            if row and row.prefix != case_type.prefix:
                row.prefix = f"~{row.id}"

    def _drop(self, table: type[SQLModel], condition: sa.ColumnElement[bool]) -> None:
        self._session.exec(sa.delete(table).where(condition))

    def _team(self, team: TeamSetup) -> int:
        old = {each.key: each for each in self._old.teams}.get(team.key)
        row = self._before.teams.get(team.key) or Team(key=team.key, name=team.name)
        if self._note(f"Team '{team.key}'", old, team):
            self._write(row, {"name": team.name, "is_active": not team.is_retired})
        return row.id or 0

    def _calendar(self, calendar: CalendarSetup) -> int:
        old = {each.key: each for each in self._old.calendars}.get(calendar.key)
        row = self._before.calendars.get(calendar.key) or Calendar(key=calendar.key, name="", zone="", revision=0)
        if self._note(f"Calendar '{calendar.key}'", old, calendar):
            self._write(row, {**mapping.calendar_columns(calendar), "revision": row.revision + 1})
            if old is None or old.holidays != calendar.holidays:
                self._drop(Holiday, col(Holiday.calendar_id) == row.id)
                self._session.add_all(Holiday(calendar_id=row.id or 0, on=day, name=name) for day, name in calendar.holidays.items())
        return row.id or 0

    def _case_type(self, case_type: CaseTypeSettings, ids: mapping.Ids) -> int:
        old = {each.key: each for each in self._old.case_types}.get(case_type.key)
        row = self._before.case_types.get(case_type.key) or CaseType(key=case_type.key, name="", prefix="", revision=0)
        if self._note(f"Case type '{case_type.key}'", removing.without_tasks(old), removing.without_tasks(case_type)):
            self._write(row, {**mapping.case_type_columns(case_type, ids), "revision": row.revision + 1})
            self._drop(CaseTypeManagerTeam, col(CaseTypeManagerTeam.case_type_id) == row.id)
            managers = [ids.teams[team] for team in case_type.manager_teams]
            self._session.add_all(CaseTypeManagerTeam(case_type_id=row.id or 0, team_id=team_id) for team_id in managers)
        return row.id or 0

    def _task_type(self, task: TaskTypeSettings, case_type: str, case_type_id: int, ids: mapping.Ids) -> None:
        old = {each.key: each for of in self._old.case_types if of.key == case_type for each in of.tasks}.get(task.key)
        row = self._before.task_types.get((case_type, task.key)) or TaskType(
            case_type_id=case_type_id, key=task.key, name="", plugin="", changed_at=self._now, revision=0
        )
        if self._note(f"Task type '{case_type} / {task.key}'", old, task):
            self._write(row, {**mapping.task_type_columns(task, ids), "revision": row.revision + 1, "changed_at": self._now})
            self._drop(TaskTypeTeam, col(TaskTypeTeam.task_type_id) == row.id)
            self._session.add_all(
                TaskTypeTeam(task_type_id=row.id or 0, team_id=ids.teams[team], position=position)
                for position, team in enumerate(task.groups.teams)
            )

    def _note(self, words: str, old: object, new: object) -> bool:
        if old is None:
            self._changes.added.append(words)
        elif old != new:
            self._changes.changed.append(words)
        return old != new

    def _write(self, row: SQLModel, columns: mapping.Columns) -> None:
        for name, value in columns.items():
            setattr(row, name, value)
        self._session.add(row)
        self._session.flush()
