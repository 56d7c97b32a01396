"""Notes of plugins written by others: one that fails costs the note alone; a removed plugin keeps private notes private."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Answers
from casetasks_app.task_types.notes import Note
from casetasks_app.tasks import notes
from casetasks_app.tasks.access import at_hand
from tests.factories import actor
from tests.integration.plugins.desk import a_desk

UPDATE = {"action": "update", "update": "The neighbour may be lying.", "readers": "private"}


def raises(step: str, answers: Answers) -> Note | None:
    raise KeyError(step)


def gives_text(step: str, answers: Answers) -> Note | None:
    return "no note at all"  # pyright: ignore[reportReturnType]


def with_note(note: Callable[[str, Answers], Note | None]) -> TaskPlugin:
    return replace(registry.installed()["investigate"], note=note)


@pytest.mark.parametrize("note", [raises, gives_text])
def test_a_note_that_cannot_be_made_costs_neither_the_answers_nor_the_step(database: str, note: Callable[..., Note | None]) -> None:
    """B19, B20."""
    assert database
    with registry.registered(with_note(note)):
        desk = a_desk("investigate")
        desk.claim(desk.office.tom)

        desk.do(desk.office.tom, **UPDATE)

        assert desk.notes(with_private=True) == []
        assert desk.step()[0] == "investigate"
        assert "The neighbour may be lying." in str(desk.page(desk.office.tom).blocks)


def test_a_private_note_stays_private_when_its_plugin_is_gone(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """S75: who may not read it gets the step without its answers, before anything is made of them."""
    assert database
    desk = a_desk("investigate")
    desk.claim(desk.office.tom)
    desk.do(desk.office.tom, **UPDATE)
    others = {key: plugin for key, plugin in registry.installed().items() if key != "investigate"}
    monkeypatch.setattr(registry, "_state", [registry.Loaded(others)])

    hidden = {}
    for person in (desk.office.manager, desk.office.tom, desk.office.ana, desk.office.lead):
        with unit_of_work() as session:
            who = actor(session, person)
            hidden[person.name] = len(notes.hidden_from(session, at=at_hand(session, task_id=desk.task_id, actor=who), actor=who))

    assert hidden == {"Priya Shah": 0, "Tom Ellis": 0, "Ana Ruiz": 1, "Mia Lead": 1}
