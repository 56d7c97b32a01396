"""Leaving a page whose sign-in has ended: a full navigation, because the sign-in page is none of the bundle's."""

from typing import Any

import reflex as rx

from casetasks_app.web import reflex_internals, routes
from casetasks_app.web.session import Me

_LEAVE = "window.location.assign('%s?next=' + encodeURIComponent(location.pathname + location.search))"


class LeaveWhenSignedOut(rx.Fragment):
    """Goes to the sign-in page when the server says the sign-in has ended, or refuses the socket because of it."""

    def add_imports(self) -> rx.ImportDict:
        """Name what the hooks use."""
        return {"react": ["useEffect"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:
        """Watch the state's word, and ask while the socket stays closed."""
        leave = _LEAVE % routes.SIGN_IN
        told = str(Me.signed_out)
        by_word = f"useEffect(() => {{ if ({told}) {{ {leave}; }} }}, [{told}])"
        # The offline banner exists only while the socket is closed; a refused socket says nothing about the reason.
        by_asking = (
            "useEffect(() => { const timer = setInterval(async () => {"
            " if (!document.getElementById('ct-offline') || !navigator.onLine) return;"
            f" try {{ const answer = await fetch('{routes.WHO_AM_I}', {{ cache: 'no-store' }});"
            f" if (answer.status === 401) {{ {leave}; }} }}"
            " catch { /* the server is away: the banner says so */ }"
            " }, 3000); return () => clearInterval(timer); }, [])"
        )
        return [rx.Var(by_word, _var_data=reflex_internals.data_of(Me.signed_out)), rx.Var(by_asking)]


def leave_when_signed_out() -> rx.Component:
    """Return the part; it draws nothing and stands in every page."""
    return LeaveWhenSignedOut.create()
