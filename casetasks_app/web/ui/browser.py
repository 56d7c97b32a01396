"""The parts that need the browser's help, one class for each component of assets/kit.jsx."""

from typing import Any

import reflex as rx

KIT = "$/public/kit.jsx"


def _nothing() -> list[rx.Var[Any]]:
    return []


def _text(text: rx.Var[str]) -> list[rx.Var[str]]:
    return [text]


def _data(data: rx.Var[dict[str, Any]]) -> list[rx.Var[dict[str, Any]]]:
    return [data]


class Kit(rx.Component):
    """A component of kit.jsx."""

    library = KIT


class Behaviours(Kit):
    """Keyboard in lists and menus, focus after a move, copying, the stop of presses while offline."""

    tag = "Behaviours"
    words: rx.Var[dict[str, str]]


class Announcer(Kit):
    """Sums up other people's changes in the live region, at most once in twenty seconds."""

    tag = "Announcer"
    changed: rx.Var[int]
    added: rx.Var[int]
    words: rx.Var[dict[str, str]]


class Connection(Kit):
    """The banner of a lost connection; `zone` is the time zone of its times."""

    tag = "Connection"
    lost: rx.Var[bool]
    words: rx.Var[dict[str, Any]]
    zone: rx.Var[str]


class FocusWhen(Kit):
    """Moves focus to the element `target` whenever `seq` grows."""

    tag = "FocusWhen"
    target: rx.Var[str]
    seq: rx.Var[int]


class NativeDialog(Kit):
    """A modal dialog element; `focus_key` moves focus to its heading again whenever it changes."""

    tag = "Dialog"
    open: rx.Var[bool]
    labelledby: rx.Var[str]
    describedby: rx.Var[str]
    size: rx.Var[str]
    fallback: rx.Var[str]
    focus_key: rx.Var[str]
    on_closed: rx.EventHandler[_nothing]


class Answers(Kit):
    """Sends the answers of the form it stands in: on submit, and as a draft after typing and on leaving a field."""

    tag = "Answers"
    pause: rx.Var[int]
    on_answers: rx.EventHandler[_data]
    on_draft: rx.EventHandler[_data]


class CharacterCount(Kit):
    """Says how many characters are left, from three quarters of the limit on."""

    tag = "CharacterCount"
    control: rx.Var[str]
    limit: rx.Var[int]
    words: rx.Var[dict[str, str]]


class Picker(Kit):
    """A field that finds by name; `found` is what `on_search` came to, for whichever field of the form asked last."""

    tag = "Picker"
    name: rx.Var[str]
    label: rx.Var[str]
    value: rx.Var[str]
    chosen: rx.Var[str]
    mark: rx.Var[str]
    found: rx.Var[Any]
    words: rx.Var[dict[str, str]]
    describedby: rx.Var[str]
    invalid: rx.Var[bool]
    on_search: rx.EventHandler[_text]


class Uploader(Kit):
    """A button and a drop zone that post each file to `url`; the route's JSON answer is `on_uploaded`'s argument."""

    tag = "Uploader"
    url: rx.Var[str]
    accept: rx.Var[str]
    kinds: rx.Var[str]
    limit: rx.Var[int]
    words: rx.Var[dict[str, str]]
    describedby: rx.Var[str]
    invalid: rx.Var[bool]
    on_uploaded: rx.EventHandler[_data]


class Settled(Kit):
    """Shows its content once the load handlers of its path have run; a skeleton of `rows` until then."""

    tag = "Settled"
    ready: rx.Var[bool]
    at: rx.Var[str]
    rows: rx.Var[int]


class FindField(Kit):
    """Looks for what is typed, on Enter or on its button, by going to `base` with it."""

    tag = "FindField"
    base: rx.Var[str]
    value: rx.Var[str]
    words: rx.Var[dict[str, str]]


class FilterTick(Kit):
    """A box that goes to the address `to` when it is changed."""

    tag = "FilterTick"
    checked: rx.Var[bool]
    to: rx.Var[str]
    label: rx.Var[str]
    count: rx.Var[str]


class Chips(Kit):
    """What is chosen in a list, each to be taken away; `find` is the id of the field that gets the focus after the last one."""

    tag = "Chips"
    chips: rx.Var[list[Any]]
    words: rx.Var[dict[str, str]]
    find: rx.Var[str]


def _asked(verb: rx.Var[str], ids: rx.Var[list[int]]) -> list[rx.Var[Any]]:
    return [verb, ids]


def _named(verb: rx.Var[str]) -> list[rx.Var[Any]]:
    return [verb]


def _said(is_selecting: rx.Var[bool]) -> list[rx.Var[bool]]:
    return [is_selecting]


class Selection(Kit):
    """The buttons for the ticked rows; says which of `verbs` is pressed for which of them, and whether any are ticked."""

    tag = "Selection"
    words: rx.Var[dict[str, str]]
    verbs: rx.Var[list[str]]
    seq: rx.Var[int]
    export_href: rx.Var[str]
    total: rx.Var[int]
    aside: rx.Var[str]
    on_do_all: rx.EventHandler[_named]
    on_do: rx.EventHandler[_asked]
    on_selecting: rx.EventHandler[_said]


def _ticked(name: rx.Var[str], is_on: rx.Var[bool]) -> list[rx.Var[Any]]:
    return [name, is_on]


class OwnTick(Kit):
    """A box that shows at once what was chosen, and says so: its name, and whether it is on."""

    tag = "OwnTick"
    name: rx.Var[str]
    label: rx.Var[str]
    checked: rx.Var[bool]
    on_tick: rx.EventHandler[_ticked]


class OwnRadios(Kit):
    """One choice of a few that is made at once; `options` are labels by value."""

    tag = "OwnRadios"
    name: rx.Var[str]
    value: rx.Var[str]
    options: rx.Var[dict[str, str]]
    on_choose: rx.EventHandler[_text]


class PostForm(Kit):
    """A form the browser itself posts, for leaving the page for good."""

    tag = "PostForm"
    action: rx.Var[str]


class NavLink(rx.Component):
    """A link that says aria-current="page" while its address is shown; with `end` only for exactly that address."""

    library = "react-router"
    tag = "NavLink"
    to: rx.Var[str]
    end: rx.Var[bool]
