"""One entry in the list of pages: where it stands, what it looks like and what runs when somebody arrives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx
from starlette.routing import Route


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `on_load` handlers run strictly in order, the watcher last (see watch.follow)."""

    route: str
    component: Callable[[], rx.Component]
    title: str | rx.Var[str]
    on_load: Sequence[Any] = ()
    routes: Sequence[Route] = ()
    """What it offers over HTTP beside itself, behind the gate."""
