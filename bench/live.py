"""What one person changes, the others see: how long until the last open page has it, and what an open page costs."""

import select
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import office
from bench.browser import Page
from bench.events import CLIENTS, TAB
from bench.rows import Row, p50_and_p95
from bench.server import Running, running

PAGES = (1, 50, 200)
ROUNDS = 12
FLOORS = {1: "11 ms", 50: "27 ms", 200: "88 ms"}
PATH = "/cases/HSG-90/tasks"


def pushes(folder: Path) -> Iterator[Row]:
    """Measure with 1, 50 and 200 pages that show the tasks of the same case."""
    with office.database(folder):
        here = office.fill(1_000)
    with running(folder) as server, ExitStack() as stack:
        cookies = [server.sign_in(office.manager_email(number)) for number in range(CLIENTS)]
        actor = opened(server, server.sign_in(office.officer_email()), stack)
        resting, pages = server.memory(), list[Page]()
        for count in PAGES:
            started = time.perf_counter()
            pages += [opened(server, cookies[number % CLIENTS], stack) for number in range(len(pages), count)]
            if count == PAGES[-1]:
                yield Row(f"open {count - PAGES[-2]} more pages one by one", time.perf_counter() - started, "s")
            yield from _rounds(actor, pages, here.first_task)
        yield Row("memory of an open page", (server.memory() - resting) / len(pages) / 1000, "KB", floor="140–210 KB")
        yield Row(f"memory with {len(pages)} open pages", server.memory() / 1e6, "MB", floor="135 MB")


def opened(server: Running, cookie: str, stack: ExitStack) -> Page:
    """Open the tasks tab and close it with the stack."""
    page = Page(server, cookie, PATH)
    stack.callback(page.leave)
    page.open(TAB)
    return page


def _rounds(actor: Page, pages: Sequence[Page], task_id: int) -> Iterator[Row]:
    seen: list[float] = []
    last: list[float] = []
    for number in range(ROUNDS):
        settle([actor, *pages])
        started = time.perf_counter()
        actor.send(f"{TAB}.{'release' if number % 2 else 'claim'}", {"task_id": task_id}, path=PATH)
        arrived = arrivals(pages, started)
        seen += arrived
        last.append(max(arrived))
    name = f"another's change on {len(pages)} open page{'s' if len(pages) > 1 else ''}"
    yield from p50_and_p95(name, seen)
    yield Row(f"{name}, on the last, worst of {ROUNDS}", max(last) * 1000, "ms", 1000, FLOORS[len(pages)], note="floor is p95")


def settle(pages: Sequence[Page]) -> None:
    """Read whatever is on its way until nothing came for a moment longer than pages are held back."""
    by_socket = {page.socket.fileno(): page for page in pages}
    while ready := select.select(list(by_socket), [], [], 0.4)[0]:
        for number in ready:
            by_socket[number]._receive(1)  # noqa: SLF001  the tab's own reading
    for page in pages:
        page.frames.clear()


def arrivals(pages: Sequence[Page], started: float) -> list[float]:
    """Return after how many seconds each page was sent other tasks than before."""
    waiting, found = {page.socket.fileno(): page for page in pages}, list[float]()
    while waiting:
        ready = select.select(list(waiting), [], [], 20)[0]
        assert ready, f"{len(waiting)} pages were not told"
        for number in ready:
            waiting[number]._receive(1)  # noqa: SLF001
            if waiting[number].has_changed(TAB, "open_tasks"):
                found.append(time.perf_counter() - started)
                del waiting[number]
    return found
