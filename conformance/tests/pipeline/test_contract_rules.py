"""Every constraint of a request has a rule with an id of its own, and the package has the same ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from contract_places import calls, media, walk
from expected_fields import REQUESTS

from pipeline.config import Api
from wecom_contract.data import load

Contract = Mapping[str, Any]

ASSERTIONS = {
    "type", "enum", "const", "minLength", "maxLength", "x-max-bytes", "x-span", "pattern", "minItems", "maxItems",
    "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "required",
    "additionalProperties", "minProperties", "maxProperties", "patternProperties", "propertyNames",
    "dependentRequired", "dependentSchemas", "contains", "prefixItems", "unevaluatedProperties", "anyOf", "not",
}  # fmt: skip
"""Keywords that can refuse a value; oneOf stands in this contract only beside a discriminator."""


class Constraints:
    """Every constraint that a request can break, found without the pipeline: (place, keyword, field) → rule entry."""

    def __init__(self, contract: Contract) -> None:
        self.schemas = contract["components"]["schemas"]
        self.rules: dict[tuple[str, str, str], Mapping[str, Any] | None] = {}
        self.objects: dict[str, Mapping[str, Any]] = {}
        self.seen: set[tuple[str, bool]] = set()
        for name, operation in calls(contract).items():
            for parameter in operation.get("parameters", []):
                at = f"{name}.{parameter['name']}"
                if parameter.get("required"):
                    self.rules[at, "required", ""] = parameter.get("x-rules", {}).get("required")
                self.schema(parameter["schema"], at)
            if "requestBody" in operation:
                self.schema(media(operation["requestBody"])["schema"], name)

    def schema(self, schema: Mapping[str, Any], at: str, tag: str = "") -> None:
        schema = schema.get("x-part", schema)  # a file is judged by what describes it
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/components/schemas/")
            if (name, bool(tag)) not in self.seen:
                self.seen.add((name, bool(tag)))
                self.schema(self.schemas[name], name, tag)
            return
        entries = schema.get("x-rules", {})
        if "properties" in schema and "allOf[" not in at:
            self.objects[at] = schema
        for keyword in ASSERTIONS & set(schema):
            if keyword == "required":
                for field in schema["required"]:
                    if field != tag:
                        self.rules[at, keyword, field] = entries.get("required", {}).get(field)
            elif not (keyword == "type" and tag):
                self.rules[at, keyword, ""] = entries.get(keyword)
        if "oneOf" in schema:
            tag = schema["discriminator"]["propertyName"]
            for word in ("type", "required", "enum"):
                self.rules[at, "discriminator", word] = entries["discriminator"].get(word)
            for variant in schema["oneOf"]:
                self.schema(variant, at, tag)
            return
        for name, child in schema.get("properties", {}).items():
            if name != tag:
                self.schema(child, f"{at}.{name}")
        if "items" in schema:
            self.schema(schema["items"], f"{at}.items")
        for index, part in enumerate(schema.get("allOf", [])):
            self.schema(part, f"{at}.allOf[{index}]")
        for keyword in ("then", "else"):
            if keyword in schema:
                self.schema(schema[keyword], f"{at}.{keyword}")


@pytest.fixture(scope="module")
def found(contract: Contract) -> Constraints:
    return Constraints(contract)


class TestRules:
    def test_every_constraint_of_a_request_has_its_id_and_its_code(self, found: Constraints) -> None:
        assert len(found.rules) > 120
        assert [place for place, entry in found.rules.items() if not entry or "id" not in entry] == []
        assert [
            place for place, entry in found.rules.items() if entry and type(entry["errcode"]) is not int
        ] == []

    def test_no_two_constraints_share_an_id(self, found: Constraints, contract: Contract) -> None:
        ids = [entry["id"] for entry in found.rules.values() if entry]
        warnings = [warning["id"] for node in walk(contract) for warning in node.get("x-warnings", [])]
        both = ids + warnings
        assert sorted(set(both)) == sorted(both)

    def test_there_are_no_entries_but_those(self, found: Constraints, contract: Contract) -> None:
        listed = [entry["id"] for node in walk(contract) for entry in entries_of(node.get("x-rules", {}))]
        assert sorted(listed) == sorted(entry["id"] for entry in found.rules.values() if entry)

    def test_every_rule_has_evidence_of_its_own_or_of_what_it_stands_on(self, contract: Contract) -> None:
        for name, rule in load("rules").items():
            assert rule["evidence"], name
        for node in walk(contract):
            if "x-rules" in node and not node.get("x-evidence"):
                assert all(entry.get("evidence") for entry in entries_of(node["x-rules"])), node

    def test_every_code_is_one_of_the_vendors(self, api: Api, found: Constraints) -> None:
        codes = yaml.safe_load(api.errcodes.read_text(encoding="utf-8"))["family"]
        assert {entry["errcode"] for entry in found.rules.values() if entry} <= set(codes)

    def test_the_package_has_the_same_rules(self, found: Constraints, contract: Contract) -> None:
        packaged = load("rules")
        warnings = {warning["id"] for node in walk(contract) for warning in node.get("x-warnings", [])}
        assert set(packaged) == {entry["id"] for entry in found.rules.values() if entry} | warnings
        for (place, keyword, field), entry in found.rules.items():
            assert entry is not None
            assert packaged[entry["id"]]["errcode"] == entry["errcode"], (place, keyword, field)

    def test_conditions_say_in_both_languages_what_is_wrong_and_what_to_do(self, found: Constraints) -> None:
        said = {
            entry["id"]: {key for key in ("en", "zh", "fix", "fix-zh") if entry.get(key)}
            for (_, keyword, _), entry in found.rules.items()
            if entry and keyword in ("anyOf", "not", "pattern")
        }
        assert sorted(said) == [
            "add_moment_task.attachments.one-kind",
            "add_moment_task.attachments.only-one",
            "add_moment_task.content.required",
            "add_moment_task.link.url.scheme",
            "audience.required-for-single",
            "group_welcome_template_add.content.one-kind",
            "group_welcome_template_add.content.required",
            "group_welcome_template_edit.content.one-kind",
            "group_welcome_template_edit.content.required",
            "image.source.required",
            "link.url.scheme",
            "media.content_type.pattern",
            "media.filename.characters",
            "media_upload.image.kind",
            "media_upload.video.kind",
            "media_upload.voice.kind",
            "media_uploadimg.kind",
            "message.content.required",
            "send_welcome_msg.content.required",
        ]
        assert all(words == {"en", "zh", "fix", "fix-zh"} for words in said.values())

    def test_requests_are_closed(self, found: Constraints) -> None:
        requests = {name for name, kind in found.objects.items() if "properties" in kind}
        assert requests == set(REQUESTS)
        for name, schema in found.objects.items():
            assert schema["type"] == "object", name
            assert schema["additionalProperties"] is False, name


def entries_of(rules: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in rules.values():
        if "id" in entry:
            yield entry
        else:
            yield from entry.values()
