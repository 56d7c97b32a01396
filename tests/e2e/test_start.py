"""Starting, stopping and losing the server, as an operator does."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from casetasks_app.cli import build, place, server
from tests.server import Running, running

STATIC_TEXT = {".js", ".html", ".css", ".json"}


@pytest.fixture(scope="module", autouse=True)
def bundle() -> Path:
    return build.ensure_built()


def casetasks(data_dir: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "casetasks_app", *words]
    environment = place.environment({"CASETASKS_DATA_DIR": str(data_dir)})
    return subprocess.Popen(
        command, cwd=place.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


@contextlib.contextmanager
def demo(data_dir: Path) -> Generator[tuple[subprocess.Popen[str], int]]:
    port = server.free_port()
    process = casetasks(data_dir, "run", "--demo", "--port", str(port))
    try:
        while process.poll() is None and not server.is_answering(port):
            time.sleep(0.05)
        yield process, port
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def workers(process: subprocess.Popen[bytes]) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in children.read_text(encoding="ascii").split()]


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    command = [sys.executable, "-c", "from casetasks_app.db import migrate; migrate.upgrade()"]
    subprocess.run(command, cwd=place.ROOT, env=place.environment({"CASETASKS_DATA_DIR": str(tmp_path)}), check=True, timeout=60)
    return tmp_path


def test_no_file_of_the_bundle_names_the_address_it_was_built_for(bundle: Path):
    texts = [file for file in bundle.rglob("*") if file.suffix in STATIC_TEXT]

    addressed = [str(file.relative_to(bundle)) for file in texts if "localhost:8000" in file.read_text(encoding="utf-8")]

    assert texts
    assert not addressed


def test_a_bundle_built_once_is_not_built_again():
    assert build.is_current()


def test_sigterm_stops_the_server_and_frees_its_port(migrated: Path):
    with running(migrated) as one:
        exit_code = one.stop()

        server.require_free("127.0.0.1", one.port)
    assert exit_code == 0


def test_a_killed_worker_is_replaced(migrated: Path):
    with running(migrated) as one:
        assert one.process
        before = workers(one.process)

        for pid in before:
            os.kill(pid, signal.SIGKILL)
        wait_for_other_worker(one, before)

        server.wait_until_answering(one.process, one.port)


def wait_for_other_worker(one: Running, before: list[int]) -> None:
    assert one.process
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if set(workers(one.process)) - set(before):
            return
        time.sleep(0.05)
    pytest.fail("no new worker within 20 s")


def test_the_demo_prints_sign_ins_and_starts_again_without_building_anew(tmp_path: Path):
    with demo(tmp_path) as (process, _):
        process.terminate()
        first, _ = process.communicate(timeout=30)
    with demo(tmp_path) as (process, _):
        process.terminate()
        second, _ = process.communicate(timeout=30)

    assert "Sign in as one of these" in first
    assert "@" in first
    assert "Sign in as one of these" in second
    assert "built in" not in second


def test_a_production_start_without_settings_is_refused(tmp_path: Path):
    process = casetasks(tmp_path, "run")

    output, _ = process.communicate(timeout=30)

    assert process.returncode == 1
    assert "CASETASKS_PUBLIC_URL is missing" in output
    assert not list(tmp_path.iterdir())
