"""Where things stand and how large they are, measured in a browser: rows, cards, menus, errors, the foot of a dialog."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.kit.test_accessibility import TOO_SMALL
from tests.e2e.office import Office, accessibility_problems, demo_office, loaded

PRIYA, GRACE, JOE, FATIMA = "priya.shah", "grace.okafor", "joe.wilkins", "fatima.noor"
CLAIMS, HOUSING = "/my-work?view=claim", "/cases/HSG-1001/tasks"
TAB = "/cases/PLN-1001/tasks"
TYPE = f"{TAB}?new=type"
LARGE = (
    "/my-work?view=created", TAB, "/cases", "/cases/PLN-1001", "/cases/PLN-1001/history", "/cases/PLN-1001/close", "/cases/new",
    f"{TAB}/1", f"{TAB}/5?do=assign", f"{TAB}/5?do=target", f"{TAB}/5?do=cancel", TYPE,
)  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with demo_office(Path(tmp_path_factory.mktemp("measures"))) as one:
        yield one


def box(place: Locator) -> dict[str, float]:
    found = place.bounding_box()
    assert found
    return dict(found)


def set_density(page: Page, name: str) -> None:
    page.locator("summary", has_text="Density").click()
    page.get_by_role("radio", name=name).check()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_to_press_is_smaller_than_24_px(office: Office, width: int):
    """X22. A link inside a sentence is as high as its line."""
    page = office.person(PRIYA, width=width)

    for address in LARGE:
        small = loaded(page, address).evaluate(TOO_SMALL)

        assert [each for each in small if "mailto:" not in each] == [], address


def test_a_row_of_two_lines_is_57_px_high_and_a_compact_one_40(office: Office):
    page = loaded(office.person(PRIYA), TAB)
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Measure the eastern windows", exact=True))

    comfortable = box(row)["height"]
    set_density(page, "Compact")
    expect(page.locator("table[data-density=compact]")).to_be_visible()

    assert (round(comfortable), round(box(row)["height"])) == (57, 40)
    assert page.evaluate(TOO_SMALL) == []
    assert accessibility_problems(page) == []
    set_density(page, "Comfortable")


@pytest.mark.parametrize("width", [360, 320])
def test_the_menu_of_a_card_stays_on_the_screen(office: Office, width: int):
    page = loaded(office.person(PRIYA, scheme="dark", width=width), TAB)

    page.locator("summary", has_text="More actions").first.click()

    menu = box(page.locator(".ct-table details[open] .ct-menu-panel"))
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= width
    assert accessibility_problems(page) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_an_open_filter_is_accessible_and_stays_on_the_screen(office: Office, width: int):
    page = loaded(office.person(PRIYA, width=width), TAB)

    page.locator("summary", has_text="Assigned to").first.click()
    page.get_by_role("checkbox", name="Owen Price").wait_for()

    assert accessibility_problems(page) == []


def test_the_bar_of_an_error_is_as_long_as_its_question(office: Office):
    page = loaded(office.person(PRIYA, width=320), f"{TAB}/5?do=cancel")

    page.get_by_role("button", name="Cancel task", exact=True).click()

    question = page.get_by_role("group", name="Why are you cancelling?")
    expect(question).to_have_attribute("data-invalid", "true")
    bar = question.evaluate("(e) => parseFloat(getComputedStyle(e, '::before').height)")
    assert abs(bar - box(question)["height"]) < 1
    assert box(question.locator("legend"))["y"] >= box(question)["y"]


def test_a_different_target_is_asked_for_right_under_its_choice(office: Office):
    page = loaded(office.person(PRIYA), f"{TAB}/5?do=target")

    different, number, none = (box(page.get_by_label(name))["y"] for name in ("Set a different target", "Number", "No target"))

    assert different < number < none


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_foot_of_the_creation_dialog_leaves_room_for_the_step(office: Office, scheme: str, width: int):
    page = loaded(office.person(PRIYA, scheme=scheme, width=width), TYPE)
    page.get_by_label("Task type", exact=True).select_option(label="Site visit - Look at the site, take photos, measure.")
    page.get_by_text("What will happen with Site visit").wait_for()

    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Who should do this task?")).to_be_focused()

    assert box(page.locator(".ct-dialog-foot").last)["height"] <= 120
    assert page.get_by_role("link", name="Change task type").is_visible()
    assert accessibility_problems(page) == []


def test_what_was_cancelled_before_anybody_claimed_it_names_its_team(office: Office):
    page = loaded(office.person(PRIYA), TAB)

    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Visit the neighbour at 29 Mill Lane", exact=True))

    expect(row).to_contain_text("Site officers")
    expect(row).to_contain_text("Not claimed")


def test_the_name_of_a_case_as_long_as_may_be_leaves_its_button_where_it_is(office: Office):
    page = loaded(office.person(GRACE), "/cases/HSG-1001/tasks")
    close = page.get_by_role("link", name="Close case HSG-1001")
    before = box(close)["x"]

    page.locator("main .font-medium", has_text="Damp and mould").first.evaluate("(e) => { e.textContent = 'Wall and window '.repeat(8) }")

    assert abs(box(close)["x"] - before) < 1


@pytest.mark.parametrize("width", [1280, 360])
def test_what_others_do_moves_no_row(office: Office, width: int):
    """D4: the update waits in the row of the menus, the marks lie on the edges of rows."""
    fatima = loaded(office.person(FATIMA), CLAIMS)
    joe, grace = loaded(office.person(JOE, width=width), CLAIMS), loaded(office.person(GRACE, width=width), HOUSING)
    last = joe.get_by_role("row").last, grace.get_by_role("row").last
    before = [box(each) for each in last]

    fatima.get_by_role("button", name="Claim task").last.click()

    expect(joe.get_by_test_id("pill")).to_be_visible()
    expect(grace.get_by_text("Changed just now")).to_be_visible()
    assert [box(each) for each in last] == before
    assert (accessibility_problems(joe), accessibility_problems(grace)) == ([], [])
    fatima.goto("/my-work")
    fatima.get_by_role("checkbox", name="Select all tasks on this page").check()
    fatima.get_by_role("button", name="Release selected tasks").click()
    expect(fatima.get_by_text("You have no open tasks.")).to_be_visible()


def test_without_a_connection_the_banner_says_so_and_nothing_blinks(office: Office):
    """X13: the framework's own sign of it does."""
    page = loaded(office.person(PRIYA), TAB)

    page.context.set_offline(True)

    expect(page.get_by_text("Connection lost.")).to_be_visible(timeout=20_000)
    running = (
        "[...document.querySelectorAll('*')].flatMap((e) => e.getAnimations()).filter((a) => a.effect.getTiming().iterations > 1).length"
    )
    expect(page.locator("[title^='Connection Error']")).to_have_count(0)
    assert page.evaluate(running) == 0
    assert accessibility_problems(page) == []
