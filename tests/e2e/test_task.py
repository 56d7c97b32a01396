"""A task in the browser: looked at, claimed, written, completed, given away and cancelled."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded

VISIT = "/cases/PLN-1001/tasks/5"
OPINION = "/cases/PLN-1001/tasks/4"
APPROVAL = "/cases/LIC-1001/tasks/3"
NAMED = "task 5, Measure the eastern windows"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Run the demo organisation once for these tests."""
    with demo_office(tmp_path_factory.mktemp("task")) as opened:
        yield opened


@pytest.fixture(scope="module")
def tom(office: Office) -> Page:
    """Sign in as a site officer."""
    return office.person("tom.ellis")


@pytest.fixture(scope="module")
def priya(office: Office) -> Page:
    """Sign in as the case manager."""
    return office.person("priya.shah")


def test_a_member_claims_by_keyboard_and_the_manager_sees_it_at_once(tom: Page, priya: Page):
    """S24, S42, B17, B18: preview first, one press, and the facts of another open page change in place."""
    loaded(priya, VISIT)
    loaded(tom, VISIT)
    expect(tom.get_by_text("Claim this task to answer it.")).to_be_visible()
    expect(tom.get_by_role("radio", name="Breach found", exact=True)).to_be_disabled()
    assert accessibility_problems(tom) == []

    tom.get_by_role("button", name=f"Claim {NAMED}").focus()
    tom.keyboard.press("Enter")

    expect(tom.get_by_role("region", name="Your answer")).to_be_visible()
    expect(tom.get_by_text("You claimed task PLN-1001/5.")).to_be_focused()
    facts = priya.get_by_role("complementary", name="Facts")
    expect(facts.get_by_text("Tom Ellis", exact=True)).to_be_visible()
    expect(priya.get_by_text("Tom Ellis has this task.")).to_be_visible()


def test_the_link_of_an_older_mail_says_after_signing_in_what_happened_since(office: Office):
    """Appendix B, old.link: "Since then Tom Ellis claimed it."."""
    page = office.browser.new_context(base_url=office.url).new_page()
    page.goto(f"{VISIT}?mailed={datetime.now(UTC) - timedelta(days=2):%Y%m%dT%H%M%S}")
    page.get_by_label("Email address").fill("priya.shah@example.org")
    page.get_by_label("Password", exact=True).fill("priya-shah-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()

    told = page.get_by_role("status").filter(has_text="You were emailed about this task on ")
    expect(told).to_contain_text("Tom Ellis claimed it.")
    assert accessibility_problems(page) == []
    page.context.close()


def test_a_draft_survives_a_reload_and_what_others_do(tom: Page, priya: Page):
    """B19, B23: what is being typed is never overwritten; the target beside it changes."""
    note = tom.get_by_label("Note for the case manager (optional)")
    note.fill("The upper windows are not obscured.")
    expect(tom.get_by_text("Draft saved")).to_be_visible(timeout=8000)
    loaded(tom, VISIT)
    expect(note).to_have_value("The upper windows are not obscured.")
    note.press_sequentially("And more.")

    priya.get_by_role("link", name=f"Change target of {NAMED}").click()
    dialog = priya.get_by_role("dialog", name="Change target of task 5")
    dialog.get_by_label("Set a different target").check()
    dialog.get_by_label("Number").fill("9")
    expect(dialog.get_by_text("That is ")).to_be_visible(timeout=8000)
    assert accessibility_problems(priya) == []
    dialog.get_by_role("button", name="Change target").click()

    expect(priya.get_by_text("Target of task 5 is now")).to_be_visible()
    changed = tom.get_by_role("complementary", name="Facts").get_by_text("Target of task 5 changed")
    expect(changed).to_be_visible()
    expect(note).to_have_value(re.compile("And more|The upper windows"))
    assert "And more." in note.input_value()


def test_what_is_missing_is_said_and_the_button_names_the_answer(tom: Page, tmp_path: Path):
    """S8, S5, B19, B20: error summary with focus, a file, then completing by keyboard."""
    photo = tmp_path / "windows.pdf"
    photo.write_bytes(b"%PDF-1.4 east side")
    tom.get_by_role("button", name="Complete task", exact=True).click()
    summary = tom.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    expect(tom).to_have_title("Error: Task 5: Site visit - PLN-1001 - Case tasks")
    assert accessibility_problems(tom) == []

    summary.get_by_role("link", name="Select an outcome.").press("Enter")
    tom.keyboard.press("Space")
    expect(tom.get_by_role("button", name="Complete task: Breach found")).to_be_visible()
    tom.locator("input[type=file]").set_input_files(photo)
    expect(tom.get_by_role("button", name="Remove windows.pdf")).to_be_visible()
    tom.get_by_label("Note for the case manager (optional)").press("Control+Enter")

    tom.wait_for_url("**/my-work")
    expect(tom.get_by_text(re.compile("^Task PLN-1001/5 closed at"))).to_be_visible()


def test_the_closed_task_shows_its_result_to_the_manager(priya: Page):
    """S19, S25, S5: without a reload; the file can be fetched."""
    expect(priya.get_by_text(re.compile("^Closed by Tom Ellis, today"))).to_be_visible()
    now = priya.get_by_role("region", name="As it stands now")
    expect(now.get_by_text("Breach found", exact=True)).to_be_visible()
    with priya.expect_download() as download:
        now.get_by_role("link", name=re.compile("windows.pdf")).click()

    assert download.value.path().read_bytes() == b"%PDF-1.4 east side"
    expect(priya.get_by_role("button", name="Complete task")).to_have_count(0)
    assert accessibility_problems(priya) == []


def test_a_process_of_several_steps_is_drawn_and_told_in_words(office: Office):
    """B20, S26: the step to be done, its picture in both schemes, and questions that depend on answers."""
    helen = loaded(office.person("helen.carter", scheme="dark", width=360), APPROVAL)
    process = helen.get_by_role("region", name="The process of this task")
    expect(helen.get_by_text("Step 2 of the process: Revise or withdraw")).to_be_visible()
    expect(process.get_by_role("listitem")).to_have_text(["Decide: done", "Revise or withdraw: open now"])
    process.scroll_into_view_if_needed()
    picture = process.locator("img.ct-when-dark")
    picture.evaluate("(image) => image.decode()")
    assert accessibility_problems(helen) == []

    helen.get_by_label("Withdraw", exact=True).check()
    expect(helen.get_by_label("What has changed")).to_have_count(0)
    helen.get_by_label("Ask again", exact=True).check()

    expect(helen.get_by_label("What has changed")).to_be_visible()


def test_after_a_dialog_the_focus_is_back_on_what_opened_it_and_the_result_is_told(priya: Page):
    """B23."""
    loaded(priya, OPINION)
    opener = priya.get_by_role("link", name=re.compile("^Change target of task 4"))
    opener.click()
    dialog = priya.get_by_role("dialog", name="Change target of task 4", exact=True)
    expect(dialog.get_by_label("Working days", exact=True)).to_be_checked()
    dialog.get_by_label("No target").check()

    dialog.get_by_role("button", name="Change target", exact=True).click()

    expect(priya.get_by_role("status").get_by_text("Task 4 has no target any more.", exact=True)).to_be_visible()
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


@pytest.mark.parametrize("do", ["assign", "release", "target", "cancel"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_each_dialog_is_accessible_and_escape_leaves_it(office: Office, do: str, scheme: str, width: int):
    """S73, S90, B22, B23, B26: opened by its address, focus on its heading."""
    priya = loaded(office.person("priya.shah", scheme=scheme, width=width), f"{OPINION}?do={do}")
    dialog = priya.get_by_role("dialog")
    expect(dialog.get_by_role("heading").first).to_be_focused()
    assert accessibility_problems(priya) == []

    priya.keyboard.press("Escape")

    expect(dialog).to_have_count(0)
    priya.wait_for_url(f"**{OPINION}")


def test_a_task_is_cancelled_with_a_reason_and_its_person_sees_why(office: Office, priya: Page):
    """S73, B26, S74: four presses; the message stands on the list, the open page of its person changes."""
    owen = loaded(office.person("owen.price"), OPINION)
    loaded(priya, OPINION)
    opener = priya.get_by_role("link", name=re.compile("^Cancel task 4, Legal opinion"))
    opener.click()
    dialog = priya.get_by_role("dialog", name="Cancel task 4?")
    expect(dialog.get_by_text("Owen Price (will be emailed)")).to_be_visible()
    priya.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.click()
    dialog.get_by_role("button", name="Cancel task").click()
    expect(dialog.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()

    dialog.get_by_label("No longer needed").check()
    dialog.get_by_role("button", name="Cancel task").click()

    priya.wait_for_url("**/cases/PLN-1001/tasks")
    expect(priya.get_by_text("Task 4 cancelled.", exact=True)).to_be_visible()
    expect(owen.get_by_text("Reason: No longer needed.")).to_be_visible()
    expect(owen.get_by_role("button", name="Complete task")).to_have_count(0)


def test_an_address_without_a_task_says_what_there_is(priya: Page):
    """S43: for the manager the last number; nothing about a case one may not see."""
    loaded(priya, "/cases/PLN-1001/tasks/99")
    expect(priya.get_by_role("heading", level=1)).to_have_text("There is no task 99 on PLN-1001")
    expect(priya.get_by_text("The last task is 5.")).to_be_visible()

    loaded(priya, "/cases/LIC-1001/tasks/1")

    expect(priya.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert accessibility_problems(priya) == []
