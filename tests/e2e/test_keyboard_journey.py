"""The main job by keyboard alone: nothing is clicked, every control is reached with Tab (X10)."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, demo_office, loaded

MOST_TABS = 90
FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? [...at.labels].map((each) => each.textContent).join(" ") : "";
  return (at.getAttribute("aria-label") || label || at.textContent || "").replace(/\\s+/g, " ").trim();
}"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Generator[Office]:
    """Run the demo."""
    with demo_office(tmp_path_factory.mktemp("keyboard")) as running:
        yield running


def reach(page: Page, name: str) -> None:
    """Press Tab until the control whose name begins so has the focus; fails when it cannot be reached."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if str(page.evaluate(FOCUSED)).startswith(name):
            return
    pytest.fail(f"Tab never reaches “{name}” on {page.url}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Reach a control and press a key on it."""
    reach(page, name)
    page.keyboard.press(key)


def _create(grace: Page) -> None:
    press(grace, "Create task")
    expect(grace.get_by_role("heading", name="What kind of task is it?")).to_be_focused()
    reach(grace, "Task type")
    grace.keyboard.type("Inspection")
    expect(grace.get_by_role("heading", name="What will happen with Inspection")).to_be_visible()
    grace.keyboard.press("Control+Enter")
    expect(grace.get_by_role("heading", name="Who should do this task?")).to_be_focused()
    reach(grace, "Team")
    grace.keyboard.type("Building")
    expect(grace.get_by_role("group", name="Person in Building surveyors")).to_be_visible()
    for heading in ("What should they know?", "When should it be done?", "Check and create the task"):
        grace.keyboard.press("Control+Enter")
        expect(grace.get_by_role("heading", name=heading)).to_be_focused()
    grace.keyboard.press("Control+Enter")
    expect(grace.get_by_text("Task 3 created: Inspection")).to_be_visible()


def _complete(joe: Page) -> None:
    press(joe, "Claim task 3")
    expect(joe.get_by_role("group", name="Outcome").get_by_label("No repair needed")).to_be_enabled()
    reach(joe, "Repair needed")
    joe.keyboard.press("ArrowDown")
    expect(joe.get_by_role("group", name="Outcome").get_by_label("No repair needed")).to_be_checked()
    reach(joe, "Note for the case manager")
    joe.keyboard.type("Dry now.")
    joe.keyboard.press("Control+Enter")
    expect(joe.get_by_text("Task HSG-1001/3 closed")).to_be_visible()


def _cancel(grace: Page) -> None:
    press(grace, "Cancel task 2")
    expect(grace.get_by_role("dialog", name="Cancel task 2?")).to_be_visible()
    reach(grace, "No longer needed")
    grace.keyboard.press("Space")
    press(grace, "Cancel task")
    expect(grace.get_by_text("Task 2 cancelled.", exact=True)).to_be_visible()


def test_create_complete_and_cancel_without_a_pointer(office: Office) -> None:
    """S1, S19, S42, S73, B8, B26."""
    grace, joe = office.person("grace.okafor"), office.person("joe.wilkins")

    _create(loaded(grace, "/cases/HSG-1001/tasks"))
    _complete(loaded(joe, "/cases/HSG-1001/tasks/3"))
    _cancel(loaded(grace, "/cases/HSG-1001/tasks"))

    row = grace.get_by_role("row").filter(has_text="Damp survey")
    expect(row).to_contain_text("Cancelled")


def test_escape_leaves_a_dialog_and_keeps_what_was_typed(office: Office) -> None:
    """B11."""
    marcus = loaded(office.person("marcus.bell"), "/cases/PLN-1001/tasks")
    if not marcus.get_by_role("link", name="Create task").count():
        marcus = loaded(office.person("priya.shah"), "/cases/PLN-1001/tasks")

    press(marcus, "Create task")
    expect(marcus.get_by_role("dialog")).to_be_visible()
    reach(marcus, "Task type")
    marcus.keyboard.type("Site")
    expect(marcus.get_by_text("Draft saved").first).to_be_visible()
    marcus.keyboard.press("Escape")

    expect(marcus.get_by_role("dialog")).to_be_hidden()
    expect(marcus.get_by_text("You have a draft task").first).to_be_visible()
