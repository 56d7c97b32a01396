"""The guard: every event of every tab is refused unless its handler says who may call it."""

import inspect
import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, get_type_hints

import reflex as rx
from pydantic import TypeAdapter, ValidationError
from reflex.event import Event
from reflex.state import BaseState, StateUpdate

from casetasks_app.people.rules import Actor
from casetasks_app.web import reflex_internals, session
from casetasks_app.web.roles import Role, roles_of
from casetasks_app.web.session import Me
from casetasks_app.web.signed_in import signed_in, tabs

F = TypeVar("F", bound=Callable[..., Any])
log = logging.getLogger(__name__)

_ROLES = "__casetasks_roles__"
SESSION_SCHEME = "session "


def allow(*roles: Role) -> Callable[[F], F]:
    """Say who may call a handler; stands between `@rx.event` and `def`.

    A client can give any argument a value of its own, those with a default too, so handlers with defaults are refused here.
    """
    if not roles:
        message = "allow() needs at least one role"
        raise TypeError(message)

    def mark(handler: F) -> F:
        defaults = [name for name, parameter in inspect.signature(handler).parameters.items() if parameter.default is not parameter.empty]
        if defaults:
            message = f"{handler.__qualname__} has defaults a client could override: {', '.join(defaults)}"
            raise TypeError(message)
        setattr(handler, _ROLES, frozenset(roles))
        return handler

    return mark


def allowed_roles(handler: Callable[..., Any]) -> frozenset[Role]:
    """Return who may call a handler; nobody, when it does not say."""
    return getattr(handler, _ROLES, frozenset())


class Guard(rx.Middleware):
    """Runs before every event: page loads, clicks, chained and background handlers, uploads."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:  # noqa: ARG002  Reflex's own signature
        """Return None to let the event run; an update instead of it when it may not."""
        root = reflex_internals.root_of(state)
        digest = reflex_internals.session_header(state).removeprefix(SESSION_SCHEME)
        actor = await signed_in.find_in_use(digest)
        if actor is None:
            await empty(root)
            return StateUpdate(delta=await reflex_internals.changes_of(root))
        me = await root.get_state(Me)
        if me._digest != digest:  # noqa: SLF001  first event of this sign-in in this tab: nothing of another one may be left
            root.reset()
            me = await root.get_state(Me)
        session.introduce(me, digest, actor)
        tabs.bind(reflex_internals.tab_token(state), digest)
        return None if _may_run(event, actor) else StateUpdate()


async def empty(root: BaseState) -> None:
    """Empty a tab whose sign-in has ended and tell its page so."""
    tabs.release(reflex_internals.tab_token(root))
    root.reset()
    (await root.get_state(Me)).signed_out = True


def _may_run(event: Event, actor: Actor) -> bool:
    handler = reflex_internals.handler_function(event.name)
    if handler is None:
        return False
    if reflex_internals.is_framework_event(event.name, handler):
        return True
    if not allowed_roles(handler) & roles_of(actor):
        log.warning("Person %s was refused the event %s", actor.person_id, event.name)
    elif not _fits(handler, event.payload):
        log.warning("Person %s sent arguments of the wrong kind to %s", actor.person_id, event.name)
    else:
        return True
    return False


def _fits(handler: Callable[..., Any], payload: dict[str, Any]) -> bool:
    # Reflex runs a handler with whatever a client sent, annotated or not.
    checks = _checks(handler)
    if payload.keys() != checks.keys():
        return False
    try:
        for name, value in payload.items():
            checks[name].validate_python(value)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=1024)
def _checks(handler: Callable[..., Any]) -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(handler)
    names = list(inspect.signature(handler).parameters)[1:]
    return {name: _check_for(hints.get(name, Any)) for name in names}


def _check_for(hint: Any) -> TypeAdapter[Any]:  # noqa: ANN401  an annotation may be anything
    try:
        return TypeAdapter(hint)
    except Exception:  # noqa: BLE001  framework types like upload iterators have no schema and cannot come from a client
        return TypeAdapter(Any)
