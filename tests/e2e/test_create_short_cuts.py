"""The creation dialog's short cuts in the browser: all on one page by keyboard, taken back, and a task to be done at once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded

TASKS = "/cases/PLN-1001/tasks"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Run the demo organisation once for these tests."""
    with demo_office(tmp_path_factory.mktemp("short-cuts")) as opened:
        yield opened


@pytest.fixture(scope="module")
def priya(office: Office) -> Page:
    """Sign in as the case manager."""
    return office.person("priya.shah")


def choose(page: Page, label: str, option: str) -> None:
    """Choose the option that begins with these words."""
    control = page.get_by_label(label, exact=True)
    offered = control.locator("option").all_inner_texts()
    control.select_option(label=next(each for each in offered if each.startswith(option)))


def test_all_questions_stand_on_one_page_which_is_remembered(priya: Page):
    loaded(priya, TASKS)
    priya.get_by_role("link", name="Create task", exact=True).click()
    priya.get_by_role("button", name="Show all questions on one page", exact=True).click()
    expect(priya.get_by_role("button", name="Show one step at a time", exact=True)).to_be_visible()
    choose(priya, "Task type", "Site visit")
    expect(priya.get_by_role("heading", name="When should it be done?", exact=True)).to_be_visible()
    assert accessibility_problems(priya) == []

    loaded(priya, TASKS)

    expect(priya.get_by_role("link", name="Create task", exact=True)).to_have_attribute("href", f"{TASKS}?new=all")


def test_what_is_missing_is_said_at_once_and_the_rest_is_created_by_keyboard(priya: Page):
    loaded(priya, f"{TASKS}?new=all")
    name = priya.get_by_label("Task name (optional)", exact=True)
    name.fill("x" * 121)
    priya.keyboard.press("Control+Enter")
    problems = priya.get_by_role("alert")
    expect(problems.get_by_role("link")).to_have_text(["Select a team.", "Task name must be 120 characters or less."])
    expect(problems).to_be_focused()

    choose(priya, "Team", "Site officers")
    expect(priya.get_by_role("group", name="Person in Site officers", exact=True)).to_be_visible()
    name.fill("Look at the gutters")
    priya.keyboard.press("Control+Enter")

    expect(priya.get_by_text("Task 6 created: Site visit.", exact=True)).to_be_focused()
    expect(priya.get_by_role("link", name="Look at the gutters", exact=True)).to_be_visible()


def test_a_task_created_by_mistake_is_taken_back(priya: Page):
    undo = priya.get_by_role("button", name="Undo task 6", exact=True)
    assert accessibility_problems(priya) == []

    undo.focus()
    undo.press("Enter")

    expect(priya.get_by_text("Task 6 is cancelled: it was created by mistake.", exact=True)).to_be_focused()
    expect(undo).to_have_count(0)
    row = priya.get_by_role("row").filter(has_text="Look at the gutters")
    expect(row.get_by_text("Cancelled", exact=True).first).to_be_visible()


def test_a_task_of_ones_own_is_created_and_opened_with_its_form(priya: Page):
    loaded(priya, f"{TASKS}?new=all")
    choose(priya, "Task type", "Record my own work")

    priya.get_by_role("button", name="Create and do it now", exact=True).click()

    priya.wait_for_url(re.compile(r"/tasks/7$"))
    expect(priya.get_by_text("Task 7 created: Record my own work.", exact=True)).to_be_visible()
    expect(priya.get_by_role("heading", level=1)).to_be_focused()
    expect(priya.get_by_role("region", name="Your answer", exact=True)).to_be_visible()
