"""Nothing for axe to find, nothing cut or too small, in either scheme and down to 320 px (X2, X6, X7, X22)."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

PAGES = ["/", "/?do=cancel", "/?new=type", "/?new=details", "/form", "/history"]
SIZES = [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 800)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TOO_SMALL = """() => [...document.querySelectorAll('a,button,input,select,textarea,summary')]
  .filter((e) => e.getClientRects().length && !e.closest('.ct-hidden,.ct-skip,[hidden]') && e.type !== 'hidden')
  .map((e) => [e.closest('label') ?? e, e]).map(([box, e]) => [box.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width < 24 || box.height < 24).map(([box, html]) => `${box.width} x ${box.height}: ${html}`)"""


@pytest.mark.parametrize(("scheme", "width"), SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_every_part_is_accessible(browser: Browser, site: str, path: str, scheme: str, width: int):
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(site + path)
        page.locator(".ct-skeleton").first.wait_for(state="detached")
        page.wait_for_function("document.getAnimations().every((a) => a.playState === 'finished')")

        found = Axe().run(page, options=RULES).response["violations"]
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")

        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert overflow <= 0
        assert page.evaluate(TOO_SMALL) == []


def test_text_with_wide_spacing_is_not_cut(browser: Browser, site: str):
    """X8."""
    with browser.new_context(viewport={"width": 320, "height": 900}) as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_role("link", name="Site visit", exact=True).wait_for()

        page.add_style_tag(content="*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}")

        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_forced_colours_keep_bars_and_controls(browser: Browser, site: str):
    """F1 of the acceptance list."""
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_role("link", name="Site visit", exact=True).wait_for()

        width = page.get_by_test_id("target-1").evaluate("(e) => getComputedStyle(e).borderTopWidth")

        assert width == "1px"


def test_nothing_moves_for_those_who_asked_for_less_motion(browser: Browser, site: str):
    """X14."""
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_text("Changed just now").wait_for()

        assert page.evaluate("document.getAnimations().length") == 0


def test_paper_shows_the_list_without_buttons(browser: Browser, site: str):
    """P1 of the acceptance list."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_role("link", name="Site visit", exact=True).wait_for()

        page.emulate_media(media="print")

        assert page.get_by_text("Due today, 16:30").is_visible()
        assert not page.get_by_role("banner").is_visible()
        assert not page.get_by_role("link", name="Create task").first.is_visible()
