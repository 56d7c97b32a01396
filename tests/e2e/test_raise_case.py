"""Raising a case in a browser, from an empty form to the list of cases and the people who get its tasks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded
from tests.unit.files.making import PDF

GRACE, JOE = "grace.okafor", "joe.wilkins"
TITLE = "Ceiling down at 2 Quay Street"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with demo_office(Path(tmp_path_factory.mktemp("raise-case"))) as one:
        yield one


def fill(page: Page) -> None:
    page.get_by_label("Address of the property").fill("2 Quay Street")
    page.get_by_role("group", name="Which part of the home?").get_by_label("Kitchen").check()
    page.get_by_label("What is wrong?").fill("The ceiling came down.")
    page.get_by_role("group", name="Is anybody in danger?").get_by_label("Yes").check()
    page.get_by_role("group", name="Is there damp or mould?").get_by_label("No").check()


def test_a_case_is_raised_and_its_tasks_reach_their_team_at_once(office: Office):
    """S64, B12, B17: a refusal, a reload and a file on the way."""
    grace, joe = office.person(GRACE), office.person(JOE)
    loaded(joe, "/my-work?view=claim")
    loaded(grace, "/cases").get_by_role("link", name="Raise a case", exact=True).click()

    refused_without_a_title(grace)
    grace.keyboard.type(TITLE)
    fill(grace)
    upload(grace)
    reload_keeps_everything(grace)
    another_browser_has_it_too(office)
    grace.get_by_label("Title", exact=True).focus()
    grace.keyboard.press("Control+Enter")

    expect(grace.get_by_text(re.compile(r"^Case HSG-\d+ raised\.$")).first).to_be_visible()
    expect(grace.get_by_text("2 tasks were created automatically")).to_have_count(1)
    expect(grace.get_by_text("ceiling.pdf").first).to_be_visible()
    expect(joe.get_by_role("button", name="2 updates - show", exact=True)).to_be_visible()
    found_in_the_list(grace)


def refused_without_a_title(page: Page) -> None:
    page.get_by_role("button", name="Raise case", exact=True).click()

    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title() == "Error: Raise a case - Case tasks"
    page.get_by_role("link", name="Enter a title for the case.").click()
    expect(page.get_by_label("Title", exact=True)).to_be_focused()


def upload(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Alex Morgan")
    page.get_by_label("Email address").focus()
    page.locator("input[type=file]").set_input_files({"name": "ceiling.pdf", "mimeType": "application/pdf", "buffer": PDF})

    expect(page.get_by_role("button", name="Remove ceiling.pdf")).to_be_visible()


def reload_keeps_everything(page: Page) -> None:
    page.reload()

    expect(page.get_by_text("Continuing your draft from ")).to_be_visible()
    expect_everything(page)


def another_browser_has_it_too(office: Office) -> None:
    """B11: somebody signs in elsewhere and goes on."""
    page = loaded(office.person(GRACE), "/cases/new")

    expect(page.get_by_text("Continuing your draft from ")).to_be_visible()
    expect(page.get_by_text(re.compile("^Draft saved "))).to_be_visible()
    expect_everything(page)
    assert accessibility_problems(page) == []
    page.context.close()


def expect_everything(page: Page) -> None:
    expect(page.get_by_label("Title", exact=True)).to_have_value(TITLE)
    expect(page.get_by_role("group", name="Which part of the home?").get_by_label("Kitchen")).to_be_checked()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Alex Morgan")
    expect(page.get_by_role("button", name="Remove ceiling.pdf")).to_be_visible()


def test_a_draft_is_thrown_away_and_the_form_is_empty(office: Office):
    """B11."""
    page = loaded(office.person("daniel.hughes"), "/cases/new")
    page.get_by_label("Title", exact=True).fill("Never mind")
    page.get_by_label("Name", exact=True).focus()
    expect(page.get_by_text(re.compile("^Draft saved "))).to_be_visible()
    page.reload()

    page.get_by_role("button", name="Start again", exact=True).click()

    expect(page.get_by_text("Draft thrown away.").first).to_be_visible()
    expect(page.get_by_label("Title", exact=True)).to_have_value("")
    page.reload()
    expect(page.get_by_label("Title", exact=True)).to_have_value("")


def found_in_the_list(page: Page) -> None:
    loaded(page, "/cases").get_by_role("searchbox", name="Find in this list").fill("ceiling DOWN")
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url(re.compile(r"/cases\?(.*&)?q=ceiling(%20|\+)DOWN$"))

    expect(page.get_by_role("rowheader")).to_have_count(1)
    expect(page.get_by_role("rowheader", name=re.compile(f"HSG-[0-9]+ {TITLE}"))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_its_errors_and_the_lists_are_accessible(office: Office, scheme: str):
    """X2, X6, X26."""
    found: dict[str, object] = {}
    page = office.person(GRACE, scheme=scheme)
    for address in ("/cases", "/cases?mine=no&status=closed", "/cases?q=nothing+like+it", "/cases/new"):
        found[address] = accessibility_problems(loaded(page, address))
    page.get_by_role("button", name="Raise case", exact=True).click()
    expect(page.locator("#error-summary")).to_be_visible()
    found["errors"] = accessibility_problems(page)

    assert {key: problems for key, problems in found.items() if problems} == {}


def test_on_a_small_screen_nothing_scrolls_sideways(office: Office):
    """X7."""
    page = office.person(GRACE, width=320)

    assert accessibility_problems(loaded(page, "/cases")) == []
    assert accessibility_problems(loaded(page, "/cases/new")) == []
