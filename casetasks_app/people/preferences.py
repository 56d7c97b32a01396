"""What a person has chosen for themselves, kept with them on the server."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from sqlmodel import Session

from casetasks_app.models import Person
from casetasks_app.people.rules import Actor


@dataclass(frozen=True, slots=True)
class Preferences:
    """Choices with their defaults; what is stored under another name, or of another kind, counts for nothing."""

    shows_presence: bool = True
    """Others see that I am viewing or writing in a task."""
    creates_on_one_page: bool = False
    """The creation dialog asks everything on one page."""


def of(session: Session, *, actor: Actor) -> Preferences:
    """Return what somebody has chosen."""
    return _read(session.get_one(Person, actor.person_id).preferences)


def choose(session: Session, *, choice: Mapping[str, bool], actor: Actor) -> Preferences:
    """Keep choices by their names in `Preferences`, and return all there are; unknown names are dropped."""
    person = session.get_one(Person, actor.person_id)
    chosen = _read({**person.preferences, **choice})
    person.preferences = dict(asdict(chosen))
    return chosen


def _read(stored: Mapping[str, object]) -> Preferences:
    known = {each.name for each in fields(Preferences)}
    return Preferences(**{name: value for name, value in stored.items() if name in known and isinstance(value, bool)})
