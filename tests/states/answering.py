"""The creation dialog in a test: an office that asks everything, and how its steps are answered."""

import pytest
from sqlmodel import col, select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Task, TaskType, TaskTypeTeam
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from tests.factories import Office, a_team, an_office

EVERYTHING = {
    "allow_override": True,
    "ask_description": True,
    "ask_summary": True,
    "ask_attachments": True,
    "ask_case_details": True,
    "email_team": True,
    "target_amount": 2,
    "default_description": "Visit {{ case.title }}",
    "default_summary": "Look at it.",
    "reminders": [{"amount": 1, "unit": "days"}],
}


@pytest.fixture
def office(database: str) -> Office:
    """Give an office whose one task type asks everything, and a second team for it."""
    with unit_of_work() as session:
        made = an_office(session, **EVERYTHING)
        second = a_team(session, made.stranger, name="Enforcement")
        session.add(TaskTypeTeam(task_type_id=made.task_type.id or 0, team_id=second.id or 0, position=1))
        made.task_type.hint = "a visit to the place"
    return made


def href(office: Office, step: str, then: str = "") -> str:
    return f"/cases/{office.reference}/tasks?new={step}" + (f"&then={then}" if then else "")


async def dialog_of(tab_of, office: Office, step: str = "type"):
    tab = await tab_of(office.manager.id)
    await tab.open(href(office, step))
    return tab


async def answer(tab, office: Office, step: str, **given: object) -> None:
    """Fill a step and press Continue, and follow to where it leads."""
    shown = (await tab.state(Creation)).shown
    went = len(tab.redirects)
    await tab.do(Creation.proceed, {"step": step, "draft": shown.draft, **given})
    for path in tab.redirects[went:]:
        await tab.open(path)


async def filled(tab, office: Office, upto: str = "review", **details: object) -> None:
    """Answer the steps up to one."""
    steps = {
        "type": {"task_type": str(office.task_type.id)},
        "assignment": {"team": str(office.officers.id), "person": "anyone"},
        "details": {"description": "", "summary": "", **details},
        "targets": {"target": "usual"},
    }
    for step, given in steps.items():
        if step == upto:
            return
        await answer(tab, office, step, **given)


def tasks_of(office: Office) -> list[Task]:
    with unit_of_work.read() as session:
        return list(session.exec(select(Task).where(Task.case_id == office.case_id).order_by(col(Task.number))))


def change(office: Office, **settings: object) -> None:
    """Change the set-up of the task type, as saving it does."""
    with unit_of_work() as session:
        task_type = session.get_one(TaskType, office.task_type.id)
        task_type.sqlmodel_update(settings)
        task_type.revision += 1
        task_type.changed_at = clock.now()
