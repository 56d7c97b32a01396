"""A case's overview, history and closing, in the browser: live, by keyboard, and for those who may not see it."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded
from tests.unit.files.making import PDF

HELD_BY_PRIYA = "/cases/PLN-1001"
WITHOUT_TASKS = "/cases/PLN-1002"
UNMANAGED = "/cases/HSG-1003"
NO_TASK_TYPES = "/cases/EHN-1001"
VISITED = (
    ("priya.shah", HELD_BY_PRIYA),
    ("priya.shah", f"{HELD_BY_PRIYA}/history"),
    ("priya.shah", f"{HELD_BY_PRIYA}/close"),
    ("priya.shah", "/cases/HSG-1001"),
    ("priya.shah", "/nothing-here"),
    ("helen.carter", f"{NO_TASK_TYPES}/close"),
)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@pytest.fixture(scope="module")
def office(data_dir: Path) -> Generator[Office]:
    with demo_office(data_dir) as office:
        yield office


def bar_of(page: Page):
    return page.get_by_text("Case manager: ", exact=False).first


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_every_page_is_accessible(office: Office, scheme: str, width: int):
    """X2, X6, X7."""
    for name in ("priya.shah", "helen.carter"):
        page = office.person(name, scheme=scheme, width=width)
        for address in (where for who, where in VISITED if who == name):
            assert accessibility_problems(loaded(page, address)) == [], address
        page.context.close()


def test_the_way_through_a_case_and_the_blockers_of_closing(office: Office):
    """S27, B32: every blocker has a link and its next action, named for its task."""
    page = loaded(office.person("priya.shah"), HELD_BY_PRIYA)
    main = page.get_by_role("main")

    expect(page.get_by_role("heading", level=1, name="Two-storey extension at Mill Lane", exact=True)).to_be_visible()
    expect(page.get_by_role("navigation", name="Case", exact=True).get_by_role("link")).to_have_count(3)
    expect(main.get_by_text("Not provided")).to_have_count(1)
    page.get_by_role("link", name="Close case PLN-1001", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Close case PLN-1001", exact=True)).to_be_focused()

    expect(main.get_by_text("You cannot close this case yet. 2 things are left.", exact=True)).to_be_visible()
    name = "task 5, Measure the eastern windows"
    expect(page.get_by_role("link", name=f"Cancel {name}", exact=True)).to_have_attribute("href", f"{HELD_BY_PRIYA}/tasks/5?do=cancel")
    expect(page.get_by_role("link", name=f"Open {name}", exact=True)).to_have_attribute("href", f"{HELD_BY_PRIYA}/tasks/5")
    expect(page.get_by_role("button", name="Close case", exact=True)).to_be_hidden()


def test_a_minimum_that_is_not_reached_names_the_task_to_create(office: Office):
    """S81, B32."""
    page = loaded(office.person("marcus.bell"), f"{WITHOUT_TASKS}/close")

    expect(page.get_by_role("heading", name="“Site visit” must be done at least once.", exact=True)).to_be_visible()
    create = page.get_by_role("link", name="Create task Site visit", exact=True)
    expect(create).to_have_attribute("href", f"{WITHOUT_TASKS}/tasks?new=type")


def test_no_tasks_where_the_type_of_case_has_none(office: Office):
    """S7, B1."""
    page = loaded(office.person("helen.carter"), NO_TASK_TYPES)

    expect(page.get_by_role("navigation", name="Case", exact=True).get_by_role("link")).to_have_text(["Overview", "History"])
    expect(page.get_by_role("heading", name="Tasks", exact=True)).to_have_count(0)


def test_a_case_is_closed_by_keyboard_and_the_note_is_private(office: Office):
    """B34, S28."""
    page = loaded(office.person("helen.carter"), f"{NO_TASK_TYPES}/close")
    press = page.get_by_role("button", name="Close case", exact=True)

    press.press("Enter")

    summary = page.get_by_role("alert").filter(has=page.get_by_role("heading", name="There is a problem", exact=True))
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Close case - EHN-1001 - Case tasks")
    page.get_by_role("link", name="Enter a note about how the case ended.", exact=True).press("Enter")
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_be_focused()
    page.keyboard.type("The music is over.")
    outcome = page.get_by_role("combobox", name="Outcome", exact=True)
    outcome.select_option(index=1)
    press.press("Enter")

    expect(page.get_by_role("status").get_by_text("Case EHN-1001 closed.", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("link", name="History", exact=True).click()
    note = page.get_by_role("listitem").filter(has_text="The music is over.")
    expect(note.get_by_text("Private note", exact=True)).to_be_visible()
    page.get_by_role("link", name="By the system", exact=True).click()
    expect(page.get_by_text("Nothing by the system in this history.", exact=True)).to_be_visible()


def test_what_one_does_the_other_sees_without_reload(office: Office, tmp_path: Path):
    grace, daniel = office.person("grace.okafor"), office.person("daniel.hughes")
    history = grace.context.new_page()
    loaded(grace, UNMANAGED)
    loaded(history, f"{UNMANAGED}/history")
    loaded(daniel, UNMANAGED)

    daniel.get_by_role("button", name="Take over this case", exact=True).click()

    expect(daniel.get_by_text("You are the case manager of HSG-1003 now.", exact=True)).to_be_visible()
    expect(bar_of(grace)).to_contain_text("Daniel Hughes")
    pill = history.get_by_role("button", name="1 new entry - show", exact=True)
    expect(pill).to_be_visible()
    expect(history.get_by_role("heading", name="Daniel Hughes became case manager", exact=True)).to_have_count(0)
    pill.click()
    expect(history.get_by_role("heading", name="Daniel Hughes became case manager", exact=True)).to_be_visible()
    add_a_file(daniel, tmp_path)
    link = grace.get_by_role("link", name="Download plan.pdf")
    expect(link).to_be_visible()
    with grace.expect_download() as found:
        link.click()
    assert found.value.suggested_filename == "plan.pdf"
    assert Path(found.value.path()).read_bytes() == PDF


def add_a_file(page: Page, folder: Path) -> None:
    for name, content in (("plan.pdf", PDF), ("plan.exe", b"MZ")):
        (folder / name).write_bytes(content)
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Choose files", exact=True).click()
    chosen.value.set_files([folder / "plan.pdf", folder / "plan.exe"])
    expect(page.get_by_role("link", name="Download plan.pdf")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("'plan.exe' must be a PDF, Word, Excel, JPG or PNG.", exact=True)).to_be_visible()


def test_a_stranger_is_told_whom_to_ask_and_nothing_else(office: Office):
    """S75: neither the case's name nor a note of it."""
    page = office.person("ruth.adeyemi")
    for address in (HELD_BY_PRIYA, f"{HELD_BY_PRIYA}/history", f"{HELD_BY_PRIYA}/close"):
        loaded(page, address)

        expect(page.get_by_role("heading", level=1, name="You cannot open this case", exact=True)).to_be_visible()
        expect(page.get_by_role("contentinfo")).to_have_text("Times are UK time.")
        expect(page.get_by_role("main")).to_contain_text("Case manager: Priya Shah.")
        expect(page).to_have_title("You cannot open this case - Case tasks")
        assert "Mill Lane" not in page.content()
        assert "neighbour" not in page.content()


def test_a_page_that_cannot_be_shown_says_so_and_can_be_tried_again(office: Office, data_dir: Path):
    page = office.person("priya.shah")

    rename(data_dir, "history_entry", "history_away")
    try:
        page.goto(f"{HELD_BY_PRIYA}/history")
        expect(page.get_by_role("heading", name="This page could not be shown", exact=True)).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("If it happens again, tell your service desk: ")
    finally:
        rename(data_dir, "history_away", "history_entry")
    page.get_by_role("button", name="Try again", exact=True).click()

    expect(page.get_by_role("heading", name="Case raised", exact=True)).to_be_visible()


def rename(data_dir: Path, table: str, to: str) -> None:
    with closing(sqlite3.connect(data_dir / "casetasks.db", timeout=10)) as connection, connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO {to}")
