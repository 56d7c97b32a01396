"""A case with a task and its people, a post office on loopback, and settings that point at it."""

from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from casetasks_app import settings
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.mail import service
from casetasks_app.mail.facts import MailFacts, MailKind, Recipient
from casetasks_app.mail.samples import SITE_VISIT
from casetasks_app.mail.service import Queued
from casetasks_app.models import Case, CaseType, OutgoingMail, Person, ProcessModel, Task, TaskType
from tests.integration.mail.post_office import Certificates, PostOffice, certificates, open_for_business


@dataclass
class Office:
    """The case, its task and its people, by id."""

    case_id: int
    task_id: int
    tom: Recipient
    ana: Recipient
    gone: Recipient
    now: datetime

    @property
    def facts(self) -> MailFacts:
        due_at = self.now + timedelta(days=1)
        return replace(SITE_VISIT, case_id=self.case_id, task_id=self.task_id, generation=1, due_at=due_at)

    def queue(self, kind: MailKind = MailKind.TEAM_TASK, to: list[Recipient] | None = None, event: str = "e1") -> list[Queued]:
        recipients = [self.tom] if to is None else to
        with unit_of_work() as session:
            return service.queue(session, kind=kind, recipients=recipients, facts=self.facts, event=event, now=self.now)

    def mails(self) -> list[OutgoingMail]:
        with unit_of_work.read() as session:
            return list(session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id))))

    def task(self) -> Task:
        with unit_of_work.read() as session:
            return session.get_one(Task, self.task_id)

    def change_task(self, **values: object) -> None:
        with unit_of_work() as session:
            session.get_one(Task, self.task_id).sqlmodel_update(values)


@dataclass
class Admin:
    """Somebody who may look at emails, or not."""

    is_administrator: bool = True


@pytest.fixture
def office(database: str, now: datetime) -> Office:
    """Give a case with one open task that Tom has."""
    assert database
    with unit_of_work() as session:
        people = [
            Person(email=f"{name}@example.org", name=name.title(), is_active=name != "gone", created_at=now)
            for name in ("tom", "ana", "gone")
        ]
        case_type = CaseType(key="planning", name="Planning enforcement", prefix="HSG")
        model = ProcessModel(digest="d", plugin="standard", plugin_version="1", xml="<x/>", added_at=now)
        session.add_all([*people, case_type, model])
        session.flush()
        case = Case(reference="HSG-1042", case_type_id=case_type.id or 0, title="Noise", raised_at=now)
        task_type = TaskType(case_type_id=case_type.id or 0, key="visit", name="Site visit", plugin="standard", changed_at=now)
        session.add_all([case, task_type])
        session.flush()
        task = Task(
            case_id=case.id or 0, number=2, task_type_id=task_type.id or 0, plugin="standard", description="14 Mill Lane", created_at=now,
            assignee_id=people[0].id, model_digest="d", due_at=now + timedelta(days=1),
        )  # fmt: skip
        session.add(task)
        session.flush()
        tom, ana, gone = (Recipient(person.id, person.name, person.email) for person in people)
        return Office(case.id or 0, task.id or 0, tom, ana, gone, now)


Connect = Callable[..., PostOffice]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Generator[Connect]:
    """Give a function that opens a post office and points the product's settings at it."""
    with ExitStack() as stack:

        def opened(server: PostOffice | None = None, *, settings_only: dict[str, object] | None = None, **options: object) -> PostOffice:
            made = stack.enter_context(open_for_business(server or PostOffice(), **options))  # pyright: ignore[reportArgumentType]
            values = {"mail_host": "127.0.0.1", "mail_port": made.port, "mail_tls": "none", "mail_from": "tasks@council.example"}
            for name, value in (values | (settings_only or {})).items():
                monkeypatch.setenv(f"CASETASKS_{name.upper()}", str(value))
            settings.load.cache_clear()
            return made

        yield opened
    monkeypatch.undo()
    settings.load.cache_clear()


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Give certificates of an authority nobody but these tests trusts."""
    folder: Path = tmp_path_factory.mktemp("certificates")
    return certificates(folder)
