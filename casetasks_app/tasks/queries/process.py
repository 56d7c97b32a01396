"""The process of a task: the picture of its model with what is done and open, and the same told in words."""

from sqlmodel import Session, select

from casetasks_app.errors import NotFound
from casetasks_app.models import Case, Task
from casetasks_app.people.rules import Actor
from casetasks_app.process import picture as drawing
from casetasks_app.tasks import kinds
from casetasks_app.tasks.access import TaskAtHand, at_hand


def words(session: Session, *, at: TaskAtHand) -> tuple[str, ...]:
    """Return one sentence part for each step, such as `Decide: done twice, open now`; nothing for a single step."""
    model = kinds.model(session, digest=at.task.model_digest)
    if len(model.steps) < 2:  # noqa: PLR2004  one step needs no telling
        return ()
    return tuple(drawing.steps_in_words(model, _done(at), _open(at)))


def width(session: Session, *, at: TaskAtHand) -> int:
    """Return how wide the picture is drawn, in CSS pixels; 0 without a diagram."""
    return drawing.width(kinds.model(session, digest=at.task.model_digest))


def picture(session: Session, *, reference: str, number: int, actor: Actor) -> str:
    """Return the SVG of a task's process for somebody who may see the task, empty without a diagram; raises NotFound."""
    task_id = session.exec(
        select(Task.id).join(Case, Case.id == Task.case_id).where(Case.reference == reference.upper(), Task.number == number)  # pyright: ignore[reportArgumentType]
    ).first()
    if task_id is None:
        raise NotFound
    at = at_hand(session, task_id=task_id, actor=actor)
    return drawing.picture(kinds.model(session, digest=at.task.model_digest), _done(at), _open(at))


def _done(at: TaskAtHand) -> list[str]:
    return [step.name for step in at.steps if step.answers is not None]


def _open(at: TaskAtHand) -> list[str]:
    return [step.name for step in at.open_steps]
