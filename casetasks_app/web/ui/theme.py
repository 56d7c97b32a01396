"""The names by which Tailwind knows the tokens of assets/tokens.css: `text-ink-muted`, `border-line`, `bg-panel`."""

COLOURS = (
    "ground", "panel", "surface", "hover", "selected", "changed", "ink", "ink-muted", "line", "control-border", "link",
    "primary", "on-primary", "danger", "warning", "success", "neutral",
)  # fmt: skip

TAILWIND = {
    "theme": {"extend": {"colors": {name: f"var(--{name})" for name in COLOURS}, "maxWidth": {"list": "1440px", "reading": "720px"}}},
    "plugins": [],
}
"""Given to Reflex's Tailwind plugin in rxconfig.py."""

STYLESHEETS = ["/tokens.css"]
"""Given to the app, which bundles them with Tailwind's own."""
