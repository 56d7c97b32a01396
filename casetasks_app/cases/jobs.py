"""The jobs of processes: claimed, shown to the plugin's function, finished with what it gave, or put off."""

import logging
from datetime import datetime, timedelta
from secrets import token_hex

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.cases import moving
from casetasks_app.db.statements import changed, columns, looked_up, tuples
from casetasks_app.errors import CaseTasksError
from casetasks_app.history.service import Happened
from casetasks_app.models import ProcessJob
from casetasks_app.models.columns import UtcDateTime
from casetasks_app.moments import local
from casetasks_app.process import engine
from casetasks_app.task_types.jobs import Done, GiveUp, Job, JobView, accepted
from casetasks_app.tasks import access, kinds, letters, steps, waiting
from casetasks_app.tasks.access import TaskAtHand
from casetasks_app.tasks.letters import Writing
from casetasks_app.tasks.queries import plugin_view
from casetasks_app.tasks.recording import record
from casetasks_app.tasks.waiting import Move

LEASE = timedelta(minutes=2)
"""How long a claimed job counts as being carried out; then its worker counts as lost."""

_log = logging.getLogger(__name__)
_AT: sa.BindParameter[datetime] = sa.bindparam("at", type_=UtcDateTime())
_DUE = (
    sa.select(col(ProcessJob.id))
    .where(sa.text("NOT is_dead"), col(ProcessJob.try_at) <= _AT)
    .order_by(col(ProcessJob.try_at), col(ProcessJob.id))
    .limit(sa.bindparam("most", type_=sa.Integer()))
)
_LOST = "Each time this was carried out the server stopped before it was done."


class Gone(CaseTasksError):
    """The process does not wait for this job any more, or somebody else carries it out."""


def due(session: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the jobs that are to be carried out now, the longest waiting first."""
    return [int(job_id) for (job_id,) in looked_up(session, _DUE, at=now, most=limit)]


def claim(session: Session, *, job_id: int, now: datetime) -> str:
    """Take one job, so that nobody else carries it out; returns the claim, empty when another was first.

    The try is counted here, so that a job that kills its server ends too.
    """
    mark = token_hex(16)
    won = changed(
        session,
        sa.update(ProcessJob)
        .where(col(ProcessJob.id) == job_id, ~col(ProcessJob.is_dead), col(ProcessJob.try_at) <= now)
        .values(claim=mark, attempts=col(ProcessJob.attempts) + 1, try_at=now + LEASE),
    )
    row = session.get(ProcessJob, job_id, populate_existing=True) if won else None
    if row is not None and row.attempts > len(waiting.RETRY_AFTER) + 1:
        failed(session, job_id=job_id, claim=mark, error=GiveUp(_LOST), now=now)
        return ""
    return mark if won else ""


def shown(session: Session, *, job_id: int, claim: str, now: datetime) -> tuple[Job, JobView]:
    """Return what carries a claimed job out, and the job as its function sees it. Raises Gone, PluginMissing, NoSuchJob."""
    row, at = _claimed(session, job_id, claim)
    plugin = kinds.plugin(at.task.plugin)
    variables = steps.state_of(session, at).variables
    task = plugin_view.task_view(session, at, plugin)
    key = f"{at.task.id}.{row.job_id}"
    return plugin.job(row.topic), JobView(row.topic, row.name, key, local(now), task, variables, row.attempts)


def finish(session: Session, *, job_id: int, claim: str, done: object, now: datetime) -> None:
    """Move the process on with what the job gave, and send its letters: both or neither.

    Raises Gone when the process left the job meanwhile; GiveUp, CannotBeWritten or CannotMove for what it gave.
    """
    row, at = _claimed(session, job_id, claim, keep=True)
    taken = sa.delete(ProcessJob).where(col(ProcessJob.id) == job_id, col(ProcessJob.claim) == claim)
    if not changed(session, taken) or not at.standing.is_new:
        raise Gone
    access.lock(session, at)
    kind = kinds.of(session, at.task)
    result = accepted(kind.plugin.job(row.topic), done)
    before = steps.state_of(session, at)
    after = engine.complete(kind.model, before, row.job_id, result.variables, local(now))
    to = _send(session, Writing(at, kind.plugin, {**before.variables, **result.variables}, f"j{row.job_id}"), result, now)
    record(session, at, Happened.JOB_DONE, now=now, step=moving.title_of(kind.model, row.name), to=to)
    moving.move_on(session, at=at, model=kind.model, move=Move(after, before), actor=None, now=now)


def failed(session: Session, *, job_id: int, claim: str, error: BaseException, now: datetime) -> None:
    """Write down that a job failed; it is tried again for about two days unless the failure is final, then it is dead."""
    row = session.get(ProcessJob, job_id, populate_existing=True)
    at = access.load(session, task_id=row.task_id) if row else None
    if row is None or at is None or row.claim != claim:
        return
    _log.error("the job %s (%s) of task %s failed: %s", row.name, row.topic, at.reference, error, exc_info=error)
    is_final = isinstance(error, GiveUp | letters.CannotBeWritten)
    known = isinstance(error, GiveUp | CaseTasksError)
    reason = str(error) if known and str(error) else f"{type(error).__name__}: {error}"
    if waiting.put_off(session, row=row, reason=reason, is_final=is_final, now=now):
        model = kinds.model(session, digest=at.task.model_digest)
        record(session, at, Happened.JOB_FAILED, now=now, step=moving.title_of(model, row.name))


def _claimed(session: Session, job_id: int, claim: str, *, keep: bool = False) -> tuple[ProcessJob, TaskAtHand]:
    mine = columns(ProcessJob).where(col(ProcessJob.id) == job_id, col(ProcessJob.claim) == claim)
    rows: list[tuple[ProcessJob]] = tuples(session, mine)  # pyright: ignore[reportAssignmentType]
    at = access.load(session, task_id=rows[0][0].task_id, keep=keep) if rows else None
    if at is None:
        raise Gone
    return rows[0][0], at


def _send(session: Session, writing: Writing, done: Done, now: datetime) -> list[str]:
    to: list[str] = []
    for number, letter in enumerate(done.letters):
        own = Writing(writing.at, writing.plugin, writing.variables, f"{writing.event}.{number}")
        to += letters.send(session, letter=letter, writing=own, now=now)
    return to
