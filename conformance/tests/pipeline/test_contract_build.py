"""The contract as it is built: the same from either page, from corrections that are all needed, and in order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import pytest
import yaml
from jsonschema.validators import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from pipeline import overlay
from pipeline.config import Api
from pipeline.contract import FLOW, HEADER, Built, canonical, read_vendor
from pipeline.documents import to_yaml
from pipeline.errcodes import read_errcodes
from pipeline.errors import PipelineError
from pipeline.rules import fill_rules
from pipeline.shape import check_keywords, check_references
from wecom_contract import ENVELOPE, OPERATIONS, check, check_response
from wecom_contract.data import load

Contract = Mapping[str, Any]

NO_LONGER_NEEDED = [
    "server.address",
    "attachments.file-not-required",
    "attachments.objects-missing",
    "chat_id_list.missing",
    "tag_filter.missing",
    "allow_select.missing",
    "chat_type.values",
    "external_userid.max-items",
    "chat_id_list.max-items",
    "tag_filter.group.tag_list.max-items",
    "attachments.max-items",
]
"""What the page of 2025 says itself."""


class TestBuild:
    def test_either_page_gives_the_committed_contract_byte_for_byte(
        self, api: Api, built: Mapping[str, Built]
    ) -> None:
        committed = api.contract.read_bytes()
        assert sorted(built) == ["2022-08-30", "2025-11-17"]
        for date, one in built.items():
            assert to_yaml(one.document, HEADER, FLOW).encode() == committed, date

    def test_what_the_newer_page_made_unnecessary(self, built: Mapping[str, Built]) -> None:
        lines = {date: list(overlay.unnecessary(one.applied)) for date, one in built.items()}
        assert lines["2022-08-30"] == []
        files = {result.action.name: result.action.file for result in built["2025-11-17"].applied}
        assert lines["2025-11-17"] == [
            f"no longer needed: {name} ({files[name]})" for name in NO_LONGER_NEEDED
        ]

    def test_every_correction_is_needed(self, api: Api, built: Mapping[str, Built]) -> None:
        """Without any one of them the page of 2022 gives another contract, or none."""
        whole = json.dumps(built["2022-08-30"].document)
        page = read_vendor(api.vendor_document("2022-08-30"))
        actions = [action for file in api.corrections for action in overlay.read_overlay(file)]
        assert len(actions) > 100
        dead = []
        for left_out in actions:
            try:
                corrected, _ = overlay.apply(page, [a for a in actions if a is not left_out], "2022-08-30")
                check_references(corrected)
                check_keywords(corrected)
                fill_rules(corrected, api.default_errcode)
            except PipelineError:
                continue
            if json.dumps(canonical(corrected)) == whole:
                dead.append(left_out.name)
        assert dead == []

    def test_the_order_of_the_files_matters_and_is_that_of_the_profile(self, api: Api) -> None:
        page = read_vendor(api.vendor_document("2022-08-30"))
        backwards = [action for file in reversed(api.corrections) for action in overlay.read_overlay(file)]
        with pytest.raises(PipelineError, match="matches nothing"):
            overlay.apply(page, backwards, "2022-08-30")


@pytest.fixture(scope="module")
def actions(api: Api) -> list[tuple[str, dict[str, Any]]]:
    """Every correction as it stands in its file, under the name that an error would give it."""
    return [
        (f"{file.name} {action.get('x-name')}", action)
        for file in api.corrections
        for action in yaml.safe_load(file.read_text(encoding="utf-8"))["actions"]
    ]


class TestCorrections:
    def test_each_says_why_and_what_shows_it(self, actions: list[tuple[str, dict[str, Any]]]) -> None:
        for where, action in actions:
            assert len(action["x-why"].split()) >= 3, where
            assert action["x-evidence"], where
            for entry in action["x-evidence"]:
                assert {"source", "date", "confidence"} <= set(entry), where

    def test_each_says_how_many_places_it_means_but_for_the_root(
        self, actions: list[tuple[str, dict[str, Any]]]
    ) -> None:
        assert [
            where for where, action in actions if "x-expect" not in action and action["target"] != "$"
        ] == []

    def test_each_has_a_name_of_its_own(self, actions: list[tuple[str, dict[str, Any]]]) -> None:
        names = [action["x-name"] for _, action in actions]
        assert sorted(set(names)) == sorted(names)

    def test_what_a_page_has_mended_names_a_capture(
        self, api: Api, actions: list[tuple[str, dict[str, Any]]]
    ) -> None:
        fixed = {
            action["x-name"]: str(action["x-fixed-in"]) for _, action in actions if "x-fixed-in" in action
        }
        assert list(fixed) == NO_LONGER_NEEDED[:7]
        assert set(fixed.values()) <= set(api.vendor)

    def test_every_source_is_cited_and_every_citation_has_its_source(
        self, api: Api, contract: Contract
    ) -> None:
        cited = {
            key for node in nodes(contract) for entry in evidence_of(node) for key in entry["source"].split()
        } | {
            key
            for code in read_errcodes(api).values()
            for entry in code.get("evidence", [])
            for key in entry["source"].split()
        }
        assert sorted(cited) == sorted(contract["x-sources"])


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document, whatever it is."""
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from nodes(child)
    elif isinstance(node, list):
        for child in node:
            yield from nodes(child)


def evidence_of(node: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [entry for key in ("evidence", "x-evidence") for entry in node.get(key, [])]


def operations(contract: Contract) -> dict[str, dict[str, Any]]:
    return {op["operationId"]: op for item in contract["paths"].values() for op in item.values()}


def media(holder: Mapping[str, Any]) -> dict[str, Any]:
    (content,) = holder["content"].items()
    assert content[0] in ("application/json", "multipart/form-data")
    found: dict[str, Any] = content[1]
    return found


ASSERTIONS = {
    "type", "enum", "const", "minLength", "maxLength", "x-max-bytes", "x-span", "pattern", "minItems", "maxItems",
    "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "required",
    "additionalProperties", "minProperties", "maxProperties", "patternProperties", "propertyNames",
    "dependentRequired", "dependentSchemas", "contains", "prefixItems", "unevaluatedProperties", "anyOf", "not",
}  # fmt: skip
"""Keywords that can refuse a value; oneOf stands in this contract only beside a discriminator."""


class Walk:
    """Every constraint that a request can break, found without the pipeline: (place, keyword, field) → rule entry."""

    def __init__(self, contract: Contract) -> None:
        self.schemas = contract["components"]["schemas"]
        self.rules: dict[tuple[str, str, str], Mapping[str, Any] | None] = {}
        self.objects: dict[str, Mapping[str, Any]] = {}
        self.seen: set[tuple[str, bool]] = set()
        for name, operation in operations(contract).items():
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
def walk(contract: Contract) -> Walk:
    return Walk(contract)


class TestRules:
    def test_every_constraint_of_a_request_has_its_id_and_its_code(self, walk: Walk) -> None:
        assert len(walk.rules) > 120
        assert [place for place, entry in walk.rules.items() if not entry or "id" not in entry] == []
        assert [
            place for place, entry in walk.rules.items() if entry and type(entry["errcode"]) is not int
        ] == []

    def test_no_two_constraints_share_an_id(self, walk: Walk, contract: Contract) -> None:
        ids = [entry["id"] for entry in walk.rules.values() if entry]
        warnings = [warning["id"] for node in nodes(contract) for warning in node.get("x-warnings", [])]
        both = ids + warnings
        assert sorted(set(both)) == sorted(both)

    def test_there_are_no_entries_but_those(self, walk: Walk, contract: Contract) -> None:
        listed = [entry["id"] for node in nodes(contract) for entry in entries_of(node.get("x-rules", {}))]
        assert sorted(listed) == sorted(entry["id"] for entry in walk.rules.values() if entry)

    def test_every_rule_has_evidence_of_its_own_or_of_what_it_stands_on(self, contract: Contract) -> None:
        for name, rule in load("rules").items():
            assert rule["evidence"], name
        for node in nodes(contract):
            if "x-rules" in node and not node.get("x-evidence"):
                assert all(entry.get("evidence") for entry in entries_of(node["x-rules"])), node

    def test_every_code_is_one_of_the_vendors(self, api: Api, walk: Walk) -> None:
        codes = yaml.safe_load(api.errcodes.read_text(encoding="utf-8"))["family"]
        assert {entry["errcode"] for entry in walk.rules.values() if entry} <= set(codes)

    def test_the_package_has_the_same_rules(self, walk: Walk, contract: Contract) -> None:
        packaged = load("rules")
        warnings = {warning["id"] for node in nodes(contract) for warning in node.get("x-warnings", [])}
        assert set(packaged) == {entry["id"] for entry in walk.rules.values() if entry} | warnings
        for (place, keyword, field), entry in walk.rules.items():
            assert entry is not None
            assert packaged[entry["id"]]["errcode"] == entry["errcode"], (place, keyword, field)

    def test_conditions_say_in_both_languages_what_is_wrong_and_what_to_do(self, walk: Walk) -> None:
        said = {
            entry["id"]: {key for key in ("en", "zh", "fix", "fix-zh") if entry.get(key)}
            for (_, keyword, _), entry in walk.rules.items()
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


def entries_of(rules: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in rules.values():
        if "id" in entry:
            yield entry
        else:
            yield from entry.values()


class TestOpenapi:
    def test_it_is_openapi_3_1(self, contract: Contract) -> None:
        assert [str(error.message) for error in OpenAPIV31SpecValidator(dict(contract)).iter_errors()] == []

    def test_every_schema_is_json_schema(self, contract: Contract) -> None:
        for schema in contract["components"]["schemas"].values():
            Draft202012Validator.check_schema(schema)

    def test_defaults_keep_their_own_schema(self, contract: Contract) -> None:
        defaults = [node for node in nodes(contract["components"]["schemas"]) if "default" in node]
        assert len(defaults) == 5
        for node in defaults:
            jsonschema.validate(node["default"], node)

    def test_requests_are_closed(self, walk: Walk) -> None:
        assert len(walk.objects) == 24
        for name, schema in walk.objects.items():
            assert schema["type"] == "object", name
            assert schema["additionalProperties"] is False, name

    def test_answers_are_open(self, contract: Contract) -> None:
        names = [
            media(operation["responses"]["200"])["schema"]["$ref"].rsplit("/", 1)[-1]
            for operation in operations(contract).values()
        ]
        assert names == [f"{camel(name)}Response" for name in operations(contract)]
        stored = [name for name in contract["components"]["schemas"] if name.startswith("StoredWelcome")]
        for name in [*names, "GroupmsgTask", "GroupmsgSendResult", *stored]:
            for node in nodes(contract["components"]["schemas"][name]):
                assert "additionalProperties" not in node, name
                assert "x-rules" not in node, name
                assert "enum" not in node, name

    def test_every_schema_is_used(self, contract: Contract) -> None:
        used = {node["$ref"] for node in nodes(contract) if "$ref" in node}
        assert used == {f"#/components/schemas/{name}" for name in contract["components"]["schemas"]}

    def test_everything_is_described_in_both_languages(self, contract: Contract) -> None:
        def described(schema: Mapping[str, Any], at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
            if "$ref" not in schema:
                yield at, schema
                for name, child in schema.get("properties", {}).items():
                    yield from described(child, f"{at}.{name}")
                if "items" in schema:
                    yield from described(schema["items"], f"{at}[]")

        places = list(operations(contract).items())
        for name, schema in contract["components"]["schemas"].items():
            places += described(schema, name)
        for name, operation in operations(contract).items():
            places += [(f"{name}.{p['name']}", p) for p in operation.get("parameters", [])]
            assert is_chinese(operation["x-summary-zh"]), name
            assert operation["summary"].isascii(), name
        places += contract["components"]["securitySchemes"].items()
        assert len(places) > 80
        for at, node in places:
            assert node["description"].strip(), at
            assert not is_chinese(node["description"]), at
            if not node["x-description-zh"].startswith(("external_userid", "小程序")):
                assert is_chinese(node["x-description-zh"]), at

    def test_everything_that_is_described_has_evidence(self, contract: Contract) -> None:
        for node in nodes(contract["components"]):
            if "x-description-zh" in node:
                assert node["x-evidence"], node

    def test_the_tags_of_attachments_are_those_of_the_mapping(self, contract: Contract) -> None:
        schemas = contract["components"]["schemas"]
        union = schemas["Attachment"]
        assert union["discriminator"]["propertyName"] == "msgtype"
        mapping = union["discriminator"]["mapping"]
        assert list(mapping) == ["image", "link", "miniprogram", "video", "file"]
        assert [one["$ref"] for one in union["oneOf"]] == list(mapping.values())
        for tag, reference in mapping.items():
            variant = schemas[reference.rsplit("/", 1)[-1]]
            assert variant["properties"]["msgtype"]["const"] == tag
            assert variant["properties"][tag] == {"$ref": f"#/components/schemas/{tag.capitalize()}"}
            assert variant["required"] == ["msgtype", tag]
            assert list(variant["properties"]) == ["msgtype", tag]


class TestOperations:
    def test_which_there_are(self, contract: Contract) -> None:
        assert list(operations(contract)) == [
            "add_msg_template",
            "gettoken",
            "get_groupmsg_task",
            "get_groupmsg_send_result",
            "remind_groupmsg_send",
            "cancel_groupmsg_send",
            "send_welcome_msg",
            "group_welcome_template_add",
            "group_welcome_template_edit",
            "group_welcome_template_get",
            "group_welcome_template_del",
        ]
        addresses = {
            operation["operationId"]: (method, path)
            for path, item in contract["paths"].items()
            for method, operation in item.items()
        }
        assert addresses.pop("gettoken") == ("get", "/cgi-bin/gettoken")
        places = {
            name: name.replace("group_welcome_template_", "group_welcome_template/") for name in addresses
        }
        assert addresses == {name: ("post", f"/cgi-bin/externalcontact/{places[name]}") for name in addresses}

    def test_what_they_do_to_the_world(self, contract: Contract) -> None:
        effects = {name: operation["x-effect"] for name, operation in operations(contract).items()}
        assert {name for name, effect in effects.items() if effect == "write"} == {
            "add_msg_template",
            "remind_groupmsg_send",
            "cancel_groupmsg_send",
            "send_welcome_msg",
            "group_welcome_template_add",
            "group_welcome_template_edit",
            "group_welcome_template_del",
        }
        assert set(effects.values()) == {"read", "write"}

    def test_the_token_is_a_secret_in_the_query_of_all_but_one(self, contract: Contract) -> None:
        scheme = contract["components"]["securitySchemes"]["accessToken"]
        assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "query", "access_token")
        assert contract["security"] == [{"accessToken": []}]
        own = {name: op["security"] for name, op in operations(contract).items() if "security" in op}
        assert own == {
            "gettoken": [],
            "get_suite_token": [],
            "get_corp_token": [{"suiteAccessToken": []}],
        }
        of_suite = contract["components"]["securitySchemes"]["suiteAccessToken"]
        assert (of_suite["type"], of_suite["in"], of_suite["name"]) == (
            "apiKey",
            "query",
            "suite_access_token",
        )
        assert not any(node.get("name") == "access_token" and "schema" in node for node in nodes(contract))

    def test_links_lead_from_the_msgid_to_every_call_that_takes_it(self, contract: Contract) -> None:
        links = operations(contract)["add_msg_template"]["responses"]["200"]["links"]
        assert {link["operationId"] for link in links.values()} == {
            "get_groupmsg_task",
            "get_groupmsg_send_result",
            "remind_groupmsg_send",
            "cancel_groupmsg_send",
        }
        schemas = contract["components"]["schemas"]
        for link in links.values():
            target = schemas[f"{camel(link['operationId'])}Request"]
            assert sorted(link["requestBody"]) == sorted(target["required"])
            assert link["requestBody"]["msgid"] == "$response.body#/msgid"
        assert links["result"]["requestBody"]["userid"] == "$request.body#/sender"

    def test_examples_keep_the_contract(self, contract: Contract) -> None:
        count = 0
        for name, operation in operations(contract).items():
            if OPERATIONS[name].has_body:
                for example in media(operation["requestBody"])["examples"].values():
                    found = check(name, example["value"])
                    assert [v for v in found if v.severity == "error"] == [], name
                    count += 1
            for example in media(operation["responses"]["200"])["examples"].values():
                assert check_response(name, example["value"]) == [], name
                count += 1
        assert count == 40

    def test_each_has_an_example_of_a_success_and_of_a_refusal(self, contract: Contract) -> None:
        for name, operation in operations(contract).items():
            examples = media(operation["responses"]["200"])["examples"].values()
            codes = [example["value"].get("errcode") for example in examples]
            assert (None in codes) is ("x-bare-success" in operation), name
            assert 0 in codes, name
            assert any(codes), name

    def test_the_package_has_the_same_operations(self, contract: Contract) -> None:
        assert list(OPERATIONS) == list(operations(contract))
        for name, operation in operations(contract).items():
            packaged = OPERATIONS[name]
            assert packaged.effect == operation["x-effect"]
            assert packaged.page == operation["externalDocs"]["url"]
            assert packaged.summary == operation["summary"]
            assert packaged.summary_zh == operation["x-summary-zh"]
            assert packaged.auth == (None if name == "gettoken" else "access_token")
            kinds = list(operation.get("requestBody", {}).get("content", ()))
            assert packaged.has_body == (kinds == ["application/json"])
            assert packaged.parts == (("media",) if kinds == ["multipart/form-data"] else ())
        assert (ENVELOPE.code, ENVELOPE.message, ENVELOPE.ok) == ("errcode", "errmsg", 0)


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
