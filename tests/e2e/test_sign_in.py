"""Signing in and out in a browser, by keyboard too, and what a refusal looks like."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Generator[Office]:
    with demo_office(Path(tmp_path_factory.mktemp("sign-in"))) as one:
        yield one


def enter(page: Page, email: str, password: str) -> None:
    """Fill in the form and send it with the keyboard alone."""
    page.get_by_label("Email address").focus()
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def test_a_link_leads_to_its_page_by_way_of_the_sign_in_page_and_the_keyboard(office: Office):
    page = office.stranger()
    page.goto("/cases/PLN-1001/history")
    expect(page.get_by_text("Sign in to open case PLN-1001.")).to_be_visible()

    enter(page, "priya.shah@example.org", "priya-shah-demo")

    page.wait_for_url("**/cases/PLN-1001/history")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_wrong_password_is_said_and_the_address_stays(office: Office):
    page = office.stranger()
    page.goto("/sign-in")

    enter(page, "priya.shah@example.org", "not her password")

    expect(page.get_by_text("The email address or password is not right. Check both and try again.").first).to_be_visible()
    expect(page.get_by_label("Email address")).to_have_value("priya.shah@example.org")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    assert page.title().startswith("Error: ")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_the_page_is_accessible_before_and_after_a_refusal(office: Office, scheme: str, width: int):
    page = office.stranger(scheme=scheme, width=width)
    page.goto("/sign-in?next=/cases/PLN-1001")
    before = accessibility_problems(page)
    enter(page, f"{scheme}{width}@example.org", "not a password")
    expect(page.get_by_text("The email address or password is not right.").first).to_be_visible()

    assert (before, accessibility_problems(page)) == ([], [])


def test_signing_out_leads_to_the_sign_in_page_and_back_shows_nothing(office: Office):
    page = office.person("tom.ellis")
    page.goto("/my-work")

    page.locator("summary", has_text="Tom Ellis").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    page.go_back()

    expect(page.get_by_label("Email address")).to_be_visible()
    expect(page.get_by_text("Tom Ellis")).to_have_count(0)
