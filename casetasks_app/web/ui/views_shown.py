"""Saved views beside a list: which there are, which one is open, and whether it was changed since. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import parse_qsl, urlencode

from casetasks_app.people.saved_views import View
from casetasks_app.web import list_messages as words
from casetasks_app.web.ui.list_address import SAVED, Asked
from casetasks_app.web.ui.pages import list_href


@dataclass(frozen=True)
class SavedLink:
    """One view; `may_delete` only where it is one's own, or of a team one leads."""

    id: int
    label: str
    href: str
    is_current: bool = False
    may_delete: bool = False


@dataclass(frozen=True)
class SavedGroup:
    """The views of one owner; without a team they are one's own."""

    heading: str
    team: str = ""
    links: list[SavedLink] = field(default_factory=list)


@dataclass(frozen=True)
class SavedViews:
    """What the menu shows, and the open view: its name, whether the list differs from it by now, the way back to it."""

    words: str = words.SAVED_VIEWS
    groups: list[SavedGroup] = field(default_factory=list)
    name: str = ""
    is_changed: bool = False
    may_update: bool = False
    undo_href: str = ""


def kept_query(asked: Asked) -> str:
    """Return what of a list's address a view keeps: everything but its page, and the view it came from."""
    kept = {key: value for key, value in asked.query.items() if value and key != SAVED}
    return urlencode(sorted(kept.items()))


def saved_views_of(views: Sequence[View], asked: Asked) -> SavedViews:
    """Return the menu for a list that stands at an address."""
    here = next((view for view in views if str(view.id) == asked.saved), None)
    groups = [
        SavedGroup(team or words.YOUR_VIEWS, team, [_link(view, asked) for view in each])
        for team, each in groupby(views, key=lambda view: view.team)
    ]
    if here is None:
        return SavedViews(groups=groups)
    is_changed = _choices(here.query) != _choices(kept_query(asked))
    undo = _href(here, asked)
    return SavedViews(words.view_named(here.name), groups, here.name, is_changed, here.may_change, undo)


def _link(view: View, asked: Asked) -> SavedLink:
    return SavedLink(view.id, view.name, _href(view, asked), str(view.id) == asked.saved, view.may_change)


def _href(view: View, asked: Asked) -> str:
    return list_href(asked.path, {**dict(parse_qsl(view.query)), SAVED: str(view.id)})


def _choices(query: str) -> dict[str, list[str]]:
    """What an address chooses; in which order the values of a filter were ticked makes no difference."""
    return {key: [value] if key == "q" else sorted(value.split(",")) for key, value in parse_qsl(query)}
