"""Only what is new travels to a page."""

import reflex as rx

from casetasks_app.web import changes


class Noticed(rx.State):
    """Two vars of a page."""

    words: rx.Field[list[str]] = rx.field(default_factory=lambda: ["a"])
    count: int = 1


def test_a_value_that_is_the_same_is_not_sent_again():
    state = Noticed(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
    state._clean()

    changes.put(state, words=["a"], count=2)

    assert state.dirty_vars == {"count"}
