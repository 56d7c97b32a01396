"""Steps of every kind, as the task's page and its verbs see them: by hand, repeated, in sub-processes, beside each other."""

from random import Random

import pytest

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.play import AnswersRefused, Play
from casetasks_app.play.at_random import play_to_the_end
from casetasks_app.task_types.summary import Facts
from casetasks_app.tasks.queries import view
from tests.factories import NOON
from tests.integration.processes.kinds import a_kind
from tests.integration.tasks.looking import open_steps, the_task
from tests.unit.process.drawn import bpmn, chain, end, start, step

TWICE = (
    '<multiInstanceLoopCharacteristics isSequential="{}"><loopCardinality>2</loopCardinality>'
    "<loopDataOutputRef>notes</loopDataOutputRef><outputDataItem name='note'/></multiInstanceLoopCharacteristics>"
)
INNER = start("b2") + step("inner", "Note", inside=TWICE.format("true")) + end("e2") + chain("b2", "inner", "e2")
OUTER = start("b1") + '<callActivity id="call" calledElement="called"/>' + end("e1") + chain("b1", "call", "e1")
NESTED = bpmn(
    start(), f'<subProcess id="outer">{OUTER}</subProcess>', step("last", "Note"), end(), chain("begin", "outer", "last", "done"),
    after=f'<process id="called">{INNER}</process>',
)  # fmt: skip
BY_HAND = bpmn(start(), '<manualTask id="lay_out" name="Lay out the plans"/>', end(), chain("begin", "lay_out", "done"))


def test_a_step_by_hand_asks_nothing_and_is_completed(acting) -> None:
    here = acting(a_kind(BY_HAND))
    with unit_of_work() as session:
        page = view.page(session, reference=here.office.reference, number=1, actor=here.tom, now=NOON)
    assert page.is_available
    assert page.form is not None
    assert (page.form.title, page.form.rows) == ("Lay out the plans", ())

    here.complete()

    with unit_of_work() as session:
        assert the_task(session, here.task_id).outcome == "done"
        page = view.page(session, reference=here.office.reference, number=1, actor=here.tom, now=NOON)
        assert page.blocks


def test_a_step_by_hand_can_be_played() -> None:
    task = Play(a_kind(BY_HAND))
    assert task.whose("lay_out") == "team 7"

    with pytest.raises(AnswersRefused):
        task.do("lay_out", note="x")
    task.do("lay_out")

    assert task.outcome == "done"
    assert play_to_the_end(a_kind(BY_HAND), Random(1)).outcome == "done"


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_each_turn_of_a_repeated_step_is_a_step_of_its_own_and_keeps_its_answers(acting, sequential) -> None:
    xml = bpmn(start(), step("ask", "Note", inside=TWICE.format(sequential)), end(), chain("begin", "ask", "done"))
    here = acting(a_kind(xml))
    with unit_of_work() as session:
        assert len(open_steps(session, here.task_id)) == (1 if sequential == "true" else 2)

    here.complete(note="first")
    here.complete(note="second")

    with unit_of_work() as session:
        assert the_task(session, here.task_id).outcome == "done"
        page = view.page(session, reference=here.office.reference, number=1, actor=here.tom, now=NOON)
    assert sorted(each.items[0] for each in page.blocks if isinstance(each, Facts)) == [("Note", "first"), ("Note", "second")]


def test_a_called_process_inside_a_sub_process_is_gone_through_turn_by_turn(acting) -> None:
    here = acting(a_kind(NESTED))

    for note in ("one", "two"):
        with unit_of_work() as session:
            assert [each.name for each in open_steps(session, here.task_id)] == ["inner"]
        here.complete(note=note)
    here.complete(note="three")

    with unit_of_work() as session:
        assert the_task(session, here.task_id).outcome == "done"
        assert the_task(session, here.task_id).process is None
