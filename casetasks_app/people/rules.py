"""Who a person is to the rest of the product, and how often they may try to sign in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

THROTTLE_WINDOW = timedelta(minutes=5)
LONGEST_EMAIL = 254
FAILURES_PER_EMAIL = 5
FAILURES_PER_ADDRESS = 30
LONGEST_TOKEN_DAYS = 365

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f<>(),;:\"\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,186}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who asks: loaded from the server-side session, never from what a browser says."""

    person_id: int
    name: str
    email: str
    is_administrator: bool = False
    teams: frozenset[int] = field(default_factory=frozenset[int])
    leads: frozenset[int] = field(default_factory=frozenset[int])
    manages: frozenset[int] = field(default_factory=frozenset[int])
    """Ids of the case types whose case manager teams the person belongs to."""

    def is_member(self, team_id: int | None) -> bool:
        """Tell whether the person belongs to the team."""
        return team_id is not None and team_id in self.teams

    def leads_team(self, team_id: int | None) -> bool:
        """Tell whether the person leads the team."""
        return team_id is not None and team_id in self.leads


def clean_email(text: str) -> str | None:
    """Return the address in the one form we store, or None when it is not one; refuses control characters.

    Only plain letters: two ways to write the same letter must not become two people, nor one person's address another's.
    """
    address = text.strip()
    return address.lower() if address.isascii() and len(address) <= LONGEST_EMAIL and _EMAIL.fullmatch(address) else None


def blocked_until(failures: Sequence[datetime], limit: int, now: datetime) -> datetime | None:
    """Return when the next try is allowed after these failures (newest first), or None when it is allowed now."""
    recent = [at for at in failures if now - at < THROTTLE_WINDOW]
    return recent[limit - 1] + THROTTLE_WINDOW if len(recent) >= limit else None


def is_session_over(*, created_at: datetime, last_seen_at: datetime, now: datetime, idle: timedelta, absolute: timedelta) -> bool:
    """Tell whether a sign-in has ended by disuse or by age."""
    return now - last_seen_at >= idle or now - created_at >= absolute
