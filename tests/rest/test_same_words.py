"""One form definition, one validation, the same messages from page and REST: for every form of every bundled plugin."""

from collections.abc import Iterator, Mapping

import pytest

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.task_types import registry
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.forms import Problems, check_answers, rows
from casetasks_app.tasks import asked, files
from casetasks_app.tasks.access import load
from casetasks_app.web.pages.task.form_state import TaskForm
from casetasks_app.web.pages.task.state import TaskView
from tests.factories import Office, a_task, an_office
from tests.integration.tasks.looking import open_steps
from tests.plugins.scripts import NUMBERS, QUESTIONS
from tests.rest.asking import program

FORMS = [(plugin.id, key) for each in registry.candidates() if each.is_bundled for plugin in [each.get()] for key in plugin.forms]  # type: ignore[attr-defined]
SETTINGS: Mapping[str, dict[str, object]] = {
    "collect_information": QUESTIONS,
    "multipurpose": NUMBERS,
    "own_work": {"kinds": "Call\nLetter"},
    "standard": {"outcomes": "Agreed\nRefused"},
    "site_visit": {"points": "Scaffold is safe\nHeight as drawn\nTrees are kept"},
}
NONSENSE: Mapping[str, object] = {
    "text": "x" * 5000, "long text": "y" * 20_000, "number": "many", "money": "a lot", "date": "31/02/2026", "date and time": "soon",
    "yes/no": "perhaps", "choice": "nowhere", "choices": ["nowhere"], "person": "999999999", "team": "typed:Finance",
}  # fmt: skip
Raw = dict[str, object]


def left_empty(row: FieldRow) -> object:
    """Return what a browser's form says of a question that nobody touched."""
    if row.kind == "checklist":
        return {item: {"answer": "", "comment": ""} for item, _ in row.options}
    if row.kind in {"choices", "files"}:
        return []
    return "no" if row.kind == "yes/no" and not row.required else ""


def nonsense(row: FieldRow) -> object:
    """Return what no question of this kind takes."""
    if row.kind == "checklist":
        return {item: {"answer": "", "comment": "z" * 600} for item, _ in row.options}
    return NONSENSE.get(row.kind, left_empty(row))


def attempts(questions: list[FieldRow]) -> Iterator[Raw]:
    """Return answers of many kinds, most of them wrong: nothing, nonsense, and each option with nothing and with nonsense beside it."""
    empty, wrong = {row.name: left_empty(row) for row in questions}, {row.name: nonsense(row) for row in questions}
    yield from (empty, wrong)
    for row in questions:
        chosen: list[object] = (
            [value for value, _ in row.options] if row.kind == "choice" else ["yes", "no"] if row.kind == "yes/no" else []
        )
        for value in chosen:
            yield from ({**empty, row.name: value}, {**wrong, row.name: value})
    for row in questions:
        yield {**empty, row.name: wrong[row.name]}


def as_sent(mark: str, answers: Raw, questions: list[FieldRow]) -> dict[str, object]:
    """Return answers as the browser's form sends them."""
    data: dict[str, object] = {"of": mark}
    for row in questions:
        value = answers[row.name]
        if row.kind == "checklist":
            things = list(value.values())  # type: ignore[attr-defined]
            data |= {f"{row.name}:{index}:{part}": thing[part] for index, thing in enumerate(things) for part in ("answer", "comment")}
        elif row.kind != "files" and value != [] and not (row.kind == "yes/no" and not row.required and value == "no"):
            data[row.name] = value
    return data


def a_step(plugin: str, form: str) -> tuple[Office, int]:
    """Give an office and a task of this plugin that Tom has, at a step with this form."""
    with unit_of_work() as session:
        office = an_office(session, plugin=plugin, plugin_settings=SETTINGS.get(plugin, {}))
        made = a_task(session, office, assignee_id=office.tom.id)
        step = open_steps(session, made.task_id)[0]
        step.form, step.assignee_id = form, office.tom.id
        session.flush()
        session.expunge_all()
    return office, made.task_id


def wrong_ones(task_id: int) -> tuple[list[FieldRow], int, list[Raw]]:
    """Return the questions of the open step, its id, and those attempts that the check refuses."""
    with unit_of_work.read() as session:
        at = load(session, task_id=task_id)
        assert at
        form = asked.form_of(at, at.open_steps[0])
        known = files.known(session, task=at.task, form=form, now=clock.now())
        questions = [row for row in rows(form) if row.has_answer]
        refused = [raw for raw in attempts(questions) if isinstance(check_answers(form, raw, known=known), Problems)]
        return questions, at.open_steps[0].id or 0, refused


@pytest.mark.parametrize(("plugin", "form"), FORMS)
async def test_page_and_rest_say_the_same_of_the_same_answers(tab_of, plugin: str, form: str):
    """B19."""
    office, task_id = a_step(plugin, form)
    questions, step_id, wrong = wrong_ones(task_id)
    tab, me, where = await tab_of(office.tom.id), program(office.tom), f"/cases/{office.reference}/tasks/1"
    await tab.open(where)
    mark = (await tab.state(TaskView)).form.mark

    for raw in wrong:
        await tab.do(TaskForm.keep_draft, as_sent(mark, raw, questions))
        await tab.do(TaskForm.send, as_sent(mark, raw, questions))
        page = [error.text for error in (await tab.state(TaskView)).errors]
        said = await me.do(f"{where}/complete", {"step": step_id, "answers": raw})

        assert (said.status, said.problem) == (422, "answers")
        assert list(said.errors.values()) == page, raw
    assert len(wrong) > 2


async def test_a_name_that_is_no_question_is_refused_in_the_words_of_the_check(office):
    """B19: what was answered for another form is not taken for this one."""
    with unit_of_work() as session:
        made = a_task(session, office, assignee_id=office.tom.id)
        step_id = open_steps(session, made.task_id)[0].id

    said = await program(office.tom).do(f"/cases/{office.reference}/tasks/1/complete", {"step": step_id, "answers": {"is_admin": True}})

    assert said.errors == {"": "This form has changed since you opened it. Check your answers and try again."}
