"""Questions about one case: what stands on its pages, and what blocks closing it."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from casetasks_app import settings
from casetasks_app.cases import blockers, rules, service
from casetasks_app.db.statements import columns, tuples
from casetasks_app.errors import NotFound
from casetasks_app.files import queries as files
from casetasks_app.history import queries as history
from casetasks_app.models import Case, CaseStatus, CaseType, Person, TaskStatus
from casetasks_app.people import choices
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.summary import TaskView, said
from casetasks_app.tasks.queries import case_files, of_case
from casetasks_app.tasks.queries.of_case import TaskCounts
from casetasks_app.tasks.queries.rows import TaskRow


@dataclass(frozen=True, slots=True)
class CaseHeader:
    """What every page of a case shows on top, and what the person may do with the case."""

    id: int
    reference: str
    title: str
    type_name: str
    case_type_id: int
    status: str
    opened: str
    closed: str
    outcome: str
    manager: str
    manager_email: str
    is_manager: bool
    may_take_over: bool
    sees_all: bool
    has_tasks_tab: bool
    counts: TaskCounts
    version: int
    opened_iso: str = ""
    closed_iso: str = ""
    """When it was raised and closed, for machines; empty while it is open."""

    @property
    def is_open(self) -> bool:
        """Whether the case is still worked on."""
        return self.status == CaseStatus.OPEN


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer of the case form in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview: the case form and its answers, the person who raised it, the files."""

    facts: tuple[Fact, ...]
    contact: tuple[Fact, ...]
    files: tuple[case_files.FileOption, ...]
    closing_note: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What must be done before the case can be closed (B32)."""

    tasks: tuple[TaskRow, ...]
    minimums: tuple[blockers.MinimumLeft, ...]
    outcomes: tuple[str, ...]

    @property
    def left(self) -> int:
        """How many things are left."""
        return len(self.tasks) + len(self.minimums)


_HEADER = (
    columns(Case, CaseType, Person)
    .join(CaseType, col(CaseType.id) == col(Case.case_type_id))
    .join(Person, col(Person.id) == col(Case.manager_id), isouter=True)
    .where(col(Case.reference) == sa.bindparam("reference"))
    .options(
        defer(Case.answers),  # pyright: ignore[reportArgumentType]
        defer(CaseType.form),  # pyright: ignore[reportArgumentType]
        defer(Person.password_hash),  # pyright: ignore[reportArgumentType]
    )
)


def header(session: Session, *, reference: str, actor: Actor, now: datetime) -> CaseHeader:
    """Return a case for somebody who may see it or one of its tasks; raises NotFound for everybody else."""
    found = tuples(session, _HEADER, reference=reference.upper())
    if not found:
        raise NotFound
    case, case_type, manager = found[0]
    sees_all = rules.may_see(actor, case.case_type_id)
    if not sees_all and not of_case.tasks(session, case_id=case.id, actor=actor, now=now):
        raise NotFound
    return _header(session, case, case_type, manager, actor, now)


def overview(session: Session, *, case_id: int, actor: Actor, now: datetime) -> Overview:
    """Return everything known of a case; only for its case managers. Raises NotFound."""
    case = session.get(Case, case_id)
    if case is None or not rules.may_see(actor, case.case_type_id):
        raise NotFound
    contact = [Fact("Name", case.contact_name), Fact("Email address", case.contact_email)]
    return Overview(
        facts=answers_in_words(session, case),
        contact=tuple(fact for fact in contact if fact.value),
        files=tuple(case_files.files(session, case_id=case_id, draft_key="", now=now)),
        closing_note=case.closing_note,
    )


def answers_in_words(session: Session, case: Case) -> tuple[Fact, ...]:
    """Return the answers of the case form with their labels, hidden fields left out."""
    case_type = session.get_one(CaseType, case.case_type_id)
    stored = [FieldRow.from_json(row) for row in case_type.form]
    asked = [row for row in stored if row.has_answer and row.name in case.answers]
    names = choices.named(session, asked=asked, answers=case.answers)
    sent = [str(each) for row in asked if row.kind == "files" for each in cast("list[object]", case.answers.get(row.name) or [])]
    view = TaskView(0, "", "new", people=names.people, teams=names.teams, files=files.names(session, ids=sent) if sent else {})
    return tuple(Fact(row.label, said(row, case.answers.get(row.name), view)) for row in asked)


def checklist(session: Session, *, case_id: int, actor: Actor, now: datetime) -> Checklist:
    """Return what blocks closing, each with what is needed to clear it (B31, B32). Raises NotFound."""
    case = session.get(Case, case_id)
    if case is None or not rules.may_see(actor, case.case_type_id):
        raise NotFound
    open_tasks = [row for row in of_case.tasks(session, case_id=case_id, actor=actor, now=now) if row.status == TaskStatus.NEW]
    return Checklist(
        tasks=tuple(open_tasks),
        minimums=tuple(blockers.minimums(session, case_id=case_id, case_type_id=case.case_type_id)),
        outcomes=tuple(service.outcomes(session.get_one(CaseType, case.case_type_id))),
    )


def entries(session: Session, *, case_id: int, actor: Actor, before_id: int | None = None) -> list[history.Entry]:
    """Return the case's history; private notes only for its case managers (S74, S75). Raises NotFound."""
    case = session.get(Case, case_id)
    if case is None or not rules.may_see(actor, case.case_type_id):
        raise NotFound
    return history.entries(session, case_id=case_id, with_private=True, before_id=before_id)


def local_day(moment: datetime) -> str:
    """Return the day of a moment in the installation's zone, as ISO text."""
    return moment.astimezone(ZoneInfo(settings.load().time_zone)).date().isoformat()


def _header(session: Session, case: Case, case_type: CaseType, manager: Person | None, actor: Actor, now: datetime) -> CaseHeader:
    is_open = case.status == CaseStatus.OPEN
    return CaseHeader(
        id=case.id or 0,
        reference=case.reference,
        title=case.title,
        type_name=case_type.name,
        case_type_id=case.case_type_id,
        status=case.status.value,
        opened=words.short_date(case.raised_at, now),
        closed=words.short_moment(case.closed_at, now) if case.closed_at else "",
        outcome=case.outcome,
        manager=manager.name if manager else "",
        manager_email=manager.email if manager else "",
        is_manager=rules.is_case_manager(actor, case_type_id=case.case_type_id, manager_id=case.manager_id),
        may_take_over=rules.may_take_over(actor, case_type_id=case.case_type_id, manager_id=case.manager_id, is_open=is_open),
        sees_all=rules.may_see(actor, case.case_type_id),
        has_tasks_tab=of_case.has_tasks_tab(session, case_id=case.id or 0, case_type_id=case.case_type_id),
        counts=of_case.counts(session, case_id=case.id or 0, now=now),
        version=case.version,
        opened_iso=case.raised_at.isoformat(),
        closed_iso=case.closed_at.isoformat() if case.closed_at else "",
    )
