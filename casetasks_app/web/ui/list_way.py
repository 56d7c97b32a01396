"""The way back from a dialog on a task to the list of its case it was opened from, found, filtered, sorted and paged as it was."""

from collections.abc import Mapping
from urllib.parse import urlencode

from casetasks_app.web import routes
from casetasks_app.web.ui.list_address import Asked

FROM = "list"
"""Marks an address that was opened from the tasks of a case."""
CHOICES = ("q", "status", "type", "who", "target", "sort", "dir", "size", "saved", "show", "page")
LONGEST = 500


def behind(asked: Asked) -> str:
    """Return what is added to the address of a dialog on one of the list's tasks."""
    return "&" + urlencode({FROM: "tasks", **{name: value for name, value in asked.whole.items() if value}})


def back(reference: str, parameters: Mapping[str, str]) -> str:
    """Return the list that an address was opened from; empty for one that was not.

    The list itself drops what it does not know.
    """
    if parameters.get(FROM) != "tasks":
        return ""
    return routes.case_tasks(reference, {name: parameters.get(name, "")[:LONGEST] for name in CHOICES})
