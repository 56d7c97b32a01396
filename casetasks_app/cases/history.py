"""A case's history for those who may see the case."""

from sqlmodel import Session

from casetasks_app.cases import access
from casetasks_app.history import pages
from casetasks_app.history.pages import HistoryPage, Show
from casetasks_app.people.rules import Actor


def page(session: Session, *, case_id: int, actor: Actor, show: Show, number: int) -> HistoryPage:
    """Return a page of the history, private notes included: only case managers get here (S74, S75). Raises NotFound."""
    access.seen(session, case_id=case_id, actor=actor)
    return pages.page(session, case_id=case_id, with_private=True, show=show, number=number)


def newer(session: Session, *, case_id: int, actor: Actor, show: Show, than_id: int) -> int:
    """Return how many entries were written after this one. Raises NotFound."""
    access.seen(session, case_id=case_id, actor=actor)
    return pages.newer(session, case_id=case_id, with_private=True, show=show, than_id=than_id)
