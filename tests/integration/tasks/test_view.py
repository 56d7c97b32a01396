"""The task page: what it shows to whom."""

import pytest
from sqlmodel import Session

from casetasks_app.cases import complete
from casetasks_app.errors import NotFound
from casetasks_app.models import StoredFile
from casetasks_app.tasks.queries import view
from tests.factories import NOON, Office, a_task, a_task_type, actor
from tests.integration.tasks.looking import open_steps


def _page(session: Session, office: Office, number: int, person: object) -> view.TaskPage:
    session.flush()
    who = actor(session, person)  # pyright: ignore[reportArgumentType]
    return view.page(session, reference=office.reference, number=number, actor=who, now=NOON)


def test_the_view_changes_with_each_step_and_differs_by_plugin(session: Session, office: Office) -> None:
    """S24, S25, S26, B21."""
    approval = a_task_type(session, office.case_type, office.officers, plugin="approval")
    standard, decision = (
        a_task(session, office, assignee_id=office.tom.id),
        a_task(session, office, task_type_id=approval.id, assignee_id=office.tom.id),
    )
    before = [_page(session, office, made.number, office.manager).blocks for made in (standard, decision)]
    for made, answers in ((standard, {"outcome": "Done", "note": "All well"}), (decision, {"decision": "approve"})):
        step = open_steps(session, made.task_id)[0]
        tom = actor(session, office.tom)
        complete.complete_step(session, task_id=made.task_id, step_id=step.id or 0, answers=answers, actor=tom, now=NOON)

    after = [_page(session, office, made.number, office.manager).blocks for made in (standard, decision)]

    assert before[0] != after[0]
    assert before[1] != after[1]
    assert [type(block) for block in after[0]] != [type(block) for block in after[1]]


def test_case_details_are_seen_only_where_they_were_shared(session: Session, office: Office) -> None:
    """S53, S54, B6."""
    office.case_type.form = [{"name": "place", "label": "Address"}]
    secret, shared = (
        a_task(session, office, assignee_id=office.tom.id),
        a_task(session, office, assignee_id=office.tom.id, shares_case_details=True),
    )

    assert _page(session, office, secret.number, office.tom).case_facts == ()
    assert ("Title", "Mill Lane extension") in _page(session, office, shared.number, office.tom).case_facts
    assert _page(session, office, secret.number, office.tom).row.case_title == ""


def test_the_task_shows_the_texts_and_files_it_was_sent(session: Session, office: Office) -> None:
    """S52, S55, B6."""
    session.add(
        StoredFile(
            id="plan", case_id=office.case_id, name="plan.pdf", media_type="application/pdf", size=1_200_000, sha256="", added_at=NOON
        )
    )
    session.flush()
    made = a_task(session, office, description="Look", summary="At the wall", file_ids=("plan",), assignee_id=office.tom.id)

    page = _page(session, office, made.number, office.tom)

    assert (page.row.description, page.summary) == ("Look", "At the wall")
    assert [(file.name, file.size) for file in page.files] == [("plan.pdf", "1.2 MB")]


def test_a_draft_is_for_whoever_has_the_step(session: Session, office: Office) -> None:
    """B19."""
    made = a_task(session, office, assignee_id=office.tom.id)
    step = open_steps(session, made.task_id)[0]
    tom = actor(session, office.tom)
    complete.save_draft(session, task_id=made.task_id, step_id=step.id or 0, answers={"note": "half"}, actor=tom, now=NOON)

    mine, managers = (_page(session, office, made.number, person).form for person in (office.tom, office.manager))

    assert mine
    assert managers
    assert (mine.draft, managers.draft, managers.draft_by) == ({"note": "half"}, {}, "Tom Ellis")


def test_nobody_else_sees_the_task(session: Session, office: Office) -> None:
    """S43, B17."""
    made = a_task(session, office, assignee_id=office.tom.id)

    for person in (office.stranger, office.ana):
        with pytest.raises(NotFound):
            _page(session, office, made.number, person)
    assert _page(session, office, made.number, office.lead).row.number == 1
    with pytest.raises(NotFound):
        _page(session, office, 99, office.manager)
