"""Whether the database allows what somebody asks for when they create a task."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import looked_up
from casetasks_app.models import Case, StoredFile, TaskType, TaskTypeTeam, Team
from casetasks_app.people import queries as people
from casetasks_app.tasks import answers, counts, rules, target, wanted
from casetasks_app.tasks.queries.creation import TypeOption
from casetasks_app.tasks.wanted import Problem, WantedTask

_OFFERED_TEAM = (
    sa.select(col(Team.name))
    .join(TaskTypeTeam, col(TaskTypeTeam.team_id) == col(Team.id))
    .where(col(Team.id) == sa.bindparam("team_id"), col(TaskTypeTeam.task_type_id) == sa.bindparam("task_type_id"), col(Team.is_active))
)


def problems(session: Session, *, case: Case, setup: TaskType, asked: WantedTask) -> list[Problem]:
    """Return everything that is wrong, in the order in which the dialog asks."""
    found = _type_problems(session, case, setup) + _assignment_problems(session, setup, asked)
    found += wanted.text_problems(asked) + _file_problems(session, case, asked)
    return found + target.problems(asked.target)


def answered(
    session: Session, *, case_id: int, option: TypeOption, key: str, given: answers.Answers, uploads: Sequence[str] = ()
) -> tuple[WantedTask, list[Problem]]:  # fmt: skip
    """Return the task that the dialog's answers ask for, and all that keeps it from being created, in the order of the steps."""
    asked, wrong = answers.wanted_of(key, option, given, uploads)
    case, setup = session.get_one(Case, case_id), session.get_one(TaskType, option.id)
    found = problems(session, case=case, setup=setup, asked=wanted.allowed_only(asked, setup))
    return asked, sorted([*wrong, *found], key=lambda each: answers.STEPS.index(each.step))


def _type_problems(session: Session, case: Case, setup: TaskType) -> list[Problem]:
    if not setup.maximum and not setup.prerequisites:
        return []
    limits, names = counts.limits(session, case_type_id=setup.case_type_id)
    own = next(each for each in limits if each.key == setup.key)
    why = rules.why_unusable(own, counts.of_case(session, case_id=case.id or 0), names)
    return [Problem("type", "task_type", f"“{setup.name}” cannot be used right now: {why}.")] if why else []


def _assignment_problems(session: Session, setup: TaskType, asked: WantedTask) -> list[Problem]:
    if setup.auto_assign:
        return []
    if asked.team_id is None:
        return [Problem("assignment", "team", "Select a team.")]
    return _team_problems(session, setup, asked)


def _team_problems(session: Session, setup: TaskType, asked: WantedTask) -> list[Problem]:
    """Check the team and the membership again, whatever the browser offered (B4, S37)."""
    team_id = asked.team_id or 0
    offered = looked_up(session, _OFFERED_TEAM, team_id=team_id, task_type_id=setup.id)
    if not offered:
        return [Problem("assignment", "team", "This team can no longer do this type of task. Select another team.")]
    if asked.assignee_id is None or people.is_member(session, person_id=asked.assignee_id, team_id=team_id):
        return []
    gone = people.actor(session, person_id=asked.assignee_id)
    who = gone.name if gone else "This person"
    return [Problem("assignment", "person", f"{who} is no longer in {offered[0][0]}. Select someone else.")]


def _file_problems(session: Session, case: Case, asked: WantedTask) -> list[Problem]:
    """Refuse files that are neither on this case nor uploaded for this task; only exactly the chosen ones are sent (B6, S52)."""
    chosen = set(asked.file_ids)
    if not chosen:
        return []
    found = session.exec(
        select(StoredFile.id).where(
            col(StoredFile.id).in_(chosen),
            ((col(StoredFile.case_id) == case.id) & col(StoredFile.draft_key).is_(None)) | (col(StoredFile.draft_key) == asked.key),
            col(StoredFile.task_id).is_(None),
            col(StoredFile.removed_at).is_(None),
            col(StoredFile.draft_key).is_(None) | (col(StoredFile.draft_key) == asked.key),
        )
    ).all()
    if chosen - set(found):
        return [Problem("details", "files", "A chosen file has been removed from the case. Choose the files again.")]
    return []
