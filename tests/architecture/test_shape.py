"""No module, function or signature outgrows its limit; every module says what lives in it."""

import ast
from collections import Counter
from pathlib import PurePosixPath

from tests.architecture import source

PRODUCT, TESTS = "casetasks_app/", "tests/"
MODULE, SCREEN_MODULE, TEST_MODULE, PLUGIN = 250, 200, 300, 300
FUNCTION, HANDLER, COMPONENT, PARAMETERS = 30, 15, 50, 6
SCREEN_MODULES = {"state.py", "page.py"}
MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "base", "core", "managers", "manager", "misc"}


def module_limit(path: str) -> int:
    if path.startswith(TESTS):
        return TEST_MODULE
    return SCREEN_MODULE if PurePosixPath(path).name in SCREEN_MODULES else MODULE


def function_limit(one: source.Function) -> int:
    if "rx.event" in one.decorators:
        return HANDLER
    if one.path.startswith("casetasks_app/web/") and ("Component" in one.returns or "rx.Var" in one.returns):
        return COMPONENT
    return FUNCTION


def test_no_module_is_longer_than_its_limit():
    lengths = {path: len(source.text(path).splitlines()) for path in source.modules(PRODUCT, TESTS, "bench/")}

    too_long = [f"{path}: {lines} > {module_limit(path)}" for path, lines in lengths.items() if lines > module_limit(path)]

    assert not too_long, "\n".join(too_long)


def test_no_plugin_has_more_python_than_its_limit():
    lengths: Counter[str] = Counter()
    for path in source.modules("casetasks_app/plugins/"):
        lengths[path.split("/")[2]] += len(source.text(path).splitlines())

    too_long = [f"{plugin}: {lines} > {PLUGIN}" for plugin, lines in lengths.items() if lines > PLUGIN]

    assert not too_long, "\n".join(too_long)


def test_no_function_is_longer_than_its_limit():
    found = [one for path in source.modules(PRODUCT, TESTS, "bench/") for one in source.functions(path)]

    too_long = [f"{one.place}: {one.lines} > {function_limit(one)}" for one in found if one.lines > function_limit(one)]

    assert not too_long, "\n".join(too_long)


def test_no_function_takes_more_parameters_than_the_limit():
    found = [one for path in source.modules(PRODUCT, TESTS, "bench/") for one in source.functions(path)]

    too_many = [f"{one.place}: {one.parameters}" for one in found if one.parameters > PARAMETERS]

    assert not too_many, "\n".join(too_many)


def test_every_module_says_in_a_sentence_what_lives_in_it():
    silent = [path for path in source.modules(PRODUCT, TESTS, "bench/") if not first_sentence(path).endswith((".", ":"))]

    assert not silent, "\n".join(silent)


def test_every_folder_of_the_product_is_a_package():
    folders = {PurePosixPath(path).parent for path in source.modules(PRODUCT, TESTS)}

    unnamed = sorted(str(folder) for folder in folders if not (source.ROOT / folder / "__init__.py").is_file())

    assert not unnamed, "\n".join(unnamed)


def test_no_module_or_folder_has_a_name_that_means_nothing():
    meaningless = [path for path in source.modules(PRODUCT) if MEANINGLESS & {part.removesuffix(".py") for part in path.split("/")}]

    assert not meaningless, "\n".join(meaningless)


def test_nothing_asks_by_a_name_that_starts_with_get():
    top_level = [(path, node) for path in source.modules(PRODUCT) for node in source.tree(path).body]

    asking = [f"{path}:{node.lineno}" for path, node in top_level if isinstance(node, ast.FunctionDef) and node.name.startswith("get_")]

    assert not asking, "\n".join(asking)


def first_sentence(path: str) -> str:
    docstring = ast.get_docstring(source.tree(path)) or ""
    return docstring.partition("\n\n")[0].rstrip("\"'`)")
