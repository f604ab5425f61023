"""A correction that leaves the contract in a shape that a later step can't read is one clear line."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest

from pipeline import overlay
from pipeline.changes import changes
from pipeline.config import Api
from pipeline.contract import Built, finish, read_vendor
from pipeline.errors import PipelineError
from pipeline.facts import client_facts
from pipeline.overlay import Action
from pipeline.package import package_data
from pipeline.projection import project
from pipeline.reference import reference_pages
from wecom_conformance.budget import SEED, examples

SCHEMAS = "$.components.schemas"
REQUEST = f"{SCHEMAS}.AddMsgTemplateRequest"
CREATE = "$.paths['/cgi-bin/externalcontact/add_msg_template'].post"
LONG_REFERENCE = "#/components/schemas/Nothing"

Refused = Callable[..., str]


@pytest.fixture(scope="module")
def corrected(api: Api) -> Any:
    page = read_vendor(api.vendor_document("2025-11-17"))
    actions = [action for file in api.corrections for action in overlay.read_overlay(file)]
    return overlay.apply(page, actions, "2025-11-17")[0]


@pytest.fixture
def refused(api: Api, corrected: Any) -> Refused:
    """The error of a contract that some more corrections were applied to."""

    def run(*further: tuple[str, str, Any]) -> str:
        actions = [
            Action(f"more {index}", "test", target, kind, value, "", (), None, None)
            for index, (target, kind, value) in enumerate(further)
        ]
        changed, _ = overlay.apply(corrected, actions)
        with pytest.raises(PipelineError) as caught:
            finish(changed, api)
        (line,) = str(caught.value).splitlines()
        return line

    return run


def test_the_contract_itself_is_in_order(api: Api, corrected: Any, contract: Mapping[str, Any]) -> None:
    assert finish(deepcopy(corrected), api) == contract


def test_a_required_field_of_an_answer_may_be_called_id(api: Api, corrected: Any) -> None:
    row: dict[str, Any] = {"type": "object", "description": "A row.", "x-description-zh": "一行"}
    row["required"] = ["id"]
    row["properties"] = {"id": {"type": "string", "description": "Its id.", "x-description-zh": "编号"}}
    evidence = [{"source": "project", "date": "2026-11-22", "confidence": "I"}]
    rows = {"type": "array", "description": "Rows.", "x-description-zh": "列表", "items": row}
    target = f"{SCHEMAS}.RemindGroupmsgSendResponse.properties"
    action = Action("more", "test", target, "update", {"rows": rows}, "", evidence, None, None)
    built = finish(overlay.apply(corrected, [action])[0], api)
    added = built["components"]["schemas"]["RemindGroupmsgSendResponse"]["properties"]["rows"]["items"]
    assert "x-rules" not in added, "answers have no rules"
    assert added["x-evidence"] == evidence


@pytest.mark.parametrize(
    ("further", "says"),
    [
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.title", "update", {"x-max-byte": 5})],
            "contract.components.schemas.Link.properties.title.x-max-byte: unknown keyword "
            "x-max-byte; known: x-bare-success, x-description-zh, x-effect, x-evidence, x-faults, "
            "x-frequency, x-max-bytes, x-pagination, x-part, x-retry, x-rules, x-sources, x-span, "
            "x-subject, x-summary-zh, x-values, x-warnings",
            id="a slip in a keyword",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.title['x-max-bytes']", "update", "128")],
            "contract.components.schemas.Link.properties.title.x-max-bytes: must be a whole number "
            "of bytes, at least 1",
            id="a limit that is text",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.title['x-max-bytes']", "update", True)],
            "contract.components.schemas.Link.properties.title.x-max-bytes: must be a whole number "
            "of bytes, at least 1",
            id="a limit that is true",
        ),
        pytest.param(
            [("$.paths['/cgi-bin/service/get_corp_token'].post['x-bare-success']", "update", False)],
            "contract.paths./cgi-bin/service/get_corp_token.post.x-bare-success: must be true, or "
            "not be there",
            id="a flag that is false",
        ),
        pytest.param(
            [("$['x-frequency'][0].calls", "update", 0)],
            "contract.x-frequency[0].calls: must be at least 1",
            id="a frequency of no calls",
        ),
        pytest.param(
            [("$['x-frequency'][1].seconds", "remove", None)],
            "contract.x-frequency[1]: has no seconds",
            id="a frequency without its time",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link", "update", {"x-frequency": []})],
            "contract.components.schemas.Link.x-frequency: stands at the root or at an operation",
            id="a frequency of an object",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.url['x-rules'].pattern", "update", {"error": 1})],
            "contract.components.schemas.Link.properties.url.x-rules.pattern: unknown key error; "
            "known: id, errcode, en, zh, fix, fix-zh, evidence",
            id="a slip in a rule",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.url['x-rules'].pattern.errcode", "update", "45034")],
            "contract.components.schemas.Link.properties.url.x-rules.pattern.errcode: must be a whole number",
            id="a code that is text",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.url", "update", {"x-rules": {"maxLength": {"id": "a"}}})],
            "contract.components.schemas.Link.properties.url.x-rules.maxLength: there is no "
            "maxLength beside it that it could speak of",
            id="a rule of a constraint that isn't there",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link", "update", {"x-rules": {"required": {"desc": {"errcode": 1}}}})],
            "contract.components.schemas.Link.x-rules.required.desc: speaks of no rule; there are: "
            "title, url",
            id="a rule of a field that isn't required",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Image['x-warnings'][0].when", "remove", None)],
            "contract.components.schemas.Image.x-warnings[0]: has no when",
            id="a warning without a condition",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Image['x-warnings'][0]", "update", {"fields": "x"})],
            "contract.components.schemas.Image.x-warnings[0]: unknown key fields; known: id, when, "
            "field, confirm, en, zh, x-evidence",
            id="a slip in a warning",
        ),
        pytest.param(
            [("$['x-sources'].skit", "update", {"link": "x"})],
            "contract.x-sources.skit: unknown key link; known: title, url",
            id="a slip in a source",
        ),
        pytest.param(
            [("$['x-sources'].lush", "remove", None)],
            "paths./cgi-bin/externalcontact/cancel_groupmsg_send.post: x-evidence names the source "
            "lush, which x-sources doesn't have",
            id="a source that isn't there",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link['x-evidence'][0].confidence", "update", "X")],
            "contract.components.schemas.Link.x-evidence: x-evidence: confidence must be one of V "
            "(read on the vendor's own page), M2 (two or more independent copies or typed SDKs say "
            "the same), M1 (one copy or one SDK says so), L (somebody ran it against a real tenant "
            "and wrote the result down), I (inferred; written nowhere)",
            id="evidence that is none",
        ),
        pytest.param(
            [(f"{SCHEMAS}.TagFilter.properties.group_list.items['$ref']", "update", LONG_REFERENCE)],
            f"contract.components.schemas.TagFilter.properties.group_list.items: $ref {LONG_REFERENCE} "
            "names no schema of this document",
            id="a reference that leads nowhere",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Attachment.discriminator.mapping.file", "update", LONG_REFERENCE)],
            f"contract.components.schemas.Attachment.discriminator.mapping.file: {LONG_REFERENCE} "
            "names no schema of this document",
            id="a mapping that leads nowhere",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Attachment.oneOf[0]", "remove", None)],
            "components.schemas.Attachment: oneOf and the mapping of the discriminator must name the same schemas",
            id="a kind less",
        ),
        pytest.param(
            [(f"{SCHEMAS}.LinkAttachment.properties.msgtype.const", "update", "url")],
            "components.schemas.LinkAttachment.msgtype: must be the const link, as components.schemas.Attachment says",
            id="another tag",
        ),
        pytest.param(
            [(f"{SCHEMAS}.LinkAttachment['required','x-rules']", "remove", None)],
            "components.schemas.LinkAttachment: must be an object that requires msgtype",
            id="a tag that may be absent",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.title", "update", {"maxLength": "5"})],
            "contract: not valid OpenAPI 3.1 at properties/title/maxLength: '5' is not of type 'integer'",
            id="a limit that OpenAPI doesn't allow",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties", "update", {"any": True})],
            "contract.components.schemas.Link.properties.any: true and false are no schemas here: "
            "nothing can be generated from them",
            id="a schema that is true",
        ),
        pytest.param(
            [(f"{REQUEST}.allOf", "update", False)],
            "contract.components.schemas.AddMsgTemplateRequest.allOf[3]: true and false are no "
            "schemas here: nothing can be generated from them",
            id="a condition that is false",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Attachment.oneOf", "update", True)],
            "contract.components.schemas.Attachment.oneOf[5]: true and false are no schemas here: "
            "nothing can be generated from them",
            id="a kind that is true",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link['x-subject']", "remove", None)],
            "components.schemas.Link: has no x-subject, so its rules can't be named",
            id="no subject",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link['x-subject']", "update", "image")],
            "rule image.type: stands for two rules, type of Image and type of Link",
            id="two schemas under one subject",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.url['x-rules'].pattern.id", "update", "link.url.type")],
            "rule link.url.type: stands for two rules, type of Link.url and pattern of Link.url",
            id="one id for two constraints",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Image['x-warnings'][0].id", "update", "image.source.required")],
            "rule image.source.required: stands for two rules, x-warnings of Image and anyOf of Image",
            id="one id for a rule and a warning",
        ),
        pytest.param(
            [(f"{REQUEST}.allOf[0]['x-rules']", "remove", None)],
            "AddMsgTemplateRequest.allOf[0]: anyOf has no rule id in x-rules",
            id="a condition without an id",
        ),
        pytest.param(
            [(f"{REQUEST}.allOf[1].then['x-rules'].required", "remove", None)],
            "AddMsgTemplateRequest.allOf[1].then: required sender has no rule id in x-rules",
            id="a required field of a condition without an id",
        ),
        pytest.param(
            [(f"{REQUEST}.allOf[1].then", "update", {"properties": {"sender": {"maxLength": 9}}})],
            "components.schemas.AddMsgTemplateRequest.allOf[1].then.sender: maxLength has no rule id",
            id="a constraint inside of a condition without an id",
        ),
        pytest.param(
            [(f"{REQUEST}", "update", {"anyOf": [{"required": ["text"]}]})],
            "AddMsgTemplateRequest: anyOf stands beside other keywords; put it in a member of allOf",
            id="a condition beside fields",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link['additionalProperties']", "update", True)],
            "components.schemas.Link: an object of a request must be closed: additionalProperties: false",
            id="an open request",
        ),
        pytest.param(
            [(f"{SCHEMAS}.GroupmsgTask", "update", {"additionalProperties": False})],
            "components.schemas.GroupmsgTask: an object of an answer must be open: no additionalProperties",
            id="a closed row of an answer",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.desc.description", "remove", None)],
            "components.schemas.Link.desc: has no description",
            id="no description",
        ),
        pytest.param(
            [(f"{SCHEMAS}.GroupmsgTask.properties.status['x-description-zh']", "update", " ")],
            "components.schemas.GroupmsgTask.status: has no x-description-zh",
            id="no description in Chinese",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Link.properties.desc['x-evidence']", "remove", None)],
            "rule link.desc.type: has no evidence; describe Link.desc in a correction",
            id="no evidence",
        ),
        pytest.param(
            [(f"{CREATE}.responses['200'].content['application/json'].schema", "remove", None)],
            "POST /cgi-bin/externalcontact/add_msg_template: body and answer must be "
            "application/json with a named schema ($ref)",
            id="an answer without a schema",
        ),
        pytest.param(
            [(f"{CREATE}.requestBody.content['application/json'].schema", "remove", None)],
            "POST /cgi-bin/externalcontact/add_msg_template: the request body must be a named schema "
            "($ref), so that it can be generated",
            id="a body without a schema",
        ),
        pytest.param(
            [(f"{REQUEST}.properties.allow_select", "remove", None)],
            "components.schemas.AddMsgTemplateRequest: allow_select.ignored-for-group names "
            "allow_select, which is no field",
            id="a warning about a field that is gone",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Image['x-warnings'][0].field", "update", "pic_uri")],
            "components.schemas.Image: image.pic_url.ignored-with-media_id names pic_uri, which is no field",
            id="a warning that points at no field",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Video.properties.media_id", "remove", None)],
            "components.schemas.Video: required names media_id, which is no field",
            id="a required field that is gone",
        ),
        pytest.param(
            [(f"{SCHEMAS}.Text.properties.content", "remove", None)],
            "components.schemas.AddMsgTemplateRequest: allOf names content, which is no field",
            id="a condition about a field of a field",
        ),
        pytest.param(
            [("$..value..link.title", "remove", None), ("$..value..link", "update", {"titel": "t"})],
            "POST /cgi-bin/externalcontact/add_msg_template: example page-2022 has "
            "attachments[1].link.titel, which is no field",
            id="an example with a field that isn't there",
        ),
    ],
)
def test_refused(refused: Refused, further: list[tuple[str, str, Any]], says: str) -> None:
    assert refused(*further) == says


def places(node: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if at:
        yield at
    for key, child in (
        node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    ):
        yield from places(child, (*at, key))


def mangle(document: Any, seed: int) -> None:
    """Drop, rename or replace one place of a document by something of another kind."""
    draw = random.Random(f"{SEED} {seed}")
    *way, last = draw.choice(list(places(document)))
    for step in way:
        document = document[step]
    change = draw.choice(["drop", "rename", None, 7, "x", [], {}, True])
    if change == "drop":
        del document[last]
    elif change == "rename" and isinstance(last, str):
        document[f"zz{last}"] = document.pop(last)
    else:
        document[last] = change


def told(api: Api, document: Any, before: Mapping[str, Any]) -> str | None:
    """What is wrong with a corrected document, or None where every later step can do its work on it."""
    try:
        contract = finish(document, api)
        package_data(contract, api)
        reference_pages(contract, api)
        list(changes(before, contract))
        project(contract, api.envelope)
        client_facts(contract, api.envelope, package="x")
    except PipelineError as error:
        return str(error)
    return None


def test_any_slip_in_a_correction_is_a_contract_or_one_line(
    api: Api, corrected: Any, built: Mapping[str, Built]
) -> None:
    lines = []
    for seed in range(examples(60)):
        document = deepcopy(corrected)
        mangle(document, seed)
        lines.append(told(api, document, built["2025-11-17"].document))
    refusals = [line for line in lines if line is not None]
    assert 0.5 < len(refusals) / len(lines) < 1
    assert [line for line in refusals if len(line.splitlines()) != 1 or len(line) > 600] == []


def test_a_page_that_says_something_else_is_a_contract_or_one_line(
    api: Api, built: Mapping[str, Built]
) -> None:
    """One place of the vendor's page is another, under the corrections as they are."""
    actions = [action for file in api.corrections for action in overlay.read_overlay(file)]
    page = read_vendor(api.vendor_document("2022-08-30"))
    lines: list[str | None] = []
    for seed in range(examples(25)):
        document = deepcopy(page)
        mangle(document, seed)
        try:
            corrected, _ = overlay.apply(document, actions, "2022-08-30")
        except PipelineError as error:
            lines.append(str(error))
        else:
            lines.append(told(api, corrected, built["2022-08-30"].document))
    refusals = [line for line in lines if line is not None]
    assert 0.2 < len(refusals) / len(lines) < 1
    assert [line for line in refusals if len(line.splitlines()) != 1] == []
