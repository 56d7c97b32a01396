"""Who else is on a task: seen, told once when they write, and not at all when they do not want to be."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded

VISIT = "/cases/PLN-1001/tasks/5"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Run the demo organisation once for these tests."""
    with demo_office(tmp_path_factory.mktemp("presence")) as opened:
        yield opened


@pytest.fixture(scope="module")
def tom(office: Office) -> Page:
    """Sign in as a site officer."""
    return office.person("tom.ellis", width=360, scheme="dark")


@pytest.fixture(scope="module")
def priya(office: Office) -> Page:
    """Sign in as the case manager."""
    return office.person("priya.shah")


def test_two_people_on_a_task_see_each_other_and_who_writes(tom: Page, priya: Page):
    loaded(priya, VISIT)
    loaded(tom, VISIT)
    others = priya.get_by_role("list", name="Also on this task", exact=True)
    expect(others.get_by_text("Tom Ellis is viewing this task.", exact=True)).to_be_visible()
    expect(tom.get_by_text("Priya Shah is viewing this task.", exact=True)).to_be_visible()
    expect(tom.get_by_text("Tom Ellis is viewing this task.")).to_have_count(0)
    assert accessibility_problems(priya) == []
    assert accessibility_problems(tom) == []

    tom.get_by_role("button", name="Claim task 5, Measure the eastern windows").click()
    tom.get_by_label("Note for the case manager (optional)").fill("The upper windows are not obscured.")

    expect(others.get_by_text("Tom Ellis is writing in this task.", exact=True)).to_be_visible()
    expect(priya.locator("#live")).to_contain_text("Tom Ellis is writing in this task.")


def test_who_switches_it_off_is_gone_at_once_and_stays_so(tom: Page, priya: Page):
    loaded(priya, VISIT)
    expect(tom.get_by_text("Priya Shah is viewing this task.", exact=True)).to_be_visible()
    switch = priya.get_by_label("Show others when I am viewing or writing in a task", exact=True)

    switch.focus()
    switch.press("Space")

    expect(tom.get_by_text("Priya Shah is viewing this task.")).to_have_count(0)
    loaded(priya, VISIT)
    expect(switch).not_to_be_checked()
    others = priya.get_by_role("list", name="Also on this task", exact=True)
    expect(others.get_by_text("Tom Ellis is writing in this task.", exact=True)).to_be_visible()
    expect(tom.get_by_text("Priya Shah is viewing this task.")).to_have_count(0)
