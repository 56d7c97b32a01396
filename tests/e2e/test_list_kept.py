"""Dialogs over a filtered and sorted list, in a browser: it stays as it was through steps, Escape, Back and reload."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded
from tests.e2e.test_lists import exported
from tests.e2e.test_select_all import insert

PRIYA, CASE = "priya.shah", "/cases/PLN-1001/tasks"
LISTED = "status=new&sort=target&dir=descending"
FINISHED = 7


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = Path(tmp_path_factory.mktemp("kept"))
    with demo_office(folder) as one:
        with closing(sqlite3.connect(folder / "casetasks.db", timeout=10)) as database, database:
            finish_some_tasks(database)
        yield one


def finish_some_tasks(database: sqlite3.Connection) -> None:
    """Put so many finished tasks into the case that they are folded away."""
    database.row_factory = sqlite3.Row
    found = "SELECT t.* FROM task t JOIN \"case\" c ON c.id = t.case_id WHERE c.reference = 'PLN-1001' AND t.status <> 'new'"
    task = dict(database.execute(found).fetchone())
    for number in range(FINISHED):
        insert(database, "task", {**task, "id": None, "number": 100 + number, "creation_key": f"finished-{number}"})


def step(page: Page, name: str) -> None:
    expect(page).to_have_url(re.compile(rf"{CASE}\?{LISTED}&new={name}$"))


def test_the_creation_dialog_keeps_the_list_behind_it(office: Office):
    """X10: steps, reload, Back, Escape."""
    page = loaded(office.person(PRIYA), f"{CASE}?{LISTED}")
    page.get_by_role("link", name="Create task", exact=True).click()
    step(page, "type")
    dialog = page.get_by_role("dialog", name="Create a task on PLN-1001")
    dialog.get_by_label("Task type").select_option(index=1)
    dialog.get_by_role("button", name="Continue", exact=True).click()
    expect(page).not_to_have_url(re.compile("new=type"))
    expect(page).to_have_url(re.compile(rf"{CASE}\?{LISTED}&new="))

    page.reload()
    expect(dialog).to_be_visible()
    page.go_back()
    step(page, "type")
    page.keyboard.press("Escape")

    expect(page).to_have_url(re.compile(rf"{CASE}\?{LISTED}$"))
    expect(page.get_by_role("button", name=re.compile("^Remove filter Status"))).to_be_visible()
    page.get_by_role("link", name="Continue draft").click()
    expect(page).to_have_url(re.compile(rf"{CASE}\?{LISTED}&new="))
    dialog.get_by_role("button", name="Close", exact=True).click()
    expect(page).to_have_url(re.compile(rf"{CASE}\?{LISTED}$"))


def test_a_dialog_on_one_task_leads_back_to_the_list(office: Office):
    page = loaded(office.person(PRIYA), f"{CASE}?{LISTED}")
    page.get_by_role("link", name=re.compile("^Cancel task ")).first.click()
    dialog = page.get_by_role("dialog", name=re.compile("^Cancel task "))
    expect(dialog).to_be_visible()
    page.reload()
    expect(dialog).to_be_visible()

    page.keyboard.press("Escape")

    expect(page).to_have_url(re.compile(rf"{CASE}\?{LISTED}$"))
    expect(page.get_by_role("button", name=re.compile("^Remove filter Status"))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_that_match_are_those_folded_away_too_and_it_says_so(office: Office, scheme: str):
    """Decision 0060."""
    page = loaded(office.person(PRIYA, scheme=scheme), CASE)
    page.get_by_role("checkbox", name="Select all tasks on this page").check()

    everything = page.get_by_role("button", name=re.compile(r"^Select all \d+ tasks that match, \d+ closed and cancelled ones included$"))
    expect(everything).to_be_visible()
    assert accessibility_problems(page) == []
    everything.click()

    expect(page.locator("#live")).to_contain_text(
        re.compile(r"^All \d+ tasks that match are selected, \d+ closed and cancelled ones included")
    )
    count = int(re.findall(r"All (\d+) tasks", page.locator("#live").inner_text())[0])
    _, rows = exported(page, page.get_by_role("link", name="Export the whole list"))
    assert len(rows) == count
    _, picked = exported(page, page.get_by_role("button", name="Export selected tasks"))
    assert len(picked) == count
