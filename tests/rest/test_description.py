"""The OpenAPI document says what the interface does: every operation, and shapes that real answers have."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from casetasks_app.api.application import DOCUMENT, OPERATIONS
from casetasks_app.api.problems import KNOWN
from casetasks_app.db.unit_of_work import unit_of_work
from tests.architecture import source
from tests.factories import a_task
from tests.rest.asking import program

PAGE = "docs/reference/rest.md"
NAMES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "null": type(None)}


@pytest.fixture
async def document(office) -> dict[str, Any]:
    return (await program(office.tom).ask("/openapi.json")).json


def test_every_operation_is_described_and_nothing_else(document):
    described = {(method, path) for path, methods in document["paths"].items() for method in methods}

    assert described == {(each.method.lower(), f"/api{each.path}") for each in (*OPERATIONS, DOCUMENT)}
    for path, methods in document["paths"].items():
        for said in methods.values():
            given = [each["name"] for each in said.get("parameters", []) if each["in"] == "path"]
            assert given == re.findall(r"{(\w+)}", path)


def test_every_reference_leads_somewhere(document):
    schemas = document["components"]["schemas"]

    assert {each.rpartition("/")[2] for each in references(document)} <= set(schemas)
    assert all(each.startswith("#/components/schemas/") for each in references(document))


def test_what_creates_something_asks_for_a_key(document):
    asking = {
        path
        for path, methods in document["paths"].items()
        for said in methods.values()
        if "Idempotency-Key" in [each["name"] for each in said.get("parameters", [])]
    }

    assert asking == {"/api/cases", "/api/cases/{reference}/tasks"}


async def test_real_answers_have_the_shapes_of_the_document(office, document):
    with unit_of_work() as session:
        a_task(session, office, assignee_id=office.tom.id)
    one = f"/cases/{office.reference}"
    asked = [
        (office.manager, "/case-types", "/case-types"),
        (office.manager, one, "/cases/{reference}"),
        (office.manager, f"{one}/tasks", "/cases/{reference}/tasks"),
        (office.tom, f"{one}/tasks/1", "/cases/{reference}/tasks/{number}"),
        (office.tom, "/my-work", "/my-work"),
    ]
    for person, path, pattern in asked:
        schema = document["paths"][f"/api{pattern}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]

        assert differences((await program(person).ask(path)).json, schema, document) == [], path

    refused = (await program(office.tom).ask("/cases/X-1")).json
    assert differences(refused, {"$ref": "#/components/schemas/Problem"}, document) == []


def test_the_page_names_every_operation_and_every_problem():
    page = source.text(PAGE)

    missing = [f"{each.method} /api{each.path}" for each in (*OPERATIONS, DOCUMENT) if f"`{each.method} /api{each.path}" not in page]
    unnamed = [name for _, name in KNOWN.values() if f"`{name}`" not in page]

    assert not missing
    assert not unnamed


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from [value["$ref"]] if isinstance(value.get("$ref"), str) else []
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from references(inner)


def differences(value: Any, schema: dict[str, Any], document: dict[str, Any], place: str = "") -> list[str]:
    """Return where a value is not as its schema says; enough of JSON Schema for the shapes there are."""
    if "$ref" in schema:
        return differences(value, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document, place)
    if "anyOf" in schema:
        return min((differences(value, each, document, place) for each in schema["anyOf"]), key=len)
    if "type" in schema and not isinstance(value, NAMES[schema["type"]]):
        return [f"{place}: {value!r} is no {schema['type']}"]
    inside = of_object(value, schema, document, place) if "properties" in schema else []
    for index, each in enumerate(value if isinstance(value, list) else ()):
        inside += differences(each, schema.get("items", {}), document, f"{place}/{index}")
    return inside + ([f"{place}: {value} is none of {schema['enum']}"] if value not in schema.get("enum", [value]) else [])


def of_object(value: dict[str, Any], schema: dict[str, Any], document: dict[str, Any], place: str) -> list[str]:
    wrong = [f"{place}: {name} is missing" for name in schema.get("required", ()) if name not in value]
    wrong += [f"{place}: {name} is not described" for name in value if name not in schema["properties"]]
    return wrong + [
        each
        for name, one in value.items()
        if name in schema["properties"]
        for each in differences(one, schema["properties"][name], document, f"{place}/{name}")
    ]
