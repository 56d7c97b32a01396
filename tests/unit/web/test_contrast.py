"""Every pair of colours that stands together, recomputed from the token file with the WCAG formula (X6)."""

import re
from pathlib import Path

import pytest

from casetasks_app.web.ui.theme import COLOURS

SHEET = (Path(__file__).parents[3] / "assets" / "tokens.css").read_text(encoding="utf-8")
TEXT, GRAPHICS = 4.5, 3.0

TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-muted", "link") for ground in ("ground", "panel", "surface", "hover", "selected", "changed")],
    *[(text, ground) for text in ("danger",) for ground in ("ground", "panel", "surface")],
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("on-danger", "danger-fill"),
    ("on-danger", "danger-fill-hover"),
    ("on-info", "info-soft"),
    ("on-warning", "warning-soft"),
    ("on-danger-soft", "danger-soft"),
    ("on-success", "success-soft"),
    ("on-neutral", "neutral-soft"),
    ("on-automatic", "automatic-soft"),
]
GRAPHIC_PAIRS = [
    *[
        (mark, ground)
        for mark in ("warning", "success", "neutral", "control-border", "focus", "primary")
        for ground in ("ground", "panel", "surface")
    ],
    *[(mark, ground) for mark in ("danger", "warning", "success", "neutral", "focus", "control-border") for ground in ("hover", "changed")],
    ("link", "info-soft"),
    ("warning", "warning-soft"),
    ("danger", "danger-soft"),
    ("success", "success-soft"),
]


def tokens(selector: str) -> dict[str, str]:
    block = re.search(rf"^{re.escape(selector)} {{(.*?)^}}", SHEET, re.MULTILINE | re.DOTALL)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


SCHEMES = {"light": tokens(":root"), "dark": {**tokens(":root"), **tokens(".dark")}}


def test_the_formula_gives_the_known_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#60646c", "#ffffff") == pytest.approx(5.94, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(scheme: str, text: str, ground: str):
    assert contrast(SCHEMES[scheme][text], SCHEMES[scheme][ground]) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("mark", "ground"), GRAPHIC_PAIRS)
def test_bars_borders_and_icons_can_be_seen(scheme: str, mark: str, ground: str):
    assert contrast(SCHEMES[scheme][mark], SCHEMES[scheme][ground]) >= GRAPHICS


def test_both_schemes_say_every_colour():
    assert tokens(".dark").keys() == tokens(":root").keys()


def test_every_name_tailwind_knows_is_a_token():
    assert set(COLOURS) <= tokens(":root").keys()


def test_no_colour_is_written_outside_the_sheet():
    package = Path(__file__).parents[3] / "casetasks_app"
    found = [
        f"{file.name}: {value}"
        for file in [*package.joinpath("web").rglob("*.py"), *package.parent.joinpath("assets").rglob("*.jsx")]
        for value in re.findall(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?![\w-])", file.read_text(encoding="utf-8"))
    ]
    assert found == []
