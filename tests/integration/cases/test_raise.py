"""Raising a case, with the tasks it generates."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from casetasks_app.cases import service as cases
from casetasks_app.cases.service import CannotRaise, CannotTakeOver, CaseRefused
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import StoredFile, Task, TaskFile
from casetasks_app.tasks import hold
from casetasks_app.tasks.wanted import TaskRefused
from tests.factories import NOON, Office, a_case, a_case_type, a_person, a_task, a_task_type, a_team, actor, an_office
from tests.integration.cases.test_complete import _complete
from tests.integration.tasks.looking import history, mails, open_steps

FIELD = [{"name": "visit", "label": "Visit needed?", "kind": "text", "required": False}]


def _tasks(session: Session, case_id: int) -> list[Task]:
    return list(session.exec(select(Task).where(Task.case_id == case_id).order_by(col(Task.number))))


def test_a_case_gets_the_next_reference_of_its_type_and_its_manager(session: Session, office: Office) -> None:
    other = a_case_type(session, office.managers, prefix="HSG")

    references = [a_case(session, other, office.manager)[1] for _ in range(2)]

    assert references == ["HSG-1001", "HSG-1002"]
    assert [entry.details["manager"] for entry in history(session, "manager_assigned")][-1] == "Priya Shah"


def test_pressing_raise_twice_raises_one_case(session: Session, office: Office) -> None:
    """B10."""
    first = a_case(session, office.case_type, office.manager, key="once")
    second = a_case(session, office.case_type, office.manager, key="once")

    assert first == second


def test_the_key_of_somebody_elses_case_tells_nothing_of_it(session: Session, office: Office) -> None:
    """B10."""
    a_case(session, office.case_type, office.manager, key="guessed")

    with pytest.raises(CannotRaise, match="Somebody else used the key"):
        a_case(session, office.case_type, office.other_manager, key="guessed")


def test_a_case_sent_twice_at_the_same_moment_is_raised_once(database: str) -> None:
    """B10."""
    with unit_of_work() as session:
        office = an_office(session)

    def send(_: int) -> str:
        with unit_of_work() as session:
            return a_case(session, office.case_type, office.manager, key="once")[1]

    with ThreadPoolExecutor(4) as threads:
        references = set(threads.map(send, range(4)))

    assert len(references) == 1, database


def test_several_tasks_are_generated_at_the_moment_of_raising(session: Session, office: Office) -> None:
    """S64, S65, S66, S67, B12, B13, B16."""
    for name in ("Document check", "Site visit"):
        a_task_type(
            session, office.case_type, office.officers, name=name, default_description=f"{name}: {{{{ case.title }}}}",
            auto_generate=True, auto_team_id=office.officers.id, email_team=True,
        )  # fmt: skip

    case_id, _ = a_case(session, office.case_type, office.manager, title="Mill Lane")

    made = _tasks(session, case_id)
    assert [(task.number, task.description, task.is_automatic) for task in made] == [
        (1, "Document check: Mill Lane", True),
        (2, "Site visit: Mill Lane", True),
    ]
    assert {open_steps(session, task.id or 0)[0].team_id for task in made} == {office.officers.id}
    assert len(mails(session, "team_task")) == 6
    assert [entry.details["is_automatic"] for entry in history(session, "task_created")] == [True, True]


def test_nothing_is_created_where_auto_generate_is_off(session: Session, office: Office) -> None:
    """S68."""
    case_id, _ = a_case(session, office.case_type, office.manager)

    assert _tasks(session, case_id) == []


@pytest.mark.parametrize(
    ("answers", "is_created"),
    [
        ({}, True), ({"visit": None}, True), ({"visit": ""}, True), ({"visit": "yes"}, True), ({"visit": "true"}, True),
        ({"visit": "no"}, False), ({"visit": "Yes"}, False), ({"visit": "0"}, False), ({"visit": " yes "}, False),
        ({"visit": "yes\n"}, False), ({"visit": "true "}, False), ({"visit": "1"}, False), ({"visit": "   "}, True),
    ],
)  # fmt: skip
def test_a_condition_on_the_case_form_decides_when_the_case_is_raised(
    session: Session, office: Office, answers: dict[str, object], is_created: bool
) -> None:
    """S69, B15."""
    case_type = a_case_type(session, office.managers, form=FIELD)
    settings = {"auto_generate": True, "auto_team_id": office.officers.id, "auto_field": "visit"}
    a_task_type(session, case_type, office.officers, **settings)

    case_id, _ = a_case(session, case_type, office.manager, answers=answers)

    assert bool(_tasks(session, case_id)) is is_created


@pytest.mark.parametrize(
    ("kind", "value", "is_created"),
    [
        ("yes/no", True, True), ("yes/no", False, False), ("yes/no", "true", True), ("yes/no", "no", False), ("yes/no", None, True),
        ("number", 0, False), ("number", 1, False), ("number", "", True), ("choices", ["yes"], False), ("choices", [], False),
        ("choice", "yes", True), ("choice", "no", False), ("choice", "", True),
    ],
)  # fmt: skip
def test_every_kind_of_question_may_decide(session: Session, office: Office, kind: str, value: object, *, is_created: bool) -> None:
    """S69, B15: the truth table with the values that each kind of question gives."""
    options = {"options": ["yes", "no"]} if kind.startswith("choice") else {}
    field = {"name": "visit", "label": "Visit needed?", "kind": kind, "required": False, **options}
    case_type = a_case_type(session, office.managers, form=[field])
    a_task_type(session, case_type, office.officers, auto_generate=True, auto_team_id=office.officers.id, auto_field="visit")

    case_id, _ = a_case(session, case_type, office.manager, answers={"visit": value})

    assert bool(_tasks(session, case_id)) is is_created


def test_with_auto_assign_it_goes_to_the_manager_or_else_to_the_manager_team(session: Session, office: Office) -> None:
    """B14."""
    case_type = a_case_type(session, office.managers)
    a_task_type(session, case_type, auto_assign=True, auto_generate=True)

    managed, _ = a_case(session, case_type, office.manager)
    unmanaged, _ = a_case(session, case_type, None)

    first, second = (open_steps(session, _tasks(session, each)[0].id or 0)[0] for each in (managed, unmanaged))
    assert (first.assignee_id, first.team_id) == (office.manager.id, None)
    assert (second.assignee_id, second.team_id) == (None, office.managers.id)


def test_without_a_manager_it_goes_to_a_team_that_still_exists(session: Session, office: Office) -> None:
    """B14."""
    office.managers.is_active = False
    newer = a_team(session, office.other_manager)
    case_type = a_case_type(session, office.managers, newer)
    a_task_type(session, case_type, auto_assign=True, auto_generate=True)

    case_id, _ = a_case(session, case_type, None)

    assert open_steps(session, _tasks(session, case_id)[0].id or 0)[0].team_id == newer.id


def test_everything_that_is_wrong_is_said_at_once(session: Session, office: Office) -> None:
    case_type = a_case_type(session, office.managers, form=[{"name": "place", "label": "Address"}])

    with pytest.raises(CaseRefused) as refusal:
        a_case(session, case_type, office.manager, title=" ", contact_email="nobody", answers={"place": ""})

    assert refusal.value.problems == {
        "title": "Enter a title for the case.",
        "contact_email": "Enter an email address in the correct format, like name@example.com.",
        "place": "Enter address.",
    }


def test_only_case_managers_of_the_type_raise_its_cases(session: Session, office: Office) -> None:
    for person in (office.tom, office.stranger, a_person(session, is_administrator=True)):
        with pytest.raises(CannotRaise):
            a_case(session, office.case_type, person)


def test_a_generated_task_sees_the_case_files_only_where_configured(session: Session, office: Office) -> None:
    """S87."""
    for has_files in (True, False):
        case_type = a_case_type(session, office.managers)
        settings = {"auto_generate": True, "auto_team_id": office.officers.id, "auto_attachments": has_files}
        a_task_type(session, case_type, office.officers, **settings)
        file = StoredFile(id=f"f{has_files}", name="a.pdf", media_type="application/pdf", size=1, sha256="", added_at=NOON)
        session.add(file)
        session.flush()

        case_id, _ = a_case(session, case_type, office.manager, file_ids=(file.id,))

        sent = session.exec(select(TaskFile).where(TaskFile.task_id == _tasks(session, case_id)[0].id)).all()
        assert (session.get_one(StoredFile, file.id).case_id, bool(sent)) == (case_id, has_files)


def test_another_manager_takes_a_case_over(session: Session) -> None:
    office = an_office(session)
    other = actor(session, office.other_manager)

    cases.take_over(session, case_id=office.case_id, actor=other, now=NOON)

    with pytest.raises(CannotTakeOver):
        cases.take_over(session, case_id=office.case_id, actor=other, now=NOON)
    assert history(session, "manager_assigned")[-1].details == {"manager": "Omar Reid", "former": "Priya Shah"}


def test_a_generated_task_counts_towards_the_maximum_and_opens_what_it_is_first_for(session: Session, office: Office) -> None:
    """B16, S83, S85: like one that somebody created."""
    case_type = a_case_type(session, office.managers)
    settings = {"auto_generate": True, "auto_team_id": office.officers.id, "maximum": 1}
    first = a_task_type(session, case_type, office.officers, **settings)
    later = a_task_type(session, case_type, office.officers, prerequisites=[first.key])
    case_id, _ = a_case(session, case_type, office.manager)
    here = replace(office, case_id=case_id)
    [made] = _tasks(session, case_id)

    with pytest.raises(TaskRefused, match="already created 1 of 1 time"), session.begin_nested():
        a_task(session, here, task_type_id=first.id)
    with pytest.raises(TaskRefused, match="first complete"), session.begin_nested():
        a_task(session, here, task_type_id=later.id)
    hold.claim(session, task_id=made.id or 0, actor=actor(session, office.tom), now=NOON)
    _complete(session, made.id or 0, office.tom, outcome="Done")

    assert a_task(session, here, task_type_id=later.id).number == 2
