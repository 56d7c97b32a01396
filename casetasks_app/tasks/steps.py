"""The steps of a task: one row for each step the process opened, with who has it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import looked_up
from casetasks_app.db.unit_of_work import touch
from casetasks_app.live import topics
from casetasks_app.models import Case, CaseTypeManagerTeam, Task, TaskStatus, TaskStep, Team
from casetasks_app.models.columns import NEVER
from casetasks_app.moments import local
from casetasks_app.people import queries as people
from casetasks_app.process import engine
from casetasks_app.process.engine import OpenStep, State
from casetasks_app.process.model import Model
from casetasks_app.tasks import kinds, waiting
from casetasks_app.tasks.access import TaskAtHand
from casetasks_app.tasks.waiting import Move

_TEAM_KEY = sa.select(col(Team.key)).where(col(Team.id) == sa.bindparam("team_id"))
_TEAM_OF_KEY = sa.select(col(Team.id)).where(col(Team.key) == sa.bindparam("key"))


@dataclass(frozen=True, slots=True)
class Holder:
    """Who gets a step: a person, or a team for anyone in it."""

    team_id: int | None = None
    assignee_id: int | None = None
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where the process stands now, and which steps have a row already."""

    model: Model
    state: State
    known: frozenset[str] = frozenset()


def follow(session: Session, *, at: TaskAtHand, model: Model, move: Move, now: datetime) -> list[TaskStep]:
    """Bring the rows of steps, timers and jobs to what the process has open now; returns the steps that were opened.

    A step that the process left without an answer (a boundary timer, a terminate end) is closed as stopped.
    `at` is a task that was loaded to be kept, so its steps are as they are.
    """
    task, case, state = at.task, at.case, move.after
    opened = _open_new(session, task, case, _Opening(model, state, frozenset(step.step_id for step in at.steps)), now)
    waiting.follow(session, task_id=task.id or 0, move=move, now=now)
    still_open = {step.id for step in state.steps}
    for step in at.open_steps:
        if step.step_id not in still_open:
            stop(step, now=now)
    if opened:
        session.flush()
    tell(session, task, case, *opened, *at.steps)
    return opened


def start(session: Session, *, task: Task, case: Case, model: Model, now: datetime) -> State:
    """Start the process of a task that is being created; one that waits for nothing ends its task at once (S19)."""
    state = engine.start(model, variables(session, task, case), local(now))
    task.process = kept(state)
    if state.is_ended:
        end(task, state, by_id=None, now=now)
        task.next_sla_at = None
    return state


def begin(session: Session, *, task: Task, case: Case, model: Model, state: State, now: datetime) -> list[TaskStep]:
    """Open the first steps of a task that is being created; their rows have no numbers yet."""
    opened = _open_new(session, task, case, _Opening(model, state), now)
    waiting.follow(session, task_id=task.id or 0, move=Move(state), now=now)
    tell(session, task, case, *opened)
    return opened


def kept(state: State) -> str | None:
    """Return what is kept of a process with its task: all of it while it runs, nothing when it is over."""
    return None if state.is_ended else state.to_json()


def variables(session: Session, task: Task, case: Case) -> dict[str, object]:
    """Return what every process starts with: `case` (answers only if shared), `task`, its people, the settings."""
    return {**task.plugin_settings, **kinds.told(task, case), **people_now(session, task, case)}


def people_now(session: Session, task: Task, case: Case) -> dict[str, object]:
    """Return who stands behind `${initiator}`, `${assignee}` and `${team}` at this moment."""
    team = looked_up(session, _TEAM_KEY, team_id=task.team_id) if task.team_id else None
    return {
        "initiator": str(case.manager_id) if case.manager_id else None,
        "assignee": str(task.assignee_id) if task.assignee_id else None,
        "team": team[0][0] if team else None,
    }


def state_of(session: Session, at: TaskAtHand) -> State:
    """Return where the process of an open task is, with the people who stand behind it now."""
    return State.from_json(at.task.process or "").with_variables(**people_now(session, at.task, at.case))


def stop(step: TaskStep, *, now: datetime) -> None:
    """Close a step that nobody will answer any more."""
    step.completed_at = now
    step.was_stopped = True
    step.draft = None
    step.version += 1


def end(task: Task, state: State, *, by_id: int | None, now: datetime) -> None:
    """Close a task whose process has ended, with the name of its end event as the outcome; without `by_id` the system did."""
    task.status = TaskStatus.CLOSED
    task.outcome = (state.outcome or "done")[:120]
    task.ended_at, task.ended_by_id = now, by_id


def tell(session: Session, task: Task, case: Case, *steps: TaskStep) -> None:
    """Tell everybody who may be looking at this task: its case, its people, its teams."""
    touch(session, topics.case(task.case_id))
    touch(session, *(topics.team(step.team_id) for step in steps if step.team_id))
    told = {case.manager_id, task.assignee_id, *(step.assignee_id for step in steps)}
    touch(session, *(topics.person(person) for person in told if person))


def _open_new(session: Session, task: Task, case: Case, opening: _Opening, now: datetime) -> list[TaskStep]:
    task.process = kept(opening.state)
    found = [step for step in engine.open_steps(opening.model, opening.state) if step.id not in opening.known]
    opened = [_opened(session, task, case, step, now) for step in found]
    session.add_all(opened)
    return opened


def _opened(session: Session, task: Task, case: Case, step: OpenStep, now: datetime) -> TaskStep:
    holder = _holder(session, task, case, step)
    return TaskStep(
        task_id=task.id or 0,
        step_id=step.id,
        name=step.name,
        title=step.title[:120],
        form=step.form or "",
        is_own=holder.is_own,
        is_for_team=holder.assignee_id is None,
        team_id=holder.team_id,
        assignee_id=holder.assignee_id,
        held_since=now,
        opened_at=now,
        sort_at=task.due_at or NEVER,
    )


def _holder(session: Session, task: Task, case: Case, step: OpenStep) -> Holder:
    """Who the model names: the task's own holder, a team by key, or a person; without one who is still there, the managers' team."""
    own = _own(session, task)
    if step.performer == "team":
        team = looked_up(session, _TEAM_OF_KEY, key=step.team)
        return Holder(team[0][0], is_own=team[0][0] == task.team_id) if team else own
    if step.performer == "task" or step.assignee == str(task.assignee_id):
        return own
    if step.assignee and step.assignee.isdecimal() and people.actor(session, person_id=int(step.assignee)):
        return Holder(assignee_id=int(step.assignee), is_own=False)
    return Holder(manager_team(session, case_type_id=case.case_type_id), is_own=False)


def _own(session: Session, task: Task) -> Holder:
    """Whoever has the task; a step that comes round again goes to its team when that person has left it meanwhile."""
    left = task.assignee_id and task.team_id and not people.is_member(session, person_id=task.assignee_id, team_id=task.team_id)
    return Holder(task.team_id, None if left else task.assignee_id)


def manager_team(session: Session, *, case_type_id: int) -> int | None:
    """Return the first case manager team of a case type, a retired one only when there is no other."""
    query = (
        select(CaseTypeManagerTeam.team_id)
        .join(Team, col(Team.id) == CaseTypeManagerTeam.team_id)
        .where(CaseTypeManagerTeam.case_type_id == case_type_id)
        .order_by(col(Team.is_active).desc(), col(CaseTypeManagerTeam.team_id))
    )
    return session.exec(query).first()
