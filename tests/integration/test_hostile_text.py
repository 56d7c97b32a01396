"""Texts that somebody sends to do harm: kept as text, without what no store takes, or refused in words; on both databases."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from casetasks_app.cases import complete, listing, queries
from casetasks_app.cases import service as cases
from casetasks_app.cases.listing import CaseFilter
from casetasks_app.cases.service import CaseRefused, ClosingRefused
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError, NotFound
from casetasks_app.models import Case, OutgoingMail, Unit
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import dialog, drafts, hold, target
from casetasks_app.tasks.cancel import Reason, ReasonNeeded, cancel
from casetasks_app.tasks.dialog import DraftIsGone
from casetasks_app.tasks.drafts import Answered
from casetasks_app.tasks.queries.choice import Choice
from casetasks_app.tasks.wanted import TaskRefused, WantedTarget
from tests.factories import NOON, Office, a_case, a_task, actor, an_office
from tests.integration.tasks.looking import history, mails, open_steps, the_task

HOSTILE = "A\x00b\ud800 \u202e<script>alert(1)</script> {{ 7*7 }} ' OR 1=1 -- =?utf-8?q?=0D=0ABcc:_a=40b?= é\u0301 🎉"
KEPT = HOSTILE.replace("\x00", "").replace("\ud800", "")


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session, is_cancellable=True, allow_override=True, ask_description=True, ask_summary=True, email_team=True)


def manager_of(session: Session, office: Office) -> Actor:
    return actor(session, office.manager)


def test_what_a_case_manager_writes_comes_back_as_text(session: Session, office: Office) -> None:
    """S16, S55, B5: NUL and halves of pairs go, everything else stays as it was typed."""
    task = the_task(session, a_task(session, office, description=HOSTILE[:120], summary=f" {HOSTILE}\r\nsecond line ").task_id)

    assert task.description == KEPT[:118]
    assert task.summary == f"{KEPT}\nsecond line"


def test_no_text_adds_a_header_to_a_mail(session: Session, office: Office) -> None:
    """S46: neither a plain nor an encoded line break."""
    a_task(session, office, description="Look\r\nBcc: eve@example.org =?utf-8?q?=0D=0ABcc:_e=40x?=", assignee_id=office.tom.id)

    [mail] = mails(session, "assigned")

    assert "\n" not in mail.subject + mail.to_address
    assert "=?" not in mail.subject
    assert "Bcc" not in [line.partition(":")[0] for line in mail.text.splitlines()]


def test_reasons_notes_and_messages_are_kept_as_text(session: Session, office: Office) -> None:
    """B22, B23, B28, B34."""
    manager, made = manager_of(session, office), a_task(session, office)

    hold.reassign(session, task_id=made.task_id, to=hold.Recipient(office.officers.id, office.tom.id, HOSTILE), actor=manager, now=NOON)
    target.change(session, task_id=made.task_id, asked=WantedTarget("custom", 3, Unit.DAYS), reason=HOSTILE, actor=manager, now=NOON)
    cancel(session, task_id=made.task_id, reason=Reason("Another reason", HOSTILE), actor=manager, now=NOON)
    cases.close(session, case_id=office.case_id, outcome="Resolved", note=HOSTILE, actor=manager, now=NOON)

    assert history(session, "target_set")[0].details["reason"] == KEPT
    assert the_task(session, made.task_id).cancel_text == KEPT
    assert [entry.details.get("text") for entry in history(session, "case_closed")] == [None, KEPT]
    assert "<script>" not in "".join(session.exec(select(OutgoingMail.html)))


def test_only_what_cannot_be_seen_is_no_reason_and_no_note(session: Session, office: Office) -> None:
    """B26, B34: a NUL or an invisible space is an empty answer."""
    manager, made = manager_of(session, office), a_task(session, office)

    for nothing in ("\x00", "\u200b \u2060", "\ud800"):
        with pytest.raises(ReasonNeeded):
            cancel(session, task_id=made.task_id, reason=Reason("Another reason", nothing), actor=manager, now=NOON)
        with pytest.raises(ClosingRefused):
            cases.close(session, case_id=office.case_id, outcome="Resolved", note=nothing, actor=manager, now=NOON)
        with pytest.raises(CaseRefused):
            a_case(session, office.case_type, office.manager, title=nothing)


def test_a_case_is_raised_and_found_with_hostile_words(session: Session, office: Office) -> None:
    """S1: in its title, the name of a contact, and the search."""
    manager = manager_of(session, office)
    case_id, reference = a_case(session, office.case_type, office.manager, title=HOSTILE, contact_name=HOSTILE)

    case = session.get_one(Case, case_id)
    found = listing.page(session, actor=manager, wanted=CaseFilter(choice=Choice(text="A\x00b\ud800")), number=1, now=NOON).rows

    assert (case.title, case.contact_name) == (KEPT, KEPT)
    assert [row.reference for row in found] == [reference]
    assert listing.page(session, actor=manager, wanted=CaseFilter(choice=Choice(text="100%_\\'")), number=1, now=NOON).rows == ()


def test_drafts_keep_what_is_typed_but_for_what_no_store_takes(session: Session, office: Office) -> None:
    """B11, B19: also the space at the end that the next word will follow."""
    manager = manager_of(session, office)
    made = a_task(session, office, assignee_id=office.tom.id)
    step = open_steps(session, made.task_id)[0]
    typed: dict[str, object] = {"note": f"{HOSTILE} ", "n\x00ested": ["\x00", {"\ud800": HOSTILE}], "odd": object()}

    complete.save_draft(session, task_id=made.task_id, step_id=step.id or 0, answers=typed, actor=actor(session, office.tom), now=NOON)
    draft = drafts.save(session, case_id=office.case_id, answered=Answered({"summary": f"{HOSTILE} "}), actor=manager, now=NOON)

    kept = open_steps(session, made.task_id)[0].draft or {}
    assert (kept["note"], draft.answers["summary"]) == (f"{KEPT} ", f"{KEPT} ")
    assert kept["nested"] == ["", {"": KEPT}]


@pytest.mark.parametrize("reference", ["HSG\x00-1", "\ud800", "' OR 1=1 --", "%", "x" * 5000])
def test_a_forged_reference_finds_nothing_and_breaks_nothing(database: str, reference: str) -> None:
    """B1."""
    with unit_of_work() as session:
        manager = manager_of(session, an_office(session))

    with pytest.raises((NotFound, CaseTasksError)), unit_of_work.read() as session:
        queries.header(session, reference=reference, actor=manager, now=NOON)

    assert database


ASKED = ("draft", "team", "person", "description", "summary", "files", "target", "amount", "unit")
SENT = st.one_of(st.text(max_size=200), st.integers(), st.none(), st.lists(st.text(max_size=70), max_size=3))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.dictionaries(st.sampled_from(ASKED), SENT))
def test_whatever_a_browser_sends_the_dialog_answers_in_words(session: Session, office: Office, sent: dict[str, object]) -> None:
    """B2, B5, B7, B11: each step is answered or refused, never a bug."""
    at = {"case_id": office.case_id, "actor": manager_of(session, office), "now": NOON}
    with session.begin_nested() as attempt:
        dialog.proceed(session, step="type", sent={"task_type": str(office.task_type.id)}, **at)
        for step in ("assignment", "details", "targets", "review"):
            with suppress(DraftIsGone):
                dialog.proceed(session, step=step, sent=sent, **at)
        draft = drafts.find(session, case_id=office.case_id, actor=at["actor"])
        with suppress(TaskRefused):
            assert dialog.submit(session, key=draft.key if draft else "", **at).number == 1
        attempt.rollback()
