"""What a person waits for: from an event sent to the answer received, through the real server, among 100,000 open tasks."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bench import office
from bench.browser import SHELL, Page
from bench.office import Office
from bench.rows import Row, p50_and_p95, processor_time
from bench.server import Running, processes_of, running
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from casetasks_app.web.pages.case_tasks.state import CaseTasks
from casetasks_app.web.pages.my_work.state import MyWork
from casetasks_app.web.pages.task.state import TaskView

TASKS = 100_000
ROUNDS = 40
CLIENTS = 8
CLAIMS_EACH = 30
LIST, TASK, TAB, DIALOG = (state.get_full_name() for state in (MyWork, TaskView, CaseTasks, Creation))
CLAIMABLE = "/my-work?view=claim"


def round_trips(folder: Path) -> Iterator[Row]:
    """Measure lists, pages, claims and creations, alone and eight at once."""
    with office.database(folder):
        here = office.fill(TASKS)
    with running(folder) as server:
        officers = [server.sign_in(office.officer_email(number)) for number in range(CLIENTS)]
        managers = [server.sign_in(office.manager_email(number)) for number in range(office.MANAGERS)]
        yield from _pages(server, officers[0], managers[0])
        yield from _claims(server, officers, here)
        yield from _creations(server, managers)


def _pages(server: Running, officer: str, manager: str) -> Iterator[Row]:
    places = [
        ("list of 25 by target of 100,000", officer, CLAIMABLE, LIST, 55),
        ("one task's page", officer, f"/cases/{_case(0)}/tasks/1", TASK, 26),
        ("tasks tab of a case", manager, f"/cases/{_case(0)}/tasks", TAB, None),
    ]
    for name, cookie, path, state, bar in places:
        page = Page(server, cookie, path)
        page.open(state)
        page.calm_down()
        yield from p50_and_p95(name, [_again(page, state) for _ in range(ROUNDS)], bar=bar)
        page.leave()


def _again(page: Page, state: str) -> float:
    page.state.clear()
    return page.open(state)


def _claims(server: Running, officers: Sequence[str], here: Office) -> Iterator[Row]:
    ids = iter(range(here.first_task + 5_000, here.first_task + here.tasks))
    with ExitStack() as stack:
        pages = [Page(server, cookie, CLAIMABLE) for cookie in officers]
        for page in pages:
            stack.callback(page.leave)
            page.open(LIST)
            page.calm_down()
        times = []
        for _ in range(ROUNDS):
            times.append(_claim(pages[0], next(ids)))
            pages[0].calm_down()
        yield from p50_and_p95("claim", times, bar=7.6, floor="0.5–0.7 ms, an event that does nothing")
        shares = [(page, [next(ids) for _ in range(CLAIMS_EACH)]) for page in pages]
        works = [lambda page=page, mine=mine: [_claim(page, each) for each in mine] for page, mine in shares]
        yield from _together(server, "claims", works, 234)


def _claim(page: Page, task_id: int) -> float:
    return page.timed(f"{LIST}.claim", {"task_id": task_id}, lambda tab: tab.has_changed(SHELL, "notice"))


def _creations(server: Running, managers: Sequence[str]) -> Iterator[Row]:
    """Each dialog is opened first, by a manager of its own; what is timed is the last press, from Create now to the answer."""
    opened: list[float] = []
    with ExitStack() as stack:
        pages = [_dialog(server, cookie, number, opened, stack) for number, cookie in enumerate(managers)]
        dialogs = [pages[who :: CLIENTS + 1] for who in range(CLIENTS + 1)]
        yield from p50_and_p95("open the creation dialog", opened)
        alone = [_create(page) for page in dialogs[0]]
        yield from p50_and_p95("create a task", alone, bar=12)
        yield from _together(server, "creations", [lambda mine=mine: [_create(page) for page in mine] for mine in dialogs[1:]], 174)


def _dialog(server: Running, cookie: str, case: int, opened: list[float], stack: ExitStack) -> Page:
    page = Page(server, cookie, f"/cases/{_case(case)}/tasks?new=type")
    stack.callback(page.leave)
    page.open(TAB)
    started = time.perf_counter()
    assert page.until(lambda tab: tab.var(DIALOG, "is_open"), 20), page.everything()[-3000:]
    opened.append(time.perf_counter() - started)
    return page


def _create(page: Page) -> float:
    return page.timed(f"{DIALOG}.create", {"how": "now"}, lambda tab: tab.has_changed(DIALOG, "seq"))


def _together(server: Running, what: str, works: Sequence[Callable[[], list[float]]], bar: float) -> Iterator[Row]:
    with ThreadPoolExecutor(len(works)) as pool, processor_time(lambda: processes_of(server)) as used:
        started = time.perf_counter()
        times = [each for future in [pool.submit(work) for work in works] for each in future.result()]
        seconds = time.perf_counter() - started
    note = f"{len(times)} by {len(works)} clients at once, server {used[0] / len(times) * 1000:.1f} ms of processor each"
    yield Row(f"{what} a second", len(times) / seconds, "/s", bar, more_is_better=True, note=note)


def _case(number: int) -> str:
    return f"HSG-9{number}"
