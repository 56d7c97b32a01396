"""What the process of a five-step task weighs in the database while it runs, and when it is over."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, func, select

from bench import office
from bench.office import Office
from bench.rows import Row, p50_and_p95
from casetasks_app import clock
from casetasks_app.cases import complete, timers
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import ProcessJob, ProcessTimer, Task, TaskStep, TaskType
from casetasks_app.people.rules import Actor
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Form, field
from casetasks_app.tasks import create, hold
from casetasks_app.tasks.wanted import WantedTask

STEPS = 5
ROUNDS = 40
_ANSWER = "The wall leans by four centimetres; " * 20


class Report(Form):
    """What somebody found, at some length."""

    found: str = field("Found", "long text", max_length=4_000)
    advice: str = field("Advice", "long text", max_length=4_000)


@dataclass(frozen=True)
class FiveSteps(TaskPlugin):
    """A plugin whose model is made here: five steps in a row, each with a reminder beside it."""

    def resource(self, path: str) -> str | None:
        """Give the model and nothing else."""
        return _model() if path == "process.bpmn" else None


PLUGIN = FiveSteps("five_steps", "Five steps", "1.0", "Five steps in a row.", {f"Report{number}": Report for number in range(STEPS)})


def processes(folder: Path) -> Iterator[Row]:
    """Measure states, one move with a timer written and withdrawn, and a timer that goes off."""
    with office.database(folder), registry.registered(PLUGIN):
        here = office.fill(1_000)
        officer = office.actor_of(here.officer_ids[0])
        tasks = [_begun(here, number) for number in range(ROUNDS)]
        weights, times = [_weight(tasks)], []
        for _ in range(STEPS):
            times += [_timed(task, officer) for task in tasks]
            weights.append(_weight(tasks))
        yield Row("state of a five-step task, largest while open", max(weights) / 1024, "KB", 20)
        yield Row("state and rows of a five-step task, over", weights[-1] / 1024, "KB", 0)
        yield from p50_and_p95("complete one of five steps, a timer withdrawn, one written", times, bar=10)
        yield from p50_and_p95("a timer goes off", _fired([_begun(here, number) for number in range(ROUNDS, 2 * ROUNDS)]))


def _begun(here: Office, number: int) -> int:
    with unit_of_work() as session:
        session.get_one(TaskType, here.task_type_id).plugin = PLUGIN.id
        wanted = WantedTask(task_type_id=here.task_type_id, key=f"five-{number}", team_id=here.team_id)
        manager = office.actor_of(here.manager_id)
        made = create.create(session, case_id=here.case_id, wanted_task=wanted, actor=manager, now=clock.now())
        hold.claim(session, task_id=made.task_id, actor=office.actor_of(here.officer_ids[0]), now=clock.now())
        return made.task_id


def _timed(task_id: int, officer: Actor) -> float:
    with unit_of_work.read() as session:
        step = session.exec(select(TaskStep).where(TaskStep.task_id == task_id, col(TaskStep.completed_at).is_(None))).one()
    started = time.perf_counter()
    with unit_of_work() as session:
        answers = {"found": _ANSWER, "advice": _ANSWER}
        complete.complete_step(session, task_id=task_id, step_id=step.id or 0, answers=answers, actor=officer, now=clock.now())
    return time.perf_counter() - started


def _fired(tasks: list[int]) -> list[float]:
    times: list[float] = []
    with unit_of_work.read() as session:
        due = session.exec(select(ProcessTimer.id).where(col(ProcessTimer.task_id).in_(tasks))).all()
    for timer_id in due:
        started = time.perf_counter()
        with unit_of_work() as session:
            timers.fire(session, timer_id=timer_id or 0, now=clock.now() + timedelta(days=4))
        times.append(time.perf_counter() - started)
    return times


def _weight(tasks: list[int]) -> float:
    """Bytes of the largest state, and of the rows beside it, counted at 200 bytes each."""
    with unit_of_work.read() as session:
        largest = session.exec(select(func.max(func.length(Task.process))).where(col(Task.id).in_(tasks))).one() or 0
        timer_rows = session.exec(select(func.count(col(ProcessTimer.id))).where(col(ProcessTimer.task_id).in_(tasks))).one()
        job_rows = session.exec(select(func.count(col(ProcessJob.id))).where(col(ProcessJob.task_id).in_(tasks))).one()
    return largest + 200 * (timer_rows + job_rows) / len(tasks)


def _model() -> str:
    steps = "".join(
        f'<userTask id="s{number}" name="Step {number}" casetasks:formKey="Report{number}"/>'
        f'<boundaryEvent id="t{number}" attachedToRef="s{number}" cancelActivity="false">'
        f"<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition></boundaryEvent>"
        f'<endEvent id="r{number}" name="reminded"/><sequenceFlow id="b{number}" sourceRef="t{number}" targetRef="r{number}"/>'
        f'<sequenceFlow id="f{number}" sourceRef="{f"s{number - 1}" if number else "begin"}" targetRef="s{number}"/>'
        for number in range(STEPS)
    )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:casetasks="urn:casetasks:bpmn">'
        f'<process id="five" isExecutable="true"><startEvent id="begin"/>{steps}<endEvent id="done" name="done"/>'
        f'<sequenceFlow id="last" sourceRef="s{STEPS - 1}" targetRef="done"/></process></definitions>'
    )
