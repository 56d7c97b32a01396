"""Case Tasks: formal tasks on cases, given to people and teams, watched against targets."""

__version__ = "0.1.0"
