"""An environment of its own: the shared packages and the product are there, plugins are installed and removed by pip."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Environment:
    """A folder with an environment, a data folder and the sources of a plugin."""

    def __init__(self, place: Path) -> None:
        self.place, self.python = place, place / "env" / "bin" / "python"
        venv.create(place / "env", with_pip=False)
        packages = next((place / "env" / "lib").glob("python*")) / "site-packages"
        (packages / "shared.pth").write_text(f"{sysconfig.get_path('purelib')}\n{ROOT}\n")

    def casetasks(self, *words: str, fails: bool = False) -> str:
        """Run a command of the product there and return what it printed."""
        done = self._run(self.python, "-m", "casetasks_app", *words)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def looking(self, *words: str) -> dict[str, Any]:
        """Look at a task, or answer its open step, as its person."""
        done = self._run(self.python, Path(__file__).with_name("looking.py"), *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def install(self, project: Path) -> None:
        """Build a wheel and install it, without any network."""
        self._pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(self.place / "wheels"), str(project))
        (wheel,) = (self.place / "wheels").glob("*.whl")
        self._pip("--python", str(self.python), "install", "--no-deps", "--no-index", "--force-reinstall", str(wheel))
        wheel.unlink()

    def remove(self, name: str) -> None:
        """Uninstall a package."""
        self._pip("--python", str(self.python), "uninstall", "--yes", name)

    def _pip(self, *words: str) -> None:
        done = self._run(Path(sys.executable), "-m", "pip", "--disable-pip-version-check", "--no-input", *words)
        assert done.returncode == 0, done.stdout + done.stderr

    def _run(self, *words: object) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASETASKS_", "PYTHON", "PIP_"))}
        own = {**kept, "CASETASKS_DATA_DIR": str(self.place / "data"), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run([str(word) for word in words], cwd=self.place, env=own, capture_output=True, text=True, check=False)
