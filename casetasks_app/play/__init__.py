"""For authors of plugins: play a task through its plugin alone, and the conformance suite that every plugin passes."""

from casetasks_app.play.conformance import conformance_problems
from casetasks_app.play.letters import Mail
from casetasks_app.play.task import FILES, PEOPLE, ZONE, AnswersRefused, Play, StepIsNotOpen

__all__ = ["FILES", "PEOPLE", "ZONE", "AnswersRefused", "Mail", "Play", "StepIsNotOpen", "conformance_problems"]
