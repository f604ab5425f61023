"""The projection of an operation, key by key, and of what a schema says beside its shape."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from test_projection import ENVELOPE, contract, operation, projected, ref, union

from pipeline.errors import PipelineError
from pipeline.projection import UNKNOWN_VARIANT, project


def test_an_operation_as_a_whole() -> None:
    document = contract()
    pages = {"cursor": "a", "next": "b", "rows": "c", "limit": "d"}
    document["paths"]["/p"]["post"].update(
        {
            "deprecated": True,
            "x-pagination": pages,
            "externalDocs": {"url": "u"},
            "parameters": [
                {
                    "name": "kind",
                    "in": "query",
                    "required": True,
                    "deprecated": False,
                    "description": "Its kind.",
                    "x-description-zh": "类型",
                    "example": "a",
                    "schema": {"type": "string", "maxLength": 3, "x-rules": {}},
                },
                {
                    "name": "page",
                    "in": "query",
                    "description": "Not this one.",
                    "schema": {"type": "integer", "description": "This one."},
                },
                {"name": "bare", "in": "query", "schema": {"type": "boolean"}},
            ],
        }
    )
    document["paths"]["/p"]["post"]["responses"]["500"] = {"content": {"text/plain": {}}}
    document["paths"]["/p"]["post"]["responses"]["503"] = {"description": "no more"}
    before = deepcopy(document)
    made = operation(document)
    assert made == {
        "operationId": "op",
        "tags": ["t"],
        "deprecated": True,
        "x-pagination": pages,
        "security": [{"key": []}],
        "parameters": [
            {
                "name": "kind",
                "in": "query",
                "required": True,
                "deprecated": False,
                "schema": {"type": "string", "description": "Its kind.\n类型"},
            },
            {"name": "page", "in": "query", "schema": {"type": "integer", "description": "This one."}},
            {"name": "bare", "in": "query", "schema": {"type": "boolean"}},
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": ref("Request")}}},
        "responses": {
            "200": {"description": "d", "content": {"application/json": {"schema": ref("Response")}}},
            "500": {"description": "", "content": {}},
            "503": {"description": "no more"},
        },
    }
    made["x-pagination"]["cursor"] = "other"
    made["security"][0]["key"] = ["other"]
    assert document == before, "the projection shares nothing with the contract"


def test_what_an_operation_leaves_out() -> None:
    document = contract()
    stated = document["paths"]["/p"]["post"]
    del stated["requestBody"]["required"], document["security"], document["components"]["securitySchemes"]
    assert operation(document)["requestBody"]["required"] is False
    assert operation(document)["security"] == []
    assert "securitySchemes" not in project(document, ENVELOPE)["components"]
    del stated["requestBody"]
    assert "requestBody" not in operation(document)


def test_the_document_around() -> None:
    document = {**contract(), "servers": [{"url": "/"}], "x-faults": {}}
    document["info"]["description"] = "Goes."
    assert {
        key: value for key, value in project(document, ENVELOPE).items() if key in ("openapi", "info")
    } == {
        "openapi": "3.1.1",
        "info": {"title": "T", "version": "1"},
    }
    assert project(document, ENVELOPE).keys() == {"openapi", "info", "paths", "components"}


def test_what_a_model_is_told_by_stays() -> None:
    field: dict[str, Any] = {
        "type": "string",
        "format": "date",
        "enum": ["a"],
        "example": {"x-own": 1, "own": 2},
        "deprecated": True,
    }
    request: dict[str, Any] = {"type": "array", "prefixItems": [{"type": "string"}], "items": field}
    assert projected(contract(Request=request)) == {
        **request,
        "items": {**field, "example": {"own": 2}},
    }


def test_named_numbers_keep_the_name_of_their_class() -> None:
    values = {"class": "Mood", "values": [{"value": 0, "name": "CALM", "en": "e", "zh": "z"}]}
    request = {"type": "object", "properties": {"a": {"type": "integer", "x-values": values}}}
    assert projected(contract(Request=request))["properties"] == {
        "a": {"type": "integer", "x-values": "Mood"}
    }


def test_the_guard_against_unknown_kinds_becomes_the_member_for_them() -> None:
    schemas = union()
    schemas["Either"]["oneOf"].append({"type": "object", "not": {"required": ["k"]}})
    made = projected(contract(**schemas), "Either")
    assert made == {
        "oneOf": [ref("A"), ref("B"), ref(UNKNOWN_VARIANT)],
        "discriminator": schemas["Either"]["discriminator"],
    }


def test_without_a_tag_such_a_member_is_one_like_others() -> None:
    members = [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "string", "not": {}}]
    assert projected(contract(Request={"oneOf": members})) == {"oneOf": [members[0], {"type": "string"}]}


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_a_union_beside_properties_is_refused_even_where_every_branch_shapes(keyword: str) -> None:
    request = {"type": "object", "properties": {"a": {"type": "string"}}, keyword: [ref("Other")]}
    with pytest.raises(PipelineError) as caught:
        project(contract(Request=request, Other={"type": "object"}), ENVELOPE)
    assert str(caught.value) == (
        f"Request: {keyword} beside properties shapes the model; the generator makes it Any"
    )


NULLABLE = {
    "type": "object",
    "properties": {"rows": {"type": ["null", "array"], "items": {"type": "string"}}},
}
EMPTY = {
    "type": "object",
    "required": ["rows"],
    "properties": {"rows": {"type": "array", "items": {"type": "string"}, "x-empty-if-missing": True}},
}


@pytest.mark.parametrize(
    "place",
    [
        lambda node: {"type": "object", "additionalProperties": node},
        lambda node: {"type": "object", "properties": {"a": node}},
        lambda node: {"type": "array", "items": node},
        lambda node: {"allOf": [ref("Base"), node]},
    ],
    ids=["extras", "field", "list", "base"],
)
def test_an_answer_is_one_at_every_depth_and_a_request_at_none(place: Any) -> None:
    base = {"type": "object", "properties": {"b": {"type": "string"}}}
    answer = projected(contract(Response=place(NULLABLE), Base=base), "Response")
    assert answer == place(EMPTY)
    assert projected(contract(Request=place(NULLABLE), Base=base)) == place(NULLABLE)


def test_a_list_that_must_be_there_is_asked_for_once() -> None:
    answer = {**NULLABLE, "required": ["rows"]}
    assert projected(contract(Response=answer), "Response") == EMPTY


def test_what_a_success_must_have_is_asked_for_once() -> None:
    answer = {
        "type": "object",
        "required": ["id"],
        "properties": {"ret": {"type": "integer"}, "id": {"type": "string"}},
        "if": {"properties": {"ret": {"const": 1}}},
        "then": {"required": ["id", "ret"]},
    }
    assert projected(contract(Response=answer), "Response")["required"] == ["id", "ret"]
