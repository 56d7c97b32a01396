"""Each bundled plugin in the browser, from its first question to its end; the site visit has a journey of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, CaseType, Person, Team
from casetasks_app.people import queries
from casetasks_app.process import engine, installed
from casetasks_app.task_types import registry
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.forms import rows
from casetasks_app.tasks import create
from casetasks_app.tasks.wanted import WantedTask
from tests.e2e.office import Office, accessibility_problems, demo_office, loaded
from tests.e2e.pictures import png
from tests.factories import a_task_type
from tests.integration.conftest import use_database
from tests.plugins.scripts import SCRIPTS, Script

CASE = "PLN-1001"
TYPED = frozenset({"text", "long text", "number", "money", "date"})
LONGEST = {script.plugin: script for script in sorted(SCRIPTS, key=lambda script: len(script.turns)) if script.plugin != "site_visit"}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, dict[str, str]]]:
    """Run the demo with one more task for each plugin, all for Tom; gives the office and the address of each."""
    data = tmp_path_factory.mktemp("plugins") / "data"
    with demo_office(data) as office:
        installed.load()
        with use_database("", data), unit_of_work() as session:
            numbers = {plugin: _a_task(session, script) for plugin, script in LONGEST.items()}
        yield office, {plugin: f"/cases/{CASE}/tasks/{number}" for plugin, number in numbers.items()}


@pytest.fixture(scope="module")
def people(places: tuple[Office, dict[str, str]]) -> dict[str, Page]:
    """Sign in as whoever has the tasks and as the case manager."""
    return {name: places[0].person(name) for name in ("tom.ellis", "priya.shah")}


def _a_task(session: Session, script: Script) -> int:
    case = session.exec(select(Case).where(Case.reference == CASE)).one()
    officers = session.exec(select(Team).where(Team.key == "site-officers")).one()
    tom = session.exec(select(Person.id).where(col(Person.name) == "Tom Ellis")).one()
    manager = queries.actor(session, person_id=case.manager_id or 0)
    assert manager
    case_type = session.get_one(CaseType, case.case_type_id)
    kind = a_task_type(session, case_type, officers, plugin=script.plugin, name=f"Try {script.plugin}", plugin_settings=script.settings)
    wanted = WantedTask(task_type_id=kind.id or 0, key=f"try-{script.plugin}", team_id=officers.id, assignee_id=tom)
    return create.create(session, case_id=case.id or 0, wanted_task=wanted, actor=manager, now=clock.now()).number


def answer(page: Page, row: FieldRow, value: object) -> None:
    """Give one answer as a person would; files that may be left out have tests of their own."""
    label = row.label if row.required else f"{row.label} (optional)"
    if row.kind in TYPED:
        page.get_by_label(label, exact=True).fill("2026-11-18" if row.kind == "date" else str(value))
    elif row.kind == "choice":
        page.get_by_role("group", name=label).get_by_label(row.label_of(value), exact=True).check()
    elif row.kind == "yes/no":
        page.get_by_label(row.label, exact=True).set_checked(value is True)
    elif row.kind == "files" and row.required:
        page.locator("input[type=file]").set_input_files({"name": "plan.png", "mimeType": "image/png", "buffer": png(20, 90, 160)})
        expect(page.get_by_role("button", name="Remove plan.png")).to_be_visible()


def asked(plugin: str, step: str, settings: dict[str, object]) -> tuple[FieldRow, ...]:
    """The questions of a step."""
    own = registry.installed()[plugin]
    return rows(own.form(engine.load(registry.model_xml(own)).nodes[step].form or "", settings))


def who_goes_on(people: dict[str, Page], address: str) -> Page:
    """Open the task as the one of them who has its open step."""
    for page in people.values():
        loaded(page, address)
        if page.get_by_role("button", name=re.compile("^Complete")).count():
            return page
    return pytest.fail(f"Nobody can go on with {address}")


def said_about(address: str) -> re.Pattern[str]:
    """What is told once a step was taken in, wherever one is then."""
    return re.compile(f"Task {CASE}/{address.rpartition('/')[2]} closed at|Task {CASE}/{address.rpartition('/')[2]} goes on")


@pytest.mark.parametrize("plugin", sorted(LONGEST))
def test_it_is_done_from_its_first_question_to_its_end(
    plugin: str, places: tuple[Office, dict[str, str]], people: dict[str, Page], tmp_path: Path
) -> None:
    """S8, S9, S25, S26: each step by whoever has it, and View is another after each."""
    script, address, seen = LONGEST[plugin], places[1][plugin], []

    for number, (step, answers) in enumerate(script.turns):
        page = who_goes_on(people, address)
        assert accessibility_problems(page) == []
        questions = asked(plugin, step, script.settings)
        for row in sorted(questions, key=lambda row: row.kind != "yes/no"):
            if row.name in answers or row.kind == "yes/no":
                answer(page, row, answers.get(row.name))
        page.screenshot(path=str(tmp_path / f"{number}-{step}.png"), full_page=True)
        page.get_by_role("button", name=re.compile("^Complete")).click()
        expect(page.get_by_text(said_about(address)).first).to_be_visible()
        loaded(page, address)
        seen.append(page.get_by_role("region", name="As it stands now").inner_text())
        page.screenshot(path=str(tmp_path / f"{number}-{step}-after.png"), full_page=True)

    assert len(set(seen)) == len(seen)
