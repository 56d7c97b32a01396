"""What the verbs take by themselves, commit included, on SQLite; what the sweep takes."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlmodel import select

from bench import office
from bench.office import Office
from bench.rows import Row, p50_and_p95
from casetasks_app import clock
from casetasks_app.cases import complete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import TaskStep
from casetasks_app.people.rules import Actor
from casetasks_app.sla import service as sla
from casetasks_app.tasks import create, hold
from casetasks_app.tasks.wanted import WantedTask

ROUNDS = 200
OPEN_TASKS = 1_000_000
DUE = 1_000


def verbs(folder: Path) -> Iterator[Row]:
    """Measure create, claim and complete among 100,000 open tasks."""
    with office.database(folder):
        here = office.fill(100_000)
        manager, officer = office.actor_of(here.manager_id), office.actor_of(here.officer_ids[0])
        made: list[int] = []
        times = [_timed(lambda key=number: made.append(_create(here, manager, f"bench-{key}"))) for number in range(ROUNDS)]
        yield from p50_and_p95("create a task, server time", times, bar=12, note="transaction with commit")
        times = [_timed(lambda task=task: _claim(task, officer)) for task in made]
        yield from p50_and_p95("claim a task, server time", times, bar=7.6)
        steps = _steps(made)
        times = [_timed(lambda task=task, step=step: _complete(task, step, officer)) for task, step in steps]
        yield from p50_and_p95("complete a step, server time", times, bar=10)


def sweep(folder: Path) -> Iterator[Row]:
    """Measure the sweep among a million open tasks: nothing due, then a thousand breaches."""
    with office.database(folder):
        before = clock.now()
        office.fill(OPEN_TASKS, due_now=DUE)
        idle = [_timed(lambda: _sweep(before - office.LATEST)) for _ in range(ROUNDS)]
        yield from p50_and_p95("sweep, nothing due of 1,000,000", idle, floor="0.004 ms, the one statement")
        started, batches, mails = time.perf_counter(), 0, 0
        while True:
            result = _sweep(clock.now())
            batches, mails = batches + 1, mails + result.mails
            if not result.is_full:
                break
        seconds = time.perf_counter() - started
        note = f"{mails:,} mails in {batches} transactions"
        yield Row("sweep, due items a second", mails / seconds, "/s", 306, more_is_better=True, note=note)
        yield Row("sweep, 1,000 due of 1,000,000", seconds, "s", floor="0.014 s, bare inserts")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _create(here: Office, manager: Actor, key: str) -> int:
    wanted = WantedTask(task_type_id=here.task_type_id, key=key, team_id=here.team_id)
    with unit_of_work() as session:
        return create.create(session, case_id=here.case_id, wanted_task=wanted, actor=manager, now=clock.now()).task_id


def _claim(task_id: int, officer: Actor) -> None:
    with unit_of_work() as session:
        hold.claim(session, task_id=task_id, actor=officer, now=clock.now())


def _steps(tasks: Sequence[int]) -> list[tuple[int, int]]:
    with unit_of_work.read() as session:
        return [(task, session.exec(select(TaskStep.id).where(TaskStep.task_id == task)).one() or 0) for task in tasks]


def _complete(task_id: int, step_id: int, officer: Actor) -> None:
    with unit_of_work() as session:
        complete.complete_step(
            session, task_id=task_id, step_id=step_id, answers={"outcome": "Done"}, actor=officer, now=clock.now()
        )  # fmt: skip


def _sweep(now: object) -> sla.SweepResult:
    with unit_of_work() as session:
        return sla.sweep(session, now=now)  # pyright: ignore[reportArgumentType]
