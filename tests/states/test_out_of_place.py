"""What no page of ours sends: presses on a page that was never opened, and numbers in an address that can be no id."""

import pytest

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Task
from casetasks_app.web.pages.case_tasks.state import CaseTasks
from casetasks_app.web.pages.cases.state import Cases
from casetasks_app.web.pages.my_work.state import MyWork
from casetasks_app.web.pages.task.dialog_state import TaskDialog
from tests.factories import Office, a_task, an_office

HUGE = "9" * 20


@pytest.fixture
def office(database: str) -> Office:
    assert database
    with unit_of_work() as session:
        made = an_office(session, is_cancellable=True, allow_override=True)
        a_task(session, made)
    return made


PRESSES = [
    (TaskDialog.cancel_task, {"reason": "No longer needed"}),
    (TaskDialog.change_target, {"kind": "none"}),
    (TaskDialog.release, None),
    (MyWork.save_view, {"name": "Mine"}),
    (Cases.save_view, {"name": "Mine"}),
    (CaseTasks.save_view, {"name": "Mine"}),
    (MyWork.set_density, "compact"),
    (CaseTasks.show_updates, None),
]


@pytest.mark.parametrize(("press", "sent"), PRESSES, ids=lambda value: getattr(getattr(value, "fn", None), "__qualname__", ""))
async def test_a_press_on_a_page_that_was_not_opened_is_refused_in_words(tab_of, office, caplog, press, sent):
    tab = await tab_of(office.manager.id)
    await tab.open("/")

    await tab.do(press, *([] if sent is None else [sent]))

    with unit_of_work.read() as session:
        assert session.get_one(Task, 1).status == "new"
    assert "service desk" not in (await tab.notice()).text
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize(
    ("address", "state"),
    [
        (f"/my-work?view=claim&type={HUGE}&team={HUGE}&who={HUGE},t{HUGE}", MyWork),
        (f"/cases?type={HUGE}&who={HUGE}&saved={HUGE}", Cases),
        (f"/cases/HSG-1/tasks?type={HUGE}&who={HUGE},t{HUGE}&page={HUGE}", CaseTasks),
    ],
)
async def test_a_number_that_can_be_no_id_is_dropped_from_an_address_like_an_unknown_one(tab_of, office, address, state):
    tab = await tab_of(office.manager.id)

    await tab.open(address.replace("HSG-1", office.reference))

    shown = await tab.state(state)
    assert (shown.loaded, shown.failure, (await tab.notice()).title) == (True, "", "")
