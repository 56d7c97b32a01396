"""What one does with a task: claim it, put it back, complete a step, cancel it."""

from casetasks_app.api import asked, elsewhere, shapes, shown
from casetasks_app.api.operation import Answer, Call, Operation
from casetasks_app.api.tasks import seen, task_id_of
from casetasks_app.cases import complete as completing
from casetasks_app.cases.complete import FormIncomplete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.tasks import cancel as cancelling
from casetasks_app.tasks import hold
from casetasks_app.tasks.queries import step_form


async def claim(call: Call) -> Answer:
    """Take a team's task (B18, S42)."""
    await unit_of_work.run(hold.claim, task_id=await task_id_of(call), actor=call.actor, now=call.now)
    return await _as_it_stands(call)


async def release(call: Call) -> Answer:
    """Put a task back for its team (S90)."""
    await unit_of_work.run(hold.release, task_id=await task_id_of(call), actor=call.actor, now=call.now)
    return await _as_it_stands(call)


async def complete(call: Call) -> Answer:
    """Complete the open step (B19, B20)."""
    sent: asked.Completion = call.body
    where = {"task_id": await task_id_of(call), "step_id": sent.step}
    try:
        await unit_of_work.run(completing.complete_step, **where, answers=sent.answers, actor=call.actor, now=call.now)
    except FormIncomplete as refusal:
        rows = await unit_of_work.ask(step_form.rows_of, **where, actor=call.actor)
        raise elsewhere.worded(refusal, rows, shown.page_of_task(call.reference, call.number)) from None
    return await _as_it_stands(call)


async def cancel(call: Call) -> Answer:
    """Stop a task for good, with a reason (B25, B26, S70)."""
    sent: asked.Cancellation = call.body
    reason = cancelling.Reason(sent.reason, sent.text)
    await unit_of_work.run(cancelling.cancel, task_id=await task_id_of(call), reason=reason, actor=call.actor, now=call.now)
    return await _as_it_stands(call)


async def _as_it_stands(call: Call) -> Answer:
    try:
        return Answer(await seen(call))
    except NotFound:
        # Who gave a task away may not see it any more; what they did is done.
        return Answer(None, status=204)


_ONE = "/cases/{reference}/tasks/{number}"

OPERATIONS = (
    Operation("POST", f"{_ONE}/claim", "Claim a task of one of your teams.", claim, shapes.Task, asked.Nothing),
    Operation("POST", f"{_ONE}/release", "Put a task back for anyone in its team.", release, shapes.Task, asked.Nothing),
    Operation("POST", f"{_ONE}/complete", "Complete the open step that you have.", complete, shapes.Task, asked.Completion),
    Operation("POST", f"{_ONE}/cancel", "Cancel a task, with a reason.", cancel, shapes.Task, asked.Cancellation),
)
