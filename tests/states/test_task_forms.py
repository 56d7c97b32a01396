"""Forms on the task page: one definition and one check, whoever asks; files, people and drafts."""

import uuid

import pytest

from casetasks_app import clock
from casetasks_app.cases import complete
from casetasks_app.cases.complete import FormIncomplete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import service as files
from casetasks_app.files import store
from casetasks_app.files.service import Place
from casetasks_app.task_types import registry
from casetasks_app.task_types.forms import check_answers
from casetasks_app.tasks import files as task_files
from casetasks_app.web.pages.task.form_state import TaskForm
from casetasks_app.web.pages.task.state import TaskView
from tests import every_kind
from tests.every_kind.forms import ROWS, Visit, good
from tests.factories import Office, a_task, a_task_type, actor, an_office
from tests.integration.tasks.looking import open_steps, the_task
from tests.unit.files.making import PDF, PNG

WRONG = {
    "nothing at all": {},
    "everything empty": dict.fromkeys((name for name, row in ROWS.items() if row.has_answer), ""),
    "wrong kinds": good(people="three", cost="a lot", day="31/02/2026", start="2026-03-02", district="nowhere", parts=["cellar"]),
    "out of bounds": good(people="51", cost="-1", present="x" * 81, account="y" * 401, day="2999-01-01", start="2999-01-01T09:00"),
    "a person and a team that are none": good(officer="999", next_team="typed:Finance"),
    "a file that is somebody else's": good(photos=["0" * 32]),
    "a hidden question is asked for when it shows": good(finding="breach", breach=""),
    "half a checklist, and a comment too long": good(checks=[{"item": "door", "answer": "no", "comment": "z" * 501}]),
    "the day and the start differ": good(start="2026-03-01T09:30"),
}


@pytest.fixture
def visit(database: str):
    """Give an office and the task of a visit that Tom has."""
    assert database
    with registry.registered(every_kind.plugin):
        with unit_of_work() as session:
            office = an_office(session)
            kind = a_task_type(session, office.case_type, office.officers, plugin="every_kind", name="Visit")
            made = a_task(session, office, task_type_id=kind.id, assignee_id=office.tom.id)
            step_id = open_steps(session, made.task_id)[0].id or 0
        yield office, made.task_id, step_id


def as_sent(mark: str, answers: dict[str, object]) -> dict[str, object]:
    """Return answers as the browser's form sends them: nothing for empty boxes and lists, checklists in parts."""
    data = {
        name: value for name, value in answers.items() if value != [] and name in ROWS and ROWS[name].kind not in {"checklist", "files"}
    }
    if data.get("told") != "yes":
        data.pop("told", None)
    for index, (item, _) in enumerate(ROWS["checks"].options):
        thing = next((each for each in answers.get("checks") or () if each["item"] == item), {"answer": "", "comment": ""})  # type: ignore[union-attr]
        data |= {f"checks:{index}:comment": thing["comment"]} | ({f"checks:{index}:answer": thing["answer"]} if thing["answer"] else {})
    return {"of": mark, **data}


def refused(office: Office, task_id: int, step_id: int, answers: dict[str, object]) -> dict[str, str]:
    """Return what a caller without a page is told: the command line, an import, REST."""
    with unit_of_work() as session, pytest.raises(FormIncomplete) as refusal:
        tom = actor(session, office.tom)
        complete.complete_step(session, task_id=task_id, step_id=step_id, answers=answers, actor=tom, now=clock.now())
    return refusal.value.problems


@pytest.mark.parametrize("case", WRONG)
async def test_the_page_and_every_other_caller_get_the_same_sentences(tab_of, visit, case: str):
    """B19: one form definition, one check; the same wrong answers by both ways."""
    office, task_id, step_id = visit
    answers = WRONG[case]
    tab = await tab_of(office.tom.id)
    await tab.open(f"/cases/{office.reference}/tasks/1")
    mark = (await tab.state(TaskView)).form.mark
    await tab.do(TaskForm.keep_draft, as_sent(mark, answers))
    if answers.get("photos"):
        with unit_of_work() as session:
            open_steps(session, task_id)[0].draft = {"photos": answers["photos"]}
    await tab.do(TaskForm.send, as_sent(mark, answers))
    view = await tab.state(TaskView)

    elsewhere = refused(office, task_id, step_id, answers)

    assert [error.text for error in view.errors] == list(elsewhere.values())
    assert {field.name: field.error for field in view.fields if field.error} == elsewhere
    assert the_task_is_open(task_id)


def the_task_is_open(task_id: int) -> bool:
    with unit_of_work.read() as session:
        return the_task(session, task_id).status == "new"


def test_the_check_itself_says_what_both_say(visit):
    """B19: nothing is added or lost on the way through the verb."""
    office, task_id, step_id = visit
    for answers in WRONG.values():
        with unit_of_work.read() as session:
            known = task_files.known(session, task=the_task(session, task_id), form=Visit, now=clock.now())
            checked = check_answers(Visit, answers, known=known)
        assert checked.by_field == refused(office, task_id, step_id, answers)  # type: ignore[union-attr]


async def test_what_is_wrong_is_said_until_the_answers_are_sent_again(tab_of, visit):
    """B19: a draft in between changes no sentence; what is no longer asked is no longer complained of."""
    office, _, _ = visit
    tab = await tab_of(office.tom.id)
    await tab.open(f"/cases/{office.reference}/tasks/1")
    mark = (await tab.state(TaskView)).form.mark
    wrong = good(finding="breach", breach="", people="three")
    await tab.do(TaskForm.keep_draft, as_sent(mark, wrong))
    await tab.do(TaskForm.send, as_sent(mark, wrong))
    sent = [error.target for error in (await tab.state(TaskView)).errors]

    await tab.do(TaskForm.keep_draft, as_sent(mark, {**wrong, "people": "3", "finding": "none"}))

    view = await tab.state(TaskView)
    assert sent == ["f-people", "f-breach", "f-photos", "f-officer"]
    assert [error.target for error in view.errors] == ["f-people", "f-photos", "f-officer"]
    assert {field.name: field.error for field in view.fields}["people"] == "Number of people living there must be a whole number, like 5."


async def test_refused_answers_are_there_again_in_another_tab(tab_of, visit):
    """B19: pressing the button loses nothing, a checklist included."""
    office, _, _ = visit
    tab, other = await tab_of(office.tom.id), await tab_of(office.tom.id)
    await tab.open(f"/cases/{office.reference}/tasks/1")
    mark = (await tab.state(TaskView)).form.mark
    await tab.do(TaskForm.send, as_sent(mark, good(checks=[{"item": "gas", "answer": "no", "comment": "smells"}])))

    await other.open(f"/cases/{office.reference}/tasks/1")

    fields = {field.name: field for field in (await other.state(TaskView)).fields}
    gas = fields["checks"].checks[2]
    assert ([each.value for each in gas.options if each.is_chosen], gas.comment) == (["no"], "smells")
    assert (fields["present"].value, fields["told"].is_chosen) == ("Mr Hart", True)
    assert [each.value for each in fields["parts"].options if each.is_chosen] == ["roof", "walls"]


async def test_words_of_a_form_that_was_left_keep_their_checklist_and_files(tab_of, visit):
    """B19: the last draft of a form arrives after another page was opened."""
    office, task_id, step_id = visit
    tab = await tab_of(office.tom.id)
    await tab.open(f"/cases/{office.reference}/tasks/1")
    mark = (await tab.state(TaskView)).form.mark
    await tab.do(TaskForm.uploaded, "photos", {"file_id": an_upload(office, step_id, "front.png", PNG)})
    late = as_sent(mark, good(checks=[{"item": "door", "answer": "no", "comment": "stuck"}]))

    await tab.open("/my-work")
    await tab.open(f"/cases/{office.reference}/tasks/9")
    await tab.do(TaskForm.keep_draft, late)

    with unit_of_work.read() as session:
        draft = open_steps(session, task_id)[0].draft or {}
    assert draft["checks"]["door"] == {"answer": "no", "comment": "stuck"}  # type: ignore[index]
    assert len(draft["photos"]) == 1  # type: ignore[arg-type]


def an_upload(office: Office, step_id: int, name: str, content: bytes) -> str:
    """Keep a file as the upload route does."""
    with unit_of_work() as session:
        part = store.Part(name)
        part.write(content)
        place = Place(draft_key=f"step:{step_id}")
        return files.keep(session, upload=part.finish(), place=place, person_id=office.tom.id, now=clock.now())


async def test_files_come_and_go_with_pictures_of_images_alone(tab_of, visit):
    """B19."""
    office, _, step_id = visit
    tab = await tab_of(office.tom.id)
    await tab.open(f"/cases/{office.reference}/tasks/1")
    photo, plan = an_upload(office, step_id, "front.png", PNG), an_upload(office, step_id, "plan.pdf", PDF)

    for file_id in (photo, plan):
        await tab.do(TaskForm.uploaded, "papers", {"file_id": file_id})
    shown = {field.name: field for field in (await tab.state(TaskView)).fields}["papers"].files
    await tab.do(TaskForm.removed, "papers", photo)

    left = {field.name: field for field in (await tab.state(TaskView)).fields}["papers"].files
    assert [(file.name, file.preview) for file in shown] == [("front.png", f"/files/{photo}/preview"), ("plan.pdf", "")]
    assert [file.name for file in left] == ["plan.pdf"]


async def test_a_search_fills_what_is_found_and_no_more(tab_of, visit):
    """B19: names travel only as far as they are shown."""
    office, _, _ = visit
    tab = await tab_of(office.tom.id)
    await tab.open(f"/cases/{office.reference}/tasks/1")
    assert "Ana Ruiz" not in str((await tab.state(TaskView)).fields)

    await tab.do(TaskForm.search, "officer", "ruiz")
    person = (await tab.state(TaskForm)).found
    await tab.do(TaskForm.search, "next_team", uuid.uuid4().hex)
    nobody = (await tab.state(TaskForm)).found
    await tab.do(TaskForm.search, "present", "ruiz")

    assert ([each.label for each in person.options], person.words) == (["Ana Ruiz"], "1 match")
    assert (nobody.options, nobody.words.startswith("No match for “")) == ([], True)
    assert (await tab.state(TaskForm)).found == nobody


async def test_somebody_else_s_search_finds_nothing(tab_of, visit):
    """S43, B19: the handler is no directory."""
    office, _, _ = visit
    tab = await tab_of(office.ana.id)
    await tab.open(f"/cases/{office.reference}/tasks/1")

    await tab.do(TaskForm.search, "officer", "tom")

    assert (await tab.state(TaskForm)).found.options == []
