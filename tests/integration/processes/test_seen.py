"""What was given up is seen: on the task page by case managers, on the command line and by the doctor by administrators."""

from datetime import timedelta

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.cases import jobs, repairing
from casetasks_app.cases.repairing import CannotRepair
from casetasks_app.cli.main import main
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.models import ProcessJob
from casetasks_app.task_types import registry
from casetasks_app.task_types.jobs import Done, GiveUp, Job
from casetasks_app.task_types.registry import Candidate
from casetasks_app.tasks.access import TaskIsOver
from casetasks_app.tasks.queries import troubles, view
from tests.factories import NOON, actor
from tests.integration.processes.kinds import INTERRUPTED, SENT, a_kind
from tests.integration.processes.test_jobs import carry_out, claimed
from tests.integration.tasks.looking import history, open_steps, the_task

STOPPED = GiveUp("The register is closed for good.")


def given_up(acting):
    here = acting(a_kind(SENT, jobs={"send": Job(lambda _job: Done())}))
    here.complete()
    job_id, claim = claimed()
    with unit_of_work() as session:
        jobs.failed(session, job_id=job_id, claim=claim, error=STOPPED, now=NOON)
    return here


def test_the_task_page_says_it_to_case_managers_who_can_have_it_tried_again(acting) -> None:
    """S43."""
    here = given_up(acting)
    with unit_of_work() as session:
        seen = {}
        for who in (here.manager, here.tom):
            seen[who.name] = view.page(session, reference=here.office.reference, number=1, actor=who, now=NOON).troubles
        assert seen == {"Priya Shah": ("“Send the answer” could not be done. The register is closed for good.",), "Tom Ellis": ()}

        for who, refusal in ((here.tom, CannotRepair), (actor(session, here.office.stranger), NotFound)):
            with pytest.raises(refusal):
                repairing.try_again(session, task_id=here.task_id, actor=who, now=NOON)
        assert repairing.try_again(session, task_id=here.task_id, actor=here.manager, now=NOON) == 1
        assert troubles.troubles(session) == []

    assert len(carry_out()) == 1
    with unit_of_work() as session:
        assert the_task(session, here.task_id).outcome == "sent"
        assert "The register" not in str([entry.details for entry in history(session, "job_failed")])
        with pytest.raises(TaskIsOver):
            repairing.try_again(session, task_id=here.task_id, actor=here.manager, now=NOON)


def test_administrators_see_it_by_the_doctor_and_have_it_tried_again(acting, capsys) -> None:
    here = given_up(acting)
    name = f"{here.office.reference}/1"

    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert f"{name}: “Send the answer” could not be done. The register is closed for good. Run: casetasks process retry {name}" in said
    assert main(["process", "list"]) == 0
    assert capsys.readouterr().out == f"{name:<16} Send the answer: The register is closed for good.\n1 given up.\n"
    assert main(["process", "retry", "HSG-9/9"]) == 1
    assert capsys.readouterr().err == "casetasks: There is no such task. Name it like HSG-1042/3.\n"
    assert main(["process", "retry", name.lower()]) == 0
    assert capsys.readouterr().out == "1 tried again within seconds, where the jobs run.\n"
    main(["process", "list"])
    assert capsys.readouterr().out == "Nothing was given up.\n"
    with unit_of_work() as session:
        session.exec(select(ProcessJob)).one().try_at = clock.now() - timedelta(minutes=6)
    main(["doctor"])
    assert "1 job of processes should have run more than five minutes ago." in capsys.readouterr().out


def test_a_message_is_sent_by_command_as_the_case_manager(acting, capsys, monkeypatch) -> None:
    plugin = a_kind(INTERRUPTED)
    here = acting(plugin)
    found = [*registry.candidates(), Candidate("tests", False, lambda: plugin)]
    monkeypatch.setattr(registry, "candidates", lambda: iter(found))
    words = ["process", "send", f"{here.office.reference}/1", "more information", "--as"]

    assert main([*words, "nobody@example.org"]) == 1
    assert main([*words, here.office.tom.email]) == 1
    assert main([*words, here.office.manager.email]) == 0

    said = capsys.readouterr()
    assert said.out == f"“more information” was sent to {here.office.reference}/1.\n"
    assert "Only the case manager can send messages to this task." in said.err
    with unit_of_work() as session:
        assert [step.name for step in open_steps(session, here.task_id)] == ["read"]
