"""What people of the demo do, done by the verbs of the product at moments in the past."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from casetasks_app.cases import complete
from casetasks_app.cases import service as cases
from casetasks_app.demo.people import DemoPerson
from casetasks_app.models import Case, CaseType, Task, TaskStep, TaskType, Team, Unit
from casetasks_app.people import queries as people
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import cancel as cancelling
from casetasks_app.tasks import create, hold
from casetasks_app.tasks.cancel import Reason
from casetasks_app.tasks.wanted import WantedTarget, WantedTask


@dataclass(frozen=True, slots=True)
class StoryTask:
    """A task that a case manager of the demo creates; `hours` is a target of their own."""

    type: str
    team: str = ""
    to: DemoPerson | None = None
    description: str = ""
    hours: int = 0
    shares_case_details: bool = False


class Story:
    """Does what people do, at moments in the past."""

    def __init__(self, session: Session, ids: Mapping[str, int], now: datetime) -> None:
        """Take people's ids by email, and the moment at which the story ends."""
        self._session = session
        self._ids = ids
        self._now = now

    def case(self, manager: DemoPerson | None, case_type: str, title: str, *, days_ago: float, **answers: object) -> int:
        """Raise a case and return its id; without a manager it waits for somebody to take it over."""
        case_type_id = self._session.exec(select(CaseType.id).where(CaseType.key == case_type)).one() or 0
        new = cases.NewCase(
            case_type_id=case_type_id,
            title=title,
            key=f"demo:{title}"[:80],
            answers=answers,
            contact_name="Alex Morgan",
            contact_email="alex.morgan@example.org",
        )
        actor = self._actor(manager) if manager else None
        return cases.raise_case(self._session, new=new, actor=actor, now=self._at(days_ago)).case_id

    def task(self, manager: DemoPerson, case_id: int, task: StoryTask, *, days_ago: float) -> None:
        """Let a case manager create a task."""
        kind = select(TaskType.id).join(Case, col(Case.case_type_id) == TaskType.case_type_id)
        asked = WantedTask(
            task_type_id=self._session.exec(kind.where(Case.id == case_id, TaskType.key == task.type)).one() or 0,
            key=f"demo:{case_id}:{task.type}:{task.description}"[:80],
            team_id=self._session.exec(select(Team.id).where(Team.key == task.team)).one() if task.team else None,
            assignee_id=self._ids[task.to.email] if task.to else None,
            description=task.description,
            shares_case_details=task.shares_case_details,
            target=WantedTarget("custom", task.hours, Unit.HOURS) if task.hours else WantedTarget(),
        )
        create.create(self._session, case_id=case_id, wanted_task=asked, actor=self._actor(manager), now=self._at(days_ago))

    def claim(self, person: DemoPerson, case_id: int, number: int, *, days_ago: float = 1) -> None:
        """Claim a task."""
        hold.claim(self._session, task_id=self._task(case_id, number), actor=self._actor(person), now=self._at(days_ago))

    def do(self, person: DemoPerson, case_id: int, number: int, *, days_ago: float, **answers: object) -> None:
        """Complete the open step of a task, claiming it first where nobody has it."""
        task_id = self._task(case_id, number)
        open_steps = select(TaskStep).where(TaskStep.task_id == task_id, col(TaskStep.completed_at).is_(None))
        if self._session.exec(open_steps).one().assignee_id is None:
            self.claim(person, case_id, number, days_ago=days_ago + 0.1)
        complete.complete_step(
            self._session,
            step_id=self._session.exec(open_steps).one().id or 0,
            task_id=task_id,
            answers=answers,
            actor=self._actor(person),
            now=self._at(days_ago),
        )

    def cancel(self, manager: DemoPerson, case_id: int, number: int, reason: str, text: str, *, days_ago: float) -> None:
        """Cancel a task with a reason."""
        task_id = self._task(case_id, number)
        cancelling.cancel(self._session, task_id=task_id, reason=Reason(reason, text), actor=self._actor(manager), now=self._at(days_ago))

    def close(self, manager: DemoPerson, case_id: int, outcome: str, note: str, *, days_ago: float) -> None:
        """Close a case."""
        cases.close(self._session, case_id=case_id, outcome=outcome, note=note, actor=self._actor(manager), now=self._at(days_ago))

    def _task(self, case_id: int, number: int) -> int:
        self._session.flush()
        return self._session.exec(select(Task.id).where(Task.case_id == case_id, Task.number == number)).one() or 0

    def _actor(self, person: DemoPerson) -> Actor:
        actor = people.actor(self._session, person_id=self._ids[person.email])
        if actor is None:
            msg = f"{person.name} is missing"
            raise LookupError(msg)
        return actor

    def day(self, *, days_ago: float) -> str:
        """Return a day as people type it."""
        return f"{self._at(days_ago):%d/%m/%Y}"

    def _at(self, days_ago: float) -> datetime:
        return self._now - timedelta(days=days_ago)
