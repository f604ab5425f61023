"""Gives every constraint of a request a stable id.

A rule is one constraint. Its id is the vendor's path to the value and a word for the constraint
(``link.title.max-bytes``), so it survives a change of the limit. Ids that can't be derived (a condition between
fields) are written in the corrections; all others are filled in here and so stand in the contract too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import PipelineError
from pipeline.openapi_document import operations, schema_name

WORDS = {
    "type": "type",
    "enum": "enum",
    "const": "const",
    "minLength": "min-length",
    "maxLength": "max-length",
    "x-max-bytes": "max-bytes",
    "x-span": "span",
    "pattern": "pattern",
    "minItems": "min-items",
    "maxItems": "max-items",
    "uniqueItems": "unique-items",
    "minimum": "min",
    "maximum": "max",
    "additionalProperties": "unknown-field",
}
"""Constraint keywords and the word that each becomes in an id."""

CONDITIONS = ("anyOf", "oneOf", "not")
"""Keywords that say something between fields: their ids can't be derived."""

Schema = dict[str, Any]


def fill_rules(contract: dict[str, Any], default_errcode: int) -> None:
    """Write the missing ``x-rules`` into every request schema and query parameter of ``contract``, in place.

    Args:
        contract: the contract document.
        default_errcode: the vendor's code for a broken rule that states none of its own.

    Raises:
        PipelineError: a component has no ``x-subject``, or a condition has no id.
    """
    filler = _Filler(contract, default_errcode)
    for path, method, operation in operations(contract):
        where = f"{method} {path}"
        for parameter in operation.get("parameters", []):
            if "schema" not in parameter or "operationId" not in operation:
                raise PipelineError(
                    where, f"parameter {parameter['name']} needs a schema, its operation an operationId"
                )
            subject = f"{operation['operationId']}.{parameter['name']}"
            filler.node(parameter["schema"], subject, f"{where} {parameter['name']}")
            if parameter.get("required"):
                filler.name(parameter, "required", f"{subject}.required")
        body = operation.get("requestBody")
        if body is not None:
            for media in body["content"].values():
                filler.body(media.get("schema", {}), where)
    _settle(contract)


class _Filler:
    def __init__(self, contract: dict[str, Any], default_errcode: int) -> None:
        self.schemas = contract.get("components", {}).get("schemas", {})
        self.default_errcode = default_errcode
        self.done: set[str] = set()

    def body(self, schema: Schema, where: str) -> None:
        if "$ref" not in schema:
            raise PipelineError(
                where, "the request body must be a named schema ($ref), so that it can be generated"
            )
        self.component(schema_name(schema["$ref"]), is_body=True)

    def node(self, schema: Schema, subject: str, where: str) -> None:
        if "x-part" in schema:
            self.node(schema["x-part"], subject, where)
            return
        if "$ref" in schema:
            self.component(schema_name(schema["$ref"]))
            return
        self.constraints(schema, subject, where)
        for name, child in schema.get("properties", {}).items():
            self.node(child, f"{subject}.{name}" if subject else name, f"{where}.{name}")
        if "items" in schema:
            self.node(schema["items"], f"{subject}.item", f"{where}[]")
        for index, part in enumerate(schema.get("allOf", [])):
            self.condition(part, f"{where}.allOf[{index}]")

    def component(self, name: str, *, is_body: bool = False, tag: str | None = None) -> None:
        if name in self.done:
            return
        self.done.add(name)
        schema = self.schemas[name]
        if "x-subject" not in schema:
            raise PipelineError(f"components.schemas.{name}", "has no x-subject, so its rules can't be named")
        subject = schema["x-subject"]
        if "discriminator" in schema:
            self.union(schema, subject)
        elif tag is not None:
            # The union has judged the kind and the tag already: only what stands beside them is left to name.
            rest = {**schema, "properties": {k: v for k, v in schema["properties"].items() if k != tag}}
            del rest["type"]
            rules = schema.setdefault("x-rules", {})
            rest["x-rules"] = rules
            self.node(rest, subject, name)
            rules.pop("type", None)
            rules.get("required", {}).pop(tag, None)
            schema["properties"][tag].pop("x-rules", None)
        elif is_body:
            rules = schema.setdefault("x-rules", {})
            body = f"{subject}.body" if subject else "body"
            for keyword in ("type", "additionalProperties"):
                if keyword in schema:
                    rules.setdefault(keyword, {}).setdefault("id", f"{body}.{WORDS[keyword]}")
            self.node(schema, subject, name)
        else:
            self.node(schema, subject, name)

    def union(self, schema: Schema, subject: str) -> None:
        tag = schema["discriminator"]["propertyName"]
        rules = schema.setdefault("x-rules", {}).setdefault("discriminator", {})
        for word, rule_id in (
            ("type", f"{subject}.item.type"),
            ("required", f"{subject}.{tag}.required"),
            ("enum", f"{subject}.{tag}.enum"),
        ):
            self.entry(rules, word, rule_id)
        for variant in schema["oneOf"]:
            self.component(schema_name(variant["$ref"]), tag=tag)

    def condition(self, part: Schema, where: str) -> None:
        """A member of allOf or oneOf, or a then/else: a reference, or constraints whose ids are written by hand."""
        for keyword in CONDITIONS:
            if keyword in part and "id" not in part.get("x-rules", {}).get(keyword, {}):
                raise PipelineError(where, f"{keyword} has no rule id in x-rules")
        for field in part.get("required", []):
            if "if" not in part and "id" not in part.get("x-rules", {}).get("required", {}).get(field, {}):
                raise PipelineError(where, f"required {field} has no rule id in x-rules")
        for rule in rules_of(part):
            rule.setdefault("errcode", self.default_errcode)
        for keyword in ("then", "else"):
            if keyword in part:
                self.condition(part[keyword], f"{where}.{keyword}")
        for name, child in part.get("properties", {}).items():
            self.condition(child, f"{where}.{name}")

    def constraints(self, schema: Schema, subject: str, where: str) -> None:
        for keyword in CONDITIONS:
            if keyword in schema:
                raise PipelineError(
                    where, f"{keyword} stands beside other keywords; put it in a member of allOf"
                )
        rules = schema.setdefault("x-rules", {})
        for keyword, word in WORDS.items():
            if keyword in schema:
                empty = keyword == "minLength" and schema[keyword] == 1
                self.entry(rules, keyword, f"{subject}.{'empty' if empty else word}")
        for field in schema.get("required", []):
            rule_id = f"{subject}.{field}.required" if subject else f"{field}.required"
            self.entry(rules.setdefault("required", {}), field, rule_id)
        if not rules:
            del schema["x-rules"]

    def name(self, node: Schema, keyword: str, rule_id: str) -> None:
        self.entry(node.setdefault("x-rules", {}), keyword, rule_id)

    def entry(self, rules: Schema, key: str, rule_id: str) -> None:
        rule = rules.setdefault(key, {})
        rule.setdefault("id", rule_id)
        rule.setdefault("errcode", self.default_errcode)


def _settle(node: Any) -> None:
    """Answers have no rule ids: the evidence of their constraints moves to the schema itself."""
    if isinstance(node, list):
        for child in node:
            _settle(child)
    if not isinstance(node, dict):
        return
    rules = node.get("x-rules", {})
    if rules and not any("id" in rule for rule in rules_of(node)):
        del node["x-rules"]
        evidence = node.setdefault("x-evidence", [])
        evidence.extend(
            entry for rule in _entries(rules) for entry in rule.get("evidence", []) if entry not in evidence
        )
    for key, child in node.items():
        if key not in ("example", "examples"):
            _settle(child)


def rules_of(node: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rule entries of one schema node or parameter, whichever shape their keyword has."""
    yield from _entries(node.get("x-rules", {}))


def _entries(rules: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for keyword, entry in rules.items():
        # By their kind and not by name: a field may be called id itself.
        several = all(isinstance(one, dict) for one in entry.values())
        if keyword in ("required", "discriminator") and several:
            yield from entry.values()
        else:
            yield entry
