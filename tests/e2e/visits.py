"""The demo with one more plugin installed, whose form has a question of every kind, and a task of it for Tom Ellis."""

import contextlib
import os
from collections.abc import Generator
from pathlib import Path

from sqlmodel import Session, col, select

from casetasks_app import clock
from casetasks_app.cli import place
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, CaseType, Person, Team
from casetasks_app.people import queries
from casetasks_app.task_types import registry
from casetasks_app.tasks import create
from casetasks_app.tasks.wanted import WantedTask
from tests import every_kind
from tests.e2e.office import Office, demo_office
from tests.factories import a_task_type
from tests.integration.conftest import use_database

CASE = "PLN-1001"


@contextlib.contextmanager
def visiting_office(folder: Path) -> Generator[tuple[Office, str]]:
    """Run the demo with that plugin; gives the office and the address of the task."""
    data, packages = folder / "data", folder / "packages"
    _install(packages)
    path = os.pathsep.join((str(packages), str(place.ROOT)))
    with demo_office(data, PYTHONPATH=path) as office:
        with use_database("", data), registry.registered(every_kind.plugin), unit_of_work() as session:
            number = _a_visit(session)
        yield office, f"/cases/{CASE}/tasks/{number}"


def _install(packages: Path) -> None:
    info = packages / "every_kind-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: every_kind\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[casetasks.plugins]\nevery_kind = tests.every_kind:plugin\n")


def _a_visit(session: Session) -> int:
    case = session.exec(select(Case).where(Case.reference == CASE)).one()
    officers = session.exec(select(Team).where(Team.key == "site-officers")).one()
    tom = session.exec(select(Person.id).where(col(Person.name) == "Tom Ellis")).one()
    manager = queries.actor(session, person_id=case.manager_id or 0)
    assert manager
    kind = a_task_type(session, session.get_one(CaseType, case.case_type_id), officers, plugin="every_kind", name="Full visit")
    wanted = WantedTask(task_type_id=kind.id or 0, key="a-visit", team_id=officers.id, assignee_id=tom)
    return create.create(session, case_id=case.id or 0, wanted_task=wanted, actor=manager, now=clock.now()).number
