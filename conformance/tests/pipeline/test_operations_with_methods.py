"""Which operations get a method of the client: those of a query, a JSON body or one file, and of one answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from small_contract import contract, make, ref

JSON_BODY = {"application/json": {"schema": ref("Request")}}
OTHER_BODY = {"application/x-www-form-urlencoded": {"schema": ref("Request")}}
FORM = "multipart/form-data"
ANSWER = {"description": "d", "content": {"application/json": {"schema": ref("Reply")}}}
FILE = {"type": "string", "format": "binary"}
FORMS: dict[str, dict[str, Any]] = {
    "OneFile": {"type": "object", "required": ["media"], "properties": {"media": FILE}},
    "MaybeFile": {"type": "object", "properties": {"media": FILE}},
    "TwoFiles": {
        "type": "object",
        "required": ["media", "more"],
        "properties": {"media": FILE, "more": FILE},
    },
    "NoFile": {"type": "object", "required": ["media"], "properties": {"media": {"type": "string"}}},
}


def parameter(place: str) -> dict[str, Any]:
    return {"name": "n", "in": place, "required": place == "path", "schema": {"type": "string"}}


def form(name: str) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {FORM: {"schema": ref(name)}}}}


def answers(*statuses: str, content: Any = ANSWER["content"]) -> dict[str, Any]:
    return {"responses": {status: {**ANSWER, "content": content} for status in statuses}}


WITH: dict[str, dict[str, Any]] = {
    "with_nothing": {},
    "with_query": {"parameters": [parameter("query")]},
    "with_json": {"requestBody": {"required": True, "content": JSON_BODY}},
    "with_one_file": form("OneFile"),
}
WITHOUT: dict[str, dict[str, Any]] = {
    "of_path": {"parameters": [parameter("path")]},
    "of_header": {"parameters": [parameter("header")]},
    "of_cookie": {"parameters": [parameter("cookie")]},
    "of_two_answers": answers("200", "201"),
    "of_list": answers(
        "200", content={"application/json": {"schema": {"type": "array", "items": ref("Reply")}}}
    ),
    "of_two_bodies": {"requestBody": {"required": True, "content": {**JSON_BODY, **OTHER_BODY}}},
    "of_other_body": {"requestBody": {"required": True, "content": OTHER_BODY}},
    "of_list_body": {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "array", "items": ref("Request")}}},
        }
    },
    "of_maybe_file": form("MaybeFile"),
    "of_two_files": form("TwoFiles"),
    "of_no_file": form("NoFile"),
}


def test_all_have_functions_and_these_a_method(tmp_path: Path) -> None:
    document = contract(**FORMS)
    for name, changed in {**WITH, **WITHOUT}.items():
        path = f"/{name}/{{n}}" if name == "of_path" else f"/{name}"
        operation = {"operationId": name, "tags": ["t"], "x-effect": "write", **answers("200"), **changed}
        document["paths"][path] = {"post": operation}
    make(document, tmp_path / "made")
    functions = {file.stem for file in (tmp_path / "made" / "api" / "t").glob("*.py")}
    assert functions == {"__init__", "op", *WITH, *WITHOUT}
    table = (tmp_path / "made" / "operations.py").read_text(encoding="utf-8")
    assert re.findall(r"^    (\w+)\.id: \1,$", table, re.MULTILINE) == ["OP", *map(str.upper, WITH)]
    methods = re.findall(r"^    (?:async )?def ([a-z]\w+)\(", table, re.MULTILINE)
    assert list(dict.fromkeys(methods)) == ["op", *WITH]
