"""An investigation on real databases: its updates in the history, who reads which, and how it ends."""

import pytest

from casetasks_app.task_types.summary import Text
from tests.integration.plugins.desk import Desk, a_desk

SEEN = {"action": "update", "update": "The fence was moved on Tuesday.", "readers": "public"}
DOUBT = {"action": "update", "update": "The neighbour may be lying.", "readers": "private"}
FOUND = {"action": "findings", "findings": "The fence stands 40 cm too far out."}
HIDDEN = "This update is a private note. Only case managers can read it."


@pytest.fixture
def desk(database: str) -> Desk:
    assert database
    return a_desk("investigate")


def test_three_people_an_investigation_with_several_updates_until_the_findings(desk: Desk) -> None:
    """S5, S19, B20."""
    tom = desk.office.tom
    desk.claim(tom)
    for answers in (SEEN, DOUBT, SEEN | {"update": "A van was seen."}):
        desk.do(tom, **answers)
        assert (desk.task().status, desk.step()[:2]) == ("new", ("investigate", tom.id))

    desk.do(tom, **FOUND)

    assert (desk.task().status, desk.task().outcome) == ("closed", "findings recorded")
    shown = desk.page(desk.office.manager).blocks
    assert [block.title for block in shown] == [
        "Update 3, public note", "Update 2, private note", "Update 1, public note", "Findings",
    ]  # fmt: skip


def test_each_update_is_a_note_in_the_history_public_or_private_as_its_author_chose(desk: Desk) -> None:
    """S74, S75."""
    desk.claim(desk.office.tom)
    for answers in (SEEN, DOUBT, FOUND):
        desk.do(desk.office.tom, **answers)

    title = "Task 1: note on “Investigate”"
    public = (title, ("The fence was moved on Tuesday.",), False)
    assert desk.notes(with_private=True) == [public, (title, ("The neighbour may be lying.",), True)]
    assert desk.notes(with_private=False) == [public]


def test_a_private_update_is_read_by_case_managers_and_its_author_alone(desk: Desk) -> None:
    """S75."""
    office = desk.office
    desk.claim(office.tom)
    desk.do(office.tom, **DOUBT)

    texts = {}
    for person in (office.manager, office.other_manager, office.tom, office.ana, office.lead):
        (shown,) = desk.page(person).blocks
        assert isinstance(shown, Text)
        texts[person.name] = shown.text

    mine, hidden = DOUBT["update"], HIDDEN
    assert texts == {"Priya Shah": mine, "Omar Reid": mine, "Tom Ellis": mine, "Ana Ruiz": hidden, "Mia Lead": hidden}


def test_the_history_beside_the_task_keeps_private_notes_from_the_tasks_people(desk: Desk) -> None:
    """S75."""
    desk.claim(desk.office.tom)
    for answers in (SEEN, DOUBT):
        desk.do(desk.office.tom, **answers)

    seen = {person.name: str(desk.page(person).history) for person in (desk.office.manager, desk.office.ana)}

    assert "The fence was moved on Tuesday." in seen["Priya Shah"]
    assert "The fence was moved on Tuesday." in seen["Ana Ruiz"]
    assert "The neighbour may be lying." in seen["Priya Shah"]
    assert "The neighbour may be lying." not in seen["Ana Ruiz"]


def test_the_next_update_starts_empty(desk: Desk) -> None:
    desk.claim(desk.office.tom)
    desk.do(desk.office.tom, **SEEN)

    form = desk.page(desk.office.tom).form

    assert form
    assert (form.draft, form.is_repeat, [row.name for row in form.shown]) == ({}, False, ["action", "files"])
