"""The projection: what shapes a model stays, what only constrains goes, nothing is lost."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from pipeline import gates
from pipeline.config import Envelope
from pipeline.errors import PipelineError
from pipeline.projection import EMPTY_IF_MISSING, UNKNOWN_VARIANT, project, schemas_behind

ENVELOPE = Envelope(code="ret", message="why", ok=1)


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def contract(**schemas: Any) -> dict[str, Any]:
    """A contract of one operation; ``Request`` and ``Response`` may be given, and any other schema."""
    schemas.setdefault("Request", {"type": "object", "properties": {"a": {"type": "string"}}})
    schemas.setdefault("Response", {"type": "object", "properties": {"ret": {"type": "integer"}}})
    return {
        "openapi": "3.1.1",
        "info": {"title": "T", "version": "1"},
        "security": [{"key": []}],
        "paths": {
            "/p": {
                "post": {
                    "operationId": "op",
                    "tags": ["t"],
                    "x-effect": "write",
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/json": {"schema": ref("Request"), "examples": {"e": {"value": 1}}}
                        },
                    },
                    "responses": {
                        "200": {
                            "description": "d",
                            "content": {"application/json": {"schema": ref("Response")}},
                            "links": {"next": {"operationId": "op"}},
                        }
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "ticket", "x-note": 1}},
            "schemas": schemas,
        },
    }


def projected(document: dict[str, Any], name: str = "Request") -> Any:
    before = deepcopy(document)
    result = project(document, ENVELOPE)
    assert document == before, "the contract was changed"
    gates.check_projection(document, result)
    return result["components"]["schemas"][name]


def operation(document: dict[str, Any]) -> Any:
    return project(document, ENVELOPE)["paths"]["/p"]["post"]


def test_limits_conditions_and_extensions_go() -> None:
    request = {
        "type": "object",
        "additionalProperties": False,
        "required": ["a"],
        "minProperties": 1,
        "x-rules": {"type": {"id": "r"}},
        "x-warnings": [{"id": "w"}],
        "properties": {
            "a": {"type": "string", "minLength": 1, "maxLength": 2, "pattern": "^a", "x-max-bytes": 4},
            "b": {
                "type": "array",
                "maxItems": 9,
                "minItems": 1,
                "uniqueItems": True,
                "items": {"type": "integer"},
            },
            "c": {"type": "integer", "minimum": 1, "maximum": 2, "multipleOf": 1, "examples": [1]},
        },
        "if": {"required": ["b"]},
        "then": {"required": ["c"]},
        "else": {"required": ["a"]},
        "not": {"required": ["d"]},
        "dependentRequired": {"a": ["b"]},
    }
    assert projected(contract(Request=request)) == {
        "type": "object",
        "required": ["a"],
        "properties": {
            "a": {"type": "string"},
            "b": {"type": "array", "items": {"type": "integer"}},
            "c": {"type": "integer"},
        },
    }


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
def test_branches_that_only_constrain_go(keyword: str) -> None:
    branches = [
        {"required": ["a"]},
        {"required": ["a"], "properties": {"a": {"minLength": 1}}},
        {"type": "object", "anyOf": [{"required": ["a"]}, {"not": {"required": ["a"]}}]},
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
    ]
    request = {"type": "object", "properties": {"a": {"type": "string"}}, keyword: branches}
    assert projected(contract(Request=request)) == {"type": "object", "properties": {"a": {"type": "string"}}}


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
@pytest.mark.parametrize(
    "branch",
    [{"properties": {"b": {"type": "string"}}}, {"$ref": "#/components/schemas/Other"}, {"type": "string"}],
    ids=["property", "reference", "type"],
)
def test_a_branch_that_shapes_a_model_beside_properties_is_refused(
    keyword: str, branch: dict[str, Any]
) -> None:
    request = {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        keyword: [{"required": ["a"]}, branch],
    }
    with pytest.raises(PipelineError) as caught:
        project(contract(Request=request, Other={"type": "object"}), ENVELOPE)
    assert (
        str(caught.value)
        == f"Request: {keyword} beside properties shapes the model; the generator makes it Any"
    )


def test_a_base_in_all_of_stays() -> None:
    request = {"allOf": [ref("Base"), {"type": "object", "properties": {"b": {"type": "string"}}}]}
    base = {"type": "object", "properties": {"a": {"type": "string"}}}
    assert projected(contract(Request=request, Base=base)) == request


def test_requests_are_open_and_typed_extras_stay() -> None:
    closed = {"type": "object", "additionalProperties": False, "properties": {}}
    assert "additionalProperties" not in projected(contract(Request=closed))
    typed = {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}}
    assert projected(contract(Request=typed))["additionalProperties"] == {"type": "string"}


def response(condition: dict[str, Any], **more: Any) -> dict[str, Any]:
    properties = {"ret": {"type": "integer"}, "id": {"type": "string"}, "name": {"type": "string"}}
    return {"type": "object", "required": ["ret"], "properties": properties, **condition, **more}


SUCCESS = {"if": {"required": ["ret"], "properties": {"ret": {"const": 1}}}, "then": {"required": ["id"]}}


def test_what_a_success_must_have_is_required() -> None:
    assert projected(contract(Response=response(SUCCESS)), "Response")["required"] == ["ret", "id"]
    inside = response({"allOf": [SUCCESS, {"required": ["ret"]}]})
    assert projected(contract(Response=inside), "Response")["required"] == ["ret", "id"]


@pytest.mark.parametrize(
    "condition",
    [
        {"if": {"properties": {"ret": {"const": 0}}}, "then": {"required": ["id"]}},
        {"if": {"properties": {"ret": {"const": True}}}, "then": {"required": ["id"]}},
        {"if": {"properties": {"errcode": {"const": 1}}}, "then": {"required": ["id"]}},
        {"if": {"properties": {"ret": {"const": 1}}}, "else": {"required": ["id"]}},
        {"if": {"required": ["name"]}, "then": {"required": ["id"]}},
    ],
)
def test_what_another_condition_asks_for_is_not_required(condition: dict[str, Any]) -> None:
    assert projected(contract(Response=response(condition)), "Response")["required"] == ["ret"]


def test_a_condition_of_a_request_makes_nothing_required() -> None:
    request = {
        "type": "object",
        "properties": {"ret": {"type": "integer"}, "id": {"type": "string"}},
        **SUCCESS,
    }
    assert "required" not in projected(contract(Request=request))


def test_a_nullable_list_of_an_answer_is_a_list() -> None:
    fields = {
        "gone": {"type": ["array", "null"], "items": {"type": "string"}},
        "plain": {"type": "array", "items": {"type": "string"}},
        "word": {"type": ["string", "null"]},
    }
    shape = projected(contract(Response={"type": "object", "properties": fields}), "Response")
    assert shape["properties"] == {
        **fields,
        "gone": {"type": "array", "items": {"type": "string"}, EMPTY_IF_MISSING: True},
    }
    assert shape["required"] == ["gone"]


def test_a_nullable_list_of_a_request_stays_nullable() -> None:
    fields = {"gone": {"type": ["array", "null"], "items": {"type": "string"}}}
    assert projected(contract(Request={"type": "object", "properties": fields})) == {
        "type": "object",
        "properties": fields,
    }


def test_a_tag_has_its_const_as_default_where_it_must_be_there() -> None:
    request = {
        "type": "object",
        "required": ["kind", "on"],
        "properties": {
            "kind": {"type": "string", "const": "cat"},
            "on": {"type": "boolean", "const": False},
            "maybe": {"type": "string", "const": "x"},
        },
    }
    assert projected(contract(Request=request))["properties"] == {
        "kind": {"const": "cat", "default": "cat"},
        "on": {"const": False, "default": False},
        "maybe": {"const": "x"},
    }


def test_a_default_of_the_server_becomes_text() -> None:
    request = {
        "type": "object",
        "properties": {
            "a": {"type": "string", "default": "x", "description": "The a.", "x-description-zh": "甲"},
            "b": {"type": "boolean", "default": False},
        },
    }
    assert projected(contract(Request=request))["properties"] == {
        "a": {"type": "string", "description": "The a. Left out, it counts as x.\n甲"},
        "b": {"type": "boolean", "description": "Left out, it counts as false."},
    }


def test_texts_are_in_both_languages() -> None:
    document = contract(
        Request={"type": "object", "title": "T", "description": " D ", "x-description-zh": "描述"}
    )
    document["paths"]["/p"]["post"].update(
        {"summary": "S", "x-summary-zh": "概要", "description": "D", "x-description-zh": "说明"}
    )
    assert projected(document) == {"type": "object", "description": "D\n描述"}
    assert operation(document)["summary"] == "S\n概要"
    assert operation(document)["description"] == "D\n说明"
    assert (
        projected(contract(Request={"type": "object", "title": "Only a title"}))["description"]
        == "Only a title"
    )


def test_security_is_said_at_every_operation() -> None:
    document = contract()
    assert operation(document)["security"] == [{"key": []}]
    document["paths"]["/p"]["post"]["security"] = []
    assert operation(document)["security"] == []
    assert project(document, ENVELOPE)["components"]["securitySchemes"]["key"] == {
        "type": "apiKey",
        "in": "query",
        "name": "ticket",
    }


def union() -> dict[str, Any]:
    def member(tag: str) -> dict[str, Any]:
        return {"type": "object", "required": ["k"], "properties": {"k": {"type": "string", "const": tag}}}

    return {
        "Request": {"type": "object", "properties": {"x": ref("Either")}},
        "Either": {
            "oneOf": [ref("A"), ref("B")],
            "discriminator": {"propertyName": "k", "mapping": {"a": "A"}},
        },
        "A": member("a"),
        "B": member("b"),
    }


def test_a_tagged_union_gets_a_member_for_the_unknown() -> None:
    assert projected(contract(**union()), "Either")["oneOf"] == [ref("A"), ref("B"), ref(UNKNOWN_VARIANT)]
    assert projected(contract(**union()), UNKNOWN_VARIANT) == {
        "type": "object",
        "description": "A member of a tagged union whose tag is not known here, kept as it came.",
    }


def test_without_a_tagged_union_there_is_no_such_member() -> None:
    assert UNKNOWN_VARIANT not in project(contract(), ENVELOPE)["components"]["schemas"]


def test_a_schema_of_that_name_is_refused() -> None:
    with pytest.raises(PipelineError) as caught:
        project(contract(**union(), **{UNKNOWN_VARIANT: {"type": "object"}}), ENVELOPE)
    place = f"components.schemas.{UNKNOWN_VARIANT}"
    assert str(caught.value) == f"{place}: the name is kept for tagged unions; choose another"


@pytest.mark.parametrize("version", ["3.2.0", "2.0", "", "4.0.0"])
def test_another_version_is_refused(version: str) -> None:
    with pytest.raises(PipelineError) as caught:
        project({**contract(), "openapi": version}, ENVELOPE)
    shown = version or "without a version"
    assert str(caught.value) == f"contract: OpenAPI {shown}; the generator reads 3.0 and 3.1"


def test_a_document_without_a_version_is_refused() -> None:
    document = contract()
    del document["openapi"]
    with pytest.raises(PipelineError) as caught:
        project(document, ENVELOPE)
    assert str(caught.value) == "contract: OpenAPI without a version; the generator reads 3.0 and 3.1"


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.1.1"])
def test_these_versions_pass(version: str) -> None:
    assert project({**contract(), "openapi": version}, ENVELOPE)["openapi"] == version


def without_operation_id(document: dict[str, Any]) -> None:
    del document["paths"]["/p"]["post"]["operationId"]


def with_reference(document: dict[str, Any]) -> None:
    document["paths"]["/p"]["post"]["parameters"] = [{"$ref": "#/components/parameters/x"}]


def with_content(document: dict[str, Any]) -> None:
    document["paths"]["/p"]["post"]["parameters"] = [{"name": "x", "in": "query", "content": {}}]


def with_path_parameters(document: dict[str, Any]) -> None:
    document["paths"]["/p"]["parameters"] = [{"name": "x", "in": "query", "schema": {"type": "string"}}]


def with_boolean_item(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Response"]["properties"]["a"] = {"type": "array", "items": True}


def with_boolean_parameter(document: dict[str, Any]) -> None:
    document["paths"]["/p"]["post"]["parameters"] = [{"name": "x", "in": "query", "schema": True}]


def with_boolean_body(document: dict[str, Any]) -> None:
    document["paths"]["/p"]["post"]["requestBody"]["content"]["application/json"]["schema"] = True


def with_boolean_answer(document: dict[str, Any]) -> None:
    document["paths"]["/p"]["post"]["responses"]["200"]["content"]["application/json"]["schema"] = True


def with_boolean_schema(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Request"]["properties"]["a"] = False


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (
            without_operation_id,
            "POST /p: has no operationId, so its functions would get a name made up of the path",
        ),
        (
            with_reference,
            "POST /p: parameter #/components/parameters/x is a reference; write it out at the operation",
        ),
        (with_content, "POST /p parameter x: has no schema; the generator drops it without a word"),
        (with_path_parameters, "/p: has parameters of the whole path; write them at each operation"),
        (
            with_boolean_schema,
            "Request.a: a schema that is just False; the generator refuses the whole document",
        ),
        *(
            (break_it, f"{where}: a schema that is just True; the generator refuses the whole document")
            for break_it, where in (
                (with_boolean_item, "Response.a[]"),
                (with_boolean_parameter, "POST /p parameter x"),
                (with_boolean_body, "POST /p application/json"),
                (with_boolean_answer, "POST /p application/json"),
            )
        ),
    ],
)
def test_what_can_not_be_projected_is_refused_with_its_place(break_it: Any, message: str) -> None:
    document = contract()
    break_it(document)
    with pytest.raises(PipelineError) as caught:
        project(document, ENVELOPE)
    assert str(caught.value) == message


def test_schemas_behind_a_node_are_found_through_circles() -> None:
    document = contract(
        Request={"type": "object", "properties": {"a": ref("A")}},
        A={"type": "object", "properties": {"b": {"type": "array", "items": ref("B")}}},
        B={"type": "object", "properties": {"a": ref("A")}},
        Far={"type": "object"},
    )
    assert schemas_behind(document, [ref("Request")]) == {"Request", "A", "B"}
    assert schemas_behind(document, [ref("Far")]) == {"Far"}
    assert schemas_behind(document, [{"type": "string"}]) == set()
