"""The facts, each held against the contract: its fields and limits.

Nothing here is computed from the contract or the corrections: the numbers and words stand in ``expected_fields`` and
``expected_limits`` once more, as they were read, so that a slip in a correction meets a second witness.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from contract_places import at, field_at, walk
from expected_fields import ANSWERS, REQUESTS, REQUIRED, UNIONS, VALUES
from expected_limits import DEFAULTS, ENUMS, JOBID, LIMITS, NOT_EMPTY, PATTERNS, SPANS

Contract = Mapping[str, Any]

REQUEST = "AddMsgTemplateRequest.properties"
SIZES = (
    "minItems",
    "maxItems",
    "x-max-bytes",
    "maxLength",
    "minimum",
    "maximum",
    "minProperties",
    "maxProperties",
)


class TestFields:
    def test_of_the_requests(self, schemas: Mapping[str, Any]) -> None:
        assert {name: sorted(s["properties"]) for name, s in schemas.items() if is_request(s)} == {
            name: sorted(fields) for name, fields in REQUESTS.items()
        }

    def test_of_the_answers(self, schemas: Mapping[str, Any]) -> None:
        answers = {name: s for name, s in schemas.items() if "properties" in s and not is_request(s)}
        assert {name: tuple(s["properties"]) for name, s in answers.items()} == ANSWERS

    def test_no_schema_is_left_over(self, schemas: Mapping[str, Any]) -> None:
        assert set(schemas) == {*REQUESTS, *ANSWERS, *UNIONS}

    @pytest.mark.parametrize("name", UNIONS)
    def test_of_the_unions(self, schemas: Mapping[str, Any], name: str) -> None:
        known = {kind: f"#/components/schemas/{member}" for kind, member in UNIONS[name].items()}
        union = schemas[name]
        assert union["discriminator"] == {"propertyName": "msgtype", "mapping": known}
        assert list(union["discriminator"]["mapping"]) == list(known)
        members = [{"$ref": reference} for reference in known.values()]
        if name == "ListedAttachment":  # an answer may have a kind of tomorrow
            *listed, other = union["oneOf"]
            assert listed == members
            assert other["not"]["properties"]["msgtype"] == {"enum": list(known)}
        else:
            assert union["oneOf"] == members

    @pytest.mark.parametrize(
        ("place", "kind"),
        [
            (f"{REQUEST}.chat_type", "string"),
            (f"{REQUEST}.external_userid", "array"),
            (f"{REQUEST}.external_userid.items", "string"),
            (f"{REQUEST}.chat_id_list", "array"),
            (f"{REQUEST}.chat_id_list.items", "string"),
            (f"{REQUEST}.sender", "string"),
            (f"{REQUEST}.allow_select", "boolean"),
            (f"{REQUEST}.attachments", "array"),
            ("TagFilter", "object"),
            ("TagFilter.properties.group_list", "array"),
            ("TagGroup", "object"),
            ("TagGroup.properties.tag_list", "array"),
            ("TagGroup.properties.tag_list.items", "string"),
            ("Text", "object"),
            ("Text.properties.content", "string"),
            ("Image.properties.media_id", "string"),
            ("Image.properties.pic_url", "string"),
            ("Link.properties.title", "string"),
            ("Link.properties.picurl", "string"),
            ("Link.properties.desc", "string"),
            ("Link.properties.url", "string"),
            ("Miniprogram.properties.title", "string"),
            ("Miniprogram.properties.pic_media_id", "string"),
            ("Miniprogram.properties.appid", "string"),
            ("Miniprogram.properties.page", "string"),
            ("Video.properties.media_id", "string"),
            ("File.properties.media_id", "string"),
            ("AddMsgTemplateResponse.properties.errcode", "integer"),
            ("AddMsgTemplateResponse.properties.errmsg", "string"),
            ("AddMsgTemplateResponse.properties.fail_list", ["array", "null"]),
            ("AddMsgTemplateResponse.properties.fail_list.items", "string"),
            ("AddMsgTemplateResponse.properties.msgid", "string"),
            ("GroupmsgTask.properties.status", "integer"),
            ("GroupmsgTask.properties.send_time", "integer"),
            ("GroupmsgSendResult.properties.status", "integer"),
            ("GettokenResponse.properties.expires_in", "integer"),
        ],
    )
    def test_types(self, schemas: Mapping[str, Any], place: str, kind: str | list[str]) -> None:
        assert at(schemas, place)["type"] == kind

    @pytest.mark.parametrize(
        ("place", "name"),
        [
            (f"{REQUEST}.tag_filter", "TagFilter"),
            ("TagFilter.properties.group_list.items", "TagGroup"),
            (f"{REQUEST}.text", "Text"),
            (f"{REQUEST}.attachments.items", "Attachment"),
        ],
    )
    def test_references(self, schemas: Mapping[str, Any], place: str, name: str) -> None:
        assert at(schemas, place) == {"$ref": f"#/components/schemas/{name}"}

    @pytest.mark.parametrize("place", VALUES)
    def test_numbers_that_have_names(self, schemas: Mapping[str, Any], place: str) -> None:
        stated = at(schemas, place)["x-values"]
        assert (stated["class"], {one["value"]: one["name"] for one in stated["values"]}) == VALUES[place]

    def test_no_other_numbers_have_names(self, schemas: Mapping[str, Any]) -> None:
        assert sum("x-values" in node for node in walk(schemas)) == len(VALUES)

    def test_what_must_be_there(self, schemas: Mapping[str, Any]) -> None:
        found = {name: s.get("required") for name, s in schemas.items() if not name.endswith("Response")}
        assert found == {name: REQUIRED.get(name) for name in found}
        assert set(REQUIRED) <= set(found)


class TestLimits:
    @pytest.mark.parametrize(("place", "keyword", "limit", "rule", "errcode"), LIMITS)
    def test_numbers(
        self, schemas: Mapping[str, Any], place: str, keyword: str, limit: int, rule: str, errcode: int
    ) -> None:
        node = field_at(schemas, place)
        assert node[keyword] == limit
        assert (node["x-rules"][keyword]["id"], node["x-rules"][keyword]["errcode"]) == (rule, errcode)

    def test_there_are_no_other_limits_on_size(self, contract: Contract) -> None:
        """No number of tag groups and no length of an id is known; a title in characters would be a mistake."""
        found = [
            (keyword, rule["id"])
            for node in walk(contract)
            for keyword, rule in node.get("x-rules", {}).items()
            if keyword in SIZES
        ]
        of_bodies = [(keyword, rule) for _, keyword, _, rule, _ in LIMITS]
        assert sorted(found) == sorted([*of_bodies, ("x-max-bytes", JOBID[0])])

    def test_the_limit_of_a_query(self, contract: Contract) -> None:
        result = contract["paths"]["/cgi-bin/externalcontact/get_moment_task_result"]["get"]
        (jobid,) = result["parameters"]
        rule = jobid["schema"]["x-rules"]["x-max-bytes"]
        assert (jobid["name"], jobid["schema"]["x-max-bytes"]) == ("jobid", JOBID[1])
        assert (rule["id"], rule["errcode"]) == (JOBID[0], 40058)

    def test_periods(self, schemas: Mapping[str, Any]) -> None:
        found = {
            name: (schema["x-span"], schema["x-rules"]["x-span"])
            for name, schema in schemas.items()
            if "x-span" in schema
        }
        assert {
            name: (span["seconds"], rule["id"], rule["errcode"]) for name, (span, rule) in found.items()
        } == SPANS
        assert all((span["from"], span["to"]) == ("start_time", "end_time") for span, _ in found.values())

    def test_the_parts_of_a_long_period_are_no_longer_than_one_may_be(self, contract: Contract) -> None:
        windows = {
            operation["operationId"]: operation["x-pagination"]["window"]
            for item in contract["paths"].values()
            for operation in item.values()
            if "window" in operation.get("x-pagination", {})
        }
        assert {name: window["seconds"] // 86_400 for name, window in windows.items()} == {
            "get_groupmsg_list_v2": 28,  # the shortest month there is
            "get_moment_list": 30,
        }

    @pytest.mark.parametrize("place", DEFAULTS)
    def test_defaults(self, schemas: Mapping[str, Any], place: str) -> None:
        default = field_at(schemas, place)["default"]
        assert default == DEFAULTS[place]
        assert type(default) is type(DEFAULTS[place])

    def test_there_are_no_other_defaults(self, contract: Contract) -> None:
        assert sum("default" in node and "type" in node for node in walk(contract)) == len(DEFAULTS)

    @pytest.mark.parametrize("place", ENUMS)
    def test_values(self, schemas: Mapping[str, Any], place: str) -> None:
        assert field_at(schemas, place)["enum"] == ENUMS[place]

    def test_there_are_no_other_values(self, schemas: Mapping[str, Any]) -> None:
        found = [node for node in walk(schemas) if "enum" in node.get("x-rules", {})]
        assert len(found) == len(ENUMS)

    def test_values_of_a_query(self, contract: Contract) -> None:
        (kind,) = contract["paths"]["/cgi-bin/media/upload"]["post"]["parameters"]
        assert (kind["name"], kind["schema"]["enum"]) == ("type", ["image", "voice", "video", "file"])

    def test_which_texts_may_not_be_empty(self, schemas: Mapping[str, Any]) -> None:
        found = [
            (rule["id"], rule["errcode"], node["minLength"])
            for node in walk(schemas)
            for keyword, rule in node.get("x-rules", {}).items()
            if keyword == "minLength"
        ]
        assert sorted(found) == sorted((name, code, 1) for name, code in NOT_EMPTY.items())

    @pytest.mark.parametrize("place", PATTERNS)
    def test_patterns(self, schemas: Mapping[str, Any], place: str) -> None:
        node = field_at(schemas, place)
        rule = node["x-rules"]["pattern"]
        assert (node["pattern"], rule["id"], rule["errcode"]) == PATTERNS[place]

    def test_there_are_no_other_patterns(self, contract: Contract) -> None:
        assert sum("pattern" in node.get("x-rules", {}) for node in walk(contract)) == len(PATTERNS)


def is_request(schema: Mapping[str, Any]) -> bool:
    return "properties" in schema and "x-subject" in schema
