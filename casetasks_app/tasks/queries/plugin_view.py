"""A task as its plugin sees it, and what View makes of that."""

from collections.abc import Collection, Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from casetasks_app import settings
from casetasks_app.models import StoredFile, TaskStep
from casetasks_app.people import choices
from casetasks_app.people.rules import Actor
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.summary import Block, StepView, TaskView, answer_blocks, summarise
from casetasks_app.tasks import asked, notes
from casetasks_app.tasks.access import TaskAtHand
from casetasks_app.tasks.queries import sources


def blocks(session: Session, at: TaskAtHand, actor: Actor, plugin: TaskPlugin | None) -> tuple[Block, ...]:
    """What View shows: made by the plugin from the answers of each step so far (S25, S26), private notes left out (S75)."""
    view = task_view(session, at, plugin, hidden=notes.hidden_from(session, at=at, actor=actor) if plugin is None or plugin.note else ())
    if plugin is None:
        return tuple(answer_blocks(view))
    return summarise(plugin, view)


def task_view(session: Session, at: TaskAtHand, plugin: TaskPlugin | None, hidden: Collection[int] = ()) -> TaskView:
    """Return the task as a plugin sees it: no drafts, no case, no notes that are hidden, nothing that could change it."""
    done = [step for step in at.steps if not step.was_stopped]
    kept = asked.of_steps(session, done)
    people = sources.person_names(session, {step.completed_by_id for step in done})
    steps = tuple(_step_view(step, asked.of_step(step, kept, plugin, at), people, is_hidden=step.id in hidden) for step in done)
    named = choices.named_in(session, ((row, each.answer(row.name)) for each in steps for row in each.rows))
    task_files = session.exec(select(StoredFile.id, StoredFile.name).where(StoredFile.task_id == at.task.id).limit(500))
    return TaskView(
        number=at.task.number,
        description=at.task.description,
        status=at.task.status.value,
        outcome=at.task.outcome,
        settings=plugin.with_defaults(at.task.plugin_settings) if plugin else at.task.plugin_settings,
        steps=steps,
        people={str(key): name for key, name in people.items()} | dict(named.people),
        teams=named.teams,
        files=dict(task_files.all()),
    )


def _step_view(step: TaskStep, questions: Sequence[FieldRow], people: Mapping[int, str], *, is_hidden: bool) -> StepView:
    moment = step.completed_at.astimezone(ZoneInfo(settings.load().time_zone)) if step.completed_at else None
    answers, by = {} if is_hidden else step.answers, people.get(step.completed_by_id or 0, "")
    return StepView(step.name, step.title, tuple(questions), answers, by, moment, is_hidden)
