"""Everybody does anything in any order, the clock goes on, targets are looked at: what must always hold, holds after each step (F20)."""

import os
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlmodel import Session, col, select

from casetasks_app.cases import complete
from casetasks_app.cases import service as cases
from casetasks_app.errors import CaseTasksError
from casetasks_app.models import Case, HistoryEntry, OutgoingMail, Person, SlaEvent, Task, TaskStep, Unit
from casetasks_app.sla import service as sla
from casetasks_app.tasks import hold, target
from casetasks_app.tasks.cancel import Reason, cancel
from casetasks_app.tasks.queries import my_work
from casetasks_app.tasks.queries.my_work import View
from casetasks_app.tasks.wanted import WantedTarget
from tests.databases import SQLITE
from tests.factories import NOON, a_task, a_task_type, actor, an_office

IS_LONG = os.environ.get("CASETASKS_TEST_FAULTS") == "long"
SEQUENCES, STEPS = (400, 50) if IS_LONG else (12, 25)
WHO = st.integers(0, 5)
WHICH = st.integers(0, 7)
ANSWERS = st.sampled_from(
    [{"outcome": "Done"}, {"decision": "approve"}, {"decision": "reject", "reason": "No"}, {"action": "resubmit"}, {}]
)
TARGETS = st.sampled_from([WantedTarget(), WantedTarget("none"), WantedTarget("custom", 1, Unit.HOURS), WantedTarget("custom", 3)])


class Work(RuleBasedStateMachine):
    """One case in a small office; `session` is given by the test."""

    session: Session

    def __init__(self) -> None:
        """Begin in a state that is undone afterwards."""
        super().__init__()
        self.undone = self.session.begin_nested()
        settings_of_type = {
            "is_cancellable": True,
            "allow_override": True,
            "email_team": True,
            "target_amount": 1,
            "minimum": 1,
            "maximum": 5,
        }
        self.office = an_office(
            self.session, reminders=[{"amount": 4, "unit": "hours"}], breach_repeat_days=1, breach_repeat_times=2, **settings_of_type
        )
        self.kinds = [self.office.task_type, a_task_type(self.session, self.office.case_type, self.office.officers, plugin="approval")]
        office = self.office
        self.people: list[Person] = [office.manager, office.other_manager, office.tom, office.ana, office.lead, office.stranger]
        self.now: datetime = NOON

    def teardown(self) -> None:
        """Undo everything."""
        self.undone.rollback()

    def tasks(self) -> list[Task]:
        self.session.flush()
        query = select(Task).where(Task.case_id == self.office.case_id).order_by(col(Task.number))
        return list(self.session.exec(query.execution_options(populate_existing=True)))

    def steps(self, task_id: int | None) -> list[TaskStep]:
        query = select(TaskStep).where(TaskStep.task_id == task_id).order_by(col(TaskStep.id))
        return list(self.session.exec(query.execution_options(populate_existing=True)))

    def attempt(self, verb, who: int, **how) -> None:
        """Let somebody try something; a refusal in words leaves everything as it was."""
        self.now += timedelta(minutes=1)
        try:
            with self.session.begin_nested():
                verb(self.session, actor=actor(self.session, self.people[who]), now=self.now, **how)
        except CaseTasksError as refusal:
            assert refusal.message  # noqa: PT017  that there are words is the point

    def task_id(self, which: int) -> int:
        found = self.tasks()
        return (found[which % len(found)].id or 0) if found else 0

    @rule(kind=st.integers(0, 1), to=st.sampled_from([None, 2, 3, 5]), asked=TARGETS)
    def create(self, kind: int, to: int | None, asked: WantedTarget) -> None:
        person = self.people[to].id if to is not None else None
        with_case = self.session.get_one(Case, self.office.case_id).manager_id == self.office.manager.id
        try:
            with self.session.begin_nested():
                a_task(self.session, self.office, now=self.now, task_type_id=self.kinds[kind].id, assignee_id=person, target=asked)
                assert with_case
        except CaseTasksError:
            pass

    @rule(who=WHO, which=WHICH)
    def claim(self, who: int, which: int) -> None:
        self.attempt(hold.claim, who, task_id=self.task_id(which))

    @rule(who=WHO, which=WHICH)
    def release(self, who: int, which: int) -> None:
        self.attempt(hold.release, who, task_id=self.task_id(which))

    @rule(who=WHO, which=WHICH, to=st.sampled_from([None, 2, 3, 4, 5]))
    def reassign(self, who: int, which: int, to: int | None) -> None:
        recipient = hold.Recipient(self.office.officers.id, self.people[to].id if to is not None else None)
        self.attempt(hold.reassign, who, task_id=self.task_id(which), to=recipient)

    @rule(who=WHO, which=WHICH, answers=ANSWERS)
    def answer(self, who: int, which: int, answers: dict[str, object]) -> None:
        task_id = self.task_id(which)
        for step in self.steps(task_id)[-1:]:
            self.attempt(complete.complete_step, who, task_id=task_id, step_id=step.id, answers=answers)

    @rule(who=WHO, which=WHICH)
    def stop(self, who: int, which: int) -> None:
        self.attempt(cancel, who, task_id=self.task_id(which), reason=Reason("Duplicate of another task", "secret words"))

    @rule(who=WHO, which=WHICH, asked=TARGETS)
    def change_target(self, who: int, which: int, asked: WantedTarget) -> None:
        self.attempt(target.change, who, task_id=self.task_id(which), asked=asked, reason="because")

    @rule(who=st.integers(0, 1))
    def take_over(self, who: int) -> None:
        self.attempt(cases.take_over, who, case_id=self.office.case_id)

    @rule(who=WHO)
    def close(self, who: int) -> None:
        self.attempt(cases.close, who, case_id=self.office.case_id, outcome="Resolved", note="secret words")

    @precondition(lambda self: self.tasks())
    @rule(hours=st.integers(1, 30))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        sla.sweep(self.session, now=self.now)

    @invariant()
    def numbers_have_no_gap(self) -> None:
        case = self.session.get_one(Case, self.office.case_id, populate_existing=True)
        assert [task.number for task in self.tasks()] == list(range(1, case.last_task_number + 1))
        assert case.status == "open" or all(task.status != "new" for task in self.tasks())

    @invariant()
    def a_task_is_where_its_steps_say(self) -> None:
        for task in self.tasks():
            steps = self.steps(task.id)
            still_open = [step for step in steps if step.completed_at is None]
            assert bool(still_open) == (task.status == "new") == (task.process is not None) == (task.ended_at is None)
            assert task.next_sla_at is None or (task.status == "new" and task.due_at is not None)
            assert (task.status == "closed") == bool(task.outcome)
            assert [step.assignee_id for step in still_open if step.is_own] in ([], [task.assignee_id])
            assert all(step.assignee_id or step.is_for_team for step in still_open)

    @invariant()
    def everybody_sees_what_is_theirs(self) -> None:
        open_steps = [step for task in self.tasks() for step in self.steps(task.id) if step.completed_at is None]
        for person in self.people:
            who = actor(self.session, person)
            seen = {
                view: {row.task_id for row in my_work.page(self.session, actor=who, view=view, number=1, now=self.now).rows}
                for view in (View.MINE, View.CLAIM)
            }
            assert seen[View.MINE] == {step.task_id for step in open_steps if step.assignee_id == person.id}
            assert seen[View.CLAIM] == {step.task_id for step in open_steps if step.assignee_id is None and step.team_id in who.teams}

    @invariant()
    def nothing_is_told_twice_or_to_the_wrong_people(self) -> None:
        mails = self.session.exec(select(OutgoingMail).execution_options(populate_existing=True)).all()
        over = {task.id for task in self.tasks() if task.status != "new"}
        assert not [mail for mail in mails if mail.task_id in over and mail.kind in {"reminder", "breached"} and mail.state == "pending"]
        assert all("secret words" not in mail.text + mail.html for mail in mails)
        events = self.session.exec(select(SlaEvent.task_id, SlaEvent.kind, SlaEvent.due_at, SlaEvent.ordinal)).all()
        assert len(events) == len(set(events))
        public = self.session.exec(select(HistoryEntry.details).where(~col(HistoryEntry.is_private))).all()
        assert "secret words" not in str(public)


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_whatever_the_order_what_must_hold_holds(database: str, session: Session) -> None:
    """B9, B17, B18, B20, B24, B27, B30, B31, S21."""
    assert database
    Work.session = session
    few = settings(max_examples=SEQUENCES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck))

    run_state_machine_as_test(Work, settings=few)

    assert session.exec(select(Task)).all() == []
