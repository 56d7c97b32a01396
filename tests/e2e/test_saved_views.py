"""A view of a list kept under a name, in a browser: saved, opened, changed, updated, shared by a lead, deleted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded

GRACE = "grace.okafor"
TAB = "/cases/HSG-1001/tasks"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with demo_office(Path(tmp_path_factory.mktemp("saved-views"))) as one:
        yield one


def save(page: Page, name: str) -> None:
    page.locator("#saved-views").click()
    page.get_by_role("button", name="Save this view").click()
    dialog = page.get_by_role("dialog", name="Save this view")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("button", name="Save", exact=True).click()


def delete(page: Page, name: str) -> None:
    page.locator("#saved-views").click()
    page.get_by_role("button", name=f"Delete {name}").click()
    dialog = page.get_by_role("dialog", name=f"Delete the view “{name}”?")
    expect(dialog.get_by_role("heading")).to_be_focused()
    assert accessibility_problems(page) == []
    dialog.get_by_role("button", name="Delete view", exact=True).click()
    expect(page.locator("#saved-views")).to_have_text("Saved views")
    expect(page.locator("#saved-views")).to_be_focused()


def sort_by_task(page: Page) -> None:
    page.get_by_role("columnheader", name="Task", exact=True).get_by_role("link").dispatch_event("click")
    expect(page.get_by_text("Open ones: Changed")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_a_view_is_saved_changed_and_left_as_it_was(office: Office, scheme: str, width: int):
    """X2, X6, X7, X10."""
    page = loaded(office.person(GRACE, scheme=scheme, width=width), f"{TAB}?status=new")
    menu = page.locator("#saved-views")
    save(page, "Open ones")
    expect(menu).to_have_text("View: Open ones")
    expect(page).to_have_url(re.compile(r"saved=\d+&status=new"))

    sort_by_task(page)
    menu.click()

    expect(page.get_by_role("link", name="Open ones", exact=True)).to_have_attribute("aria-current", "true")
    assert accessibility_problems(page) == []
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    menu.click()
    page.get_by_role("button", name="Delete Open ones").click()
    page.get_by_role("button", name="Keep view").click()
    expect(menu).to_be_focused()
    page.get_by_role("link", name="Undo changes").click()
    expect(page).not_to_have_url(re.compile("sort="))
    expect(page.get_by_text("Open ones: Changed")).to_have_count(0)
    delete(page, "Open ones")


def test_a_changed_view_is_brought_up_to_date(office: Office):
    page = loaded(office.person(GRACE), f"{TAB}?status=new")
    save(page, "Open ones")
    expect(page.locator("#saved-views")).to_have_text("View: Open ones")
    sort_by_task(page)

    page.get_by_role("button", name="Update Open ones").click()

    expect(page.locator("#live")).to_contain_text("The view is updated.")
    expect(page.get_by_text("Open ones: Changed")).to_have_count(0)
    expect(page.locator("#saved-views")).to_be_focused()
    delete(page, "Open ones")


def test_a_name_that_is_taken_is_refused_beside_the_field_and_the_focus_comes_back(office: Office):
    page = loaded(office.person(GRACE), "/cases?mine=no")
    save(page, "All")
    expect(page.locator("#saved-views")).to_have_text("View: All")

    save(page, "all")

    dialog = page.get_by_role("dialog", name="Save this view")
    expect(dialog.get_by_text("There is a view of this name already.")).to_be_visible()
    expect(dialog.get_by_role("textbox", name="Name")).to_have_value("all")
    assert accessibility_problems(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#saved-views")).to_be_focused()
