"""A site visit in the browser with three people: case manager, site officer, and a surveyor who signs off."""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded

TASKS = "/cases/BLD-1001/tasks"
VISIT = f"{TASKS}/7"
NAME = "Inspect the new stairs"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Run the demo organisation once for these tests."""
    with demo_office(tmp_path_factory.mktemp("visit")) as opened:
        yield opened


@pytest.fixture(scope="module")
def marcus(office: Office) -> Page:
    """Sign in as the case manager."""
    return office.person("marcus.bell")


@pytest.fixture(scope="module")
def tom(office: Office) -> Page:
    """Sign in as the site officer."""
    return office.person("tom.ellis")


@pytest.fixture(scope="module")
def fatima(office: Office) -> Page:
    """Sign in as a surveyor."""
    return office.person("fatima.noor")


def complete(page: Page) -> None:
    """Press the button that completes the step."""
    page.get_by_role("button", name=re.compile("^Complete")).click()


def claim(page: Page) -> None:
    """Open the task and claim its step."""
    loaded(page, VISIT)
    page.get_by_role("button", name=f"Claim task 7, {NAME}").click()
    expect(page.get_by_role("region", name="Your answer")).to_be_visible()


def at_step(page: Page, title: str) -> None:
    """Wait until this step of the process is to be done here."""
    expect(page.get_by_text(re.compile(f"^Step .* of the process: {title}$"))).to_be_visible()


def view_of(page: Page) -> Locator:
    """Find what View shows."""
    return page.get_by_role("region", name="As it stands now")


def a_photo(folder: Path) -> Path:
    """Write a small real picture."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"".join(b"\x00" + b"\x6b\x8e\x23" * 16 for _ in range(16)))
    picture = folder / "stairs.png"
    head = part(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0))
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", pixels) + part(b"IEND", b""))
    return picture


def test_the_manager_asks_for_an_inspection_of_the_site_officers(marcus: Page):
    """S1, S8, S29, S41, B4."""
    loaded(marcus, TASKS)
    marcus.get_by_role("link", name="Create task", exact=True).click()
    dialog = marcus.get_by_role("dialog", name="Create a task on BLD-1001")
    kind = dialog.get_by_label("Task type", exact=True)
    kind.select_option(kind.locator("option", has_text=re.compile("^Inspection on site")).text_content())
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_role("heading", name="Who should do this task?")).to_be_focused()
    dialog.get_by_label(re.compile("^Anyone in Site officers")).check()
    dialog.get_by_role("button", name="Continue").click()
    dialog.get_by_label("Task name (optional)").fill(NAME)
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_role("heading", name="When should it be done?")).to_be_focused()
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_role("heading", name="Check and create the task")).to_be_focused()
    dialog.get_by_role("button", name="Create task", exact=True).click()

    expect(marcus.get_by_text("Task 7 created: Inspection on site")).to_be_visible()


def test_the_officer_schedules_finds_nobody_and_schedules_again(tom: Page):
    """S9, S25, S42, B20: the page goes on from step to step, and View changes with each."""
    claim(tom)
    at_step(tom, "Schedule the visit")
    assert accessibility_problems(tom) == []
    tom.get_by_label("Date and time of the visit").fill("2041-05-14T09:30")
    tom.get_by_label("Where do you meet? (optional)").fill("Front door")
    complete(tom)

    at_step(tom, "Visit")
    expect(view_of(tom).get_by_text("Tuesday 14 May 2041, 09:30")).to_be_visible()
    tom.get_by_role("group", name="Did you get in?").get_by_label("No access; schedule again").check()
    expect(tom.get_by_label("Whom did you meet? (optional)")).to_have_count(0)
    tom.get_by_label("What was in the way?").fill("The yard was locked.")
    complete(tom)

    at_step(tom, "Schedule the visit")
    expect(view_of(tom).get_by_text("The yard was locked.")).to_be_visible()
    expect(tom.get_by_label("Where do you meet? (optional)")).to_have_value("Front door")
    tom.get_by_label("Date and time of the visit").fill("2041-05-16T14:00")
    complete(tom)
    at_step(tom, "Visit")


def test_the_report_has_a_checklist_and_photos(tom: Page, tmp_path: Path):
    """S8, B19: everything that is missing is said at once; the photo is uploaded while the form is open."""
    expect(tom.get_by_role("radio", name="No access; schedule again")).not_to_be_checked()
    tom.get_by_role("radio", name="Yes, I was there").check()
    tom.get_by_label("Whom did you meet? (optional)").fill("Mr Lowe")
    complete(tom)
    at_step(tom, "Report")
    complete(tom)
    expect(tom.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    expect(tom.get_by_role("link", name="Enter what you found.")).to_be_visible()
    assert accessibility_problems(tom) == []

    tom.get_by_label("What did you find?").fill("The stairs have one handrail.")
    for point, answer in (("Foundations as drawn", "Yes"), ("Damp proof course in place", "Yes"), ("Fire doors fitted", "No")):
        tom.get_by_role("group", name=point).get_by_label(answer, exact=True).check()
    for point in ("Insulation as specified", "Site is safe for neighbours"):
        tom.get_by_role("group", name=point).get_by_label("Not applicable", exact=True).check()
    tom.locator("input[type=file]").set_input_files(a_photo(tmp_path))
    expect(tom.get_by_role("button", name="Remove stairs.png")).to_be_visible()
    complete(tom)

    tom.wait_for_url("**/my-work")


def test_the_surveyors_return_the_report_and_the_officer_writes_it_again(tom: Page, fatima: Page):
    """S3, S9, B20: another team has the step now; the report begins with what was in it."""
    claim(fatima)
    at_step(fatima, "Sign off")
    expect(view_of(fatima).get_by_text("Waiting to be signed off")).to_be_visible()
    fatima.get_by_role("radio", name="Return the report").check()
    fatima.get_by_label("What has to be changed?").fill("Which handrail is missing?")
    complete(fatima)
    fatima.wait_for_url("**/my-work")

    loaded(tom, VISIT)
    at_step(tom, "Report")
    expect(view_of(tom).get_by_text("Which handrail is missing?")).to_be_visible()
    found = tom.get_by_label("What did you find?")
    expect(found).to_have_value("The stairs have one handrail.")
    expect(tom.get_by_role("group", name="Fire doors fitted").get_by_label("No", exact=True)).to_be_checked()
    found.fill("The stairs have no handrail on the left.")
    complete(tom)
    tom.wait_for_url("**/my-work")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_report_reads_well_for_the_surveyor(office: Office, scheme: str, width: int):
    """S25, S26: appointment, checklist with every no first, photos; the process is drawn and told in words."""
    page = loaded(office.person("fatima.noor", scheme=scheme, width=width), VISIT)
    view = view_of(page)
    expect(view.get_by_text("Thursday 16 May 2041, 14:00")).to_be_visible()

    points = view.get_by_role("listitem").filter(has_text=re.compile(": (Yes|No|Not applicable)"))
    expect(points.first).to_contain_text("Fire doors fitted: No")
    expect(view.get_by_role("link", name="Open stairs.png in a new tab")).to_be_visible()
    steps = page.get_by_role("region", name="The process of this task").get_by_role("listitem")
    expect(steps).to_have_text(["Schedule the visit: done twice", "Visit: done twice", "Report: done twice", "Sign off: done, open now"])
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.context.close()


def test_signed_off_the_task_is_closed_for_everybody(marcus: Page, fatima: Page):
    """S5, S19, B20: the manager's open page says so by itself."""
    loaded(marcus, VISIT)
    claim(fatima)
    expect(fatima.get_by_role("radio", name="Return the report")).not_to_be_checked()
    fatima.get_by_role("radio", name="Sign off").check()
    complete(fatima)
    fatima.wait_for_url("**/my-work")

    expect(marcus.get_by_text(re.compile("^Closed by Fatima Noor, today"))).to_be_visible()
    expect(view_of(marcus).get_by_text("Signed off", exact=True)).to_be_visible()
    expect(view_of(marcus).get_by_text("The stairs have no handrail on the left.")).to_be_visible()
