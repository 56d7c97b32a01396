"""Running tasks keep their process when the plugin changes, until they are moved to the newest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from casetasks_app.cases import complete
from casetasks_app.history import queries as history
from casetasks_app.models import Task
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import FieldRow, from_rows
from casetasks_app.tasks import migrate
from tests.factories import NOON, Office, a_task, a_task_type, actor
from tests.integration.tasks.looking import open_steps
from tests.unit.process.drawn import bpmn, chain, end, flow, gateway, start, step

WRITE = from_rows([FieldRow("text", "Text"), FieldRow("gone", "Gone", required=False)])
RENAMED = from_rows([FieldRow("text", "New text")])
FORMS = {"Note": WRITE, "Renamed": RENAMED, "Check": from_rows([FieldRow("fine", "Fine", "yes/no")])}
ONE = bpmn(start(), step("write"), end(), chain("begin", "write", "done"))
TWO = bpmn(start(), step("write", "Renamed"), step("check", "Check"), end(), chain("begin", "write", "check", "done"))
WITHOUT = bpmn(start(), step("check", "Check"), end(), chain("begin", "check", "done"))
ASKED_BEFORE = bpmn(
    start(), step("plan", "Check"), step("write"), gateway("exclusive", "which", "done"), step("again", "Renamed"), end(),
    chain("begin", "plan", "write", "which", "done"), flow("which", "again", "fine"), chain("again", "done"),
)  # fmt: skip


class Drawn(TaskPlugin):
    """A plugin whose process is a text of a test; each has its own version."""

    __slots__ = ()

    def resource(self, path: str) -> str | None:
        """Return the model, which stands where the summary's words would."""
        return self.summary if path == registry.MODEL else None


FIRST = Drawn(id="drawn", name="Drawn", version="1.0", summary=ONE, forms=FORMS)


@contextmanager
def updated(xml: str) -> Iterator[None]:
    """Have the plugin in its second version, with this process."""
    with registry.registered(replace(FIRST, version="2.0", summary=xml)):
        yield


@pytest.fixture
def running(session: Session, office: Office) -> Iterator[Task]:
    with registry.registered(FIRST):
        kind = a_task_type(session, office.case_type, office.officers, plugin="drawn")
        made = a_task(session, office, task_type_id=kind.id, assignee_id=office.tom.id)
        session.flush()
        yield session.get_one(Task, made.task_id)


def migrated(session: Session) -> list[str]:
    found = [migrate.migrate_task(session, task_id=each, now=NOON) for each in migrate.behind(session, plugin_id="drawn", now=NOON)]
    session.flush()
    return [each.reason for each in found if each]


def completed(session: Session, office: Office, task: Task, **answers: object) -> bool:
    opened, tom = open_steps(session, task.id or 0)[0], actor(session, office.tom)
    done = complete.complete_step(session, task_id=task.id or 0, step_id=opened.id or 0, answers=answers, actor=tom, now=NOON)
    session.flush()
    return done.is_closed


def test_a_running_task_keeps_its_process_when_the_plugin_is_updated(session: Session, office: Office, running: Task) -> None:
    """S10."""
    with updated(TWO):
        assert completed(session, office, running, text="as before")

    assert (running.status.value, running.outcome) == ("closed", "done")


def test_a_moved_task_goes_on_in_the_new_process(session: Session, office: Office, running: Task) -> None:
    with updated(TWO):
        assert migrated(session) == [""]

        assert not completed(session, office, running, text="then checked")
        assert [opened.name for opened in open_steps(session, running.id or 0)] == ["check"]
        assert completed(session, office, running, fine=True)


def test_its_open_step_is_asked_as_in_the_new_process_and_keeps_its_person_and_draft(
    session: Session, office: Office, running: Task
) -> None:
    (before,) = open_steps(session, running.id or 0)
    before.draft = {"text": "half", "gone": "x"}

    with updated(TWO):
        migrated(session)

    (after,) = open_steps(session, running.id or 0)
    assert (after.id, after.step_id, after.assignee_id) == (before.id, before.step_id, office.tom.id)
    assert (after.form, after.draft) == ("Renamed", {"text": "half"})


def test_moving_is_written_into_the_history(session: Session, office: Office, running: Task) -> None:
    with updated(TWO):
        migrated(session)

    entry = history.entries(session, case_id=office.case_id, task_id=running.id, with_private=True, limit=9)[0]
    assert entry.title == "Task 1 goes on with version 2.0 of “Drawn”"
    assert entry.lines == ("Before: version 1.0.",)


def test_moving_twice_moves_once(session: Session, running: Task) -> None:
    with updated(TWO):
        assert migrated(session) == [""]
        digest, version = running.model_digest, running.version

        assert migrated(session) == []
        assert migrate.migrate_task(session, task_id=running.id or 0, now=NOON) is None
        assert (running.model_digest, running.version) == (digest, version)


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (WITHOUT, "“Write” is not in the new process"),
        (ASKED_BEFORE, "the new process reads what this task was never asked: fine"),
    ],
    ids=["step", "variable"],
)
def test_what_has_no_place_in_the_new_process_stays_and_is_listed(
    session: Session, office: Office, running: Task, xml: str, reason: str
) -> None:
    before = (running.model_digest, running.process, running.version)

    with updated(xml):
        assert migrated(session) == [reason]
        assert migrated(session) == [reason]

        assert (running.model_digest, running.process, running.version) == before
        assert completed(session, office, running, text="as before")


def test_a_task_that_is_over_is_not_moved(session: Session, office: Office, running: Task) -> None:
    completed(session, office, running, text="done")

    with updated(TWO):
        assert migrate.behind(session, plugin_id="drawn", now=NOON) == []
        assert migrate.migrate_task(session, task_id=running.id or 0, now=NOON) is None
    assert session.exec(select(Task.status).where(Task.id == running.id)).one().value == "closed"
