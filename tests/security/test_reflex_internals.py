"""Contract of every private name of Reflex we rely on: an upgrade that moves one fails here first."""

import inspect
import os

import reflex as rx
from reflex.state import BaseState
from reflex_base import constants
from reflex_base.environment import environment

from casetasks_app.casetasks_app import app
from casetasks_app.web import reflex_internals
from casetasks_app.web.session import Me


def _root() -> BaseState:
    return rx.State(_reflex_internal_init=True)


def test_the_version_is_the_one_these_names_were_read_in():
    assert constants.Reflex.VERSION == "0.10.1"


def test_a_server_reads_the_variables_it_is_started_with(monkeypatch):
    for name, value in reflex_internals.serving_environment().items():
        monkeypatch.setenv(name, value)

    assert environment.REFLEX_ENV_MODE.get() == constants.Env.PROD
    assert environment.REFLEX_SKIP_COMPILE.get() is True
    assert environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.get() is True


def test_the_settings_without_a_field_are_read_from_their_variables(monkeypatch, tmp_path):
    for name, value in reflex_internals.framework_settings(empty_upload_dir=tmp_path, ping_seconds=10, max_message_bytes=4096).items():
        monkeypatch.setenv(name, value)

    assert environment.REFLEX_SOCKET_INTERVAL.get().total_seconds() == 10
    assert environment.REFLEX_SOCKET_TIMEOUT.get().total_seconds() == 10
    assert environment.REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE.get() == 4096
    assert environment.REFLEX_UPLOADED_FILES_DIR.get() == tmp_path
    assert environment.REFLEX_USE_NPM.get() is True


def test_the_running_app_pings_every_ten_seconds_and_takes_only_small_messages():
    assert (app.sio.eio.ping_interval, app.sio.eio.ping_timeout) == (10, 10)
    assert app.sio.eio.max_http_buffer_size == 256 * 1024
    assert app.sio.eio.transports == ["websocket"]
    assert os.environ["REFLEX_UPLOADED_FILES_DIR"].endswith("no-uploads")


def test_states_are_kept_in_memory_alone():
    assert type(app.state_manager).__name__ == "StateManagerMemory"


def test_the_registry_knows_our_handlers_by_function():
    name = f"{Me.get_full_name()}.setvar"

    assert callable(reflex_internals.handler_function(name))
    assert reflex_internals.handler_function("no.such.event") is None


async def test_a_root_is_found_from_every_state_and_its_changes_are_taken_once():
    root = _root()
    me = await root.get_state(Me)
    me.name = "Ana"

    changes = await reflex_internals.changes_of(reflex_internals.root_of(me))

    assert changes[Me.get_full_name()]["name_rx_state_"] == "Ana"
    assert await reflex_internals.changes_of(root) == {}


async def test_reset_also_empties_what_never_leaves_the_server():
    root = _root()
    me = await root.get_state(Me)
    me.name, me._digest = "Ana", "d1"

    root.reset()

    assert (me.name, me._digest) == ("", "")


def test_without_a_socket_there_is_neither_session_header_nor_token():
    root = _root()

    assert (reflex_internals.session_header(root), reflex_internals.tab_token(root)) == ("", "")


def test_events_are_screened_at_the_door_of_the_socket():
    assert inspect.iscoroutinefunction(app.event_namespace.on_event)
    assert app.event_namespace.on_event.__module__ == reflex_internals.__name__


def test_the_running_app_is_found_from_anywhere():
    assert reflex_internals.running_app() is app


def test_the_built_pages_are_looked_for_where_the_build_puts_them():
    assert reflex_internals.built_pages().parts[-2:] == ("build", "client")


def test_a_hook_learns_what_it_needs_of_a_var():
    assert Me.get_full_name() in str(reflex_internals.data_of(Me.signed_out).state)
