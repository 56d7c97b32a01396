"""The clockwork: APScheduler with a memory store, run by the one process that leads."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from casetasks_app import clock
from casetasks_app.db.unit_of_work import DatabaseBusy
from casetasks_app.files import store
from casetasks_app.mail.sender import Sender
from casetasks_app.scheduler.jobs import Job, table
from casetasks_app.scheduler.leader import Leader, leader

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
BACKWARD_STEP = 5.0
"""Seconds by which the clock may fall behind before the jobs are woken anew."""


@asynccontextmanager
async def ticking() -> AsyncGenerator[None]:
    """Run the jobs for as long as the context lasts, whenever this process leads."""
    sender = Sender(file=store.content)
    leading = asyncio.create_task(_lead(leader(), table(sender)), name="jobs")
    try:
        yield
    finally:
        leading.cancel()
        with suppress(asyncio.CancelledError):
            await leading
        await sender.stop()


async def run_once() -> dict[str, str]:
    """Run every job once, whoever leads; returns what came of each, by its name."""
    sender = Sender(file=store.content)
    try:
        return {job.name: await _said(job) for job in table(sender)}
    finally:
        await sender.stop()


async def _said(job: Job) -> str:
    try:
        return str(await job.run())
    except Exception as error:
        log.exception("The job %s failed", job.name)
        return f"failed: {error}"


async def _lead(claim: Leader, jobs: Sequence[Job]) -> None:
    while True:
        try:
            if await claim.acquire():
                await _tick(claim, jobs)
        except Exception:
            log.exception("The jobs stopped; they are started again")
        await asyncio.sleep(LOOK_EVERY)


async def _tick(claim: Leader, jobs: Sequence[Job]) -> None:
    """Run the jobs until the lead is lost. A clock that is set back would stop interval jobs, so they are woken."""
    scheduler = _scheduler(jobs)
    scheduler.start()
    try:
        offset = _offset()
        while await claim.is_alive():
            await asyncio.sleep(LOOK_EVERY)
            drift = _offset() - offset
            offset += drift
            if drift < -BACKWARD_STEP:
                log.warning("The clock was set back by %.0f seconds; the jobs go on.", -drift)
                _wake(scheduler)
    finally:
        scheduler.shutdown(wait=False)
        await claim.release()


def _scheduler(jobs: Sequence[Job]) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    for job in jobs:
        scheduler.add_job(_guarded(job), "interval", seconds=job.every.total_seconds(), id=job.name, next_run_time=clock.now())
    return scheduler


def _guarded(job: Job):  # noqa: ANN202  APScheduler wants the coroutine function itself
    async def run() -> None:
        try:
            await job.run()
        except DatabaseBusy as trouble:
            log.warning("The job %s waits for the database and runs again in %s: %s", job.name, job.every, trouble)
        except Exception:
            log.exception("The job %s failed; it runs again in %s", job.name, job.every)

    return run


def _wake(scheduler: AsyncIOScheduler) -> None:
    for job in scheduler.get_jobs():
        job.modify(next_run_time=clock.now())


def _offset() -> float:
    """By how many seconds the wall clock is ahead of a clock that nobody can set."""
    return clock.now().timestamp() - time.monotonic()
