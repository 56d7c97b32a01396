"""Build the front end: once for each change of its sources, for every host and port alike."""

import fcntl
import hashlib
import json
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from casetasks_app.cli import bundle, place
from casetasks_app.cli.command import Command
from casetasks_app.errors import CaseTasksError

SOURCES = ("casetasks_app", "assets", "rxconfig.py", "requirements.lock")
LOCK_FILES = "reflex.lock"
NOT_IN_THE_BUNDLE = ("casetasks_app/plugins/", "casetasks_app/demo/", "casetasks_app/scheduler/", "casetasks_app/api/")
"""Folders that no screen may import, so that a change in them changes no page."""
IGNORED_SUFFIXES = frozenset({".pyc", ".pyo"})
LOG_TAIL = 80
BEAT_SECONDS = 10


class BuildFailed(CaseTasksError):
    """The front end could not be built."""


def ensure_built(*, force: bool = False) -> Path:
    """Build the front end if its sources changed since the last build; return the folder of the bundle.

    Safe to call from several processes at once: one builds, the others wait for it. Raises BuildFailed.
    """
    root = place.require_checkout()
    place.CACHE.mkdir(exist_ok=True)
    with _alone(place.CACHE / "build.lock"):
        if force or not is_current():
            _build(root)
    return place.WEB / "build" / "client"


def is_current() -> bool:
    """Tell whether the bundle was built from the sources as they are now."""
    stamp = place.WEB / "casetasks.built"
    if not stamp.is_file() or not (place.WEB / "build" / "client").is_dir():
        return False
    return stamp.read_text(encoding="utf-8") == _stamp(fingerprint(place.ROOT, SOURCES))


def fingerprint(root: Path, names: tuple[str, ...]) -> str:
    """Return a hash of the names and contents of these files and folders, whatever their dates."""
    digest = hashlib.sha256()
    for name in names:
        for file in _files(root / name):
            path = file.relative_to(root).as_posix()
            if not path.startswith(NOT_IN_THE_BUNDLE):
                digest.update(f"{path} {hashlib.sha256(_content(file)).hexdigest()}\n".encode())
    return digest.hexdigest()


def _content(file: Path) -> bytes:
    if file.suffix != ".json":
        return file.read_bytes()
    # npm writes the same lock in another order from one time to the next.
    return json.dumps(json.loads(file.read_text(encoding="utf-8")), sort_keys=True).encode()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and file.suffix not in IGNORED_SUFFIXES:
            yield file


def _stamp(sources: str) -> str:
    return f"{sources} {fingerprint(place.ROOT, (LOCK_FILES,))}\n"


def _build(root: Path) -> None:
    # Taken before the build: what is edited while it runs is built the next time.
    sources, locked = fingerprint(root, SOURCES), fingerprint(root, (LOCK_FILES,))
    print("==> Building the front end (about a minute the first time)", flush=True)
    (place.WEB / "casetasks.built").unlink(missing_ok=True)
    _export(root, place.CACHE / "build.log")
    bundle.open_to_any_address(place.WEB / "build" / "client")
    (place.WEB / "casetasks.built").write_text(_stamp(sources), encoding="utf-8")
    if locked != fingerprint(root, (LOCK_FILES,)):
        print(f"    {LOCK_FILES}/ has changed: commit it with the change that caused it", flush=True)


def _export(root: Path, log: Path) -> None:
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    with log.open("wb") as output:
        started = time.monotonic()
        process = subprocess.Popen(
            command, cwd=root, env=_build_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            exit_code = _wait(process, started)
        finally:
            process.kill()
    if exit_code:
        last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_TAIL:])
        msg = f"The front end could not be built; the end of {log}:\n{last}"
        raise BuildFailed(msg)
    print(f"    built in {time.monotonic() - started:.0f} s", flush=True)


def _wait(process: subprocess.Popen[bytes], started: float) -> int:
    while True:
        try:
            return process.wait(timeout=BEAT_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"    still building, {time.monotonic() - started:.0f} s", flush=True)


def _build_environment() -> dict[str, str]:
    node = place.node_folder()
    return place.environment(
        {
            "COLUMNS": "200",  # its messages are not broken into short lines
            "REFLEX_USE_NPM": "1",
            "REFLEX_TELEMETRY_ENABLED": "false",
            "REFLEX_CHECK_LATEST_VERSION": "false",
            "REFLEX_DIR": str(place.CACHE),
            "REFLEX_API_URL": bundle.BUILT_FOR,
            "NPM_CONFIG_REGISTRY": _npm_registry(node),
            "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
            "NPM_CONFIG_UPDATE_NOTIFIER": "false",
            "NPM_CONFIG_FUND": "false",
            "NPM_CONFIG_AUDIT": "false",
        },
        path_first=node,
    )


def _npm_registry(node: Path) -> str:
    """Ask npm where it is configured to fetch from; left to itself Reflex takes whichever answers faster."""
    asked = subprocess.run(
        [node / "npm", "config", "get", "registry"], env=place.environment({}, path_first=node), capture_output=True, text=True, check=False
    )
    if asked.returncode:
        msg = f"npm does not run: {asked.stderr.strip()}"
        raise BuildFailed(msg)
    return asked.stdout.strip()


@contextmanager
def _alone(path: Path) -> Generator[None]:
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("==> Waiting for another build of the front end", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")


def _run(arguments: Namespace) -> None:
    ensure_built(force=arguments.force)


COMMANDS = (Command("build", "build the front end if its sources changed", _run, _arguments),)
