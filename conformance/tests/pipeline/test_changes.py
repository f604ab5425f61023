"""A change of the contract is told in one line for each operation, field and rule, and in no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import pytest

from pipeline import overlay
from pipeline.changes import changes
from pipeline.config import Api
from pipeline.contract import Built, finish, read_vendor
from pipeline.overlay import Action
from wecom_contract import OPERATIONS
from wecom_contract.data import load

SCHEMAS = "$.components.schemas"
LINK = f"{SCHEMAS}.Link"
REQUEST = f"{SCHEMAS}.AddMsgTemplateRequest"
CALLS = "/cgi-bin/externalcontact"
IN_EXAMPLES = "$..value..link.desc"

WORDS = {
    "description": "The author.",
    "x-description-zh": "作者",
    "x-evidence": [{"source": "project", "date": "2026-11-22", "confidence": "I"}],
}

Told = Callable[..., list[str]]


@pytest.fixture(scope="module")
def corrected(api: Api) -> Any:
    page = read_vendor(api.vendor_document("2025-11-17"))
    actions = [action for file in api.corrections for action in overlay.read_overlay(file)]
    return overlay.apply(page, actions, "2025-11-17")[0]


@pytest.fixture
def told(api: Api, corrected: Any, built: Mapping[str, Built]) -> Told:
    """The lines for a contract that some more corrections were applied to."""

    def run(*further: tuple[str, str, Any]) -> list[str]:
        actions = [
            Action(f"more {index}", "test", target, kind, value, "", (), None, None)
            for index, (target, kind, value) in enumerate(further)
        ]
        changed = finish(overlay.apply(corrected, actions)[0], api)
        return list(changes(built["2025-11-17"].document, changed))

    return run


@pytest.mark.parametrize(
    ("further", "lines"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(
            [(f"{REQUEST}.properties.attachments.maxItems", "update", 10)],
            ["rule attachments.max-items: 9 → 10"],
            id="a limit raised",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Text.properties.content['x-max-bytes']", "update", 2000)],
            ["rule text.content.max-bytes: 4000 → 2000"],
            id="a limit lowered",
        ),
        pytest.param(
            [(f"{LINK}.properties.desc['x-max-bytes','x-rules']", "remove", None)],
            ["rule link.desc.max-bytes: removed"],
            id="a limit dropped",
        ),
        pytest.param(
            [(f"{REQUEST}.properties.chat_type.enum", "update", "everyone")],
            ['rule chat_type.enum: ["single", "group"] → ["single", "group", "everyone"]'],
            id="a value more",
        ),
        pytest.param(
            [(f"{LINK}.properties", "update", {"author": {"type": "string", "x-max-bytes": 32, **WORDS}})],
            [
                "field Link.author: added (string)",
                "rule link.author.type: added (string)",
                "rule link.author.max-bytes: added (32)",
            ],
            id="a field more",
        ),
        pytest.param(
            [(f"{LINK}.properties.desc", "remove", None), (IN_EXAMPLES, "remove", None)],
            ["field Link.desc: removed", "rule link.desc.type: removed", "rule link.desc.max-bytes: removed"],
            id="a field less",
        ),
        pytest.param(
            [
                (f"{LINK}.properties.desc", "remove", None),
                (f"{LINK}.properties", "update", {"text": {"type": "string", **WORDS}}),
                (IN_EXAMPLES, "remove", None),
            ],
            [
                "field Link.desc: removed",
                "field Link.text: added (string)",
                "rule link.desc.type: removed",
                "rule link.desc.max-bytes: removed",
                "rule link.text.type: added (string)",
            ],
            id="a field renamed",
        ),
        pytest.param(
            [(f"{LINK}.required", "update", "desc")],
            ["field Link.desc: string → string, required", "rule link.desc.required: added"],
            id="a field becomes required",
        ),
        pytest.param(
            [(f"{SCHEMAS}.TagGroup['required','x-rules']", "remove", None)],
            [
                "field TagGroup.tag_list: list of string, required → list of string",
                "rule tag_filter.group.tag_list.required: removed",
            ],
            id="a field is no longer required",
        ),
        pytest.param(
            [(f"{REQUEST}.properties.allow_select.default", "update", True)],
            ["field AddMsgTemplateRequest.allow_select: boolean, default false → boolean, default true"],
            id="another default",
        ),
        pytest.param(
            [(f"{SCHEMAS}.GroupmsgTask.properties.userid.type", "update", "integer")],
            ["field GroupmsgTask.userid: string, required → integer, required"],
            id="another type in an answer",
        ),
        pytest.param(
            [
                ("$.paths", "update", {f"{CALLS}/stop_groupmsg_send": {}}),
                (
                    f"$.paths['{CALLS}/stop_groupmsg_send']",
                    "copy",
                    f"$.paths['{CALLS}/cancel_groupmsg_send']",
                ),
                (f"$.paths['{CALLS}/stop_groupmsg_send'].post.operationId", "update", "stop_groupmsg_send"),
            ],
            [f"operation stop_groupmsg_send: added (POST {CALLS}/stop_groupmsg_send)"],
            id="an operation more",
        ),
        pytest.param(
            [
                (f"$.paths['{CALLS}/remind_groupmsg_send']", "remove", None),
                ("$..links.remind", "remove", None),
                (f"{SCHEMAS}['RemindGroupmsgSendRequest','RemindGroupmsgSendResponse']", "remove", None),
            ],
            [
                "operation remind_groupmsg_send: removed",
                "field RemindGroupmsgSendRequest.msgid: removed",
                "field RemindGroupmsgSendResponse.errcode: removed",
                "field RemindGroupmsgSendResponse.errmsg: removed",
                "rule remind_groupmsg_send.body.type: removed",
                "rule remind_groupmsg_send.msgid.required: removed",
                "rule remind_groupmsg_send.body.unknown-field: removed",
                "rule remind_groupmsg_send.msgid.type: removed",
                "rule remind_groupmsg_send.msgid.empty: removed",
            ],
            id="an operation less",
        ),
        pytest.param(
            [(f"{REQUEST}.allOf[0].anyOf", "update", {"required": ["allow_select"]})],
            ["rule message.content.required: holds under another condition"],
            id="another condition",
        ),
        pytest.param(
            [(f"{REQUEST}.allOf[1].if.properties.chat_type.const", "update", "single")],
            ["rule sender.required-for-group: holds under another condition"],
            id="a condition on another value",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Image['x-warnings'][0].when.required[1]", "remove", None)],
            ["rule image.pic_url.ignored-with-media_id: holds under another condition"],
            id="another condition of a warning",
        ),
        pytest.param(
            [(f"{LINK}.properties.url['x-rules'].pattern.en", "update", "must begin with https://")],
            ["contract: texts, examples or evidence changed"],
            id="other words of a rule that has a limit",
        ),
        pytest.param(
            [(f"{REQUEST}.allOf[0]['x-rules'].anyOf.en", "update", "says nothing")],
            ["rule message.content.required: has neither text.content nor an attachment → says nothing"],
            id="other words of a rule that has none",
        ),
        pytest.param(
            [(f"{REQUEST}.properties.attachments['x-rules'].maxItems.errcode", "update", 40058)],
            ["errcode of attachments.max-items: 41064 → 40058"],
            id="another code",
        ),
        pytest.param(
            [("$.servers[0].url", "update", "https://qyapi.example")],
            ["server https://qyapi.weixin.qq.com: removed", "server https://qyapi.example: added"],
            id="another server",
        ),
        pytest.param(
            [("$.info.version", "update", "2.0.0")], ["version: 1.0.0 → 2.0.0"], id="another version"
        ),
        pytest.param(
            [(f"$.paths['{CALLS}/cancel_groupmsg_send'].post['x-effect']", "update", "read")],
            [f"contract.paths.{CALLS}/cancel_groupmsg_send.post.x-effect: changed"],
            id="something else that matters",
        ),
        pytest.param(
            [(f"$.paths['{CALLS}/remind_groupmsg_send'].post['x-retry'].repeat", "update", "safe")],
            ["repeating remind_groupmsg_send: unsafe → safe"],
            id="whether a call may be repeated",
        ),
        pytest.param(
            [
                ("$['x-faults'].truncated.outcome", "update", "not sent"),
                ("$['x-faults'].html.retry", "update", "never"),
                ("$['x-faults']['no-ticket'].pause", "update", 60),
            ],
            [
                "fault no-ticket: not sent, retry later, after 600 s → not sent, retry later, after 60 s",
                "fault truncated: unknown, retry later → not sent, retry later",
                "fault html: unknown, retry later → unknown, retry never",
            ],
            id="what a fault means",
        ),
        pytest.param(
            [
                ("$['x-frequency'][0].calls", "update", 5000),
                (f"$.paths['{CALLS}/add_moment_task'].post['x-frequency']", "remove", None),
                (f"{SCHEMAS}.AddMsgTemplateRequest.properties.allow_select.default", "update", True),
            ],
            [
                "field AddMsgTemplateRequest.allow_select: boolean, default false → boolean, default true",
                "frequency of each operation: 10,000 in 60 s, 150,000 in 3,600 s → "
                "5,000 in 60 s, 150,000 in 3,600 s",
                "frequency of add_moment_task: removed",
            ],
            id="how often a call may be made",
        ),
        pytest.param(
            [(f"$.paths['{CALLS}/remind_groupmsg_send'].post['x-retry'].en", "update", "another reason")],
            ["contract: texts, examples or evidence changed"],
            id="another reason",
        ),
        pytest.param(
            [(f"{SCHEMAS}.AddMsgTemplateResponse.properties.fail_list.type[1]", "remove", None)],
            ["contract.components.schemas.AddMsgTemplateResponse.properties.fail_list.type: changed"],
            id="something else in an answer",
        ),
        pytest.param(
            [(f"{SCHEMAS}.AddMsgTemplateResponse.properties.errcode['minimum','x-rules']", "remove", None)],
            ["contract.components.schemas.AddMsgTemplateResponse.properties.errcode.minimum: changed"],
            id="something less in an answer",
        ),
        pytest.param(
            [(f"{SCHEMAS}.GroupmsgTask.properties.userid", "update", {"minLength": 1})],
            ["contract.components.schemas.GroupmsgTask.properties.userid.minLength: changed"],
            id="something more in an answer",
        ),
        pytest.param(
            [(f"{LINK}.properties.title", "update", {"format": "text"})],
            ["contract.components.schemas.Link.properties.title.format: changed"],
            id="something else in a field that has the name of a keyword",
        ),
        pytest.param(
            [(f"{LINK}.description", "update", "Another card.")],
            ["contract: texts, examples or evidence changed"],
            id="a description",
        ),
        pytest.param(
            [("$..examples.created.value.errmsg", "update", "fine")],
            ["contract: texts, examples or evidence changed"],
            id="an example",
        ),
        pytest.param(
            [
                (
                    f"{REQUEST}.properties.attachments['x-rules'].maxItems.evidence[0].date",
                    "update",
                    "2025-11-18",
                )
            ],
            ["contract: texts, examples or evidence changed"],
            id="evidence",
        ),
        pytest.param(
            [
                (f"{REQUEST}.properties.attachments.maxItems", "update", 10),
                (f"{LINK}.required", "update", "desc"),
                ("$.info.version", "update", "1.1.0"),
            ],
            [
                "field Link.desc: string → string, required",
                "rule attachments.max-items: 9 → 10",
                "rule link.desc.required: added",
                "version: 1.0.0 → 1.1.0",
            ],
            id="several at once",
        ),
    ],
)
def test_lines(told: Told, further: list[tuple[str, str, Any]], lines: list[str]) -> None:
    assert told(*further) == lines


def test_the_other_way_round(api: Api, corrected: Any, built: Mapping[str, Built]) -> None:
    changed = deepcopy(corrected)
    changed["components"]["schemas"]["AddMsgTemplateRequest"]["properties"]["attachments"]["maxItems"] = 10
    lines = list(changes(finish(changed, api), built["2025-11-17"].document))
    assert lines == ["rule attachments.max-items: 10 → 9"]


def test_the_order_of_keys_is_no_change(contract: Mapping[str, Any]) -> None:
    assert list(changes(contract, dict(reversed(contract.items())))) == []


def test_the_first_contract(contract: Mapping[str, Any]) -> None:
    assert list(changes(None, contract)) == [
        f"contract: new, {len(OPERATIONS)} operations, {len(load('rules'))} rules"
    ]
