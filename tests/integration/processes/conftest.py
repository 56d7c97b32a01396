"""An office whose task type acts by itself."""

from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlmodel import Session

from casetasks_app.cases import complete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people.rules import Actor
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from tests.factories import NOON, Office, a_case, a_task, actor, an_office
from tests.integration.tasks.looking import open_steps


@dataclass
class Acting:
    """An office, and one task of the kind under test that Tom has."""

    office: Office
    task_id: int
    tom: Actor
    manager: Actor

    def complete(self, *, now: datetime = NOON, **answers: object) -> None:
        """Complete Tom's open step, in a transaction of its own."""
        with unit_of_work() as session:
            self.complete_in(session, now=now, **answers)

    def complete_in(self, session: Session, *, now: datetime = NOON, **answers: object) -> None:
        """Complete Tom's open step."""
        step = next(each for each in open_steps(session, self.task_id) if each.assignee_id == self.tom.person_id)
        complete.complete_step(session, task_id=self.task_id, step_id=step.id or 0, answers=answers, actor=self.tom, now=now)


@pytest.fixture
def acting(database: str) -> Generator[Callable[..., Acting]]:
    """Put a plugin into use and create a task of it for Tom; everything is committed."""
    assert database
    with ExitStack() as installed:

        def begin(plugin: TaskPlugin, *, now: datetime = NOON, contact_email: str = "", **case: object) -> Acting:
            installed.enter_context(registry.registered(plugin))
            with unit_of_work() as session:
                office = an_office(session, plugin=plugin.id, is_cancellable=True)
                if contact_email or case:
                    office.case_id, office.reference = a_case(
                        session, office.case_type, office.manager, contact_email=contact_email, **case
                    )
                made = a_task(session, office, assignee_id=office.tom.id, now=now)
                return Acting(office, made.task_id, actor(session, office.tom), actor(session, office.manager))

        yield begin
