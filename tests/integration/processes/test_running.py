"""The scheduler's jobs over processes: everything that is due in one round, and one that fails leaves the others."""

import asyncio
import logging
import threading
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import ProcessJob, ProcessTimer
from casetasks_app.scheduler import processes
from casetasks_app.scheduler.processes import TookTooLong
from casetasks_app.task_types.jobs import Done, Job, JobView, sends
from casetasks_app.task_types.view import TaskView
from tests.factories import NOON
from tests.integration.processes.kinds import HELD, LOOKED_UP, REMINDED, SENT, a_kind
from tests.integration.processes.test_timers import LOST
from tests.integration.tasks.looking import mails, open_steps, the_task


def long_ago() -> datetime:
    """A month ago, as a server sees it that was down since."""
    return clock.now() - timedelta(days=30)


def ends(_job: JobView) -> Done:
    raise SystemExit(3)


def stops(_job: JobView) -> Done:
    raise StopIteration


def fails(_job: JobView) -> Done:
    raise ConnectionError("the register does not answer")


async def test_a_round_fires_timers_carries_out_jobs_and_its_letters_wait_in_the_outbox(acting) -> None:
    """Right after downtime: three rounds were missed, and each is told once."""
    here = acting(a_kind(REMINDED, jobs={"remind": sends("told", to="assignee")}, told="Remember\n{{ reference }}"), now=long_ago())

    assert await processes.fire_timers() == 3
    assert await processes.carry_out() == 3
    assert (await processes.fire_timers(), await processes.carry_out()) == (0, 0)

    with unit_of_work() as session:
        assert [(mail.to_address, mail.text) for mail in mails(session, "letter")] == [
            (here.office.tom.email, f"{here.office.reference}/1\n")
        ] * 3
        assert [each.name for each in open_steps(session, here.task_id)] == ["wait"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (fails, "ConnectionError: the register does not answer"),
        (ends, "RuntimeError: SystemExit(3)"),
        (stops, "RuntimeError: StopIteration()"),
    ],
)
async def test_a_function_that_raises_anything_leaves_the_other_plugins_alone(acting, caplog, bad, reason: str) -> None:
    broken = acting(a_kind(LOOKED_UP, plugin_id="broken", jobs={"register": Job(bad)}))
    sound = acting(a_kind(LOOKED_UP, jobs={"register": Job(lambda _job: Done({"rent": 1}), gives=("rent",))}))

    with caplog.at_level(logging.ERROR):
        assert await processes.carry_out() == 1

    assert "the job look_up (register) of task" in caplog.text
    with unit_of_work() as session:
        (row,) = session.exec(select(ProcessJob)).all()
        assert (row.task_id, row.attempts, row.is_dead, row.last_error) == (broken.task_id, 1, False, reason)
        assert timedelta(0) < row.try_at - clock.now() <= timedelta(minutes=1)
        assert [each.name for each in open_steps(session, sound.task_id)] == ["write"]


async def test_a_timer_that_fails_leaves_the_others_alone(acting, caplog) -> None:
    broken = acting(a_kind(LOST, plugin_id="broken"))
    broken.complete(note="text", now=long_ago())
    sound = acting(a_kind(HELD))
    sound.complete(now=long_ago())

    with caplog.at_level(logging.ERROR):
        assert await processes.fire_timers() == 1

    with unit_of_work() as session:
        (row,) = session.exec(select(ProcessTimer)).all()
        assert (row.task_id, row.attempts, row.is_dead) == (broken.task_id, 1, False)
        assert the_task(session, sound.task_id).status == "closed"


async def test_a_task_may_wait_for_a_job_at_once_and_end_with_it(acting) -> None:
    here = acting(a_kind(SENT, jobs={"send": lambda _job: None}))
    here.complete(now=NOON)

    assert await processes.carry_out() == 1

    with unit_of_work() as session:
        assert the_task(session, here.task_id).outcome == "sent"


async def test_a_function_that_hangs_is_left_alone_after_its_time(now) -> None:
    end = threading.Event()
    view = JobView("hang", "hang", "1.a", now, TaskView(1, "Hang", "new"))

    with pytest.raises(TookTooLong, match="not done after 0 seconds"):
        await processes.call(Job(lambda _job: end.wait(30)), view, patience=timedelta(milliseconds=20))  # pyright: ignore[reportArgumentType]

    end.set()
    assert await asyncio.wait_for(processes.call(Job(lambda _job: None), view), 10) is None
