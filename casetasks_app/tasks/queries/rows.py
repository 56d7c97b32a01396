"""One line of a list of tasks, and how it is made from what the database has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casetasks_app.models import Case, Task, TaskStatus, TaskStep, TaskType
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.sla.words import TargetWords
from casetasks_app.tasks import rules


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task in a list, ready to show; what the person may do stands beside it."""

    task_id: int
    case_id: int
    number: int
    reference: str
    case_reference: str
    case_title: str
    description: str
    type_name: str
    status: str
    status_word: str
    outcome: str
    holder: str
    holder_kind: str
    """`person`, `team`, or empty when the task is over."""
    since: str
    asked_by: str
    target: TargetWords
    is_automatic: bool
    created: str
    file_count: int
    may_claim: bool
    may_release: bool
    may_assign: bool
    may_change_target: bool
    may_cancel: bool
    group: str = ""
    """The heading it stands under: breached, today, week or later."""
    version: int = 0
    last_holder: str = ""
    """Who did it, or had it when it was cancelled; empty while it is open, and when nobody had it."""
    last_team: str = ""
    """The team that nobody had claimed it from when it was cancelled."""
    type_id: int = 0
    who: str = ""
    """The number of the person who has it, or had it last, or "t" and the number of the team that has it."""
    created_iso: str = ""
    ended_iso: str = ""
    """When it was created, and closed or cancelled, for machines; empty while it is open."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a row shows, by id."""

    people: dict[int, str]
    teams: dict[int, str]

    def person(self, person_id: int | None) -> str:
        """Return a person's name, or "the system"."""
        return self.people.get(person_id or 0, "the system")


@dataclass(frozen=True, slots=True)
class Source:
    """The rows a line is made of; `steps` may be all of the task's or only the one the list is about."""

    task: Task
    case: Case
    task_type: TaskType
    steps: tuple[TaskStep, ...]
    standing: rules.Standing
    file_count: int = 0


STATUS_WORDS = {TaskStatus.NEW: "New", TaskStatus.CLOSED: "Closed", TaskStatus.CANCELLED: "Cancelled"}


_ACTIONS = {
    "may_claim": rules.may_claim,
    "may_release": rules.may_release,
    "may_assign": rules.may_reassign,
    "may_change_target": rules.may_change_target,
    "may_cancel": rules.may_cancel,
}


def row_of(source: Source, names: Names, target: TargetWords, actor: Actor, now: datetime) -> TaskRow:
    """Make one line."""
    task, standing, held = source.task, source.standing, _held(source)
    holder, kind = _holder(held, names)
    return TaskRow(
        task_id=task.id or 0,
        case_id=task.case_id,
        number=task.number,
        reference=f"{source.case.reference}/{task.number}",
        case_reference=source.case.reference,
        case_title=source.case.title if standing.case_type_id in actor.manages else "",
        description=task.description,
        type_name=source.task_type.name,
        status=task.status.value,
        status_word=STATUS_WORDS[task.status],
        outcome=task.outcome,
        holder=holder,
        holder_kind=kind,
        since=f"since {words.short_date(held.held_since, now)}" if held else "",
        asked_by="Created automatically" if task.is_automatic else names.person(task.created_by_id),
        target=target,
        is_automatic=task.is_automatic,
        created=words.short_moment(task.created_at, now),
        file_count=source.file_count,
        **{name: may(actor, standing) for name, may in _ACTIONS.items()},
        group=words.group_of(target, now),
        last_holder=_last_holder(source, names),
        last_team=_last_team(source, names),
        who=_who(held or (source.steps[-1] if source.steps else None)),
        **_facts(task),
    )


def _facts(task: Task) -> dict[str, Any]:
    """What stands on the task as it is."""
    ended = task.ended_at.isoformat() if task.ended_at else ""
    return {"version": task.version, "type_id": task.task_type_id, "created_iso": task.created_at.isoformat(), "ended_iso": ended}


def _held(source: Source) -> TaskStep | None:
    """The step to show: the one in the list's mind, else the first that is open."""
    return next((step for step in source.steps if step.completed_at is None), None)


def _last_holder(source: Source, names: Names) -> str:
    if source.task.status == TaskStatus.NEW or not source.steps:
        return ""
    last = source.steps[-1]
    return names.people.get(last.completed_by_id or last.assignee_id or 0, "")


def _last_team(source: Source, names: Names) -> str:
    if source.task.status == TaskStatus.NEW or not source.steps or _last_holder(source, names):
        return ""
    return names.teams.get(source.steps[-1].team_id or 0, "")


def _who(step: TaskStep | None) -> str:
    if step is None:
        return ""
    person = step.assignee_id if step.completed_at is None else step.completed_by_id or step.assignee_id
    return str(person) if person else f"t{step.team_id}" if step.team_id and step.completed_at is None else ""


def _holder(step: TaskStep | None, names: Names) -> tuple[str, str]:
    if step is None:
        return "", ""
    if step.assignee_id:
        return names.person(step.assignee_id), "person"
    return names.teams.get(step.team_id or 0, "Nobody"), "team"
