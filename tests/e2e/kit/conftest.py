"""Builds the kit's site when the kit or the site has changed, serves it, and opens a browser on it."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from casetasks_app.cli import build, bundle, place, server
from tests import machine

SITE = Path(__file__).parent / "site"
WORK = place.CACHE / "kit-site"
SOURCES = ("casetasks_app/web/ui", "casetasks_app/web/shell.py", "casetasks_app/web/messages.py", "assets", "tests/e2e/kit/site")


def bring_up_to_date() -> None:
    stamp = WORK / "built-from"
    wanted = build.fingerprint(place.ROOT, SOURCES)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    for name, origin in (("kitsite", SITE / "kitsite"), ("assets", place.ROOT / "assets"), ("reflex.lock", place.ROOT / "reflex.lock")):
        shutil.rmtree(WORK / name, ignore_errors=True)
        shutil.copytree(origin, WORK / name)
    shutil.copy(SITE / "rxconfig.py", WORK)
    build._export(WORK, WORK / "build.log")
    bundle.open_to_any_address(WORK / ".web" / "build" / "client")
    stamp.write_text(wanted)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the site; its address."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PYTHONPATH", str(place.ROOT))
    WORK.mkdir(parents=True, exist_ok=True)
    bring_up_to_date()
    port = server.free_port()
    words = [word if word != server.APPLICATION else "kitsite.kitsite:app" for word in server.command("127.0.0.1", port)]
    environment = server.environment(port, {"REFLEX_WEB_WORKDIR": str(WORK / ".web")})
    with (WORK / "server.log").open("wb") as log:
        process = subprocess.Popen(words, cwd=WORK, env=environment, stdout=log, stderr=log)
    try:
        server.wait_until_answering(process, port, seconds=90)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
        patch.undo()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open Chromium: Playwright's own, or Debian's where that could not be fetched."""
    with sync_playwright() as playwright:
        program = machine.chromium_of(playwright)
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a window of a usual size."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as opened:
        yield opened


@pytest.fixture
def visit(context: BrowserContext, site: str) -> Callable[[str], Page]:
    """Return a function that opens a page of the site and waits until it is alive."""

    def go(path: str) -> Page:
        page = context.new_page()
        page.goto(site + path)
        page.get_by_text("Priya Shah", exact=True).first.wait_for(state="attached")
        page.locator(".ct-skeleton").first.wait_for(state="detached")
        return page

    return go
