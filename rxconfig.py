"""Reflex's settings, taken from ours."""

import os

from casetasks_app import settings
from casetasks_app.web import gate_settings, reflex_internals
from casetasks_app.web.ui import theme

config_of_installation = settings.load()

# Reflex reads these from the environment alone; what an operator has set stays.
for _name, _value in reflex_internals.framework_settings(
    empty_upload_dir=config_of_installation.data_dir / "no-uploads", ping_seconds=10, max_message_bytes=256 * 1024
).items():
    os.environ.setdefault(_name, _value)

import reflex as rx  # noqa: E402  the variables above must be set before

config = rx.Config(
    app_name="casetasks_app",
    backend_host=config_of_installation.host,
    cors_allowed_origins=sorted(gate_settings.origins_of(config_of_installation)),
    default_color_mode="system",
    frontend_compression_formats=["brotli", "gzip"],
    show_built_with_reflex=False,
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    telemetry_enabled=False,
    transport="websocket",
    plugins=[rx.plugins.TailwindV4Plugin(theme.TAILWIND)],  # pyright: ignore[reportArgumentType]  a plain dictionary of that shape
    disable_plugins=[rx.plugins.SitemapPlugin],
)
