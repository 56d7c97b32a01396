"""What the tasks tab of a case shows: its tasks, what closing needs of them, and one's own draft."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from casetasks_app.cases import queries
from casetasks_app.cases.queries import CaseHeader
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import counts
from casetasks_app.tasks.queries import dialog, of_case
from casetasks_app.tasks.queries.dialog import DraftLine
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.tasks.rules import TypeCount


@dataclass(frozen=True, slots=True)
class Needed:
    """The Task Limits – Minimum of a case: how many tasks it must complete, how many are, and the types still missing."""

    minimum: int = 0
    completed: int = 0
    types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TasksTab:
    """The tasks tab as one person sees it."""

    header: CaseHeader
    tasks: tuple[TaskRow, ...]
    needed: Needed
    draft: DraftLine | None

    @property
    def may_create(self) -> bool:
        """Only the case manager of an open case creates tasks (B2)."""
        return self.header.is_manager and self.header.is_open


def tab(session: Session, *, reference: str, actor: Actor, now: datetime) -> TasksTab:
    """Return the tab for somebody who may see the case or one of its tasks (B1, S13, S14); raises NotFound."""
    header = queries.header(session, reference=reference, actor=actor, now=now)
    tasks = of_case.tasks(session, case_id=header.id, actor=actor, now=now)
    found = TasksTab(header, tuple(tasks), _needed(session, header) if header.sees_all else Needed(), None)
    if not found.may_create:
        return found
    return TasksTab(header, found.tasks, found.needed, dialog.draft_line(session, case_id=header.id, actor=actor, now=now))


def _needed(session: Session, header: CaseHeader) -> Needed:
    limits, _ = counts.limits(session, case_type_id=header.case_type_id)
    asked = [each for each in limits if each.minimum]
    if not asked:
        return Needed()
    made = counts.of_case(session, case_id=header.id)
    completed = sum(min(each.minimum, made.get(each.key, TypeCount()).completed) for each in asked)
    left = frozenset(each.name for each in asked if made.get(each.key, TypeCount()).completed < each.minimum)
    return Needed(sum(each.minimum for each in asked), completed, left)
