"""What is no event of ours does not reach Reflex, which would keep it and log it with all its headers."""

import logging
from collections.abc import Collection

log = logging.getLogger(__name__)

REMEMBERED = 200


class Doorman:
    """Looks at the form of what a client sends; whether the person may do it is the guard's question."""

    def __init__(self, known: Collection[str]) -> None:
        """Take the names of all events, as they are registered now and later."""
        self._known = known
        self._logged: set[str] = set()

    def __call__(self, data: object) -> bool:
        """Tell whether this is an event that exists, in the form our pages send."""
        if not isinstance(data, dict):
            return self._refuse("something that is no event")
        name = data.get("name")
        if not isinstance(name, str) or name not in self._known:
            return self._refuse(name)
        if not isinstance(data.get("payload", {}), dict) or not isinstance(data.get("router_data", {}), dict):
            return self._refuse(f"{name} in a wrong form")
        return True

    def _refuse(self, name: object) -> bool:
        shown = ascii(name)[:200]
        # Each only once and only so many: a client must not be able to fill the log.
        if shown not in self._logged and len(self._logged) < REMEMBERED:
            self._logged.add(shown)
            log.warning("Dropped an unknown event: %s", shown)
        return False
