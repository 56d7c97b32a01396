"""A list made one's own in a browser: dense or not, with the columns one wants, wherever one signs in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded

GRACE = "grace.okafor"
TAB = "/cases/HSG-1001/tasks"
LISTS = ("/my-work?view=created", TAB, "/cases?mine=no")
ROW = "tbody tr:not([data-group])"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with demo_office(Path(tmp_path_factory.mktemp("own-lists"))) as one:
        yield one


def open_menu(page: Page, name: str) -> Locator:
    page.locator("details.ct-own > summary", has_text=name).click()
    return page.locator("details.ct-own[open]")


def heights(page: Page) -> list[float]:
    return page.evaluate("[...document.querySelectorAll('tbody tr:not([data-group])')].map((row) => row.getBoundingClientRect().height)")


def test_a_list_is_made_compact_and_narrower_and_stays_so_in_another_browser(office: Office):
    page = loaded(office.person(GRACE), TAB)
    holder = page.get_by_role("columnheader", name="Assigned to")
    expect(holder).to_be_visible()
    assert min(heights(page)) >= 57

    open_menu(page, "Density").get_by_role("radio", name="Compact").check()
    expect(page.locator("table[data-density=compact]")).to_be_visible()
    expect(page.locator("#live")).to_contain_text("Rows are compact now.")
    open_menu(page, "Columns").get_by_role("checkbox", name="Assigned to").uncheck()

    expect(holder).to_be_hidden()
    expect(page.get_by_role("cell", name=re.compile("Joe Wilkins"))).to_be_hidden()
    expect(page.get_by_role("checkbox", name="Assigned to")).to_be_focused()
    assert heights(page) == [40, 40]
    elsewhere = loaded(office.person(GRACE), TAB)
    expect(elsewhere.get_by_role("columnheader", name="Target")).to_be_visible()
    expect(elsewhere.get_by_role("columnheader", name="Assigned to")).to_be_hidden()
    assert heights(elsewhere) == [40, 40]


def test_the_menus_are_worked_by_keyboard(office: Office):
    """X10: Escape closes and gives the focus back."""
    page = loaded(office.person(GRACE), "/cases?mine=no")
    density = page.locator("details.ct-own > summary", has_text="Density")
    density.focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")

    expect(page.locator("table[data-density=compact]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("details.ct-own[open]")).to_have_count(0)
    expect(density).to_be_focused()


def test_a_list_of_cards_shows_everything(office: Office):
    page = loaded(office.person(GRACE, width=360), TAB)

    for menu in ("Columns", "Density"):
        expect(page.locator("details.ct-own > summary", has_text=menu)).to_be_hidden()

    expect(page.locator(ROW).first).to_contain_text("Joe Wilkins")
    expect(page.get_by_text("Joe Wilkins").first).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)])
def test_a_compact_list_with_an_open_menu_is_accessible(office: Office, scheme: str, width: int):
    """X2, X6, X7."""
    page = office.person(GRACE, scheme=scheme, width=width)
    for address in LISTS:
        loaded(page, address)
        if width > 768:
            open_menu(page, "Density").get_by_role("radio", name="Compact").check()
            open_menu(page, "Columns")
        assert accessibility_problems(page) == [], address
