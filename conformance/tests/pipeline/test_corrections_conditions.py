"""The facts about several fields at once, and about answers, each held against the contract."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest
from contract_places import evidence, walk
from expected_fields import BARE, KINDS, SUCCESS
from expected_limits import MISSING, WARNINGS
from jsonschema.validators import Draft202012Validator

Contract = Mapping[str, Any]


class TestBetweenFields:
    def test_text_or_attachments(self, schemas: Mapping[str, Any]) -> None:
        part = self.part(schemas["AddMsgTemplateRequest"], "message.content.required")
        assert part["anyOf"] == [
            {"required": ["text"], "properties": {"text": {"type": "object", "required": ["content"]}}},
            {"required": ["attachments"], "properties": {"attachments": {"type": "array", "minItems": 1}}},
        ]
        assert part["x-rules"]["anyOf"]["errcode"] == 40063
        assert ("quanttide", "L") in evidence(part["x-rules"]["anyOf"])

    def test_sender_for_a_group(self, schemas: Mapping[str, Any]) -> None:
        (part,) = [one for one in schemas["AddMsgTemplateRequest"]["allOf"] if "then" in one]
        assert part["if"] == {"required": ["chat_type"], "properties": {"chat_type": {"const": "group"}}}
        assert part["then"]["required"] == ["sender"]
        rule = part["then"]["x-rules"]["required"]["sender"]
        assert (rule["id"], rule["errcode"]) == ("sender.required-for-group", 40058)
        assert ("connector", "L") in evidence(rule), "the report that says the opposite is named"

    def test_somebody_to_send_to(self, schemas: Mapping[str, Any]) -> None:
        (part,) = [one for one in schemas["AddMsgTemplateRequest"]["allOf"] if "else" in one]
        assert part["if"] == {"required": ["chat_type"], "properties": {"chat_type": {"const": "group"}}}
        assert [way["required"] for way in part["else"]["anyOf"]] == [
            ["sender"],
            ["external_userid"],
            ["tag_filter"],
        ]
        rule = part["else"]["x-rules"]["anyOf"]
        assert (rule["id"], rule["errcode"]) == ("audience.required-for-single", 40063)

    def test_an_image_has_a_source(self, schemas: Mapping[str, Any]) -> None:
        part = self.part(schemas["Image"], "image.source.required")
        assert part["anyOf"] == [{"required": ["media_id"]}, {"required": ["pic_url"]}]
        assert part["x-rules"]["anyOf"]["errcode"] == 40063

    @pytest.mark.parametrize("kind", ["image", "link", "miniprogram", "video", "file"])
    def test_the_object_that_msgtype_names_and_no_other(self, schemas: Mapping[str, Any], kind: str) -> None:
        rules = schemas[f"{kind.capitalize()}Attachment"]["x-rules"]
        assert rules["required"][kind]["id"] == f"attachments.{kind}.required"
        assert rules["additionalProperties"]["id"] == f"attachments.{kind}.unknown-field"
        assert evidence(rules["additionalProperties"]) == {("silenceper", "L"), ("project", "I")}

    @pytest.mark.parametrize(
        ("union", "before"), [("Attachment", ""), ("MomentAttachment", "add_moment_task.")]
    )
    def test_codes_of_msgtype(self, schemas: Mapping[str, Any], union: str, before: str) -> None:
        rules = schemas[union]["x-rules"]["discriminator"]
        assert {word: (rule["id"], rule["errcode"]) for word, rule in rules.items()} == {
            "type": (f"{before}attachments.item.type", 40058),
            "required": (f"{before}attachments.msgtype.required", 40008),
            "enum": (f"{before}attachments.msgtype.enum", 41065),
        }

    def test_codes_of_what_is_missing_from_a_question(
        self, contract: Contract, schemas: Mapping[str, Any]
    ) -> None:
        found: dict[int, set[str]] = {}
        for name, schema in schemas.items():
            for field, rule in schema.get("x-rules", {}).get("required", {}).items():
                if name.endswith("Request"):
                    found.setdefault(rule["errcode"], set()).add(f"{name.removesuffix('Request')} {field}")
        assert found.pop(40058)
        assert found == {code: set(places) for code, places in MISSING.items()}
        parameters = contract["paths"]["/cgi-bin/gettoken"]["get"]["parameters"]
        assert {p["name"]: p["x-rules"]["required"]["errcode"] for p in parameters} == {
            "corpid": 41002,
            "corpsecret": 41004,
        }

    @pytest.mark.parametrize("schema", WARNINGS)
    def test_warnings(self, schemas: Mapping[str, Any], schema: str) -> None:
        found = schemas[schema]["x-warnings"]
        assert {warning["id"]: warning.get("confirm") for warning in found} == WARNINGS[schema]
        assert all(warning["en"] and warning["zh"] and warning["x-evidence"] for warning in found)

    def test_no_other_schema_warns(self, schemas: Mapping[str, Any]) -> None:
        assert {name for name, other in schemas.items() if "x-warnings" in other} == set(WARNINGS)
        assert sum("x-warnings" in node for node in walk(schemas)) == len(WARNINGS)

    def test_a_welcome_message_says_something(self, schemas: Mapping[str, Any]) -> None:
        part = self.part(schemas["SendWelcomeMsgRequest"], "send_welcome_msg.content.required")
        message = self.part(schemas["AddMsgTemplateRequest"], "message.content.required")
        assert part["anyOf"] == message["anyOf"]
        assert part["x-rules"]["anyOf"]["errcode"] == 40063

    @pytest.mark.parametrize("name", ["add", "edit"])
    def test_a_template_has_at_most_one_thing_beside_its_text(
        self, schemas: Mapping[str, Any], name: str
    ) -> None:
        schema = schemas[f"GroupWelcomeTemplate{name.title()}Request"]
        part = self.part(schema, f"group_welcome_template_{name}.content.required")
        text, *objects = part["anyOf"]
        assert text == {
            "required": ["text"],
            "properties": {"text": {"type": "object", "required": ["content"]}},
        }
        kinds = [kind for way in objects for kind in way["required"]]
        assert sorted(kinds) == sorted(KINDS)
        assert part["x-rules"]["anyOf"]["errcode"] == 40063
        (pairs,) = [one for one in schema["allOf"] if "not" in one]
        assert {frozenset(way["required"]) for way in pairs["not"]["anyOf"]} == {
            frozenset(pair) for pair in combinations(KINDS, 2)
        }
        rule = pairs["x-rules"]["not"]
        assert (rule["id"], rule["errcode"]) == (f"group_welcome_template_{name}.content.one-kind", 40058)

    def test_a_moment_says_something(self, schemas: Mapping[str, Any]) -> None:
        part = self.part(schemas["AddMomentTaskRequest"], "add_moment_task.content.required")
        message = self.part(schemas["AddMsgTemplateRequest"], "message.content.required")
        assert part["anyOf"] == message["anyOf"]
        assert part["x-rules"]["anyOf"]["errcode"] == 41089

    @pytest.mark.parametrize(
        ("kinds", "rules"),
        [
            (["image"] * 9, []),
            (["video"], []),
            (["link"], []),
            ([], []),
            (["image", "video"], ["one-kind"]),
            (["image", "link"], ["one-kind"]),
            (["video", "link"], ["one-kind"]),
            (["video", "video"], ["only-one"]),
            (["link", "link"], ["only-one"]),
        ],
    )
    def test_nine_images_or_one_video_or_one_link(
        self, schemas: Mapping[str, Any], kinds: list[str], rules: list[str]
    ) -> None:
        """The conditions as they stand, judged by a validator that knows nothing of this project."""
        body = {"text": {"content": "x"}, "attachments": [{"msgtype": kind} for kind in kinds]}
        broken = [
            rule["id"].rpartition(".")[2]
            for part in schemas["AddMomentTaskRequest"]["allOf"]
            for rule in [part.get("x-rules", part.get("then", {}).get("x-rules", {})).get("anyOf")]
            if not Draft202012Validator(part).is_valid(body)
        ]
        assert broken == rules

    def test_codes_of_a_moment_with_too_much_in_it(self, schemas: Mapping[str, Any]) -> None:
        _, kinds, number = schemas["AddMomentTaskRequest"]["allOf"]
        assert kinds["x-rules"]["anyOf"]["errcode"] == 41065
        assert number["then"]["x-rules"]["anyOf"]["errcode"] == 41064

    @pytest.mark.parametrize(
        ("body", "warned"),
        [
            ({}, True),
            ({"visible_range": {}}, True),
            ({"visible_range": {"sender_list": {"user_list": [], "department_list": []}}}, True),
            ({"visible_range": {"external_contact_list": {"tag_list": []}}}, True),
            ({"visible_range": {"sender_list": {"user_list": ["a"]}}}, False),
            ({"visible_range": {"sender_list": {"department_list": [1]}}}, False),
            ({"visible_range": {"external_contact_list": {"tag_list": ["a"]}}}, False),
        ],
    )
    def test_a_moment_for_everyone(
        self, schemas: Mapping[str, Any], body: dict[str, Any], warned: bool
    ) -> None:
        (warning,) = schemas["AddMomentTaskRequest"]["x-warnings"]
        assert Draft202012Validator(warning["when"]).is_valid(body) is warned

    @pytest.mark.parametrize(("limit", "warned"), [(100, False), (101, True)])
    def test_a_page_of_the_list_that_is_too_long(
        self, schemas: Mapping[str, Any], limit: int, warned: bool
    ) -> None:
        (warning,) = schemas["GetGroupmsgListV2Request"]["x-warnings"]
        assert Draft202012Validator(warning["when"]).is_valid({"limit": limit}) is warned
        assert not Draft202012Validator(warning["when"]).is_valid({})

    def part(self, schema: Mapping[str, Any], rule: str) -> Mapping[str, Any]:
        (found,) = [
            one for one in schema["allOf"] if one.get("x-rules", {}).get("anyOf", {}).get("id") == rule
        ]
        part: Mapping[str, Any] = found
        return part


class TestAnswers:
    def test_success_has_what_the_next_call_needs(self, schemas: Mapping[str, Any]) -> None:
        assert {name: s["then"]["required"] for name, s in schemas.items() if "then" in s} == SUCCESS
        for name in SUCCESS:
            present = {} if name in BARE else {"required": ["errcode"]}
            assert schemas[name]["if"] == {**present, "properties": {"errcode": {"const": 0}}}, name

    def test_all_but_the_bare_ones_must_have_a_code(self, schemas: Mapping[str, Any]) -> None:
        for name, schema in schemas.items():
            if name.endswith("Response"):
                assert schema.get("required") == (None if name in BARE else ["errcode"]), name

    def test_a_code_is_a_32_bit_integer(self, schemas: Mapping[str, Any]) -> None:
        for name, schema in schemas.items():
            if name.endswith("Response"):
                errcode = schema["properties"]["errcode"]
                assert (errcode["minimum"], errcode["maximum"]) == (-(2**31), 2**31 - 1), name
                assert errcode["format"] == "int32", name

    def test_a_token(self, schemas: Mapping[str, Any]) -> None:
        for name in ("GettokenResponse", "GetCorpTokenResponse"):
            token = schemas[name]["properties"]["access_token"]
            assert (token["x-max-bytes"], token["format"]) == (512, "password"), name

    def test_which_fields_are_secret(self, schemas: Mapping[str, Any]) -> None:
        found = {
            (name, field)
            for name, schema in schemas.items()
            for field, node in schema.get("properties", {}).items()
            if node.get("format") == "password"
        }
        assert found == {
            ("GettokenResponse", "access_token"),
            ("GetCorpTokenResponse", "access_token"),
            ("GetSuiteTokenResponse", "suite_access_token"),
            ("GetSuiteTokenRequest", "suite_secret"),
            ("GetSuiteTokenRequest", "suite_ticket"),
            ("GetCorpTokenRequest", "permanent_code"),
        }

    def test_numbers_of_answers_stay_open(self, schemas: Mapping[str, Any]) -> None:
        for name, schema in schemas.items():
            for field, node in schema.get("properties", {}).items():
                if "x-values" in node:
                    assert not {"enum", "minimum", "maximum"} & set(node), (name, field)
