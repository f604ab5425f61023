"""What is said of one field of a page, held against a contract as small as the question."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Api
from pipeline.errors import PipelineError
from pipeline.watch import SHOWN, watch

PATH = "/cgi-bin/t/send"
HEADS = "参数\t类型\t必须\t说明\n"
TEXT = {"type": "string"}
UNTOLD = "request of send: in the contract, and in no table of the page"

Said = Callable[..., list[str]]


@pytest.fixture
def said(api: Api, tmp_path: Path) -> Said:
    """What is said of a page whose one table has these rows, or of the page itself."""

    def run(
        schema: dict[str, Any],
        *rows: str,
        page: str | None = None,
        answer: dict[str, Any] | None = None,
        operation: dict[str, Any] | None = None,
        root: Path | None = None,
        **schemas: Any,
    ) -> list[str]:
        def content(shape: dict[str, Any]) -> dict[str, Any]:
            return {"content": {"application/json": {"schema": shape}}}

        stated = {
            "operationId": "send",
            "requestBody": content(schema),
            "responses": {"200": content(answer or {"type": "object"})},
            **(operation or {}),
        }
        components = {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "apiKey", "in": "query", "name": "key"}},
        }
        document = {"openapi": "3.1.1", "security": [{"token": []}], "components": components}
        (tmp_path / "small.json").write_text(json.dumps({**document, "paths": {PATH: {"post": stated}}}))
        capture = tmp_path / "page.txt"
        table = HEADS + "".join(f"{row}\n" for row in rows)
        capture.write_text(f"POST {PATH}\n{table}" if page is None else page, encoding="utf-8")
        profile = replace(api, contract=tmp_path / "small.json", root=root or api.root)
        return watch(profile, capture)

    return run


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def one(field: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"type": "object", "required": ["a"] if required else [], "properties": {"a": field}}


@pytest.mark.parametrize(
    ("field", "row", "line"),
    [
        ({"type": ["string", "integer"]}, "a\tboolean\t否\t", "boolean, the contract integer or string"),
        ({"type": ["string", "null"]}, "a\tarray\t否\t", "array, the contract string"),
        (
            {"type": "string", "maxLength": 5},
            "a\t\t\t最多6个字符",
            "at most 6 characters, the contract at most 5 characters",
        ),
        (
            {"type": "string", "x-max-bytes": 5},
            "a\t\t\t最多6个字节",
            "at most 6 bytes, the contract at most 5 bytes",
        ),
        (
            {"type": "array", "items": {}, "maxItems": 5},
            "a\t\t\t最多6个",
            "at most 6 items, the contract at most 5 items",
        ),
        ({"type": "integer", "maximum": 5}, "a\t\t\t最大值为6", "at most 6, the contract at most 5"),
        (
            {"type": "integer", "default": 5},
            "a\t\t\t默认为6",
            "default 6, the contract default 5",
        ),
        (
            {"type": "string", "default": "x"},
            "a\t\t\t默认为y",
            "default y, the contract default x",
        ),
        ({"type": "boolean"}, "a\t\t\t默认为true", "default true, the contract no such limit"),
    ],
)
def test_a_field_that_differs(field: dict[str, Any], row: str, line: str, said: Said) -> None:
    assert said(one(field), row) == ["table 1: request of send", f"  a: the page says {line}"]


@pytest.mark.parametrize(
    ("field", "row"),
    [
        ({"type": ["string", "integer"]}, "a\tinteger\t否\t"),
        ({}, "a\tboolean\t否\t"),
        (TEXT, "a\t\t\t"),
        (TEXT, "a\tstring\t否\t"),
        (TEXT, "a[]\tstring\t否\t"),
        ({"type": "string", "default": "x"}, "a\t\t\t默认为x"),
        ({"type": "boolean", "default": False}, "a\t\t\t默认为false"),
        ({"type": "integer", "enum": [1, 2], "const": 3}, "a\t\t\t1表示甲，2表示乙，3表示丙"),
        (TEXT, "a\t\t\t1表示甲"),
    ],
)
def test_a_field_that_does_not(field: dict[str, Any], row: str, said: Said) -> None:
    assert said(one(field), row) == []


def test_values_are_told_once_and_in_order(said: Said) -> None:
    lines = said(one({"enum": ["b", "a"], "const": "c"}), "a\t\t\t可选值：a、y或者x，y表示乙")
    assert lines[1:] == ["  a: the page has the values y, x, the contract a, b, c"]


def test_required_both_ways(said: Said) -> None:
    assert said(one(TEXT, required=True), "a\t\t否\t")[1:] == [
        "  a: the page says optional, the contract required"
    ]
    assert said(one(TEXT), "a\t\t是\t")[1:] == ["  a: the page says required, the contract optional"]
    assert said(one(TEXT, required=True), "a\t\t是\t") == []
    conditional = {**one(TEXT), "if": {"required": ["b"]}, "then": {"required": ["a"]}}
    assert said(conditional, "a\t\t是\t") == []


def test_limits_of_several_kinds_are_all_told(said: Said) -> None:
    def kind(tag: str, most: int, *more: str) -> dict[str, Any]:
        properties = {"k": {"const": tag}, "a": {"type": "string", "maxLength": most}}
        return {"type": "object", "required": ["k", *more], "properties": properties}

    either = {"oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "k"}}
    kinds = {"A": kind("one", 9, "a"), "B": kind("two", 5)}
    assert said(either, "k\t\t是\t", "a\t\t否\t最多6个字符", **kinds)[1:] == [
        "  a: the page says at most 6 characters, the contract at most 5 characters or at most 9 characters"
    ]
    assert said(either, "k\t\t否\tthree表示丙", "a\t\t是\t", **kinds)[1:] == [
        "  k: the page says optional, the contract required",
        "  k: the page has the values three, the contract one, two",
        "  a: the page says required, the contract optional",
    ]


def test_a_limit_without_words_of_ours(said: Said, api: Api, tmp_path: Path) -> None:
    words = (api.root / "page.toml").read_text(encoding="utf-8")
    own = words.replace("[patterns]", "[patterns]\nminItems = ['至少{n}个']", 1)
    (tmp_path / "page.toml").write_text(own, encoding="utf-8")
    assert said(one(TEXT), "a\t\t\t至少3个", root=tmp_path)[1:] == [
        "  a: the page says minItems 3, the contract no such limit"
    ]
    page = f"POST {PATH}\n{HEADS}a\t\t\t\n至少3个\n"
    assert said(one(TEXT), page=page, root=tmp_path) == [
        "outside of the tables",
        "  minItems 3, which no limit of the contract is: 至少3个",
    ]


ROWS = {"type": "object", "properties": {"b": TEXT, "c": TEXT}}


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (("list.b\t\t\t", "list.c\t\t\t"), []),
        (("list[].b\t\t\t", "c\t\t\t"), []),
        (("list\t\t\t", "b\t\t\t", "list.c\t\t\t"), []),
        (("list\t\t\t",), ["list.b", "list.c"]),
        (("list.b\t\t\t",), ["list.c"]),
        ((), []),
    ],
)
def test_fields_within_a_list(rows: tuple[str, ...], missing: list[str], said: Said) -> None:
    schema = {"type": "object", "properties": {"list": {"type": "array", "items": ROWS}}}
    assert said(schema, *rows) == ([UNTOLD, *(f"  {name}" for name in missing)] if missing else [])


def test_a_list_that_is_not_there_is_told_without_what_is_in_it(said: Said) -> None:
    properties = {"list": {"type": "array", "items": ROWS}, "listed": TEXT}
    assert said({"type": "object", "properties": properties}, "listed\t\t\t") == [UNTOLD, "  list"]


def test_a_list_has_its_own_type_and_limits_and_the_values_of_its_members(said: Said) -> None:
    item = {"type": "string", "enum": ["x"], "maxLength": 3, "maxItems": 3}
    schema = one({"type": "array", "maxItems": 9, "items": item}, required=True)
    assert said(schema, "a\tarray\t是\t最多9个，x表示甲") == []
    assert said(schema, "a\tstring\t否\t最多3个，y表示乙")[1:] == [
        "  a: the page says optional, the contract required",
        "  a: the page says string, the contract array",
        "  a: the page says at most 3 items, the contract at most 9 items",
        "  a: the page has the values y, the contract x",
    ]


def test_a_name_that_two_fields_end_with_is_none_of_them(said: Said) -> None:
    schema = {"type": "object", "properties": {"m": ROWS, "n": ROWS}}
    assert said(schema, "m.b\t\t\t", "c\t\t\t", "n\t\t\t", "m.c\t\t\t", "n.b\t\t\t", "n.c\t\t\t") == [
        "table 1: request of send",
        "  c: the contract has no such field",
    ]


def test_a_schema_within_itself(said: Said) -> None:
    node = {"type": "object", "properties": {"a": TEXT, "next": ref("Node"), "also": ref("Leaf")}}
    assert said(ref("Node"), "a\t\t\t", "also\t\t\t", "next\t\t\t", Node=node, Leaf=TEXT) == [
        "table 1: request of send",
        "  next: the contract has no such field",
    ]


def test_the_query(said: Said) -> None:
    """The token may be told elsewhere, a parameter of the call may not."""
    limit = {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}}
    stated = {"parameters": [limit, {**limit, "name": "page", "required": False}]}
    assert said(one(TEXT), "a\t\t\t", operation=stated) == [UNTOLD, "  limit", "  page"]
    told = ("a\t\t\t", "limit\tint\t是\t", "page\tint\t否\t")
    assert said(one(TEXT), *told, "key\tstring\t是\t", operation=stated) == []
    assert said(one(TEXT), *told, "key\tint\t否\t", operation=stated)[1:] == [
        "  key: the page says optional, the contract required",
        "  key: the page says integer, the contract string",
    ]
    open_to_all = {**stated, "security": []}
    assert said(one(TEXT), *told, "key\tstring\t是\t", operation=open_to_all)[1:] == [
        "  key: the contract has no such field"
    ]


def test_an_answer(said: Said) -> None:
    page = f"POST {PATH}\n返回结果\n{HEADS}a\tint\t否\t\n"
    answer = {"type": "object", "required": ["a"], "properties": {"a": TEXT, "b": TEXT}}
    assert said(one(TEXT), page=page, answer=answer) == [
        "table 1: answer of send",
        "  a: the page says optional, the contract required",
        "  a: the page says integer, the contract string",
        "answer of send: in the contract, and in no table of the page",
        "  b",
    ]


def test_a_table_above_every_call(said: Said) -> None:
    page = f"{HEADS}a\t\t\t\n以上。\nPOST {PATH}\n{HEADS}a\t\t\t\n"
    assert said(one(TEXT), page=page) == ["table 1: no call is named above it, so it is held against nothing"]


@pytest.mark.parametrize("length", [SHOWN, SHOWN + 1])
def test_a_long_name_is_cut(length: int, said: Said) -> None:
    name = "n" * length
    shown = name if length == SHOWN else "n" * 80 + "…"
    assert said(one(TEXT), "a\t\t\t", f"{name}\t\t\t")[1:] == [f"  {shown}: the contract has no such field"]


def test_a_page_without_a_call_of_the_contract(said: Said, tmp_path: Path) -> None:
    with pytest.raises(PipelineError) as caught:
        said(one(TEXT), page=f"POST {PATH}s\n")
    where = tmp_path / "page.txt"
    assert str(caught.value) == f"{where}: names no call of the contract: is it the whole page?"


def test_numbers_outside_of_the_tables(said: Said) -> None:
    page = f"POST {PATH}\n{HEADS}a\t\t\t\n最多9个\n最多9个\n最大值为7\n默认为x，最多5个字符\n"
    field = {"type": "string", "maxLength": 5}
    assert said(one(field), page=page) == [
        "outside of the tables",
        "  at most 9 items, which no limit of the contract is: 最多9个",
        "  at most 7, which no limit of the contract is: 最大值为7",
    ]


def test_a_call_without_a_body_and_an_answer_without_content(said: Said) -> None:
    page = f"GET {PATH}\n{HEADS}a\t\t\t\n返回结果\n{HEADS}b\t\t\t\n"
    stated = {"requestBody": {}, "responses": {"200": {"description": "d"}}, "security": []}
    assert said({}, page=page, operation=stated) == [
        "table 1: request of send",
        "  a: the contract has no such field",
        "table 2: answer of send",
        "  b: the contract has no such field",
    ]
