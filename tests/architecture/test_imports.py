"""Who may import whom, and what nobody may touch but the one module made for it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import source

BANNED = {
    "datetime.now": {"casetasks_app/clock.py"},
    "datetime.utcnow": set(),
    "datetime.today": set(),
    "date.today": set(),
    "time.time": set(),
    "os.environ": {"casetasks_app/settings.py", "casetasks_app/cli/place.py"},
    "os.getenv": set(),
    "rx.Model": set(),
    "rx.session": set(),
    "rx.SharedState": set(),
    "rx.cached_var": set(),
}
"""Each name nobody may use, and the modules that may after all."""

OPENS_BY_NATURE = {
    "casetasks_app/live/bridge.py",  # listens to commits, opens nothing
    "casetasks_app/mail/ledger.py",  # a mail is marked in its own transaction, before and after it leaves
    "casetasks_app/mail/sender.py",
}

REFLEX_PRIVATE = ("reflex.utils", "reflex.istate", "reflex.app_mixins", "reflex_base")
REFLEX_INTERNALS = "casetasks_app/web/reflex_internals.py"


def test_the_import_contracts_hold():
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-logo"], cwd=source.ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", BANNED)
def test_nobody_uses_a_banned_name(name: str):
    users = {path for path in source.modules("casetasks_app/") if name in set(dotted_names(path))}

    assert users <= BANNED[name]


def test_only_one_module_uses_private_parts_of_reflex():
    users = {path for path in source.modules("casetasks_app/") if any(is_private(name) for name in imported_modules(path))}

    assert users <= {REFLEX_INTERNALS}


def test_only_one_module_names_the_internal_variables_of_reflex():
    users = {path for path in source.modules("casetasks_app/") if "__REFLEX_" in source.text(path)}

    assert users == {REFLEX_INTERNALS}


def test_a_plugin_knows_the_contract_and_itself_and_nothing_else_of_the_product():
    plugins = {path: path.split("/")[2] for path in source.modules("casetasks_app/plugins/")}

    strange = [
        f"{path}: {name}"
        for path, plugin in plugins.items()
        for name in (*imported_modules(path), *imported_names(path))
        if name.startswith("casetasks_app.") and not name.startswith(("casetasks_app.task_types", f"casetasks_app.plugins.{plugin}"))
    ]

    assert plugins
    assert not strange, "\n".join(strange)


def test_only_the_edges_open_transactions():
    edges = ("casetasks_app/web/", "casetasks_app/api/", "casetasks_app/cli/", "casetasks_app/scheduler/", "casetasks_app/db/")
    allowed = {"casetasks_app/demo.py", "casetasks_app/casetasks_app.py", *OPENS_BY_NATURE}

    openers = {
        path for path in source.modules("casetasks_app/") if "casetasks_app.db.unit_of_work.unit_of_work" in set(imported_names(path))
    }

    assert not {path for path in openers if not path.startswith(edges)} - allowed


def test_only_the_unit_of_work_commits():
    calls = {path for path in source.modules("casetasks_app/") if any(name.endswith("session.commit") for name in dotted_names(path))}

    assert calls == {"casetasks_app/db/unit_of_work.py"}


def dotted_names(path: str) -> Iterator[str]:
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def imported_modules(path: str) -> Iterator[str]:
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def imported_names(path: str) -> Iterator[str]:
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)


def is_private(module: str) -> bool:
    return any(module == private or module.startswith(f"{private}.") for private in REFLEX_PRIVATE)
