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
        "servers": [{"url": "https://a.example"}],
        "paths": {
            "/api/send": {
                "post": {
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
                        "kind": {"type": "string", "enum": ["one", "two"]},
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
