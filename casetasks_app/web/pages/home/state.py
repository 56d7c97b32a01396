"""Where a person's work is."""

import reflex as rx

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import my_work
from casetasks_app.tasks.queries.my_work import View, WorkCounts
from casetasks_app.web import routes, session
from casetasks_app.web.guard import allow
from casetasks_app.web.roles import Role


class Home(rx.State):
    """Remembers nothing."""

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> rx.event.EventSpec:
        """Lead on, leaving no stop for the browser's Back."""
        actor = await session.actor(self)
        counts = await unit_of_work.ask(my_work.counts, actor=actor)
        return rx.redirect(start_of(actor, counts), replace=True)


def start_of(actor: Actor, counts: WorkCounts) -> str:
    """Return where somebody starts: at their work; a case manager without any, at what they asked others for.

    Who only administers starts at the mails, the one page there is for them.
    """
    if actor.is_administrator and not actor.teams:
        return routes.EMAILS
    has_work = counts.mine or counts.claim
    return routes.my_work(View.CREATED) if actor.manages and not has_work else routes.MY_WORK
