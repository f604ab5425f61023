"""Turns the contract into the data that validators run on.

Two things are rewritten, without a change of meaning. A union with a discriminator becomes a choice by tag, so that an
error names the field inside the one kind that was meant and not "none of five". A condition that only warns becomes a
schema of its own, which is judged apart from the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.config import Api
from pipeline.errors import PipelineError
from pipeline.openapi_document import operations, schema_name
from pipeline.request import JSON, body_schema, judged, media_type, parts, query

Schema = dict[str, Any]

KEPT = frozenset(
    "type enum const minLength maxLength x-max-bytes x-span pattern minItems maxItems uniqueItems minimum maximum "
    "required additionalProperties".split()
)
"""Keywords that go into a validator as they stand."""

TEXT = frozenset(
    "title description default example examples format deprecated externalDocs x-description-zh x-evidence x-subject "
    "x-warnings x-values x-names x-unit discriminator".split()
)
"""Keywords that a validator has no use for."""

WARNED = "warned."
"""Before the names of the warnings' definitions, so that they can stand beside the rules' in one schema."""


def compile_contract(contract: Mapping[str, Any], api: Api) -> dict[str, Any]:
    """The data of the importable contract package.

    Args:
        contract: the finished contract, with a rule id at every constraint.
        api: the profile of the API.

    Returns:
        version, server, envelope, operations (a row each) and schemas (request, warnings and response of each).

    Raises:
        PipelineError: a keyword stands in a schema that the validators would pass over in silence.
    """
    compiler = _Compiler(contract)
    table: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for path, method, operation in operations(contract):
        name = operation["operationId"]
        table[name] = _operation(contract, path, method, operation)
        request = judged(operation, contract["components"]["schemas"], api.default_errcode)
        schemas[name] = {
            "request": compiler.closed(request),
            "warnings": compiler.warnings(request),
            "response": compiler.closed(_response_schema(operation)),
        }
    return {
        "version": contract["info"]["version"],
        "server": contract["servers"][0]["url"],
        "envelope": {"code": api.envelope.code, "message": api.envelope.message, "ok": api.envelope.ok},
        "operations": table,
        "schemas": schemas,
    }


def _operation(
    contract: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> dict[str, Any]:
    security = operation.get("security", contract.get("security", []))
    schemes = contract.get("components", {}).get("securitySchemes", {})
    auth = [schemes[name]["name"] for requirement in security for name in requirement]
    return {
        "method": method,
        "path": path,
        "effect": operation["x-effect"],
        "repeat": _repeat(operation["x-retry"]),
        "auth": auth[0] if auth else None,
        "has_body": media_type(operation) == JSON,
        "query": [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"],
        "parts": parts(operation, contract["components"]["schemas"]),
        "page": operation.get("externalDocs", {}).get("url", ""),
        "summary": operation.get("summary", ""),
        "summary_zh": operation.get("x-summary-zh", ""),
        **({"bare_success": True} if "x-bare-success" in operation else {}),
        "frequency": [
            {"calls": limit["calls"], "seconds": limit["seconds"]}
            for limit in (*contract.get("x-frequency", ()), *operation.get("x-frequency", ()))
        ],
        **({"defaults": found} if (found := _defaults(contract, operation)) else {}),
    }


def _repeat(stated: Mapping[str, Any]) -> dict[str, Any]:
    return {"safe": stated["repeat"] == "safe", "en": stated["en"], "zh": stated["zh"]}


def faults(contract: Mapping[str, Any]) -> dict[str, Any]:
    """What becomes of a call that meets a fault, by the fault's name."""
    return {
        name: {key: value for key, value in fault.items() if key != "evidence"}
        for name, fault in contract["x-faults"].items()
    }


def _defaults(contract: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
    """What the server takes for a field of the request, or a query parameter, that is left out."""
    body = body_schema(operation) or {}
    if "$ref" in body:
        body = contract["components"]["schemas"][schema_name(body["$ref"])]
    fields = {each["name"]: each["schema"] for each in query(operation)} | body.get("properties", {})
    return {name: schema["default"] for name, schema in fields.items() if "default" in schema}


def success_examples(contract: Mapping[str, Any], api: Api) -> dict[str, Any]:
    """The first example of a success of every operation that has one, by its name."""
    found: dict[str, Any] = {}
    for _, _, operation in operations(contract):
        media = operation["responses"]["200"]["content"]["application/json"]
        for example in media.get("examples", {}).values():
            value = example.get("value")
            if isinstance(value, dict) and value.get(api.envelope.code) == api.envelope.ok:
                found.setdefault(operation["operationId"], value)
    return found


def _response_schema(operation: Mapping[str, Any]) -> Schema:
    schema: Schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return schema


class _Compiler:
    def __init__(self, contract: Mapping[str, Any]) -> None:
        self.components: Mapping[str, Schema] = contract["components"]["schemas"]

    def closed(self, schema: Schema) -> Schema:
        """``schema`` as a validator's document that stands alone, with all that it refers to under ``$defs``."""
        definitions: dict[str, Schema] = {}
        root = self.node(schema, definitions, "")
        return {**root, "$defs": definitions} if definitions else root

    def node(self, schema: Schema, definitions: dict[str, Schema], where: str) -> Schema:
        if "$ref" in schema:
            name = schema_name(schema["$ref"])
            if name not in definitions:
                definitions[name] = {}  # taken before it is filled: a schema may refer to itself
                definitions[name].update(self.node(self.components[name], definitions, name))
            return {"$ref": f"#/$defs/{name}"}
        if "discriminator" in schema:
            return self.choice(schema, definitions)
        result: Schema = {}
        for keyword, value in schema.items():
            here = f"{where}.{keyword}"
            if keyword == "x-rules":
                result[keyword] = _without_evidence(value)
            elif keyword in KEPT:
                result[keyword] = value
            elif keyword == "properties":
                result[keyword] = {k: self.node(v, definitions, f"{here}.{k}") for k, v in value.items()}
            elif keyword in ("items", "not", "if", "then", "else"):
                result[keyword] = self.node(value, definitions, here)
            elif keyword in ("allOf", "anyOf", "oneOf"):
                result[keyword] = [self.node(part, definitions, here) for part in value]
            elif keyword not in TEXT:
                raise PipelineError(where or "a schema", f"the validators don't know the keyword {keyword}")
        return result

    def choice(self, schema: Schema, definitions: dict[str, Schema]) -> Schema:
        tag = schema["discriminator"]["propertyName"]
        kinds = {value: {"$ref": ref} for value, ref in schema["discriminator"]["mapping"].items()}
        choice: Schema = {
            "type": "object",
            "allOf": [
                {"if": _has_tag(tag, value), "then": self.node(reference, definitions, value)}
                for value, reference in kinds.items()
            ],
        }
        if "x-rules" not in schema:
            return choice  # of an answer: a kind that is not known yet is no fault there
        rules = _without_evidence(schema["x-rules"]["discriminator"])
        return {
            **choice,
            "required": [tag],
            "properties": {tag: {"enum": list(kinds), "x-rules": {"enum": rules["enum"]}}},
            "x-rules": {"type": rules["type"], "required": {tag: rules["required"]}},
        }

    def warnings(self, schema: Schema) -> Schema | None:
        """The skeleton of ``schema`` with nothing but its warnings, or None where it has none."""
        definitions: dict[str, Schema | None] = {}
        root = self.warning_node(schema, definitions)
        if root is None:
            return None
        return {
            **root,
            "$defs": {f"{WARNED}{name}": node for name, node in definitions.items() if node is not None},
        }

    def warning_node(self, schema: Schema, definitions: dict[str, Schema | None]) -> Schema | None:
        if "$ref" in schema:
            name = schema_name(schema["$ref"])
            if name not in definitions:
                definitions[name] = {}
                definitions[name] = self.warning_node(self.components[name], definitions)
            return {"$ref": f"#/$defs/{WARNED}{name}"} if definitions[name] is not None else None
        if "discriminator" in schema:
            tag = schema["discriminator"]["propertyName"]
            kinds = {
                value: self.warning_node({"$ref": reference}, definitions)
                for value, reference in schema["discriminator"]["mapping"].items()
            }
            parts = [
                {"if": _has_tag(tag, value), "then": node}
                for value, node in kinds.items()
                if node is not None
            ]
            return {"allOf": parts} if parts else None
        result: Schema = {}
        children = {k: self.warning_node(v, definitions) for k, v in schema.get("properties", {}).items()}
        if found := {k: v for k, v in children.items() if v is not None}:
            result["properties"] = found
        if "items" in schema and (items := self.warning_node(schema["items"], definitions)) is not None:
            result["items"] = items
        if "x-warnings" in schema:
            result["allOf"] = [
                {
                    "if": {"type": "object", "allOf": [warning["when"]]},
                    "then": {
                        "x-warning": {k: v for k, v in warning.items() if k not in ("when", "x-evidence")}
                    },
                }
                for warning in schema["x-warnings"]
            ]
        return result or None


def _without_evidence(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_evidence(child) for key, child in node.items() if key != "evidence"}
    return node


def _has_tag(tag: str, value: str) -> Schema:
    return {"type": "object", "required": [tag], "properties": {tag: {"const": value}}}
