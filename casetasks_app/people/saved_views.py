"""Addresses of lists kept under a name: for oneself, or by a lead for a team."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from casetasks_app.db.statements import changed, columns, looked_up
from casetasks_app.errors import CaseTasksError, NotAllowed
from casetasks_app.models import SavedView, Team
from casetasks_app.people import own_lists
from casetasks_app.people.own_lists import ListName, Setting
from casetasks_app.people.rules import Actor

LONGEST_NAME = 40
LONGEST_QUERY = 2000
MOST_VIEWS = 50


class NameMissing(CaseTasksError):
    """Give the view a name."""


class NameTooLong(CaseTasksError):
    """The name is too long. It can have 40 characters."""


class NameTaken(CaseTasksError):
    """There is a view of this name already. Choose another name, or open that view and update it."""


class TooManyViews(CaseTasksError):
    """There are 50 saved views already. Delete one before you save another."""


class TooMuchChosen(CaseTasksError):
    """More is chosen in this list than a view can keep. Take some filters away."""


class ViewGone(CaseTasksError):
    """This view is gone, or it is not yours to change."""


@dataclass(frozen=True, slots=True)
class View:
    """One view as its person sees it: `query` is the address's part after "?"; without a team it is their own."""

    id: int
    name: str
    query: str
    team: str = ""
    may_change: bool = True


@dataclass(frozen=True, slots=True)
class NewView:
    """What is to be kept, and for which team; None is for oneself."""

    list: ListName
    name: str
    query: str
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All that a person has of their own beside a list."""

    setting: Setting
    views: tuple[View, ...]


_VIEWS = (
    columns(col(SavedView.id), col(SavedView.name), col(SavedView.query), col(SavedView.team_id), col(Team.name))
    .select_from(SavedView)
    .outerjoin(Team, col(Team.id) == col(SavedView.team_id))
    .where(
        col(SavedView.list) == sa.bindparam("name"),
        sa.or_(col(SavedView.person_id) == sa.bindparam("person"), col(SavedView.team_id).in_(sa.bindparam("teams", expanding=True))),
    )
    .order_by(col(Team.name), col(SavedView.name_key))
)


def arrangement(session: Session, *, name: ListName, actor: Actor) -> Arrangement:
    """Return how a list is drawn and the views beside it: one's own, then those of one's teams."""
    found = looked_up(session, _VIEWS, name=name.value, person=actor.person_id, teams=sorted(actor.teams))
    views = [
        View(view_id, title, query, team or "", team_id is None or actor.leads_team(team_id))
        for view_id, title, query, team_id, team in found
    ]
    return Arrangement(own_lists.setting(session, name=name, actor=actor), tuple(sorted(views, key=lambda view: view.team)))


def teams_led(session: Session, *, actor: Actor) -> list[tuple[int, str]]:
    """Return the teams for which somebody may keep views, by name."""
    query = columns(col(Team.id), col(Team.name)).where(col(Team.id).in_(sorted(actor.leads))).order_by(col(Team.name))
    return [(int(team_id), str(name)) for team_id, name in looked_up(session, query)]


def save(session: Session, *, new: NewView, actor: Actor, now: datetime) -> int:
    """Keep a view and return its id.

    Raises NameMissing, NameTooLong, NameTaken, TooManyViews, TooMuchChosen; NotAllowed for a team one does not lead.
    """
    name = " ".join(new.name.split())
    if not name:
        raise NameMissing
    if len(name) > LONGEST_NAME:
        raise NameTooLong
    if len(new.query) > LONGEST_QUERY:
        raise TooMuchChosen
    if new.team_id is not None and not actor.leads_team(new.team_id):
        raise NotAllowed
    return _keep(session, new, name, actor, now)


def change(session: Session, *, view_id: int, query: str, actor: Actor) -> None:
    """Let a view lead to another address; raises ViewGone for one that is not one's own nor of a team one leads, TooMuchChosen."""
    if len(query) > LONGEST_QUERY:
        raise TooMuchChosen
    if not changed(session, sa.update(SavedView).where(col(SavedView.id) == view_id, _theirs(actor)).values(query=query)):
        raise ViewGone


def delete(session: Session, *, view_id: int, actor: Actor) -> None:
    """Delete a view; raises ViewGone for one that is not one's own nor of a team one leads."""
    if not changed(session, sa.delete(SavedView).where(col(SavedView.id) == view_id, _theirs(actor))):
        raise ViewGone


def _keep(session: Session, new: NewView, name: str, actor: Actor, now: datetime) -> int:
    owner = {"team_id": new.team_id} if new.team_id is not None else {"person_id": actor.person_id}
    (kept,) = looked_up(session, sa.select(sa.func.count()).select_from(SavedView).filter_by(**owner))
    if kept[0] >= MOST_VIEWS:
        raise TooManyViews
    view = SavedView(list=new.list.value, name=name, name_key=name.casefold(), query=new.query, saved_at=now, **owner)
    session.add(view)
    try:
        session.flush()
    except IntegrityError as error:
        raise NameTaken from error
    return view.id or 0


def _theirs(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.or_(col(SavedView.person_id) == actor.person_id, col(SavedView.team_id).in_(sorted(actor.leads)))
