"""What the creation dialog remembers in one tab, and how it is brought to show a step, an error or an end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import answers
from casetasks_app.tasks.one_page import ALL
from casetasks_app.tasks.queries import dialog as showing
from casetasks_app.tasks.queries.dialog import Dialog
from casetasks_app.tasks.wanted import Problem
from casetasks_app.web import messages
from casetasks_app.web.pages.case_tasks.creation import words
from casetasks_app.web.pages.case_tasks.creation.review import THEN_REVIEW, Way
from casetasks_app.web.pages.case_tasks.creation.shown import Place, ShownDialog, shown_of
from casetasks_app.web.ui.form_rows import FieldError, field_errors
from casetasks_app.web.ui.shell_state import Shell, say


@dataclass(frozen=True)
class OnCase:
    """The case the dialog stands over."""

    id: int = 0
    reference: str = ""
    title: str = ""


class Remembered(rx.State, mixin=True):
    """The dialog's place; its answers are in the database. `seq` draws the fields anew when the server changed them."""

    is_open: bool = False
    title: str = ""
    first_href: str = ""
    close_href: str = ""
    shown: ShownDialog = ShownDialog()
    errors: rx.Field[list[FieldError]] = rx.field(default_factory=list)
    refused: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    err_seq: int = 0
    seq: int = 0
    continuing: str = ""
    hint: str = ""
    changed: str = ""
    blocked: str = ""
    unsent: str = ""
    is_creating: bool = False
    undo_label: str = ""

    _case: OnCase = OnCase()
    _way: Way = Way()
    _find: str = ""
    _my_teams: frozenset[int] = frozenset()
    _asks_all: bool = False
    _undo_id: int = 0
    _carried: tuple[Problem, ...] = ()
    _carried_hint: str = ""
    _told: tuple[str, int] = ("", 0)

    def _here(self) -> OnCase:
        """Return the case; the browser does not know its id."""
        return self._case

    def _be_at(self, case: OnCase) -> None:
        """Stand over a case."""
        self._case, self._way = case, Way(case.reference, self._way.listed)
        self.close_href, self.first_href = self._way.to(""), self._way.to(ALL if self._asks_all else answers.TYPE)

    def _stand_over(self, listed: Mapping[str, str]) -> None:
        """Keep how the list behind is found, filtered, sorted and paged, in every address of the dialog."""
        self._way = Way(self._case.reference, tuple((name, value) for name, value in listed.items() if value))
        self._be_at(self._case)

    def _ask_all(self, asks_all: bool) -> None:
        """Ask everything on one page, or one question after another."""
        self._asks_all = asks_all
        self._be_at(self._case)

    def _offer_undo(self, task_id: int, number: int) -> None:
        """Let a task that was just created be taken back, until the page is left."""
        self._undo_id, self.undo_label = task_id, f"task {number}" if task_id else ""

    def _look_for(self, name: str) -> None:
        """Narrow the people to those whose name has these words."""
        self._find = name[:80]

    async def _read(self, actor: Actor) -> Dialog:
        """Read the dialog as the database has it now."""
        return await unit_of_work.ask(showing.dialog, case_id=self._case.id, actor=actor, now=clock.now())

    def _show(self, dialog: Dialog, step: str) -> None:
        """Draw a step; what is typed stays in the browser."""
        self.shown = shown_of(dialog, Place(self._way, self._case.title, step, self._find, self._my_teams))
        self.title = messages.tab_title(self.shown.title, self._case.reference, is_error=bool(self.errors))

    def _arrive(self, dialog: Dialog, step: str) -> None:
        """Draw a step that was come to: its errors of before are gone, those it was sent here for are shown."""
        is_new = not self.is_open
        self.errors, self.refused, self.blocked, self._find = [], {}, "", ""
        self.hint, self._carried_hint = self._carried_hint, ""
        self.continuing = f"Continuing your draft from {dialog.saved}." if is_new and dialog.chosen and dialog.saved else ""
        self.is_open, self.seq = True, self.seq + is_new
        self._show(dialog, step)
        if carried := [each for each in self._carried if each.step == step]:
            self._refuse(carried)

    def _note(self, message: str, number: int) -> None:
        """Remember what became of the task, to be said once the dialog is gone: behind it nobody would hear it."""
        self._told = (message, number)

    def _to_tell(self) -> tuple[str, int]:
        """Return what is to be said, once."""
        told, self._told = self._told, ("", 0)
        return told

    def _leave(self) -> None:
        """Draw nothing."""
        self.is_open, self.is_creating, self.blocked, self.changed, self._carried = False, False, "", "", ()

    def _refuse(self, problems: Sequence[Problem]) -> rx.event.EventSpec | None:
        """Show what is wrong, on the step that asks for it."""
        first = ALL if self.shown.step == ALL else problems[0].step
        self._carried = tuple(problems)
        if first != self.shown.step:
            return self._go(first)
        here: dict[str, str] = {}
        for each in problems:
            if first in {ALL, each.step}:
                here.setdefault(each.field, each.message)
        self.refused, self.errors, self.err_seq, self._carried = here, field_errors(here), self.err_seq + 1, ()
        self.title = messages.tab_title(self.shown.title, self._case.reference, is_error=True)
        return None

    def _stop(self, refusal: CaseTasksError, sent: Mapping[str, object]) -> None:
        """Say in the dialog why it cannot go on; what was typed can be copied."""
        if self.is_open:
            self.blocked = refusal.message
            self.unsent = "\n\n".join(filter(None, (answers.text(sent, "description"), answers.text(sent, "summary"))))

    def _go(self, step: str, *, to_review: bool = False, hint: str = "", replace: bool = False) -> Any:  # noqa: ANN401
        """Lead to a step; one entry in the browser's history unless it replaces this one."""
        self._carried_hint = hint
        return rx.redirect(self._way.to(step, then=THEN_REVIEW if to_review else ""), replace=replace)

    async def _tell_changes(self, before: ShownDialog) -> None:
        """Read aloud what a choice changed elsewhere in the step."""
        now = self.shown
        if before.assignment.team and before.assignment.team != now.assignment.team and now.assignment.team:
            say(await self.get_state(Shell), words.person_reset(now.assignment.legend))
        elif now.targets.moment and before.targets.moment != now.targets.moment:
            say(await self.get_state(Shell), now.targets.moment)
