"""The gates that count: the projection has all of the contract, and the client all of the projection."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openapi_python_client.strings import ClassName, PythonIdentifier

from pipeline.errors import PipelineError
from pipeline.mangled import FIELD_PREFIX
from pipeline.openapi_document import operations, schema_name
from pipeline.probe import last_line, run_python
from pipeline.projection import UNKNOWN_VARIANT
from pipeline.request import FORM, JSON, media_type


def check_projection(contract: Mapping[str, Any], projection: Mapping[str, Any]) -> None:
    """The projection has every operation, parameter, schema and property of the contract."""
    left = {operation["operationId"]: operation for _, _, operation in operations(projection)}
    for path, method, operation in operations(contract):
        where = f"{method} {path}"
        if operation["operationId"] not in left:
            raise PipelineError(where, "is lost in the projection")
        kept = left[operation["operationId"]]
        names = {parameter["name"] for parameter in kept.get("parameters", [])}
        for parameter in operation.get("parameters", []):
            if parameter.get("name") not in names:
                raise PipelineError(where, f"parameter {parameter.get('name')} is lost in the projection")
        if ("requestBody" in operation) != ("requestBody" in kept):
            raise PipelineError(where, "the body is lost in the projection")
    schemas = projection.get("components", {}).get("schemas", {})
    for name, schema in contract.get("components", {}).get("schemas", {}).items():
        if name not in schemas:
            raise PipelineError(f"components.schemas.{name}", "is lost in the projection")
        remaining = set(_properties(schemas[name], name))
        for place in _properties(schema, name):
            if place not in remaining:
                raise PipelineError(f"components.schemas.{place}", "is lost in the projection")


def check_complete(output: Path, projection: Mapping[str, Any]) -> None:
    """Every operation has its functions, its line in the table and its methods, every property its field."""
    script = (
        "import importlib, json, sys, attrs\n"
        "package = sys.argv[1]\n"
        "models = importlib.import_module(package + '.models')\n"
        "table = importlib.import_module(package + '.operations')\n"
        "classes = {n: getattr(models, n) for n in models.__all__}\n"
        "print(json.dumps({\n"
        "    'models': {n: [f.name for f in attrs.fields(c)] for n, c in classes.items() if attrs.has(c)},\n"
        "    'operations': {n: [o.method, o.path, o.has_body, list(o.query), list(o.parts),\n"
        "        o.response_model.__name__, o.request_model.__name__ if o.request_model else None]\n"
        "        for n, o in table.OPERATIONS.items()},\n"
        "    'methods': [[m for m in dir(c) if not m.startswith('_')] for c in\n"
        "        (table.SyncOperations, table.AsyncOperations)],\n"
        "}))\n"
    )
    done = run_python(output, script, output.name)
    if done.returncode != 0:
        raise PipelineError(output.name, f"can't be looked through: {last_line(done.stderr)}")
    found = json.loads(done.stdout)
    _check_models(found["models"], projection)
    for path, method, operation in operations(projection):
        where = f"{method} {path}"
        name = operation["operationId"]
        function = str(PythonIdentifier(name, FIELD_PREFIX))
        tag = str(PythonIdentifier((operation.get("tags") or ["default"])[0], "tag"))
        if not (output / "api" / tag / f"{function}.py").is_file():
            raise PipelineError(where, "has no functions in the client")
        if name not in found["operations"]:
            raise PipelineError(
                where, "is not in the client's table: only a JSON body, a file or query parameters will do"
            )
        if found["operations"][name] != _expected(operation, method, path, projection):
            raise PipelineError(where, f"stands in the client's table as {found['operations'][name]}")
        if any(function not in methods for methods in found["methods"]):
            raise PipelineError(where, "has no method in the client")


def _properties(schema: Mapping[str, Any], place: str) -> Iterator[str]:
    """Places of all properties that shape the model; those of conditions only constrain others."""
    for name, child in schema.get("properties", {}).items():
        yield f"{place}.{name}"
        yield from _properties(child, f"{place}.{name}")
    if isinstance(schema.get("items"), Mapping):
        yield from _properties(schema["items"], f"{place}[]")


def _check_models(models: Mapping[str, list[str]], projection: Mapping[str, Any]) -> None:
    schemas = projection.get("components", {}).get("schemas", {})
    for name, schema in schemas.items():
        if schema.get("type") != "object" and "properties" not in schema:
            continue
        class_name = str(ClassName(name, FIELD_PREFIX))
        if class_name not in models:
            raise PipelineError(f"components.schemas.{name}", "has no model in the client")
        if "additional_properties" not in models[class_name]:
            raise PipelineError(f"components.schemas.{name}", "its model drops unknown fields")
        for key in schema.get("properties", {}):
            if str(PythonIdentifier(key, FIELD_PREFIX)) not in models[class_name]:
                raise PipelineError(f"components.schemas.{name}.{key}", "is not in the model")
    if any("discriminator" in schema for schema in schemas.values()) and UNKNOWN_VARIANT not in models:
        raise PipelineError(UNKNOWN_VARIANT, "has no model in the client")


def _expected(
    operation: Mapping[str, Any], method: str, path: str, projection: Mapping[str, Any]
) -> list[Any]:
    query = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
    response = next(iter(operation["responses"].values()))
    return [
        method,
        path,
        media_type(operation) == JSON,
        query,
        _files(operation, projection) if media_type(operation) == FORM else [],
        _model(response),
        _model(operation["requestBody"]) if media_type(operation) == JSON else None,
    ]


def _files(operation: Mapping[str, Any], projection: Mapping[str, Any]) -> list[str]:
    reference = operation["requestBody"]["content"][FORM]["schema"].get("$ref", "")
    schema = projection["components"]["schemas"].get(schema_name(reference), {})
    return [name for name, child in schema.get("properties", {}).items() if child.get("format") == "binary"]


def _model(holder: Mapping[str, Any]) -> str:
    reference = next(iter(holder["content"].values()))["schema"].get("$ref", "")
    return str(ClassName(schema_name(reference), FIELD_PREFIX))
