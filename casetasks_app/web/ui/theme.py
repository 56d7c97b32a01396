"""The names by which Tailwind knows the tokens of assets/tokens.css: `text-ink-muted`, `border-line`, `bg-panel`."""

COLOURS = (
    "ground", "panel", "surface", "hover", "selected", "changed", "ink", "ink-muted", "line", "control-border", "link",
    "primary", "on-primary", "danger", "warning", "success", "neutral",
)  # fmt: skip

TAILWIND = {
    "theme": {
        "extend": {
            "colors": {name: f"var(--{name})" for name in COLOURS},
            "maxWidth": {"list": "1440px", "reading": "720px"},
            # System fonts have no weight of 500 and draw it like 400: labels and names would not stand out.
            "fontWeight": {"medium": "600"},
        }
    },
    "plugins": [],
}
"""Given to Reflex's Tailwind plugin in rxconfig.py."""

STYLESHEETS = ["/tokens.css"]
"""Given to the app, which bundles them with Tailwind's own."""
