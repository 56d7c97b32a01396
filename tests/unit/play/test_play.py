"""A task played by its author's test: steps, people, time, jobs and mails."""

from datetime import timedelta

import pytest

from casetasks_app.play import AnswersRefused, Play, StepIsNotOpen
from casetasks_app.plugins.approval import plugin
from casetasks_app.task_types.jobs import Done, GiveUp, Job
from tests.unit.play.inspection import inspection


def test_rejected_then_resubmitted():
    task = Play(plugin, team="managers")
    task.do("decide", decision="reject", reason="no plan")
    assert task.whose("revise") == "case manager"
    task.do("revise", action="resubmit", reply="here it is")
    task.do("decide", decision="approve")
    assert (task.status, task.outcome) == ("closed", "approved")


@pytest.fixture
def planned() -> Play:
    task = Play(inspection())
    task.do("plan", visit_on="2026-11-28")
    return task


def test_a_step_belongs_to_the_team_the_assignee_or_the_case_manager(planned):
    assert Play(plugin, team="managers").whose("decide") == "team managers"
    assert Play(plugin, assignee="2").whose("decide") == "assignee"
    assert Play(inspection(), team="north").whose("plan") == "team north"
    assert Play(inspection(), assignee="2").whose("plan") == "assignee"
    assert planned.whose("visit") == "case manager"


def test_timers_go_off_when_time_passes_and_not_before(planned):
    planned.wait(days=7)
    assert planned.mails == []

    planned.wait(days=2)

    assert [(mail.to, mail.subject) for mail in planned.mails] == [("assignee", "HSG-1042/3: visit on 2026-11-28")]
    assert planned.mails[0].text == "Dear team 7,\nremember HSG-1042.\n"
    assert planned.status == "new"


def test_timers_that_fall_due_together_go_off_in_their_order(planned):
    before = planned.now

    planned.wait(days=30)

    assert [job.now - before for job in planned.jobs] == [timedelta(days=7, hours=13, minutes=58)]
    assert (planned.status, planned.outcome) == ("closed", "lapsed")
    assert planned.now - before == timedelta(days=30)


def test_jobs_are_carried_out_with_what_was_answered_and_what_they_give_is_kept(planned):
    planned.do("visit", seen="a crack", photos=[planned.upload("wall.heic")])

    assert [(job.topic, job.variables["seen"], job.task.done()[-1].name) for job in planned.jobs] == [("register", "a crack", "visit")]
    assert planned.state.variables["entry"] == "R-3"
    assert planned.outcome == "visited"


def test_what_a_job_raises_the_play_raises(planned):
    with pytest.raises(GiveUp, match="There is nothing to register"):
        planned.do("visit", seen="nothing")


def test_a_job_that_gives_something_else_than_it_says_is_told():
    broken = inspection(jobs={**inspection().jobs, "register": Job(lambda _: Done({"number": 1}), gives=("entry",))})
    task = Play(broken)
    task.do("plan", visit_on="2026-11-28")

    with pytest.raises(GiveUp, match="The job gave number and says that it gives entry"):
        task.do("visit", seen="a crack")


def test_a_message_ends_what_waits_for_it(planned):
    planned.tell("objection")

    assert planned.outcome == "objected"
    with pytest.raises(StepIsNotOpen, match="nothing waits for the message objection"):
        planned.tell("objection")


def test_a_step_that_is_not_open_is_told_with_those_that_are(planned):
    with pytest.raises(StepIsNotOpen, match="plan is not open; open now: visit"):
        planned.do("plan", visit_on="2026-11-28")


def test_answers_that_are_refused_are_told_and_change_nothing(planned):
    with pytest.raises(AnswersRefused, match=r"visit: \{'seen': 'Enter what was seen\.'\}"):
        planned.do("visit")

    assert list(planned.open) == ["visit"]
    assert len(planned.turns) == 1


def test_a_cancelled_task_has_nothing_open(planned):
    planned.cancel()

    assert (planned.status, planned.open, planned.view().waiting()) == ("cancelled", {}, ())


def test_a_process_may_look_at_the_answers_of_the_case():
    task = Play(plugin, case={"answers": {"kind": "tree"}})

    assert task.state.variables["case"]["answers"] == {"kind": "tree"}
    assert task.state.variables["case"]["reference"] == "HSG-1042"
