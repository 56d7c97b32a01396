"""Whether a process model may be used: everything that could go wrong with it is found before it runs."""

from casetasks_app.process.check.everything import Surroundings, check

__all__ = ["Surroundings", "check"]
