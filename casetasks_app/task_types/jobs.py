"""What a plugin does by itself: the jobs of its service and send tasks, each found by its topic.

    plugin = TaskPlugin(
        ...,
        jobs={
            "remind": sends("reminder", to="assignee"),       # emails/reminder/subject.txt and body.txt
            "look_up": Job(look_up, gives=("rent",)),         # a function; what it gives become variables
        },
    )

    def look_up(job: JobView) -> Done:
        return Done({"rent": 412})

A job is carried out after the change that led to it is stored, outside any transaction, and at least once: `job.key` is
the same at every try. What a function raises is logged, and the job is tried again for about two days, then it is shown
to the case manager; `GiveUp` ends it at once with its sentence.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from jinja2 import Environment, TemplateSyntaxError

from casetasks_app.task_types.shapes import Json, record
from casetasks_app.task_types.view import TaskView

To = Literal["raised by", "case manager", "assignee", "team"]
"""To whom a letter goes: the person who raised the case (their contact address first), the case manager, whoever has
the task (nobody yet: its team), or everybody in the task's team."""

WORDS: tuple[str, ...] = get_args(To)
"""The words of `To`."""

START_VALUES = frozenset({"case", "task", "initiator", "assignee", "team"})
"""The variables every process starts with, so nothing else may be called so."""

LETTER_FILES = ("subject.txt", "body.txt")
_TOPIC = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")
_LETTER = re.compile(r"[a-z][a-z0-9_]{0,39}")


class GiveUp(Exception):
    """Raise it in a job that will never succeed; the message is a whole sentence for the case manager."""


@dataclass(frozen=True, slots=True)
class JobView:
    """One job as its function sees it: frozen values, no database, no request.

    `variables` are those of the process, `case` and `task` among them. `now` is aware, in the organisation's zone.
    `attempt` counts from 1. `key` is the same at every try, so that another system can tell a repetition.
    """

    topic: str
    name: str
    key: str
    now: datetime
    task: TaskView
    variables: Mapping[str, Json] = field(default_factory=dict[str, Json])
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be sent, written from `emails/<template>/` in the plugin's package.

    `to` may also be the id of a person, as the answer of a field of kind person. The texts know the variables of the
    process and `values`, which win. `files` are ids of the task's files to enclose.
    """

    template: str
    to: To | str
    values: Mapping[str, Json] = field(default_factory=dict[str, Json])
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a job came to: variables for the process, and letters that leave through the outbox."""

    variables: Mapping[str, Json] = field(default_factory=dict[str, Json])
    letters: tuple[Letter, ...] = ()


Handler = Callable[[JobView], Done | None]


@dataclass(frozen=True, slots=True)
class Job:
    """What carries out a topic: a plain function, the variables it gives (all of them, each time), the letters it may send."""

    run: Handler
    gives: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


JobSource = Job | Handler


def sends(template: str, *, to: To, files: str = "") -> Job:
    """A job that sends one letter and nothing more; `files` names the variable whose files are enclosed.

    Raises ValueError for a word that is nobody.
    """
    if to not in WORDS:
        raise ValueError(f"sends({template!r}, to={to!r}): it can go to {', '.join(WORDS)}.")

    def send(job: JobView) -> Done:
        enclosed = job.variables.get(files) or () if files else ()
        return Done(letters=(Letter(template, to, files=tuple(str(each) for each in enclosed)),))

    return Job(send, letters=(template,))


def accepted(job: Job, done: object) -> Done:
    """What a job's function returned, if it keeps the contract. Raises GiveUp with what it breaks."""
    if done is None:
        done = Done()
    if not isinstance(done, Done):
        raise GiveUp(f"The job must return Done or nothing, not {type(done).__name__}.")
    if set(done.variables) != set(job.gives):
        given, wanted = (", ".join(sorted(names)) or "nothing" for names in (done.variables, job.gives))
        raise GiveUp(f"The job gave {given} and says that it gives {wanted}.")
    unnamed = [letter.template for letter in done.letters if letter.template not in job.letters]
    if unnamed:
        raise GiveUp(f"The job sends {unnamed[0]!r}, which it does not name.")
    return done


def job_problems(jobs: object, resource: Callable[[str], str | None]) -> Iterator[str]:
    """Everything in which a plugin's `jobs` break the contract, each a sentence for its author."""
    known = record(jobs)
    if known is None:
        yield "jobs must map each topic of the process to a function or a Job."
        return
    for topic, source in known.items():
        where = f"jobs[{topic!r}]"
        job: Job | None = source if isinstance(source, Job) else Job(source) if callable(source) else None  # pyright: ignore[reportArgumentType]
        if not _TOPIC.fullmatch(topic):
            yield f"{where}: a topic must be letters, digits, _, . and -."
        elif job is None or not callable(job.run):
            yield f"{where} must be a function, a Job, or what sends(…) gives."
        else:
            yield from (f"{where}: {name!r} is no name for a variable." for name in job.gives if not name.isidentifier())
            yield from (f"{where}: {name} is the name of another variable." for name in job.gives if name in START_VALUES)
            for template in job.letters:
                yield from (f"{where}: {problem}" for problem in letter_problems(template, resource))


def letter_problems(template: str, resource: Callable[[str], str | None]) -> Iterator[str]:
    """What keeps the texts of a letter from being used: a missing file, or one that is not a template."""
    if not _LETTER.fullmatch(template):
        yield f"{template!r} is no name for a letter; use small letters, digits and _."
        return
    for name in (*LETTER_FILES, "body.html"):
        path = f"emails/{template}/{name}"
        text = resource(path)
        if text is None and name in LETTER_FILES:
            yield f"{path} is missing."
        elif text is not None:
            try:
                Environment(autoescape=True).parse(text)
            except TemplateSyntaxError as error:
                yield f"{path}:{error.lineno}: {error.message}"
