"""The outbox in the browser: administrators land on it, read mails, and try failed ones again."""

import re
import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("emails")


@pytest.fixture(scope="module")
def office(data_dir: Path) -> Generator[Office]:
    with demo_office(data_dir) as office:
        yield office


def fail_two(data_dir: Path) -> None:
    with closing(sqlite3.connect(data_dir / "casetasks.db", timeout=10)) as connection, connection:
        connection.execute(
            "UPDATE outgoing_mail SET state = 'dead', attempts = 1, last_error = '550 No such mailbox'"
            " WHERE id IN (SELECT id FROM outgoing_mail WHERE state = 'pending' ORDER BY id LIMIT 2)"
        )


def test_an_administrator_lands_on_the_mails_that_are_kept_and_reads_one(office: Office):
    page = office.person("sam.turner")
    expect(page).to_have_url(f"{office.url}/admin/email")
    expect(page.get_by_text("No mail server is configured.", exact=True)).to_be_visible()
    rows = page.get_by_role("table").get_by_role("row")
    first = rows.filter(has_text="Task assigned").first.get_by_role("rowheader").get_by_role("link")

    first.focus()
    first.press("Enter")

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=2)).to_be_focused()
    expect(dialog).to_contain_text("Held.")
    expect(dialog).to_contain_text(re.compile(r"Replies go to\s*\S+@\S+"))
    assert accessibility_problems(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(first).to_be_focused()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_list_is_accessible(office: Office, data_dir: Path, scheme: str, width: int):
    """X2, X6, X7."""
    fail_two(data_dir)
    page = loaded(office.person("sam.turner", scheme=scheme, width=width), "/admin/email")

    expect(page.get_by_text("550 No such mailbox").first).to_be_visible()
    assert accessibility_problems(page) == []


def test_failed_mails_are_tried_again_one_by_one_and_all_at_once(office: Office, data_dir: Path):
    fail_two(data_dir)
    page = loaded(office.person("sam.turner"), "/admin/email")
    failed = page.get_by_role("table").get_by_text("Failed", exact=True)
    before = failed.count()

    page.get_by_role("button", name="Try again to ").first.click()

    expect(page.get_by_text("will be tried again.").first).to_be_visible()
    expect(failed).to_have_count(before - 1)
    page.get_by_role("button", name="Try again all failed", exact=True).click()
    expect(failed).to_have_count(0)
    expect(page.get_by_role("button", name="Try again all failed", exact=True)).to_have_count(0)


def test_nobody_else_sees_mails(office: Office):
    page = loaded(office.person("priya.shah"), "/admin/email")

    expect(page.get_by_role("heading", level=1, name="You cannot open this page", exact=True)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Emails")).to_have_count(0)
    expect(page.get_by_role("table")).to_have_count(0)
