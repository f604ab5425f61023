"""The facts, each held against the contract; and the pages, each with the faults that it has.

Nothing here is computed from the contract or the corrections: the numbers and words stand here once more, as they were
read, so that a slip in a correction meets a second witness.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.config import Api

Contract = Mapping[str, Any]

REQUEST = "AddMsgTemplateRequest.properties"


@pytest.fixture(scope="module")
def schemas(contract: Contract) -> Mapping[str, Any]:
    found: Mapping[str, Any] = contract["components"]["schemas"]
    return found


@pytest.fixture(scope="module")
def page_2022(api: Api) -> Any:
    return read(api.vendor["2022-08-30"].document)


@pytest.fixture(scope="module")
def page_2025(api: Api) -> Any:
    return read(api.vendor["2025-11-17"].document)


def at(schemas: Mapping[str, Any], place: str) -> Any:
    node: Any = schemas
    for step in place.split("."):
        node = node[step]
    return node


class TestFields:
    def test_of_the_request(self, schemas: Mapping[str, Any]) -> None:
        objects = ["image", "link", "miniprogram", "file", "video"]
        assert {name: sorted(s["properties"]) for name, s in schemas.items() if is_request(name, s)} == {
            "AddMsgTemplateRequest": [
                "allow_select",
                "attachments",
                "chat_id_list",
                "chat_type",
                "external_userid",
                "sender",
                "tag_filter",
                "text",
            ],
            "TagFilter": ["group_list"],
            "TagGroup": ["tag_list"],
            "Text": ["content"],
            "ImageAttachment": ["image", "msgtype"],
            "LinkAttachment": ["link", "msgtype"],
            "MiniprogramAttachment": ["miniprogram", "msgtype"],
            "VideoAttachment": ["msgtype", "video"],
            "FileAttachment": ["file", "msgtype"],
            "Image": ["media_id", "pic_url"],
            "Link": ["desc", "picurl", "title", "url"],
            "Miniprogram": ["appid", "page", "pic_media_id", "title"],
            "Video": ["media_id"],
            "File": ["media_id"],
            "GetGroupmsgTaskRequest": ["cursor", "limit", "msgid"],
            "GetGroupmsgSendResultRequest": ["cursor", "limit", "msgid", "userid"],
            "RemindGroupmsgSendRequest": ["msgid"],
            "CancelGroupmsgSendRequest": ["msgid"],
            "SendWelcomeMsgRequest": ["attachments", "text", "welcome_code"],
            "GroupWelcomeText": ["content"],
            "GroupWelcomeTemplateAddRequest": sorted(["agentid", "notify", "text", *objects]),
            "GroupWelcomeTemplateEditRequest": sorted(["agentid", "template_id", "text", *objects]),
            "GroupWelcomeTemplateGetRequest": ["template_id"],
            "GroupWelcomeTemplateDelRequest": ["agentid", "template_id"],
        }

    def test_of_the_answers(self, schemas: Mapping[str, Any]) -> None:
        envelope = ["errcode", "errmsg"]
        answers = {name: s for name, s in schemas.items() if "properties" in s and not is_request(name, s)}
        assert {name: list(s["properties"]) for name, s in answers.items()} == {
            "AddMsgTemplateResponse": [*envelope, "fail_list", "msgid"],
            "GettokenResponse": [*envelope, "access_token", "expires_in"],
            "GetGroupmsgTaskResponse": [*envelope, "next_cursor", "task_list"],
            "GetGroupmsgSendResultResponse": [*envelope, "next_cursor", "send_list"],
            "RemindGroupmsgSendResponse": envelope,
            "CancelGroupmsgSendResponse": envelope,
            "GetSuiteTokenResponse": [*envelope, "suite_access_token", "expires_in"],
            "GetCorpTokenResponse": [*envelope, "access_token", "expires_in"],
            "GroupmsgTask": ["userid", "status", "send_time"],
            "GroupmsgSendResult": ["external_userid", "chat_id", "userid", "status", "send_time"],
            "SendWelcomeMsgResponse": envelope,
            "GroupWelcomeTemplateAddResponse": [*envelope, "template_id"],
            "GroupWelcomeTemplateEditResponse": envelope,
            "GroupWelcomeTemplateDelResponse": envelope,
            "GroupWelcomeTemplateGetResponse": [
                *envelope,
                *("text", "image", "link", "miniprogram", "file", "video"),
            ],
            "StoredWelcomeText": ["content"],
            "StoredWelcomeImage": ["media_id", "pic_url"],
            "StoredWelcomeLink": ["title", "picurl", "desc", "url"],
            "StoredWelcomeMiniprogram": ["title", "pic_media_id", "appid", "page"],
            "StoredWelcomeFile": ["media_id"],
            "StoredWelcomeVideo": ["media_id"],
        }

    @pytest.mark.parametrize(
        ("place", "kind"),
        [
            (f"{REQUEST}.chat_type", "string"),
            (f"{REQUEST}.external_userid", "array"),
            (f"{REQUEST}.external_userid.items", "string"),
            (f"{REQUEST}.chat_id_list", "array"),
            (f"{REQUEST}.chat_id_list.items", "string"),
            (f"{REQUEST}.sender", "string"),
            (f"{REQUEST}.allow_select", "boolean"),
            (f"{REQUEST}.attachments", "array"),
            ("TagFilter", "object"),
            ("TagFilter.properties.group_list", "array"),
            ("TagGroup", "object"),
            ("TagGroup.properties.tag_list", "array"),
            ("TagGroup.properties.tag_list.items", "string"),
            ("Text", "object"),
            ("Text.properties.content", "string"),
            ("Image.properties.media_id", "string"),
            ("Image.properties.pic_url", "string"),
            ("Link.properties.title", "string"),
            ("Link.properties.picurl", "string"),
            ("Link.properties.desc", "string"),
            ("Link.properties.url", "string"),
            ("Miniprogram.properties.title", "string"),
            ("Miniprogram.properties.pic_media_id", "string"),
            ("Miniprogram.properties.appid", "string"),
            ("Miniprogram.properties.page", "string"),
            ("Video.properties.media_id", "string"),
            ("File.properties.media_id", "string"),
            ("AddMsgTemplateResponse.properties.errcode", "integer"),
            ("AddMsgTemplateResponse.properties.errmsg", "string"),
            ("AddMsgTemplateResponse.properties.fail_list", ["array", "null"]),
            ("AddMsgTemplateResponse.properties.fail_list.items", "string"),
            ("AddMsgTemplateResponse.properties.msgid", "string"),
            ("GroupmsgTask.properties.status", "integer"),
            ("GroupmsgTask.properties.send_time", "integer"),
            ("GroupmsgSendResult.properties.status", "integer"),
            ("GettokenResponse.properties.expires_in", "integer"),
        ],
    )
    def test_types(self, schemas: Mapping[str, Any], place: str, kind: str | list[str]) -> None:
        assert at(schemas, place)["type"] == kind

    @pytest.mark.parametrize(
        ("place", "name"),
        [
            (f"{REQUEST}.tag_filter", "TagFilter"),
            ("TagFilter.properties.group_list.items", "TagGroup"),
            (f"{REQUEST}.text", "Text"),
            (f"{REQUEST}.attachments.items", "Attachment"),
        ],
    )
    def test_references(self, schemas: Mapping[str, Any], place: str, name: str) -> None:
        assert at(schemas, place) == {"$ref": f"#/components/schemas/{name}"}


class TestLimits:
    @pytest.mark.parametrize(
        ("place", "keyword", "limit", "rule", "errcode"),
        [
            (f"{REQUEST}.external_userid", "maxItems", 10_000, "external_userid.max-items", 40058),
            (f"{REQUEST}.chat_id_list", "maxItems", 2_000, "chat_id_list.max-items", 40058),
            ("TagGroup.properties.tag_list", "maxItems", 100, "tag_filter.group.tag_list.max-items", 40058),
            ("TagGroup.properties.tag_list", "minItems", 1, "tag_filter.group.tag_list.min-items", 40058),
            (f"{REQUEST}.attachments", "maxItems", 9, "attachments.max-items", 41064),
            ("Text.properties.content", "x-max-bytes", 4_000, "text.content.max-bytes", 40058),
            ("Link.properties.title", "x-max-bytes", 128, "link.title.max-bytes", 40058),
            ("Link.properties.picurl", "x-max-bytes", 2_048, "link.picurl.max-bytes", 40058),
            ("Link.properties.desc", "x-max-bytes", 512, "link.desc.max-bytes", 40058),
            ("Link.properties.url", "x-max-bytes", 2_048, "link.url.max-bytes", 40058),
            ("Miniprogram.properties.title", "x-max-bytes", 64, "miniprogram.title.max-bytes", 40058),
            (
                "GetGroupmsgTaskRequest.properties.limit",
                "maximum",
                1_000,
                "get_groupmsg_task.limit.max",
                40058,
            ),
            ("GetGroupmsgTaskRequest.properties.limit", "minimum", 1, "get_groupmsg_task.limit.min", 40058),
            (
                "GetGroupmsgSendResultRequest.properties.limit",
                "maximum",
                1_000,
                "get_groupmsg_send_result.limit.max",
                40058,
            ),
            (
                "SendWelcomeMsgRequest.properties.attachments",
                "maxItems",
                9,
                "send_welcome_msg.attachments.max-items",
                41064,
            ),
            (
                "GroupWelcomeText.properties.content",
                "x-max-bytes",
                3_000,
                "group_welcome_template.text.content.max-bytes",
                40058,
            ),
            *(
                (
                    f"GroupWelcomeTemplate{name.title()}Request.properties.agentid",
                    keyword,
                    limit,
                    f"group_welcome_template_{name}.agentid.{word}",
                    40058,
                )
                for name in ("add", "edit", "del")
                for keyword, limit, word in (("minimum", 0, "min"), ("maximum", 2**31 - 1, "max"))
            ),
        ],
    )
    def test_numbers(
        self, schemas: Mapping[str, Any], place: str, keyword: str, limit: int, rule: str, errcode: int
    ) -> None:
        node = at(schemas, place)
        assert node[keyword] == limit
        assert (node["x-rules"][keyword]["id"], node["x-rules"][keyword]["errcode"]) == (rule, errcode)

    def test_there_are_no_other_limits_on_size(self, schemas: Mapping[str, Any]) -> None:
        """No number of tag groups and no length of an id is known; a title in characters would be a mistake."""
        found = sorted(
            (keyword, rule["id"])
            for schema in schemas.values()
            for node in walk(schema)
            for keyword, rule in node.get("x-rules", {}).items()
            if keyword in ("maxItems", "maxLength", "x-max-bytes", "maximum", "minItems", "maxProperties")
        )
        assert len(found) == 18
        assert not any(keyword in ("maxLength", "maxProperties") for keyword, _ in found)

    @pytest.mark.parametrize(
        ("place", "default"),
        [
            (f"{REQUEST}.chat_type", "single"),
            (f"{REQUEST}.allow_select", False),
            ("GetGroupmsgTaskRequest.properties.limit", 500),
            ("GetGroupmsgSendResultRequest.properties.limit", 500),
            ("GroupWelcomeTemplateAddRequest.properties.notify", 1),
        ],
    )
    def test_defaults(self, schemas: Mapping[str, Any], place: str, default: object) -> None:
        assert at(schemas, place)["default"] == default
        assert type(at(schemas, place)["default"]) is type(default)

    def test_values(self, schemas: Mapping[str, Any]) -> None:
        assert at(schemas, f"{REQUEST}.chat_type")["enum"] == ["single", "group"]
        assert schemas["GroupWelcomeTemplateAddRequest"]["properties"]["notify"]["enum"] == [0, 1]
        kinds = ["image", "link", "miniprogram", "video", "file"]
        assert list(schemas["Attachment"]["discriminator"]["mapping"]) == kinds

    @pytest.mark.parametrize(
        ("name", "required"),
        [
            ("AddMsgTemplateRequest", None),
            ("TagFilter", None),
            ("TagGroup", ["tag_list"]),
            ("Text", None),
            ("Image", None),
            ("Link", ["title", "url"]),
            ("Miniprogram", ["title", "pic_media_id", "appid", "page"]),
            ("Video", ["media_id"]),
            ("File", ["media_id"]),
            ("GetGroupmsgTaskRequest", ["msgid"]),
            ("GetGroupmsgSendResultRequest", ["msgid", "userid"]),
            ("RemindGroupmsgSendRequest", ["msgid"]),
            ("CancelGroupmsgSendRequest", ["msgid"]),
            ("SendWelcomeMsgRequest", ["welcome_code"]),
            ("GroupWelcomeText", None),
            ("GroupWelcomeTemplateAddRequest", None),
            ("GroupWelcomeTemplateEditRequest", ["template_id"]),
            ("GroupWelcomeTemplateGetRequest", ["template_id"]),
            ("GroupWelcomeTemplateDelRequest", ["template_id"]),
            ("StoredWelcomeImage", None),
            ("AddMsgTemplateResponse", ["errcode"]),
            ("GroupmsgTask", ["userid", "status"]),
            ("GroupmsgSendResult", ["userid", "status"]),
        ],
    )
    def test_required(self, schemas: Mapping[str, Any], name: str, required: list[str] | None) -> None:
        assert schemas[name].get("required") == required

    def test_which_texts_may_not_be_empty(self, schemas: Mapping[str, Any]) -> None:
        """link.desc and link.picurl may: the vendor's own clients send them so."""
        found = {
            rule["id"]: rule["errcode"]
            for schema in schemas.values()
            for node in walk(schema)
            for keyword, rule in node.get("x-rules", {}).items()
            if keyword == "minLength"
        }
        others = {name: code for name, code in found.items() if not name.endswith("msgid.empty")}
        assert sorted(others) == [
            "batch_get_by_user.userid_list.item.empty",
            "chat_id_list.item.empty",
            "external_userid.item.empty",
            "file.media_id.empty",
            "get_corp_tag_list.group_id.item.empty",
            "get_corp_tag_list.tag_id.item.empty",
            "get_groupmsg_send_result.userid.empty",
            "group_welcome_template.text.content.empty",
            "group_welcome_template_del.template_id.empty",
            "group_welcome_template_edit.template_id.empty",
            "group_welcome_template_get.template_id.empty",
            "image.media_id.empty",
            "image.pic_url.empty",
            "link.title.empty",
            "link.url.empty",
            "media.filename.empty",
            "miniprogram.appid.empty",
            "miniprogram.page.empty",
            "miniprogram.pic_media_id.empty",
            "miniprogram.title.empty",
            "send_welcome_msg.welcome_code.empty",
            "sender.empty",
            "tag_filter.group.tag_list.item.empty",
            "text.content.empty",
            "video.media_id.empty",
        ]
        assert others.pop("send_welcome_msg.welcome_code.empty") == 41049
        assert set(others.values()) == {40058}
        assert [code for name, code in found.items() if name.endswith("msgid.empty")] == [41046] * 4

    def test_an_address_has_a_scheme(self, schemas: Mapping[str, Any]) -> None:
        url = schemas["Link"]["properties"]["url"]
        assert url["pattern"] == "^[A-Za-z][A-Za-z0-9+.-]*:"
        assert (url["x-rules"]["pattern"]["id"], url["x-rules"]["pattern"]["errcode"]) == (
            "link.url.scheme",
            45034,
        )


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

    def test_codes_of_msgtype(self, schemas: Mapping[str, Any]) -> None:
        rules = schemas["Attachment"]["x-rules"]["discriminator"]
        assert {word: (rule["id"], rule["errcode"]) for word, rule in rules.items()} == {
            "type": ("attachments.item.type", 40058),
            "required": ("attachments.msgtype.required", 40008),
            "enum": ("attachments.msgtype.enum", 41065),
        }

    def test_codes_of_what_is_missing_from_a_question(
        self, contract: Contract, schemas: Mapping[str, Any]
    ) -> None:
        for name in ("GetGroupmsgTask", "GetGroupmsgSendResult", "RemindGroupmsgSend", "CancelGroupmsgSend"):
            assert schemas[f"{name}Request"]["x-rules"]["required"]["msgid"]["errcode"] == 41046
        parameters = contract["paths"]["/cgi-bin/gettoken"]["get"]["parameters"]
        assert {p["name"]: p["x-rules"]["required"]["errcode"] for p in parameters} == {
            "corpid": 41002,
            "corpsecret": 41004,
        }

    @pytest.mark.parametrize(
        ("schema", "warnings"),
        [
            (
                "AddMsgTemplateRequest",
                {
                    "chat_id_list.ignored-for-single": None,
                    "external_userid.ignored-for-group": None,
                    "tag_filter.ignored-for-group": None,
                    "allow_select.ignored-for-group": None,
                    "tag_filter.ignored-with-external_userid": None,
                    "audience.everyone-single": "to_all",
                    "audience.everyone-group": "to_all",
                },
            ),
            ("Image", {"image.pic_url.ignored-with-media_id": None}),
            ("GetCorpTagListRequest", {"get_corp_tag_list.tag_id.ignored-with-group_id": None}),
        ],
    )
    def test_warnings(
        self, schemas: Mapping[str, Any], schema: str, warnings: Mapping[str, str | None]
    ) -> None:
        found = schemas[schema]["x-warnings"]
        assert {warning["id"]: warning.get("confirm") for warning in found} == warnings
        assert all(warning["en"] and warning["zh"] and warning["x-evidence"] for warning in found)
        others = {name for name, other in schemas.items() if "x-warnings" in other}
        assert others == {"AddMsgTemplateRequest", "Image", "GetCorpTagListRequest"}

    def part(self, schema: Mapping[str, Any], rule: str) -> Mapping[str, Any]:
        (found,) = [
            one for one in schema["allOf"] if one.get("x-rules", {}).get("anyOf", {}).get("id") == rule
        ]
        part: Mapping[str, Any] = found
        return part


class TestAnswers:
    def test_success_has_what_the_next_call_needs(self, schemas: Mapping[str, Any]) -> None:
        needed = {name: s["then"]["required"] for name, s in schemas.items() if "then" in s}
        assert needed == {
            "AddMsgTemplateResponse": ["msgid"],
            "GettokenResponse": ["access_token", "expires_in"],
            "GetGroupmsgTaskResponse": ["task_list"],
            "GetGroupmsgSendResultResponse": ["send_list"],
            "GroupWelcomeTemplateAddResponse": ["template_id"],
        }
        bare = {"GetSuiteTokenResponse", "GetCorpTokenResponse"}  # a success without a code is one too
        for name in needed:
            present = {} if name in bare else {"required": ["errcode"]}
            assert schemas[name]["if"] == {**present, "properties": {"errcode": {"const": 0}}}
            assert ("errcode" in schemas[name].get("required", [])) is (name not in bare)

    def test_a_code_is_a_32_bit_integer(self, schemas: Mapping[str, Any]) -> None:
        for name, schema in schemas.items():
            if name.endswith("Response"):
                errcode = schema["properties"]["errcode"]
                assert (errcode["minimum"], errcode["maximum"]) == (-(2**31), 2**31 - 1), name
                assert errcode["format"] == "int32", name

    def test_a_token(self, schemas: Mapping[str, Any]) -> None:
        token = schemas["GettokenResponse"]["properties"]["access_token"]
        assert (token["x-max-bytes"], token["format"]) == (512, "password")

    def test_status_stays_open(self, schemas: Mapping[str, Any]) -> None:
        for name in ("GroupmsgTask", "GroupmsgSendResult"):
            assert not {"enum", "minimum", "maximum"} & set(schemas[name]["properties"]["status"])


class TestWords:
    """What can't be a constraint is said in the descriptions, in both languages."""

    @pytest.mark.parametrize(
        ("place", "en", "zh"),
        [
            (
                f"{REQUEST}.external_userid",
                ["Only for single", "tag_filter is ignored"],
                ["single", "忽略 tag_filter"],
            ),
            (
                f"{REQUEST}.chat_id_list",
                ["Only for group", "all groups of the sender", "4.1.10", "need not choose"],
                ["group", "全部客户群", "4.1.10", "无需再次选择"],
            ),
            ("TagFilter", ["Only for single", "without external_userid"], ["single", "未填 external_userid"]),
            ("TagFilter.properties.group_list", ["every group", "No limit"], ["且"]),
            ("TagGroup", ["any of them"], ["或"]),
            ("TagGroup.properties.tag_list", ["rule groups"], ["规则组"]),
            (f"{REQUEST}.sender", ["Required for group", "all customers"], ["必填", "全部客户"]),
            (f"{REQUEST}.allow_select", ["Only for single"], ["仅支持客户群发"]),
            ("Image.properties.pic_url", ["media/uploadimg"], ["上传图片接口"]),
            ("Image", [], ["同时填写时使用 media_id"]),
            ("Miniprogram.properties.pic_media_id", ["520 by 416", "three days"], ["520×416", "临时素材"]),
            ("Miniprogram.properties.appid", ["linked to the corp"], ["关联"]),
            ("Link.properties.url", ["scheme"], ["协议头"]),
            ("AddMsgTemplateResponse.properties.fail_list", ["external_userid", "chat id"], ["chat_id"]),
            (
                "GroupmsgSendResult.properties.status",
                ["0 not sent", "1 sent", "2 failed", "3 failed"],
                ["3-"],
            ),
            ("GroupmsgTask.properties.status", ["0 not sent", "2 sent"], ["0-未发送 2-已发送"]),
        ],
    )
    def test_of_fields(self, schemas: Mapping[str, Any], place: str, en: list[str], zh: list[str]) -> None:
        node = at(schemas, place)
        assert [words for words in en if words not in node["description"]] == []
        assert [words for words in zh if words not in node["x-description-zh"]] == []

    @pytest.mark.parametrize(
        ("operation", "en"),
        [
            ("add_msg_template", ["2.7.5", "last talked", "no idempotency key", "fail_list"]),
            ("gettoken", ["same token", "withdraw it early", "ban"]),
            ("get_groupmsg_task", ["41063", "41047"]),
            ("remind_groupmsg_send", ["three times in 24 hours"]),
            ("cancel_groupmsg_send", ["41093", "stays sent"]),
        ],
    )
    def test_of_operations(self, contract: Contract, operation: str, en: list[str]) -> None:
        (found,) = [
            op
            for item in contract["paths"].values()
            for op in item.values()
            if op["operationId"] == operation
        ]
        assert [words for words in en if words not in found["description"]] == []


class TestEvidence:
    """Nothing is claimed with more confidence than it was read with."""

    @pytest.mark.parametrize(
        ("place", "keyword", "expected"),
        [
            (f"{REQUEST}.attachments", "maxItems", {("wecom-92135", "V"), ("wecom-90313", "V")}),
            (f"{REQUEST}.sender", "minLength", {("connector", "L")}),
            ("Text.properties.content", "minLength", {("connector", "I")}),
            ("Link.properties.url", "pattern", {("wecom-90313", "V")}),
            ("TagGroup.properties.tag_list", "minItems", {("lush", "M1")}),
            ("GetGroupmsgTaskRequest.properties.limit", "maximum", {("wecom-93338", "V")}),
            ("GetGroupmsgTaskRequest.properties.limit", "minimum", {("project", "I")}),
            ("GetGroupmsgTaskRequest", "additionalProperties", {("connector", "L"), ("project", "I")}),
            ("AddMsgTemplateRequest", "additionalProperties", {("connector", "L"), ("project", "I")}),
            ("GetGroupmsgSendResultRequest.properties.userid", "minLength", {("project", "I")}),
        ],
    )
    def test_of_rules(
        self, schemas: Mapping[str, Any], place: str, keyword: str, expected: set[tuple[str, str]]
    ) -> None:
        assert evidence(at(schemas, place)["x-rules"][keyword]) == expected

    @pytest.mark.parametrize("place", ["Text", "Link", "Miniprogram"])
    def test_byte_limits_rest_on_several_copies(self, schemas: Mapping[str, Any], place: str) -> None:
        for node in walk(schemas[place]):
            if "x-max-bytes" in node.get("x-rules", {}):
                sources = node["x-rules"]["x-max-bytes"]["evidence"][0]
                assert sources["confidence"] == "M2"
                assert len(sources["source"].split()) >= 2

    def test_m2_means_two_and_i_is_never_read(self, contract: Contract) -> None:
        for node in walk(contract):
            for entry in [*node.get("evidence", []), *node.get("x-evidence", [])]:
                assert "2019-01-01" < entry["date"] <= "2026-11-22"
                if entry["confidence"] == "M2" and entry["source"] != "project":
                    assert len(entry["source"].split()) >= 2, entry
                if entry["confidence"] == "V":
                    assert entry["source"].startswith(("wecom-", "page-")), entry
                if entry["source"] == "project":
                    assert entry["confidence"] in ("I", "M2"), entry


class TestPageOf2022:
    """The transcription keeps the faults of the page: they are what the corrections are for."""

    def test_where_it_is(self, page_2022: Any) -> None:
        assert page_2022["servers"] == [{"url": "http://127.0.0.1"}]
        assert list(page_2022["paths"]) == ["/cgi-bin/externalcontact/add_msg_template"]
        assert list(page_2022["paths"]["/cgi-bin/externalcontact/add_msg_template"]) == ["post"]
        assert page_2022["info"]["title"] == "创建企业群发"
        assert page_2022["info"]["version"] == "2022-08-30"

    def test_the_query(self, page_2022: Any) -> None:
        (parameter,) = operation(page_2022)["parameters"]
        assert (parameter["name"], parameter["in"], parameter["schema"]) == (
            "access_token",
            "query",
            {"type": "string"},
        )
        assert parameter["example"] == "{{accesstoken}}"

    def test_the_body_has_five_fields_and_no_rule(self, page_2022: Any) -> None:
        assert body(page_2022) == {
            "type": "object",
            "properties": {
                "chat_type": {"type": "string"},
                "external_userid": {"type": "array", "items": {"type": "string"}},
                "attachments": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {"file": {"type": "object"}, "msgtype": {"type": "string"}},
                        "required": ["file", "msgtype"],
                    },
                },
                "sender": {"type": "string"},
                "text": {"type": "object", "properties": {"content": {"type": "string"}}},
            },
        }
        assert list(body(page_2022)["properties"]) == [
            "chat_type",
            "external_userid",
            "attachments",
            "sender",
            "text",
        ]

    def test_the_example_breaks_its_own_schema(self, page_2022: Any) -> None:
        example = operation(page_2022)["requestBody"]["content"]["application/json"]["example"]
        assert example == {
            "chat_type": "single",
            "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmqfasd1e1927831123109rBAAAA"],
            "sender": "zhangsan",
            "text": {"content": "文本消息内容"},
            "attachments": [
                {
                    "msgtype": "image",
                    "image": {
                        "media_id": "MEDIA_ID",
                        "pic_url": "http://p.qpic.cn/pic_wework/3474110808/7a6344sdadfwehe42060/0",
                    },
                },
                {
                    "msgtype": "link",
                    "link": {
                        "title": "消息标题",
                        "picurl": "https://example.pic.com/path",
                        "desc": "消息描述",
                        "url": "https://example.link.com/path",
                    },
                },
                {
                    "msgtype": "miniprogram",
                    "miniprogram": {
                        "title": "消息标题",
                        "pic_media_id": "MEDIA_ID",
                        "appid": "wx8bd80126147dfAAA",
                        "page": "/path/index.html",
                    },
                },
                {"msgtype": "video", "video": {"media_id": "MEDIA_ID"}},
                {"msgtype": "file", "file": {"media_id": "MEDIA_ID"}},
            ],
        }
        required = body(page_2022)["properties"]["attachments"]["items"]["required"]
        assert [a["msgtype"] for a in example["attachments"] if not set(required) <= set(a)] == [
            "image",
            "link",
            "miniprogram",
            "video",
        ]

    def test_the_answer(self, page_2022: Any) -> None:
        assert list(operation(page_2022)["responses"]) == ["200"]
        media = operation(page_2022)["responses"]["200"]["content"]["application/json"]
        assert media["schema"]["required"] == ["errcode"]
        assert list(media["schema"]["properties"]) == ["errcode", "fail_list", "errmsg", "msgid"]
        assert media["schema"]["properties"]["errcode"]["format"] == "int32"
        assert media["example"] == {
            "errcode": 0,
            "fail_list": ["string"],
            "errmsg": "string",
            "msgid": "string",
        }

    def test_it_is_in_our_own_words(self, page_2022: Any) -> None:
        """Descriptions are written anew; of the page's own text only its title, labels and example stand here."""
        said = [node["description"] for node in walk(page_2022) if isinstance(node.get("description"), str)]
        assert [words for words in said if not words.isascii()] == ["成功"]


class TestPageOf2025:
    def test_every_part_says_where_it_was_read(self, page_2025: Any) -> None:
        marks = {node["x-provenance"]["confidence"] for node in walk(page_2025) if "x-provenance" in node}
        assert marks == {"V", "M2"}
        for name, schema in body(page_2025)["properties"].items():
            assert schema["x-provenance"]["confidence"] == "M2", name

    def test_what_it_has_more_than_the_older_page(self, page_2025: Any) -> None:
        assert page_2025["servers"][0]["url"] == "https://qyapi.weixin.qq.com"
        properties = body(page_2025)["properties"]
        assert list(properties) == [
            "chat_type",
            "external_userid",
            "chat_id_list",
            "tag_filter",
            "sender",
            "allow_select",
            "text",
            "attachments",
        ]
        items = properties["attachments"]["items"]
        assert items["required"] == ["msgtype"]
        assert list(items["properties"]) == ["msgtype", "image", "link", "miniprogram", "video", "file"]
        assert {name: p["maxItems"] for name, p in properties.items() if "maxItems" in p} == {
            "external_userid": 10_000,
            "chat_id_list": 2_000,
            "attachments": 9,
        }

    def test_what_it_still_leaves_to_its_prose(self, page_2025: Any) -> None:
        """Byte limits, conditions and the kinds of attachment are words there; a machine can't read them."""
        keywords = {key for node in walk(body(page_2025)) for key in node}
        assert not keywords & {"x-max-bytes", "maxLength", "anyOf", "oneOf", "if", "discriminator", "const"}

    def test_its_example_sends_the_fields_of_both_kinds_of_chat(self, page_2025: Any) -> None:
        example = operation(page_2025)["requestBody"]["content"]["application/json"]["example"]
        assert example["chat_type"] == "single"
        assert {"external_userid", "chat_id_list", "tag_filter", "sender", "allow_select"} <= set(example)


def is_request(name: str, schema: Mapping[str, Any]) -> bool:
    return (
        "properties" in schema
        and not name.endswith("Response")
        and not name.startswith(("Groupmsg", "StoredWelcome"))
    )


def evidence(rule: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(entry["source"], entry["confidence"]) for entry in rule["evidence"]}


def walk(node: Any) -> Any:
    if isinstance(node, Mapping):
        yield node
        for child in node.values():
            yield from walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from walk(child)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def operation(page: Any) -> Any:
    return page["paths"]["/cgi-bin/externalcontact/add_msg_template"]["post"]


def body(page: Any) -> Any:
    return operation(page)["requestBody"]["content"]["application/json"]["schema"]
