"""A task created by one request, without a draft: the questions of the creation dialog, and its problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from casetasks_app.configuration import queries as configuration
from casetasks_app.configuration.queries import TaskTypeSetup
from casetasks_app.errors import NotFound
from casetasks_app.models import Case
from casetasks_app.people import service as people
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import answers, checks, create, dialog
from casetasks_app.tasks.making import Created
from casetasks_app.tasks.queries import creation
from casetasks_app.tasks.wanted import Problem, TaskRefused

NOBODY = "999999999"
"""Stands for a team or person that is none, so that the usual checks refuse it in their own words."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request says: keys and an email address where the dialog has ids; `given` has the dialog's other answers.

    `key` makes the creation happen once, however often it is sent (B10).
    """

    task_type: str
    key: str
    team: str = ""
    person: str = ""
    given: Mapping[str, object] = field(default_factory=dict[str, object])


def create_task(session: Session, *, case_id: int, sent: Sent, actor: Actor, now: datetime) -> Created:
    """Create a task (S1, B2–B10); raises like `dialog.submit_all`: NotFound, NotAllowed, CaseIsClosed, TaskRefused with every problem."""
    repeat = create.made_before(session, key=sent.key, actor=actor)
    if repeat:
        return repeat
    dialog.require_creator(session, case_id=case_id, actor=actor)
    setup = _setup(session, case_id, sent.task_type)
    given = {**sent.given, "team": _team(setup, sent.team), "person": _person(session, sent.person)}
    option = creation.option(setup, actor=actor)
    asked, problems = checks.answered(session, case_id=case_id, option=option, key=sent.key, given=given)
    if problems:
        # Sent twice at once, the other one may have made it meanwhile, and with it what is in the way.
        repeat = create.made_before(session, key=sent.key, actor=actor)
        if repeat:
            return repeat
        raise TaskRefused(*problems)
    return create.create(session, case_id=case_id, wanted_task=asked, actor=actor, now=now)


def _setup(session: Session, case_id: int, key: str) -> TaskTypeSetup:
    case_type_id = session.get_one(Case, case_id).case_type_id
    found = configuration.task_types(session, case_type_id=case_type_id, with_retired=True)
    setup = next((each for each in found if each.key == key), None)
    if setup is None:
        raise TaskRefused(Problem(answers.TYPE, "task_type", "Select what kind of task it is."))
    if setup.is_retired:
        raise TaskRefused(Problem(answers.TYPE, "task_type", f"“{setup.name}” can no longer be used. Select another type."))
    return setup


def _team(setup: TaskTypeSetup, key: str) -> str:
    return next((str(team.id) for team in setup.teams if team.key == key), NOBODY) if key else ""


def _person(session: Session, email: str) -> str:
    if email in {"", answers.ANYONE}:
        return email
    try:
        return str(people.person_by_email(session, email=email).id)
    except NotFound:
        return NOBODY
