"""What stands around every list: the find field, filters, chips, order, length of a page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from casetasks_app.tasks.queries.choice import SIZES, Labels, Offer
from casetasks_app.web import list_messages as messages
from casetasks_app.web import routes
from casetasks_app.web.ui.list_address import DIRECTIONS, Asked, Kind
from casetasks_app.web.ui.pages import list_href, sort_base


@dataclass(frozen=True)
class FilterButton:
    """One filter above the list: "Type", "Type: Site visit" or "Type: 2 chosen"."""

    key: str
    label: str
    words: str
    is_set: bool = False


@dataclass(frozen=True)
class Tick:
    """One box of a filter: what it says, how many it would show, and where it leads when it is changed."""

    value: str
    label: str
    count: str
    href: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Chip:
    """One thing that is chosen, to be taken away again."""

    label: str
    href: str


@dataclass(frozen=True)
class SizeLink:
    """How many rows a page may have."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class ListFrame:
    """Everything around the table; without filters and text nothing is narrowed."""

    text: str = ""
    find_base: str = ""
    filters: list[FilterButton] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    clear_href: str = ""
    matches: str = ""
    sizes: list[SizeLink] = field(default_factory=list)
    sort_base: str = ""
    sort_key: str = ""
    direction: str = ""
    export_href: str = ""
    total: int = 0
    """How many match: on all pages, and folded away."""
    aside: str = ""
    """Which of them are folded away, in words that follow "Select all 12 tasks that match"."""


def frame_of(asked: Asked, kind: Kind, labels: Labels, *, matches: str, total: int) -> ListFrame:
    """Return the frame of a list; `matches` says how many match, `total` whether the length of a page is worth asking for."""
    known, choice = asked.only_known(labels), asked.choice
    return ListFrame(
        text=choice.text,
        find_base=_find_base(asked),
        filters=[_button(known, key, label, labels) for key, label in kind.filters.items()],
        chips=_chips(known, kind, labels),
        clear_href=asked.cleared() if choice.is_narrowed else "",
        matches=matches if choice.is_narrowed else "",
        sizes=[_size(asked, size) for size in SIZES] if total > min(SIZES) else [],
        sort_base=sort_base(asked.path, asked.query),
        sort_key=choice.sort or kind.usual,
        direction=asked.direction or DIRECTIONS[0],
        export_href=list_href(routes.EXPORT + asked.path, asked.query),
        total=total,
    )


def ticks_of(asked: Asked, key: str, offers: Sequence[Offer], labels: Labels) -> list[Tick]:
    """Return the boxes of one filter; those that are chosen and would show nothing beside the other filters stay."""
    chosen = {labels[key, value]: value for value in asked.choice.of(key) if (key, value) in labels}
    missing = [Offer(value, label, 0) for label, value in chosen.items() if label not in {each.label for each in offers}]
    return [_tick(asked, key, each, chosen.get(each.label)) for each in (*offers, *missing)]


def offered_again(asked: Asked, key: str, ticks: Sequence[Tick], labels: Labels) -> list[Tick]:
    """Return the same boxes after another choice; what they would show beside the other filters has not changed."""
    chosen = {labels[key, value]: value for value in asked.choice.of(key) if (key, value) in labels}
    return [
        Tick(each.value, each.label, each.count, _to(asked, key, each.value, chosen.get(each.label)), each.label in chosen)
        for each in ticks
    ]


def _find_base(asked: Asked) -> str:
    """The address that what is typed is added to."""
    bare = list_href(asked.path, {**asked.query, "q": ""})
    return bare + ("&" if "?" in bare else "?") + "q="


def _button(asked: Asked, key: str, label: str, labels: Labels) -> FilterButton:
    chosen = list(dict.fromkeys(labels[key, value] for value in asked.choice.of(key)))
    if not chosen:
        return FilterButton(key, label, label)
    return FilterButton(key, label, f"{label}: {chosen[0] if len(chosen) == 1 else messages.chosen(len(chosen))}", is_set=True)


def _chips(asked: Asked, kind: Kind, labels: Labels) -> list[Chip]:
    made: dict[str, Chip] = {}
    for key, values in asked.choice.filters:
        for value in values:
            name = labels[key, value]
            same = [each for each in values if labels[key, each] == name]
            words = f"{kind.filters[key]}: {name[:1].lower() + name[1:] if key in {'target', 'status'} else name}"
            made.setdefault(words, Chip(words, asked.without_values(key, *same)))
    found = [Chip(messages.finding(asked.choice.text), asked.href(q=""))] if asked.choice.text else []
    return [*found, *made.values()]


def _size(asked: Asked, size: int) -> SizeLink:
    return SizeLink(str(size), asked.href(size=str(size) if size != min(SIZES) else ""), asked.choice.size == size)


def _tick(asked: Asked, key: str, offer: Offer, chosen: str | None) -> Tick:
    return Tick(offer.value, offer.label, f"{offer.count:,}", _to(asked, key, offer.value, chosen), chosen is not None)


def _to(asked: Asked, key: str, value: str, chosen: str | None) -> str:
    return asked.without_values(key, chosen) if chosen else asked.with_value(key, value)
