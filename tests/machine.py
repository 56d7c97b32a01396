"""What this machine has for the tests: `python -m tests.machine browser` says where, or fails."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests import databases

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_OPTIONS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Return the path of Playwright's own Chromium, else of the system's, else None."""
    with sync_playwright() as playwright:
        return chromium_of(playwright)


def chromium_of(playwright: Playwright) -> str | None:
    """Return the same, where Playwright runs already."""
    own = playwright.chromium.executable_path
    if Path(own).is_file():
        return own
    return next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)


def main(wanted: str) -> int:
    """Print where the browser or PostgreSQL is; 1 if it is nowhere."""
    found = chromium() if wanted == "browser" else databases.postgres_programs()
    print(found or f"no {wanted} on this machine")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
