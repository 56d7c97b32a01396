"""A form with a question of every kind, answered with the keyboard: each error, the draft, the answers in View (B19)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.e2e.office import Office, accessibility_problems, loaded
from tests.e2e.pictures import png
from tests.e2e.visits import visiting_office

MISSING = [
    "Enter who was present.",
    "Enter what you saw.",
    "Enter number of people living there.",
    "Enter cost of the damage.",
    "Select date of visit.",
    "Select start of visit.",
    "Select an answer to “Is it urgent?”.",
    "Select finding.",
    "Select district.",
    "Select parts seen.",
    "Select photos.",
    "Select second officer.",
    "Select safety checklist.",
]
WRONG = [
    "Number of people living there must be a whole number, like 5.",
    "Cost of the damage must be an amount of money, like 12.50.",
    "Select second officer.",
    "Select an answer for Smoke alarm.",
]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """Run the demo with the test plugin once for these tests."""
    with visiting_office(tmp_path_factory.mktemp("visiting")) as opened:
        yield opened


@pytest.fixture(scope="module")
def tom(visiting: tuple[Office, str]) -> Page:
    """Open the task as the person who has it; choosers are listened to all the time, so that none opens unheard."""
    page = loaded(visiting[0].person("tom.ellis"), visiting[1])
    page.on("filechooser", lambda _: None)
    return page


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(120):
        if wanted.evaluate("(control) => control === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {wanted}")


def write(page: Page, label: str, text: str) -> None:
    """Type into the field with this label."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def add_file(page: Page, group: str, *files: Path) -> None:
    """Choose files with the button of a question. A connection that is lost just then makes the button say so: once more."""
    question = page.get_by_role("group", name=group)
    for _ in range(3):
        tab_to(page, question.get_by_role("button", name="Choose files"))
        expect(page.locator("#ct-offline")).to_have_count(0)
        try:
            with page.expect_file_chooser(timeout=10_000) as chooser:
                page.keyboard.press("Enter")
        except PlaywrightTimeout:
            continue
        chooser.value.set_files(files)
        return
    where = page.evaluate("document.activeElement.outerHTML")
    pytest.fail(f"The button opens no file chooser; the focus is on {where}")


def pick(page: Page, label: str, text: str, name: str) -> None:
    """Find somebody by name and choose the first match."""
    write(page, label, text)
    expect(page.get_by_role("option", name=re.compile(f"^{name}"))).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label(label, exact=True)).to_have_value(name)


def summary_of(page: Page) -> Locator:
    """Return the error summary."""
    return page.get_by_role("alert").filter(has_text="There is a problem")


def test_an_empty_form_says_everything_that_is_missing(tom: Page):
    """B19, X26: summary in the order of the form, the same words beside each field, links that lead there."""
    tab_to(tom, tom.get_by_label("Who was present"))
    tom.keyboard.press("Control+Enter")

    summary = summary_of(tom)
    expect(summary).to_be_focused()
    expect(summary.get_by_role("listitem")).to_have_text(MISSING)
    beside = tom.locator("form .ct-error")
    expect(beside).to_have_text([f"Error: {sentence}" for sentence in MISSING])
    assert accessibility_problems(tom) == []
    for sentence, label in (("Select second officer.", "Second officer"), ("Enter what you saw.", "What you saw")):
        summary.get_by_role("link", name=sentence).press("Enter")
        expect(tom.get_by_label(label, exact=True)).to_be_focused()
    summary.get_by_role("link", name="Select safety checklist.").press("Enter")
    expect(tom.get_by_role("group", name="Front door").get_by_label("Yes")).to_be_focused()


def test_texts_numbers_and_dates_are_typed(tom: Page):
    """B19: what was wrong is said until the answers are sent again."""
    tom.get_by_label("Who was present").focus()
    tom.keyboard.type("Mr Hart")
    write(tom, "What you saw", "The gate was open.")
    write(tom, "Number of people living there", "three")
    write(tom, "Cost of the damage", "a lot")
    tab_to(tom, tom.get_by_label("Date of visit"))
    tom.keyboard.type("02022026")
    tab_to(tom, tom.get_by_label("Start of visit"))
    tom.keyboard.type("03032026")
    tom.keyboard.press("ArrowRight")
    tom.keyboard.type("0930a")

    expect(tom.get_by_label("Date of visit")).to_have_value("2026-02-02")
    expect(tom.get_by_label("Start of visit")).to_have_value("2026-03-03T09:30")
    expect(tom.get_by_text(re.compile("^Draft saved"))).to_be_visible()
    expect(summary_of(tom).get_by_role("listitem")).to_have_text(MISSING)


def test_choices_are_made_and_a_question_appears(tom: Page):
    """B19: the question that depends on a choice is worked out on the server."""
    tab_to(tom, tom.get_by_role("group", name="Is it urgent?").get_by_label("Yes"))
    tom.keyboard.press("Space")
    tab_to(tom, tom.get_by_label(re.compile("The occupier was told")))
    tom.keyboard.press("Space")
    tab_to(tom, tom.get_by_label("No breach", exact=True))
    tom.keyboard.press("ArrowDown")
    write(tom, "What the breach is", "Windows are not obscured.")
    tab_to(tom, tom.get_by_label("District"))
    tom.keyboard.type("Ca")
    tab_to(tom, tom.get_by_label("Roof"))
    tom.keyboard.press("Space")
    tab_to(tom, tom.get_by_label("Garden"))
    tom.keyboard.press("Space")

    expect(tom.get_by_label("What the breach is")).to_have_value("Windows are not obscured.")
    expect(tom.get_by_label("District")).to_have_value("castle")
    expect(tom.get_by_label("Garden")).to_be_checked()


def test_files_are_added_refused_shown_and_removed(tom: Page, tmp_path: Path):
    """B19: small pictures of images, named like their files; others by name and size."""
    photos = [tmp_path / "front gate.png", tmp_path / "back.png"]
    for photo, colour in zip(photos, ((70, 120, 70), (120, 70, 70)), strict=True):
        photo.write_bytes(png(*colour))
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.4 a plan")
    question = tom.get_by_role("group", name="Photos")
    add_file(tom, "Photos", *photos, tmp_path / "plan.pdf")
    expect(question.get_by_text("'plan.pdf' must be a JPG or PNG.")).to_be_visible()
    add_file(tom, "Other papers (optional)", tmp_path / "plan.pdf")

    image = question.get_by_role("img", name="front gate.png")
    expect(image).to_be_visible()
    assert accessibility_problems(tom) == []
    assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 64
    tab_to(tom, question.get_by_role("button", name="Remove back.png"))
    tom.keyboard.press("Enter")
    expect(question.get_by_role("img")).to_have_count(1)
    expect(tom.get_by_role("button", name="Remove plan.pdf").last).to_be_visible()


def test_people_and_teams_are_found_by_name(tom: Page):
    """B19: arrows, Enter, Escape; what was typed stays; a question for a team offers teams alone."""
    nobody = tom.get_by_role("form").get_by_text("No match for “nobody like that”.")
    write(tom, "Second officer", "nobody like that")
    expect(nobody).to_be_visible()
    expect(tom.locator("#live")).to_contain_text("No match for “nobody like that”.")
    tom.keyboard.press("Escape")
    expect(nobody).to_have_count(0)
    expect(tom.get_by_label("Second officer")).to_have_value("nobody like that")

    pick(tom, "Team that goes on (optional)", "an", "Finance")

    tab_to(tom, tom.get_by_label("Second officer"))
    tom.keyboard.press("ArrowDown")
    expect(nobody).to_be_visible()
    expect(tom.get_by_role("listbox", name="Second officer")).to_have_count(0)


def test_a_checklist_is_answered_with_comments(tom: Page):
    """B19."""
    door = tom.get_by_role("group", name="Front door")
    tab_to(tom, door.get_by_label("Yes"))
    tom.keyboard.press("ArrowDown")
    write(tom, "Comment on Front door", "Lock is broken")
    tab_to(tom, tom.get_by_role("group", name="Gas supply, with meter").get_by_label("Yes"))
    tom.keyboard.press("Space")

    expect(door.get_by_label("No", exact=True)).to_be_checked()
    expect(tom.get_by_role("group", name="Smoke alarm").get_by_role("radio", checked=True)).to_have_count(0)


def test_what_is_wrong_is_said_and_stays_typed_over_a_restart(tom: Page, visiting: tuple[Office, str]):
    """B19, X26: refused answers are kept as a draft, for this tab, a new one and a new server."""
    tom.get_by_label("Comment on Gas supply, with meter").press("Control+Enter")
    expect(summary_of(tom).get_by_role("listitem")).to_have_text(WRONG)
    office, address = visiting
    office.server.kill()
    office.server.start()

    for page in (loaded(tom, address), loaded(tom.context.new_page(), address)):
        expect(page.get_by_label("Number of people living there")).to_have_value("three")
        expect(page.get_by_label("Second officer")).to_have_value("nobody like that")
        expect(page.get_by_label("Team that goes on (optional)")).to_have_value("Finance")
        expect(page.get_by_label("What the breach is")).to_have_value("Windows are not obscured.")
        expect(page.get_by_role("group", name="Front door").get_by_label("No", exact=True)).to_be_checked()
        expect(page.get_by_label("Comment on Front door")).to_have_value("Lock is broken")
        expect(page.get_by_role("img", name="front gate.png")).to_be_visible()
        expect(page.get_by_label("Garden")).to_be_checked()
        expect(page.get_by_label("Start of visit")).to_have_value("2026-03-03T09:30")


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 360), ("dark", 360)])
def test_the_filled_form_is_accessible_in_both_schemes_and_on_a_phone(visiting: tuple[Office, str], scheme: str, width: int):
    """X6, X7: with an open list of people."""
    office, address = visiting
    page = loaded(office.person("tom.ellis", scheme=scheme, width=width), address)
    field = page.get_by_role("combobox", name="Second officer")
    field.fill("")
    field.press_sequentially("a")
    expect(page.get_by_role("listbox", name="Second officer").get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")

    assert accessibility_problems(page) == []
    page.context.close()


def test_a_rule_across_questions_is_said_beside_the_one_to_change(tom: Page):
    """B19."""
    tom.bring_to_front()
    tom.get_by_label("Number of people living there").focus()
    write(tom, "Number of people living there", "3")
    write(tom, "Cost of the damage", "£1,250.5")
    pick(tom, "Second officer", "ruiz", "Ana Ruiz")
    tab_to(tom, tom.get_by_role("group", name="Smoke alarm").get_by_label("Yes"))
    tom.keyboard.press("Space")
    tom.keyboard.press("Control+Enter")

    expect(summary_of(tom).get_by_role("listitem")).to_have_text(["Start of visit must be on the date of visit."])
    expect(tom.get_by_label("Start of visit")).to_have_accessible_description("Error: Start of visit must be on the date of visit.")


def test_the_answers_stand_in_view(tom: Page, visiting: tuple[Office, str]):
    """S25, S26, B20: every kind in words, the photo as a picture, for the case manager."""
    tom.get_by_label("Start of visit").fill("2026-02-02T09:30")
    tom.keyboard.press("Control+Enter")
    tom.wait_for_url("**/my-work")
    office, address = visiting

    priya = loaded(office.person("priya.shah"), address)

    now = priya.get_by_role("region", name="As it stands now")
    for label, said in VIEW.items():
        expect(now.locator("dl > div", has=priya.get_by_text(label, exact=True)).locator("dd")).to_have_text(said)
    expect(now.get_by_role("listitem").filter(has_text="Front door")).to_contain_text("Lock is broken")
    assert now.get_by_role("img", name="front gate.png").evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 64
    expect(priya.get_by_text("Task 6: 2 files added")).to_be_visible()
    assert accessibility_problems(priya) == []


VIEW = {
    "Who was present": "Mr Hart",
    "What you saw": "The gate was open.",
    "Number of people living there": "3",
    "Cost of the damage": "£1,250.50",
    "Date of visit": "Monday 2 February 2026",
    "Start of visit": "Monday 2 February 2026, 09:30",
    "Is it urgent?": "Yes",
    "The occupier was told about the next steps": "Yes",
    "Finding": "Breach of the conditions",
    "What the breach is": "Windows are not obscured.",
    "District": "Castle",
    "Parts seen": "Roof, Garden",
    "Second officer": "Ana Ruiz",
    "Team that goes on": "Finance",
}
