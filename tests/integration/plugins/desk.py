"""An office that does one task of a bundled plugin: people complete steps, timers go off, jobs are carried out."""

from dataclasses import dataclass
from datetime import datetime

from casetasks_app.cases import complete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import service as files
from casetasks_app.files import store
from casetasks_app.files.service import Place
from casetasks_app.history import queries
from casetasks_app.models import OutgoingMail, Person, Task
from casetasks_app.tasks import hold, uploads
from casetasks_app.tasks.files import draft_key
from casetasks_app.tasks.queries import step_form, view
from casetasks_app.tasks.uploads import Question
from tests.factories import NOON, Office, a_case, a_task, actor, an_office
from tests.integration.processes.test_jobs import carry_out
from tests.integration.processes.test_timers import fire
from tests.integration.tasks.looking import mails, open_steps, the_task

CONTACT = {"contact_name": "Alex Morgan", "contact_email": "alex.morgan@example.org"}


@dataclass
class Desk:
    """One task, created by Priya for the officers, on a case that Alex Morgan raised."""

    office: Office
    task_id: int

    def claim(self, person: Person, *, now: datetime = NOON) -> None:
        """Claim the open step."""
        with unit_of_work() as session:
            hold.claim(session, task_id=self.task_id, actor=actor(session, person), now=now)

    def do(self, person: Person, *, now: datetime = NOON, **answers: object) -> None:
        """Complete the open step."""
        with unit_of_work() as session:
            (step,) = open_steps(session, self.task_id)
            who = actor(session, person)
            complete.complete_step(session, task_id=self.task_id, step_id=step.id or 0, answers=answers, actor=who, now=now)

    def upload(self, person: Person, name: str, content: bytes, *, now: datetime = NOON) -> str:
        """Add a file to the open step, as its form does, and return its id."""
        part = store.Part(name)
        part.write(content)
        with unit_of_work() as session:
            (step,) = open_steps(session, self.task_id)
            place = Place(draft_key=draft_key(step))
            file_id = files.keep(session, upload=part.finish(), place=place, person_id=person.id, now=now)
            who = actor(session, person)
            asked = step_form.rows_of(session, task_id=self.task_id, step_id=step.id or 0, actor=who)
            to = Question(self.task_id, step.id or 0, next(row.name for row in asked if row.kind == "files"))
            uploads.attach(session, to=to, file_id=file_id, actor=who, now=now)
        return file_id

    def let_time_come(self, now: datetime) -> None:
        """Fire what is due and carry out what follows, as the scheduler does at that moment."""
        fire(now)
        carry_out(now)

    def task(self) -> Task:
        """Return the task as the database has it."""
        with unit_of_work() as session:
            return the_task(session, self.task_id)

    def step(self) -> tuple[str, int | None, int | None]:
        """Return the open step: its name, who has it, and the team it is with."""
        with unit_of_work() as session:
            (step,) = open_steps(session, self.task_id)
            return step.name, step.assignee_id, step.team_id

    def mails(self, kind: str) -> list[OutgoingMail]:
        """Return what of one kind waits in the outbox."""
        with unit_of_work() as session:
            return mails(session, kind)

    def page(self, person: Person, *, now: datetime = NOON) -> view.TaskPage:
        """Return the task page as this person sees it."""
        with unit_of_work() as session:
            task = the_task(session, self.task_id)
            return view.page(session, reference=self.office.reference, number=task.number, actor=actor(session, person), now=now, recent=50)

    def notes(self, *, with_private: bool) -> list[tuple[str, tuple[str, ...], bool]]:
        """Return the notes of the case history, oldest first: title, lines, whether private."""
        with unit_of_work() as session:
            found = queries.entries(session, case_id=self.office.case_id, with_private=with_private)
            return [(each.title, each.lines, each.is_private) for each in reversed(found) if each.kind == "note_written"]


def a_desk(plugin: str, **settings: object) -> Desk:
    """Set up the office and create the task; everything is committed."""
    with unit_of_work() as session:
        office = an_office(session, plugin=plugin, plugin_settings=settings, is_cancellable=True)
        office.case_id, office.reference = a_case(session, office.case_type, office.manager, **CONTACT)
        made = a_task(session, office)
        session.flush()
        session.expunge_all()
    return Desk(office, made.task_id)
