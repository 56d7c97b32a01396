"""One task played through its plugin: forms, process and summary, without a database, a page or a clock.

    task = Play(plugin, team="managers")
    task.do("decide", decision="reject", reason="no plan")
    assert task.whose("revise") == "case manager"
    task.wait(days=5)

Time stands still but for two things: each step takes a day, and `wait` lets time pass. Timers go off in `wait` alone.
Jobs are carried out at once and kept in `jobs`, the mails they send in `mails`; what a job raises, the play raises.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from casetasks_app.play.letters import Mail, written
from casetasks_app.process import engine
from casetasks_app.process.state import OpenStep
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Answers, Form, Known, KnownFile, Problems, as_variables, check_answers, rows
from casetasks_app.task_types.jobs import JobView, Letter, accepted
from casetasks_app.task_types.summary import Block, StepView, TaskView, summarise

ZONE = ZoneInfo("Europe/London")
BEGIN = datetime(2026, 11, 18, 10, 2, tzinfo=ZONE)
"""A Wednesday morning, the moment at which every played task is created."""
FILES: Mapping[str, str] = {"11": "plan.pdf", "12": "photo.jpg"}
"""Files that were uploaded, by id; answers of kind files name them."""
PEOPLE: Mapping[str, str] = {"1": "Priya Shah", "2": "Tom Ellis"}
"""The case manager, and whoever does the steps of others."""
TEAM = "7"
"""The key of the team a played task belongs to, unless another is given."""
_WHO = {"1": "case manager"}


class StepIsNotOpen(AssertionError):
    """A step was to be done that nobody is asked to do now; the argument says which are open."""


class AnswersRefused(AssertionError):
    """The form did not accept the answers; the argument has its sentence for each field."""


class Play:
    """One task of a team, or of a person (`assignee="2"`), asked for by the case manager, until it ends.

    `settings` are those of the task type; what is left out has the plugin's default. `case` adds to the variable of
    that name, for processes that look at the answers of the case.
    """

    def __init__(
        self,
        plugin: TaskPlugin,
        settings: Mapping[str, object] | None = None,
        assignee: str | None = None,
        *,
        team: str = TEAM,
        case: Mapping[str, object] | None = None,
    ) -> None:
        """Create the task. Raises ModelRefused for a process model that cannot be read."""
        self.plugin, self.now = plugin, BEGIN
        self.settings: Answers = plugin.with_defaults(settings)
        self.model = engine.load(registry.model_xml(plugin))
        self.turns: list[StepView] = []
        self.jobs: list[JobView] = []
        self.mails: list[Mail] = []
        self.files: dict[str, str] = dict(FILES)
        self._team, self._assignee = team, assignee
        about = {"reference": "HSG-1042", "title": "Window does not close", "contact": "Alex Morgan", "answers": {}, **(case or {})}
        self._told = {"case": about, "task": {"number": 3, "description": "Ask", "summary": ""}}
        begin = {**self.settings, **self._told, "initiator": "1", "assignee": assignee, "team": team}
        self.state = engine.start(self.model, begin, self.now)
        self._carry_out_jobs()

    @property
    def status(self) -> str:
        """How far it is: new, closed or cancelled."""
        return self.state.status

    @property
    def outcome(self) -> str:
        """The name of the end event that was reached; empty while the task is new."""
        return self.state.outcome or ""

    @property
    def open(self) -> dict[str, OpenStep]:
        """The steps that wait for somebody, by name; of a step that is open several times its first turn."""
        found: dict[str, OpenStep] = {}
        for step in engine.open_steps(self.model, self.state):
            found.setdefault(step.name, step)
        return found

    def whose(self, step: str) -> str:
        """Say who has an open step: “case manager”, “assignee”, “team managers”, or a person by name."""
        found = self._opened(step)
        person = found.assignee if found.performer == "person" else self._assignee if found.performer == "task" else None
        if person is None:
            return f"team {found.team or self._team}"
        return "assignee" if person in {self._assignee, "2"} else _WHO.get(person) or PEOPLE.get(person, person)

    def form(self, step: str) -> type[Form]:
        """Return the form of an open step, for the settings of this task."""
        return self.plugin.form(self._opened(step).form or "", {**self.settings, **self._told})

    def try_(self, step: str, **raw: object) -> Problems | Answers:
        """Return what the form of a step makes of these answers, without giving them."""
        return check_answers(self.form(step), raw, known=self.known)

    def do(self, step: str, **raw: object) -> None:
        """Complete an open step with these answers, a day later. Raises StepIsNotOpen or AnswersRefused."""
        answers, form, opened = self.try_(step, **raw), self.form(step), self._opened(step)
        if isinstance(answers, Problems):
            raise AnswersRefused(f"{step}: {answers.by_field}")
        self.now += timedelta(days=1)
        by = PEOPLE.get(opened.assignee or "2", PEOPLE["2"])
        self.state = engine.complete(self.model, self.state, opened.id, as_variables(form, answers), self.now)
        self.turns.append(StepView(step, opened.title, rows(form), answers, by, self.now))
        self._carry_out_jobs()

    def wait(self, **length: float) -> None:
        """Let time pass, `wait(days=5)`, and every timer go off that becomes due in it, one after the other."""
        until = self.now + timedelta(**length)
        while due := [timer for timer in self.state.timers if timer.at <= until]:
            first = min(due, key=lambda timer: timer.at)
            self.now = max(self.now, first.at.astimezone(ZONE))
            self.state = engine.fire(self.model, self.state, first.id, self.now)
            self._carry_out_jobs()
        self.now = until

    def tell(self, message: str) -> None:
        """Let a message arrive that a step waits for beside its form. Raises StepIsNotOpen when nothing waits for it."""
        waiting = next((each for each in self.state.messages if each.name == message), None)
        if waiting is None:
            raise StepIsNotOpen(f"nothing waits for the message {message}")
        self.state = engine.fire(self.model, self.state, waiting.id, self.now)
        self._carry_out_jobs()

    def upload(self, name: str) -> str:
        """Add a file and return its id, for answers of kind files."""
        key = str(11 + len(self.files))
        self.files[key] = name
        return key

    def cancel(self) -> None:
        """Stop the task, as its case manager can."""
        self.state = engine.cancel(self.state)

    def view(self) -> TaskView:
        """Return the task as the plugin's summary sees it now."""
        waiting = tuple(StepView(step.name, step.title, rows(self.form(step.name))) for step in self.open.values())
        names = {self._team: "Legal" if self._team == TEAM else self._team}
        return TaskView(3, "Ask", self.status, self.outcome, self.settings, (*self.turns, *waiting), PEOPLE, names, self.files)

    def blocks(self) -> tuple[Block, ...]:
        """Return what *View* shows now."""
        return summarise(self.plugin, self.view())

    @property
    def known(self) -> Known:
        """What answers are checked against: the moment, the people, the team, the files."""
        return known_at(self.now, self._team, self.files)

    def _opened(self, step: str) -> OpenStep:
        if step not in self.open:
            raise StepIsNotOpen(f"{step} is not open; open now: {', '.join(self.open) or 'nothing'}")
        return self.open[step]

    def _carry_out_jobs(self) -> None:
        """Carry out what waits, and what that leads to; a task that ended waits for nothing."""
        while self.state.jobs:
            waiting = self.state.jobs[0]
            job = self.plugin.job(waiting.topic)
            asked = JobView(waiting.topic, waiting.name, waiting.id, self.now, self.view(), self.state.variables)
            done = accepted(job, job.run(asked))
            self.jobs.append(asked)
            self.mails += [self._written(letter) for letter in done.letters]
            self.state = engine.complete(self.model, self.state, waiting.id, done.variables, self.now)

    def _written(self, letter: Letter) -> Mail:
        team = f"team {self._team}"
        words = {"raised by": "Alex Morgan", "case manager": PEOPLE["1"], "team": team, "assignee": PEOPLE.get(self._assignee or "", team)}
        to = words.get(letter.to) or PEOPLE.get(letter.to, letter.to)
        return written(self.plugin, letter, recipient=to, variables=self.state.variables, now=self.now)


def known_at(now: datetime, team: str, files: Mapping[str, str]) -> Known:
    """Return what answers are checked against in a played task."""
    return Known(now, ZONE, people=PEOPLE, teams={team}, files={key: KnownFile(name, 1_000) for key, name in files.items()})
