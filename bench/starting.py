"""Starting up: how long it takes, how much memory it needs, what the first page weighs, what loading the plugins costs."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench import office, server
from bench.rows import Row
from casetasks_app.cli import build
from casetasks_app.cli.server import APPLICATION

STARTS = 5
_PLUGINS = """
import time
started = time.perf_counter()
from casetasks_app.process import installed
imported = time.perf_counter()
installed.load()
print(time.perf_counter() - imported)
"""


def starts(folder: Path) -> Iterator[Row]:
    """Measure start-up and memory at rest of the product as it is installed."""
    with office.database(folder):
        office.fill(office.TASKS_A_CASE)
    seconds: list[float] = []
    resting = 0
    for _ in range(STARTS):
        with server.running(folder, APPLICATION) as running:
            seconds.append(running.seconds_to_start)
            resting = running.memory()
    yield Row("start-up to the first answer", median(seconds), "s", 3, "1–3 s")
    yield Row("memory at rest", resting / 1e6, "MB", 71, "91 MB, Reflex with one tab")


def plugins(folder: Path) -> Iterator[Row]:
    """Measure loading and checking the bundled plugins in a process that never did it before."""
    environment = {"CASETASKS_DATA_DIR": str(folder), "PYTHONPATH": str(Path.cwd())}
    found = [
        float(subprocess.run([sys.executable, "-c", _PLUGINS], env=environment, capture_output=True, text=True, check=True).stdout)
        for _ in range(STARTS)
    ]
    yield Row("plugins: load and check, cold", median(found) * 1000, "ms", 500)


def first_page(folder: Path) -> Iterator[Row]:
    """Weigh what a browser fetches for its first page, as a browser that understands brotli gets it."""
    if not build.is_current():
        build.ensure_built()
    with office.database(folder):
        office.fill(office.TASKS_A_CASE)
    with server.running(folder, with_front_end=True) as running:
        cookie = running.sign_in(office.officer_email())
        script = sum(_weight(running, path, cookie) for path in _needed(running, cookie) if path.endswith(".js"))
        style = sum(_weight(running, path, cookie) for path in _needed(running, cookie) if path.endswith(".css"))
    yield Row("first page, JavaScript", script / 1000, "KB", floor="161–174 KB", note="transferred, brotli")
    yield Row("first page, CSS", style / 1000, "KB", floor="4 KB", note="transferred, brotli")


def _needed(running: server.Running, cookie: str) -> list[str]:
    """Return the scripts and styles that the page names and that these import without being asked."""
    answer, page = running.get("/my-work/", cookie=cookie)
    assert answer.status == 200, answer.status
    found = list(dict.fromkeys(re.findall(r'"(/assets/[^"]+\.(?:js|css))"', page.decode())))
    for path in found:
        if path.endswith(".js"):
            _, body = running.get(path, cookie=cookie)
            found += [each for each in _imports(path, body.decode()) if each not in found]
    return found


def _imports(path: str, script: str) -> list[str]:
    folder = path.rpartition("/")[0]
    names = re.findall(r'(?:\bfrom|\bimport)\s*["`\'](\./[^"`\']+\.js)["`\']', script)
    return [f"{folder}/{name.removeprefix('./')}" for name in names]


def _weight(running: server.Running, path: str, cookie: str) -> int:
    answer, body = running.get(path, cookie=cookie, accept_encoding="br, gzip")
    assert answer.status == 200, path
    return len(body)
