"""Bringing the rows of My work up to date without moving any."""

from collections.abc import Mapping
from dataclasses import replace

from casetasks_app import clock
from casetasks_app.tasks.queries.my_work import View, Work
from casetasks_app.web.pages.my_work import shown, texts
from casetasks_app.web.pages.my_work.shown import WorkRow
from casetasks_app.web.ui.list_address import Asked
from casetasks_app.web.ui.live_rows import Merged, merge


def merged(before: Merged[WorkRow], work: Work, asked: Asked, *, me: str, lost: Mapping[int, str]) -> Merged[WorkRow]:
    """Return the rows that stood there as they are now; `lost` says of some who was first when I tried to claim them."""
    view = View(dict(asked.kept)["view"] or View.MINE.value)
    gone = shown.why_gone(work.left, view, me)
    fresh = shown.rows_of(work.page.rows, view, asked)
    found = merge(before.rows, fresh, before=before, why_gone=lambda row: gone.get(row.key, texts.LEFT_YOU), now=clock.now())
    return found._replace(rows=tuple(replace(row, lost=lost[row.key]) if row.key in lost else row for row in found.rows))
