"""What the templates are told of a contract, and what of a contract no client could be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from small_contract import contract, facts_of

from pipeline.errors import PipelineError
from pipeline.facts import NamedValues, Pagination, Window

Operation = dict[str, Any]


def made(schemes: Mapping[str, Any] | None = None, /, **operation: Any) -> Operation:
    """A contract whose operation has some keywords more, or some security schemes more."""
    document = contract()
    document["paths"]["/p"]["post"].update(operation)
    document["components"]["securitySchemes"].update(schemes or {})
    return document


HEADER = {"type": "apiKey", "in": "header", "name": "X-Key"}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (made(**{"x-effect": "writes"}), "x-effect is 'writes'; it must be read or write"),
        (made(**{"x-effect": None}), "x-effect is None; it must be read or write"),
        (
            made({"other": HEADER}, security=[{"key": [], "other": []}]),
            "asks for several security schemes (key, other); the client knows one",
        ),
        (
            made({"other": HEADER}, security=[{"key": []}, {"other": []}]),
            "asks for several security schemes (key, other); the client knows one",
        ),
        (
            made(security=[{"lock": []}]),
            "security scheme lock is not among components.securitySchemes",
        ),
        (
            made({"other": HEADER}, security=[{"other": []}]),
            "security scheme other is no apiKey in the query, the only kind supported",
        ),
        (
            made({"other": {"type": "http", "in": "query", "name": "k"}}, security=[{"other": []}]),
            "security scheme other is no apiKey in the query, the only kind supported",
        ),
    ],
)
def test_what_no_client_could_do_is_one_line(document: Operation, says: str) -> None:
    with pytest.raises(PipelineError) as caught:
        facts_of(document)
    assert str(caught.value) == f"POST /p: {says}"


def test_the_least_that_is_known_of_an_operation() -> None:
    told = facts_of(contract())
    (operation,) = told.operations.values()
    assert (operation.id, operation.method, operation.path) == ("op", "POST", "/p")
    assert (operation.effect, operation.auth, operation.page, operation.summary) == (
        "write",
        "ticket",
        "",
        "",
    )
    assert (operation.bare_success, operation.takes_key, operation.confirms) == (False, False, {})
    assert (operation.pagination, operation.times) == (None, frozenset())
    assert (told.secret_fields, told.secret_parameters) == (frozenset(), ("ticket",))
    assert (told.values, told.package, told.command) == ((), "made", "make regenerate")


def test_an_operation_may_need_no_token() -> None:
    told = facts_of(made(security=[]))
    assert told.operations["op"].auth is None
    assert told.secret_parameters == ()


def test_an_operation_may_have_no_body() -> None:
    document = made()
    del document["paths"]["/p"]["post"]["requestBody"]
    told = facts_of(document).operations["op"]
    assert (told.times, told.takes_key, told.confirms) == (frozenset(), False, {})


def test_all_that_may_be_known_of_an_operation() -> None:
    pages = {"cursor": "cursor", "limit": "limit", "next": "after", "rows": "rows"}
    document = made(
        externalDocs={"url": "https://vendor.example/op"},
        summary="Two\n  lines.",
        parameters=[
            {"name": "since", "in": "query", "schema": {"type": "integer", "format": "unix-time"}},
            {"name": "pin", "in": "query", "schema": {"type": "string", "format": "password"}},
            {"name": "page", "in": "query", "schema": {"type": "integer"}},
        ],
        **{
            "x-bare-success": True,
            "x-retry": {"repeat": "unsafe"},
            "x-pagination": {**pages, "window": {"from": "since", "to": "until", "seconds": 9, "key": "id"}},
        },
    )
    schemas = document["components"]["schemas"]
    schemas["Request"]["properties"]["until"] = {"type": "integer", "format": "unix-time"}
    schemas["Request"]["x-warnings"] = [{"id": "all", "confirm": "to_all"}, {"id": "quiet"}]
    schemas["Part"]["x-warnings"] = [{"id": "part", "confirm": "to_all"}]
    schemas["Reply"]["properties"] |= {
        "ticket": {"type": "string"},
        "code": {"type": "string", "format": "password"},
    }
    told = facts_of(document)
    operation = told.operations["op"]
    assert (operation.page, operation.summary) == ("https://vendor.example/op", "Two lines.")
    assert operation.bare_success
    assert operation.takes_key
    assert operation.confirms == {"to_all": ("all", "part")}
    assert operation.pagination == Pagination(
        "cursor", "limit", "after", "rows", Window("since", "until", 9, "id")
    )
    assert operation.times == {"since", "until"}
    assert told.secret_fields == {("Reply", "ticket"), ("Reply", "code")}
    assert told.secret_parameters == ("pin", "ticket")


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf", "items", "properties"])
def test_named_numbers_are_found_at_any_depth_and_mean_one_thing(keyword: str) -> None:
    def numbers(name: str) -> dict[str, Any]:
        return {"type": "integer", "x-values": {"class": "Mood", "values": [{"value": 0, "name": name}]}}

    def holder(child: dict[str, Any]) -> dict[str, Any]:
        values = {"items": child, "properties": {"mood": child}}
        return {"type": "object", keyword: values.get(keyword, [child])}

    place = {"items": "[]", "properties": ".mood"}.get(keyword, f".{keyword}")
    found = facts_of(contract(First=holder(numbers("CALM")), Second=holder(numbers("CALM")))).values
    assert found == (NamedValues("Mood", ({"value": 0, "name": "CALM"},)),)
    with pytest.raises(PipelineError) as caught:
        facts_of(contract(First=holder(numbers("CALM")), Second=holder(numbers("WILD"))))
    assert str(caught.value) == (
        f"components.schemas.First{place}: the class Mood has other values elsewhere"
    )
