"""Creating tasks by hand."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from casetasks_app.errors import NotAllowed, NotFound
from casetasks_app.models import Case, CaseStatus, CaseType, StoredFile, Task, TaskFile, TaskStatus, Unit
from casetasks_app.tasks import create
from casetasks_app.tasks.create import CaseIsClosed
from casetasks_app.tasks.wanted import TaskRefused, WantedTarget, WantedTask
from tests.factories import NOON, Office, a_case, a_case_type, a_person, a_task, a_task_type, a_team, actor
from tests.integration.tasks.looking import history, mails, open_steps, the_task


def test_a_case_manager_creates_a_task_for_a_team(session: Session, office: Office) -> None:
    """S1, S2, S18, S41, B9, B10."""
    made = a_task(session, office)

    task = the_task(session, made.task_id)
    step = open_steps(session, made.task_id)[0]
    assert (task.number, task.status, task.assignee_id) == (1, "new", None)
    assert (step.team_id, step.assignee_id, step.is_for_team) == (office.officers.id, None, True)
    assert [entry.details["number"] for entry in history(session, "task_created")] == [1]


def test_a_task_can_be_given_to_one_member_who_is_always_mailed(session: Session, office: Office) -> None:
    """S3, S40, S46."""
    office.task_type.email_team = False
    made = a_task(session, office, assignee_id=office.tom.id)

    assert open_steps(session, made.task_id)[0].assignee_id == office.tom.id
    assert [(mail.kind, mail.to_address) for mail in mails(session)] == [("assigned", office.tom.email)]


def test_auto_assign_gives_the_task_to_the_creating_case_manager(session: Session, office: Office) -> None:
    """S4, S35, B4."""
    own = a_task_type(session, office.case_type, auto_assign=True)
    made = a_task(session, office, task_type_id=own.id, team_id=None)

    assert open_steps(session, made.task_id)[0].assignee_id == office.manager.id
    assert mails(session, "assigned")[0].to_address == office.manager.email


def test_every_member_is_mailed_where_the_configuration_says_so(session: Session, office: Office) -> None:
    """S44."""
    a_task(session, office)

    sent_to = {mail.to_address for mail in mails(session, "team_task")}
    assert sent_to == {office.tom.email, office.ana.email, office.lead.email}


def test_no_member_is_mailed_where_the_configuration_does_not(session: Session, office: Office) -> None:
    """S45."""
    office.task_type.email_team = False
    a_task(session, office)

    assert mails(session) == []


def test_numbers_count_up_within_each_case(session: Session, office: Office) -> None:
    """S15, B9."""
    numbers = [a_task(session, office).number for _ in range(3)]
    other, _ = a_case(session, office.case_type, office.manager)
    elsewhere = a_task(session, replace(office, case_id=other)).number

    assert (numbers, elsewhere) == ([1, 2, 3], 1)


def test_the_same_request_twice_creates_one_task(session: Session, office: Office) -> None:
    """B10."""
    first = a_task(session, office, key="pressed-twice")
    second = a_task(session, office, key="pressed-twice")

    assert (second.task_id, second.is_repeat) == (first.task_id, True)
    assert session.get_one(Case, office.case_id).last_task_number == 1
    assert len(mails(session, "team_task")) == 3


def test_texts_of_the_case_manager_are_what_the_task_shows(session: Session, office: Office) -> None:
    """S16, S55."""
    task = the_task(session, a_task(session, office, description=" Look again ", summary="All of it").task_id)

    assert (task.description, task.summary) == ("Look again", "All of it")


def test_without_entry_the_default_texts_are_used_and_filled(session: Session, office: Office) -> None:
    """S17, S48, B5."""
    task = the_task(session, a_task(session, office).task_id)

    assert (task.description, task.summary) == ("Visit Mill Lane extension", f"Look at {office.reference}.")


def test_texts_that_are_not_asked_for_fall_back_to_the_defaults(session: Session, office: Office) -> None:
    """S49, S50."""
    office.task_type.ask_description = office.task_type.ask_summary = False
    task = the_task(session, a_task(session, office, description="forged", summary="forged").task_id)

    assert (task.description, task.summary) == ("Visit Mill Lane extension", f"Look at {office.reference}.")


def _a_file(session: Session, case_id: int, name: str) -> str:
    file = StoredFile(id=name, case_id=case_id, name=f"{name}.pdf", media_type="application/pdf", size=1, sha256="", added_at=NOON)
    session.add(file)
    session.flush()
    return file.id


def test_exactly_the_chosen_files_reach_the_task(session: Session, office: Office) -> None:
    """S52, B6."""
    chosen, _other = (_a_file(session, office.case_id, name) for name in ("plan", "photo"))
    made = a_task(session, office, file_ids=(chosen,))

    assert session.get(TaskFile, (made.task_id, "plan"))
    assert session.get(TaskFile, (made.task_id, "photo")) is None


def test_no_file_reaches_the_task_where_attachments_are_off(session: Session, office: Office) -> None:
    """S51."""
    office.task_type.ask_attachments = False
    made = a_task(session, office, file_ids=(_a_file(session, office.case_id, "plan"),))

    assert session.get(TaskFile, (made.task_id, "plan")) is None


def test_a_file_of_another_case_is_refused(session: Session, office: Office) -> None:
    other, _ = a_case(session, office.case_type, office.manager)
    forged = _a_file(session, other, "secret")

    with pytest.raises(TaskRefused, match="removed from the case"):
        a_task(session, office, file_ids=(forged,))


def test_the_configured_target_is_used_and_an_override_is_taken_where_allowed(session: Session, office: Office) -> None:
    """S22, S23, S57, S59, S60."""
    usual = the_task(session, a_task(session, office).task_id)
    hours = the_task(session, a_task(session, office, target=WantedTarget("custom", 5, Unit.HOURS)).task_id)
    office.task_type.allow_override = False
    forged = the_task(session, a_task(session, office, target=WantedTarget("custom", 9)).task_id)

    assert (usual.due_at, forged.due_at) == (NOON.replace(day=20), NOON.replace(day=20))
    assert hours.due_at == NOON.replace(hour=17)


def test_the_case_manager_can_remove_the_target(session: Session, office: Office) -> None:
    """S58, B7."""
    task = the_task(session, a_task(session, office, target=WantedTarget("none")).task_id)

    assert (task.due_at, task.next_sla_at, task.target_source) == (None, None, "removed")


@pytest.mark.parametrize(("amount", "unit"), [(0, "days"), (366, "days"), (2001, "hours"), (-1, "hours"), (None, "days")])
def test_a_target_outside_its_limits_is_refused(session: Session, office: Office, amount: int | None, unit: str) -> None:
    """B7."""
    with pytest.raises(TaskRefused) as refusal:
        a_task(session, office, target=WantedTarget("custom", amount, Unit(unit)))

    assert [(each.step, each.field) for each in refusal.value.problems] == [("targets", "amount")]


def test_only_the_case_manager_creates_whatever_the_browser_sends(session: Session, office: Office) -> None:
    """B2, S79."""
    wanted = WantedTask(office.task_type.id or 0, "k", team_id=office.officers.id)

    with pytest.raises(NotAllowed, match="Only Priya Shah"):
        create.create(session, case_id=office.case_id, wanted_task=wanted, actor=actor(session, office.other_manager), now=NOON)
    for person in (office.tom, office.lead, office.stranger, a_person(session, is_administrator=True)):
        with pytest.raises(NotFound):
            create.create(session, case_id=office.case_id, wanted_task=wanted, actor=actor(session, person), now=NOON)


def test_no_task_on_a_closed_case(session: Session, office: Office) -> None:
    """B2."""
    session.get_one(Case, office.case_id).status = CaseStatus.CLOSED
    session.flush()

    with pytest.raises(CaseIsClosed):
        a_task(session, office)


def test_only_the_configured_teams_and_their_members_are_accepted(session: Session, office: Office) -> None:
    """S37, S43, B4."""
    foreign = a_team(session, office.stranger)

    with pytest.raises(TaskRefused, match="can no longer do this type"):
        a_task(session, office, team_id=foreign.id)
    with pytest.raises(TaskRefused, match=r"Sam Else is no longer in Planning officers\. Select someone else\."):
        a_task(session, office, assignee_id=office.stranger.id)
    with pytest.raises(TaskRefused, match=r"Select a team\."):
        a_task(session, office, team_id=None)


def test_a_type_of_another_case_type_or_a_retired_one_is_refused(session: Session, office: Office) -> None:
    """B3, S32."""
    elsewhere = a_task_type(session, _another_case_type(session, office), office.officers)
    retired = a_task_type(session, office.case_type, office.officers, is_retired=True)

    with pytest.raises(TaskRefused, match="Select what kind"):
        a_task(session, office, task_type_id=elsewhere.id)
    with pytest.raises(TaskRefused, match="can no longer be used"):
        a_task(session, office, task_type_id=retired.id)


def _another_case_type(session: Session, office: Office) -> CaseType:
    return a_case_type(session, office.managers)


def test_at_its_maximum_a_type_is_refused_cancelled_tasks_included(session: Session, office: Office) -> None:
    """S83, B3."""
    office.task_type.maximum = 1
    made = a_task(session, office)
    the_task(session, made.task_id).status = "cancelled"  # pyright: ignore[reportAttributeAccessIssue]
    session.flush()

    with pytest.raises(TaskRefused, match="already created 1 of 1 time"):
        a_task(session, office)
    assert session.get_one(Task, made.task_id).number == 1


def test_a_type_with_an_unmet_prerequisite_is_refused_until_it_is_completed(session: Session, office: Office) -> None:
    """S84, S85, S86, B33."""
    later = a_task_type(session, office.case_type, office.officers, prerequisites=[office.task_type.key])
    first = the_task(session, a_task(session, office).task_id)

    for status in ("new", "cancelled"):
        first.status = status  # pyright: ignore[reportAttributeAccessIssue]
        with pytest.raises(TaskRefused, match="first complete"):
            a_task(session, office, task_type_id=later.id)
    first.status = "closed"  # pyright: ignore[reportAttributeAccessIssue]
    assert a_task(session, office, task_type_id=later.id).number >= 2


def test_a_retired_prerequisite_that_was_never_completed_locks_nothing(session: Session, office: Office) -> None:
    """B3, S84; decision 0061: one that is still to be done does, until it is cancelled."""
    later = a_task_type(session, office.case_type, office.officers, prerequisites=[office.task_type.key])
    under_way = a_task(session, office)
    office.task_type.is_retired = True

    with pytest.raises(TaskRefused, match="first complete"), session.begin_nested():
        a_task(session, office, task_type_id=later.id)
    session.get_one(Task, under_way.task_id).status = TaskStatus.CANCELLED
    session.flush()

    assert a_task(session, office, task_type_id=later.id).number == 2
