"""What a list's address says: words to find, filters, order, page; cleaned, and written again with a choice changed. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from casetasks_app.tasks.queries.choice import SIZES, USUAL_SIZE, Choice, Labels
from casetasks_app.web.ui.pages import Place, list_href

LONGEST_TEXT = 80
MOST_VALUES = 30
LAST_PAGE = 9999
SAVED = "saved"
_VALUE = re.compile(r"[a-z0-9]{1,20}")
_ID = re.compile(r"[0-9]{1,9}")
DIRECTIONS = ("ascending", "descending")


@dataclass(frozen=True)
class Kind:
    """What one list can be asked for: its filters by key with their labels, and the columns it is sorted by."""

    filters: Mapping[str, str]
    sorts: Collection[str] = ()
    usual: str = ""
    """The column by which it is sorted, ascending, while nothing else is asked for."""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    """The columns that a person may hide, by key with their labels."""


@dataclass(frozen=True)
class Asked:
    """One list as the address asks for it; `kept` are the choices that are none of the list's own, such as the view."""

    path: str
    kept: tuple[tuple[str, str], ...] = ()
    choice: Choice = Choice()  # noqa: RUF009  frozen
    number: int = 1

    @property
    def query(self) -> dict[str, str]:
        """The choices as the address writes them; what is usual is left out, and so is the page."""
        choice = self.choice
        order = {"sort": choice.sort, "dir": DIRECTIONS[choice.is_descending] if choice.sort else ""}
        size = {"size": str(choice.size) if choice.size != USUAL_SIZE else ""}
        return {**dict(self.kept), "q": choice.text, **{key: ",".join(values) for key, values in choice.filters}, **order, **size}

    @property
    def whole(self) -> dict[str, str]:
        """The choices and the page, for an address that lets the list stand behind a dialog as it is."""
        return {**self.query, "page": str(self.number) if self.number > 1 else ""}

    @property
    def direction(self) -> str:
        """How the chosen column is sorted; empty without one."""
        return DIRECTIONS[self.choice.is_descending] if self.choice.sort else ""

    @property
    def saved(self) -> str:
        """The saved view that the address came from; empty for none."""
        return dict(self.kept).get(SAVED, "")

    def is_other_choice(self, before: "Asked") -> bool:
        """Tell whether something else is chosen now in the very list that was shown before."""
        theirs = [[each for each in one.kept if each[0] != SAVED] for one in (self, before)]
        return self.path == before.path and theirs[0] == theirs[1] and self.choice != before.choice

    def href(self, **changes: str) -> str:
        """Return the address with some choices changed, back on page 1."""
        return list_href(self.path, self.query, **changes)

    def with_value(self, key: str, value: str) -> str:
        """Return the address with one more value in a filter."""
        return self.href(**{key: ",".join((*self.choice.of(key), value))})

    def without_values(self, key: str, *values: str) -> str:
        """Return the address with values of a filter taken away."""
        return self.href(**{key: ",".join(each for each in self.choice.of(key) if each not in values)})

    def cleared(self) -> str:
        """Return the address with everything found that is there."""
        return self.href(q="", **dict.fromkeys((key for key, _ in self.choice.filters), ""))

    def place(self, page: int, total: int) -> Place:
        """Return where in the list a page lies, for the links under it."""
        return Place(self.path, self.query, page, self.choice.size, total)

    def only_known(self, labels: Labels) -> "Asked":
        """Return the same without values that have no name."""
        return replace(self, choice=self.choice.only(labels))


def asked_of(path: str, parameters: Mapping[str, str], kind: Kind, *, kept: Mapping[str, str] | None = None) -> Asked:
    """Read the address; unknown and invalid values are dropped silently."""
    filters = tuple((key, values) for key in kind.filters if (values := _values(parameters.get(key, ""))))
    sort = parameters.get("sort", "")
    sort = sort if sort in kind.sorts else ""
    size = parameters.get("size", "")
    choice = Choice(
        text=" ".join(parameters.get("q", "").split())[:LONGEST_TEXT],
        filters=filters,
        sort=sort,
        is_descending=bool(sort) and parameters.get("dir", "") == DIRECTIONS[1],
        size=int(size) if size in {str(each) for each in SIZES} else USUAL_SIZE,
    )
    saved = parameters.get(SAVED, "")
    kept = {**(kept or {}), SAVED: saved if _ID.fullmatch(saved) else ""}
    return Asked(path, tuple(kept.items()), choice, number_of(parameters.get("page", "")))


def number_of(text: str) -> int:
    """Return the page of the address; anything that is no number is the first one."""
    return min(int(text), LAST_PAGE) if text.isdecimal() and len(text) <= len(str(LAST_PAGE)) else 1


def _values(text: str) -> tuple[str, ...]:
    given = dict.fromkeys(text.split(","))
    return tuple(each for each in given if _VALUE.fullmatch(each))[:MOST_VALUES]
