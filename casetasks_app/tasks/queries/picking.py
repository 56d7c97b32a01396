"""Whom a question for a person or a team offers while its name is typed."""

from sqlmodel import Session

from casetasks_app.errors import NotFound
from casetasks_app.people import searching
from casetasks_app.people.rules import Actor
from casetasks_app.people.searching import Matches
from casetasks_app.task_types.forms import rows
from casetasks_app.tasks import asked
from casetasks_app.tasks.access import at_hand
from casetasks_app.tasks.uploads import Question

_SEARCHES = {"person": searching.people, "team": searching.teams}


def found(session: Session, *, of: Question, text: str, actor: Actor) -> Matches:
    """Return the first people or teams with this text in their name, for a question of an open step the actor has.

    Raises NotFound for anybody else and for any other question: a search is no directory.
    """
    at = at_hand(session, task_id=of.task_id, actor=actor)
    step = next((each for each in at.open_steps if each.id == of.step_id), None)
    if step is None or step.assignee_id != actor.person_id:
        raise NotFound
    kind = next((row.kind for row in rows(asked.form_of(at, step)) if row.name == of.name), "")
    if kind not in _SEARCHES:
        raise NotFound
    return _SEARCHES[kind](session, text=text)
