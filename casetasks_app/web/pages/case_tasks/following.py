"""How the tasks tab takes in what others change: rows where they stand, the rest behind the pill."""

from dataclasses import dataclass
from typing import Any

from casetasks_app import clock
from casetasks_app.cases import tasks_tab
from casetasks_app.cases.tasks_tab import TasksTab
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.live import hub, topics
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import picked
from casetasks_app.web import changes, messages
from casetasks_app.web.pages.case_tasks import arranging, rows
from casetasks_app.web.pages.case_tasks.rows import ShownTask
from casetasks_app.web.ui.case_frame import CaseBar
from casetasks_app.web.ui.case_state import case_bar_of

MARKED_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The tab as one person sees it, put into words once for all the pages on which they have it open."""

    tab: TasksTab
    rows: tuple[ShownTask, ...]
    bar: CaseBar
    summary: str


def seen(tab: TasksTab) -> Seen:
    """Put a tab into words."""
    shown = tuple(rows.shown(each, tab.needed.types) for each in tab.tasks)
    return Seen(tab, shown, case_bar_of(tab.header), rows.summary(shown))


async def read(reference: str, actor: Actor) -> TasksTab:
    """Read the tab of a case; raises NotFound."""
    return await unit_of_work.ask(tasks_tab.tab, reference=reference, actor=actor, now=clock.now())


async def read_together(case_id: int, reference: str, actor: Actor) -> Seen:
    """Read the tab once for all pages on which the same person looks at it; raises NotFound."""

    async def load() -> Seen:
        return seen(await read(reference, actor))

    return await hub.shared([topics.case(case_id)], ("tasks", reference, actor), load)


def take_in(state: Any, fresh: Seen) -> None:  # noqa: ANN401  the state of the tab, which imports this module
    """Change rows where they stand; count those that would appear, leave or move."""
    now, found = clock.now().timestamp(), fresh.tab
    state._say_around(found)  # noqa: SLF001
    match = arranging.numbers_of(picked.matching(found.tasks, state._asked.choice))  # noqa: SLF001
    still_open, changed = rows.merged(changes.plain(state.open_tasks), fresh.rows, match)
    over, changed_over = rows.merged(changes.plain(state.over_tasks), fresh.rows, match)
    new = len(match - state._known)  # noqa: SLF001
    if state._is_selecting:  # noqa: SLF001  what is ticked must stay what it is
        held = new + len(changed | changed_over)
        state.pill = messages.updates_pill(held) if held else state.pill
        return
    marks = {number: at for number, at in state._marked if now - at < MARKED_SECONDS}  # noqa: SLF001
    marks |= dict.fromkeys(changed | changed_over, now)
    added, state._added, state._marked = max(0, new - state._added), new, tuple(marks.items())  # noqa: SLF001
    waiting = new + sum(bool(each.gone) for each in (*still_open, *over))
    changes.put(
        state,
        changed=state.changed + len(changed | changed_over),
        open_tasks=rows.marked(still_open, marks),
        over_tasks=rows.marked(over, marks),
        added=state.added + added,
        pill=messages.updates_pill(waiting) if waiting else "",
        bar=fresh.bar,
        summary=fresh.summary,
    )
