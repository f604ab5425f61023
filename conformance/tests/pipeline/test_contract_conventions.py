"""What this project asks of a contract beyond OpenAPI, on the finished contract with one change."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pipeline.conventions import check_conventions
from pipeline.errors import PipelineError

CREATE_PATH = "/cgi-bin/externalcontact/add_msg_template"
CREATE = f"POST {CREATE_PATH}"
UPLOAD_PATH = "/cgi-bin/media/upload"
UPLOAD = f"POST {UPLOAD_PATH}"
READ_PATH = "/cgi-bin/externalcontact/get_groupmsg_task"

Change = Callable[[dict[str, Any]], Any]


def operation(document: dict[str, Any], path: str = CREATE_PATH) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][path]["post"]
    return found


def schema(document: dict[str, Any], name: str = "Link") -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def token(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["securitySchemes"]["accessToken"]
    return found


def example(document: dict[str, Any]) -> dict[str, Any]:
    content = operation(document)["requestBody"]["content"]["application/json"]
    found: dict[str, Any] = content["examples"]["page-2022"]
    return found


def kind(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation(document, UPLOAD_PATH)["parameters"][0]
    assert found["name"] == "type"
    return found


ASCII_NAME = f"{CREATE}: operationId must be an ASCII identifier"
PARAMETER = f"{UPLOAD}: parameter type must stand in the query and have a schema"
EXAMPLE = f"{CREATE}: example page-2022 needs a summary and a value"
SUMMARY = f"{CREATE}: needs a summary and an x-summary-zh"
TAG = f"{CREATE}: needs a tag in ASCII: generated modules are named after it"
SERVER = "contract: has no server"
FAULTS = "contract: has no x-faults: nobody knows what a connection that breaks means"
IN_QUERY = "components.securitySchemes.accessToken: must be an apiKey in the query"
SCHEME = "names a security scheme that the contract doesn't have"
CASES: list[tuple[Change, str]] = [
    (lambda d: d.pop("servers"), SERVER),
    (lambda d: d.update(servers=[]), SERVER),
    (lambda d: d.pop("x-faults"), FAULTS),
    (lambda d: d.update({"x-faults": {}}), FAULTS),
    (
        lambda d: operation(d, READ_PATH).update(operationId=operation(d)["operationId"]),
        f"POST {READ_PATH}: operationId add_msg_template stands twice",
    ),
    (lambda d: operation(d).pop("operationId"), ASCII_NAME),
    (lambda d: operation(d).update(operationId=5), ASCII_NAME),
    (lambda d: operation(d).update(operationId="add-template"), ASCII_NAME),
    (lambda d: operation(d).update(operationId="群发"), ASCII_NAME),
    (lambda d: operation(d).pop("x-effect"), f"{CREATE}: x-effect must be read or write"),
    (lambda d: operation(d).pop("x-retry"), f"{CREATE}: has no x-retry: whether it may be made again"),
    (
        lambda d: operation(d, READ_PATH)["x-retry"].update(repeat="harmless"),
        f"POST {READ_PATH}: only reads, so x-retry must be safe",
    ),
    (lambda d: operation(d).pop("tags"), TAG),
    (lambda d: operation(d).update(tags=[]), TAG),
    (lambda d: operation(d).update(tags=["messages", "群发"]), TAG),
    (
        lambda d: operation(d).pop("externalDocs"),
        f"{CREATE}: has no externalDocs: the page that describes it",
    ),
    (
        lambda d: operation(d)["externalDocs"].pop("url"),
        f"{CREATE}: has no externalDocs: the page that describes it",
    ),
    (lambda d: operation(d).pop("summary"), SUMMARY),
    (lambda d: operation(d).pop("x-summary-zh"), SUMMARY),
    (lambda d: operation(d).update({"x-summary-zh": ""}), SUMMARY),
    (lambda d: operation(d).pop("description"), f"{CREATE}: has no description"),
    (lambda d: operation(d).update(description=5), f"{CREATE}: has no description"),
    (lambda d: operation(d).update(description=" "), f"{CREATE}: has no description"),
    (lambda d: operation(d).pop("x-description-zh"), f"{CREATE}: has no x-description-zh"),
    (lambda d: kind(d).update({"in": "header"}), PARAMETER),
    (lambda d: kind(d).pop("in"), PARAMETER),
    (lambda d: kind(d).pop("schema"), PARAMETER),
    (lambda d: kind(d).pop("description"), f"{UPLOAD} type: has no description"),
    (lambda d: operation(d)["responses"].pop("200"), f"{CREATE}: has no answer 200"),
    (lambda d: example(d).pop("summary"), EXAMPLE),
    (lambda d: example(d).pop("value"), EXAMPLE),
    (lambda d: operation(d).update(security=[{"other": []}]), f"{CREATE}: {SCHEME}"),
    (lambda d: operation(d).update(security=[{"accessToken": [], "other": []}]), f"{CREATE}: {SCHEME}"),
    (
        lambda d: operation(d)["responses"]["200"]["links"]["task"].pop("operationId"),
        f"{CREATE}: link task leads to no operation of this contract",
    ),
    (lambda d: token(d).update({"in": "header"}), IN_QUERY),
    (lambda d: token(d).pop("in"), IN_QUERY),
    (lambda d: token(d).update(type="http"), IN_QUERY),
    (
        lambda d: token(d).pop("x-description-zh"),
        "components.securitySchemes.accessToken: has no x-description-zh",
    ),
    (lambda d: schema(d).pop("description"), "components.schemas.Link: has no description"),
    (
        lambda d: schema(d, "AddMsgTemplateRequest")["properties"]["external_userid"]["items"].pop(
            "description"
        ),
        "components.schemas.AddMsgTemplateRequest.external_userid[]: has no description",
    ),
    (
        lambda d: schema(d)["x-rules"].pop("type"),
        "components.schemas.Link: type has no rule id",
    ),
    (
        lambda d: schema(d)["x-rules"]["required"].pop("url"),
        "components.schemas.Link: required url has no rule id",
    ),
    (
        lambda d: schema(d)["properties"]["url"]["x-rules"]["pattern"].pop("errcode"),
        "components.schemas.Link.url: pattern has no rule id",
    ),
    *(
        (
            lambda d, word=word: schema(d, "Attachment")["x-rules"]["discriminator"].pop(word),
            f"components.schemas.Attachment: discriminator {word} has no rule id",
        )
        for word in ("type", "required", "enum")
    ),
    (
        lambda d: schema(d).pop("additionalProperties"),
        "components.schemas.Link: an object of a request must be closed: additionalProperties: false",
    ),
    *(
        (
            lambda d, word=word: schema(d, "AddMsgTemplateResponse").update(
                {word: {"additionalProperties": False}}
            ),
            "components.schemas.AddMsgTemplateResponse: an object of an answer must be open: no additionalProperties",
        )
        for word in ("items", "then", "else")
    ),
    (
        lambda d: schema(d, "AddMsgTemplateResponse").update(additionalProperties={}),
        "components.schemas.AddMsgTemplateResponse: an object of an answer must be open: no additionalProperties",
    ),
]


@pytest.fixture(scope="module")
def frozen(contract: Mapping[str, Any]) -> bytes:
    """The contract, from which copies are made sooner than with ``deepcopy``."""
    return pickle.dumps(dict(contract))


@pytest.mark.parametrize(("change", "says"), CASES)
def test_what_the_contract_may_not_say(frozen: bytes, change: Change, says: str) -> None:
    document = pickle.loads(frozen)
    change(document)
    with pytest.raises(PipelineError) as caught:
        check_conventions(document)
    assert str(caught.value) == says


@pytest.mark.parametrize(
    "change",
    [
        lambda d: None,
        lambda d: operation(d).update(operationId="add_msg_template_2", security=[]),
        lambda d: operation(d).update({"x-effect": "write", "tags": ["messages", "more"]}),
        lambda d: schema(d, "AddMsgTemplateResponse").update(additionalProperties=True),
        lambda d: operation(d)["requestBody"]["content"]["application/json"].pop("examples"),
    ],
)
def test_what_it_may(frozen: bytes, change: Change) -> None:
    document = pickle.loads(frozen)
    change(document)
    check_conventions(document)
