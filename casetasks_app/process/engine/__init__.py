"""The only place that knows SpiffWorkflow: six functions over plain values, with the clock as an argument."""

from casetasks_app.process.engine.face import cached, load, open_steps
from casetasks_app.process.engine.moves import CannotMove, StepNotOpen, cancel, complete, fire, start
from casetasks_app.process.model import Model, ModelRefused, Problem
from casetasks_app.process.state import DueTimer, ExpectedMessage, Job, OpenStep, State

__all__ = [
    "CannotMove",
    "DueTimer",
    "ExpectedMessage",
    "Job",
    "Model",
    "ModelRefused",
    "OpenStep",
    "Problem",
    "State",
    "StepNotOpen",
    "cached",
    "cancel",
    "complete",
    "fire",
    "load",
    "open_steps",
    "start",
]
