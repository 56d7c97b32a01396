"""The person behind a tab: who they are on the server, and the little of it that the page shows."""

import reflex as rx

from casetasks_app.errors import CaseTasksError
from casetasks_app.people.rules import Actor
from casetasks_app.web.roles import Role, roles_of
from casetasks_app.web.signed_in import signed_in


class SignedOut(CaseTasksError):
    """You are signed out. What you typed is kept as a draft. Sign in again to go on."""


class Me(rx.State):
    """Who uses this tab. Filled by the guard alone; the digest never leaves the server."""

    name: str = ""
    initials: str = ""
    person_id: int = 0
    is_administrator: bool = False
    is_case_manager: bool = False
    is_lead: bool = False
    signed_out: bool = False

    _digest: str = ""


async def actor(state: rx.State) -> Actor:
    """Return who uses this tab, asked of the sign-in itself (at most a second ago); raises SignedOut.

    Inside a background handler call it under `async with self`.
    """
    me = await state.get_state(Me)
    found = await signed_in.find(me._digest)  # noqa: SLF001  a backend var of our own state
    if found is None:
        raise SignedOut
    return found


async def digest(state: rx.State) -> str:
    """Return the digest of the sign-in that uses this tab; empty when nobody does."""
    return (await state.get_state(Me))._digest  # noqa: SLF001


def introduce(me: Me, digest: str, actor: Actor) -> None:
    """Fill a tab's `Me` with its person; says only what changed, because each assignment travels to the page."""
    roles = roles_of(actor)
    facts: dict[str, object] = {
        "_digest": digest,
        "name": actor.name,
        "initials": initials(actor.name),
        "person_id": actor.person_id,
        "is_administrator": Role.ADMINISTRATOR in roles,
        "is_case_manager": Role.CASE_MANAGER in roles,
        "is_lead": Role.LEAD in roles,
        "signed_out": False,
    }
    for field, value in facts.items():
        if getattr(me, field) != value:
            setattr(me, field, value)


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name."""
    words = name.split()
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()
