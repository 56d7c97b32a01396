"""The outbox as the address asks for it: a page of mails, and the one that is read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import reflex as rx

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotAllowed, NotFound
from casetasks_app.live import topics
from casetasks_app.mail import queries, service
from casetasks_app.people.rules import Actor
from casetasks_app.web import messages, notices, routes, session, watch
from casetasks_app.web.case_door import TO_MY_WORK
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.emails import texts
from casetasks_app.web.pages.emails.shown import (
    ReadMail,
    ShownMail,
    changed_ids,
    cursor_of,
    in_address,
    in_place,
    moved,
    read_mail,
    shown_mail,
)
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.refusals import Refusal
from casetasks_app.web.ui.shell_state import Shell, say

MARKED_FOR = timedelta(seconds=60)


@dataclass(frozen=True)
class Found:
    """A page of the outbox as it is now."""

    rows: list[ShownMail]
    next: str
    bold: str
    rest: str
    failed: int
    is_in_trouble: bool
    at: datetime


class Emails(rx.State):
    """One page of mails."""

    loaded: bool = False
    refusal: Refusal = Refusal()
    rows: list[ShownMail] = []  # noqa: RUF012  Reflex gives each tab its own
    bold: str = ""
    rest: str = ""
    is_in_trouble: bool = False
    failed: int = 0
    is_first: bool = True
    more_href: str = ""
    reading: bool = False
    mail: ReadMail = ReadMail()
    pill: str = ""

    _marked: dict[int, datetime] = {}  # noqa: RUF012

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> None:
        """Show the page of mails that the address asks for; a mail in the address is shown over it."""
        actor = await session.actor(self)
        try:
            _show(self, await _load(self, actor))
            await _read(self, actor)
        except NotAllowed:
            self.reset()
            self.refusal = Refusal(texts.ONLY_ADMINISTRATORS, texts.ASK, [TO_MY_WORK])
        self.loaded = True

    @rx.event(background=True)
    @allow(Role.ADMINISTRATOR)
    async def watch(self) -> None:
        """Keep states up to date in place; what came or moved waits behind a press."""
        await watch.follow(self, [topics.MAILS], load=_load, show=_show_in_place)

    @rx.event
    @allow(Role.ADMINISTRATOR)
    async def show_new(self) -> None:
        """Show what waits."""
        _show(self, await _load(self, await session.actor(self)))
        say(await self.get_state(Shell), f"{self.bold} {self.rest}")

    @rx.event
    @allow(Role.ADMINISTRATOR)
    async def close_mail(self) -> rx.event.EventSpec:
        """Go back to the list."""
        return rx.redirect(_list_href(self))

    @rx.event
    @allow(Role.ADMINISTRATOR)
    async def try_again(self, mail_id: int) -> rx.event.EventSpec | None:
        """Try one failed mail again."""
        actor, now = await session.actor(self), clock.now()
        again = await unit_of_work.run(service.requeue, mail_id=mail_id, actor=actor, now=now)
        row = (await unit_of_work.ask(queries.email, mail_id=again, actor=actor)).row
        await notices.say(self, texts.again(row.to_name or row.to_address))
        _show(self, await _load(self, actor))
        return rx.redirect(_list_href(self)) if self.reading else None

    @rx.event
    @allow(Role.ADMINISTRATOR)
    async def try_all_again(self) -> None:
        """Try every failed mail again."""
        actor = await session.actor(self)
        count = await unit_of_work.run(service.requeue_all, actor=actor, now=clock.now())
        await notices.say(self, texts.all_again(count))
        _show(self, await _load(self, actor))


async def _load(state: Emails, actor: Actor) -> Found:
    after, now = dict(state.router.url.query_parameters).get("after", ""), clock.now()
    page = await unit_of_work.ask(queries.emails, actor=actor, after=cursor_of(after))
    health = await unit_of_work.ask(queries.health)
    opens_cases = bool(actor.teams)
    rows = [shown_mail(row, after=after, now=now, opens_cases=opens_cases) for row in page.rows]
    bold, rest = texts.on_top(health, now)
    return Found(rows, in_address(page.next), bold, rest, health.failed, bool(health.problem or health.failed), now)


async def _read(state: Emails, actor: Actor) -> None:
    wanted = dict(state.router.url.query_parameters).get("mail", "")
    state.reading = False
    if not wanted.isascii() or not wanted.isdigit():
        return
    try:
        view = await unit_of_work.ask(queries.email, mail_id=int(wanted[:12]), actor=actor)
    except NotFound:
        return
    state.mail, state.reading = read_mail(view, clock.now()), True


def _show(state: Emails, found: Found) -> None:
    state.rows, state.pill, state._marked = found.rows, "", {}  # noqa: SLF001  a backend var of our own state
    _show_frame(state, found)


def _show_frame(state: Emails, found: Found) -> None:
    state.refusal = Refusal()
    state.bold, state.rest, state.failed, state.is_in_trouble = found.bold, found.rest, found.failed, found.is_in_trouble
    state.is_first = "after" not in dict(state.router.url.query_parameters)
    state.more_href = routes.emails(after=found.next) if found.next else ""


def _show_in_place(state: Emails, found: Found) -> None:
    kept = {mail_id: at for mail_id, at in state._marked.items() if found.at - at < MARKED_FOR}  # noqa: SLF001
    state._marked = kept | dict.fromkeys(changed_ids(state.rows, found.rows), found.at)  # noqa: SLF001
    waiting = moved(state.rows, found.rows)
    state.rows = in_place(state.rows, found.rows, state._marked)  # noqa: SLF001
    state.pill = messages.updates_pill(waiting) if waiting else ""
    _show_frame(state, found)


def _list_href(state: Emails) -> str:
    return routes.emails(after=dict(state.router.url.query_parameters).get("after", ""))
