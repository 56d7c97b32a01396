"""Timers are rows that go off once, however late and whoever looks."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session, select

from casetasks_app.cases import timers
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import ProcessJob, ProcessTimer
from casetasks_app.process.engine import CannotMove
from casetasks_app.tasks import cancel, counts, waiting
from casetasks_app.tasks.cancel import Reason
from tests.factories import NOON
from tests.integration.processes.kinds import CHASED, HELD, REMINDED, a_kind, caught
from tests.integration.racing import at_once
from tests.integration.tasks.looking import history, mails, open_steps, the_task
from tests.unit.process.drawn import bpmn, chain, end, flow, start, step

LATER = NOON + timedelta(hours=2)
SEND = {"remind": lambda _job: None}


def rows(session: Session) -> list[ProcessTimer]:
    return list(session.exec(select(ProcessTimer).order_by(ProcessTimer.due_at)))  # pyright: ignore[reportArgumentType]


def fire(now: datetime) -> int:
    """Let everything go off that is due, as the job does."""
    with unit_of_work.read() as session:
        found = timers.due(session, now=now, limit=50)
    count = 0
    for timer_id in found:
        with unit_of_work() as session:
            count += timers.fire(session, timer_id=timer_id, now=now)
    return count


def test_a_timer_is_written_with_the_task_and_withdrawn_with_its_step(acting) -> None:
    here = acting(a_kind(CHASED))
    with unit_of_work() as session:
        (row,) = rows(session)
        assert (row.name, row.due_at, row.try_at, row.task_id) == ("late", NOON + timedelta(hours=1), row.due_at, here.task_id)

        here.complete_in(session)

        assert rows(session) == []
        assert the_task(session, here.task_id).outcome == "done"


def test_an_interrupting_timer_takes_the_step_away_and_gives_the_next_to_whom_the_model_names(acting) -> None:
    """S18, B20."""
    here = acting(a_kind(CHASED))

    assert (fire(NOON + timedelta(minutes=59)), fire(LATER), fire(LATER)) == (0, 1, 0)

    with unit_of_work() as session:
        (open_now,) = open_steps(session, here.task_id)
        assert (open_now.name, open_now.assignee_id, open_now.opened_at) == ("chase", here.office.manager.id, LATER)
        assert [mail.to_address for mail in mails(session, "step_ready")] == [here.office.manager.email]
        (told,) = history(session, "timer_fired")
        assert (told.actor_id, told.details["step"], told.details["number"]) == (None, "late", 1)


def test_a_timer_that_ends_the_task_closes_it_in_the_name_of_the_system(acting) -> None:
    """S5, S19, S88."""
    here = acting(a_kind(HELD))
    here.complete()

    assert fire(NOON + timedelta(days=3)) == 1

    with unit_of_work() as session:
        task = the_task(session, here.task_id)
        assert (task.status, task.outcome, task.ended_by_id, task.process) == ("closed", "held", None, None)
        assert history(session, "task_closed")[0].actor_id is None
        assert [mail.to_address for mail in mails(session, "all_completed")] == [here.office.manager.email]
        assert rows(session) == []


def test_while_a_task_only_waits_for_its_time_nobody_has_it_and_the_case_stays_open(acting) -> None:
    """B31."""
    here = acting(a_kind(HELD))
    here.complete()

    with unit_of_work() as session:
        assert open_steps(session, here.task_id) == []
        assert the_task(session, here.task_id).status == "new"
        assert counts.outstanding(session, case_id=here.office.case_id) == 1


def test_each_missed_round_of_a_cycle_that_counts_happens_once(acting) -> None:
    """Right after downtime."""
    here = acting(a_kind(REMINDED, jobs=SEND))
    after_downtime = NOON + timedelta(days=30)

    rounds = [fire(after_downtime) for _ in range(4)]

    with unit_of_work() as session:
        assert (rounds, rows(session)) == ([1, 1, 1, 0], [])
        jobs = session.exec(select(ProcessJob)).all()
        assert [(job.name, job.topic) for job in jobs] == [("remind", "remind")] * 3
        assert [each.name for each in open_steps(session, here.task_id)] == ["wait"]


def test_a_timer_whose_step_was_completed_in_time_loses_politely(acting) -> None:
    here = acting(a_kind(CHASED))
    with unit_of_work.read() as session:
        found = timers.due(session, now=LATER, limit=5)

    here.complete(now=LATER)

    with unit_of_work() as session:
        assert [timers.fire(session, timer_id=each, now=LATER) for each in found] == [False]
        assert the_task(session, here.task_id).outcome == "done"
        assert history(session, "timer_fired") == []


def test_cancelling_a_task_withdraws_its_timers_even_when_they_are_due(acting) -> None:
    """B27."""
    here = acting(a_kind(CHASED))
    with unit_of_work.read() as session:
        (found,) = timers.due(session, now=LATER, limit=5)

    with unit_of_work() as session:
        cancel.cancel(session, task_id=here.task_id, reason=Reason("No longer needed"), actor=here.manager, now=LATER)

    with unit_of_work() as session:
        assert (rows(session), timers.fire(session, timer_id=found, now=LATER)) == ([], False)
        assert the_task(session, here.task_id).status == "cancelled"


def test_of_many_workers_that_fire_the_same_timer_one_does(acting) -> None:
    here = acting(a_kind(CHASED))
    with unit_of_work.read() as session:
        (found,) = timers.due(session, now=LATER, limit=5)
    fired = at_once(*[lambda session: timers.fire(session, timer_id=found, now=LATER)] * 4)

    assert sorted(fired) == [False, False, False, True]
    with unit_of_work() as session:
        assert len(history(session, "timer_fired")) == 1
        assert [each.name for each in open_steps(session, here.task_id)] == ["chase"]


def test_a_worker_that_dies_while_it_fires_leaves_the_timer_to_the_next(acting) -> None:
    here = acting(a_kind(CHASED))
    with unit_of_work.read() as session:
        (found,) = timers.due(session, now=LATER, limit=5)

    class Killed(BaseException):
        pass

    def dies() -> None:
        with unit_of_work() as session:
            assert timers.fire(session, timer_id=found, now=LATER)
            raise Killed

    with pytest.raises(Killed):
        dies()

    assert fire(LATER) == 1
    with unit_of_work() as session:
        assert [each.name for each in open_steps(session, here.task_id)] == ["chase"]


LOST = bpmn(
    start(), step("wait"), caught("pause", "PT1H"), '<exclusiveGateway id="which" default="which-b"/>', step("again"), end("b"),
    chain("begin", "wait", "pause", "which", "b"), flow("which", "again", "note &gt; 3"), chain("again", "b"),
)  # fmt: skip
"""Behind the timer text is compared with a number: a fault that no check can see."""


def try_and_fail(timer_id: int, now: datetime) -> None:
    """What the job does with a timer whose process cannot move; two workers see the same failure."""
    with pytest.raises(CannotMove) as refusal, unit_of_work() as session:
        timers.fire(session, timer_id=timer_id, now=now)
    for _ in range(2):
        with unit_of_work() as session:
            timers.failed(session, timer_id=timer_id, error=refusal.value, now=now)


def test_a_timer_that_cannot_go_off_is_tried_for_two_days_and_then_kept_for_people_to_see(acting) -> None:
    here = acting(a_kind(LOST))
    here.complete(note="text")
    tried: list[datetime] = []
    with unit_of_work.read() as session:
        timer = rows(session)[0]

    while not timer.is_dead:
        tried.append(timer.try_at)
        try_and_fail(timer.id or 0, timer.try_at)
        with unit_of_work.read() as session:
            timer = rows(session)[0]

    waits = [later - earlier for earlier, later in pairwise(tried)]
    assert waits == list(waiting.RETRY_AFTER)
    assert "no way on" in timer.last_error
    with unit_of_work() as session:
        assert timers.due(session, now=tried[-1] + timedelta(days=9), limit=5) == []
        assert len(history(session, "job_failed")) == 1
        assert waiting.try_again(session, task_id=here.task_id, now=LATER) == 1
        assert timers.due(session, now=LATER, limit=5) == [timer.id]


def test_a_process_that_waits_for_nothing_ends_its_task_as_it_is_created(acting) -> None:
    """S19."""
    here = acting(a_kind(bpmn(start(), end("nothing to do"), chain("begin", "nothing_to_do"))))

    with unit_of_work() as session:
        task = the_task(session, here.task_id)
        assert (task.status, task.outcome, task.ended_at, open_steps(session, here.task_id)) == ("closed", "nothing to do", NOON, [])
        assert [entry.details["outcome"] for entry in history(session, "task_closed")] == ["nothing to do"]
        assert counts.outstanding(session, case_id=here.office.case_id) == 0
