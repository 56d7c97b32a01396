"""Every event a client can name: who may call it is said, and nothing of the framework is open that no page needs."""

import inspect

import pytest
from reflex.event import Event

from casetasks_app.casetasks_app import app
from casetasks_app.people.rules import Actor
from casetasks_app.web import guard, reflex_internals
from casetasks_app.web.guard import allow
from casetasks_app.web.roles import Role

ADMINISTRATOR = Actor(
    person_id=1, name="Ada", email="ada@example.test", is_administrator=True, leads=frozenset({1}), manages=frozenset({1})
)


def _ours() -> dict[str, object]:
    assert app is not None
    return {
        name: registered.handler.fn
        for name, registered in reflex_internals.registered_handlers().items()
        if registered.handler.fn.__module__.startswith("casetasks_app")
    }


def test_every_handler_of_ours_says_who_may_call_it():
    silent = [name for name, handler in _ours().items() if not guard.allowed_roles(handler)]

    assert _ours()
    assert not silent


def test_no_handler_of_ours_has_a_default_that_a_client_could_override():
    with_default = [
        name for name, handler in _ours().items() if any(p.default is not p.empty for p in inspect.signature(handler).parameters.values())
    ]

    assert not with_default


def test_every_argument_of_our_handlers_says_its_kind():
    silent = [
        name
        for name, handler in _ours().items()
        if any(p.annotation is p.empty for p in list(inspect.signature(handler).parameters.values())[1:])
    ]

    assert not silent


def test_of_the_framework_only_what_a_page_needs_is_open_even_to_an_administrator():
    others = [
        name
        for name, registered in reflex_internals.registered_handlers().items()
        if not registered.handler.fn.__module__.startswith(("casetasks_app", "tests"))
    ]

    open_to_all = {name.rpartition(".")[2] for name in others if guard._may_run(Event(name=name, payload={}), ADMINISTRATOR)}

    assert open_to_all == reflex_internals.FRAMEWORK_EVENTS
    assert any(name.endswith(".setvar") for name in others)


def test_allow_refuses_a_handler_with_a_default():
    def handler(self, is_dry: bool = True): ...

    with pytest.raises(TypeError, match="is_dry"):
        allow(Role.PERSON)(handler)


def test_allow_needs_a_role():
    with pytest.raises(TypeError):
        allow()
