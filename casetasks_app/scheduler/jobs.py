"""The table of jobs: how often each runs, and the one service function it calls.

Each job puts a question to the database that is safe to ask twice, and in several processes at once: no job
remembers anything, so a missed run, a restart or a long downtime loses nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from casetasks_app import clock
from casetasks_app.cases import drafts as case_drafts
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import service as files
from casetasks_app.mail.sender import Sender
from casetasks_app.people import service as people
from casetasks_app.people import tokens
from casetasks_app.scheduler import processes
from casetasks_app.sla import service as sla
from casetasks_app.tasks import drafts

MOST_BATCHES = 500
"""Batches of 200 targets in one run; what is left waits for the next run."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job: what it is called, how often it runs, and what it does."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[object]]


def table(sender: Sender) -> tuple[Job, ...]:
    """Return every job; `sender` keeps its connections from run to run."""
    return (
        Job("targets", timedelta(seconds=15), sweep_targets),
        Job("timers", timedelta(seconds=5), processes.fire_timers),
        Job("processes", timedelta(seconds=2), processes.carry_out),
        Job("mails", timedelta(seconds=3), partial(send_mails, sender)),
        Job("drafts", timedelta(hours=1), forget_drafts),
        Job("files", timedelta(hours=1), forget_files),
        Job("sign-ins", timedelta(hours=1), forget_sign_ins),
    )


async def sweep_targets() -> int:
    """Act on every target event that is due, in batches of one transaction each; returns how many tasks were looked at."""
    looked_at = 0
    for _ in range(MOST_BATCHES):
        result = await unit_of_work.run(sla.sweep, now=clock.now())
        looked_at += result.tasks
        if not result.is_full:
            break
    return looked_at


async def send_mails(sender: Sender) -> int:
    """Send every mail that is due; returns how many left."""
    return (await sender.send_due()).sent


async def forget_drafts() -> int:
    """Throw away drafts of tasks and cases that nobody touched for 30 days (B11)."""
    of_cases = await unit_of_work.run(case_drafts.forget_old, now=clock.now())
    return of_cases + await unit_of_work.run(drafts.forget_old, now=clock.now())


async def forget_files() -> int:
    """Remove the contents of files that belong to nothing any more."""
    await unit_of_work.run(files.forget, now=clock.now())
    return await unit_of_work.run(files.sweep, now=clock.now())


async def forget_sign_ins() -> int:
    """Remove sign-ins and tokens that ended long ago."""
    forgotten = await unit_of_work.run(people.forget_sign_ins, now=clock.now())
    return forgotten + await unit_of_work.run(tokens.forget, now=clock.now())
