"""Elements of SpiffWorkflow that go on too early or cannot be begun as they come, and what makes them right."""

from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelMultiInstanceTask, SequentialMultiInstanceTask
from SpiffWorkflow.task import Task, TaskState

from casetasks_app.process.engine.scope import Foreign

_UNDER_WAY = TaskState.WAITING | TaskState.READY | TaskState.STARTED


class Inclusive(InclusiveGateway):
    """An inclusive gateway that waits as long as anything may still come to an arrow on which nothing is.

    SpiffWorkflow follows one of several ways back only, and overlooks sub-processes and repeated steps that are under way.
    """

    def _check_threshold_unstructured(self, my_task: Foreign) -> bool:
        tasks = my_task.workflow.tasks.values()
        arrived = {task.parent.task_spec for task in tasks if task.task_spec is self and task.parent.state == TaskState.COMPLETED}
        before = self._before(set(self.inputs) - arrived)
        return not any(task.task_spec in before for task in tasks if _is_under_way(task))

    def _before(self, wanted: set[Foreign]) -> set[Foreign]:
        """Everything from which one of these can be reached without passing the gateway itself."""
        seen: set[Foreign] = set()
        waiting = list(wanted)
        while waiting:
            spec = waiting.pop()
            if spec not in seen and spec is not self:
                seen.add(spec)
                waiting.extend(spec.inputs)
        return seen


class OneByOne(SequentialMultiInstanceTask):
    """Turns one after the other. SpiffWorkflow cannot begin them where it was not sure to get here."""

    def _update_hook(self, my_task: Foreign) -> Foreign:
        _be_sure(my_task)
        return super()._update_hook(my_task)


class AllAtOnce(ParallelMultiInstanceTask):
    """All turns at once. SpiffWorkflow cannot begin them where it was not sure to get here."""

    def _update_hook(self, my_task: Foreign) -> Foreign:
        _be_sure(my_task)
        return super()._update_hook(my_task)


def _be_sure(task: Foreign) -> None:
    if task.has_state(TaskState.PREDICTED_MASK):
        task._set_state(TaskState.FUTURE)  # noqa: SLF001


def _is_under_way(task: Task) -> bool:
    """What waits or is being done, and what comes next after something that is over."""
    is_next = task.parent is not None and task.parent.state == TaskState.COMPLETED and task.has_state(TaskState.NOT_FINISHED_MASK)
    return task.has_state(_UNDER_WAY) or is_next
