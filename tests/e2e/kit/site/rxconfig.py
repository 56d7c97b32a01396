"""Settings of the site that shows the kit."""

import reflex as rx

from casetasks_app.web.ui.theme import TAILWIND

config = rx.Config(
    app_name="kitsite",
    plugins=[rx.plugins.TailwindV4Plugin(TAILWIND)],
    disable_plugins=[rx.plugins.SitemapPlugin],
    show_built_with_reflex=False,
    default_color_mode="system",
)
