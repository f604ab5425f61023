"""Requests of more than a JSON body: files of a form, and query parameters beside a body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import jsonschema_rs
import pytest

from pipeline import overlay
from pipeline.compile import compile_contract
from pipeline.config import Api
from pipeline.contract import finish, read_vendor
from pipeline.errors import PipelineError
from pipeline.overlay import Action
from pipeline.reference import reference_pages
from pipeline.request import judged, media_type, parts
from pipeline.rule_table import rule_table
from wecom_conformance.engine import accepts, contract_of
from wecom_conformance.mutate import mutants
from wecom_contract.keywords import KEYWORDS

SCHEMAS = "$.components.schemas"
UPLOAD = "$.paths['/cgi-bin/media/upload'].post"
REMIND = "$.paths['/cgi-bin/externalcontact/remind_groupmsg_send'].post"
PART = {"$ref": "#/components/schemas/UploadedMedia"}
FILE = {
    "type": "string",
    "format": "binary",
    "x-part": PART,
    "description": "A file.",
    "x-description-zh": "文件",
}
EVIDENCE = [{"source": "project", "date": "2026-11-22", "confidence": "I"}]
URGENT = {
    "name": "urgent",
    "in": "query",
    "required": True,
    "description": "How urgent.",
    "x-description-zh": "紧急程度",
    "x-evidence": EVIDENCE,
    "schema": {"type": "string", "enum": ["yes", "no"]},
}

Change = tuple[str, str, Any]


@pytest.fixture(scope="module")
def corrected(api: Api) -> Any:
    page = read_vendor(api.vendor_document("2025-11-17"))
    actions = [action for file in api.corrections for action in overlay.read_overlay(file)]
    return overlay.apply(page, actions, "2025-11-17")[0]


@pytest.fixture
def finished(api: Api, corrected: Any) -> Callable[..., dict[str, Any]]:
    """The contract that some more corrections give."""

    def run(*further: Change) -> dict[str, Any]:
        actions = [
            Action(f"more {index}", "test", target, kind, value, "", (), None, None)
            for index, (target, kind, value) in enumerate(further)
        ]
        return finish(overlay.apply(corrected, actions)[0], api)

    return run


@pytest.mark.parametrize(
    ("further", "says"),
    [
        pytest.param(
            (f"{SCHEMAS}.Text.properties.content", "update", {"x-part": PART}),
            "contract.components.schemas.Text.properties.content.x-part: stands at a string with the "
            "format binary: the file of a form",
            id="a file that is a text",
        ),
        pytest.param(
            (f"{SCHEMAS}.MediaUploadRequest.properties.media['x-part']", "update", {"type": "object"}),
            "contract.components.schemas.MediaUploadRequest.properties.media.x-part: must be a $ref "
            "to the object that describes the file",
            id="a description in place",
        ),
        pytest.param(
            (
                f"{SCHEMAS}.MediaUploadRequest.properties.media['x-part']",
                "update",
                {"$ref": "#/components/schemas/None"},
            ),
            "contract.components.schemas.MediaUploadRequest.properties.media.x-part: $ref "
            "#/components/schemas/None names no schema of this document",
            id="a description that isn't there",
        ),
        pytest.param(
            (f"{SCHEMAS}.MediaUploadRequest.properties", "update", {"type": FILE}),
            "POST /cgi-bin/media/upload: type stands in the query and in the body",
            id="one name in two places",
        ),
        pytest.param(
            (f"{SCHEMAS}.MediaUploadRequest.properties", "update", {"other": FILE}),
            "POST /cgi-bin/media/upload: multipart/form-data must hold exactly one property, required, with x-part",
            id="two files",
        ),
        pytest.param(
            (f"{SCHEMAS}.RemindGroupmsgSendRequest.properties", "update", {"file": FILE}),
            "POST /cgi-bin/externalcontact/remind_groupmsg_send: file is a file, which only "
            "multipart/form-data can carry",
            id="a file in JSON",
        ),
        pytest.param(
            (f"{SCHEMAS}.UploadedMedia.properties.content_type", "remove", None),
            "POST /cgi-bin/media/upload media: x-part has no content_type",
            id="a description that lacks a field",
        ),
        pytest.param(
            (
                f"{UPLOAD}.requestBody.content",
                "update",
                {"application/json": {"schema": {"$ref": "#/components/schemas/RemindGroupmsgSendRequest"}}},
            ),
            "POST /cgi-bin/media/upload: body and answer must be application/json or "
            "multipart/form-data with a named schema ($ref)",
            id="two kinds of body",
        ),
        pytest.param(
            (
                f"{SCHEMAS}.MediaUploadRequest.allOf[0].properties.media.properties.filelength['x-rules']",
                "remove",
                None,
            ),
            "components.schemas.MediaUploadRequest.allOf[0].media.filelength: minimum has no rule id",
            id="a condition deep in a file without an id",
        ),
        pytest.param(
            (REMIND, "update", {"parameters": [{**URGENT, "name": "msgid"}]}),
            "POST /cgi-bin/externalcontact/remind_groupmsg_send: msgid stands in the query and in the body",
            id="a field that is a parameter too",
        ),
        pytest.param(
            (
                REMIND,
                "update",
                {
                    "parameters": [URGENT],
                    "requestBody": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Attachment"}}
                        }
                    },
                },
            ),
            "POST /cgi-bin/externalcontact/remind_groupmsg_send: query parameters can stand only "
            "beside the fields of an object",
            id="a parameter beside a union",
        ),
    ],
)
def test_what_could_not_be_judged_is_refused(
    finished: Callable[..., Any], further: Change, says: str
) -> None:
    with pytest.raises(PipelineError) as caught:
        finished(further)
    assert str(caught.value) == says


def test_a_file_that_may_be_left_out_is_refused(finished: Callable[..., Any]) -> None:
    optional = [
        (f"{SCHEMAS}.MediaUploadRequest{name}", "remove", None) for name in (".required", "['x-rules']")
    ]
    with pytest.raises(PipelineError, match="must hold exactly one property, required, with x-part"):
        finished(*optional)


def test_a_form_is_judged_by_what_describes_its_file(contract: Mapping[str, Any]) -> None:
    operation = contract["paths"]["/cgi-bin/media/upload"]["post"]
    schemas = contract["components"]["schemas"]
    schema = judged(operation, schemas, 40058)
    assert media_type(operation) == "multipart/form-data"
    assert parts(operation, schemas) == ["media"]
    assert schema["properties"] == {"type": operation["parameters"][0]["schema"], "media": PART}
    assert schema["required"] == ["type", "media"]
    assert schema["additionalProperties"] is False
    rules = schema["x-rules"]
    assert {name: rule["id"] for name, rule in rules["required"].items()} == {
        "type": "media_upload.type.required",
        "media": "media_upload.media.required",
    }
    assert rules["additionalProperties"]["id"] == "media_upload.body.unknown-field"


def test_a_json_body_alone_is_judged_as_it_stands(contract: Mapping[str, Any]) -> None:
    operation = contract["paths"]["/cgi-bin/externalcontact/remind_groupmsg_send"]["post"]
    reference = {"$ref": "#/components/schemas/RemindGroupmsgSendRequest"}
    assert judged(operation, contract["components"]["schemas"], 40058) == reference


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        ({"urgent": "yes", "msgid": "m"}, True),
        ({"msgid": "m"}, False),
        ({"urgent": "yes"}, False),
        ({"urgent": "maybe", "msgid": "m"}, False),
        ({"urgent": "yes", "msgid": ""}, False),
        ({"urgent": "yes", "msgid": "m", "other": 1}, False),
        ([], False),
    ],
)
def test_a_query_parameter_beside_a_body_is_judged_with_it(
    api: Api, finished: Callable[..., Any], body: Any, accepted: bool
) -> None:
    contract = finished((REMIND, "update", {"parameters": [URGENT]}))
    compiled = compile_contract(contract, api)
    row = compiled["operations"]["remind_groupmsg_send"]
    assert (row["has_body"], row["query"], row["parts"]) == (True, ["urgent"], [])
    schema = compiled["schemas"]["remind_groupmsg_send"]["request"]
    assert jsonschema_rs.Draft202012Validator(schema, keywords=KEYWORDS).is_valid(body) is accepted
    assert accepts(contract_of(contract), "remind_groupmsg_send", body) is accepted
    assert "remind_groupmsg_send.urgent.required" in rule_table(contract)
    assert "`urgent` *" in reference_pages(contract, api)["remind_groupmsg_send.md"]


def test_both_halves_of_such_a_request_are_mutated(finished: Callable[..., Any]) -> None:
    contract = finished((REMIND, "update", {"parameters": [URGENT]}))
    before = deepcopy(contract)
    names = {mutant.name for mutant in mutants(contract) if mutant.operations == ("remind_groupmsg_send",)}
    assert any("/parameters/0/required" in name for name in names)
    assert any("RemindGroupmsgSendRequest/required/msgid" in name for name in names)
    assert contract == before


def test_what_only_generators_read_of_a_file_is_not_mutated(contract: Mapping[str, Any]) -> None:
    names = {mutant.name for mutant in mutants(contract)}
    assert not any(name.endswith("MediaUploadRequest/properties/media/type") for name in names)
    assert any("UploadedMedia/properties/filename/minLength" in name for name in names)
