"""Who has a task: claim it, put it back, give it to somebody else."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from casetasks_app.db.statements import changed
from casetasks_app.errors import CaseTasksError, NotAllowed
from casetasks_app.history.service import Happened
from casetasks_app.models import Person, TaskStep, TaskTypeTeam, Team
from casetasks_app.people import queries as people
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.task_types.forms import cleaned
from casetasks_app.tasks import notices, rules, steps
from casetasks_app.tasks.access import TaskAtHand, at_hand, lock, over
from casetasks_app.tasks.recording import record

LONGEST_MESSAGE = 500


class AlreadyClaimed(CaseTasksError):
    """Somebody else claimed this task just before you."""


class NotAMember(NotAllowed):
    """Only members of the team that has this task can claim it."""


class CannotRelease(NotAllowed):
    """Only the person who has this task, the case manager or a lead of its team can put it back."""


class CannotAssign(NotAllowed):
    """Only the case manager, a lead of the team or the person who has this task can assign it."""


class NobodyChosen(CaseTasksError):
    """Select who to assign the task to."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom a task is given: a named member of a team, or the whole team."""

    team_id: int | None
    person_id: int | None = None
    message: str = ""


_TAKE = (
    sa.update(TaskStep)
    .where(col(TaskStep.id) == sa.bindparam("taken"), col(TaskStep.assignee_id).is_(None), col(TaskStep.completed_at).is_(None))
    .values(assignee_id=sa.bindparam("taker"), held_since=sa.bindparam("taken_at"), version=TaskStep.version + 1)
)


def claim(session: Session, *, task_id: int, actor: Actor, now: datetime) -> None:
    """Take a team's task; of two people exactly one wins (B18, S42).

    Raises AlreadyClaimed in words that name the winner, NotAMember, TaskIsOver or NotFound.
    """
    at = at_hand(session, task_id=task_id, actor=actor, keep=True)
    step = next((each for each in at.open_steps if each.team_id in actor.teams and not each.assignee_id), None)
    if step is None:
        raise _why_not_claimed(session, at, actor)
    if not changed(session, _TAKE, taken=step.id, taker=actor.person_id, taken_at=now):
        session.refresh(step)
        raise _why_not_claimed(session, at, actor)
    set_committed_value(step, "assignee_id", actor.person_id)
    lock(session, at)
    if step.is_own:
        at.task.assignee_id = actor.person_id
    record(session, at, Happened.CLAIMED, actor_id=actor.person_id, now=now)
    steps.tell(session, at.task, at.case, step)


def release(session: Session, *, task_id: int, actor: Actor, now: datetime) -> None:
    """Put a task back for anyone in its team; its draft stays with it (S90). Raises CannotRelease or TaskIsOver."""
    at = at_hand(session, task_id=task_id, actor=actor, keep=True)
    lock(session, at)
    step = next((each for each in _in_hand(at, actor) if each.team_id and each.assignee_id), None)
    if step is None or not rules.may_release(actor, at.standing):
        raise CannotRelease
    _tell_before(session, at)
    step.assignee_id, step.is_for_team, step.held_since = None, True, now
    step.version += 1
    if step.is_own:
        at.task.assignee_id = None
    record(session, at, Happened.RELEASED, actor_id=actor.person_id, now=now, team=_team_name(session, step.team_id))
    steps.tell(session, at.task, at.case, step)


def reassign(session: Session, *, task_id: int, to: Recipient, actor: Actor, now: datetime) -> None:
    """Give a task to a colleague or to a team (B22, S2, S3).

    The case manager within the assignment groups, a lead within the team, the assignee to a colleague. Mails the
    new person always, the former one too, a team where the configuration says so. Raises CannotAssign, NobodyChosen,
    TaskIsOver or NotFound.
    """
    at = at_hand(session, task_id=task_id, actor=actor, keep=True)
    lock(session, at)
    step = next(iter(_in_hand(at, actor)), None)
    if step is None or not rules.may_reassign(actor, at.standing):
        raise CannotAssign
    _check_recipient(session, at, step, to, actor)
    _tell_before(session, at)
    former = step.assignee_id
    # What a whole team could see stays visible to it; another team's sees it only when it is given to all of them.
    stays_with_team = step.is_for_team and step.team_id == to.team_id
    step.team_id, step.assignee_id = to.team_id, to.person_id
    step.is_for_team, step.held_since = stays_with_team or to.person_id is None, now
    step.version += 1
    if step.is_own:
        at.task.team_id, at.task.assignee_id = to.team_id, to.person_id
    _record_reassigned(session, at, former, to, actor, now)
    steps.tell(session, at.task, at.case, step)
    given = notices.Given(step, former, cleaned(to.message, lines=True)[:LONGEST_MESSAGE])
    notices.reassigned(session, at=at, given=given, actor=actor, now=now)


def _in_hand(at: TaskAtHand, actor: Actor) -> list[TaskStep]:
    """Return the open steps that this person may give to somebody else, their own first (B22)."""
    is_manager = rules.is_case_manager(actor, at.standing)
    mine = [step for step in at.open_steps if is_manager or step.assignee_id == actor.person_id or step.team_id in actor.leads]
    return sorted(mine, key=lambda step: (step.assignee_id != actor.person_id, step.id))


def _why_not_claimed(session: Session, at: TaskAtHand, actor: Actor) -> CaseTasksError:
    """Tell in words who was first, or that the team is another one."""
    held = next((step for step in at.open_steps if step.assignee_id), None)
    if not at.standing.is_new:
        return over(session, at.task)
    if held is None or not (held.is_for_team or at.standing.teams & actor.teams):
        return NotAMember()
    if held.assignee_id == actor.person_id:
        return AlreadyClaimed("You have this task already.")
    name = session.exec(select(Person.name).where(Person.id == held.assignee_id)).one()
    return AlreadyClaimed(f"{name} claimed this task at {words.clock_time(held.held_since)}, just before you.")


def _check_recipient(session: Session, at: TaskAtHand, step: TaskStep, to: Recipient, actor: Actor) -> None:
    """Check the team and the membership again, whatever the browser offered (B4)."""
    if to.team_id is None or (to.person_id is None and actor.person_id == step.assignee_id and not may_choose_team(actor, at)):
        raise NobodyChosen
    if to.team_id not in allowed_teams(session, at=at, actor=actor):
        raise NobodyChosen
    if (to.team_id, to.person_id) == (step.team_id, step.assignee_id):
        raise NobodyChosen("The task is there already. Select someone else.")
    if to.person_id is None or people.is_member(session, person_id=to.person_id, team_id=to.team_id):
        return
    gone = people.actor(session, person_id=to.person_id)
    team = _team_name(session, to.team_id)
    raise NobodyChosen(f"{gone.name if gone else 'This person'} is no longer in {team}. Select someone else.")


def allowed_teams(session: Session, *, at: TaskAtHand, actor: Actor) -> set[int]:
    """Return the teams to which this person may give the task: a lead and the assignee within the team it is with (B22)."""
    own = _team_in_hand(at, actor)
    if rules.is_case_manager(actor, at.standing):
        offered = session.exec(
            select(TaskTypeTeam.team_id)
            .join(Team, col(Team.id) == TaskTypeTeam.team_id)
            .where(TaskTypeTeam.task_type_id == at.task_type.id, col(Team.is_active))
        ).all()
        return {*offered, *own}
    return own


def may_choose_team(actor: Actor, at: TaskAtHand) -> bool:
    """Tell whether this person may give the task to a whole team; the assignee gives it to a colleague only (B22)."""
    return rules.is_case_manager(actor, at.standing) or bool(actor.leads & _team_in_hand(at, actor))


def _team_in_hand(at: TaskAtHand, actor: Actor) -> set[int]:
    """The team that the step is with which this person would give away; none for a step that is with a person alone."""
    return {step.team_id for step in _in_hand(at, actor)[:1] if step.team_id}


def _tell_before(session: Session, at: TaskAtHand) -> None:
    """Tell those who are about to lose the task."""
    steps.tell(session, at.task, at.case, *at.open_steps)


def _team_name(session: Session, team_id: int | None) -> str:
    return session.exec(select(Team.name).where(Team.id == team_id)).first() or ""


def _record_reassigned(session: Session, at: TaskAtHand, former: int | None, to: Recipient, actor: Actor, now: datetime) -> None:
    found = session.exec(select(Person.id, Person.name).where(col(Person.id).in_([former, to.person_id])))
    names = {person_id: name for person_id, name in found if person_id}
    team = _team_name(session, to.team_id)
    details = {"from": names.get(former or 0, ""), "to": names.get(to.person_id or 0, ""), "team": team}
    record(session, at, Happened.REASSIGNED, actor_id=actor.person_id, now=now, **details)
