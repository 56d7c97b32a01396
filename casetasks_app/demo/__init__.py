"""A demo organisation to look around in: people, configuration, and cases in several states."""

from casetasks_app.demo.loading import DemoPerson, load

__all__ = ["DemoPerson", "load"]
