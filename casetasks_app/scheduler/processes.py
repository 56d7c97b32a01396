"""What moves processes by itself: timers that are due, and the jobs of service and send tasks."""

import asyncio
import logging
import threading
from collections.abc import Awaitable
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import OperationalError

from casetasks_app import clock
from casetasks_app.cases import jobs, timers
from casetasks_app.db.unit_of_work import DatabaseBusy, unit_of_work
from casetasks_app.task_types.jobs import Job, JobView

MOST_AT_ONCE = 200
AT_ONCE = 4
"""Jobs that are carried out side by side."""
PATIENCE = timedelta(minutes=1)
"""How long a job's function may take."""

_log = logging.getLogger(__name__)


class TookTooLong(Exception):
    """A job's function did not come to an end in its minute; what it still does is not waited for."""


async def fire_timers() -> int:
    """Let every timer that is due go off, each in its own transaction; returns how many did.

    A round ends when nothing is due any more: what a timer began may be due at once after a downtime.
    """
    fired, left = 0, set[int]()
    while found := [each for each in await unit_of_work.ask(timers.due, now=clock.now(), limit=MOST_AT_ONCE) if each not in left]:
        for timer_id in found:
            did = await _fire(timer_id)
            # What went off is gone, and its number may be that of the next timer already.
            left.update(() if did else (timer_id,))
            fired += did
    return fired


async def carry_out() -> int:
    """Carry out every job that is due, a few side by side; returns how many were done."""
    done, left = 0, set[int]()
    slots = asyncio.Semaphore(AT_ONCE)
    while found := [each for each in await unit_of_work.ask(jobs.due, now=clock.now(), limit=MOST_AT_ONCE) if each not in left]:
        outcomes = await asyncio.gather(*(_carry_out(job_id, slots) for job_id in found))
        left.update(job_id for job_id, is_done in zip(found, outcomes, strict=True) if not is_done)
        done += sum(outcomes)
    return done


async def _fire(timer_id: int) -> bool:
    try:
        return await unit_of_work.run(timers.fire, timer_id=timer_id, now=clock.now())
    except (DatabaseBusy, OperationalError) as error:
        _log.warning("A timer could not be looked at and waits for the next round: %s", error)
    except Exception as error:  # noqa: BLE001  whatever is wrong with one process is written down, and the others go on
        await _note(unit_of_work.run(timers.failed, timer_id=timer_id, error=error, now=clock.now()))
    return False


async def _carry_out(job_id: int, slots: asyncio.Semaphore) -> bool:
    async with slots:
        claim = await unit_of_work.run(jobs.claim, job_id=job_id, now=clock.now())
        try:
            return bool(claim) and await _done(job_id, claim)
        except jobs.Gone:
            _log.info("A job was carried out that nobody waits for any more.")
        except (DatabaseBusy, OperationalError) as error:
            _log.warning("A job could not be finished and is carried out again: %s", error)
        except Exception as error:  # noqa: BLE001  plugins are written by others; whatever they raise is written down
            await _note(unit_of_work.run(jobs.failed, job_id=job_id, claim=claim, error=error, now=clock.now()))
        return False


async def _done(job_id: int, claim: str) -> bool:
    job, shown = await unit_of_work.ask(jobs.shown, job_id=job_id, claim=claim, now=clock.now())
    given = await call(job, shown)
    await unit_of_work.run(jobs.finish, job_id=job_id, claim=claim, done=given, now=clock.now())
    return True


async def _note(writing: Awaitable[None]) -> None:
    """Write a failure down; if even that fails, the others still go on."""
    try:
        await writing
    except Exception:  # noqa: BLE001  the failure itself stands in the log already
        _log.exception("A failure could not be written down; it will be met again")


async def call(job: Job, shown: JobView, patience: timedelta = PATIENCE) -> object:
    """Call a job's function on a thread of its own; raises what it raises, or TookTooLong.

    Python cannot stop a thread, so one that hangs is left alone: it is a daemon and has no session it could keep.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[object] = loop.create_future()

    def work() -> None:
        try:
            outcome, error = job.run(shown), None
        except BaseException as raised:  # noqa: BLE001  plugins are written by others; SystemExit too ends the job alone
            outcome, error = None, raised
        with suppress(RuntimeError):  # the loop is closed: the server was stopped meanwhile
            loop.call_soon_threadsafe(_settle, result, outcome, error)

    threading.Thread(target=work, name=f"job-{shown.topic}", daemon=True).start()
    try:
        return await asyncio.wait_for(result, patience.total_seconds())
    except TimeoutError as error:
        msg = f"It was not done after {patience.total_seconds():.0f} seconds."
        raise TookTooLong(msg) from error


def _settle(result: "asyncio.Future[object]", outcome: object, error: BaseException | None) -> None:
    if result.done():
        return
    if error is None:
        result.set_result(outcome)
    else:
        # A future takes neither StopIteration nor what is meant to end a whole program.
        plain = isinstance(error, Exception) and not isinstance(error, StopIteration)
        result.set_exception(error if plain else RuntimeError(repr(error)))
