"""Who may call a handler at all; whether they may touch the object in question is decided by the service."""

from enum import StrEnum

from casetasks_app.people.rules import Actor


class Role(StrEnum):
    """What somebody is because of their memberships."""

    PERSON = "person"
    """Anybody who is signed in."""

    CASE_MANAGER = "case manager"
    """Belongs to a case manager team of at least one case type."""

    LEAD = "lead"
    """Leads at least one team."""

    ADMINISTRATOR = "administrator"
    """May configure."""


def roles_of(actor: Actor) -> frozenset[Role]:
    """Return every role the person has."""
    held = {Role.PERSON}
    if actor.manages:
        held.add(Role.CASE_MANAGER)
    if actor.leads:
        held.add(Role.LEAD)
    if actor.is_administrator:
        held.add(Role.ADMINISTRATOR)
    return frozenset(held)
