"""What the creation dialog shows: the task types of this case, who could do it, which files there are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app import settings
from casetasks_app.configuration import queries as configuration
from casetasks_app.configuration.queries import TaskTypeSetup
from casetasks_app.db.statements import tuples
from casetasks_app.errors import NotFound
from casetasks_app.models import Case, CaseType, Membership, Person, Task, TaskStatus, TaskStep, TaskType
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import counts, rules, target
from casetasks_app.tasks.wanted import WantedTarget, filled

MOST_PEOPLE = 1000
MOST_COUNTED = 1_000
"""A team's open tasks are counted up to here: beyond, the number tells nobody more."""


@dataclass(frozen=True, slots=True)
class TypeOption:
    """One task type in the drop-down, with what will happen; `why_not` says why it cannot be used now."""

    id: int
    key: str
    name: str
    hint: str
    why_not: str
    goes_to: str
    target: str
    emails: str
    steps: tuple[str, ...]
    """The steps after the first that must be asked: assignment, details, targets."""
    needs_no_answer: bool
    single_team_id: int | None
    already_open: str
    already_open_number: int
    revision: int


@dataclass(frozen=True, slots=True)
class TeamOption:
    """One assignment group in the drop-down of step 2."""

    id: int
    name: str
    people: int
    open_tasks: int
    mails_everyone: bool


@dataclass(frozen=True, slots=True)
class PersonOption:
    """One member of the chosen team, with how much they have on."""

    id: int
    name: str
    open: int
    due_today: int
    breached: int
    is_me: bool
    has_email: bool

    @property
    def load(self) -> str:
        """In words: "3 open, 1 due today"."""
        parts = [f"{self.open} open"]
        parts += [f"{self.due_today} due today"] if self.due_today else []
        return ", ".join(parts + ([f"{self.breached} breached"] if self.breached else []))


def options(session: Session, *, case_id: int, actor: Actor, now: datetime) -> list[TypeOption]:
    """Return every task type of the case's type in list order, unusable ones with the reason (B3, S31–S33 as rows)."""
    case = session.get(Case, case_id)
    if case is None or case.case_type_id not in actor.manages:
        raise NotFound
    setups = configuration.task_types(session, case_type_id=case.case_type_id)
    limits, names = counts.limits(session, case_type_id=case.case_type_id)
    by_key = {each.key: each for each in limits}
    made = counts.of_case(session, case_id=case_id)
    open_now = _open_tasks(session, case_id)
    sizes = team_sizes(session, {team.id for setup in setups for team in setup.teams})
    return [
        _option(
            setup,
            _Now(why, open_now.get(setup.id), target_preview(session, task_type_id=setup.id, asked=WantedTarget(), now=now)),
            sizes,
            actor,
        )
        for setup in setups
        for why in [rules.why_unusable(by_key[setup.key], made, names)]
    ]


def teams(session: Session, *, task_type_id: int) -> list[TeamOption]:
    """Return the assignment groups of a task type, and no other (S36, S37)."""
    setup = configuration.task_type(session, task_type_id=task_type_id)
    ids = {team.id for team in setup.teams}
    sizes, loads = team_sizes(session, ids), _team_loads(session, ids)
    return [TeamOption(team.id, team.name, sizes.get(team.id, 0), loads.get(team.id, 0), setup.email_team) for team in setup.teams]


def option(setup: TaskTypeSetup, *, actor: Actor) -> TypeOption:
    """Return a task type as its set-up alone has it, without what holds on a case at this moment."""
    return _option(setup, _Now("", None, target.Preview("", "")), {}, actor)


def people(session: Session, *, team_id: int, actor: Actor, now: datetime) -> list[PersonOption]:
    """Return the active members of a team with their load, those with least first (S39)."""
    zone = ZoneInfo(settings.load().time_zone)
    until = now.astimezone(zone).replace(hour=23, minute=59, second=59, microsecond=999_999)
    due = col(TaskStep.sort_at)
    query = (
        sa.select(
            col(Person.id),
            col(Person.name),
            col(Person.email),
            sa.func.count(col(TaskStep.id)),
            sa.func.coalesce(sa.func.sum(sa.case(((due >= now) & (due <= until), 1), else_=0)), 0),
            sa.func.coalesce(sa.func.sum(sa.case((due < now, 1), else_=0)), 0),
        )
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .join(TaskStep, (col(TaskStep.assignee_id) == col(Person.id)) & col(TaskStep.completed_at).is_(None), isouter=True)
        .where(col(Membership.team_id) == team_id, col(Person.is_active))
        .group_by(col(Person.id))
        .order_by(sa.func.count(col(TaskStep.id)), col(Person.name))
        .limit(MOST_PEOPLE)
    )
    return [
        PersonOption(person, name, int(count), int(today), int(late), person == actor.person_id, bool(email))
        for person, name, email, count, today, late in tuples(session, query)
    ]


def default_texts(session: Session, *, case_id: int, task_type_id: int) -> tuple[str, str]:
    """Return the usual description and summary for this case, slots filled."""
    case, setup = session.get_one(Case, case_id), session.get_one(TaskType, task_type_id)
    description = filled(setup.default_description, case, rules.LONGEST_DESCRIPTION) or setup.name
    return description, filled(setup.default_summary, case, rules.LONGEST_SUMMARY)


def target_preview(session: Session, *, task_type_id: int, asked: WantedTarget, now: datetime) -> target.Preview:
    """Return the exact moment a target would have (B7)."""
    setup = session.get_one(TaskType, task_type_id)
    return target.preview(session, setup=setup, case_type=session.get_one(CaseType, setup.case_type_id), asked=asked, now=now)


@dataclass(frozen=True, slots=True)
class _Now:
    """What holds for a task type on this case at this moment."""

    why_not: str
    open_task: tuple[int, str] | None
    target: target.Preview


def _option(setup: TaskTypeSetup, at: _Now, sizes: dict[int, int], actor: Actor) -> TypeOption:
    asked, seen = _asked(setup), at.target
    return TypeOption(
        id=setup.id,
        key=setup.key,
        name=setup.name,
        hint=setup.hint,
        why_not=at.why_not,
        goes_to=_goes_to(setup, actor),
        target=f"{seen.amount}: {seen.due}" if seen.amount else seen.due,
        emails=_emails(setup, sizes, actor),
        steps=asked,
        needs_no_answer=setup.auto_assign or len(setup.teams) == 1,
        single_team_id=setup.teams[0].id if len(setup.teams) == 1 and not setup.auto_assign else None,
        already_open=at.open_task[1] if at.open_task else "",
        already_open_number=at.open_task[0] if at.open_task else 0,
        revision=setup.revision,
    )


def _asked(setup: TaskTypeSetup) -> tuple[str, ...]:
    """The steps that the configuration does not skip (B4, B5, B7, S34, S35, S47, S56)."""
    has_details = setup.ask_description or setup.ask_summary or setup.ask_attachments or setup.ask_case_details
    steps = (("assignment", not setup.auto_assign), ("details", has_details), ("targets", setup.allow_override))
    return tuple(name for name, is_asked in steps if is_asked)


def _goes_to(setup: TaskTypeSetup, actor: Actor) -> str:
    if setup.auto_assign:
        return f"{actor.name} (you)"
    if len(setup.teams) == 1:
        return f"{setup.teams[0].name}, for anyone to claim"
    return "a team or person you choose"


def _emails(setup: TaskTypeSetup, sizes: dict[int, int], actor: Actor) -> str:
    if setup.auto_assign:
        return actor.name
    if not setup.email_team:
        return "nobody, unless you choose a person"
    if len(setup.teams) == 1:
        count = sizes.get(setup.teams[0].id, 0)
        return f"the {count} {'person' if count == 1 else 'people'} in {setup.teams[0].name}"
    return "everyone in the team, or the person you choose"


def _open_tasks(session: Session, case_id: int) -> dict[int, tuple[int, str]]:
    rows = tuples(
        session,
        sa.select(col(Task.task_type_id), sa.func.min(col(Task.number)))
        .where(col(Task.case_id) == case_id, col(Task.status) == TaskStatus.NEW)
        .group_by(col(Task.task_type_id)),
    )
    return {type_id: (int(number), f"Task {number} of this type is already open.") for type_id, number in rows}


def team_sizes(session: Session, ids: set[int]) -> dict[int, int]:
    """Return how many active people these teams have; teams without any are left out."""
    rows = tuples(
        session,
        sa.select(col(Membership.team_id), sa.func.count())
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(Membership.team_id).in_(ids), col(Person.is_active))
        .group_by(col(Membership.team_id)),
    )
    return {int(team): int(count) for team, count in rows}


def _team_loads(session: Session, ids: set[int]) -> dict[int, int]:
    """How many open tasks these teams have, counted as far as it matters."""
    counts: list[Any] = []
    for team in sorted(ids):
        held = sa.select(col(TaskStep.id)).where(col(TaskStep.team_id) == team, col(TaskStep.completed_at).is_(None))
        counts.append(sa.select(sa.literal(team), sa.func.count()).select_from(held.limit(MOST_COUNTED).subquery()))
    return {int(team): int(count) for team, count in tuples(session, sa.union_all(*counts))} if counts else {}
