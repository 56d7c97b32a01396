"""Turn facts into subject, text and HTML: an installation's own texts first, the built-in ones otherwise."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape
from sqlmodel import Session, col

from casetasks_app import settings
from casetasks_app.db.statements import looked_up
from casetasks_app.mail import headers, links, moments
from casetasks_app.mail.facts import MailFacts, MailKind
from casetasks_app.models import MailTemplate

log = logging.getLogger(__name__)

BUILT_IN = Path(__file__).parent / "templates"
LONGEST_SUBJECT = 60
_SHORTEST_WORD = 8
_SHORTENED = ("task_type", "team", "step")

_OWN_TEXTS = sa.select(col(MailTemplate.subject), col(MailTemplate.body), col(MailTemplate.html)).where(
    col(MailTemplate.kind) == sa.bindparam("kind")
)

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Rendered:
    """One mail's texts; the same words in both bodies."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Source:
    """Template texts of one kind; without HTML it is made from the text."""

    subject: str
    text: str
    html: str = ""


def render(session: Session, *, kind: MailKind, facts: MailFacts, now: datetime, is_own: bool = False) -> Rendered:
    """Write one kind of mail; `is_own` says that the reader did it."""
    return write(kind, changed_texts(session, kind), variables(facts, now, is_own=is_own))


def write(kind: MailKind, changed: Sequence[Source], values: Values) -> Rendered:
    """Write one kind of mail with the installation's own texts, or the built-in ones.

    A changed text that cannot be rendered is logged and the built-in one is used: a text never stops an action.
    """
    for source in changed:
        try:
            return render_source(source, values)
        except (TemplateError, ArithmeticError, TypeError, ValueError, RecursionError) as error:
            log.warning("The changed text of the mail %s cannot be used, the built-in one is: %s", kind, error)
    return render_source(_built_in(kind), values)


def render_source(source: Source, values: Values) -> Rendered:
    """Render given template texts; raises jinja2's TemplateError for what they get wrong."""
    return Rendered(_subject(source.subject, values), *_bodies(source, values))


def render_letter(source: Source, values: Values) -> Rendered:
    """Render the texts of a plugin's letter, whose subject is its own; raises jinja2's TemplateError."""
    return Rendered(headers.clean(_compiled(source.subject, escapes=False).render(values)), *_bodies(source, values))


def _bodies(source: Source, values: Values) -> tuple[str, str]:
    text = headers.clean_text(_compiled(source.text, escapes=False).render(values)).strip() + "\n"
    html = _compiled(source.html, escapes=True).render(values) if source.html else _html_of(text)
    return _without_gaps(text), headers.clean_text(html).strip() + "\n"


def variables(facts: MailFacts, now: datetime, *, is_own: bool = False) -> Values:
    """Return everything a text may use: each field of MailFacts by its name, and the words made from them."""
    config = settings.load()
    zone = ZoneInfo(config.time_zone)
    due_at = facts.due_at
    values: Values = {field.name: _on_one_line(getattr(facts, field.name)) for field in fields(facts)}
    values |= {
        "reference": facts.reference,
        "link": _link(config.url, facts, now),
        "organisation": config.organisation,
        "is_own": is_own,
        "has_target": due_at is not None,
        "target": moments.long(due_at, zone) if due_at else "",
        "due_day": moments.short_day(due_at, zone) if due_at else "",
        "due_near": moments.near(due_at, now, zone) if due_at else "",
        "was_due": moments.was_near(due_at, now, zone) if due_at else "",
        "time_left": moments.span(due_at - now) if due_at else "",
        "late_by": facts.late_by or (moments.span(now - due_at) if due_at else ""),
        "moment": moments.long(now, zone),
    }
    return values


def _link(url: str, facts: MailFacts, now: datetime) -> str:
    return links.with_moment(url + facts.page, now) if facts.is_of_task_page else url + facts.page


def _on_one_line(value: object) -> object:
    # One fact is one line, so that nobody's text can look like another fact or another link.
    return headers.one_line(value) if isinstance(value, str) else value


def changed_texts(session: Session, kind: MailKind) -> list[Source]:
    """Return the texts that replace the built-in ones of a kind, the first to be tried first."""
    found: list[Source] = []
    found += [Source(*texts) for texts in looked_up(session, _OWN_TEXTS, kind=kind.value)]
    folder = settings.load().mail_template_dir
    if folder is not None and (folder / kind).is_dir():
        found.append(_from_folder(folder, kind))
    return found


def _from_folder(folder: Path, kind: MailKind) -> Source:
    # A folder may replace one text and leave the others as they are, but HTML that goes with another text is not used.
    subject, text, html = (folder / kind / name for name in ("subject.txt", "body.txt", "body.html"))
    built_in = BUILT_IN / kind
    own_text = text.is_file()
    return Source(
        _read(subject if subject.is_file() else built_in / "subject.txt"),
        _read(text if own_text else built_in / "body.txt"),
        _read(html) if html.is_file() else "" if own_text else _read(built_in / "body.html"),
    )


@lru_cache(maxsize=len(MailKind))
def _built_in(kind: MailKind) -> Source:
    return _from_folder(BUILT_IN, kind)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _subject(template: str, values: Values) -> str:
    # Long names give way so that what happened, the reference and the moment stay in sight.
    parts = _compiled(template, escapes=False)
    shown = dict(values)
    subject = headers.clean(parts.render(shown))
    while (over := len(subject) - LONGEST_SUBJECT) > 0:
        name = max(_SHORTENED, key=lambda each: len(str(shown[each])))
        word = str(shown[name])
        if len(word) <= _SHORTEST_WORD:
            return subject[: LONGEST_SUBJECT - 1].rstrip() + "…"
        shown[name] = word[: max(_SHORTEST_WORD - 1, len(word) - over - 1)].rstrip(" ….,:") + "…"
        subject = headers.clean(parts.render(shown))
    return subject


def _html_of(text: str) -> str:
    return f'<p style="white-space: pre-wrap; font: 16px sans-serif">{escape(text.strip())}</p>'


def _without_gaps(text: str) -> str:
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def _shared(template: str) -> str | None:
    # Only the frame and facts that all mails share: a changed text cannot read other files.
    return _read(BUILT_IN / template) if template in {"frame.html", "facts.txt", "facts.html"} else None


@lru_cache(maxsize=2)
def _environment(*, escapes: bool) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        autoescape=escapes, undefined=StrictUndefined, loader=FunctionLoader(_shared), trim_blocks=True, lstrip_blocks=True
    )


@lru_cache(maxsize=128)
def _compiled(text: str, *, escapes: bool) -> Template:
    return _environment(escapes=escapes).from_string(text)
