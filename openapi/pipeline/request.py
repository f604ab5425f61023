"""The request of an operation as one value: what is judged, whatever way its parts travel.

A JSON body is judged as it is. Query parameters, the fields of a body beside them and the files of a form make one
closed object; a file stands in it as the data that describes it (``x-part``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.openapi_document import schema_name

Schema = dict[str, Any]

JSON = "application/json"
FORM = "multipart/form-data"
"""The two kinds of body that are known."""


def media_type(operation: Mapping[str, Any]) -> str | None:
    """The kind of an operation's body; None where it has none, or several kinds."""
    kinds = list(operation.get("requestBody", {}).get("content", {}))
    return kinds[0] if len(kinds) == 1 else None


def body_schema(operation: Mapping[str, Any]) -> Schema | None:
    """The schema of an operation's body, a reference as a rule; None where it has no body."""
    media = media_type(operation)
    if media is None:
        return None
    schema: Schema = operation["requestBody"]["content"][media]["schema"]
    return schema


def query(operation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The query parameters of an operation, the token's not among them."""
    return [each for each in operation.get("parameters", []) if each["in"] == "query"]


def parts(operation: Mapping[str, Any], schemas: Mapping[str, Schema]) -> list[str]:
    """Names of the files in the form that an operation takes."""
    if media_type(operation) != FORM:
        return []
    body = schemas[schema_name((body_schema(operation) or {})["$ref"])]
    return [name for name, child in body.get("properties", {}).items() if "x-part" in child]


def judged(operation: Mapping[str, Any], schemas: Mapping[str, Schema], default_errcode: int) -> Schema:
    """The schema by which a request of ``operation`` is judged.

    Args:
        operation: of a contract whose rules have their ids.
        schemas: the components of the contract.
        default_errcode: the vendor's code for a broken rule that states none of its own.

    Returns:
        The reference to the body where there is nothing beside a JSON body, else an object of its own.
    """
    body, beside = body_schema(operation), query(operation)
    if body is not None and media_type(operation) == JSON and not beside:
        return body
    name = operation["operationId"]
    base: Schema = {
        "type": "object",
        "additionalProperties": False,
        "x-rules": {
            "type": {"id": f"{name}.body.type", "errcode": default_errcode},
            "additionalProperties": {"id": f"{name}.body.unknown-field", "errcode": default_errcode},
        },
    }
    if body is not None:
        base = schemas[schema_name(body["$ref"])]
    rules = base.get("x-rules", {})
    needed = {each["name"]: each["x-rules"]["required"] for each in beside if each.get("required")}
    properties = {each["name"]: each["schema"] for each in beside}
    for key, child in base.get("properties", {}).items():
        properties[key] = child.get("x-part", child)
    return {
        **{keyword: value for keyword, value in base.items() if keyword != "x-rules"},
        "required": [*needed, *base.get("required", [])],
        "properties": properties,
        "x-rules": {**rules, "required": {**needed, **rules.get("required", {})}},
    }
