"""My work in a browser: the race for a task, a list that does not move, the keyboard, every view with axe."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.e2e.office import Office, accessibility_problems, demo_office, loaded

JOE, FATIMA, GRACE, SAM = "joe.wilkins", "fatima.noor", "grace.okafor", "sam.turner"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with demo_office(Path(tmp_path_factory.mktemp("my-work"))) as one:
        yield one


def listening_when_told(page: Page) -> Callable[[bool], None]:
    """Hold back what the server says to the page: the moment before a change has reached everybody."""
    deaf: list[bool] = []
    held: list[Callable[[], None]] = []

    def stand_between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda message: held.append(lambda: socket.send(message)) if deaf else socket.send(message))

    page.route_web_socket(re.compile("/_event/"), stand_between)

    def hears(again: bool) -> None:
        if not again:
            deaf.append(True)
            return
        deaf.clear()
        for say in held:
            say()

    return hears


def claim_button(page: Page, reference: str) -> Locator:
    return page.get_by_role("button", name=f"Claim task {reference}, ")


def row_of(page: Page, reference: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=f"{reference} "))


def test_of_two_people_one_claims_and_the_other_is_told_who_won(office: Office):
    """B17, B18, S42."""
    joe, fatima = office.person(JOE), office.person(FATIMA)
    hears = listening_when_told(joe)
    loaded(joe, "/my-work?view=claim")
    loaded(fatima, "/my-work?view=claim")
    claim_button(joe, "HSG-1003/1").wait_for()
    hears(False)

    claim_button(fatima, "HSG-1003/1").click()
    expect(fatima.get_by_text("You claimed task HSG-1003/1.").first).to_be_focused()
    expect(fatima.get_by_role("link", name="My work, 1 open task")).to_be_visible()
    claim_button(joe, "HSG-1003/1").click()
    hears(True)

    lost = row_of(joe, "HSG-1003/1")
    expect(lost.get_by_text(re.compile(r"Fatima Noor claimed this task at \d\d:\d\d, just before you\."))).to_be_visible()
    assert accessibility_problems(joe) == []
    lost.get_by_role("button", name="Claim the next one", exact=True).click()
    expect(joe.get_by_text("You claimed task HSG-1003/2.").first).to_be_focused()
    expect(row_of(joe, "HSG-1003/2").get_by_text("Claimed by you")).to_be_visible()
    expect(joe.get_by_role("link", name="My work, 2 open tasks")).to_be_visible()


def test_what_others_take_waits_behind_the_pill(office: Office):
    """B17."""
    joe, fatima = office.person(JOE), office.person(FATIMA)
    loaded(joe, "/my-work?view=claim")
    loaded(fatima, "/my-work?view=claim")

    claim_button(fatima, "HSG-1001/2").click()

    expect(row_of(joe, "HSG-1001/2").get_by_text("Claimed by Fatima Noor")).to_be_visible()
    expect(claim_button(joe, "HSG-1001/2")).to_have_count(0)
    joe.get_by_role("button", name="1 update - show", exact=True).click()
    expect(joe.get_by_text("Nothing to claim in Building surveyors.")).to_be_visible()


def test_the_list_is_walked_and_opened_by_keyboard_and_back_returns_to_the_row(office: Office):
    """X10, 2.0.10 of the screens."""
    page = loaded(office.person(GRACE), "/my-work?view=created")
    links = page.locator("a[data-row-link]")
    links.first.focus()

    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    address = links.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    page.go_back()

    expect(page.locator(f"a[data-row-link][href='{address}']")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_and_its_empty_state_is_accessible(office: Office, scheme: str):
    """X2, X6, X16: groups, contrast in both modes, titles."""
    found: dict[str, object] = {}
    for name, view in ((JOE, ""), (GRACE, "created"), (JOE, "claim"), (JOE, "done"), (SAM, "claim")):
        page = loaded(office.person(name, scheme=scheme), f"/my-work?view={view}")
        expect(page.get_by_role("navigation", name="My work views")).to_be_visible()
        found[f"{name} {view}"] = accessibility_problems(page)
        page.context.close()

    assert {key: problems for key, problems in found.items() if problems} == {}


def test_on_a_small_screen_rows_are_cards_and_nothing_scrolls_sideways(office: Office):
    """X7."""
    page = loaded(office.person(JOE, width=320), "/my-work")

    expect(page.get_by_role("row").nth(1)).to_be_visible()
    assert accessibility_problems(page) == []
