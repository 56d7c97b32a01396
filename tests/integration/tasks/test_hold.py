"""Who has a task: claim, release, reassign."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session

from casetasks_app.cases import complete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError, NotFound
from casetasks_app.models import TaskTypeTeam
from casetasks_app.people import service as people
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import hold
from casetasks_app.tasks.access import TaskIsOver, at_hand
from casetasks_app.tasks.cancel import Reason, cancel
from casetasks_app.tasks.hold import AlreadyClaimed, CannotAssign, CannotRelease, NobodyChosen, NotAMember, Recipient
from tests.factories import NOON, Office, a_person, a_task, a_task_type, a_team, actor, an_office
from tests.integration.tasks.looking import history, mails, open_steps, the_task


def _claim(session: Session, task_id: int, who: Actor) -> None:
    hold.claim(session, task_id=task_id, actor=who, now=NOON)


def test_any_member_can_claim_and_nobody_is_mailed(session: Session, office: Office) -> None:
    """S42, B18."""
    office.task_type.email_team = False
    made = a_task(session, office)

    _claim(session, made.task_id, actor(session, office.ana))

    assert open_steps(session, made.task_id)[0].assignee_id == office.ana.id
    assert the_task(session, made.task_id).assignee_id == office.ana.id
    assert mails(session) == []
    assert [entry.is_private for entry in history(session, "claimed")] == [False]


def test_the_loser_of_a_claim_is_told_who_won(session: Session, office: Office) -> None:
    """B18."""
    made = a_task(session, office)
    _claim(session, made.task_id, actor(session, office.tom))

    with pytest.raises(AlreadyClaimed, match=r"Tom Ellis claimed this task at 12:00, just before you\."):
        _claim(session, made.task_id, actor(session, office.ana))
    with pytest.raises(AlreadyClaimed, match="You have this task already"):
        _claim(session, made.task_id, actor(session, office.tom))


def test_a_non_member_neither_sees_nor_claims(session: Session, office: Office) -> None:
    """S43, B17."""
    made = a_task(session, office)

    with pytest.raises(NotFound):
        _claim(session, made.task_id, actor(session, office.stranger))
    with pytest.raises(NotAMember):
        _claim(session, made.task_id, actor(session, office.manager))


def test_of_two_people_who_claim_at_once_exactly_one_wins(database: str) -> None:
    """B18, S42."""
    with unit_of_work() as session:
        office = an_office(session)
        task_id = a_task(session, office).task_id
        rivals = [actor(session, person) for person in (office.tom, office.ana, office.lead)] * 4

    def attempt(rival: Actor) -> int | None:
        try:
            with unit_of_work() as session:
                hold.claim(session, task_id=task_id, actor=rival, now=NOON)
        except CaseTasksError:
            return None
        return rival.person_id

    with ThreadPoolExecutor(6) as threads:
        winners = [each for each in threads.map(attempt, rivals) if each]

    with unit_of_work.read() as session:
        assert winners == [open_steps(session, task_id)[0].assignee_id], database


def test_a_released_task_goes_back_to_its_team(session: Session, office: Office) -> None:
    """S90, B18."""
    made = a_task(session, office)
    _claim(session, made.task_id, actor(session, office.tom))

    hold.release(session, task_id=made.task_id, actor=actor(session, office.tom), now=NOON)

    assert open_steps(session, made.task_id)[0].assignee_id is None
    _claim(session, made.task_id, actor(session, office.ana))
    assert open_steps(session, made.task_id)[0].assignee_id == office.ana.id


def test_a_colleague_cannot_release_what_somebody_else_has(session: Session, office: Office) -> None:
    made = a_task(session, office)
    _claim(session, made.task_id, actor(session, office.tom))

    with pytest.raises(CannotRelease):
        hold.release(session, task_id=made.task_id, actor=actor(session, office.ana), now=NOON)
    hold.release(session, task_id=made.task_id, actor=actor(session, office.lead), now=NOON)
    assert open_steps(session, made.task_id)[0].assignee_id is None


def test_reassigning_mails_the_new_and_the_former_person(session: Session, office: Office) -> None:
    """S3, S46, B22."""
    made = a_task(session, office, assignee_id=office.tom.id)
    to = Recipient(office.officers.id, office.ana.id, "The gate code is in the file.")

    hold.reassign(session, task_id=made.task_id, to=to, actor=actor(session, office.manager), now=NOON)

    assert open_steps(session, made.task_id)[0].assignee_id == office.ana.id
    assert {(mail.kind, mail.to_address) for mail in mails(session)} == {
        ("assigned", office.tom.email),
        ("assigned", office.ana.email),
        ("unassigned", office.tom.email),
    }
    assert "The gate code is in the file." in mails(session, "assigned")[1].text


def test_a_lead_reassigns_within_the_team_and_an_assignee_to_a_colleague(session: Session, office: Office) -> None:
    """B22."""
    made = a_task(session, office)
    to_tom, to_ana = (Recipient(office.officers.id, person.id) for person in (office.tom, office.ana))

    hold.reassign(session, task_id=made.task_id, to=to_tom, actor=actor(session, office.lead), now=NOON)
    hold.reassign(session, task_id=made.task_id, to=to_ana, actor=actor(session, office.tom), now=NOON)

    assert open_steps(session, made.task_id)[0].assignee_id == office.ana.id
    with pytest.raises(CannotAssign):
        hold.reassign(session, task_id=made.task_id, to=to_tom, actor=actor(session, office.tom), now=NOON)


def test_a_task_cannot_be_given_to_an_outsider_or_a_foreign_team(session: Session, office: Office) -> None:
    """B4, B22."""
    made = a_task(session, office)
    manager = actor(session, office.manager)

    with pytest.raises(NobodyChosen, match="Sam Else is no longer in Planning officers"):
        hold.reassign(session, task_id=made.task_id, to=Recipient(office.officers.id, office.stranger.id), actor=manager, now=NOON)
    for team_id in (None, office.managers.id, 99999):
        with pytest.raises(NobodyChosen):
            hold.reassign(session, task_id=made.task_id, to=Recipient(team_id, office.ana.id), actor=manager, now=NOON)


def test_a_finished_task_is_final(session: Session, office: Office) -> None:
    """B24, B30."""
    made = a_task(session, office)
    manager = actor(session, office.manager)
    cancel(session, task_id=made.task_id, reason=Reason("No longer needed"), actor=manager, now=NOON)

    with pytest.raises(TaskIsOver, match=r"Priya Shah cancelled this task at 12:00"):
        _claim(session, made.task_id, actor(session, office.tom))
    with pytest.raises(TaskIsOver, match=r"Priya Shah cancelled this task at 12:00"):
        hold.reassign(session, task_id=made.task_id, to=Recipient(office.officers.id), actor=manager, now=NOON)
    with pytest.raises(TaskIsOver, match=r"Priya Shah cancelled this task at 12:00"):
        hold.release(session, task_id=made.task_id, actor=manager, now=NOON)


def test_given_to_a_person_of_another_team_only_that_person_of_it_sees_it(session: Session, office: Office) -> None:
    """B17, B22, S43: that the first team could see it does not open it to the second."""
    helper, bystander = a_person(session, "Hal Else"), a_person(session)
    legal = a_team(session, helper, bystander, name="Legal advice")
    session.add(TaskTypeTeam(task_type_id=office.task_type.id or 0, team_id=legal.id or 0, position=1))
    made = a_task(session, office)

    to = Recipient(legal.id, helper.id)
    hold.reassign(session, task_id=made.task_id, to=to, actor=actor(session, office.manager), now=NOON)

    assert at_hand(session, task_id=made.task_id, actor=actor(session, helper)).task.id == made.task_id
    for person in (bystander, office.tom):
        with pytest.raises(NotFound):
            at_hand(session, task_id=made.task_id, actor=actor(session, person))


def test_a_lead_has_no_say_once_the_task_is_with_another_team(session: Session, office: Office) -> None:
    """B22: within the team means the team that has it now."""
    kind = a_task_type(session, office.case_type, office.officers, plugin="approval")
    made = a_task(session, office, task_type_id=kind.id, assignee_id=office.tom.id)
    step = open_steps(session, made.task_id)[0]
    refused = {"decision": "reject", "reason": "No plan."}
    tom, lead = actor(session, office.tom), actor(session, office.lead)
    complete.complete_step(session, task_id=made.task_id, step_id=step.id or 0, answers=refused, actor=tom, now=NOON)

    with pytest.raises(CannotAssign):
        hold.reassign(session, task_id=made.task_id, to=Recipient(office.officers.id, office.ana.id), actor=lead, now=NOON)
    with pytest.raises(CannotRelease):
        hold.release(session, task_id=made.task_id, actor=lead, now=NOON)

    assert open_steps(session, made.task_id)[0].assignee_id == office.manager.id


def test_a_task_is_not_given_to_who_has_it(session: Session, office: Office) -> None:
    """B22: a second press of Assign mails nobody again."""
    made = a_task(session, office, assignee_id=office.tom.id)
    same = Recipient(office.officers.id, office.tom.id)

    with pytest.raises(NobodyChosen, match=r"The task is there already\. Select someone else\."):
        hold.reassign(session, task_id=made.task_id, to=same, actor=actor(session, office.manager), now=NOON)

    assert [mail.kind for mail in mails(session)] == ["assigned"]
    assert history(session, "reassigned") == []


def test_somebody_who_left_the_team_can_no_longer_claim(session: Session, office: Office) -> None:
    """S43."""
    made = a_task(session, office)
    newcomer = a_person(session)
    people.set_members(session, team_id=office.officers.id or 0, members=[newcomer.id or 0])

    with pytest.raises(NotFound):
        _claim(session, made.task_id, actor(session, office.tom))
    _claim(session, made.task_id, actor(session, newcomer))
