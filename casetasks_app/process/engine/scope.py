"""What a moving process sees: the task's variables, the time it is given, and nothing else."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

from casetasks_app.process import timers
from casetasks_app.process.expressions import evaluate_in, holds
from casetasks_app.process.model import MOST_TURNS, Node, Repetition

Foreign = Any
"""A value of SpiffWorkflow, which has no types."""


class Scope(PythonScriptEngine):
    """Works out conditions, timers and turns against the one store of variables; runs no script, ever."""

    def __init__(self, variables: Mapping[str, Any], answers: Mapping[str, Any], now: datetime) -> None:
        """Copy the store, so that a move that fails leaves it as it was."""
        super().__init__()
        self.variables: dict[str, Any] = dict(variables)
        self.answers: dict[str, Any] = dict(answers)
        self.now = now
        self.outcome: str | None = None
        self.latest: Mapping[str, Any] = {}

    def evaluate(self, task: Foreign, expression: Foreign, external_context: Foreign = None) -> Foreign:  # noqa: ARG002  (SpiffWorkflow names it)
        """A condition, or the number of turns of a repetition. Raises ExpressionRefused."""
        if isinstance(expression, Repetition):
            return self._turns(task, expression)
        return holds(expression, {**self.variables, **self.latest})

    def execute(self, task: Foreign, script: str, external_context: Foreign = None) -> Foreign:
        """Refuse: no model that is accepted has a script."""
        raise NotImplementedError("scripts are not run")

    def due(self, node: Node) -> dict[str, Any]:
        """When this timer is due, as it is kept in the instance. Raises TimerRefused."""
        if node.timer is None:
            return {}
        first = timers.due(node.timer, self.variables, self.now)
        repeats = node.kind == "boundary" and not node.interrupts
        return due_data(first if repeats else timers.Due(first.at), 0)

    def _turns(self, task: Foreign, repetition: Repetition) -> int:
        value = evaluate_in(repetition.collection or repetition.count or "", self.variables)
        self.variables[repetition.output] = []
        if repetition.collection is not None:
            items = list(value) if isinstance(value, list | tuple) else []
            task.internal_data["items"] = items
            value = len(items)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_TURNS:
            raise ValueError(f"{value!r} is no number of turns")
        return value


def due_data(due: timers.Due, fired: int) -> dict[str, Any]:
    """A due moment as JSON values; `fired` counts how often the timer went off before."""
    return {"due": due.at.astimezone(UTC).isoformat(), "every": due.every, "left": due.left, "fired": fired}


def due_from(data: Mapping[str, Any]) -> timers.Due:
    """The due moment that `due_data` wrote."""
    return timers.Due(datetime.fromisoformat(data["due"]), data["every"], data["left"])
