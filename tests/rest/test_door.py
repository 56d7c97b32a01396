"""A server that nobody asks through REST starts without it."""

import subprocess
import sys

from tests.architecture import source

_ASK = """
import sys
from casetasks_app import casetasks_app
from casetasks_app.api import door
assert casetasks_app.app
print(sorted(name for name in sys.modules if name.startswith("casetasks_app.api.")))
door._application()
print("casetasks_app.api.application" in sys.modules)
"""


def test_the_start_does_not_import_the_interface():
    done = subprocess.run([sys.executable, "-c", _ASK], cwd=source.ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["['casetasks_app.api.door']", "True"]
