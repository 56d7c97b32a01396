"""The tasks tab and the creation dialog in the browser: every step, keyboard, drafts, connection, and what others see."""

import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded
from tests.unit.files.making import PDF

TASKS = "/cases/PLN-1001/tasks"
EMPTY = "/cases/PLN-1002/tasks"
NO_TASK_TYPES = "/cases/EHN-1001/tasks"
HEADINGS = {
    "assignment": "Who should do this task?",
    "details": "What should they know?",
    "targets": "When should it be done?",
    "review": "Check and create the task",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Generator[Office]:
    with demo_office(tmp_path_factory.mktemp("create-task")) as office:
        yield office


def dialog_of(page: Page, reference: str = "PLN-1001") -> Locator:
    return page.get_by_role("dialog", name=f"Create a task on {reference}", exact=True)


def go_on(page: Page, to: str) -> None:
    """Press Continue and arrive at a step, whose heading has the focus."""
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("heading", name=HEADINGS[to], exact=True)).to_be_focused()


def choose(page: Page, label: str, starts_with: str) -> None:
    """Choose the option of a drop-down that starts with these words."""
    drop_down = page.get_by_label(label, exact=True)
    words = next(each for each in drop_down.locator("option").all_inner_texts() if each.startswith(starts_with))
    drop_down.select_option(label=words)


def to_details(page: Page, where: str = TASKS) -> None:
    """Open the dialog and answer its first two steps."""
    loaded(page, where)
    page.get_by_role("link", name="Create task", exact=True).first.click()
    expect(page.get_by_role("heading", name="What kind of task is it?", exact=True)).to_be_focused()
    choose(page, "Task type", "Site visit")
    expect(page.get_by_text("What will happen with Site visit")).to_be_visible()
    go_on(page, "assignment")
    choose(page, "Team", "Site officers")
    page.get_by_label(re.compile("^Tom Ellis")).check()
    go_on(page, "details")


def test_every_task_has_view_and_cancel_in_sight_and_the_list_is_accessible(office: Office):
    """S6, S13, S21, S24, S70, S76, S77, B21, X2, X6, X7."""
    for scheme, width in (("light", 1280), ("dark", 360)):
        page = loaded(office.person("priya.shah", scheme=scheme, width=width), TASKS)
        name = "task 5, Measure the eastern windows"
        expect(page.get_by_role("link", name=f"View {name}", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name=f"Cancel {name}", exact=True)).to_have_attribute("href", f"{TASKS}/5?do=cancel&list=tasks")
        expect(page.get_by_role("link", name="View task 2, Visit the neighbour at 29 Mill Lane", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name=re.compile("^Cancel task 2,"))).to_have_count(0)
        expect(page.get_by_role("table", name="Tasks on case PLN-1001, open ones first, sorted by number, lowest first")).to_be_visible()
        expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()
        assert accessibility_problems(page) == []
        page.context.close()


def test_what_stands_where_nothing_can_be_created(office: Office):
    """S7, B1, B2."""
    marcus = loaded(office.person("marcus.bell"), f"{TASKS}?new=type")
    expect(marcus.get_by_text("Only Priya Shah, the case manager, can create tasks on this case.")).to_be_visible()
    expect(marcus.get_by_role("link", name="Create task", exact=True)).to_have_count(0)
    expect(dialog_of(marcus)).to_be_hidden()
    loaded(marcus, EMPTY)
    expect(marcus.get_by_text("No tasks yet.")).to_be_visible()
    assert accessibility_problems(marcus) == []
    marcus.context.close()

    helen = loaded(office.person("helen.carter"), NO_TASK_TYPES)
    expect(helen.get_by_text("This type of case does not use tasks.")).to_be_visible()
    expect(helen.get_by_role("navigation", name="Case", exact=True).get_by_role("link", name="Tasks")).to_have_count(0)
    helen.context.close()


def refuse_a_long_name(page: Page) -> None:
    """Continue with a name that is too long: the summary has the focus and leads to the field (X26)."""
    name = page.get_by_label("Task name (optional)", exact=True)
    name.fill("x" * 121)
    page.get_by_role("button", name="Continue", exact=True).click()
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Create a task, step 3 of 5: Details - PLN-1001 - Case tasks")
    summary.get_by_role("link", name="Task name must be 120 characters or less.", exact=True).click()
    expect(name).to_be_focused()


def fill_details(page: Page) -> None:
    page.get_by_label("Task name (optional)", exact=True).fill("Measure the roof")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose files").click()
    chooser.value.set_files([{"name": "roof.pdf", "mimeType": "application/pdf", "buffer": PDF}])
    expect(page.get_by_role("button", name="Remove roof.pdf", exact=True)).to_be_visible()
    go_on(page, "targets")


def fill_targets(page: Page) -> None:
    page.get_by_label("Set a different target", exact=True).check()
    page.get_by_label("Number", exact=True).fill("48h")
    page.get_by_label("Number", exact=True).blur()
    expect(dialog_of(page).get_by_text(re.compile(r"^That is \w+day \d+ \w+ 20\d\d, \d\d:\d\d\.$"))).to_be_visible()
    go_on(page, "review")


def look_around_from_the_review(page: Page) -> None:
    """Back, forward and reload keep step and answers (B11)."""
    for words in ("Tom Ellis, Site officers", "Measure the roof", "roof.pdf", "Not shared"):
        expect(dialog_of(page).get_by_text(words).first).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Number", exact=True)).to_have_value("48h")
    page.go_forward()
    expect(page.get_by_role("heading", name=HEADINGS["review"], exact=True)).to_be_focused()
    page.reload()
    expect(page.get_by_role("heading", name=HEADINGS["review"], exact=True)).to_be_focused()


def test_a_task_is_created_step_by_step_once_and_others_see_it(office: Office):
    """S1, S29, S30, S34, S36, S38, S39, S47, S48, S56, B5, B6, B7, B8, B10, B11."""
    watching = loaded(office.person("marcus.bell"), TASKS)
    page = office.person("priya.shah")
    to_details(page)
    refuse_a_long_name(page)
    fill_details(page)
    fill_targets(page)
    look_around_from_the_review(page)

    page.get_by_role("button", name="Create task", exact=True).dblclick()

    expect(page.get_by_text("Task 6 created: Site visit.")).to_be_focused()
    expect(page.get_by_role("link", name="View task 6, Measure the roof", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^View task 7,"))).to_have_count(0)
    watching.get_by_role("button", name="1 update - show", exact=True).click()
    expect(watching.get_by_role("link", name="View task 6, Measure the roof", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_text("That task was created: task 6.")).to_be_visible()
    expect(dialog_of(page)).to_be_hidden()
    watching.context.close()
    page.context.close()


def test_a_half_filled_dialog_is_there_at_the_next_sign_in(office: Office):
    """B11."""
    page = office.person("marcus.bell")
    to_details(page, EMPTY)
    page.get_by_label("Summary (optional)", exact=True).fill("Look at the lamps.")
    page.keyboard.press("Escape")
    expect(page.get_by_text(re.compile(r"^You have a draft task: Site visit, saved \d\d:\d\d\.$"))).to_be_visible()
    expect(page.locator("#create-task")).to_be_focused()
    page.get_by_role("link", name="Continue draft", exact=True).click()
    expect(page.get_by_label("Summary (optional)", exact=True)).to_have_value("Look at the lamps.")
    page.context.close()

    again = loaded(office.person("marcus.bell"), EMPTY)
    again.get_by_role("link", name="Continue draft", exact=True).click()
    expect(again.get_by_label("Summary (optional)", exact=True)).to_have_value("Look at the lamps.")
    again.get_by_role("button", name="Close", exact=True).click()
    again.get_by_role("button", name="Discard draft", exact=True).click()
    expect(again.get_by_text("You have a draft task")).to_have_count(0)
    again.context.close()


def test_a_press_without_connection_sends_nothing_and_loses_nothing(office: Office):
    """B11, X12."""
    page = office.person("marcus.bell")
    to_details(page, EMPTY)
    text = page.get_by_label("Summary (optional)", exact=True)
    page.context.set_offline(True)
    text.fill("Look at the lamps and the frame.")
    # Paused buttons say so to assistive software, which Playwright obeys; people can press them all the same.
    page.get_by_role("button", name="Continue", exact=True).click(force=True)
    expect(page.get_by_text("Not sent. Connection lost.").first).to_be_visible()

    page.context.set_offline(False)

    expect(page.locator(".ct-not-sent")).to_have_count(0)
    expect(page.get_by_role("heading", name=HEADINGS["details"], exact=True)).to_be_visible()
    expect(text).to_have_value("Look at the lamps and the frame.")
    go_on(page, "targets")
    page.context.close()


def test_create_now_by_keyboard_alone(office: Office):
    """S4, S31, B3, B8, X10: a type that asks nothing that must be answered."""
    page = loaded(office.person("priya.shah"), TASKS)
    page.get_by_role("link", name="Create task", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What kind of task is it?", exact=True)).to_be_focused()
    drop_down = page.get_by_label("Task type", exact=True)
    expect(drop_down.locator("option")).to_have_count(4)
    expect(page.get_by_text("1 type cannot be used right now", exact=True)).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Tab")
        if drop_down.evaluate("(e) => e === document.activeElement"):
            break
    page.keyboard.type("Record")
    expect(page.get_by_text("What will happen with Record my own work")).to_be_visible()
    page.get_by_role("button", name="Create now", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"^Task \d+ created: Record my own work\.$"))).to_be_focused()
    page.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_every_step_is_accessible(office: Office, scheme: str, width: int):
    """X2, X6, X7, X26."""
    page = office.person("priya.shah", scheme=scheme, width=width)
    to_details(page)
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_role("heading", name=HEADINGS["assignment"], exact=True)).to_be_focused()
    assert accessibility_problems(page) == []
    go_on(page, "details")
    go_on(page, "targets")
    page.get_by_label("Set a different target", exact=True).check()
    page.get_by_label("Number", exact=True).fill("half a day")
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    assert accessibility_problems(page) == []
    page.get_by_label(re.compile("^Use the usual target")).check()
    go_on(page, "review")
    assert accessibility_problems(page) == []
    page.goto(f"{TASKS}?new=type")
    page.get_by_text("What will happen with Site visit").wait_for()
    assert accessibility_problems(page) == []
