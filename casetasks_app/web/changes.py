"""Setting only what is new, because whatever is set travels to the page; reading rows as they are and not through proxies."""

from typing import Any, TypeVar

T = TypeVar("T")


def put(state: Any, **values: object) -> None:  # noqa: ANN401  a state, or what stands for it in a background handler
    """Set those vars of a state whose value differs from the one they have."""
    for name, value in values.items():
        if getattr(state, name) != value:
            setattr(state, name, value)


def plain(value: T) -> T:
    """Return what a state's var holds without the proxy that watches it: for reading many rows, never for changing one."""
    return getattr(value, "__wrapped__", value)
