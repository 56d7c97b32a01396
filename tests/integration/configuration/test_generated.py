"""What an imported configuration generates when a case is raised."""

import pytest
from sqlmodel import Session, select

from casetasks_app.configuration import queries, service
from casetasks_app.models import Case, CaseType, Task, TaskStep, Team
from casetasks_app.people.rules import Actor
from tests.factories import NOON, a_case
from tests.integration.configuration.test_import import TEXT

ALWAYS = "    auto_generate: {enabled: yes, team: surveyors}\n"
WHEN = "    auto_generate: {enabled: yes, team: officers, conditional_field: site}\n"


def raised(session: Session, administrator: Actor, visit: str, letter: str, **answers: object) -> list[Task]:
    """Import the configuration with these settings of its two task types, raise a case, and return its tasks."""
    text = TEXT.replace("    cancellable: yes\n", f"    default_description: Visit the site\n{visit}") + letter
    service.import_configuration(session, text=text, actor=administrator, now=NOON)
    case_id, _ = a_case(session, session.exec(select(CaseType)).one(), None, answers=answers)
    return list(session.exec(select(Task).where(Task.case_id == case_id).order_by(Task.number)))


def test_several_tasks_are_generated_with_name_and_team_of_the_configuration(session: Session, administrator: Actor) -> None:
    """S64, S65, S66, S67, B12, B13: the name is the default description, without one the task type's."""
    tasks = raised(session, administrator, ALWAYS, WHEN)

    assert [(task.number, task.description, task.is_automatic) for task in tasks] == [(1, "Visit the site", True), (2, "Letter", True)]
    steps = session.exec(select(Team.key).join(TaskStep).order_by(TaskStep.id)).all()
    assert steps == ["surveyors", "officers"]


def test_nothing_is_generated_where_auto_generate_is_off(session: Session, administrator: Actor) -> None:
    """S68: settings that are kept while it is off do nothing."""
    assert raised(session, administrator, ALWAYS.replace("enabled: yes", "enabled: no"), "") == []
    assert session.exec(select(Case)).one().last_task_number == 0


@pytest.mark.parametrize(("answer", "created"), [("yes", 1), ("true", 1), ("", 1), (None, 1), ("no", 0), ("Yes", 0), ("0", 0)])
def test_the_conditional_field_of_the_case_form_decides(session: Session, administrator: Actor, answer: str | None, created: int) -> None:
    """S69."""
    answers = {} if answer is None else {"site": answer}

    assert len(raised(session, administrator, "", WHEN, **answers)) == created


def test_every_setting_reaches_the_task_type_that_tasks_are_made_from(session: Session, administrator: Actor) -> None:
    """S66, S67, S69: as `queries.task_types` gives them to the creation dialog."""
    raised(session, administrator, ALWAYS, WHEN)

    visit, letter = queries.task_types(session, case_type_id=session.exec(select(CaseType.id)).one() or 0)

    assert (visit.auto_generate, visit.auto_team and visit.auto_team.key, visit.auto_field) == (True, "surveyors", "")
    assert (letter.auto_generate, letter.auto_team and letter.auto_team.key, letter.auto_field) == (True, "officers", "site")
    assert visit.default_description == "Visit the site"
