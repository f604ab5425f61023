"""What the generator would mangle, wherever it stands: one line with the place, before anything is generated."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from small_contract import ENVELOPE, contract, ref

from pipeline.errors import PipelineError
from pipeline.mangled import UPLOAD_CLASSES, refuse_mangled
from pipeline.projection import project

TEXT = {"type": "string"}
FILE = {"type": "string", "format": "binary"}
ZERO_WIDTH = "a\u200bb"


def refused(document: dict[str, Any]) -> str:
    with pytest.raises(PipelineError) as caught:
        refuse_mangled(document)
    return str(caught.value)


def value(**stated: Any) -> dict[str, Any]:
    """The projection of the small contract, with another schema Value."""
    document = project(contract(), ENVELOPE)
    document["components"]["schemas"]["Value"] = {"type": "object", **stated}
    return document


def of_operation(**stated: Any) -> dict[str, Any]:
    document = project(contract(), ENVELOPE)
    document["paths"]["/p"]["post"].update(stated)
    return document


def test_the_contract_that_the_others_differ_from_passes() -> None:
    refuse_mangled(value())
    refuse_mangled({})


UNTYPED = "has no type, so the generator would make it Any"
GONE = "refers to #/components/schemas/No, which is not there"


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        *(({key: [TEXT, {}]}, f"Value.{key}[1]: {UNTYPED}") for key in ("allOf", "anyOf", "oneOf")),
        *(({key: [ref("No")]}, f"Value.{key}[0]: {GONE}") for key in ("allOf", "anyOf", "oneOf")),
        ({"items": {"description": "d"}}, f"Value[]: {UNTYPED}"),
        ({"additionalProperties": ref("No")}, f"Value.*: {GONE}"),
        ({"properties": {"a": {"type": "array", "items": ref("No")}}}, f"Value.a[]: {GONE}"),
        ({"properties": {"a": {"properties": {"b": {"format": "x"}}}}}, f"Value.a.b: {UNTYPED}"),
        ({"properties": {"a": {"type": "array"}}}, "Value.a: is an array without items"),
        ({"const": "a\\b"}, "Value: const 'a\\\\b': the generator doubles its quotes and backslashes"),
        ({"const": None}, "Value: const None: there is no Literal of a NoneType"),
        (
            {"enum": ["a", 1, None]},
            "Value: enum of int, str: the generator takes strings or integers, and no mixture",
        ),
        ({"enum": [True]}, "Value: enum of bool: the generator takes strings or integers, and no mixture"),
        (
            {"properties": {ZERO_WIDTH: TEXT}},
            f"Value.{ZERO_WIDTH}: {ZERO_WIDTH!r} holds a character that would be dropped from the code",
        ),
        (
            {"properties": {"rows_item_data": TEXT, "rows": TEXT}},
            "Value.rows_item_data: the code of rows uses the name rows_item_data",
        ),
        (
            {"properties": {"made": {"format": "unix-time", **TEXT}, "made_utc": TEXT}},
            "Value.made: its property made_utc would hide a field",
        ),
        (
            {"properties": {"userId": TEXT, "user_id": TEXT}},
            "Value.user_id: becomes user_id, and so does userId",
        ),
        (
            {"properties": {"a": {"type": "integer", "x-values": "UUID"}}},
            "x-values class UUID: is the name of another class; choose another",
        ),
        (
            {"properties": {"a": {"type": "integer", "x-values": "ValueT"}}},
            "x-values class ValueT: is the name of another class; choose another",
        ),
    ],
)
def test_a_schema(stated: dict[str, Any], says: str) -> None:
    assert refused(value(**stated)) == says


@pytest.mark.parametrize(
    "stated",
    [
        {"properties": {"a": {"type": "array", "prefixItems": [TEXT]}}},
        {"properties": {"a": {"const": "x"}, "b": {"enum": ["y", None]}, "c": {"allOf": [TEXT]}}},
        {"properties": {"a": {"anyOf": [TEXT]}, "b": {"oneOf": [TEXT]}, "c": {"properties": {}}}},
        {"properties": {"rows_items": TEXT, "rows": TEXT, "row_data": TEXT, "row": TEXT}},
        {"properties": {"made": TEXT, "made_utc": {"format": "unix-time", **TEXT}}},
        {"additionalProperties": True, "enum": [1, 2], "const": 3},
    ],
)
def test_a_schema_that_is_near_to_it(stated: dict[str, Any]) -> None:
    refuse_mangled(value(**stated))


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        (
            {"parameters": [{"name": "q", "schema": {}}]},
            f"POST /p parameter q: {UNTYPED}",
        ),
        (
            {"parameters": [{"name": ZERO_WIDTH, "schema": TEXT}]},
            f"POST /p parameter {ZERO_WIDTH}: {ZERO_WIDTH!r} holds a character that would be dropped from the code",
        ),
        (
            {"requestBody": {"content": {"application/json": {"schema": ref("No")}}}},
            f"POST /p application/json: {GONE}",
        ),
        (
            {"responses": {"500": {"content": {"text/plain": {"schema": {}}}}}},
            f"POST /p text/plain: {UNTYPED}",
        ),
        ({"operationId": "unset"}, "POST /p: operationId becomes unset, a name of the client's own"),
    ],
)
def test_an_operation(stated: dict[str, Any], says: str) -> None:
    assert refused(of_operation(**stated)) == says


def test_a_path() -> None:
    document = project(contract(), ENVELOPE)
    document["paths"][f"/{ZERO_WIDTH}"] = {"get": {**document["paths"]["/p"]["post"], "operationId": "q"}}
    where = f"/{ZERO_WIDTH}"
    assert refused(document) == (
        f"GET {where}: {where!r} holds a character that would be dropped from the code"
    )


@pytest.mark.parametrize("name", ["File", "file_types"])
def test_an_upload_beside_a_class_of_its_name(name: str) -> None:
    made = "File" if name == "File" else "FileTypes"
    says = f"class {made} would hide one of the client's own; choose another name"
    document = of_operation(requestBody={"content": {"multipart/form-data": {"schema": FILE}}})
    document["components"]["schemas"][name] = TEXT
    refuse_mangled(document)
    document["paths"]["/p"]["post"]["responses"]["200"] = {"content": {"a/b": {"schema": ref(name)}}}
    assert refused(document) == f"POST /p: {says}"
    itself = value()
    itself["components"]["schemas"][name] = {"type": "object", "properties": {"a": FILE}}
    assert refused(itself) == f"components.schemas.{name}: {says}"


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (TEXT, "Part: member One has no const for the tag k"),
        ({"const": 1}, "Part: member One has no const for the tag k"),
        ({"const": "two"}, "Part: members One and Two have the same k, 'two'"),
        (
            {"const": ZERO_WIDTH},
            f"One.k: {ZERO_WIDTH!r} holds a character that would be dropped from the code",
        ),
    ],
)
def test_a_union(kind: dict[str, Any], says: str) -> None:
    document = value()
    schemas = document["components"]["schemas"]
    schemas["One"] = {"type": "object", "properties": {"k": kind}}
    part = schemas.pop("Part")
    document["components"]["schemas"] = {"Part": part, **schemas}
    assert refused(document) == says


MODELS = Path(__file__).resolve().parents[3] / "generated" / "wecom_client" / "models"


def imported() -> list[str]:
    """What the models of the client import, other models and the contract's own numbers aside."""
    files = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(MODELS.glob("[!_]*.py"))]
    found = {
        name.asname or name.name
        for tree in files
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith(("models", "values"))
        for name in node.names
    }
    # No field and no class gets the first three names, and files clash beside an upload alone.
    gone = {"annotations", "TYPE_CHECKING", "datetime"} | UPLOAD_CLASSES
    return sorted(name for name in found - gone if not name.startswith("_"))


def test_no_field_and_no_model_has_a_name_that_the_models_import() -> None:
    names = imported()
    assert {"Mapping", "UNSET", "as_list"} <= set(names)
    for name in names:
        if name.islower():
            document, where = value(properties={name: TEXT}), f"Value.{name}"
            says = f"the code of every model uses the name {name} itself"
        else:
            document, where = value(), f"components.schemas.{name}"
            document["components"]["schemas"][name] = TEXT
            says = f"class {name} would hide one of the client's own; choose another name"
        assert refused(document) == f"{where}: {says}"


@pytest.mark.parametrize("name", ["dict", "type", "isinstance", "len", "list"])
def test_a_field_that_is_called_like_a_function_of_python_gets_another_name(name: str) -> None:
    refuse_mangled(value(properties={name: TEXT}))
    assert refused(value(properties={name: TEXT, f"{name}_": TEXT})) == (
        f"Value.{name}_: becomes {name}_, and so does {name}"
    )


def test_a_name_that_begins_with_a_number_gets_a_prefix() -> None:
    assert refused(value(properties={"field_1": TEXT, "1": TEXT})) == (
        "Value.1: becomes field_1, and so does field_1"
    )


def test_names_of_two_operations() -> None:
    document = project(contract(), ENVELOPE)
    document["paths"]["/q"] = {"get": {**document["paths"]["/p"]["post"], "operationId": "Op"}}
    assert refused(document) == "GET /q: operationId becomes op, and so does that of POST /p"
