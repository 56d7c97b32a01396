"""Create tasks: by a case manager, and automatically when a case is raised."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casetasks_app.db.statements import columns, looked_up, tuples
from casetasks_app.errors import CaseTasksError, NotAllowed, NotFound
from casetasks_app.models import Case, CaseStatus, CaseType, Person, StoredFile, Task, TaskType
from casetasks_app.people import queries as people
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import checks, rules, steps, wanted
from casetasks_app.tasks.making import Created, Making, insert
from casetasks_app.tasks.wanted import Problem, TaskRefused, WantedTask


class CaseIsClosed(CaseTasksError):
    """This case is closed. Tasks can only be created on open cases."""


_MADE = sa.select(col(Task.id), col(Task.number), col(Task.created_by_id)).where(col(Task.creation_key) == sa.bindparam("key"))
# The manager comes along because their name stands in every mail.
_PLACE = (
    columns(Case, CaseType, TaskType, Person)
    .join(CaseType, col(CaseType.id) == col(Case.case_type_id))
    .join(
        TaskType, (col(TaskType.id) == sa.bindparam("task_type_id")) & (col(TaskType.case_type_id) == col(Case.case_type_id)), isouter=True
    )
    .join(Person, col(Person.id) == col(Case.manager_id), isouter=True)
    .where(col(Case.id) == sa.bindparam("case_id"))
    .with_for_update(of=Case, key_share=True)
    .execution_options(populate_existing=True)
)
_COUNT_UP = (
    sa.update(Case)
    .where(col(Case.id) == sa.bindparam("case_id"), col(Case.status) == CaseStatus.OPEN)
    .values(last_task_number=Case.last_task_number + 1)
    .returning(col(Case.last_task_number), col(Case.manager_id))
)


def create(session: Session, *, case_id: int, wanted_task: WantedTask, actor: Actor, now: datetime) -> Created:
    """Create a task on a case (S1, B2–B10).

    Raises NotFound, NotAllowed (only the case manager creates), CaseIsClosed, or TaskRefused with every problem.
    """
    repeat = made_before(session, key=wanted_task.key, actor=actor)
    if repeat:
        return repeat
    making = _making(session, case_id, wanted_task, actor)
    # Asked again now that the case is locked: the same request may have been on its way when it was asked first.
    repeat = made_before(session, key=wanted_task.key, actor=actor)
    if repeat:
        return repeat
    if making.case.manager_id != actor.person_id or making.case.case_type_id not in actor.manages:
        raise NotAllowed(only_the_manager(session, making.case))
    number = _next_number(session, making.case)
    problems = checks.problems(session, case=making.case, setup=making.setup, asked=making.wanted)
    if problems:
        raise TaskRefused(*problems)
    return insert(session, making, number, now)


def create_automatic(
    session: Session, *, case: Case, entered: Mapping[str, object], actor: Actor | None, now: datetime
) -> list[Created]:  # fmt: skip
    """Create the tasks that this case type generates when a case is raised (B12–B16, S64–S69).

    `entered` are the answers as they were sent: where a text decides, it decides with its spaces.
    """
    setups = session.exec(
        select(TaskType)
        .where(TaskType.case_type_id == case.case_type_id, col(TaskType.auto_generate), ~col(TaskType.is_retired))
        .order_by(col(TaskType.order_index), col(TaskType.name))
    ).all()
    case_type = session.get_one(CaseType, case.case_type_id)
    made: list[Created] = []
    for setup in setups:
        if rules.is_generated(setup.auto_field, rules.as_entered(case.answers, entered)):
            asked = _automatic(session, case, setup)
            making = Making(case, case_type, setup, asked, actor)
            made.append(insert(session, making, _next_number(session, case), now))
    return made


def made_before(session: Session, *, key: str, actor: Actor) -> Created | None:
    """Return the task that a request with this key created before (B10); raises NotFound when it was somebody else's."""
    for task_id, number, created_by_id in looked_up(session, _MADE, key=key):
        if created_by_id != actor.person_id:
            raise NotFound
        return Created(task_id, number, is_repeat=True)
    return None


def _making(session: Session, case_id: int, asked: WantedTask, actor: Actor) -> Making:
    found = tuples(session, _PLACE, case_id=case_id, task_type_id=asked.task_type_id)
    if not found or found[0][0].case_type_id not in actor.manages:
        raise NotFound
    case, case_type, setup, manager = found[0]
    if setup is None:
        raise TaskRefused(Problem("type", "task_type", "Select what kind of task it is."))
    if setup.is_retired:
        raise TaskRefused(Problem("type", "task_type", f"“{setup.name}” can no longer be used. Select another type."))
    kept = wanted.allowed_only(asked, setup)
    if setup.auto_assign:
        kept = replace(kept, team_id=None, assignee_id=actor.person_id)
    return Making(case, case_type, setup, kept, actor, manager)


def only_the_manager(session: Session, case: Case) -> str:
    """Return the sentence that stands where others would create a task."""
    manager = people.actor(session, person_id=case.manager_id) if case.manager_id else None
    if manager is None:
        return "Take over the case first. Only its case manager can create tasks."
    return f"Only {manager.name}, the case manager, can create tasks on this case."


def _next_number(session: Session, case: Case) -> int:
    """Count the case's tasks up by one (B9); the row lock orders creations against each other, closing and taking over."""
    counted = looked_up(session, _COUNT_UP, case_id=case.id)
    if not counted:
        raise CaseIsClosed
    number, manager_id = counted[0]
    set_committed_value(case, "manager_id", manager_id)
    return int(number)


def _automatic(session: Session, case: Case, setup: TaskType) -> WantedTask:
    """Team, person and files of a generated task come from the configuration (B13, B14, S67, S87)."""
    team_id = setup.auto_team_id
    assignee_id = None
    if setup.auto_assign:
        assignee_id = case.manager_id
        team_id = None if assignee_id else steps.manager_team(session, case_type_id=case.case_type_id)
    files: tuple[str, ...] = ()
    if setup.auto_attachments:
        files = tuple(session.exec(_files_of(case)))
    return WantedTask(
        task_type_id=setup.id or 0,
        key=f"auto:{case.id}:{setup.id}",
        team_id=team_id,
        assignee_id=assignee_id,
        file_ids=files,
        is_automatic=True,
    )


def _files_of(case: Case) -> SelectOfScalar[str]:
    kept = (col(StoredFile.removed_at).is_(None), col(StoredFile.draft_key).is_(None), col(StoredFile.task_id).is_(None))
    return select(StoredFile.id).where(StoredFile.case_id == case.id, *kept).limit(100)
