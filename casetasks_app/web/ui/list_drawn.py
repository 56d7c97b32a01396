"""How a person has a list drawn: one line a row or two, and which columns. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casetasks_app.people.own_lists import Setting

COMFORTABLE, COMPACT = "comfortable", "compact"


@dataclass(frozen=True)
class ColumnTick:
    """One column that may be hidden, and whether it is shown."""

    key: str
    label: str
    is_shown: bool = True


@dataclass(frozen=True)
class Drawn:
    """What the table and its two menus need; `hidden` are keys with spaces between them."""

    density: str = COMFORTABLE
    hidden: str = ""
    hidden_count: int = 0
    columns: list[ColumnTick] = field(default_factory=list)


def drawn_of(setting: Setting, columns: Mapping[str, str]) -> Drawn:
    """Return how a list with these columns, by key with their labels, is drawn; other hidden ones count for nothing."""
    hidden = [key for key in columns if key in setting.hidden]
    ticks = [ColumnTick(key, label, key not in hidden) for key, label in columns.items()]
    return Drawn(COMPACT if setting.is_compact else COMFORTABLE, " ".join(hidden), len(hidden), ticks)


def drawn_again(setting: Setting, ticks: Sequence[ColumnTick]) -> Drawn:
    """Return the same list after another choice."""
    return drawn_of(setting, {each.key: each.label for each in ticks})
