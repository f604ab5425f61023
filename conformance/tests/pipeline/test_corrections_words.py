"""What can't be a constraint is said in words, and nothing is claimed with more confidence than it was read with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from contract_places import at, evidence, walk

Contract = Mapping[str, Any]

REQUEST = "AddMsgTemplateRequest.properties"


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
        ],
    )
    def test_of_fields(self, schemas: Mapping[str, Any], place: str, en: list[str], zh: list[str]) -> None:
        node = at(schemas, place)
        assert [words for words in en if words not in node["description"]] == []
        assert [words for words in zh if words not in node["x-description-zh"]] == []

    @pytest.mark.parametrize(
        ("place", "value", "en", "zh"),
        [
            ("GroupmsgTask.properties.status", 0, "Not sent", "未发送"),
            ("GroupmsgTask.properties.status", 2, "Confirmed", "已发送"),
            ("GroupmsgSendResult.properties.status", 0, "Not sent", "未发送"),
            ("GroupmsgSendResult.properties.status", 1, "Sent", "已发送"),
            ("GroupmsgSendResult.properties.status", 2, "no longer a friend", "不是好友"),
            ("GroupmsgSendResult.properties.status", 3, "other mass messages", "已经收到其他群发消息"),
            ("GroupmsgRecord.properties.create_type", 0, "company", "企业"),
            ("GroupmsgRecord.properties.create_type", 1, "member", "个人"),
            ("GroupChatRow.properties.status", 1, "has left", "离职"),
            ("GetMomentTaskResultResponse.properties.status", 3, "done", "已完成"),
            ("MomentTask.properties.publish_status", 1, "Published", "已发表"),
        ],
    )
    def test_of_numbers(self, schemas: Mapping[str, Any], place: str, value: int, en: str, zh: str) -> None:
        (found,) = [one for one in at(schemas, place)["x-values"]["values"] if one["value"] == value]
        assert en in found["en"]
        assert zh in found["zh"]

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
