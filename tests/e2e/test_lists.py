"""Every list in a browser: find, filters, chips, sorting, pages, ticks, by mouse and by keyboard, with axe."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded

GRACE, JOE = "grace.okafor", "joe.wilkins"
TAB = "/cases/HSG-1001/tasks"
LISTS = ("/my-work?view=created", TAB, "/cases?mine=no")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with demo_office(Path(tmp_path_factory.mktemp("lists"))) as one:
        yield one


def the_filter(page: Page, name: str) -> Locator:
    return page.locator("details.ct-filter").filter(has=page.locator("summary", has_text=re.compile(f"^{name}")))


def test_a_box_narrows_at_once_keeps_the_focus_and_back_undoes_it(office: Office):
    """K1: the focus stays in the filter, the count is announced."""
    page = loaded(office.person(GRACE), TAB)
    rows = page.locator("tbody tr:not([data-group])")
    expect(rows).to_have_count(2)
    the_filter(page, "Type").locator("summary").click()

    page.get_by_role("checkbox", name=re.compile("^Damp survey")).check()

    expect(page).to_have_url(re.compile(r"type=\d+$"))
    expect(rows).to_have_count(1)
    expect(page.locator("#live")).to_contain_text("1 task matches.")
    expect(page.get_by_role("checkbox", name=re.compile("^Damp survey"))).to_be_focused()
    page.reload()
    expect(rows).to_have_count(1)
    page.go_back()
    expect(rows).to_have_count(2)


def test_a_chip_is_taken_away_and_the_focus_goes_to_the_find_field(office: Office):
    """K1."""
    page = loaded(office.person(GRACE), f"{TAB}?status=new")

    page.get_by_role("button", name="Remove filter Status: new", exact=True).click()

    expect(page.get_by_role("searchbox", name="Find in this list")).to_be_focused()
    expect(page).to_have_url(re.compile(f"{TAB}$"))


def test_what_is_typed_is_looked_for_on_enter_and_found_nowhere_says_so(office: Office):
    """X24: typing alone does nothing."""
    page = loaded(office.person(GRACE), "/my-work?view=created")
    find = page.get_by_role("searchbox", name="Find in this list")

    find.press_sequentially("mill lnae")
    expect(page).to_have_url(re.compile("view=created$"))
    find.press("Enter")

    expect(page.get_by_text("0 results for ‘mill lnae’ in Created by me.")).to_be_visible()
    expect(find).to_be_focused()
    page.get_by_role("link", name="Clear filters", exact=True).first.click()
    expect(find).to_have_value("")


def test_headers_sort_by_links_all_pages(office: Office):
    page = loaded(office.person(GRACE), TAB)
    header = page.get_by_role("columnheader", name="Task", exact=True)

    header.get_by_role("link").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    header.get_by_role("link").click()

    expect(header).to_have_attribute("aria-sort", "descending")
    expect(page).to_have_url(re.compile("sort=task&dir=descending"))


def test_rows_are_ticked_by_space_and_assigned_together(office: Office):
    """B22, X10."""
    page = loaded(office.person(GRACE), TAB)
    page.get_by_role("button", name="Assign selected tasks").click()
    expect(page.locator("#live")).to_contain_text("Select at least one task.")
    page.locator("a[data-row-link]").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("checkbox", name="Select all tasks on this page").check()
    expect(page.get_by_text("2 selected")).to_be_visible()

    page.get_by_role("button", name="Assign selected tasks").click()
    dialog = page.get_by_role("dialog", name="Assign 2 tasks")
    assert accessibility_problems(page) == []
    dialog.get_by_role("radio", name=re.compile("^Fatima Noor")).first.check()
    dialog.get_by_role("button", name="Assign tasks").click()

    expect(page.get_by_text(re.compile(r"^\d tasks? assigned to Fatima Noor\.")).first).to_be_visible()
    expect(page.get_by_text("0 selected")).to_be_visible()


def exported(page: Page, press: Locator) -> tuple[str, list[dict[str, str]]]:
    with page.expect_download() as started:
        press.click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    return started.value.suggested_filename, list(csv.DictReader(io.StringIO(text)))


def test_a_list_is_exported_whole_or_as_it_is_ticked_and_the_page_stays_alive(office: Office):
    page = loaded(office.person(GRACE), TAB)
    page.get_by_role("button", name="Export selected tasks").click()
    expect(page.locator("#live")).to_contain_text("Select at least one task.")
    name, every = exported(page, page.get_by_role("link", name="Export the whole list"))

    page.locator("input[data-select]").nth(1).check()
    page.keyboard.press("Tab")
    _, ticked = exported(page, page.get_by_role("button", name="Export selected tasks"))
    expect(page.locator("#live")).to_contain_text("1 selected: the download has begun.")
    box = page.locator("input[data-select]").nth(1).get_attribute("aria-label") or ""
    page.get_by_role("button", name="Clear selection").click()

    assert re.fullmatch(r"tasks-HSG-1001-\d{4}-\d\d-\d\d\.csv", name)
    assert len(every) > 1
    assert [row["Reference"] for row in ticked] == [f"HSG-1001/{box.split()[-1]}"]
    assert ticked[0] in every
    page.get_by_role("button", name="Assign selected tasks").click()
    expect(page.locator("#live")).to_contain_text("Select at least one task.")


def test_the_file_of_a_narrowed_list_has_what_the_list_has(office: Office):
    for address, column in (("/my-work?view=created&q=a", "Task"), ("/cases?mine=no&q=a", "Case")):
        page = loaded(office.person(GRACE), address)
        shown = page.locator("tbody tr:not([data-group])")

        _, rows = exported(page, page.get_by_role("link", name="Export the whole list"))

        assert len(rows) == shown.count() > 0, address
        assert all(row[column] for row in rows)


def test_the_menu_of_a_row_opens_by_its_key(office: Office):
    """X10."""
    page = loaded(office.person(GRACE), TAB)
    page.locator("a[data-row-link]").first.focus()

    page.keyboard.press("Shift+F10")

    expect(page.locator("tr details[data-menu][open] .ct-menu-item").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("tr details[data-menu][open]")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_every_list_is_accessible_with_an_open_filter_and_chips(office: Office, scheme: str, width: int):
    """X2, X6, X7."""
    page = office.person(GRACE, scheme=scheme, width=width)
    for address in LISTS:
        loaded(page, f"{address}{'&' if '?' in address else '?'}target=later&q=a")
        page.locator("details.ct-filter summary", has_text=re.compile("target", re.IGNORECASE)).click()
        expect(page.locator("details.ct-filter[open] input")).to_have_count(4)
        assert accessibility_problems(page) == [], address
