"""One correction, or one new page, and a build: contract, client, validators, mock and pages follow without an edit."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from wecom_contract import check

sys.path.insert(0, str(Path(__file__).parent))  # the means beside this file

from flow import CAPTURE, NEWEST, Flow

SCHEMAS = "$.components.schemas"
REQUEST = f"{SCHEMAS}.AddMsgTemplateRequest"
CREATE = "add_msg_template"
CUSTOMER = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"
TARGET = {"sender": "zhangsan", "external_userid": [CUSTOMER]}
WELCOME = "send_welcome_msg"
LINKS = (
    *(f"{call}.attachments[] link.link" for call in (CREATE, WELCOME)),
    *(f"group_welcome_template_{call}.link" for call in ("add", "edit")),
)
"""Where a change of a link is one: three kinds of message have the same link."""

SERVED: dict[str, Any] = {"contract": [], "client": [], "mock": 0}


def words(en: str, zh: str) -> dict[str, str]:
    return {"description": en, "x-description-zh": zh}


def body(**fields: Any) -> dict[str, Any]:
    return {**TARGET, **(fields or {"text": {"content": "x"}})}


def card(**fields: str) -> dict[str, Any]:
    """A body with one link."""
    return body(
        attachments=[{"msgtype": "link", "link": {"title": "t", "url": "https://a.example", **fields}}]
    )


def model(name: str, **fields: str) -> dict[str, Any]:
    """The keywords of a call with one attachment that is a model of the generated client."""
    return {**TARGET, "attachments": [{"$model": name, "fields": fields}]}


def refused(rule: str, code: int = 40058) -> dict[str, Any]:
    return {"contract": [rule], "client": [rule], "mock": code}


def verdicts(judged: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: found for key, found in one.items() if key not in ("answer", "example")} for one in judged]


def properties(document: Mapping[str, Any], name: str) -> Any:
    return document["components"]["schemas"][name]["properties"]


@pytest.fixture
def flow(copy: Any) -> Flow:
    return Flow(copy)


def test_a_new_optional_field(flow: Flow) -> None:
    assert [found.rule for found in check(CREATE, card(author="王"))] == ["link.unknown-field"]
    author = {"type": "string", "x-max-bytes": 32, **words("Who wrote it.", "作者")}
    flow.correct({"target": f"{SCHEMAS}.Link.properties", "update": {"author": author}})

    done = flow.follow(
        judge=[(CREATE, card(author="王" * 10 + "aa")), (CREATE, card(author="王" * 11))],
        call=[(CREATE, model("Link", title="t", url="https://a.example", author="王"))],
        parameters=["Link"],
    )
    assert done.news == [
        "field Link.author: added (string)",
        "rule link.author.type: added (string)",
        "rule link.author.max-bytes: added (32)",
    ]
    assert properties(done.document, "Link")["author"]["x-max-bytes"] == 32
    assert verdicts(done.judged) == [SERVED, refused("link.author.max-bytes")]
    assert done.parameters["Link"] == ["title", "url", "picurl", "desc", "author"]
    assert done.called[0]["sent"] == [card(author="王")]
    assert "| `attachments[].link.author` | string | Who wrote it. | 作者 |" in flow.page(CREATE)
    assert "| `link.author.max-bytes` | `32` | 40058 |" in flow.page(CREATE)
    assert done.changes == [(f"added: {link}.author: string", ()) for link in LINKS]
    assert done.bump == "minor"


def test_a_new_kind_of_attachment(flow: Flow) -> None:
    reference = {"$ref": "#/components/schemas/VoiceAttachment"}
    flow.correct(
        {
            "target": SCHEMAS,
            "update": {
                "VoiceAttachment": {
                    "x-subject": "attachments",
                    **words("An attachment that is a recording.", "语音附件"),
                    "type": "object",
                    "required": ["msgtype", "voice"],
                    "additionalProperties": False,
                    "properties": {
                        "msgtype": {"type": "string", "const": "voice", **words("The kind.", "附件类型")},
                        "voice": {"$ref": "#/components/schemas/Voice"},
                    },
                    "x-rules": {"additionalProperties": {"id": "attachments.voice.unknown-field"}},
                },
                "Voice": {
                    "x-subject": "voice",
                    **words("A recording.", "语音"),
                    "type": "object",
                    "required": ["media_id"],
                    "additionalProperties": False,
                    "properties": {
                        "media_id": {
                            "type": "string",
                            "minLength": 1,
                            **words("Its media_id.", "语音的 media_id"),
                        }
                    },
                },
            },
        },
        {
            "target": f"{SCHEMAS}.Attachment",
            "update": {"oneOf": [reference], "discriminator": {"mapping": {"voice": reference["$ref"]}}},
        },
    )
    bodies = [{"msgtype": "voice", "voice": {"media_id": "M"}}, {"msgtype": "voice", "voice": {}}]
    bodies += [{"msgtype": "voice"}, {"msgtype": "music", "music": {}}]

    done = flow.follow(
        judge=[(CREATE, body(attachments=[one])) for one in bodies],
        call=[(CREATE, model("Voice", media_id="M"))],
        parameters=["Voice"],
    )
    assert "voice" in done.document["components"]["schemas"]["Attachment"]["discriminator"]["mapping"]
    assert verdicts(done.judged) == [
        SERVED,
        refused("voice.media_id.required"),
        refused("attachments.voice.required"),
        refused("attachments.msgtype.enum", 41065),
    ]
    assert done.called[0]["sent"] == [body(attachments=bodies[:1])]
    assert "| `attachments[].voice.media_id` * | string | Its media_id. |" in flow.page(CREATE)
    assert done.changes == [(f"added: {call}.attachments[] voice", ()) for call in (CREATE, WELCOME)]
    assert done.bump == "minor"


@pytest.mark.parametrize(("limit", "breaks"), [(6000, ()), (2000, ("senders",))])
def test_another_limit(flow: Flow, limit: int, breaks: tuple[str, ...]) -> None:
    """Raised, it harms nobody; lowered, it breaks whoever sends more."""
    flow.correct({"target": f"{SCHEMAS}.Text.properties.content", "update": {"x-max-bytes": limit}})

    done = flow.follow(
        judge=[(CREATE, body(text={"content": "x" * size})) for size in (limit, limit + 1)],
        call=[(CREATE, {**TARGET, "text": "x" * size}) for size in (limit, limit + 1)],
    )
    assert done.news == [f"rule text.content.max-bytes: 4000 → {limit}"]
    assert verdicts(done.judged) == [SERVED, refused("text.content.max-bytes")]
    assert [len(one["sent"]) for one in done.called] == [1, 0]
    assert f"text.content has {limit + 1} bytes" in done.called[1]["raised"]
    assert f"| `text.content.max-bytes` | `{limit}` |" in flow.page(CREATE)
    what = f"text.content: at most 4000 bytes → at most {limit} bytes"
    assert done.changes == [(f"changed: {call}.{what}", breaks) for call in (CREATE, WELCOME)]
    assert done.bump == ("major" if breaks else "minor")


def test_a_renamed_field(flow: Flow) -> None:
    rename: list[dict[str, Any]] = [
        {"target": f"{SCHEMAS}.Link.properties.desc", "remove": True},
        {
            "target": f"{SCHEMAS}.Link.properties",
            "update": {
                "summary": {"type": "string", "x-max-bytes": 512, **words("Text of the card.", "描述")}
            },
        },
    ]
    flow.correct(*rename)
    assert flow.build() == (
        "error: POST /cgi-bin/externalcontact/add_msg_template: example page-2022 has attachments[1].link.desc, "
        "which is no field\n"
    )
    flow.correct(*rename, {"target": "$..value..link.desc", "remove": True})

    done = flow.follow(
        judge=[
            (CREATE, card(summary="a" * 512)),
            (CREATE, card(summary="a" * 513)),
            (CREATE, card(desc="a")),
        ],
        call=[
            (CREATE, model("Link", title="t", url="https://a.example", **{name: "a"}))
            for name in ("summary", "desc")
        ],
        parameters=["Link"],
    )
    assert set(properties(done.document, "Link")) == {"title", "picurl", "url", "summary"}
    assert verdicts(done.judged) == [SERVED, refused("link.summary.max-bytes"), refused("link.unknown-field")]
    assert done.parameters["Link"] == ["title", "url", "picurl", "summary"]
    assert done.called[0]["sent"] == [card(summary="a")]
    assert done.called[1] == {
        "sent": [],
        "raised": "TypeError: Link.__init__() got an unexpected keyword argument 'desc'",
    }
    assert "`attachments[].link.summary`" in flow.page(CREATE)
    assert "link.desc" not in flow.page(CREATE)
    assert done.changes == [
        change
        for link in LINKS
        for change in ((f"removed: {link}.desc", ("senders",)), (f"added: {link}.summary: string", ()))
    ]
    assert done.bump == "major"


def test_a_removed_field(flow: Flow) -> None:
    gone = {"target": f"{REQUEST}.properties.allow_select", "remove": True}
    flow.correct(gone)
    assert flow.build() == (
        "error: components.schemas.AddMsgTemplateRequest: allow_select.ignored-for-group names allow_select, "
        "which is no field\n"
    )
    warning = f"{REQUEST}['x-warnings'][?@.id == 'allow_select.ignored-for-group']"
    flow.correct(gone, {"target": warning, "remove": True})

    done = flow.follow(
        judge=[(CREATE, body()), (CREATE, {**body(), "allow_select": True})],
        call=[(CREATE, {**TARGET, "text": "x", "allow_select": True})],
        parameters=[CREATE, "AddMsgTemplateRequest"],
    )
    assert verdicts(done.judged) == [SERVED, refused("body.unknown-field")]
    assert done.called[0]["sent"] == []
    assert "unexpected keyword argument 'allow_select'" in done.called[0]["raised"]
    assert all("allow_select" not in names for names in done.parameters.values())
    assert "allow_select" not in flow.page(CREATE)
    assert done.changes == [(f"removed: {CREATE}.allow_select", ("senders",))]
    assert done.bump == "major"


def test_a_new_value_by_correction(flow: Flow) -> None:
    flow.correct({"target": f"{REQUEST}.properties.chat_type.enum", "update": "department"})
    _a_new_value(flow)


def test_a_new_value_by_a_new_page_alone(flow: Flow) -> None:
    """The page says it itself, so no correction is needed. The pages that don't are no longer built from."""
    flow.capture(("enum: [single, group]", "enum: [single, group, department]"))
    assert flow.build().startswith(
        "error: the page of 2022-08-30: gives another contract than that of 2026-12-01"
    )
    flow.drop_older_captures()
    _a_new_value(flow)


def _a_new_value(flow: Flow) -> None:
    done = flow.follow(
        judge=[(CREATE, {**body(), "chat_type": value}) for value in ("department", "everyone")],
        call=[(CREATE, {**TARGET, "text": "x", "chat_type": "department"})],
    )
    now = '["single", "group", "department"]'
    assert done.news == [f'rule chat_type.enum: ["single", "group"] → {now}']
    assert verdicts(done.judged) == [SERVED, refused("chat_type.enum")]
    assert done.called[0]["sent"] == [{**body(), "chat_type": "department"}]
    assert 'Literal["single", "group", "department"]' in flow.text("generated/wecom_client/operations.py")
    assert "| `chat_type` | `single` or `group` or `department` |" in flow.page(CREATE)
    assert done.changes == [(f"changed: {CREATE}.chat_type: single|group → single|group|department", ())]
    assert done.bump == "minor"


def test_a_field_that_becomes_required(flow: Flow) -> None:
    flow.correct({"target": REQUEST, "update": {"required": ["sender"]}})

    done = flow.follow(
        judge=[(CREATE, body()), (CREATE, {"external_userid": [CUSTOMER], "text": {"content": "x"}})],
        call=[(CREATE, {"external_userid": [CUSTOMER], "text": "x"})],
        parameters=["AddMsgTemplateRequest"],
    )
    assert done.document["components"]["schemas"]["AddMsgTemplateRequest"]["required"] == ["sender"]
    assert verdicts(done.judged) == [SERVED, refused("sender.required")]
    assert done.called[0]["sent"] == []
    assert "sender is missing" in done.called[0]["raised"]
    assert done.parameters["AddMsgTemplateRequest"][0] == "sender", "what is required comes first"
    client = flow.text("generated/wecom_client/operations.py")
    assert "        sender: str,\n" in client, "a type checker asks for it"
    assert "| `sender` * | string |" in flow.page(CREATE)
    assert done.changes == [(f"changed: {CREATE}.sender: optional → required", ("senders",))]
    assert done.bump == "major"


def test_a_field_of_an_answer_that_goes(flow: Flow) -> None:
    flow.correct(
        {"target": f"{SCHEMAS}.GroupmsgTask.properties.send_time", "remove": True},
    )
    done = flow.follow(parameters=["GroupmsgTask"])
    assert "send_time" not in done.parameters["GroupmsgTask"]
    assert "send_time" not in flow.page("get_groupmsg_task").split("## Answer")[1].split("```")[0]
    assert done.changes == [("removed: get_groupmsg_task answer.task_list[].send_time", ("readers",))]
    assert done.bump == "major"


PAUSE = "pause_groupmsg_send"
PAUSE_PATH = f"/cgi-bin/externalcontact/{PAUSE}"


def test_a_new_operation(flow: Flow) -> None:
    def media(schema: str, example: Mapping[str, Any]) -> dict[str, Any]:
        reference = {"$ref": f"#/components/schemas/{schema}"}
        return {
            "application/json": {
                "schema": reference,
                "examples": {"one": {"summary": "One", "value": example}},
            }
        }

    answer = {"errcode": 0, "errmsg": "ok", "until": 1700000000}
    operation = {
        "operationId": PAUSE,
        "tags": ["mass_message"],
        "summary": "Pause a task",
        "x-summary-zh": "暂停群发",
        **words("Holds a task back for some minutes.", "暂停群发任务"),
        "x-effect": "write",
        "x-retry": {
            "repeat": "safe",
            "en": "what waits, waits.",
            "zh": "已暂停的保持暂停。",
            "evidence": [{"source": "project", "date": "2026-11-22", "confidence": "I"}],
        },
        "externalDocs": {"url": "https://developer.work.weixin.qq.com/document/path/1"},
        "requestBody": {
            "required": True,
            "content": media("PauseGroupmsgSendRequest", {"msgid": "m", "minutes": 5}),
        },
        "responses": {"200": {"description": "Done.", "content": media("PauseGroupmsgSendResponse", answer)}},
    }
    request = {
        "x-subject": PAUSE,
        "type": "object",
        "required": ["msgid"],
        "additionalProperties": False,
        **words("What to pause.", "暂停的任务"),
        "properties": {
            "msgid": {"type": "string", "minLength": 1, **words("The task.", "任务 id")},
            "minutes": {"type": "integer", "minimum": 1, "maximum": 60, **words("How long.", "分钟数")},
        },
    }
    response = {
        "type": "object",
        "required": ["errcode"],
        **words("The answer.", "返回结果"),
        "properties": {
            "errcode": {"type": "integer", **words("0 for a success.", "返回码")},
            "errmsg": {"type": "string", **words("Its text.", "返回码描述")},
            "until": {"type": "integer", **words("When it goes on.", "恢复时间")},
        },
        "if": {"properties": {"errcode": {"const": 0}}},
        "then": {"required": ["until"]},
    }
    schemas = {"PauseGroupmsgSendRequest": request, "PauseGroupmsgSendResponse": response}
    flow.correct(
        {"target": "$.paths", "update": {PAUSE_PATH: {"post": operation}}},
        {"target": SCHEMAS, "update": schemas},
    )

    done = flow.follow(
        judge=[(PAUSE, {"msgid": "m", "minutes": 60}), (PAUSE, {"msgid": "m", "minutes": 61}), (PAUSE, {})],
        call=[(PAUSE, {"msgid": "m", "minutes": 5}), (PAUSE, {"msgid": "m", "minutes": 0})],
        parameters=[PAUSE],
        answers=[(PAUSE, answer), (PAUSE, {"errcode": 0}), (PAUSE, {"errcode": 41047})],
    )
    assert done.news[0] == f"operation {PAUSE}: added (POST {PAUSE_PATH})"
    assert verdicts(done.judged) == [
        SERVED,
        refused(f"{PAUSE}.minutes.max"),
        refused(f"{PAUSE}.msgid.required"),
    ]
    assert done.called[0] == {"sent": [{"msgid": "m", "minutes": 5}], "answer": answer}
    assert [one["example"] for one in done.judged] == [PAUSE, None, None], "nobody has written its behaviour"
    assert done.called[1]["sent"] == []
    assert {"msgid", "minutes"} <= set(done.parameters[PAUSE])
    assert done.answers == [[], ["response.required"], []]
    assert "| `minutes` | integer | How long. | 分钟数 |" in flow.page(PAUSE)
    assert f"[{PAUSE}]({PAUSE}.md)" in flow.page("README")
    assert done.changes == [(f"added: POST {PAUSE_PATH}", ())]
    assert done.bump == "minor"

    # Its golden request is the one thing that a person has to add: what it sends is a proof, and no output.
    lacking = flow.copy.pipeline("golden")
    assert (lacking.returncode, lacking.stderr.endswith(f"has no call of operation {PAUSE}\n")) == (1, True)
    calls = flow.copy.root / "conformance/golden/calls.json"
    known = json.loads(calls.read_text(encoding="utf-8"))
    calls.write_text(json.dumps({**known, PAUSE: {"msgid": "任务", "minutes": 5}}), encoding="utf-8")
    assert flow.copy.pipeline("golden").stdout == f"conformance/golden/{PAUSE}.http: written anew\n"
    assert flow.text(f"conformance/golden/{PAUSE}.http").endswith('\n\n{"msgid":"任务","minutes":5}')


def test_a_page_that_is_newer_than_a_correction_is_named(flow: Flow) -> None:
    """A correction wins over every page, so one that has had its day has to be told."""
    flow.capture(("maxItems: 9\n", "maxItems: 10\n"))
    (told,) = [line for line in flow.build().splitlines() if "newer than" in line]
    assert told == (
        f"page of {NEWEST}: says attachments.maxItems 10, newer than the 9 of attachments.max-items "
        "(50-limits.overlay.yaml)"
    )
    assert (flow.copy.root / CAPTURE).is_file()
