"""The contract, cut down to what the generator can digest.

The contract says more than a generator of models can use: limits, conditions, extension keywords. The
generator passes over most of that in silence, but some of it makes it drop a schema or turn one into ``Any``.
So what only constrains is taken away, and what shapes the model is spelled out. No operation, schema or
property is lost on the way (``gates.check_projection`` proves it of every projection).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from pipeline.config import Envelope
from pipeline.errors import PipelineError
from pipeline.openapi_document import operations, schema_name

Node = dict[str, Any]

UNKNOWN_VARIANT = "UnknownVariant"
"""The schema that is added to every tagged union, so that a kind of tomorrow survives a parse as it came."""

EMPTY_IF_MISSING = "x-empty-if-missing"
"""Marks a list of an answer that reads as ``[]`` where the answer has null or leaves it out."""


VALUE_CLASS = "x-values"
"""Marks a number that has names, with the class that lists them."""

PAGINATION = "x-pagination"
"""Marks an operation that answers page by page."""

TIME = "unix-time"
"""The format of a number that is a time, in seconds since 1970."""

SHAPING = frozenset(
    "$ref type format enum const properties required items prefixItems additionalProperties "
    "allOf anyOf oneOf discriminator description example deprecated".split()
)
"""Schema keywords that decide how a model looks. Every other one constrains or annotates, and is dropped."""


def project(contract: Mapping[str, Any], envelope: Envelope) -> Node:
    """What the generator is given for ``contract``.

    Args:
        contract: the finished contract; it is not changed.
        envelope: how an answer says that it is a success. What an answer must have on success becomes
            required in its model, because the envelope is checked before a model is parsed.

    Returns:
        An OpenAPI document without conditions, limits or extension keywords.

    Raises:
        PipelineError: a version or a construct that can't be projected without losing something.
    """
    version = str(contract.get("openapi", ""))
    if not version.startswith(("3.0.", "3.1.")):
        raise PipelineError(
            "contract", f"OpenAPI {version or 'without a version'}; the generator reads 3.0 and 3.1"
        )
    return _Projector(contract, envelope).document()


def schemas_behind(document: Mapping[str, Any], roots: Sequence[Mapping[str, Any]]) -> set[str]:
    """Names of all component schemas that ``roots`` lead to."""
    components = document.get("components", {}).get("schemas", {})
    found: set[str] = set()
    open_nodes: list[Any] = list(roots)
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, Mapping):
            reference = node.get("$ref")
            if isinstance(reference, str) and (name := schema_name(reference)) not in found:
                found.add(name)
                open_nodes.append(components.get(name, {}))
            open_nodes.extend(node.values())
        elif isinstance(node, list):
            open_nodes.extend(node)
    return found


class _Projector:
    def __init__(self, contract: Mapping[str, Any], envelope: Envelope) -> None:
        self.contract = contract
        self.envelope = envelope
        answers = [operation["responses"] for _, _, operation in operations(contract)]
        self.answered = schemas_behind(contract, answers)
        self.has_union = False

    def document(self) -> Node:
        paths: Node = {}
        for path, item in self.contract.get("paths", {}).items():
            if "parameters" in item:
                raise PipelineError(path, "has parameters of the whole path; write them at each operation")
        for path, method, operation in operations(self.contract):
            paths.setdefault(path, {})[method.lower()] = self.operation(operation, f"{method} {path}")
        components = self.contract.get("components", {})
        schemas = {
            name: self.schema(schema, name, answer=name in self.answered)
            for name, schema in components.get("schemas", {}).items()
        }
        if self.has_union:
            if UNKNOWN_VARIANT in schemas:
                raise PipelineError(
                    f"components.schemas.{UNKNOWN_VARIANT}",
                    "the name is kept for tagged unions; choose another",
                )
            schemas[UNKNOWN_VARIANT] = {
                "type": "object",
                "description": "A member of a tagged union whose tag is not known here, kept as it came.",
            }
        info = self.contract["info"]
        return {
            "openapi": self.contract["openapi"],
            "info": {"title": info["title"], "version": info["version"]},
            "paths": paths,
            "components": {
                "schemas": schemas,
                **{
                    kind: deepcopy(_plain(components[kind]))
                    for kind in ("securitySchemes",)
                    if kind in components
                },
            },
        }

    def operation(self, operation: Mapping[str, Any], where: str) -> Node:
        if "operationId" not in operation:
            raise PipelineError(
                where, "has no operationId, so its functions would get a name made up of the path"
            )
        projected: Node = {"operationId": operation["operationId"]}
        for keyword in ("tags", "deprecated"):
            if keyword in operation:
                projected[keyword] = operation[keyword]
        for keyword in ("summary", "description"):
            text = _both_languages(operation, keyword)
            if text:
                projected[keyword] = text
        if PAGINATION in operation:
            projected[PAGINATION] = deepcopy(operation[PAGINATION])
        projected["security"] = deepcopy(operation.get("security", self.contract.get("security", [])))
        if "parameters" in operation:
            projected["parameters"] = [self.parameter(each, where) for each in operation["parameters"]]
        if "requestBody" in operation:
            body = operation["requestBody"]
            projected["requestBody"] = {
                "required": body.get("required", False),
                "content": self.content(body["content"], where, answer=False),
            }
        projected["responses"] = {
            status: {
                "description": response.get("description", ""),
                **(
                    {"content": self.content(response["content"], where, answer=True)}
                    if "content" in response
                    else {}
                ),
            }
            for status, response in operation["responses"].items()
        }
        return projected

    def parameter(self, parameter: Mapping[str, Any], where: str) -> Node:
        if "$ref" in parameter:
            raise PipelineError(
                where, f"parameter {parameter['$ref']} is a reference; write it out at the operation"
            )
        name = f"{where} parameter {parameter['name']}"
        if "schema" not in parameter:
            raise PipelineError(name, "has no schema; the generator drops it without a word")
        projected: Node = {
            key: parameter[key] for key in ("name", "in", "required", "deprecated") if key in parameter
        }
        description = _both_languages(parameter, "description")
        projected["schema"] = self.schema(parameter["schema"], name, answer=False)
        if description:
            projected["schema"].setdefault("description", description)
        return projected

    def content(self, content: Mapping[str, Any], where: str, *, answer: bool) -> Node:
        return {
            media: {"schema": self.schema(body["schema"], f"{where} {media}", answer=answer)}
            for media, body in content.items()
            if "schema" in body
        }

    def schema(self, schema: Any, where: str, *, answer: bool) -> Node:
        if not isinstance(schema, Mapping):
            raise PipelineError(
                where, f"a schema that is just {schema!r}; the generator refuses the whole document"
            )
        if "$ref" in schema:
            return {"$ref": schema["$ref"]}
        projected: Node = {key: deepcopy(_plain(schema[key])) for key in schema if key in SHAPING}
        if VALUE_CLASS in schema:
            projected[VALUE_CLASS] = schema[VALUE_CLASS]["class"]
        description = self.description(schema)
        if description:
            projected["description"] = description
        if "properties" in schema:
            projected["properties"] = {
                name: self.schema(child, f"{where}.{name}", answer=answer)
                for name, child in schema["properties"].items()
            }
        if "items" in schema:
            projected["items"] = self.schema(schema["items"], f"{where}[]", answer=answer)
        self.combine(schema, projected, where, answer=answer)
        self.openness(schema, projected, where, answer=answer)
        if answer and "properties" in projected:
            self.success(schema, projected)
            self.lists(projected)
        self.tags(projected)
        return projected

    def description(self, schema: Mapping[str, Any]) -> str:
        """The text in both languages, and the value that the server takes where none is sent.

        A title is only text here: the generator would name the model by it, and not by the schema.
        That value may not stay a ``default``: a model would send it, although the caller left the field out.
        """
        note = ""
        if "default" in schema and "const" not in schema:
            note = _default(schema["default"])
        keyword = "description" if "description" in schema else "title"
        return _both_languages(schema, keyword, note)

    def combine(self, schema: Mapping[str, Any], projected: Node, where: str, *, answer: bool) -> None:
        """allOf, anyOf and oneOf: those that shape the model stay, those that only constrain go."""
        for keyword in ("allOf", "anyOf", "oneOf"):
            projected.pop(keyword, None)
            members = schema.get(keyword)
            if not members:
                continue
            if "discriminator" in schema:
                # Whatever kind is not known yet (see pipeline.contract.open_unions): it gets a member of its own below.
                members = [member for member in members if member.keys() != {"type", "not"}]
            shaping = [member for member in members if not _only_constrains(member, schema)]
            if not shaping:
                continue
            if keyword != "allOf" and ("properties" in schema or len(shaping) != len(members)):
                raise PipelineError(
                    where, f"{keyword} beside properties shapes the model; the generator makes it Any"
                )
            projected[keyword] = [self.schema(member, where, answer=answer) for member in shaping]
        if "discriminator" in schema:
            projected["oneOf"] = [
                *projected.get("oneOf", []),
                {"$ref": f"#/components/schemas/{UNKNOWN_VARIANT}"},
            ]
            self.has_union = True

    def openness(self, schema: Mapping[str, Any], projected: Node, where: str, *, answer: bool) -> None:
        """Models are open, also those of closed requests.

        A field that a model doesn't know must come out again as it went in, so that validation sees and
        refuses it. The generator's closed model drops it without a word, and a dropped field can widen the
        audience of a message.
        """
        extra = schema.get("additionalProperties")
        projected.pop("additionalProperties", None)
        if isinstance(extra, Mapping) and extra:
            projected["additionalProperties"] = self.schema(extra, f"{where}.*", answer=answer)

    def success(self, schema: Mapping[str, Any], projected: Node) -> None:
        """What an answer must have when its envelope says success is required: a refusal is never parsed."""
        for part in (schema, *schema.get("allOf", [])):
            tested = part.get("if", {}).get("properties", {}).get(self.envelope.code, {})
            if tested.get("const") == self.envelope.ok and type(tested.get("const")) is type(
                self.envelope.ok
            ):
                wanted = part.get("then", {}).get("required", [])
                present = projected.get("required", [])
                projected["required"] = [*present, *(name for name in wanted if name not in present)]

    def tags(self, projected: Node) -> None:
        """A const that must be there is there by default. Its type goes: beside a type, some consts are ignored."""
        if "const" in projected:
            projected.pop("type", None)
        for name, child in projected.get("properties", {}).items():
            if "const" in child and name in projected.get("required", []):
                child["default"] = child["const"]

    def lists(self, projected: Node) -> None:
        """A list that an answer may have as null reads as an empty list, whether null, missing or empty."""
        for name, child in projected["properties"].items():
            kinds = child.get("type")
            if isinstance(kinds, list) and sorted(kinds) == ["array", "null"]:
                child["type"] = "array"
                child[EMPTY_IF_MISSING] = True
                present = projected.get("required", [])
                if name not in present:
                    projected["required"] = [*present, name]


def _only_constrains(member: Mapping[str, Any], beside: Mapping[str, Any]) -> bool:
    """Whether a member of allOf, anyOf or oneOf adds no reference, no property and no type of its own."""
    if "$ref" in member:
        return False
    known = beside.get("properties", {})
    own = member.get("properties", {})
    if any(name not in known for name in own):
        return False
    if "items" in member or ("type" in member and member["type"] != beside.get("type")):
        return False
    return all(
        _only_constrains(inner, beside)
        for keyword in ("allOf", "anyOf", "oneOf")
        for inner in member.get(keyword, [])
    )


def _both_languages(node: Mapping[str, Any], keyword: str, note: str = "") -> str:
    """English (with ``note`` after it), then Chinese on a line of its own; the generator takes one text."""
    english = f"{str(node.get(keyword, '')).strip()} {note}".strip()
    chinese = str(node.get(f"x-{keyword}-zh", "")).strip()
    return "\n".join(text for text in (english, chinese) if text)


def _default(value: object) -> str:
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f"Left out, it counts as {shown}."


def _plain(node: Any) -> Any:
    """``node`` without extension keywords."""
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items() if not str(key).startswith("x-")}
    if isinstance(node, list):
        return [_plain(each) for each in node]
    return node
