"""What a plugin is: one `TaskPlugin` object in its package, with forms, a process model and a summary beside it.

    plugin = TaskPlugin(
        id="noise_reading",                  # small letters, digits and _; never changed again
        name="Noise reading",
        version="1.0",
        summary="Somebody measures the noise and says whether it is too loud.",
        forms={"reading": Reading},          # one for each formKey of process.bpmn
        settings=Settings,                   # what a task type may set; given to the process as variables
        jobs={"remind": sends("reminder", to="assignee")},   # who carries out the service and send tasks: jobs.py
        package=__package__,                 # where process.bpmn, summary.py and emails/ lie
    )

Instead of a Form class `forms` may hold a function from the task type's settings to a Form class, where the questions
come from configuration. A plugin imports nothing of ours but `casetasks_app.task_types`; it sees no database, no
request and no page.
"""

import importlib.resources
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from casetasks_app.errors import CaseTasksError
from casetasks_app.task_types.forms import Answers, Form, Json, rows
from casetasks_app.task_types.jobs import START_VALUES, Job, JobSource, job_problems
from casetasks_app.task_types.notes import NoteOf
from casetasks_app.task_types.shapes import record

Settings = Mapping[str, Json]
FormSource = type[Form] | Callable[[Settings], type[Form]]

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FORM_KEY = re.compile(r"(?!(?:start|done)$)[A-Za-z_][A-Za-z0-9_]{0,59}")


class NoSuchForm(CaseTasksError):
    """There is no such form."""


class NoSuchJob(CaseTasksError):
    """There is no such job."""


class UnreadableFile(CaseTasksError):
    """A file of the plugin is not text in UTF-8."""


class Nothing(Form):
    """What a step by hand asks."""


@dataclass(frozen=True, slots=True)
class TaskPlugin:
    """One kind of task; many task types of many case types may use it."""

    id: str
    name: str
    version: str
    summary: str
    forms: Mapping[str, FormSource] = field(hash=False)
    settings: type[Form] | None = None
    package: str | None = None
    jobs: Mapping[str, JobSource] = field(default_factory=dict[str, JobSource], hash=False)
    note: NoteOf | None = field(default=None, hash=False)

    def form(self, key: str, settings: Settings | None = None) -> type[Form]:
        """The form of a step, for a task type with these settings; without a key one that asks nothing. Raises NoSuchForm."""
        if not key:
            return Nothing
        if key not in self.forms:
            raise NoSuchForm(f"{self.name} has no form called {key}.")
        source = self.forms[key]
        return source if isinstance(source, type) else source(self.with_defaults(settings))

    def job(self, topic: str) -> Job:
        """What carries out a topic. Raises NoSuchJob."""
        if topic not in self.jobs:
            raise NoSuchJob(f"{self.name} has nothing that carries out {topic}.")
        source = self.jobs[topic]
        return source if isinstance(source, Job) else Job(source)

    def with_defaults(self, settings: Settings | None) -> Answers:
        """The settings of a task type, with the plugin's own default for each one that is not set."""
        own = {row.name: row.default for row in rows(self.settings) if row.has_answer} if self.settings else {}
        return {**own, **{key: value for key, value in (settings or {}).items() if value is not None}}

    def resource(self, path: str) -> str | None:
        """The text of a file of the plugin's package, such as `emails/sent/body.txt`; None if there is none.

        Raises UnreadableFile.
        """
        if not self.package:
            return None
        file = importlib.resources.files(self.package).joinpath(*path.split("/"))
        try:
            return file.read_text(encoding="utf-8-sig") if file.is_file() else None
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"{path} is not text in UTF-8; save it so.") from error


def contract_problems(plugin: object) -> list[str]:
    """Everything in which `plugin` breaks the contract, each a sentence for its author.

    Raises what a form function of the plugin raises.
    """
    if not isinstance(plugin, TaskPlugin):
        return [f"plugin must be a TaskPlugin, not {type(plugin).__name__}."]
    texts: dict[str, object] = {"id": plugin.id, "name": plugin.name, "version": plugin.version, "summary": plugin.summary}
    missing = [name for name, value in texts.items() if not isinstance(value, str) or not value.strip()]
    problems = [f"{name} is missing." for name in missing]
    if "id" not in missing and not _ID.fullmatch(plugin.id):
        problems.append(f"id {plugin.id!r} must be small letters, digits and _, at most 40.")
    if plugin.settings is not None and not _is_form(plugin.settings):
        return [*problems, "settings must be a Form class."]
    if plugin.note is not None and not callable(plugin.note):
        problems.append("note must be a function from a step's name and its answers to a Note or nothing.")
    return [*problems, *job_problems(plugin.jobs, plugin.resource), *_form_problems(plugin)]


def _form_problems(plugin: TaskPlugin) -> list[str]:
    if not record(plugin.forms):
        return ["forms must map each formKey of the process to a form."]
    problems: list[str] = []
    settings = {row.name for row in rows(plugin.settings)} if plugin.settings else set[str]()
    for key in plugin.forms:
        if not _FORM_KEY.fullmatch(key):
            problems.append(f"forms[{key!r}]: a key must be letters, digits and _, and not start or done.")
            continue
        form = _made(plugin, key)
        if form is None:
            problems.append(f"forms[{key!r}] must be a Form class, or a function from settings to one.")
            continue
        names = {row.name for row in rows(form)}
        nested = [row.name for row in rows(form) if row.kind == "questions"]
        problems += [f"forms[{key!r}]: {name} asks for questions, which only settings can." for name in nested]
        problems += _taken(f"forms[{key!r}]", names, START_VALUES | settings)
    return problems + _taken("settings", settings, START_VALUES)


def _made(plugin: TaskPlugin, key: str) -> type[Form] | None:
    """The form for the plugin's default settings; a function that raises raises here."""
    source = plugin.forms[key]
    if not callable(source):
        return None
    form = plugin.form(key)
    return form if _is_form(form) else None


def _taken(where: str, names: Iterable[str], others: Iterable[str]) -> list[str]:
    return [f"{where}: {name} is the name of another variable." for name in sorted(set(names) & set(others))]


def _is_form(source: object) -> bool:
    return isinstance(source, type) and issubclass(source, Form)
