"""What this project asks of a contract beyond OpenAPI, once its rules have their ids.

An id and evidence at every rule, words in both languages at everything, closed requests, open answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import PipelineError
from pipeline.openapi_document import operations, schema_name
from pipeline.request import FORM, JSON
from pipeline.rule_table import rule_table
from pipeline.rules import CONDITIONS, WORDS

Node = Mapping[str, Any]


def check_conventions(contract: Node) -> None:
    """Raise PipelineError unless a contract whose rules have their ids keeps all of this project's conventions."""
    schemas = contract["components"]["schemas"]
    schemes = contract["components"].get("securitySchemes", {})
    if not contract.get("servers"):
        raise PipelineError("contract", "has no server")
    if not contract.get("x-faults"):
        raise PipelineError("contract", "has no x-faults: nobody knows what a connection that breaks means")
    seen: set[str] = set()
    for path, method, operation in operations(contract):
        where = f"{method} {path}"
        _check_operation(operation, where)
        if operation["operationId"] in seen:
            raise PipelineError(where, f"operationId {operation['operationId']} stands twice")
        seen.add(operation["operationId"])
        reached: set[str] = set()
        for parameter in operation.get("parameters", []):
            _check_request(parameter["schema"], f"{where} {parameter['name']}", schemas, reached)
        if "requestBody" in operation:
            body = _media(operation["requestBody"], where, (JSON, FORM))
            _check_request(body, where, schemas, reached)
            _check_together(operation, schemas, where)
        _check_answer(_media(operation["responses"]["200"], where, (JSON,)), where, schemas, set())
    for path, method, operation in operations(contract):
        for requirement in (operation if "security" in operation else contract).get("security") or []:
            if any(scheme not in schemes for scheme in requirement):
                raise PipelineError(
                    f"{method} {path}", "names a security scheme that the contract doesn't have"
                )
        for name, link in operation["responses"]["200"].get("links", {}).items():
            if link.get("operationId") not in seen:
                raise PipelineError(f"{method} {path}", f"link {name} leads to no operation of this contract")
    for name, schema in schemas.items():
        _check_described(schema, f"components.schemas.{name}")
    for name, scheme in schemes.items():
        if (scheme["type"], scheme.get("in")) != ("apiKey", "query"):
            raise PipelineError(f"components.securitySchemes.{name}", "must be an apiKey in the query")
        _check_words(scheme, f"components.securitySchemes.{name}")
    for rule in rule_table(contract).values():
        if not rule.evidence:
            raise PipelineError(f"rule {rule.id}", f"has no evidence; describe {rule.place} in a correction")


def _check_operation(operation: Node, where: str) -> None:
    name = operation.get("operationId")
    if not isinstance(name, str) or not name.isascii() or not name.isidentifier():
        raise PipelineError(where, "operationId must be an ASCII identifier")
    if operation.get("x-effect") not in ("read", "write"):
        raise PipelineError(where, "x-effect must be read or write")
    if "x-retry" not in operation:
        raise PipelineError(where, "has no x-retry: whether it may be made again")
    if operation["x-effect"] == "read" and operation["x-retry"]["repeat"] != "safe":
        raise PipelineError(where, "only reads, so x-retry must be safe")
    if not operation.get("tags") or not all(tag.isascii() for tag in operation["tags"]):
        raise PipelineError(where, "needs a tag in ASCII: generated modules are named after it")
    if "url" not in operation.get("externalDocs", {}):
        raise PipelineError(where, "has no externalDocs: the page that describes it")
    if not operation.get("summary") or not operation.get("x-summary-zh"):
        raise PipelineError(where, "needs a summary and an x-summary-zh")
    _check_words(operation, where)
    for parameter in operation.get("parameters", []):
        if parameter.get("in") != "query" or "schema" not in parameter:
            raise PipelineError(
                where, f"parameter {parameter.get('name')} must stand in the query and have a schema"
            )
        _check_words(parameter, f"{where} {parameter['name']}")
    if "200" not in operation["responses"]:
        raise PipelineError(where, "has no answer 200")


def _media(holder: Node, where: str, known: tuple[str, ...]) -> Node:
    """The schema of a body or an answer, which has one of the known kinds."""
    content = holder.get("content", {})
    kind = next(iter(content), "")
    if len(content) != 1 or kind not in known or "$ref" not in content[kind].get("schema", {}):
        raise PipelineError(where, f"body and answer must be {' or '.join(known)} with a named schema ($ref)")
    for name, example in content[kind].get("examples", {}).items():
        if "summary" not in example or "value" not in example:
            raise PipelineError(where, f"example {name} needs a summary and a value")
    schema: Node = content[kind]["schema"]
    return schema


def _check_together(operation: Node, schemas: Node, where: str) -> None:
    """Query parameters and body are judged as one object, and a form holds one file and nothing else."""
    kind, body = next(iter(operation["requestBody"]["content"].items()))
    schema = schemas[schema_name(body["schema"]["$ref"])]
    properties = schema.get("properties", {})
    if operation.get("parameters") and (schema.get("type") != "object" or "discriminator" in schema):
        raise PipelineError(where, "query parameters can stand only beside the fields of an object")
    for parameter in operation.get("parameters", []):
        if parameter["name"] in properties:
            raise PipelineError(where, f"{parameter['name']} stands in the query and in the body")
    files = [name for name, child in properties.items() if "x-part" in child]
    if kind != FORM and files:
        raise PipelineError(where, f"{files[0]} is a file, which only {FORM} can carry")
    if kind == FORM and (len(properties) != 1 or files != schema.get("required")):
        raise PipelineError(where, f"{FORM} must hold exactly one property, required, with x-part")
    for name in files:
        described = schemas[schema_name(properties[name]["x-part"]["$ref"])]
        lacking = {"filename", "filelength", "content_type"} - set(described.get("properties", {}))
        if lacking:
            raise PipelineError(f"{where} {name}", f"x-part has no {', '.join(sorted(lacking))}")


def _check_words(node: Node, where: str) -> None:
    for key in ("description", "x-description-zh"):
        if not isinstance(node.get(key), str) or not node[key].strip():
            raise PipelineError(where, f"has no {key}")


def _check_described(schema: Node, where: str) -> None:
    if "$ref" in schema:
        return
    _check_words(schema, where)
    for name, child in schema.get("properties", {}).items():
        _check_described(child, f"{where}.{name}")
    if "items" in schema:
        _check_described(schema["items"], f"{where}[]")


def _check_request(schema: Node, where: str, schemas: Node, seen: set[str], tag: str | None = None) -> None:
    """Every constraint has its id, and every object is closed. ``tag``: judged by the union, and so not here."""
    if "x-part" in schema:
        _check_request(schema["x-part"], where, schemas, seen)
        return
    if "$ref" in schema:
        name = schema_name(schema["$ref"])
        if name not in seen:
            seen.add(name)
            _check_request(schemas[name], f"components.schemas.{name}", schemas, seen, tag)
        return
    for keyword, key in _constraints(schema, tag):
        rule = schema.get("x-rules", {}).get(keyword, {})
        rule = rule.get(key, {}) if key else rule
        if "id" not in rule or "errcode" not in rule:
            raise PipelineError(where, f"{keyword}{f' {key}' if key else ''} has no rule id")
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        raise PipelineError(where, "an object of a request must be closed: additionalProperties: false")
    if "discriminator" in schema:
        for variant in schema["oneOf"]:
            _check_request(variant, where, schemas, seen, schema["discriminator"]["propertyName"])
    for name, child in schema.get("properties", {}).items():
        if name != tag:
            _check_request(child, f"{where}.{name}", schemas, seen)
    for keyword in ("items", "then", "else"):
        if keyword in schema:
            _check_request(schema[keyword], f"{where}.{keyword}", schemas, seen)
    for index, part in enumerate(schema.get("allOf", [])):
        _check_request(part, f"{where}.allOf[{index}]", schemas, seen)


def _constraints(schema: Node, tag: str | None) -> Iterator[tuple[str, str | None]]:
    for keyword in (*WORDS, *CONDITIONS):
        union = keyword == "oneOf" and "discriminator" in schema
        if keyword in schema and not union and not (keyword == "type" and tag is not None):
            yield keyword, None
    of_tag = ("type", "required", "enum") if "discriminator" in schema else ()
    yield from (("discriminator", word) for word in of_tag)
    yield from (("required", field) for field in schema.get("required", []) if field != tag)


def _check_answer(schema: Node, where: str, schemas: Node, seen: set[str]) -> None:
    """What the vendor adds tomorrow must still be read."""
    if "$ref" in schema:
        name = schema_name(schema["$ref"])
        if name not in seen:
            seen.add(name)
            _check_answer(schemas[name], f"components.schemas.{name}", schemas, seen)
        return
    if schema.get("additionalProperties", True) is not True:
        raise PipelineError(where, "an object of an answer must be open: no additionalProperties")
    children = [*schema.get("properties", {}).values(), *schema.get("oneOf", []), *schema.get("allOf", [])]
    for child in [*children, *(schema[key] for key in ("items", "then", "else") if key in schema)]:
        _check_answer(child, where, schemas, seen)
