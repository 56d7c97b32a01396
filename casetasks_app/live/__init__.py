"""Who is told that something changed: topics, the hub of this process, and the bridge between processes."""

from casetasks_app.db.unit_of_work import touch
from casetasks_app.live.hub import Hub, hub

__all__ = ["Hub", "hub", "touch"]
