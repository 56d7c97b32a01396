"""The keyboard: rows, menus, dialogs, the focus after every move (K1, K2, X10, X15)."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[[str], Page]


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText")


def test_the_skip_link_comes_first_and_leads_to_the_content(visit: Visit):
    """X15."""
    page = visit("/")

    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_arrows_home_and_end_walk_the_rows_and_enter_opens(visit: Visit):
    page = visit("/")
    page.get_by_role("link", name="Document check", exact=True).focus()

    page.keyboard.press("ArrowDown")
    assert focused(page) == "Site visit"
    page.keyboard.press("End")
    assert focused(page) == "Soon"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Soon"
    page.keyboard.press("Home")
    assert focused(page) == "Document check"
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Ask legal for opinion")).to_be_focused()


def test_back_leads_to_the_row_that_was_opened(visit: Visit):
    page = visit("/")
    page.get_by_role("link", name="Letter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask legal for opinion")

    page.go_back()

    expect(page.get_by_role("link", name="Letter", exact=True)).to_be_focused()


def test_a_dialog_takes_the_focus_to_its_heading_and_gives_it_back(visit: Visit):
    """K1, K2."""
    page = visit("/")
    opener = page.get_by_role("link", name="Cancel task 2, Site visit")
    opener.click()

    expect(page.get_by_role("dialog", name="Cancel task 3?")).to_be_visible()
    expect(page.get_by_role("heading", name="Cancel task 3?")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
    assert page.url.endswith("/")


def test_escape_pressed_twice_does_not_leave_the_page_without_its_dialog_closed(visit: Visit):
    page = visit("/?do=cancel")

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Create task").first).to_be_focused()


def test_each_step_takes_the_focus_and_browser_back_returns(visit: Visit):
    page = visit("/?new=type")
    expect(page.get_by_role("heading", name="What kind of task is it?")).to_be_focused()

    page.get_by_label("Task name").fill("Visit")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="What should they know?")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_accessible_description("Step 2 of 4: Details")
    page.go_back()
    expect(page.get_by_role("heading", name="What kind of task is it?")).to_be_focused()


def test_a_press_outside_a_dialog_does_nothing(visit: Visit):
    page = visit("/?do=cancel")

    page.mouse.click(5, 5)

    expect(page.get_by_role("dialog", name="Cancel task 3?")).to_be_visible()


def test_a_menu_opens_is_walked_and_closes_back_to_its_button(visit: Visit):
    page = visit("/")
    button = page.locator("summary", has_text="More actions for task 3")
    button.focus()

    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Change target"
    page.keyboard.press("Escape")

    expect(button).to_be_focused()
    expect(page.get_by_role("link", name="Change target")).to_be_hidden()


def test_a_press_elsewhere_closes_a_menu(visit: Visit):
    page = visit("/")
    page.locator("summary", has_text="More actions for task 3").click()

    page.get_by_role("heading", level=1).click()

    expect(page.get_by_role("link", name="Change target")).to_be_hidden()


def test_letters_do_nothing_outside_fields(visit: Visit):
    """X11."""
    page = visit("/")
    page.get_by_role("link", name="Site visit", exact=True).focus()

    for key in "acxgntf/?.1":
        page.keyboard.press(key)

    assert focused(page) == "Site visit"
    assert page.url.endswith("/")
    expect(page.locator("#presses")).to_have_text("Presses: 0")


def test_dismissing_an_alert_leads_to_the_heading(visit: Visit):
    page = visit("/")

    page.get_by_text("You cannot close this case yet.").locator("..").locator("..").get_by_role("button", name="Dismiss").click()

    expect(page.get_by_text("You cannot close this case yet.")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
