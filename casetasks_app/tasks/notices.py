"""Which mails a change of a task causes, and to whom (behaviour, section 8)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import columns, looked_up
from casetasks_app.mail import service as mail
from casetasks_app.mail.facts import MailFacts, MailKind, Recipient
from casetasks_app.models import Case, CaseType, Membership, Person, Task, TaskFile, TaskStep, TaskType, Team
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.tasks.access import TaskAtHand

_FILE_COUNT = columns(sa.func.count()).select_from(TaskFile).where(col(TaskFile.task_id) == sa.bindparam("task_id"))
_PERSONS = columns(col(Person.id), col(Person.name), col(Person.email)).where(
    col(Person.id).in_(sa.bindparam("ids", expanding=True)), col(Person.is_active)
)


@dataclass(frozen=True, slots=True)
class About:
    """The task a mail is about, and who caused it; without an actor it was the system."""

    task: Task
    case: Case
    setup: TaskType
    actor: Actor | None

    @classmethod
    def of(cls, at: TaskAtHand, actor: Actor | None) -> "About":
        """Return what a loaded task is about."""
        return cls(at.task, at.case, at.task_type, actor)


@dataclass(frozen=True, slots=True)
class Given:
    """A step that somebody else has now, who had it before, and the words that go with it."""

    step: TaskStep
    former_id: int | None
    message: str = ""


def opened(session: Session, *, about: About, steps: Sequence[TaskStep], now: datetime) -> None:
    """Mail about a new task: its assignee always, its team where the configuration says so (S44–S46)."""
    if not any(step.assignee_id or about.setup.email_team for step in steps):
        return
    base = facts(session, about)
    for step in steps:
        person, team = (MailKind.ASSIGNED, MailKind.TEAM_TASK) if step.is_own else (MailKind.STEP_READY, MailKind.STEP_READY)
        _to_holder(session, base, step, _Mailing(about.setup, person, team, "new", now))


def moved(session: Session, *, at: TaskAtHand, opened: Sequence[TaskStep], actor: Actor | None, now: datetime) -> None:
    """Mail about a step after the first: its assignee, or its team where the configuration says so."""
    theirs = (step for step in opened if not (actor and step.assignee_id == actor.person_id))
    told = [step for step in theirs if step.assignee_id or at.task_type.email_team]
    if not told:
        return
    base = facts(session, About.of(at, actor))
    for step in told:
        mailing = _Mailing(at.task_type, MailKind.STEP_READY, MailKind.STEP_READY, f"s{step.id}", now)
        _to_holder(session, replace(base, step=step.title), step, mailing)


def reassigned(session: Session, *, at: TaskAtHand, given: Given, actor: Actor, now: datetime) -> None:
    """Mail about a task given to somebody else: the new person always, the former one too (S3, S46)."""
    event, step = f"v{at.task.version}", given.step
    about = About.of(at, actor)
    mailing = _Mailing(at.task_type, MailKind.ASSIGNED, MailKind.TEAM_TASK, event, now)
    _to_holder(session, facts(session, about, message=given.message, is_reassigned=True), step, mailing)
    if given.former_id and given.former_id not in {step.assignee_id, actor.person_id}:
        holder = _names(session, [step.assignee_id]) or [_team_name(session, step.team_id)]
        told = facts(session, about, new_assignee=holder[0])
        mail.queue(session, kind=MailKind.UNASSIGNED, recipients=persons(session, [given.former_id]), facts=told, event=event, now=now)


def cancelled(session: Session, *, at: TaskAtHand, holder_ids: Collection[int], reason: str, actor: Actor, now: datetime) -> None:
    """Mail whoever had the task; if nobody had it, nobody is mailed (B29, S78). The free text stays out."""
    if holder_ids:
        told = facts(session, About.of(at, actor), reason=reason)
        recipients = persons(session, holder_ids)
        mail.queue(session, kind=MailKind.CANCELLED, recipients=recipients, facts=told, event="end", now=now)


def all_completed(session: Session, *, at: TaskAtHand, actor: Actor | None, now: datetime) -> None:
    """Mail the case manager that nothing is outstanding any more, each time (S88)."""
    told = facts(session, About.of(at, actor), outcome=at.task.outcome)
    recipients = persons(session, [at.case.manager_id] if at.case.manager_id else [])
    mail.queue(session, kind=MailKind.ALL_COMPLETED, recipients=recipients, facts=told, event="end", now=now)


def facts(session: Session, about: About, **more: object) -> MailFacts:
    """Return what mails about this task may say; texts only, no case data."""
    task, case, setup, actor = about.task, about.case, about.setup, about.actor
    manager = session.get(Person, case.manager_id) if case.manager_id else None
    case_type = session.get_one(CaseType, case.case_type_id)
    told: dict[str, object] = {
        "case_id": case.id or 0,
        "case_reference": case.reference,
        "case_type": case_type.name,
        "task_type": setup.name,
        "task_id": task.id,
        "task_number": task.number,
        "task_name": task.description,
        "generation": task.target_generation,
        "due_at": task.due_at,
        "target_words": words.of_target(task.target_amount, task.target_unit, is_business=task.target_calendar_id is not None),
        "actor_id": actor.person_id if actor else None,
        "actor": actor.name if actor else "",
        "manager": manager.name if manager else "",
        "manager_email": manager.email if manager else "",
        "sent_with": _sent_with(session, task),
    }
    return MailFacts(**(told | more))  # pyright: ignore[reportArgumentType]


def persons(session: Session, ids: Collection[int | None]) -> list[Recipient]:
    """Return these people as recipients; the outbox leaves out who is inactive."""
    rows = looked_up(session, _PERSONS, ids=sorted({each for each in ids if each}))
    return [Recipient(person_id, name, email) for person_id, name, email in rows]


def team_members(session: Session, team_id: int | None) -> list[Recipient]:
    """Return the active members of a team as recipients."""
    rows = session.exec(
        select(Person.id, Person.name, Person.email)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.team_id == team_id, col(Person.is_active))
        .order_by(col(Person.id))
    )
    return [Recipient(person_id, name, email) for person_id, name, email in rows]


@dataclass(frozen=True, slots=True)
class _Mailing:
    """Which kind of mail goes to a person, which to a team, about which event."""

    setup: TaskType
    for_person: MailKind
    for_team: MailKind
    event: str
    now: datetime


def _to_holder(session: Session, base: MailFacts, step: TaskStep, mailing: _Mailing) -> None:
    if step.assignee_id:
        recipients, kind = persons(session, [step.assignee_id]), mailing.for_person
    elif mailing.setup.email_team:
        recipients, kind = team_members(session, step.team_id), mailing.for_team
        base = replace(base, team=_team_name(session, step.team_id))
    else:
        return
    mail.queue(session, kind=kind, recipients=recipients, facts=base, event=mailing.event, now=mailing.now)


def _sent_with(session: Session, task: Task) -> str:
    ((count,),) = looked_up(session, _FILE_COUNT, task_id=task.id)
    parts = [f"{count} attachment{'' if count == 1 else 's'}"] if count else []
    return ", ".join([*parts, *(["case details"] if task.shares_case_details else [])])


def _team_name(session: Session, team_id: int | None) -> str:
    return session.exec(select(Team.name).where(Team.id == team_id)).first() or ""


def _names(session: Session, ids: Collection[int | None]) -> list[str]:
    return list(session.exec(select(Person.name).where(col(Person.id).in_([each for each in ids if each]))))
