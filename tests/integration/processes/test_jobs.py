"""Jobs of service and send tasks are carried out after the commit, tried again, and given up with a sentence."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casetasks_app.cases import jobs
from casetasks_app.cases.jobs import Gone
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.mail.posting import CannotBeWritten
from casetasks_app.models import ProcessJob, StoredFile
from casetasks_app.task_types.jobs import Done, GiveUp, Job, JobView, Letter, sends
from casetasks_app.tasks import cancel, waiting
from casetasks_app.tasks.cancel import Reason
from tests.factories import NOON
from tests.integration.processes.kinds import LOOKED_UP, REMINDED, SENT, a_kind
from tests.integration.processes.test_timers import fire
from tests.integration.racing import at_once
from tests.integration.tasks.looking import history, mails, open_steps, the_task

TEXT = "About {{ case.reference }}\nDear {{ recipient }},\n{{ note }}\n{{ manager }}, {{ organisation }}"
REGISTER = {"register": Job(lambda _job: Done({"rent": 412}), gives=("rent",))}


def rows(session: Session) -> list[ProcessJob]:
    return list(session.exec(select(ProcessJob).execution_options(populate_existing=True)))


def carry_out(now=NOON) -> list[JobView]:
    """Carry out every job that is due, as the runner does but on this thread; returns what the functions saw."""
    seen: list[JobView] = []
    with unit_of_work.read() as session:
        found = jobs.due(session, now=now, limit=50)
    for job_id in found:
        with unit_of_work() as session:
            claim = jobs.claim(session, job_id=job_id, now=now)
        with unit_of_work.read() as session:
            job, shown = jobs.shown(session, job_id=job_id, claim=claim, now=now)
        seen.append(shown)
        given = job.run(shown)
        with unit_of_work() as session:
            jobs.finish(session, job_id=job_id, claim=claim, done=given, now=now)
    return seen


def test_what_a_service_task_gives_becomes_a_variable_and_the_process_goes_on(acting) -> None:
    here = acting(a_kind(LOOKED_UP, jobs=REGISTER))
    with unit_of_work() as session:
        assert [(row.name, row.topic, row.try_at) for row in rows(session)] == [("look_up", "register", NOON)]
        assert open_steps(session, here.task_id) == []

    (seen,) = carry_out()

    assert (seen.topic, seen.name, seen.attempt, seen.task.number) == ("register", "look_up", 1, 1)
    assert seen.variables["case"]["reference"] == here.office.reference
    assert seen.now.tzname() == "GMT"
    with unit_of_work() as session:
        (step,) = open_steps(session, here.task_id)
        assert (step.name, step.assignee_id, rows(session)) == ("write", here.tom.person_id, [])
        assert '"rent":412' in (the_task(session, here.task_id).process or "")
        assert [(each.actor_id, each.details["step"]) for each in history(session, "job_done")] == [(None, "Look it up")]


def test_a_send_task_puts_the_plugins_letter_into_the_outbox_for_whoever_raised_the_case(acting) -> None:
    """S88."""
    plugin = a_kind(SENT, jobs={"send": sends("told", to="raised by")}, told=TEXT)
    here = acting(plugin, contact_email="joan@example.org", contact_name="Joan Reed")
    here.complete(note="It is <allowed> & done.")
    with unit_of_work() as session:
        assert mails(session, "letter") == []

    carry_out()

    with unit_of_work() as session:
        (letter,) = mails(session, "letter")
        assert (letter.to_address, letter.person_id, letter.subject) == ("joan@example.org", None, f"About {here.office.reference}")
        assert letter.text == "Dear Joan Reed,\nIt is <allowed> & done.\nPriya Shah, Example Council\n"
        assert "It is &lt;allowed&gt; &amp; done." in letter.html
        assert letter.reply_to == here.office.manager.email
        assert the_task(session, here.task_id).outcome == "sent"
        assert history(session, "job_done")[0].details["to"] == ["Joan Reed"]


@pytest.mark.parametrize(
    ("to", "names"),
    [
        ("raised by", ["Priya Shah"]),
        ("case manager", ["Priya Shah"]),
        ("assignee", ["Tom Ellis"]),
        ("team", ["Ana Ruiz", "Mia Lead", "Tom Ellis"]),
    ],
)
def test_a_letter_goes_to_whom_the_plugin_says(acting, to: str, names: list[str]) -> None:
    here = acting(a_kind(REMINDED, jobs={"remind": sends("told", to=to)}, told="Reminder\n{{ link }}"))  # pyright: ignore[reportArgumentType]

    fire(NOON + timedelta(days=8))
    carry_out(NOON + timedelta(days=8))

    with unit_of_work() as session:
        people = {person.email: person.name for person in (here.office.manager, here.office.tom, here.office.ana, here.office.lead)}
        assert sorted(people[mail.to_address] for mail in mails(session, "letter")) == names


def test_a_person_of_an_answer_can_be_written_to_and_no_other_text(acting) -> None:
    def tell(job: JobView) -> Done:
        return Done(letters=(Letter("told", str(job.variables["note"])),))

    here = acting(a_kind(SENT, jobs={"send": Job(tell, letters=("told",))}, told="Hello\nYou"))
    here.complete(note=str(here.office.ana.id))

    carry_out()

    with unit_of_work() as session:
        assert [mail.person_id for mail in mails(session, "letter")] == [here.office.ana.id]


def claimed(now=NOON) -> tuple[int, str]:
    with unit_of_work() as session:
        (job_id,) = jobs.due(session, now=now, limit=5)
        return job_id, jobs.claim(session, job_id=job_id, now=now)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (5, "The job must return Done or nothing, not int."),
        (Done({"price": 1}), "The job gave price and says that it gives nothing."),
        (Done(letters=(Letter("other", "team"),)), "The job sends 'other', which it does not name."),
        (Done(letters=(Letter("broken", "team"),)), "The letter emails/broken cannot be written: 'nobody' is undefined."),
        (Done(letters=(Letter("gone", "team"),)), "The letter emails/gone cannot be written: its subject.txt or body.txt is missing."),
        (Done(letters=(Letter("told", "somebody"),)), "The letter has nobody to go to: 'somebody' is nobody."),
        (Done(letters=(Letter("told", "team", files=("ab" * 16,)),)), "A file of the letter is not one of this task's, or was removed."),
    ],
)
def test_what_breaks_the_contract_ends_the_job_with_its_sentence_and_sends_nothing(acting, given, sentence: str) -> None:
    names = ("told", "broken", "gone")
    here = acting(a_kind(SENT, jobs={"send": Job(lambda _job: given, letters=names)}, told="Yes\nYes", broken="Hello\n{{ nobody }}"))
    here.complete(note="kept")
    job_id, claim = claimed()

    with pytest.raises((GiveUp, CannotBeWritten)) as refusal, unit_of_work() as session:
        jobs.finish(session, job_id=job_id, claim=claim, done=given, now=NOON)
    with unit_of_work() as session:
        jobs.failed(session, job_id=job_id, claim=claim, error=refusal.value, now=NOON)

    with unit_of_work() as session:
        (row,) = rows(session)
        assert (row.is_dead, row.last_error, mails(session, "letter")) == (True, sentence, [])
        assert the_task(session, here.task_id).status == "new"
        (told,) = history(session, "job_failed")
        assert (told.details["step"], sentence in str(told.details)) == ("Send the answer", False)


def test_a_function_that_raises_is_called_again_later_each_time_for_two_days(acting) -> None:
    here = acting(a_kind(LOOKED_UP, jobs=REGISTER))
    now, tries = NOON, 0
    with unit_of_work.read() as session:
        row = rows(session)[0]

    while not row.is_dead:
        now, tries = row.try_at, tries + 1
        job_id, claim = claimed(now)
        with unit_of_work() as session:
            jobs.failed(session, job_id=job_id, claim=claim, error=ConnectionError("no answer"), now=now)
        with unit_of_work.read() as session:
            row = rows(session)[0]

    assert (tries, row.last_error, now - NOON) == (9, "ConnectionError: no answer", sum(waiting.RETRY_AFTER, timedelta()))
    with unit_of_work() as session:
        assert waiting.try_again(session, task_id=None, now=now) == 1
    assert len(carry_out(now)) == 1
    with unit_of_work() as session:
        assert [step.name for step in open_steps(session, here.task_id)] == ["write"]


def test_of_two_workers_one_carries_a_job_out(acting) -> None:
    acting(a_kind(LOOKED_UP, jobs=REGISTER))
    with unit_of_work.read() as session:
        (job_id,) = jobs.due(session, now=NOON, limit=5)
    claims = at_once(*[lambda session: jobs.claim(session, job_id=job_id, now=NOON)] * 3)

    assert len([claim for claim in claims if claim]) == 1


def test_a_job_whose_worker_died_is_carried_out_by_the_next_and_the_first_comes_too_late(acting) -> None:
    here = acting(a_kind(SENT, jobs={"send": sends("told", to="assignee")}, told="Told\nOnce"))
    here.complete()
    job_id, lost = claimed()
    with unit_of_work.read() as session:
        assert jobs.due(session, now=NOON + timedelta(seconds=30), limit=5) == []

    (seen,) = carry_out(NOON + jobs.LEASE)

    assert (seen.attempt, seen.key.partition(".")[0]) == (2, str(here.task_id))
    with pytest.raises(Gone), unit_of_work() as session:
        jobs.finish(session, job_id=job_id, claim=lost, done=Done(), now=NOON + jobs.LEASE)
    with unit_of_work() as session:
        assert len(mails(session, "letter")) == 1


def test_a_job_that_kills_its_server_each_time_comes_to_an_end(acting) -> None:
    acting(a_kind(LOOKED_UP, jobs=REGISTER))
    now, claims = NOON, 0
    while True:
        with unit_of_work() as session:
            found = jobs.due(session, now=now, limit=5)
            if not found:
                break
            claims += bool(jobs.claim(session, job_id=found[0], now=now))
        now += jobs.LEASE

    with unit_of_work() as session:
        (row,) = rows(session)
        assert (claims, row.is_dead) == (9, True)
        assert row.last_error == "Each time this was carried out the server stopped before it was done."


def test_a_job_of_a_task_that_was_cancelled_meanwhile_changes_nothing(acting) -> None:
    """B27."""
    here = acting(a_kind(SENT, jobs={"send": sends("told", to="assignee")}, told="Told\nOnce"))
    here.complete()
    job_id, claim = claimed()
    with unit_of_work() as session:
        cancel.cancel(session, task_id=here.task_id, reason=Reason("No longer needed"), actor=here.manager, now=NOON)

    with pytest.raises(Gone), unit_of_work() as session:
        jobs.finish(session, job_id=job_id, claim=claim, done=Done(letters=(Letter("told", "assignee"),)), now=NOON)

    with unit_of_work() as session:
        assert (rows(session), mails(session, "letter")) == ([], [])


def a_file(session: Session, task_id: int | None, number: int, size: int = 900) -> str:
    file = StoredFile(
        id=f"{number:032x}", task_id=task_id, name=f"{number}.pdf", media_type="application/pdf", size=size, sha256="0" * 64, added_at=NOON
    )
    session.add(file)
    return file.id


@pytest.mark.parametrize(
    ("is_own", "size", "reason"),
    [(True, 900, ""), (False, 900, "not one of this task's"), (True, 10_000_001, "larger than 10 MB")],
)
def test_a_letter_encloses_files_of_its_task_and_of_no_other(acting, is_own: bool, size: int, reason: str) -> None:
    here = acting(a_kind(SENT, jobs={"send": Job(lambda _job: None, letters=("told",))}, told="Told\nSee the file."))
    here.complete()
    job_id, claim = claimed()
    with unit_of_work() as session:
        file_id = a_file(session, here.task_id if is_own else None, 7, size)
    done = Done(letters=(Letter("told", "team", files=(file_id,)),))

    if reason:
        with pytest.raises(CannotBeWritten, match=reason), unit_of_work() as session:
            jobs.finish(session, job_id=job_id, claim=claim, done=done, now=NOON)
        return
    with unit_of_work() as session:
        jobs.finish(session, job_id=job_id, claim=claim, done=done, now=NOON)

        assert [mail.enclosures for mail in mails(session, "letter")] == [
            [{"id": file_id, "name": "7.pdf", "media_type": "application/pdf"}]
        ] * 3
