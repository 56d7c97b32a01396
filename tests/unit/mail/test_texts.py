"""Every mail's words, kept as files: `CASETASKS_TEST_GOLDEN=write` writes them anew."""

import os
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from jinja2 import TemplateError

from casetasks_app.mail import render, samples
from casetasks_app.mail.facts import MailFacts, MailKind
from casetasks_app.mail.render import Rendered, Source

GOLDEN = Path(__file__).parent / "golden"
VARIANTS = {kind.value: (kind, facts) for kind, facts in samples.SAMPLES.items()} | {
    "assigned-bare": (MailKind.ASSIGNED, replace(samples.SITE_VISIT, actor="", manager="", due_at=None, task_name="", is_reassigned=True)),
    "breached-again": (MailKind.BREACHED, replace(samples.SAMPLES[MailKind.BREACHED], ordinal=1, late_by="2 days")),
    "step_ready-team": (MailKind.STEP_READY, replace(samples.SAMPLES[MailKind.STEP_READY], team="Planning officers")),
    "unassigned-bare": (MailKind.UNASSIGNED, replace(samples.SITE_VISIT, actor="")),
}


def built_in(kind: MailKind, facts: MailFacts, *, is_own: bool = False) -> Rendered:
    values = render.variables(facts, samples.NOW, is_own=is_own)
    return render.render_source(render._from_folder(render.BUILT_IN, kind), values)


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("name", VARIANTS)
def test_each_mail_says_what_its_file_says(name: str) -> None:
    mail = built_in(*VARIANTS[name])
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("CASETASKS_TEST_GOLDEN") == "write":
        path.write_text(f"Subject: {mail.subject}\n\n{mail.text}", encoding="utf-8")
        path.with_suffix(".html").write_text(mail.html, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == f"Subject: {mail.subject}\n\n{mail.text}"
    assert path.with_suffix(".html").read_text(encoding="utf-8") == mail.html


@pytest.mark.parametrize("name", VARIANTS)
def test_text_and_html_have_the_same_words(name: str) -> None:
    mail = built_in(*VARIANTS[name])

    body = mail.html.partition("<body")[2].partition(">")[2]
    assert words(unescape(re.sub(r"<[^>]+>", " ", body))) == words(mail.text)


@pytest.mark.parametrize("name", VARIANTS)
def test_subjects_are_short_and_name_nobody(name: str) -> None:
    kind, facts = VARIANTS[name]
    long = replace(
        facts,
        task_type="Assessment of the structural condition of the whole building",
        team=facts.team and "Planning officers of the north and west",
    )

    for each in (facts, long):
        subject = built_in(kind, each).subject
        assert len(subject) <= render.LONGEST_SUBJECT
        assert "HSG-1042" in subject
        assert not {"Priya", "Tom", "Mia", "Ana", "Mill"} & set(re.split(r"\W+", subject))


@pytest.mark.parametrize("name", VARIANTS)
def test_each_mail_has_one_absolute_link(name: str) -> None:
    kind, facts = VARIANTS[name]

    links = re.findall(r"https?://\S+", built_in(kind, facts).text)

    assert len(links) == 1
    assert links[0].startswith("http://127.0.0.1:8000/cases/HSG-1042")


def test_hostile_text_stays_text() -> None:
    facts = replace(samples.SITE_VISIT, task_name="<script>alert(1)</script> {{ 7 * 7 }}\nTarget: none", message="a\x00b</td>")

    mail = built_in(MailKind.ASSIGNED, facts)

    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert "49" not in mail.text
    assert "\nTarget: none" not in mail.text
    assert "\x00" not in mail.text


@pytest.mark.parametrize("text", ["{{ ''.__class__.__mro__ }}", "{% include '/etc/passwd' %}", "{{ unknown }}", "{% for %}"])
def test_a_changed_text_can_neither_reach_further_than_its_facts_nor_use_unknown_ones(text: str) -> None:
    with pytest.raises(TemplateError):
        render.render_source(Source("Subject", text), render.variables(samples.SITE_VISIT, samples.NOW))


def test_a_changed_text_without_html_gets_it_from_its_words() -> None:
    mail = render.render_source(Source("{{ reference }}", "Hello <{{ actor }}>"), render.variables(samples.SITE_VISIT, samples.NOW))

    assert mail.subject == "HSG-1042/2"
    assert "Hello &lt;Priya Shah&gt;" in mail.html
