"""The whole main job in real browsers, with a real mail server: from raising a case to closing it."""

import re
import time
from collections.abc import Callable, Generator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.office import Office, demo_office, loaded
from tests.integration.mail.post_office import PostOffice, open_for_business

TITLE = "Broken window at 3 Elm Row"


@pytest.fixture(scope="module")
def post() -> Generator[PostOffice]:
    """Serve SMTP on loopback."""
    with open_for_business(PostOffice()) as office:
        yield office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, post: PostOffice) -> Generator[Office]:
    """Run the demo with that mail server."""
    mail = {"CASETASKS_MAIL_HOST": "127.0.0.1", "CASETASKS_MAIL_PORT": str(post.port), "CASETASKS_MAIL_TLS": "none"}
    with demo_office(tmp_path_factory.mktemp("journey"), **mail) as running:
        yield running


def _raise_case(grace: Page) -> str:
    """Raise a case that generates two tasks, and return its reference."""
    loaded(grace, "/cases/new")
    grace.get_by_label("Type of case").select_option(label="Housing repair")
    grace.get_by_label("Title").fill(TITLE)
    grace.get_by_label("Address of the property").fill("3 Elm Row, Millbridge")
    grace.get_by_role("group", name="Which part of the home?").get_by_label("Living room").check()
    grace.get_by_label("What is wrong?").fill("The pane fell out.")
    grace.get_by_role("group", name="Is anybody in danger?").get_by_label("Yes").check()
    grace.get_by_role("group", name="Is there damp or mould?").get_by_label("No").check()
    grace.get_by_role("button", name="Raise case").click()
    grace.wait_for_url(re.compile(r"/cases/HSG-\d+$"))
    expect(grace.get_by_text("2 tasks were created automatically")).to_be_visible()
    return grace.url.rpartition("/")[2]


def _create(grace: Page, reference: str) -> None:
    """Create a task through all four steps and the review."""
    loaded(grace, f"/cases/{reference}/tasks")
    grace.get_by_role("link", name="Create task").click()
    dialog = grace.get_by_role("dialog", name=f"Create a task on {reference}")
    _select(dialog.get_by_label("Task type"), "Inspection")
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_role("heading", name="Who should do this task?")).to_be_focused()
    _select(dialog.get_by_label("Team"), "Building surveyors")
    expect(dialog.get_by_label(re.compile("Anyone in Building surveyors"))).to_be_checked()
    dialog.get_by_role("button", name="Continue").click()
    dialog.get_by_label("Task name (optional)").fill("Measure the pane")
    dialog.get_by_label("Summary (optional)").fill("Width and height, please.")
    dialog.get_by_label(re.compile("full case details")).check()
    dialog.get_by_role("button", name="Continue").click()
    dialog.get_by_label("Set a different target").check()
    dialog.get_by_label("Number").fill("2")
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_role("heading", name="Check and create the task")).to_be_focused()
    dialog.get_by_role("button", name="Create task", exact=True).click()
    expect(grace.get_by_text("Task 3 created: Inspection")).to_be_visible()


def _select(field: Locator, start: str) -> None:
    """Choose the option that begins with these words."""
    option = field.locator("option", has_text=re.compile(f"^{start}"))
    field.select_option(option.text_content())


def test_the_main_job_from_raising_a_case_to_closing_it(office: Office, post: PostOffice) -> None:
    """S1, S2, S5, S27, S28, S44, S64, S65, S78, B2, B8, B18, B20, B28, B31, B34."""
    grace, joe, fatima = (office.person(name) for name in ("grace.okafor", "joe.wilkins", "fatima.noor"))
    for surveyor in (joe, fatima):
        loaded(surveyor, "/my-work?view=claim")
    reference = _raise_case(grace)

    _create(grace, reference)
    _claim(joe, fatima, reference)
    _complete(joe, grace, reference)
    _cancel_second(grace, reference)
    _close(grace, joe, reference)

    expect(grace.get_by_text(f"Case {reference} closed").first).to_be_visible()
    _until(lambda: _is_mailed(post))
    assert "The landlord did it." not in "".join(mail.content.decode() for mail in post.mails)


def _claim(joe: Page, fatima: Page, reference: str) -> None:
    """The new task appears on both pages by itself; one claims it, the other sees who has it."""
    joe.get_by_role("button", name=re.compile("updates? - show")).click()
    fatima.get_by_role("button", name=re.compile("updates? - show")).click()
    expect(fatima.get_by_role("button", name=f"Claim task {reference}/3, Measure the pane", exact=True)).to_be_visible()
    joe.get_by_role("button", name=f"Claim task {reference}/3, Measure the pane", exact=True).click()
    expect(joe.get_by_text(f"You claimed task {reference}/3")).to_be_visible()
    expect(fatima.get_by_text("Claimed by Joe Wilkins")).to_be_visible()


def _complete(joe: Page, grace: Page, reference: str) -> None:
    """The assignee completes the task; the case manager sees it closed without reloading."""
    row = grace.get_by_role("row").filter(has_text="Measure the pane")
    expect(row).to_contain_text("Joe Wilkins")
    loaded(joe, f"/cases/{reference}/tasks/3")
    joe.get_by_role("group", name="Outcome").get_by_label("No repair needed").check()
    joe.get_by_label("Note for the case manager").fill("80 by 120.")
    joe.get_by_role("button", name=re.compile("^Complete task")).click()
    expect(row).to_contain_text("Closed")
    expect(grace.get_by_text("Changed just now").first).to_be_visible()


def _cancel_second(grace: Page, reference: str) -> None:
    """Cancel another task with a reason; it is in the history as a private note."""
    grace.get_by_role("link", name=re.compile("^Cancel task 2")).click()
    dialog = grace.get_by_role("dialog")
    dialog.get_by_label("No longer needed").check()
    dialog.get_by_label(re.compile("More about the reason")).fill("The landlord did it.")
    dialog.get_by_role("button", name="Cancel task").click()
    expect(grace.get_by_text("Task 2 cancelled.", exact=True)).to_be_visible()
    loaded(grace, f"/cases/{reference}/history")
    note = grace.get_by_role("listitem").filter(has_text="The landlord did it.").last
    expect(note).to_contain_text("Private note")


def _close(grace: Page, joe: Page, reference: str) -> None:
    """The checklist names what is left, unlocks itself when it is done, and the case is closed."""
    loaded(grace, f"/cases/{reference}/close")
    expect(grace.get_by_text("You cannot close this case yet")).to_be_visible()
    loaded(joe, f"/cases/{reference}/tasks/1")
    joe.get_by_role("button", name=re.compile("^Claim")).click()
    joe.get_by_role("group", name="Outcome").get_by_label("Made safe").check()
    joe.get_by_role("button", name=re.compile("^Complete task")).click()
    expect(grace.get_by_text("Nothing is left. You can close this case now.").first).to_be_visible()
    grace.get_by_label("Outcome").select_option("Repaired")
    grace.get_by_label("Note").fill("New pane fitted.")
    grace.get_by_role("button", name="Close case").click()


def _is_mailed(post: PostOffice) -> bool:
    """Whether the team was mailed about its tasks, and the case manager when nothing was left to do."""
    subjects = [str(mail.message["Subject"]) for mail in post.mails]
    return all(any(each.startswith(start) for each in subjects) for start in ("New task for Building surveyors", "All tasks"))


def _until(holds: Callable[[], bool]) -> None:
    """Wait for what arrives outside the browser, for 20 seconds at most."""
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)
