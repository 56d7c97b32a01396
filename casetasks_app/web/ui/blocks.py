"""Summary blocks: what *View* shows of a task, as the plugin describes it (S25, S26). An unknown block is shown as text."""

from dataclasses import dataclass, field

import reflex as rx

from casetasks_app.web.ui.facts import ShownFact, facts_from
from casetasks_app.web.ui.form_rows import ShownFile
from casetasks_app.web.ui.icons import icon_of
from casetasks_app.web.ui.uploads import file_list, photo_list
from casetasks_app.web.ui.values import Prop

DECISION_SHAPES = {"good": "circle_check", "bad": "circle_x"}
CHECK_SHAPES = {"yes": "check", "no": "x", "not applicable": "minus"}


@dataclass(frozen=True)
class ShownCheck:
    """One answered thing of a checklist: `answer` picks the shape, `words` say it."""

    label: str
    answer: str
    words: str
    comment: str = ""


@dataclass(frozen=True)
class ShownBlock:
    """One block, flat, so that the browser can tell the kinds apart: only the fields of its `kind` are filled."""

    kind: str
    title: str = ""
    text: str = ""
    byline: str = ""
    tone: str = ""
    facts: list[ShownFact] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    checks: list[ShownCheck] = field(default_factory=list)
    photos: list[ShownFile] = field(default_factory=list)
    files: list[ShownFile] = field(default_factory=list)
    done: int = 0
    total: int = 0


def summary_blocks(blocks: rx.Var[list[ShownBlock]]) -> rx.Component:
    """Draw a task's summary, block under block, headings of level 3."""
    return rx.el.div(rx.foreach(blocks, _block), class_name="flex flex-col gap-6")


def _block(block: Prop) -> rx.Component:
    drawn = rx.match(
        block.kind,
        ("facts", facts_from(block.facts)),
        ("decision", _decision(block)),
        ("table", _table(block)),
        ("checklist", rx.el.ul(rx.foreach(block.checks, _check), class_name="ct-checks")),
        ("files", _files(block)),
        ("progress", _progress(block.title, block.text, block.done, block.total)),
        _text(block),
    )
    byline = rx.cond(block.byline & (block.kind != "text"), rx.el.p(block.byline, class_name="ct-hint"), rx.fragment())
    return rx.el.section(rx.cond(block.title, rx.el.h3(block.title), rx.fragment()), drawn, byline, class_name="flex flex-col gap-2")


def _text(block: Prop) -> rx.Component:
    """What somebody wrote stands apart from the page's own words; a sentence of the plugin's own has neither title nor byline."""
    written = rx.el.div(
        rx.el.p(block.text, class_name="ct-text"),
        rx.cond(block.byline, rx.el.p(block.byline, class_name="ct-hint mt-1"), rx.fragment()),
        class_name="border-l-4 border-line pl-4 py-1",
    )
    return rx.cond(block.title | block.byline, written, rx.el.p(block.text, class_name="ct-text"))


def _files(block: Prop) -> rx.Component:
    photos = rx.cond(block.photos.length() > 0, photo_list(block.photos), rx.fragment())
    others = rx.cond(block.files.length() > 0, file_list(block.files), rx.fragment())
    return rx.el.div(photos, others, class_name="flex flex-col gap-3")


def _decision(block: Prop) -> rx.Component:
    shape = icon_of(block.tone, DECISION_SHAPES, "alert", class_name="shrink-0 mt-1")
    return rx.el.p(shape, rx.el.span(block.text, class_name="ct-text min-w-0"), class_name="ct-decision", data_tone=block.tone)


def _table(block: Prop) -> rx.Component:
    def head(label: rx.Var[str]) -> rx.Component:
        return rx.el.th(label, scope="col", role="columnheader")

    def body(cells: rx.Var[list[str]]) -> rx.Component:
        def one(cell: Prop, index: Prop) -> rx.Component:
            name = rx.el.th(cell, scope="row", role="rowheader", class_name="ct-text font-medium")
            return rx.cond(index == 0, name, rx.el.td(cell, role="cell", data_label=block.columns[index], class_name="ct-text"))

        return rx.el.tr(rx.foreach(cells, one), role="row")

    return rx.el.table(
        rx.el.caption(block.title, class_name="ct-hidden"),
        rx.el.thead(rx.el.tr(rx.foreach(block.columns, head), role="row"), role="rowgroup"),
        rx.el.tbody(rx.foreach(block.rows, body), role="rowgroup"),
        class_name="ct-table",
        role="table",
    )


def _check(check: rx.Var[ShownCheck]) -> rx.Component:
    return rx.el.li(
        icon_of(check.answer, CHECK_SHAPES, class_name="shrink-0 mt-1"),
        rx.el.div(
            rx.el.span(check.label, rx.el.span(": ", class_name="ct-hidden")),
            rx.cond(check.comment, rx.el.p(check.comment, class_name="ct-hint ct-text"), rx.fragment()),
            class_name="grow min-w-0",
        ),
        rx.el.strong(check.words),
        data_answer=check.answer,
    )


def _progress(title: Prop, words: Prop, done: Prop, total: Prop) -> rx.Component:
    # Named by its words, so that a bar without a title has a name too.
    bar = rx.el.progress(value=done, max=total, aria_label=rx.cond(title, title, words), class_name="ct-bar")
    return rx.el.div(rx.el.p(words, class_name="font-medium ct-num"), bar, class_name="flex flex-col gap-1")
