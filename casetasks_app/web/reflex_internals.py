"""Every private Reflex name we rely on, and nothing else; tests/security/test_reflex_internals.py holds each of them."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reflex_base.registry import RegisteredEventHandler, RegistrationContext

if TYPE_CHECKING:
    import reflex as rx
    from reflex.state import BaseState

FRAMEWORK_MODULE = "reflex.state"
FRAMEWORK_EVENTS = frozenset(
    {"hydrate", "hydrate_and_load", "set_is_hydrated", "on_load_internal", "update_vars_internal", "handle_frontend_exception"}
)
"""The framework's own events that a page needs; every other event of the framework is refused, `setvar` first of all."""

EVENT_PATH = "/_event"
UPLOAD_PATH = "/_upload"


def serving_environment(*, with_front_end: bool = True) -> dict[str, str]:
    """Return the variables with which a server starts on what was built before, without node and without compiling."""
    return {
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true" if with_front_end else "false",
    }


def framework_settings(*, empty_upload_dir: Path, ping_seconds: int, max_message_bytes: int) -> dict[str, str]:
    """Return the variables that Reflex reads for things its configuration object has no field for."""
    return {
        "REFLEX_SOCKET_INTERVAL": f"{ping_seconds}s",
        "REFLEX_SOCKET_TIMEOUT": f"{ping_seconds}s",
        "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": str(max_message_bytes),
        "REFLEX_UPLOADED_FILES_DIR": str(empty_upload_dir),
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }


def registered_handlers() -> Mapping[str, RegisteredEventHandler]:
    """Return every event a client can name, by its full name."""
    return RegistrationContext.ensure_context().event_handlers


def handler_function(event_name: str) -> Callable[..., Any] | None:
    """Return the function that runs for an event, or None when there is no such event."""
    registered = registered_handlers().get(event_name)
    return registered.handler.fn if registered else None


def is_framework_event(event_name: str, function: Callable[..., Any]) -> bool:
    """Tell whether this is one of the few events of the framework itself that a page needs."""
    return function.__module__ == FRAMEWORK_MODULE and event_name.rpartition(".")[2] in FRAMEWORK_EVENTS


def root_of(state: "BaseState") -> "BaseState":
    """Return the root of a tab's state tree."""
    return state._get_root_state()


def session_header(state: "BaseState") -> str:
    """Return the authorization header the gate put on the socket this event came through; empty without a socket."""
    return str(root_of(state).rx_router_headers.raw_headers.get("authorization", ""))


def tab_token(state: "BaseState") -> str:
    """Return the token of the tab this state belongs to."""
    return str(root_of(state).rx_router_session.client_token)


async def changes_of(root: "BaseState") -> dict[str, Any]:
    """Return what changed in a tree, to be sent at once, and count it as sent."""
    delta = await root._get_resolved_delta()
    root._clean()
    return dict(delta)


def data_of(var: Any) -> Any:  # noqa: ANN401  Reflex gives a state's field the type of its value
    """Return what a hook needs to use a state's var."""
    return var._get_all_var_data()


def screen_events(app: "rx.App", welcome: Callable[[object], bool]) -> None:
    """Let only events that `welcome` accepts reach Reflex, which would log the others with every header they carry."""
    namespace: Any = app.event_namespace
    accept: Callable[[str, object], Awaitable[None]] = namespace.on_event

    async def on_event(sid: str, data: object) -> None:
        if welcome(data):
            await accept(sid, data)

    namespace.on_event = on_event


def running_app() -> "rx.App":
    """Return the app of this process."""
    return RegistrationContext.ensure_context().app


def built_pages() -> Path:
    """Return the folder of the built front end; it need not exist."""
    from reflex.utils.prerequisites import get_web_dir  # noqa: PLC0415  Reflex must not be loaded by the command line
    from reflex_base import constants  # noqa: PLC0415

    return Path(get_web_dir()) / constants.Dirs.STATIC
