"""The demo organisation in the real product, and people who sign in to it; for every screen's tests."""

import atexit
import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from casetasks_app import clock
from casetasks_app.cli import place
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import service
from casetasks_app.settings import Settings
from casetasks_app.web.gate_settings import cookie_name
from tests import machine
from tests.integration.conftest import use_database
from tests.server import Running, running

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COOKIE = cookie_name(Settings())
COVERED = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return [...document.querySelectorAll(".ct-options, .ct-menu[open] > .ct-menu-panel")].some((panel) => {
    const over = panel.getBoundingClientRect();
    const isBeside = over.left >= box.right || over.right <= box.left || over.top >= box.bottom || over.bottom <= box.top;
    return !panel.querySelector(selector) && !isBeside;
  });
}"""


@dataclass
class Office:
    """A running demo and a browser on it."""

    url: str
    browser: Browser
    server: Running
    data_dir: Path

    def person(self, name: str, *, scheme: str = "light", width: int = 1280) -> Page:
        """Return a window of somebody who has just signed in, such as `tom.ellis`.

        Their sign-in is written into the database: a password takes long to check, and test_sign_in.py uses the page.
        """
        page = self.stranger(scheme=scheme, width=width)
        page.context.add_cookies([{"name": COOKIE, "value": self._signed_in(f"{name}@example.org"), "url": self.url, "httpOnly": True}])
        page.goto("/")
        page.wait_for_url(lambda address: "/sign-in" not in address)
        return page

    def stranger(self, *, scheme: str = "light", width: int = 1280) -> Page:
        """Return an empty window of somebody who has not signed in."""
        size = {"width": width, "height": 900}
        context = self.browser.new_context(viewport=size, color_scheme=scheme, base_url=self.url)  # pyright: ignore[reportArgumentType]
        return context.new_page()

    def _signed_in(self, email: str) -> str:
        with use_database("", self.data_dir), unit_of_work() as session:
            person = service.person_by_email(session, email=email)
            return service.open_sign_in(session, person_id=person.id or 0, browser=service.Browser(), now=clock.now()).token


@contextlib.contextmanager
def demo_office(data_dir: Path, **variables: str) -> Generator[Office]:
    """Run the demo on a free port with its own data, and open a browser; `variables` are further CASETASKS_… settings."""
    shutil.copytree(_demo_data(), data_dir, dirs_exist_ok=True)
    with running(data_dir, **variables) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=machine.chromium_of(playwright), args=["--no-sandbox", *machine.BROWSER_OPTIONS]
        )
        yield Office(server.url, browser, server, data_dir)
        browser.close()


@lru_cache(maxsize=1)
def _demo_data() -> Path:
    """Load the demo once for this test process; each office gets a copy."""
    folder = Path(tempfile.mkdtemp(prefix="casetasks-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    command = [sys.executable, "-m", "casetasks_app", "demo"]
    environment = place.environment({"CASETASKS_DATA_DIR": str(folder)})
    subprocess.run(command, cwd=place.ROOT, env=environment, check=True, capture_output=True, timeout=120)
    return folder


def loaded(page: Page, address: str) -> Page:
    """Open an address and wait until its content stands there."""
    page.goto(address)
    page.locator("main h1").wait_for()
    page.locator(".ct-skeleton").first.wait_for(state="detached")
    return page


def accessibility_problems(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds, and "overflow" when the page scrolls sideways.

    A control that an open list or menu covers in part is no target until that is shut, however little of it is in sight.
    """
    # Not wait_for_function: asking again would need eval, which the product's own policy forbids.
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished)).then(() => true)")
    found = Axe().run(page, options=RULES).response["violations"]
    problems = [(each["id"], [node["html"] for node in each["nodes"] if not _is_covered(page, each["id"], node)]) for each in found]
    problems = [(name, nodes) for name, nodes in problems if nodes]
    is_too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*problems, *([("overflow", [page.url])] if is_too_wide else [])]


def _is_covered(page: Page, rule: str, node: dict[str, Any]) -> bool:
    """Tell whether an open list or menu lies over a control that is said to be too small."""
    return rule == "target-size" and page.evaluate(COVERED, node["target"][0])
