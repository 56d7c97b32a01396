"""One measured number beside what it is compared with, and how all of them are printed."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Row:
    """What was measured, in which unit; `bar` is the number to reach, `floor` what the framework alone takes."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    floor: str = ""
    more_is_better: bool = False
    note: str = ""

    @property
    def is_reached(self) -> bool | None:
        """Tell whether the bar is reached; None without a bar."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.more_is_better else self.value <= self.bar


Measure = Callable[[Path], Iterator[Row]]


def p50_and_p95(name: str, seconds: Sequence[float], *, bar: float | None = None, floor: str = "", note: str = "") -> Iterator[Row]:
    """Give the median and the 95th percentile of some times, in milliseconds; the bar is for the median."""
    cuts = quantiles(seconds, n=20, method="inclusive")
    yield Row(f"{name}, p50", cuts[9] * 1000, "ms", bar, floor, note=note)
    yield Row(f"{name}, p95", cuts[18] * 1000, "ms")


def table(rows: Iterable[Row]) -> str:
    """Return the rows as text in columns."""
    marks = {True: "reached", False: "MISSED", None: ""}
    lines = [("measured", "value", "unit", "bar", "", "floor", "")]
    for row in rows:
        bar = "" if row.bar is None else f"{'≥' if row.more_is_better else '≤'} {_short(row.bar)}"
        lines.append((row.name, _short(row.value), row.unit, bar, marks[row.is_reached], row.floor, row.note))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def as_json(rows: Iterable[Row], about: dict[str, Any]) -> str:
    """Return the rows and what the machine was doing as JSON."""
    return json.dumps({"machine": about, "rows": [asdict(row) | {"is_reached": row.is_reached} for row in rows]}, indent=2)


@contextmanager
def processor_time(pids: Callable[[], Iterable[int]]) -> Iterator[list[float]]:
    """Give a list to which the processor seconds that these processes used meanwhile are added at the end.

    On a machine that does other things as well this says more than the clock on the wall.
    """
    used: list[float] = []
    before = sum(map(_used_by, pids()))
    yield used
    used.append(sum(map(_used_by, pids())) - before)


def _used_by(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
