"""All tasks that match, from the box in the header to one message about all of them, by keyboard, with axe."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded
from tests.e2e.test_lists import exported

JOE = "joe.wilkins"
TO_CLAIM = "/my-work?view=claim&q=damp"
MORE = 27


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = Path(tmp_path_factory.mktemp("many"))
    with demo_office(folder) as one:
        with closing(sqlite3.connect(folder / "casetasks.db", timeout=10)) as database, database:
            repeat_a_task(database)
        yield one


def repeat_a_task(database: sqlite3.Connection) -> None:
    """Put more tasks like the one to claim into the demo than a page has rows."""
    database.row_factory = sqlite3.Row
    steps = "SELECT s.* FROM task_step s JOIN task t ON t.id = s.task_id WHERE s.completed_at IS NULL AND s.assignee_id IS NULL"
    step = dict(database.execute(f"{steps} AND t.find_text LIKE '%damp%'").fetchone())
    task = dict(database.execute("SELECT * FROM task WHERE id = ?", [step["task_id"]]).fetchone())
    for number in range(MORE):
        changed = {"id": None, "number": 100 + number, "creation_key": f"more-{number}"}
        again = insert(database, "task", {**task, **changed})
        insert(database, "task_step", {**step, "id": None, "task_id": again})


def insert(database: sqlite3.Connection, table: str, row: dict[str, object]) -> int:
    names = ", ".join(f'"{name}"' for name in row)
    return database.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values())).lastrowid or 0


def ticked(page: Page) -> Page:
    loaded(page, TO_CLAIM)
    every = page.get_by_role("checkbox", name="Select all tasks on this page")
    before = every.bounding_box()
    every.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Clear selection")).to_be_visible()
    assert every.bounding_box() == before, "the list moved under the pointer"
    return page


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280)])
def test_with_the_page_ticked_all_that_match_are_offered(office: Office, scheme: str, width: int):
    """X2, X10."""
    page = ticked(office.person(JOE, scheme=scheme, width=width))

    expect(page.locator("#live")).to_contain_text("25 tasks on this page selected.")
    expect(page.get_by_text("25 tasks on this page selected.").first).to_be_visible()
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Select all 28 tasks that match").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Clear selection")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("All 28 tasks that match are selected.")
    assert accessibility_problems(page) == []
    page.locator("input[data-select]").nth(3).uncheck()
    expect(page.get_by_text("24 selected")).to_be_visible()
    expect(page.get_by_text("All 28 tasks that match are selected.").and_(page.locator(".ct-bulk span"))).to_have_count(0)


def test_on_a_small_screen_nothing_is_ticked_and_the_list_is_exported(office: Office):
    page = loaded(office.person(JOE, scheme="dark", width=360), TO_CLAIM)

    _, rows = exported(page, page.get_by_role("link", name="Export the whole list"))

    assert len(rows) == MORE + 1
    expect(page.get_by_role("checkbox", name="Select all tasks on this page")).to_be_hidden()
    assert accessibility_problems(page) == []


def test_all_that_match_are_exported_and_claimed_and_one_message_says_so(office: Office):
    """B18."""
    page = ticked(office.person(JOE))
    page.get_by_role("button", name="Select all 28 tasks that match").click()

    _, rows = exported(page, page.get_by_role("button", name="Export selected tasks"))
    page.get_by_role("button", name="Claim selected tasks").click()

    expect(page.get_by_text("28 tasks claimed.").first).to_be_visible()
    expect(page.get_by_role("link", name="Assigned to me")).to_contain_text("29")
    assert len(rows) == MORE + 1
