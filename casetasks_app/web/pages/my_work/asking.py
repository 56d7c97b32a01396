"""What each view of My work can be asked for in the address, and how its order is said. Pure."""

from collections.abc import Mapping

from casetasks_app.tasks.queries.my_work import View
from casetasks_app.web import routes
from casetasks_app.web.pages.my_work import texts
from casetasks_app.web.ui import list_address
from casetasks_app.web.ui.list_address import Asked, Kind

SORTS = ("task", "case", "target")
ASKED = {"case": texts.CASE, "asked_by": texts.ASKED_BY}
KINDS = {
    View.MINE: Kind({"type": texts.TYPE, "target": texts.TARGET}, SORTS, "target", ASKED),
    View.CLAIM: Kind({"type": texts.TYPE, "team": texts.TEAM, "target": texts.TARGET}, SORTS, "target", {**ASKED, "team": texts.TEAM}),
    View.CREATED: Kind(
        {"type": texts.TYPE, "who": texts.ASSIGNED_TO, "target": texts.TARGET, "needs": texts.ATTENTION},
        SORTS,
        "target",
        {"case": texts.CASE, "who": texts.ASSIGNED_TO, "status": texts.STATUS},
    ),
    View.DONE: Kind({"status": texts.STATUS, "type": texts.TYPE}, ("task", "case"), columns={**ASKED, "status": texts.STATUS}),
}


BULK = {
    View.MINE: ["assign", "release", "export"],
    View.CLAIM: ["claim", "assign", "export"],
    View.CREATED: ["assign", "release", "export"],
    View.DONE: [],
}
"""What may be done with the ticked tasks of a view."""


def view_of(name: str) -> View:
    """Return the view of the address; anything unknown is the first one."""
    return View(name) if name in set(View) else View.MINE


def asked_of(parameters: Mapping[str, str]) -> Asked:
    """Read the address of My work."""
    view = view_of(parameters.get("view", ""))
    return list_address.asked_of(routes.MY_WORK, parameters, KINDS[view], kept={"view": "" if view == View.MINE else view.value})


def is_about_attention(asked: Asked) -> bool:
    """Tell whether only what needs the person's attention is asked for."""
    return "me" in asked.choice.of("needs")


def columns_of(view: View, teams: int) -> dict[str, str]:
    """Return the columns that may be hidden, by key; the team is a column for those who are in several."""
    return {key: label for key, label in KINDS[view].columns.items() if key != "team" or teams > 1}


def is_grouped(view: View, asked: Asked) -> bool:
    """Tell whether the list stands under headings by target: only in the order of targets."""
    return view != View.DONE and asked.choice.sort in {"", "target"}


def caption(view: View, asked: Asked) -> str:
    """Return what the table is, with its order in words."""
    name, choice = texts.VIEW_NAMES[view], asked.choice
    if not choice.sort:
        return f"{name}, {texts.NEWEST_FIRST}" if view == View.DONE else f"{name}, sorted by {texts.ORDERS['target'][0]}"
    return f"{name}, sorted by {texts.ORDERS[choice.sort][choice.is_descending]}"
