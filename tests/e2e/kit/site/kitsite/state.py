"""What the site remembers in one tab."""

from dataclasses import replace
from typing import Any

import reflex as rx
from kitsite import examples
from kitsite.examples import Row

from casetasks_app.people.searching import Match, Matches
from casetasks_app.web.session import Me
from casetasks_app.web.ui.alerts import Notice, NoticeLink
from casetasks_app.web.ui.blocks import ShownBlock
from casetasks_app.web.ui.case_frame import CaseBar, View
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import FieldError, ShownField, ShownFile, answers_of, field_errors, shown_fields
from casetasks_app.web.ui.histories import Day
from casetasks_app.web.ui.pages import Pages, Place, pages_of, sort_base
from casetasks_app.web.ui.pickers import Found, found_of
from casetasks_app.web.ui.shell_state import Shell, arrived, count_changes, notify, say


class Site(rx.State):
    """Everything the site's pages show."""

    loaded: bool = False
    rows: list[Row] = rx.field(default_factory=list)
    base: str = ""
    key: str = ""
    direction: str = ""
    under: Pages = Pages()
    bar: CaseBar = CaseBar()
    views: list[View] = rx.field(default_factory=list)
    pill: str = ""
    cancelling: bool = False
    creating: bool = False
    step: str = ""
    chosen: str = ""
    errors: list[FieldError] = rx.field(default_factory=list)
    err_seq: int = 0
    title_error: str = ""
    shown: list[ShownField] = rx.field(default_factory=list)
    saved: str = ""
    drafts: int = 0
    draft_data: str = ""
    submitted: str = ""
    found: Found = Found()
    presses: int = 0
    days: list[Day] = rx.field(default_factory=list)
    summary: list[ShownBlock] = rx.field(default_factory=list)
    review: list[ShownFact] = rx.field(default_factory=list)

    @rx.event
    async def load(self):
        self.loaded = False
        me, shell = await self.get_state(Me), await self.get_state(Shell)
        me.name, me.initials, me.is_administrator, me.is_case_manager = "Priya Shah", "PS", True, True
        shell.open_tasks, shell.open_tasks_words = "7", "7 open tasks"
        arrived(shell, at=self.router.url.path)
        query = dict(self.router.url.query_parameters)
        self.key, self.direction, self.base = query.get("sort", ""), query.get("dir", ""), sort_base("/", query)
        self.under = pages_of(Place("/", query, int(query.get("page", "3")), 25, 212), one="task", more="tasks")
        self.rows, self.bar, self.views, self.days = examples.ROWS, examples.BAR, examples.VIEWS, examples.DAYS
        self.summary, self.review, self.pill = examples.BLOCKS, examples.REVIEW, "3 updates - show"
        self.cancelling, self.creating, self.step = query.get("do") == "cancel", "new" in query, query.get("new", "")
        if not self.shown:
            self.shown = shown_fields(examples.FORM, examples.ANSWERS, {}, examples.OFFERED)
        self.loaded = True

    @rx.event
    def close(self):
        return rx.redirect("/")

    @rx.event
    def go(self, step: str):
        return rx.redirect(f"/?new={step}")

    @rx.event
    def choose(self, value: str):
        self.chosen = value

    @rx.event
    def submit(self, data: dict[str, Any]):
        raw = answers_of(data, examples.FORM)
        self.submitted = str(sorted(raw.items()))
        self.errors = field_errors(examples.ERRORS, examples.FORM)
        self.shown = [replace(row, error=examples.ERRORS.get(row.name, "")) for row in self.shown]
        self.err_seq += 1

    @rx.event
    def next(self, data: dict[str, Any]):
        self.title_error = "" if data.get("title") else "Enter the name."
        self.errors = field_errors({"title": self.title_error} if self.title_error else {})
        self.err_seq += 1 if self.title_error else 0
        return None if self.title_error else rx.redirect("/?new=details")

    @rx.event
    def draft(self, data: dict[str, Any]):
        self.drafts += 1
        self.draft_data = str(sorted(data.items()))
        self.saved = f"Draft saved, {self.drafts}."

    @rx.event
    async def claim(self, n: int):
        self.presses += 1
        done = Notice(f"You claimed task HSG-1042/{n}.", "It is in My work.", "success", [NoticeLink("Open task", "/form")])
        notify(await self.get_state(Shell), done, on=self.router.url.path)

    @rx.event
    async def show_updates(self):
        shell = await self.get_state(Shell)
        say(shell, "12 tasks match.")
        count_changes(shell, changed=2, added=1)
        self.pill = ""

    @rx.event
    def search(self, name: str, text: str):
        offered = examples.OFFERED.people if name == "second" else examples.OFFERED.teams
        found = [Match(each.value, each.label, each.hint) for each in offered if text.casefold() in each.label.casefold()]
        self.found = found_of(name, text, Matches(tuple(found[:2]), len(found) > 2))

    @rx.event
    def uploaded(self, name: str, stored: dict[str, Any]):
        self.shown = [
            replace(row, files=[*row.files, ShownFile(stored["file_id"], stored["name"], stored["size"])]) if row.name == name else row
            for row in self.shown
        ]

    @rx.event
    def removed(self, name: str, file_id: str):
        kept = {row.name: [file for file in row.files if file.file_id != file_id] for row in self.shown}
        self.shown = [replace(row, files=kept[row.name]) if row.name == name else row for row in self.shown]
