"""From history entries to days of a timeline, the views over it and the pages under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from casetasks_app import moments
from casetasks_app.history.pages import HistoryPage, Show
from casetasks_app.history.queries import PAGE, Entry
from casetasks_app.web import routes
from casetasks_app.web.ui.case_frame import View
from casetasks_app.web.ui.histories import Day, ShownEntry
from casetasks_app.web.ui.pages import Pages, Place, pages_of

VIEWS = "History views"
LABELS = {Show.ALL: "All", Show.NOTES: "Private notes", Show.TASKS: "Tasks", Show.SYSTEM: "By the system"}
NOTHING = {
    Show.ALL: "Nothing has happened yet.",
    Show.NOTES: "No notes in this history.",
    Show.TASKS: "Nothing about tasks in this history.",
    Show.SYSTEM: "Nothing by the system in this history.",
}
_RELATIVE = {0: "Today, ", -1: "Yesterday, "}


@dataclass(frozen=True)
class ShownHistory:
    """One page of the history."""

    days: list[Day] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    under: Pages = field(default_factory=Pages)
    nothing: str = ""


def asked(query: Mapping[str, str]) -> tuple[Show, int]:
    """Return what an address asks for; unknown values are dropped silently."""
    show, number = query.get("show", ""), query.get("page", "")
    return Show(show) if show in set(Show) else Show.ALL, int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1  # noqa: PLR2004


def shown_history(found: HistoryPage, *, reference: str, show: Show, now: datetime) -> ShownHistory:
    """Return a page in words."""
    path = routes.case_history(reference)
    place = Place(path, {"show": _in_address(show)}, found.number, PAGE, found.total)
    return ShownHistory(
        days=_days(found.entries, reference, now),
        views=[View(LABELS[each], routes.case_history(reference, show=_in_address(each)), is_current=each is show) for each in Show],
        under=pages_of(place, one="entry", more="entries"),
        nothing="" if found.entries else NOTHING[show],
    )


def more_words(count: int) -> str:
    """Say how many entries wait to be shown; nothing for none."""
    return f"{count} new {'entry' if count == 1 else 'entries'} - show" if count else ""


def _in_address(show: Show) -> str:
    return "" if show is Show.ALL else show.value


def _days(entries: Sequence[Entry], reference: str, now: datetime) -> list[Day]:
    grouped = groupby(entries, key=lambda entry: moments.local(entry.at).date())
    return [_day([*happened], reference, now) for _, happened in grouped]


def _day(happened: Sequence[Entry], reference: str, now: datetime) -> Day:
    at = happened[0].at
    date = moments.long_moment(at).rpartition(",")[0]
    return Day(_RELATIVE.get(moments.days_apart(now, at), "") + date, [_entry(each, reference) for each in happened])


def _entry(entry: Entry, reference: str) -> ShownEntry:
    text = "\n".join(entry.lines)
    number = entry.task_number
    return ShownEntry(
        title=entry.title,
        by=entry.byline.removeprefix("by "),
        time=moments.clock_time(entry.at),
        iso=entry.at.isoformat(timespec="seconds"),
        text=text,
        lines=text.count("\n") + 1,
        is_private=entry.is_private,
        link_label=f"View task {number}" if number else "",
        href=routes.task(reference, number) if number else "",
    )
