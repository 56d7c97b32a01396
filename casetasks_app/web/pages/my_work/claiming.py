"""What is said and shown in My work when one has claimed a task."""

from dataclasses import replace
from typing import Any

from casetasks_app.web import notices
from casetasks_app.web.pages.my_work import shown, texts
from casetasks_app.web.ui.alerts import NoticeLink


async def claimed(state: Any, task_id: int, reference: str = "", href: str = "") -> None:  # noqa: ANN401  the page's state, which imports this module
    """Say what was claimed, and leave its row where it is."""
    merged = state._merged  # noqa: SLF001
    row = next((row for row in merged.rows if row.key == task_id), None)
    if row:
        rows = tuple(replace(row, gone=texts.CLAIMED_BY_YOU) if each is row else each for each in merged.rows)
        state._merged, state.groups = merged._replace(rows=rows), shown.groups_of(rows)  # noqa: SLF001
    name, where = (row.reference, row.href) if row else (reference, href)
    await notices.say(state, f"You claimed task {name}.", texts.IN_MY_WORK, links=[NoticeLink(texts.OPEN_TASK, where)])
