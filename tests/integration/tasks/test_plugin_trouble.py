"""A plugin that is gone, changed or broken: its tasks still open and say so, and no other task notices."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from casetasks_app.cases import complete
from casetasks_app.models import Task
from casetasks_app.task_types import registry
from casetasks_app.task_types.forms import FieldRow, from_rows
from casetasks_app.task_types.registry import Loaded
from casetasks_app.task_types.summary import Facts, Text
from casetasks_app.tasks import cancel, kinds
from casetasks_app.tasks.queries import view
from tests.factories import NOON, Office, a_task, a_task_type, actor
from tests.integration.tasks.looking import open_steps
from tests.integration.tasks.test_migrate import FIRST, TWO

WHERE = [
    FieldRow("place", "Where", "choice", options=(("n", "North"), ("s", "South"))),
    FieldRow("files", "Photos", "files", required=False),
]
FORMS = {**FIRST.forms, "Renamed": from_rows(WHERE)}
TWO_STEPS = replace(FIRST, summary=TWO, forms=FORMS)


@pytest.fixture
def half_done(session: Session, office: Office) -> Iterator[Task]:
    """Give a task of two steps of which the first is done."""
    with registry.registered(TWO_STEPS):
        kind = a_task_type(session, office.case_type, office.officers, plugin="drawn", is_cancellable=True)
        made = a_task(session, office, task_type_id=kind.id, assignee_id=office.tom.id)
        step = open_steps(session, made.task_id)[0]
        tom = actor(session, office.tom)
        complete.complete_step(session, task_id=made.task_id, step_id=step.id or 0, answers={"place": "n"}, actor=tom, now=NOON)
        session.flush()
        yield session.get_one(Task, made.task_id)


@contextmanager
def removed(monkeypatch: pytest.MonkeyPatch, *names: str) -> Iterator[None]:
    """Have these plugins no more."""
    left = {name: plugin for name, plugin in registry.installed().items() if name not in names}
    with monkeypatch.context() as patch:
        patch.setattr(registry, "_state", [Loaded(left)])
        yield


def page_of(session: Session, office: Office, task: Task) -> view.TaskPage:
    session.flush()
    return view.page(session, reference=office.reference, number=task.number, actor=actor(session, office.tom), now=NOON)


def test_a_task_of_a_removed_plugin_shows_what_each_finished_step_stored(
    session: Session, office: Office, half_done: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page_of(session, office, half_done)

    with removed(monkeypatch, "drawn"):
        after = page_of(session, office, half_done)

    assert after.blocks == before.blocks
    assert isinstance(after.blocks[0], Facts)
    assert after.blocks[0].items[0] == ("Where", "North")
    assert after.process == ("Write: done", "Check: open now")
    assert (after.form, after.is_available, after.plugin_id) == (None, False, "drawn")


def test_a_task_of_a_removed_plugin_cannot_be_answered_but_be_cancelled(
    session: Session, office: Office, half_done: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, tom = open_steps(session, half_done.id or 0)[0], actor(session, office.tom)

    with removed(monkeypatch, "drawn"):
        with pytest.raises(kinds.PluginMissing, match="This kind of task is not available right now"):
            complete.complete_step(session, task_id=step.task_id, step_id=step.id or 0, answers={"fine": "yes"}, actor=tom, now=NOON)
        reason = cancel.Reason("Another reason", "The plugin is gone.")
        cancel.cancel(session, task_id=step.task_id, reason=reason, actor=actor(session, office.manager), now=NOON)

        assert page_of(session, office, half_done).row.status == "cancelled"


def test_answers_keep_the_words_they_were_asked_in_when_the_plugin_is_updated(session: Session, office: Office, half_done: Task) -> None:
    reworded = from_rows([FieldRow("somewhere", "Somewhere else")])

    with registry.registered(replace(TWO_STEPS, version="2.0", forms={**FORMS, "Renamed": reworded})):
        blocks = page_of(session, office, half_done).blocks

    assert isinstance(blocks[0], Facts)
    assert blocks[0].items[0] == ("Where", "North")


def raises(*_: object) -> Any:
    raise RuntimeError("the plugin is broken")


@pytest.mark.parametrize(
    "forms", [{**FORMS, "Check": raises}, {key: form for key, form in FORMS.items() if key != "Check"}, {}], ids=["raises", "gone", "none"]
)
def test_a_form_that_cannot_be_made_is_said_and_the_rest_of_the_page_works(
    session: Session, office: Office, half_done: Task, forms: dict[str, Any]
) -> None:
    with registry.registered(replace(TWO_STEPS, forms=forms)):
        found = page_of(session, office, half_done)

    assert (found.form, found.is_available) == (None, False)
    assert isinstance(found.blocks[0], Facts)
    assert found.history


def test_a_summary_that_raises_is_said_and_the_answers_are_shown(
    session: Session, office: Office, half_done: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casetasks_app.task_types.summary.summary_of", lambda _plugin: raises)

    blocks = page_of(session, office, half_done).blocks

    assert isinstance(blocks[0], Text)
    assert "cannot be shown right now" in blocks[0].text
    assert isinstance(blocks[1], Facts)


def test_tasks_of_other_plugins_notice_nothing(session: Session, office: Office, half_done: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """S10."""
    other = a_task(session, office, assignee_id=office.tom.id)

    with removed(monkeypatch, "drawn"):
        step, tom = open_steps(session, other.task_id)[0], actor(session, office.tom)
        done = complete.complete_step(
            session, task_id=other.task_id, step_id=step.id or 0, answers={"outcome": "Done"}, actor=tom, now=NOON
        )

    assert done.is_closed
    assert half_done.status.value == "new"
