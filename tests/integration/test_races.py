"""What two people, or one person twice, do at the same moment: one order of events, nobody gets a bug to see."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlmodel import Session, col, select

from casetasks_app.cases import complete
from casetasks_app.cases import drafts as case_drafts
from casetasks_app.cases import service as cases
from casetasks_app.cases.drafts import Typed
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError
from casetasks_app.models import Case, CaseDraft, CreationDraft, Task, TaskStep
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import dialog, drafts, hold
from casetasks_app.tasks.cancel import Reason, cancel
from casetasks_app.tasks.drafts import Answered
from casetasks_app.tasks.making import Created
from casetasks_app.tasks.submitted import Submitted
from tests.factories import NOON, Office, a_task, actor, an_office
from tests.integration.racing import Verb, at_once
from tests.integration.tasks.looking import mails, open_steps, the_task


def while_open(first: Verb, second: Verb) -> object:
    """Carry out `second` while the transaction of `first` is still open; return its answer, given once both are over."""
    with ThreadPoolExecutor(1) as thread:
        with unit_of_work() as session:
            first(session)
            later = thread.submit(at_once, second)
            # Whatever it can do before the first has committed, it does now; what has to wait, waits.
            wait([later], timeout=0.5)
        [answer] = later.result(timeout=30)
    return answer


def refusals(answers: list[object]) -> list[str]:
    return [type(each).__name__ for each in answers if isinstance(each, CaseTasksError)]


@pytest.fixture
def office(database: str) -> Office:
    assert database
    with unit_of_work() as session:
        return an_office(session, is_cancellable=True, maximum=2)


def completing(task: int, step: int, who: Actor) -> Verb:
    return lambda session: complete.complete_step(session, task_id=task, step_id=step, answers={"outcome": "Done"}, actor=who, now=NOON)


def cancelling(task: int, who: Actor) -> Verb:
    return lambda session: cancel(session, task_id=task, reason=Reason("Duplicate of another task"), actor=who, now=NOON)


def given_to_tom(office: Office, count: int) -> tuple[Actor, list[tuple[int, int]]]:
    """Create tasks for Tom; return him, and task and step of each."""
    with unit_of_work() as session:
        made = [a_task(session, office, assignee_id=office.tom.id).task_id for _ in range(count)]
        return actor(session, office.tom), [(each, open_steps(session, each)[0].id or 0) for each in made]


def test_the_same_request_sent_again_while_it_is_carried_out_creates_one_task(office: Office) -> None:
    """B10, B9: the later one is told of the task that the first one made."""
    again = while_open(*[lambda session: a_task(session, office, key="pressed-twice")] * 2)

    assert isinstance(again, Created)
    assert (again.number, again.is_repeat) == (1, True)
    with unit_of_work.read() as session:
        assert [task.number for task in session.exec(select(Task))] == [1]
        assert session.get_one(Case, office.case_id).last_task_number == 1


def test_create_pressed_in_two_tabs_at_once_creates_one_task(office: Office) -> None:
    """B10, B11."""
    with unit_of_work() as session:
        manager = actor(session, office.manager)
        answered = Answered({"team": str(office.officers.id)}, office.task_type.id, office.task_type.revision)
        key = drafts.save(session, case_id=office.case_id, answered=answered, actor=manager, now=NOON).key

    def press(session: Session) -> object:
        return dialog.submit_now(session, case_id=office.case_id, key=key, actor=manager, now=NOON)

    again = while_open(press, press)

    assert again == Submitted(1)
    with unit_of_work.read() as session:
        assert [task.creation_key for task in session.exec(select(Task))] == [key]
        assert session.exec(select(CreationDraft)).all() == []


def test_two_creations_at_once_do_not_pass_the_maximum_together(office: Office) -> None:
    """S83, B9: the refused one leaves no gap in the numbers."""
    answers = at_once(*[lambda session: a_task(session, office)] * 5)

    assert refusals(answers) == ["TaskRefused"] * 3
    with unit_of_work.read() as session:
        assert sorted(session.exec(select(Task.number))) == [1, 2]
        assert session.get_one(Case, office.case_id).last_task_number == 2


def test_the_first_words_typed_in_two_tabs_at_once_make_one_draft(office: Office) -> None:
    """B11."""
    with unit_of_work() as session:
        manager = actor(session, office.manager)

    def typed(name: str) -> Verb:
        answered = Answered({name: "typed"})
        return lambda session: drafts.save(session, case_id=office.case_id, answered=answered, actor=manager, now=NOON)

    assert refusals([while_open(typed("description"), typed("summary"))]) == []

    with unit_of_work.read() as session:
        assert session.exec(select(CreationDraft)).one().answers == {"description": "typed", "summary": "typed"}


def test_the_first_words_of_a_case_typed_in_two_tabs_at_once_make_one_draft(office: Office) -> None:
    """B11."""
    with unit_of_work() as session:
        manager = actor(session, office.manager)

    def typed(name: str) -> Verb:
        words = Typed(office.case_type.id or 0, f"case:{name}", {name: "typed"})
        return lambda session: case_drafts.keep(session, typed=words, actor=manager, now=NOON)

    assert refusals([while_open(typed("title"), typed("address"))]) == []

    with unit_of_work.read() as session:
        assert session.exec(select(CaseDraft)).one().answers == {"title": "typed", "address": "typed"}


def test_the_last_two_tasks_completed_at_once_are_told_as_one_end(office: Office) -> None:
    """S88: neither of them may take the other for still outstanding."""
    tom, work = given_to_tom(office, 2)

    first, second = (completing(task, step, tom) for task, step in work)
    assert refusals([while_open(first, second)]) == []

    with unit_of_work.read() as session:
        assert [mail.to_address for mail in mails(session, "all_completed")] == [office.manager.email]


def test_a_step_completed_in_two_tabs_at_once_is_completed_once(office: Office) -> None:
    """B10, B24."""
    tom, [(task, step)] = given_to_tom(office, 1)

    assert len(refusals(at_once(*[completing(task, step, tom)] * 3))) == 2

    with unit_of_work.read() as session:
        assert the_task(session, task).status == "closed"
        assert len(mails(session, "all_completed")) == 1


def test_of_a_cancel_and_a_completion_at_once_the_first_wins_and_the_other_is_told(office: Office) -> None:
    """B30."""
    tom, work = given_to_tom(office, 2)
    with unit_of_work() as session:
        manager = actor(session, office.manager)

    for task, step in work:
        stopping = cancelling(task, manager)
        assert refusals(at_once(stopping, completing(task, step, tom))) == ["TaskIsOver"]
        with unit_of_work.read() as session:
            found = the_task(session, task)
            assert (found.status == "cancelled") == bool(found.cancel_reason)
            assert (found.status == "closed") == bool(found.outcome)


def test_a_draft_saved_while_its_step_is_completed_does_not_stay(office: Office) -> None:
    """B19."""
    tom, [(task, step)] = given_to_tom(office, 1)

    def saving(session: Session) -> None:
        complete.save_draft(session, task_id=task, step_id=step, answers={"note": "half"}, actor=tom, now=NOON)

    assert refusals([while_open(completing(task, step, tom), saving)]) == ["TaskIsOver"]

    with unit_of_work.read() as session:
        assert session.exec(select(TaskStep.id).where(col(TaskStep.draft).is_not(None))).all() == []


def test_giving_a_task_to_two_people_at_once_leaves_one_holder_and_both_told(office: Office) -> None:
    """B22, S46."""
    _, [(task, _step)] = given_to_tom(office, 1)
    with unit_of_work() as session:
        manager, lead = actor(session, office.manager), actor(session, office.lead)

    def giving(who: Actor, to: int | None) -> Verb:
        recipient = hold.Recipient(office.officers.id, to)
        return lambda session: hold.reassign(session, task_id=task, to=recipient, actor=who, now=NOON)

    assert refusals(at_once(giving(manager, office.ana.id), giving(lead, office.lead.id))) == []

    with unit_of_work.read() as session:
        assert open_steps(session, task)[0].assignee_id == the_task(session, task).assignee_id
        assert {mail.to_address for mail in mails(session, "assigned")} == {office.tom.email, office.ana.email, office.lead.email}


def test_a_case_that_is_taken_over_while_its_manager_closes_it_stays_open(office: Office) -> None:
    """B31, section 10: only the case manager closes, and at the end of the takeover that is somebody else."""
    with unit_of_work() as session:
        manager, other = actor(session, office.manager), actor(session, office.other_manager)

    answer = while_open(
        lambda session: cases.take_over(session, case_id=office.case_id, actor=other, now=NOON),
        lambda session: cases.close(session, case_id=office.case_id, outcome="Resolved", note="Done", actor=manager, now=NOON),
    )

    with unit_of_work() as session:
        assert session.get_one(Case, office.case_id).status == "open"
    assert str(answer) == "Only the case manager can close this case."
