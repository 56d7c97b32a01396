"""Everything the creation dialog shows at one moment: the draft, what it chose, and what could be chosen next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from casetasks_app.configuration import queries as configuration
from casetasks_app.configuration.queries import TaskTypeSetup
from casetasks_app.files import queries as files
from casetasks_app.models import Task, TaskType
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.tasks import answers, drafts
from casetasks_app.tasks.drafts import Draft
from casetasks_app.tasks.queries import case_files, creation
from casetasks_app.tasks.queries.case_files import FileOption
from casetasks_app.tasks.queries.creation import PersonOption, TeamOption, TypeOption
from casetasks_app.tasks.target import Preview
from casetasks_app.tasks.wanted import WantedTarget

NO_TARGET = Preview("", "No target")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What depends on the chosen task type: its questions, their usual answers, and what the answers so far come to."""

    option: TypeOption
    asks: frozenset[str]
    """The fields of the Details step: description, summary, files, case_details."""
    usual_description: str
    usual_summary: str
    teams: tuple[TeamOption, ...]
    people: tuple[PersonOption, ...]
    usual_target: Preview
    target: Preview | None
    """The target as answered; None while the answer means nothing."""
    changed: str
    """When the set-up changed since the person was shown it: "14:25"; else empty."""

    def team(self, given: answers.Answers) -> TeamOption | None:
        """Return the team the answers name."""
        team_id = offered_team(self.option, self.teams, given)
        return next((each for each in self.teams if each.id == team_id), None)

    def person(self, given: answers.Answers) -> PersonOption | None:
        """Return the member the answers name."""
        person_id = answers.number(given, "person")
        return next((each for each in self.people if each.id == person_id), None)


@dataclass(frozen=True, slots=True)
class Dialog:
    """The creation dialog of one person on one case."""

    options: tuple[TypeOption, ...] = ()
    draft: Draft | None = None
    saved: str = ""
    chosen: Chosen | None = None
    gone_type: str = ""
    """The name of the chosen type when it can no longer be used."""
    case_files: tuple[FileOption, ...] = ()
    uploads: tuple[FileOption, ...] = ()
    answers: dict[str, object] = field(default_factory=dict[str, object])

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of the chosen type."""
        return answers.steps_of(self.chosen.option if self.chosen else None)

    @property
    def done(self) -> frozenset[str]:
        """The steps that are answered."""
        return answers.done_of(self.answers)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in one line on the tasks tab, and the step at which it goes on."""

    type_name: str
    saved: str
    step: str


def dialog(session: Session, *, case_id: int, actor: Actor, now: datetime) -> Dialog:
    """Return the dialog as it stands; raises NotFound for everybody but the case type's managers."""
    options = tuple(creation.options(session, case_id=case_id, actor=actor, now=now))
    draft = drafts.find(session, case_id=case_id, actor=actor)
    if draft is None:
        return Dialog(options)
    option = next((each for each in options if each.id == draft.task_type_id), None)
    uploads = files.drafts(session, draft_key=draft.key, person_id=actor.person_id)
    return Dialog(
        options,
        draft,
        words.clock_time(draft.saved_at) if draft.saved_at else "",
        _chosen(session, case_id, draft, option, actor, now) if option else None,
        "" if option else _name_of(session, draft.task_type_id),
        tuple(case_files.files(session, case_id=case_id, draft_key=draft.key, now=now)),
        tuple(FileOption(each.id, each.name, each.size, words.short_date(each.added_at, now)) for each in reversed(uploads)),
        draft.answers,
    )


def draft_line(session: Session, *, case_id: int, actor: Actor, now: datetime) -> DraftLine | None:
    """Return the person's draft on this case, if they chose a task type in it."""
    draft = drafts.find(session, case_id=case_id, actor=actor)
    if draft is None or draft.task_type_id is None or draft.saved_at is None:
        return None
    options = creation.options(session, case_id=case_id, actor=actor, now=now)
    option = next((each for each in options if each.id == draft.task_type_id), None)
    step = answers.first_left(answers.steps_of(option), answers.done_of(draft.answers))
    name = option.name if option else _name_of(session, draft.task_type_id)
    is_today = words.short_date(draft.saved_at, now) == "today"
    return DraftLine(name, words.clock_time(draft.saved_at) if is_today else words.short_moment(draft.saved_at, now), step)


def offered_team(option: TypeOption, teams: Sequence[TeamOption], given: answers.Answers) -> int | None:
    """Return the team that was chosen if it can still be, else the only one there is."""
    team_id = answers.number(given, "team")
    return team_id if team_id in {each.id for each in teams} else option.single_team_id


def last_created(session: Session, *, case_id: int, actor: Actor, since: datetime) -> int | None:
    """Return the number of the last task the person created on this case by hand."""
    mine = select(Task.number).where(Task.case_id == case_id, Task.created_by_id == actor.person_id, ~col(Task.is_automatic))
    return session.exec(mine.where(col(Task.created_at) >= since).order_by(col(Task.number).desc()).limit(1)).first()


def _chosen(session: Session, case_id: int, draft: Draft, option: TypeOption, actor: Actor, now: datetime) -> Chosen:
    setup = configuration.task_type(session, task_type_id=option.id)
    teams = tuple(creation.teams(session, task_type_id=option.id)) if not setup.auto_assign else ()
    team_id = offered_team(option, teams, draft.answers)
    people = creation.people(session, team_id=team_id, actor=actor, now=now) if team_id else []
    description, summary = creation.default_texts(session, case_id=case_id, task_type_id=option.id)
    wanted, wrong = answers.target_of(draft.answers) if setup.allow_override else (WantedTarget(), [])
    usual = creation.target_preview(session, task_type_id=option.id, asked=WantedTarget(), now=now)
    asked = usual if wanted.kind == "usual" else creation.target_preview(session, task_type_id=option.id, asked=wanted, now=now)
    return Chosen(
        option=option,
        asks=_asks(setup),
        usual_description=description,
        usual_summary=summary,
        teams=teams,
        people=tuple(people),
        usual_target=usual,
        target=None if wrong else asked,
        changed=words.clock_time(setup.changed_at) if setup.revision != draft.type_revision else "",
    )


def _asks(setup: TaskTypeSetup) -> frozenset[str]:
    switches = {
        "description": setup.ask_description,
        "summary": setup.ask_summary,
        "files": setup.ask_attachments,
        "case_details": setup.ask_case_details,
    }
    return frozenset(name for name, is_asked in switches.items() if is_asked)


def _name_of(session: Session, task_type_id: int | None) -> str:
    return session.exec(select(TaskType.name).where(TaskType.id == task_type_id)).first() or ""
