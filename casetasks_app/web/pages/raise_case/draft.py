"""The draft of the case that a form is for: read with what the tab remembers, and put into words. The database keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from casetasks_app import clock
from casetasks_app.cases import drafts
from casetasks_app.cases.drafts import Begun
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.moments import clock_time, short_date, short_moment
from casetasks_app.people.rules import Actor
from casetasks_app.web import routes
from casetasks_app.web.pages.raise_case import texts


@dataclass(frozen=True)
class ShownDraft:
    """A draft of another type than the one that is shown."""

    key: str
    words: str
    about: str
    href: str


def marked(tab: str) -> str:
    """Return the mark that a tab gave itself, or a new one if it has none, or one that was made up."""
    return tab if tab.isalnum() and tab.isascii() and len(tab) == 32 else uuid4().hex  # noqa: PLR2004


def key_of(tab: str, case_type_id: int, actor: Actor) -> str:
    """Return the key of a draft begun in this tab: another one for each person and type, the same after a reload."""
    return f"case:{tab}-{actor.person_id}-{case_type_id}"


async def unspent(tab: str, case_type_id: int, actor: Actor) -> str:
    """Return the tab's mark, or a new one when it has raised a case of this type before."""
    key = key_of(tab, case_type_id, actor)
    return uuid4().hex if await unit_of_work.ask(drafts.is_spent, key=key, actor=actor) else tab


def others(begun: Sequence[Begun], chosen: str, now: datetime) -> list[ShownDraft]:
    """Return the drafts of all types but the chosen one, each with the way to it."""
    return [
        ShownDraft(
            key=each.type_key,
            words=texts.draft_found(each.type_name, since(each.saved_at, now)),
            about=texts.draft_of(each.type_name),
            href=routes.with_query(routes.RAISE_CASE, type=each.type_key),
        )
        for each in begun
        if each.type_key != chosen
    ]


def since(moment: datetime | None, now: datetime | None = None) -> str:
    """Return when a draft was saved: "14:31" today, else with its day; empty for one that is not kept."""
    if moment is None:
        return ""
    now = now or clock.now()
    return clock_time(moment) if short_date(moment, now) == "today" else short_moment(moment, now)
