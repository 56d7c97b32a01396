"""Messages that a step waits for beside its form."""

import pytest

from casetasks_app.cases import messages
from casetasks_app.cases.messages import CannotSend, NotExpected
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.tasks.access import TaskIsOver
from tests.factories import NOON, actor
from tests.integration.processes.kinds import INTERRUPTED, a_kind, message
from tests.integration.tasks.looking import history, mails, open_steps, the_task
from tests.unit.process.drawn import bpmn, chain, end, start, step

BESIDE = bpmn(
    start(), step("ask"), message("ask", "told", "more", interrupts=False), step("read", more='camunda:assignee="${initiator}"'),
    end(), end("read_it"), chain("begin", "ask", "done"), chain("told", "read", "read_it"),
    after='<message id="more" name="more information"/>',
)  # fmt: skip


def test_a_message_ends_the_step_that_waited_and_gives_the_next_to_whom_the_model_names(acting) -> None:
    here = acting(a_kind(INTERRUPTED))
    with unit_of_work() as session:
        assert messages.expected(session, task_id=here.task_id, actor=here.manager) == ["more information"]

        messages.deliver(session, task_id=here.task_id, name="more information", actor=here.manager, now=NOON)

    with unit_of_work() as session:
        (open_now,) = open_steps(session, here.task_id)
        assert (open_now.name, open_now.assignee_id) == ("read", here.office.manager.id)
        (told,) = history(session, "message_received")
        assert (told.actor_id, told.details["message"]) == (here.office.manager.id, "more information")
        assert mails(session, "step_ready") == []
        assert messages.expected(session, task_id=here.task_id, actor=here.manager) == []


def test_a_message_beside_a_step_leaves_the_step_open(acting) -> None:
    here = acting(a_kind(BESIDE))

    with unit_of_work() as session:
        messages.deliver(session, task_id=here.task_id, name="more information", actor=here.manager, now=NOON)

        assert sorted(each.name for each in open_steps(session, here.task_id)) == ["ask", "read"]


def test_a_message_is_taken_from_the_case_manager_alone_and_only_while_it_is_waited_for(acting) -> None:
    """S43, B30."""
    here = acting(a_kind(INTERRUPTED))

    with unit_of_work() as session:
        stranger = actor(session, here.office.stranger)
        for who, refusal in ((here.tom, CannotSend), (stranger, NotFound)):
            with pytest.raises(refusal):
                messages.deliver(session, task_id=here.task_id, name="more information", actor=who, now=NOON)
        with pytest.raises(NotExpected, match=r"does not wait for the message “less”\. It waits for more information\."):
            messages.deliver(session, task_id=here.task_id, name="less", actor=here.manager, now=NOON)
        assert [each.name for each in open_steps(session, here.task_id)] == ["ask"]
        here.complete_in(session)
        with pytest.raises(TaskIsOver):
            messages.deliver(session, task_id=here.task_id, name="more information", actor=here.manager, now=NOON)
        assert the_task(session, here.task_id).outcome == "done"
