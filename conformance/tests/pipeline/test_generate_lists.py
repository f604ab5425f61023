"""Generation of what goes beyond OpenAPI: lists page by page, numbers with names, times in seconds."""

from __future__ import annotations

import ast
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from small_contract import contract, make, ref
from test_generate import names_of_own

from pipeline.errors import PipelineError
from pipeline.mangled import CLASHING_CLASSES, CLASHING_FIELDS

TEXT = {"type": "string"}
TIME = {"type": "integer", "format": "unix-time"}
WINDOW = {"from": "since", "to": "until", "seconds": 60, "key": "code"}
KINDS = {
    "class": "RowKind",
    "values": [
        {"value": 0, "name": "PLAIN", "en": "Plain.", "zh": "普通"},
        {"value": 7, "name": "ODD", "en": "Odd.", "zh": "奇怪"},
    ],
}

Change = Callable[[dict[str, Any]], None]


def paged(**changed: Any) -> dict[str, Any]:
    """The small contract with an operation that answers page by page."""
    document = contract(
        Request={
            "type": "object",
            "properties": {
                "limit": {"type": "integer"},
                "cursor": TEXT,
                "since": TIME,
                "until": TIME,
            },
        },
        Reply={
            "type": "object",
            "required": ["ret"],
            "properties": {
                "ret": {"type": "integer"},
                "after": TEXT,
                "rows": {"type": "array", "items": ref("Row")},
                "words": {"type": "array", "items": TEXT},
                "total": {"type": "integer"},
            },
        },
        Row={
            "type": "object",
            "required": ["code"],
            "properties": {"code": TEXT, "kind": {"type": "integer", "x-values": KINDS}, "made": TIME},
        },
    )
    stated = {"cursor": "cursor", "limit": "limit", "next": "after", "rows": "rows", "window": WINDOW}
    operation = document["paths"]["/p"]["post"]
    operation.update({"operationId": "get_op", "x-pagination": {**stated, **changed}})
    return document


def methods(file: Path) -> dict[str, dict[str, list[str]]]:
    """By class, the keywords of every method that goes through pages."""
    return {
        node.name: {
            each.name: [one.arg for one in each.args.kwonlyargs]
            for each in node.body
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name.startswith("iter_")
        }
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    }


def test_a_list_has_a_method_that_takes_no_cursor(tmp_path: Path) -> None:
    make(paged(), tmp_path / "made")
    found = methods(tmp_path / "made" / "operations.py")
    keywords = ["limit", "since", "until", "timeout"]
    assert found == {"SyncOperations": {"iter_op": keywords}, "AsyncOperations": {"iter_op": keywords}}
    raw = methods(tmp_path / "made" / "raw_operations.py")
    assert raw == {"SyncRawOperations": {}, "AsyncRawOperations": {}}, (
        "an answer of many pages has no one status"
    )


def test_without_pages_there_is_no_such_method(tmp_path: Path) -> None:
    make(contract(), tmp_path / "made")
    assert methods(tmp_path / "made" / "operations.py") == {"SyncOperations": {}, "AsyncOperations": {}}


PAGES: dict[str, tuple[dict[str, Any], str]] = {
    "rows that are not there": ({"rows": "lines"}, "x-pagination: lines is no list of its answer"),
    "rows that are a number": ({"rows": "total"}, "x-pagination: total is no list of its answer"),
    "a next that is not there": ({"next": "more"}, "x-pagination: more is no text of its answer"),
    "a next that is a number": ({"next": "total"}, "x-pagination: total is no text of its answer"),
    "a cursor that is not there": ({"cursor": "page"}, "x-pagination: page is no field of its request"),
    "a limit that is not there": ({"limit": "size"}, "x-pagination: size is no field of its request"),
    "a start that is not there": (
        {"window": {**WINDOW, "from": "start"}},
        "x-pagination: start is no field of its request",
    ),
    "an end that is not there": (
        {"window": {**WINDOW, "to": "end"}},
        "x-pagination: end is no field of its request",
    ),
    "a key that is not there": (
        {"window": {**WINDOW, "key": "name"}},
        "x-pagination: name is no field of a row",
    ),
    "a key of rows that are texts": ({"rows": "words"}, "x-pagination: code is no field of a row"),
}


@pytest.mark.parametrize(("changed", "message"), PAGES.values(), ids=PAGES.keys())
def test_pages_that_can_not_be_gone_through(changed: dict[str, Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(PipelineError) as caught:
        make(paged(**changed), tmp_path / "made")
    assert str(caught.value) == f"POST /p: {message}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("field", "renamed"), [("rows", "list"), ("next", "nextCursor"), ("next", "next"), ("code", "rowCode")]
)
def test_what_is_read_by_its_name_must_keep_it_in_python(field: str, renamed: str, tmp_path: Path) -> None:
    document = paged(**({"window": {**WINDOW, "key": renamed}} if field == "code" else {field: renamed}))
    properties = document["components"]["schemas"]["Row" if field == "code" else "Reply"]["properties"]
    properties[renamed] = properties.pop("after" if field == "next" else field)
    document["components"]["schemas"]["Row"]["required"] = []
    with pytest.raises(PipelineError) as caught:
        make(document, tmp_path / "made")
    assert str(caught.value) == f"POST /p: x-pagination: {renamed} has another name in Python"


def test_rows_of_texts_need_no_key(tmp_path: Path) -> None:
    document = paged(rows="words")
    del document["paths"]["/p"]["post"]["x-pagination"]["window"]
    make(document, tmp_path / "made")
    assert "-> Iterator[str]:" in (tmp_path / "made" / "operations.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("op", "its method iter_op has the name of one of get_op"),
        ("iter_op", "its method iter_op has the name of one of iter_op"),
    ],
)
def test_two_methods_of_one_name(second: str, message: str, tmp_path: Path) -> None:
    document = paged()
    document["paths"]["/q"] = {"post": {**deepcopy(document["paths"]["/p"]["post"]), "operationId": second}}
    with pytest.raises(PipelineError) as caught:
        make(document, tmp_path / "made")
    assert str(caught.value).endswith(f": {message}")
    assert "\n" not in str(caught.value)


def named(name: str = "RowKind", place: str = "Value", **changed: Any) -> Change:
    """Numbers with names at a second place."""

    def change(document: dict[str, Any]) -> None:
        stated = {**deepcopy(KINDS), "class": name, **changed}
        document["components"]["schemas"][place]["properties"]["mood"] = {
            "type": "integer",
            "x-values": stated,
        }

    return change


def time(place: str, **others: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        document["components"]["schemas"][place]["properties"].update({"seen": TIME, **others})

    return change


CLASHES: dict[str, tuple[Change, str]] = {
    "one class with other values": (
        named(values=KINDS["values"][:1]),
        r"^components\.schemas\.\w+\.\w+: the class RowKind has other values elsewhere$",
    ),
    "one class with other words": (
        named(values=[{**KINDS["values"][0], "en": "Other."}, KINDS["values"][1]]),
        r"^components\.schemas\.\w+\.\w+: the class RowKind has other values elsewhere$",
    ),
    "a class like a model": (
        named("Row"),
        r"^x-values class Row: is the name of another class; choose another$",
    ),
    "a class like one of the client's": (
        named("Unset"),
        r"^x-values class Unset: is the name of another class; choose another$",
    ),
    "a class like its own base": (
        named("IntEnum"),
        r"^x-values class IntEnum: is the name of another class; choose another$",
    ),
    "the base itself": (
        named("NamedValue"),
        r"^x-values class NamedValue: is the name of another class; choose another$",
    ),
    "a time beside its own name": (
        time("Row", seen_utc=TEXT),
        r"^Row\.seen: its property seen_utc would hide a field$",
    ),
    "a time beside its own name in other words": (
        time("Row", seenUtc=TEXT),
        r"^Row\.seen: its property seen_utc would hide a field$",
    ),
    "a field like the reader of numbers": (
        time("Row", as_value=TEXT),
        r"^Row\.as_value: the code of every model uses the name as_value itself$",
    ),
    "a field like the reader of times": (
        time("Row", as_utc=TEXT),
        r"^Row\.as_utc: the code of every model uses the name as_utc itself$",
    ),
}


@pytest.mark.parametrize(("change", "message"), CLASHES.values(), ids=CLASHES.keys())
def test_names_that_clash(change: Change, message: str, tmp_path: Path) -> None:
    document = paged()
    change(document)
    with pytest.raises(PipelineError, match=message) as caught:
        make(document, tmp_path / "made")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


NEAR: dict[str, Change] = {
    "the same class twice": named(),
    "another class": named("ValueMood", values=KINDS["values"][:1]),
    "a time beside a field with another end": time("Row", seen_utcs=TEXT),
    "a field that ends like a time": lambda document: document["components"]["schemas"]["Row"][
        "properties"
    ].update(seen=TEXT, seen_utc=TEXT),
}


@pytest.mark.parametrize("change", NEAR.values(), ids=NEAR.keys())
def test_names_that_do_not(change: Change, tmp_path: Path) -> None:
    document = paged()
    change(document)
    make(document, tmp_path / "made")
    values = ast.parse((tmp_path / "made" / "values.py").read_text(encoding="utf-8"))
    classes = [node.name for node in values.body if isinstance(node, ast.ClassDef)]
    assert classes.count("RowKind") == 1


def test_every_name_that_such_code_uses_itself_is_known_to_clash(tmp_path: Path) -> None:
    make(paged(), tmp_path / "made")
    own = names_of_own(tmp_path / "made" / "models" / "row.py")
    arguments = {"self", "key", "value", "src_dict", "additional_property"}
    of_the_contract = {"code", "kind", "made", "made_utc"}
    assert {name for name in own if name[0].islower()} - arguments - of_the_contract <= CLASHING_FIELDS
    classes: set[str] = set()
    for file in (tmp_path / "made").rglob("*.py"):
        if file.parent.name in ("models", "t") or file.name in ("operations.py", "raw_operations.py"):
            classes |= {name for name in names_of_own(file) if name[0].isupper()}
    models = {"Request", "Reply", "Value", "Row", "One", "Two", "UnknownVariant", "RowKind"}
    assert classes - models - {"GET_OP", "OPERATIONS"} <= CLASHING_CLASSES
