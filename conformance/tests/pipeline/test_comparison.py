"""What became of an API between two documents, and whom each change breaks."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.comparison import bump, compare, lines
from pipeline.config import load_api
from pipeline.contract import named_document

ROOT = Path(__file__).resolve().parents[3]
Edit = Callable[[dict[str, Any]], None]


def document() -> dict[str, Any]:
    """One operation with everything that can change."""
    return {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "x-faults": {"reset": {"outcome": "unknown", "retry": "later"}},
        "servers": [{"url": "https://a.example"}],
        "paths": {
            "/api/send": {
                "post": {
                    "operationId": "send",
                    "x-effect": "read",
                    "x-retry": {"repeat": "safe", "en": "a reason"},
                    "parameters": [
                        {"name": "page", "in": "query", "schema": {"type": "integer", "maximum": 10}}
                    ],
                    "requestBody": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Send"}}}
                    },
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {
                                "application/json": {
                                    "schema": {
                                        "type": "object",
                                        "required": ["id"],
                                        "properties": {
                                            "id": {"type": "string"},
                                            "state": {"enum": ["a", "b"]},
                                        },
                                    }
                                }
                            },
                        }
                    },
                }
            }
        },
        "components": {
            "schemas": {
                "Send": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["to"],
                    "properties": {
                        "to": {"type": "array", "maxItems": 9, "items": {"type": "string", "minLength": 1}},
                        "text": {"type": "string", "x-max-bytes": 100},
                        "kind": {"type": "string", "enum": ["one", "two"], "default": "one"},
                        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
                    },
                    "allOf": [{"anyOf": [{"required": ["text"]}, {"required": ["parts"]}]}],
                },
                "Part": {
                    "oneOf": [{"$ref": "#/components/schemas/Image"}],
                    "discriminator": {
                        "propertyName": "type",
                        "mapping": {"image": "#/components/schemas/Image"},
                    },
                },
                "Image": {"type": "object", "properties": {"part": {"$ref": "#/components/schemas/Part"}}},
                "Link": {"type": "object"},
            }
        },
    }


def operation(d: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = d["paths"]["/api/send"]["post"]
    return found


def body(d: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = d["components"]["schemas"]["Send"]
    return found


def fields(d: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = body(d)["properties"]
    return found


def answer(d: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation(d)["responses"]["200"]["content"]["application/json"]["schema"]
    return found


def answers(d: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation(d)["responses"]["200"]
    return found


def union(d: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = d["components"]["schemas"]["Part"]["discriminator"]["mapping"]
    return found


S, R = ("senders",), ("readers",)
# edit, line, whom it breaks, and whom the edit the other way round breaks
CASES: dict[str, tuple[Edit, str, tuple[str, ...], tuple[str, ...]]] = {
    "limit lowered": (
        lambda d: fields(d)["to"].update(maxItems=8),
        "send.to: at most 9 items → at most 8 items",
        S,
        (),
    ),
    "limit dropped": (
        lambda d: fields(d)["to"].pop("maxItems"),
        "send.to: at most 9 items → no limit",
        (),
        S,
    ),
    "byte limit lowered": (
        lambda d: fields(d)["text"].update({"x-max-bytes": 99}),
        "send.text: at most 100 bytes → at most 99 bytes",
        S,
        (),
    ),
    "least length raised": (
        lambda d: fields(d)["to"]["items"].update(minLength=2),
        "send.to[]: at least 1 characters → at least 2 characters",
        S,
        (),
    ),
    "field added": (lambda d: fields(d).update(new={"type": "string"}), "send.new: string", (), S),
    "field becomes required": (
        lambda d: body(d)["required"].append("text"),
        "send.text: optional → required",
        S,
        (),
    ),
    "required field added": (
        lambda d: (fields(d).update(new={"type": "string"}), body(d)["required"].append("new"))[0],
        "send.new: string, required",
        S,
        S,
    ),
    "type widened": (
        lambda d: fields(d)["text"].update(type=["string", "null"]),
        "send.text: string → null or string",
        (),
        S,
    ),
    "type dropped": (
        lambda d: fields(d)["text"].pop("type"),
        "send.text: string → anything",
        (),
        S,
    ),
    "any number": (
        lambda d: operation(d)["parameters"][0]["schema"].update(type="number"),
        "send query page: integer → number",
        (),
        S,
    ),
    "type of an answer dropped": (
        lambda d: answer(d)["properties"]["id"].pop("type"),
        "send answer.id: string → anything",
        R,
        (),
    ),
    "type changed": (lambda d: fields(d)["text"].update(type="integer"), "send.text: string → integer", S, S),
    "value added": (
        lambda d: fields(d)["kind"]["enum"].append("three"),
        "send.kind: one|two → one|two|three",
        (),
        S,
    ),
    "values dropped": (lambda d: fields(d)["kind"].pop("enum"), "send.kind: one|two → any value", (), S),
    "value replaced": (
        lambda d: fields(d)["kind"].update(enum=["one", "six"]),
        "send.kind: one|two → one|six",
        S,
        S,
    ),
    "kind added": (lambda d: union(d).update(link="#/components/schemas/Link"), "send.parts[] link", (), S),
    "condition dropped": (lambda d: body(d).pop("allOf"), "send: the condition allOf", (), S),
    "condition changed": (
        lambda d: body(d)["allOf"][0]["anyOf"].pop(),
        "send: the condition allOf",
        S,
        S,
    ),
    "pattern added": (lambda d: fields(d)["text"].update(pattern="a"), "send.text: pattern none → a", S, ()),
    "opened": (lambda d: body(d).pop("additionalProperties"), "send: unknown fields are allowed", (), S),
    "parameter limit raised": (
        lambda d: operation(d)["parameters"][0]["schema"].update(maximum=11),
        "send query page: at most 10 → at most 11",
        (),
        S,
    ),
    "parameter becomes required": (
        lambda d: operation(d)["parameters"][0].update(required=True),
        "send query page: optional → required",
        S,
        (),
    ),
    "parameter removed": (lambda d: operation(d)["parameters"].clear(), "send query page", S, ()),
    "answer field added": (
        lambda d: answer(d)["properties"].update(new={"type": "string"}),
        "send answer.new: string",
        (),
        R,
    ),
    "answer field becomes optional": (
        lambda d: answer(d)["required"].clear(),
        "send answer.id: required → optional",
        R,
        (),
    ),
    "answer value added": (
        lambda d: answer(d)["properties"]["state"]["enum"].append("c"),
        "send answer.state: a|b → a|b|c",
        R,
        (),
    ),
    "answer type changed": (
        lambda d: answer(d)["properties"]["id"].update(type="integer"),
        "send answer.id: string → integer",
        R,
        R,
    ),
    "status added": (
        lambda d: operation(d)["responses"].update({"400": {"description": ""}}),
        "send answer 400",
        R,
        R,
    ),
    "operation added": (
        lambda d: d["paths"].update({"/api/new": {"get": {"responses": {}}}}),
        "GET /api/new",
        (),
        ("senders", "readers"),
    ),
    "limit becomes exclusive": (
        lambda d: fields(d)["to"]["items"].update(exclusiveMinimum=0),
        "send.to[]: no limit → at least 0 (excluded)",
        S,
        (),
    ),
    "step added": (
        lambda d: operation(d)["parameters"][0]["schema"].update(multipleOf=5),
        "send query page: multipleOf none → 5",
        S,
        (),
    ),
    "default changed": (
        lambda d: fields(d)["kind"].update(default="two"),
        "send.kind: default one → two",
        S,
        S,
    ),
    "default written down": (
        lambda d: fields(d)["text"].update(default="hi"),
        "send.text: default none → hi",
        (),
        S,
    ),
    "body becomes required": (
        lambda d: operation(d)["requestBody"].update(required=True),
        "send body: optional → required",
        S,
        (),
    ),
    "another kind of body": (
        lambda d: operation(d)["requestBody"].update(
            content={
                "application/x-www-form-urlencoded": operation(d)["requestBody"]["content"][
                    "application/json"
                ]
            }
        ),
        "send: application/json → application/x-www-form-urlencoded",
        S,
        S,
    ),
    "one more kind of body": (
        lambda d: operation(d)["requestBody"]["content"].update(
            {"text/json": operation(d)["requestBody"]["content"]["application/json"]}
        ),
        "send: application/json → application/json or text/json",
        (),
        S,
    ),
    "another kind of answer": (
        lambda d: operation(d)["responses"]["200"].update(
            content={"text/json": operation(d)["responses"]["200"]["content"]["application/json"]}
        ),
        "send answer: application/json → text/json",
        R,
        R,
    ),
    "credential demanded": (
        lambda d: operation(d).update(security=[{"token": []}]),
        "send: credential none → token",
        S,
        (),
    ),
    "a second credential will do": (
        lambda d: d.update(security=[{}, {"key": [], "token": []}]),
        "send: credential none → none or key and token",
        (),
        (),
    ),
    "operation renamed": (
        lambda d: operation(d).update(operationId="post"),
        "send: operationId send → post",
        S,
        S,
    ),
    "reading operation writes": (
        lambda d: operation(d).update({"x-effect": "write"}),
        "send: x-effect read → write",
        S,
        S,
    ),
    "repeating becomes unsafe": (
        lambda d: operation(d).update({"x-retry": {"repeat": "unsafe", "en": "another reason"}}),
        "send: x-retry safe → unsafe",
        S,
        S,
    ),
    "a fault means something else": (
        lambda d: d["x-faults"]["reset"].update(outcome="not sent", pause=9),
        "fault reset: unknown, retry later → not sent, retry later, after 9 s",
        S,
        S,
    ),
    "a fault more": (
        lambda d: d["x-faults"].update(late={"outcome": "unknown", "retry": "never"}),
        "fault late: unknown, retry never",
        (),
        S,
    ),
    "server changed": (
        lambda d: d.update(servers=[{"url": "https://b.example"}]),
        "server: https://a.example → https://b.example",
        S,
        S,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_told_once_with_whom_it_breaks_either_way(case: str) -> None:
    edit, line, forth, back = CASES[case]
    old, new = document(), document()
    edit(new)
    (change,) = compare(old, new)
    assert f"{change.place}{': ' + change.what if change.what else ''}" == line
    assert change.breaks == forth
    assert bump([change]) == ("major" if forth else "minor")
    (reverse,) = compare(new, old)
    assert reverse.breaks == back
    assert {change.kind, reverse.kind} in ({"added", "removed"}, {"changed"})


def test_what_describes_a_file_is_compared() -> None:
    documents = []
    for size in (5, 6):
        one = document()
        fields(one)["file"] = {
            "type": "string",
            "format": "binary",
            "x-part": {"$ref": "#/components/schemas/F"},
        }
        size_of = {"filelength": {"type": "integer", "minimum": size}}
        one["components"]["schemas"]["F"] = {"type": "object", "properties": size_of}
        documents.append(one)
    (change,) = compare(*documents)
    assert (change.place.endswith("file.filelength"), change.breaks) == (True, ("senders",))


def test_texts_and_examples_and_our_own_keywords_are_no_change() -> None:
    old, new = document(), document()
    fields(new)["text"].update({"description": "other", "x-rules": {"type": {"id": "a"}}, "examples": ["x"]})
    assert compare(old, new) == []
    assert bump([]) == "patch"
    assert list(lines([])) == ["breaking: nothing", "not breaking: nothing", "version bump: patch"]


def test_elements_that_get_a_schema() -> None:
    old, new = document(), document()
    fields(old)["to"]["items"] = {"type": "string"}
    fields(new)["to"].pop("items")
    assert [(change.place, change.breaks) for change in compare(old, new)] == [("send.to[]", ())]
    assert [(change.place, change.breaks) for change in compare(new, old)] == [("send.to[]", S)]


def test_what_is_referred_to_is_compared_where_it_is_used() -> None:
    """Parameters, bodies and answers of a document may stand among its components."""
    old = document()
    post = operation(old)
    parts = {
        "parameters": post["parameters"][0],
        "requestBodies": post["requestBody"],
        "responses": answers(old),
    }
    moved = copy.deepcopy(old)
    moved["components"] |= {name: {"It": copy.deepcopy(part)} for name, part in parts.items()}
    operation(moved).update(
        parameters=[{"$ref": "#/components/parameters/It"}],
        requestBody={"$ref": "#/components/requestBodies/It"},
        responses={"200": {"$ref": "#/components/responses/It"}},
    )
    assert compare(old, moved) == compare(moved, old) == []
    moved["components"]["parameters"]["It"]["schema"]["maximum"] = 9
    moved["components"]["requestBodies"]["It"]["required"] = True
    moved["components"]["responses"]["It"]["content"]["application/json"]["schema"]["required"] = []
    assert [change.place for change in compare(old, moved)] == [
        "send query page",
        "send body",
        "send answer.id",
    ]


# Planted one by one in the contract itself: place in it, edit, the place that is named, and whom it breaks.
BREAKS: dict[str, tuple[str, Callable[[Any], Any], str, tuple[str, ...]]] = {
    "removed operation": (
        "paths",
        lambda d: d.pop("/cgi-bin/externalcontact/remind_groupmsg_send"),
        "POST /cgi-bin/externalcontact/remind_groupmsg_send",
        ("senders", "readers"),
    ),
    "removed property": (
        "components.schemas.AddMsgTemplateRequest.properties",
        lambda d: d.pop("tag_filter"),
        "add_msg_template.tag_filter",
        S,
    ),
    "removed property of a kind": (
        "components.schemas.Link.properties",
        lambda d: d.pop("picurl"),
        "add_msg_template.attachments[] link.link.picurl",
        S,
    ),
    "removed kind": (
        "components.schemas.Attachment",
        lambda d: (d["discriminator"]["mapping"].pop("video"), d["oneOf"].pop(3)),
        "add_msg_template.attachments[] video",
        S,
    ),
    "new required property": (
        "components.schemas.Link",
        lambda d: (d["properties"].update(by={"type": "string"}), d["required"].append("by")),
        "add_msg_template.attachments[] link.link.by",
        S,
    ),
    "property becomes required": (
        "components.schemas.GetGroupmsgTaskRequest.required",
        lambda d: d.append("cursor"),
        "get_groupmsg_task.cursor",
        S,
    ),
    "narrowed enum": (
        "components.schemas.AddMsgTemplateRequest.properties.chat_type.enum",
        lambda d: d.remove("group"),
        "add_msg_template.chat_type",
        S,
    ),
    "lowered limit": (
        "components.schemas.AddMsgTemplateRequest.properties.attachments",
        lambda d: d.update(maxItems=8),
        "add_msg_template.attachments",
        S,
    ),
    "lowered limit of bytes": (
        "components.schemas.Miniprogram.properties.title",
        lambda d: d.update({"x-max-bytes": 63}),
        "add_msg_template.attachments[] miniprogram.miniprogram.title",
        S,
    ),
    "raised least number": (
        "components.schemas.GetGroupmsgTaskRequest.properties.limit",
        lambda d: d.update(minimum=2),
        "get_groupmsg_task.limit",
        S,
    ),
    "limit where none was": (
        "components.schemas.TagFilter.properties.group_list",
        lambda d: d.update(maxItems=100),
        "add_msg_template.tag_filter.group_list",
        S,
    ),
    "type change": (
        "components.schemas.AddMsgTemplateRequest.properties.sender",
        lambda d: d.update(type="integer"),
        "add_msg_template.sender",
        S,
    ),
    "other pattern": (
        "components.schemas.Link.properties.url",
        lambda d: d.update(pattern="^https://"),
        "add_msg_template.attachments[] link.link.url",
        S,
    ),
    "stricter condition": (
        "components.schemas.AddMsgTemplateRequest.allOf",
        lambda d: d[0]["anyOf"].pop(),
        "add_msg_template",
        S,
    ),
    "query parameter becomes required": (
        "paths./cgi-bin/gettoken.get.parameters",
        lambda d: d.append({"name": "v", "in": "query", "required": True, "schema": {"type": "string"}}),
        "gettoken query v",
        S,
    ),
    "another method": (
        "paths./cgi-bin/externalcontact/get_groupmsg_task",
        lambda d: d.update(put=d.pop("post")),
        "POST /cgi-bin/externalcontact/get_groupmsg_task",
        ("senders", "readers"),
    ),
    "removed answer field": (
        "components.schemas.AddMsgTemplateResponse.properties",
        lambda d: d.pop("fail_list"),
        "add_msg_template answer.fail_list",
        R,
    ),
    "answer field may stay away": (
        "components.schemas.AddMsgTemplateResponse.then.required",
        lambda d: d.remove("msgid"),
        "add_msg_template answer",
        R,
    ),
    "type change in an answer": (
        "components.schemas.GroupmsgTask.properties.status",
        lambda d: d.update(type="string"),
        "get_groupmsg_task answer.task_list[].status",
        R,
    ),
    "answer may be null": (
        "components.schemas.GroupmsgTask.properties.userid",
        lambda d: d.update(type=["string", "null"]),
        "get_groupmsg_task answer.task_list[].userid",
        R,
    ),
}


@pytest.mark.parametrize("case", BREAKS)
def test_a_break_planted_in_the_contract_is_found(contract: Any, case: str) -> None:
    place, edit, named, breaks = BREAKS[case]
    new = copy.deepcopy(contract)
    node = new
    for step in steps(place):
        node = node[step]
    edit(node)
    assert compare(contract, contract) == []
    found = [change for change in compare(contract, new) if change.breaks]
    assert {(change.place, change.breaks) for change in found} == {(one, breaks) for one in everywhere(named)}
    assert bump(found) == "major"


def everywhere(named: str) -> set[str]:
    """``named``, and where it is a part of an attachment, the same part in every call that takes it."""
    attachment = "add_msg_template.attachments[] "
    if not named.startswith(attachment):
        return {named}
    kind, _, field = named.removeprefix(attachment).partition(".")
    places = {named, f"send_welcome_msg.attachments[] {kind}{f'.{field}' if field else ''}"}
    return places | {f"group_welcome_template_{call}.{field}" for call in ("add", "edit") if field}


def test_two_calls_whose_paths_end_alike_are_told_apart(contract: Any) -> None:
    new = copy.deepcopy(contract)
    for path in ("list", "groupchat/list"):
        new["paths"][f"/cgi-bin/externalcontact/{path}"].popitem()[1]
    found = {change.place for change in compare(contract, new)}
    assert found == {
        f"{m} /cgi-bin/externalcontact/{p}" for m, p in (("GET", "list"), ("POST", "groupchat/list"))
    }
    new = copy.deepcopy(contract)
    new["components"]["schemas"]["GroupchatListRequest"]["properties"]["limit"]["maximum"] = 5
    (userid,) = new["paths"]["/cgi-bin/externalcontact/list"]["get"]["parameters"]
    userid["schema"]["minLength"] = 2
    found = {change.place for change in compare(contract, new)}
    assert found == {"groupchat_list.limit", "externalcontact_list query userid"}


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("post_it", "post_it", "post_it"),
        (None, "post_it", "post_it"),
        ("post_it", None, "post_it"),
        (None, None, "send"),
    ],
)
def test_the_name_of_a_call_is_its_id_where_a_side_has_one(before: Any, after: Any, name: str) -> None:
    old, new = document(), document()
    CASES["kind added"][0](new)
    for one, known in ((old, before), (new, after)):
        operation(one).pop("operationId")
        operation(one).update({} if known is None else {"operationId": known})
    assert {change.place.split(".")[0] for change in compare(old, new)} == {name}


def test_a_closed_object_and_wider_values_of_an_answer_are_breaks(contract: Any) -> None:
    """Two kinds that the contract has nowhere, since its requests are closed and its answers take any value."""
    opened, limited = copy.deepcopy(contract), copy.deepcopy(contract)
    opened["components"]["schemas"]["Video"].pop("additionalProperties")
    closed = compare(opened, contract)
    assert {change.place for change in closed} == everywhere("add_msg_template.attachments[] video.video")
    assert {(change.what, change.breaks) for change in closed} == {("unknown fields are refused", S)}
    status = limited["components"]["schemas"]["GroupmsgTask"]["properties"]["status"]
    status["enum"] = [0, 2]
    wider = copy.deepcopy(limited)
    wider["components"]["schemas"]["GroupmsgTask"]["properties"]["status"]["enum"] = [0, 1, 2]
    (change,) = compare(limited, wider)
    assert (change.place, change.breaks) == ("get_groupmsg_task answer.task_list[].status", R)
    assert compare(wider, limited)[0].breaks == ()


def steps(place: str) -> list[str]:
    """``a./x/y.b`` as its steps; a path has no point in it."""
    return place.split(".")


def test_neither_document_is_touched() -> None:
    old, new = document(), document()
    CASES["kind added"][0](new)
    kept = copy.deepcopy((old, new))
    compare(old, new)
    assert (old, new) == kept


def test_the_page_between_its_two_captures() -> None:
    api = load_api(ROOT / "openapi/wecom/api.toml")
    found = compare(named_document(api, "2022-08-30"), named_document(api, "2025-11-17"))
    added = {change.place for change in found if change.kind == "added"}
    item = "add_msg_template.attachments[]"
    assert added == {
        "add_msg_template.chat_id_list",
        "add_msg_template.tag_filter",
        "add_msg_template.allow_select",
        *(f"{item}.{kind}" for kind in ("image", "link", "miniprogram", "video", "file.media_id")),
    }
    assert [(change.what, change.breaks) for change in found if change.place == f"{item}.file"] == [
        ("required → optional", ())
    ]
    assert not [change for change in found if change.kind == "removed"]
    assert bump(found) == "major"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["changes", "--from", "2022-08-30", "--to", "2025-11-17"], 0, "version bump: major"),
        (
            ["changes", "--from", "2025-11-17", "--to", "openapi/wecom/contract.yaml"],
            0,
            "version bump: major",
        ),
        (["changes", "--from", "2025-11-17", "--to", "2025-11-17"], 0, "version bump: patch"),
        (["changes", "--from", "2022-08-30", "--to", "1999-01-01"], 1, "no vendor document of 1999-01-01"),
        (["changes", "--from", "2022-08-30", "--to", "Makefile"], 1, "Makefile"),
        (["changes", "--from", "2022-08-30"], 2, "changes needs --from and --to"),
        (["check", "--from", "2022-08-30"], 2, "changes needs --from and --to"),
    ],
)
def test_the_command(arguments: list[str], code: int, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if code == 1:
        assert len(done.stderr.splitlines()) == 1
