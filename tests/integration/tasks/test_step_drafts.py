"""Drafts of an open step: they travel with the task, files and all, and lose nothing to a second tab."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session

from casetasks_app.cases import complete
from casetasks_app.errors import NotFound
from casetasks_app.files import queries, service, store
from casetasks_app.files.service import Place
from casetasks_app.history.queries import entries
from casetasks_app.models import Person, StoredFile
from casetasks_app.task_types import registry
from casetasks_app.tasks import hold, uploads
from casetasks_app.tasks.queries import picking, view
from casetasks_app.tasks.uploads import Question
from tests import every_kind
from tests.every_kind.forms import good
from tests.factories import NOON, Office, a_person, a_task, a_task_type, a_team, actor
from tests.integration.tasks.looking import history, open_steps
from tests.unit.files.making import PNG


@pytest.fixture
def visit(session: Session, office: Office) -> Iterator[Question]:
    """Give the question for photos of a visit that Tom has claimed."""
    with registry.registered(every_kind.plugin):
        kind = a_task_type(session, office.case_type, office.officers, plugin="every_kind", name="Visit")
        made = a_task(session, office, task_type_id=kind.id)
        hold.claim(session, task_id=made.task_id, actor=actor(session, office.tom), now=NOON)
        yield Question(made.task_id, open_steps(session, made.task_id)[0].id or 0, "photos")


def photo(session: Session, to: Question, person: Person, name: str = "front.png") -> str:
    """Upload a photo and add it to the answers, as the page does."""
    part = store.Part(name)
    part.write(PNG)
    place = Place(draft_key=f"step:{to.step_id}")
    file_id = service.keep(session, upload=part.finish(), place=place, person_id=person.id, now=NOON)
    uploads.attach(session, to=to, file_id=file_id, actor=actor(session, person), now=NOON)
    return file_id


def save(session: Session, to: Question, person: Person, **answers: object) -> dict[str, object]:
    """Save a draft."""
    who = actor(session, person)
    return complete.save_draft(session, task_id=to.task_id, step_id=to.step_id, answers=answers, actor=who, now=NOON)


def send(session: Session, to: Question, person: Person, **answers: object) -> None:
    """Complete the step."""
    who = actor(session, person)
    complete.complete_step(session, task_id=to.task_id, step_id=to.step_id, answers=answers, actor=who, now=NOON)


def may_have(session: Session, file_id: str, person: Person) -> bool:
    """Tell whether somebody may download a file."""
    return queries.download(session, file_id=file_id, viewer=actor(session, person)) is not None


def test_whoever_has_the_step_next_may_open_the_files_of_its_draft(session: Session, office: Office, visit: Question) -> None:
    """B19, B18: a draft travels with the task; nobody else of the team sees into it."""
    file_id = photo(session, visit, office.tom)
    assert not may_have(session, file_id, office.ana)
    hold.release(session, task_id=visit.task_id, actor=actor(session, office.tom), now=NOON)
    assert not may_have(session, file_id, office.ana)

    hold.claim(session, task_id=visit.task_id, actor=actor(session, office.ana), now=NOON)

    page = view.page(session, reference=office.reference, number=1, actor=actor(session, office.ana), now=NOON)
    assert page.form
    assert [each.name for each in page.form.asked.files] == ["front.png"]
    assert page.form.draft == {"photos": [file_id]}
    assert may_have(session, file_id, office.ana)
    assert [may_have(session, file_id, each) for each in (office.lead, office.manager, office.stranger)] == [False] * 3


def test_what_another_tab_added_is_not_lost_to_a_draft_saved_without_it(session: Session, office: Office, visit: Question) -> None:
    """B19."""
    save(session, visit, office.tom, present="Mr Hart", breach="hidden since")
    file_id = photo(session, visit, office.tom)

    draft = save(session, visit, office.tom, present="Mr Hart and Mrs Hart")

    assert draft == {"present": "Mr Hart and Mrs Hart", "breach": "hidden since", "photos": [file_id]}


def test_a_file_taken_out_is_gone_from_the_draft_and_from_the_disk_later(session: Session, office: Office, visit: Question) -> None:
    """B19."""
    kept, gone = photo(session, visit, office.tom), photo(session, visit, office.tom, "wrong.png")

    draft = uploads.detach(session, to=visit, file_id=gone, actor=actor(session, office.tom), now=NOON)

    session.expire_all()
    assert draft == {"photos": [kept]}
    assert session.get_one(StoredFile, gone).removed_at == NOON
    assert not may_have(session, gone, office.tom)


def test_the_files_of_an_open_draft_outlive_thirty_days(session: Session, office: Office, visit: Question) -> None:
    """B19: only what can no longer be sent is forgotten."""
    photo(session, visit, office.tom)
    later = NOON + timedelta(days=60)

    while_open = service.forget(session, now=later)
    send(session, visit, office.tom, **good(photos=[photo(session, visit, office.tom)], officer=str(office.ana.id), **on_the_day()))
    when_over = service.forget(session, now=later)

    assert (while_open, when_over) == (0, 1)


def on_the_day() -> dict[str, object]:
    """Return the two dates of the visit, on the day these tests take place."""
    return {"day": "2026-11-18", "start": "2026-11-18T09:30"}


def test_files_of_accepted_answers_are_told_in_the_history_without_their_names(session: Session, office: Office, visit: Question) -> None:
    """B20, B6: a public entry never carries answers."""
    sent = [photo(session, visit, office.tom, name) for name in ("front.png", "back.png")]
    photo(session, visit, office.tom, "left out.png")

    send(session, visit, office.tom, **good(photos=sent, officer=str(office.ana.id), **on_the_day()))

    told = [each for each in entries(session, case_id=office.case_id, with_private=False) if each.kind == "file_added"]
    assert [(each.title, each.lines, each.byline) for each in told] == [("Task 1: 2 files added", (), "by Tom Ellis")]
    assert "png" not in str([entry.details for entry in history(session, "file_added")])
    assert may_have(session, sent[0], office.manager)


def test_people_and_teams_in_answers_are_named_even_when_they_have_left(session: Session, office: Office, visit: Question) -> None:
    """S25, S26."""
    given = good(officer=str(office.ana.id), next_team=str(office.officers.id), photos=[photo(session, visit, office.tom)], **on_the_day())
    send(session, visit, office.tom, **given)
    office.ana.is_active = office.officers.is_active = False
    session.flush()

    page = view.page(session, reference=office.reference, number=1, actor=actor(session, office.manager), now=NOON)

    facts = dict(next(block for block in page.blocks if block.kind == "facts").items)  # pyright: ignore[reportAttributeAccessIssue]
    assert (facts["Second officer"], facts["Team that goes on"]) == ("Ana Ruiz", "Planning officers")


def test_a_search_offers_people_by_every_word_and_teams_apart(session: Session, office: Office, visit: Question) -> None:
    """B19: bounded, with what tells equal names apart; teams only where a team is asked for."""
    a_team(session, a_person(session, "Zoë Ångström"), name="Åland desk")
    asked = {"actor": actor(session, office.tom)}
    officer, team = Question(visit.task_id, visit.step_id, "officer"), Question(visit.task_id, visit.step_id, "next_team")

    person = picking.found(session, of=officer, text="an ru", **asked)
    accented = picking.found(session, of=officer, text="ångström", **asked)
    plain = picking.found(session, of=officer, text="ZOE angstrom", **asked)
    a_team_of_that_name = picking.found(session, of=team, text="åland", **asked)
    teams = picking.found(session, of=team, text="", **asked)

    assert [(each.name, each.about) for each in person.found] == [("Ana Ruiz", "Planning officers")]
    assert [each.name for each in accented.found] == [each.name for each in plain.found] == ["Zoë Ångström"]
    assert [each.name for each in picking.found(session, of=team, text="aland", **asked).found] == ["Åland desk"]
    assert [(each.name, each.about) for each in a_team_of_that_name.found] == [("Åland desk", "1 person")]
    assert "Planning officers" in [each.name for each in teams.found]
    assert picking.found(session, of=officer, text="100%_", **asked).found == ()


def test_a_search_is_bounded_and_no_directory_for_others(session: Session, office: Office, visit: Question) -> None:
    """B19, S43: only whoever answers the question may ask."""
    for number in range(25):
        a_person(session, f"Bo Berg {number:02}")
    officer = Question(visit.task_id, visit.step_id, "officer")

    many = picking.found(session, of=officer, text="bo berg", actor=actor(session, office.tom))

    assert (len(many.found), many.has_more, many.found[0].name) == (20, True, "Bo Berg 00")
    for question, person in ((officer, office.ana), (officer, office.stranger), (visit, office.tom)):
        with pytest.raises(NotFound):
            picking.found(session, of=question, text="bo", actor=actor(session, person))
