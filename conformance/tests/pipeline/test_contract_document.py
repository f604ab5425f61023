"""The contract as a document: OpenAPI, described in both languages, with examples that keep it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import pytest
from contract_places import calls, media, walk
from expected_calls import CALLS, LINKS, ROWS
from expected_fields import ANSWERS, UNIONS
from expected_limits import DEFAULTS
from jsonschema.validators import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from wecom_contract import ENVELOPE, OPERATIONS, check, check_response

Contract = Mapping[str, Any]


class TestOpenapi:
    def test_it_is_openapi_3_1(self, contract: Contract) -> None:
        assert [str(error.message) for error in OpenAPIV31SpecValidator(dict(contract)).iter_errors()] == []

    def test_every_schema_is_json_schema(self, contract: Contract) -> None:
        for schema in contract["components"]["schemas"].values():
            Draft202012Validator.check_schema(schema)

    def test_defaults_keep_their_own_schema(self, contract: Contract) -> None:
        defaults = [node for node in walk(contract["components"]["schemas"]) if "default" in node]
        assert len(defaults) == len(DEFAULTS)
        for node in defaults:
            jsonschema.validate(node["default"], node)

    def test_answers_are_open(self, contract: Contract) -> None:
        names = [
            media(operation["responses"]["200"])["schema"]["$ref"].rsplit("/", 1)[-1]
            for operation in calls(contract).values()
        ]
        assert names == [f"{camel(name)}Response" for name in calls(contract)]
        assert set(names) <= set(ANSWERS)
        for name in ANSWERS:
            for node in walk(contract["components"]["schemas"][name]):
                assert "additionalProperties" not in node, name
                assert "x-rules" not in node, name
                assert "enum" not in node, name

    @pytest.mark.parametrize(("union", "opened"), [("ListedAttachment", True), ("Attachment", False)])
    def test_a_kind_that_is_not_known_yet_is_good_in_an_answer_alone(
        self, contract: Contract, union: str, opened: bool
    ) -> None:
        schema = {"$ref": f"#/components/schemas/{union}", "components": contract["components"]}
        tomorrow = Draft202012Validator(schema).is_valid(
            {"msgtype": "tomorrow", "tomorrow": {"media_id": "M"}}
        )
        broken = Draft202012Validator(schema).is_valid({"msgtype": "image", "image": 1})
        assert (tomorrow, broken) == (opened, False)

    def test_every_schema_is_used(self, contract: Contract) -> None:
        used = {node["$ref"] for node in walk(contract) if "$ref" in node}
        assert used == {f"#/components/schemas/{name}" for name in contract["components"]["schemas"]}

    def test_everything_is_described_in_both_languages(self, contract: Contract) -> None:
        def described(schema: Mapping[str, Any], at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
            if "$ref" not in schema:
                yield at, schema
                for name, child in schema.get("properties", {}).items():
                    yield from described(child, f"{at}.{name}")
                if "items" in schema:
                    yield from described(schema["items"], f"{at}[]")

        places = list(calls(contract).items())
        for name, schema in contract["components"]["schemas"].items():
            places += described(schema, name)
        for name, operation in calls(contract).items():
            places += [(f"{name}.{p['name']}", p) for p in operation.get("parameters", [])]
            assert is_chinese(operation["x-summary-zh"]), name
            assert operation["summary"].isascii(), name
        places += contract["components"]["securitySchemes"].items()
        assert len(places) > 300
        for at, node in places:
            assert node["description"].strip(), at
            assert not is_chinese(node["description"]), at
            assert is_chinese(node["x-description-zh"]), at

    def test_everything_that_is_described_has_evidence(self, contract: Contract) -> None:
        for node in walk(contract["components"]):
            if "x-description-zh" in node:
                assert node["x-evidence"], node

    @pytest.mark.parametrize("name", UNIONS)
    def test_the_tags_of_attachments_are_those_of_the_mapping(self, contract: Contract, name: str) -> None:
        schemas = contract["components"]["schemas"]
        for tag, variant in UNIONS[name].items():
            properties = schemas[variant]["properties"]
            assert list(properties) == ["msgtype", tag]
            assert properties["msgtype"]["const"] == tag
            prefix = variant.removesuffix(f"{tag.capitalize()}Attachment")
            other = "ListedMedia" if (prefix, tag) in {("Listed", "video"), ("Listed", "file")} else None
            assert properties[tag] == {"$ref": f"#/components/schemas/{other or prefix + tag.capitalize()}"}
            needed = ["msgtype"] if prefix == "Listed" else ["msgtype", tag]
            assert schemas[variant]["required"] == needed


class TestOperations:
    def test_which_there_are_and_what_they_do_to_the_world(self, contract: Contract) -> None:
        found = {
            operation["operationId"]: (method, path, operation["x-effect"])
            for path, item in contract["paths"].items()
            for method, operation in item.items()
        }
        assert list(found) == list(CALLS)
        assert found == CALLS

    def test_which_answer_page_by_page(self, contract: Contract) -> None:
        found = {
            name: operation["x-pagination"]["rows"]
            for name, operation in calls(contract).items()
            if "x-pagination" in operation
        }
        assert found == ROWS

    def test_pages_are_asked_for_by_fields_that_are_there(self, contract: Contract) -> None:
        schemas = contract["components"]["schemas"]
        for name in ROWS:
            paging = calls(contract)[name]["x-pagination"]
            request, answer = (
                schemas[f"{camel(name)}{side}"]["properties"] for side in ("Request", "Response")
            )
            assert {paging["cursor"], paging["limit"]} == {"cursor", "limit"} <= set(request), name
            assert (paging["next"], answer["next_cursor"]["type"]) == ("next_cursor", "string"), name
            row = schemas[answer[paging["rows"]]["items"]["$ref"].rsplit("/", 1)[-1]]
            if "window" in paging:
                window = paging["window"]
                assert {window["from"], window["to"]} == {"start_time", "end_time"} <= set(request), name
                assert window["key"] in row["required"], name

    def test_every_list_with_a_cursor_is_gone_through(self, contract: Contract) -> None:
        """Whatever takes a cursor answers page by page."""
        schemas = contract["components"]["schemas"]
        takes = {
            name
            for name in CALLS
            if "cursor" in schemas.get(f"{camel(name)}Request", {}).get("properties", {})
        }
        assert takes == set(ROWS)

    def test_the_token_is_a_secret_in_the_query_of_all_but_one(self, contract: Contract) -> None:
        scheme = contract["components"]["securitySchemes"]["accessToken"]
        assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "query", "access_token")
        assert contract["security"] == [{"accessToken": []}]
        own = {name: op["security"] for name, op in calls(contract).items() if "security" in op}
        assert own == {
            "gettoken": [],
            "get_suite_token": [],
            "get_corp_token": [{"suiteAccessToken": []}],
        }
        of_suite = contract["components"]["securitySchemes"]["suiteAccessToken"]
        assert (of_suite["type"], of_suite["in"], of_suite["name"]) == (
            "apiKey",
            "query",
            "suite_access_token",
        )
        assert not any(node.get("name") == "access_token" and "schema" in node for node in walk(contract))

    def test_links_lead_from_an_id_to_every_call_that_takes_it(self, contract: Contract) -> None:
        schemas = contract["components"]["schemas"]
        found: dict[str, dict[str, str]] = {}
        for name, operation in calls(contract).items():
            for key, link in operation["responses"]["200"].get("links", {}).items():
                to = link["operationId"]
                found.setdefault(name, {})[key] = to
                if "parameters" in link:
                    needed = [p["name"] for p in calls(contract)[to]["parameters"] if p.get("required")]
                    assert sorted(link["parameters"]) == sorted(needed), (name, key)
                else:
                    needed = schemas[f"{camel(to)}Request"]["required"]
                    assert sorted(link["requestBody"]) == sorted(needed), (name, key)
        assert found == LINKS
        links = calls(contract)["add_msg_template"]["responses"]["200"]["links"]
        assert {link["requestBody"]["msgid"] for link in links.values()} == {"$response.body#/msgid"}
        assert links["result"]["requestBody"]["userid"] == "$request.body#/sender"

    def test_examples_keep_the_contract(self, contract: Contract) -> None:
        count = 0
        for name, operation in calls(contract).items():
            if OPERATIONS[name].has_body:
                for example in media(operation["requestBody"])["examples"].values():
                    found = check(name, example["value"])
                    assert [v for v in found if v.severity == "error"] == [], name
                    count += 1
            for example in media(operation["responses"]["200"])["examples"].values():
                assert check_response(name, example["value"]) == [], name
                count += 1
        assert count == 27 + 59, "requests and answers"

    def test_each_has_an_example_of_a_success_and_of_a_refusal(self, contract: Contract) -> None:
        for name, operation in calls(contract).items():
            examples = media(operation["responses"]["200"])["examples"].values()
            codes = [example["value"].get("errcode") for example in examples]
            assert (None in codes) is ("x-bare-success" in operation), name
            assert 0 in codes, name
            assert any(codes), name

    def test_the_package_has_the_same_operations(self, contract: Contract) -> None:
        assert list(OPERATIONS) == list(calls(contract))
        for name, operation in calls(contract).items():
            packaged = OPERATIONS[name]
            assert packaged.effect == operation["x-effect"]
            assert packaged.page == operation["externalDocs"]["url"]
            assert packaged.summary == operation["summary"]
            assert packaged.summary_zh == operation["x-summary-zh"]
            own = {"gettoken": None, "get_suite_token": None, "get_corp_token": "suite_access_token"}
            assert packaged.auth == own.get(name, "access_token")
            assert packaged.bare_success == ("x-bare-success" in operation)
            limits = [*contract["x-frequency"], *operation.get("x-frequency", ())]
            assert [(each.calls, each.seconds) for each in packaged.frequency] == [
                (each["calls"], each["seconds"]) for each in limits
            ]
            kinds = list(operation.get("requestBody", {}).get("content", ()))
            assert packaged.has_body == (kinds == ["application/json"])
            assert packaged.parts == (("media",) if kinds == ["multipart/form-data"] else ())
        assert [(each.calls, each.seconds) for each in OPERATIONS["add_msg_template"].frequency] == [
            (10_000, 60),
            (150_000, 3600),
        ]
        assert (10, 60) in [(each.calls, each.seconds) for each in OPERATIONS["add_moment_task"].frequency]
        assert (ENVELOPE.code, ENVELOPE.message, ENVELOPE.ok) == ("errcode", "errmsg", 0)


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
