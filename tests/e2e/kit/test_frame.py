"""The frame: titles, messages, connection, appearance, sign-out, menu on a small screen."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

Visit = Callable[[str], Page]


def test_titles_name_the_page_the_case_and_the_product(visit: Visit):
    """X16."""
    page = visit("/")

    expect(page).to_have_title("Tasks - HSG-1042 - Case tasks")


def test_hostile_text_stays_text(visit: Visit):
    page = visit("/")

    expect(page.get_by_role("link", name="<img src=x onerror=document.title='broken'>", exact=True)).to_be_visible()
    assert page.locator("img").count() == 0


def test_navigation_says_where_one_is_and_how_much_waits(visit: Visit):
    page = visit("/form")
    main = page.get_by_role("navigation", name="Main")

    expect(main.get_by_role("link", name="My work, 7 open tasks")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")


def test_the_result_of_a_press_stays_on_the_page_and_takes_the_focus(visit: Visit):
    page = visit("/")

    page.get_by_role("button", name="Claim task 2, Site visit").click()

    notice = page.get_by_text("You claimed task HSG-1042/2.")
    expect(notice).to_be_focused()
    page.get_by_role("link", name="Open task", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask legal for opinion")
    expect(notice).to_have_count(0)


def test_changes_are_read_in_one_live_region(visit: Visit):
    """X32."""
    page = visit("/")

    page.get_by_role("button", name="3 updates - show").click()

    live = page.locator("#live")
    expect(live).to_contain_text("12 tasks match.")
    expect(live).to_contain_text("2 tasks in this list changed. 1 new task.")
    assert page.locator("[aria-live]").count() == 1


def test_presses_made_without_a_connection_are_never_sent(visit: Visit, context: BrowserContext):
    page = visit("/")
    context.set_offline(True)

    # Playwright waits for what is aria-disabled; people do not.
    page.get_by_role("button", name="Claim task 2, Site visit").click(force=True)

    expect(page.locator("#live")).to_contain_text("Not sent. Connection lost.")
    expect(page.locator(".ct-not-sent")).to_be_visible()
    expect(page.get_by_text("Connection lost.", exact=True)).to_be_visible(timeout=5000)
    expect(page.get_by_text("Trying again. What you have typed is kept. Buttons that save are paused")).to_be_visible()
    expect(page.get_by_role("button", name="Claim task 2, Site visit")).to_have_attribute("aria-disabled", "true")
    context.set_offline(False)
    expect(page.get_by_text(re.compile(r"This page is up to date as of \d\d:\d\d\."))).to_be_visible()
    page.get_by_role("button", name="Claim task 1, Document check").click()
    expect(page.locator("#presses")).to_have_text("Presses: 1")


def test_a_form_is_not_sent_by_enter_without_a_connection(visit: Visit, context: BrowserContext):
    page = visit("/form")
    context.set_offline(True)

    page.get_by_label("Who was present").press("Enter")

    expect(page.locator("#live")).to_contain_text("Not sent. Connection lost.")
    context.set_offline(False)
    page.get_by_text("Connected again.").wait_for(state="detached")
    expect(page.locator("#submitted")).to_be_empty()


def test_appearance_is_chosen_and_remembered(visit: Visit):
    page = visit("/")
    page.locator("summary", has_text="Priya Shah").click()

    page.get_by_label("Dark", exact=True).check()

    expect(page.locator("html")).to_have_class(re.compile("dark"))
    page.reload()
    expect(page.locator("html")).to_have_class(re.compile("dark"))


def test_sign_out_leaves_by_a_real_post(visit: Visit):
    page = visit("/")
    page.locator("summary", has_text="Priya Shah").click()

    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_text("Signed out by a real post.")).to_be_visible()


def test_on_a_small_screen_the_navigation_is_behind_a_menu(visit: Visit):
    page = visit("/")
    page.set_viewport_size({"width": 360, "height": 800})
    menu = page.get_by_role("button", name="Menu")
    expect(page.get_by_role("link", name="Emails")).to_be_hidden()

    menu.click()

    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="Emails")).to_be_visible()


def test_a_reference_is_copied_as_text_and_as_a_link(visit: Visit, context: BrowserContext):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit("/")

    page.get_by_role("button", name="Copy reference HSG-1042").click()

    expect(page.locator("#live")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "HSG-1042"


def test_sorting_is_a_link_that_says_its_order(visit: Visit):
    page = visit("/")
    header = page.get_by_role("columnheader", name="Target")
    expect(header).to_have_attribute("aria-sort", "none")

    header.get_by_role("link").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    header.get_by_role("link").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    header.get_by_role("link").click()

    expect(header).to_have_attribute("aria-sort", "none")
