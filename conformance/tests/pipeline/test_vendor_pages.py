"""The pages of the vendor, each with the faults that it has: they are what the corrections are for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from contract_places import walk

from pipeline.config import Api


@pytest.fixture(scope="module")
def page_2022(api: Api) -> Any:
    return read(api.vendor["2022-08-30"].document)


@pytest.fixture(scope="module")
def page_2025(api: Api) -> Any:
    return read(api.vendor["2025-11-17"].document)


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


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def operation(page: Any) -> Any:
    return page["paths"]["/cgi-bin/externalcontact/add_msg_template"]["post"]


def body(page: Any) -> Any:
    return operation(page)["requestBody"]["content"]["application/json"]["schema"]
