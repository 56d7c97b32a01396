"""The how-to is true: its files are written and its commands run, from an empty folder to an installed plugin."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.installed.environment import ROOT, Environment

PAGE = ROOT / "docs/howto/write-a-plugin.md"
PART = re.compile(r"(?:^`(?P<file>[\w/.]+)`:\n\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(own: Environment) -> dict[str, str]:
    """Put `casetasks` and `pip` of the environment on the path; nothing is fetched and the shared packages stay as they are."""
    folder = own.place / "bin"
    folder.mkdir()
    offline = '[ "$1" = install ] && set -- "$@" --no-deps --no-index --no-build-isolation'
    scripts = {
        "casetasks": f'exec "{own.python}" -m casetasks_app "$@"',
        "pip": f'{offline}\nexec "{sys.executable}" -m pip --python "{own.python}" -q --disable-pip-version-check "$@"',
    }
    for name, text in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASETASKS_", "PYTHON", "PIP_"))}
    return {**kept, "PATH": f"{folder}{os.pathsep}{kept['PATH']}", "CASETASKS_DATA_DIR": str(own.place / "data")}


def test_following_the_how_to_leads_to_an_installed_plugin_that_passes_its_suite(tmp_path: Path) -> None:
    """S12."""
    own = Environment(tmp_path)
    environment = commands(own)
    printed: list[str] = []

    for part in PART.finditer(PAGE.read_text(encoding="utf-8")):
        if part["file"]:
            (tmp_path / part["file"]).write_text(part["text"])
        elif part["kind"] == "sh":
            done = subprocess.run(["sh", "-ec", part["text"]], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, part["text"] + done.stdout + done.stderr
            printed.append(done.stdout)

    assert len(printed) == 3
    assert "3 passed" in printed[1]
    assert "problem" not in "".join(printed)
    assert (tmp_path / "noise_reading.svg").read_text().startswith("<svg")
    assert printed[2].splitlines()[-1] == "ok       noise_reading (casetasks-noise-reading 1.0.0, noise_reading:plugin)"
