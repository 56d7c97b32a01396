"""The product with one more page, whose state has every mistake an author could make."""

import reflex as rx

from casetasks_app import settings
from casetasks_app.api import door
from casetasks_app.db.unit_of_work import touch, unit_of_work
from casetasks_app.errors import NotAllowed
from casetasks_app.web import session, shell
from casetasks_app.web.assembly import assemble
from casetasks_app.web.guard import allow
from casetasks_app.web.limits import Limits
from casetasks_app.web.page import Page
from casetasks_app.web.pages import PAGES
from casetasks_app.web.roles import Role
from casetasks_app.web.watch import follow

TOPIC = "victim"


class Victim(rx.State):
    rows: list[str] = []  # noqa: RUF012  a state's var
    is_admin: bool = False
    taken: str = ""
    dry: str = ""
    looked: int = 0
    turn: int = 0

    @rx.event
    @allow(Role.PERSON)
    async def open(self):
        self.rows = [f"secret of {(await session.actor(self)).name}"]

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def watch(self):
        await follow(self, (TOPIC,), load=_load, show=_show)

    @rx.event
    @allow(Role.PERSON)
    def pass_turn(self, number: int):
        self.turn = number

    @rx.event
    @allow(Role.PERSON)
    async def change(self):
        await unit_of_work.run(touch, TOPIC)

    @rx.event
    @allow(Role.ADMINISTRATOR)
    def administer(self):
        self.is_admin = True

    @rx.event
    @allow(Role.PERSON)
    def take(self, case_id: int):
        self.taken = repr(case_id)

    @rx.event
    @allow(Role.PERSON)
    def break_down(self):
        raise RuntimeError("inner detail")

    @rx.event
    @allow(Role.PERSON)
    def refuse(self):
        raise NotAllowed

    @rx.event
    def forgotten(self):
        self.is_admin = True

    @rx.event
    def with_default(self, is_dry: bool = True):
        self.dry = repr(is_dry)

    def helper(self):
        self.is_admin = True

    def set_is_admin(self, value: bool):
        self.is_admin = value


async def _load(state: Victim, actor) -> str:
    return f"seen by {actor.name}"


def _show(state: Victim, text: str) -> None:
    state.rows = [text]
    state.looked += 1


PAGE = Page("/victim", lambda: rx.el.main(rx.foreach(Victim.rows, rx.el.p)), "Victim", (Victim.open, Victim.watch))

app = assemble(settings.load(), [*PAGES, PAGE], limits=Limits(events_over=200), apart={door.PREFIX: door.rest}, **shell.app_settings())
