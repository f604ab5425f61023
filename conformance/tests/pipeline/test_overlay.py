"""What each action of an overlay does to a document, by the rules of Overlay 1.1 and RFC 9535."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.errors import PipelineError
from pipeline.overlay import Outcome, apply, overruled, read_overlay

Applied = Callable[..., Any]

SHOP: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://live.example"}, {"url": "https://test.example", "x-internal": True}],
    "tags": ["cart", "old", "stock", "old"],
    "paths": {
        "/cart": {
            "get": {
                "tags": ["cart"],
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 10}},
                    {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {"description": "OK", "content": {"application/json": {"example": {"items": 2}}}},
                    "500": {"description": "broken"},
                },
            },
            "post": {"responses": {"200": {"description": "OK"}, "500": {"description": "broken"}}},
        },
        "/stock": {"get": {"responses": {"200": {"$ref": "#/components/responses/Plain"}}}},
    },
    "components": {
        "responses": {"Plain": {"description": "plain"}},
        "schemas": {
            "Cart": {
                "type": "object",
                "properties": {"id": {"type": "string"}, "secret": {"type": "string"}},
                "required": ["id", "secret"],
            },
            "Item": {"type": "object", "properties": {"name": {"type": "string"}}},
        },
    },
}


@pytest.fixture
def overlaid(tmp_path: Path) -> Applied:
    """The shop after some actions, read from a file as a person writes it; the shop itself never changes."""

    def run(*actions: dict[str, Any], document: Any = SHOP, suffix: str = ".yaml") -> Any:
        before = deepcopy(document)
        whole = {"overlay": "1.1.0", "info": {"title": "t", "version": "1"}, "actions": list(actions)}
        file = tmp_path / f"shop.overlay{suffix}"
        text = json.dumps(whole) if suffix == ".json" else yaml.safe_dump(whole, sort_keys=False)
        file.write_text(text, encoding="utf-8")
        result, _ = apply(document, read_overlay(file, documented=False))
        assert document == before
        return result

    return run


class TestUpdate:
    def test_an_object_is_merged_key_by_key_at_every_depth(self, overlaid: Applied) -> None:
        made = overlaid(
            {
                "target": "$.paths['/cart']",
                "update": {
                    "get": {"summary": "The cart", "responses": {"200": {"description": "Here it is"}}}
                },
            }
        )
        get = made["paths"]["/cart"]["get"]
        assert get["summary"] == "The cart"
        assert get["responses"]["200"]["description"] == "Here it is"
        assert get["responses"]["200"]["content"] == {"application/json": {"example": {"items": 2}}}
        assert get["responses"]["500"] == {"description": "broken"}
        assert made["paths"]["/cart"]["post"] == SHOP["paths"]["/cart"]["post"]

    def test_the_root_is_an_object_like_any_other(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$", "update": {"info": {"x-reviewed": True}, "security": []}})
        assert made == {
            **SHOP,
            "info": {"title": "Shop", "version": "1", "x-reviewed": True},
            "security": [],
        }

    def test_new_keys_come_last_and_old_ones_keep_their_place(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.info", "update": {"license": {"name": "MIT"}, "title": "Store"}})
        assert list(made["info"].items()) == [
            ("title", "Store"),
            ("version", "1"),
            ("license", {"name": "MIT"}),
        ]

    def test_an_array_takes_an_array_at_its_end(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.tags", "update": ["new", "cart"]})
        assert made["tags"] == ["cart", "old", "stock", "old", "new", "cart"]

    @pytest.mark.parametrize("entry", ["new", 7, True, None, {"name": "new"}])
    def test_an_array_takes_one_entry_at_its_end(self, overlaid: Applied, entry: Any) -> None:
        made = overlaid({"target": "$.tags", "update": entry})
        assert made["tags"] == ["cart", "old", "stock", "old", entry]

    def test_an_array_inside_of_an_update_is_put_after_the_old_one(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.components.schemas.Cart", "update": {"required": ["paid"]}})
        assert made["components"]["schemas"]["Cart"]["required"] == ["id", "secret", "paid"]

    @pytest.mark.parametrize("value", ["Store", 2, 2.5, False, None])
    def test_a_primitive_is_replaced(self, overlaid: Applied, value: Any) -> None:
        made = overlaid({"target": "$.info.title", "update": value})
        assert made["info"] == {"title": value, "version": "1"}
        assert type(made["info"]["title"]) is type(value)

    def test_a_primitive_inside_of_an_update_is_replaced(self, overlaid: Applied) -> None:
        made = overlaid(
            {"target": "$.paths['/cart'].get.parameters[0]", "update": {"schema": {"maximum": 9}}}
        )
        assert made["paths"]["/cart"]["get"]["parameters"][0]["schema"] == {"type": "integer", "maximum": 9}

    def test_every_match_is_updated_with_a_value_of_its_own(self, overlaid: Applied) -> None:
        made = overlaid(
            {"target": "$.paths.*.get", "update": {"x-safe": {"why": []}}},
            {"target": "$.paths['/cart'].get['x-safe'].why", "update": "reads"},
        )
        assert made["paths"]["/cart"]["get"]["x-safe"] == {"why": ["reads"]}
        assert made["paths"]["/stock"]["get"]["x-safe"] == {"why": []}
        assert "x-safe" not in made["paths"]["/cart"]["post"]

    def test_an_element_is_replaced_by_its_index(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.tags[-1]", "update": "last"})
        assert made["tags"] == ["cart", "old", "stock", "last"]

    def test_a_node_that_the_path_selects_twice_is_updated_once(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$['tags','tags']", "update": ["new"], "x-expect": 1})
        assert made["tags"].count("new") == 1


class TestRemove:
    def test_a_key_goes_with_all_that_is_in_it(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.components.schemas.Cart.properties.secret", "remove": True})
        assert made["components"]["schemas"]["Cart"]["properties"] == {"id": {"type": "string"}}

    @pytest.mark.parametrize(
        ("path", "left"),
        [
            ("$.tags[?@ == 'old']", ["cart", "stock"]),
            ("$.tags[*]", []),
            ("$.tags[0,2]", ["old", "old"]),
            ("$.tags[2,0]", ["old", "old"]),
            ("$.tags[::-2]", ["cart", "stock"]),
            ("$.tags[0,0,-4]", ["old", "stock", "old"]),
            ("$.tags[1:3]", ["cart", "old"]),
        ],
    )
    def test_several_elements_go_at_once_whatever_their_order(
        self, overlaid: Applied, path: str, left: list[str]
    ) -> None:
        assert overlaid({"target": path, "remove": True})["tags"] == left

    def test_a_server_goes_by_what_it_says(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.servers[?@['x-internal'] == true]", "remove": True})
        assert made["servers"] == [{"url": "https://live.example"}]

    def test_answers_of_one_code_go_everywhere(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.paths.*.*.responses['500']", "remove": True, "x-expect": 2})
        codes = [list(op["responses"]) for item in made["paths"].values() for op in item.values()]
        assert codes == [["200"], ["200"], ["200"]]

    def test_examples_go_at_any_depth(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$..example", "remove": True})
        assert made["paths"]["/cart"]["get"]["responses"]["200"]["content"] == {"application/json": {}}

    def test_an_outer_and_an_inner_node_can_go_together(self, overlaid: Applied) -> None:
        nested = {"x": {"keep": 1, "x": {"x": 2}}, "y": [{"x": 3}, 4]}
        assert overlaid({"target": "$..x", "remove": True}, document=nested) == {"y": [{}, 4]}

    def test_nodes_of_different_kinds_can_go_together(self, overlaid: Applied) -> None:
        mixed = {"a": 1, "b": [2], "c": {"d": 3}, "e": 4}
        assert overlaid({"target": "$['a','b','c']", "remove": True}, document=mixed) == {"e": 4}

    def test_remove_false_is_no_removal(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.info", "remove": False, "update": {"title": "Store"}})
        assert made["info"] == {"title": "Store", "version": "1"}


class TestCopy:
    def test_an_object_is_merged_into_another(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.components.schemas.Item", "copy": "$.components.schemas.Cart"})
        assert made["components"]["schemas"]["Item"] == {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "id": {"type": "string"},
                "secret": {"type": "string"},
            },
            "required": ["id", "secret"],
        }
        assert made["components"]["schemas"]["Cart"] == SHOP["components"]["schemas"]["Cart"]

    def test_the_copy_and_the_original_share_nothing(self, overlaid: Applied) -> None:
        made = overlaid(
            {"target": "$.components.schemas.Item", "copy": "$.components.schemas.Cart"},
            {"target": "$.components.schemas.Item.properties.secret", "remove": True},
            {"target": "$.components.schemas.Item.required", "update": ["name"]},
        )
        assert made["components"]["schemas"]["Cart"] == SHOP["components"]["schemas"]["Cart"]
        assert made["components"]["schemas"]["Item"]["required"] == ["id", "secret", "name"]

    def test_an_array_is_put_after_another(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.paths['/cart'].get.tags", "copy": "$.tags"})
        assert made["paths"]["/cart"]["get"]["tags"] == ["cart", "cart", "old", "stock", "old"]

    def test_an_object_or_a_word_is_appended_to_an_array(self, overlaid: Applied) -> None:
        made = overlaid(
            {"target": "$.servers", "copy": "$.info"}, {"target": "$.tags", "copy": "$.info.title"}
        )
        assert made["servers"][-1] == SHOP["info"]
        assert made["tags"][-1] == "Shop"

    def test_a_primitive_replaces_every_match(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.servers[*].url", "copy": "$.info.title"})
        assert [server["url"] for server in made["servers"]] == ["Shop", "Shop"]

    def test_a_node_is_moved_by_copy_and_remove(self, overlaid: Applied) -> None:
        made = overlaid(
            {"target": "$.paths", "update": {"/basket": {}}},
            {"target": "$.paths['/basket']", "copy": "$.paths['/cart']"},
            {"target": "$.paths['/cart']", "remove": True},
        )
        assert list(made["paths"]) == ["/stock", "/basket"]
        assert made["paths"]["/basket"] == SHOP["paths"]["/cart"]


class TestPath:
    @pytest.mark.parametrize(
        ("path", "names"),
        [
            ("$.paths['/cart'].get.parameters[?@.in == 'query']", ["limit"]),
            (
                "$.paths['/cart'].get.parameters[?@.in == 'query' || @.name == 'X-Trace']",
                ["limit", "X-Trace"],
            ),
            ("$.paths['/cart'].get.parameters[?@.schema.maximum >= 10]", ["limit"]),
            ("$.paths['/cart'].get.parameters[?!@.schema.maximum]", ["X-Trace"]),
            ("$.paths['/cart'].get.parameters[?length(@.name) > 5]", ["X-Trace"]),
            ("$.paths['/cart'].get.parameters[?match(@.name, 'X-.*')]", ["X-Trace"]),
            ("$.paths['/cart'].get.parameters[?search(@.name, 'im')]", ["limit"]),
            ("$.paths['/cart'].get.parameters[?count(@.schema.*) == 2]", ["limit"]),
            ("$.paths['/cart'].get.parameters[?value(@..maximum) == 10]", ["limit"]),
            (
                "$.paths['/cart'].get.parameters[?@.schema.type == $.components.schemas.Cart.properties.id.type]",
                ["X-Trace"],
            ),
        ],
    )
    def test_filters(self, overlaid: Applied, path: str, names: list[str]) -> None:
        made = overlaid({"target": path, "update": {"found": True}})
        found = [p["name"] for p in made["paths"]["/cart"]["get"]["parameters"] if "found" in p]
        assert found == names

    def test_a_filter_on_a_reference(self, overlaid: Applied) -> None:
        made = overlaid(
            {"target": "$..responses[?@['$ref'] == '#/components/responses/Plain']", "remove": True}
        )
        assert made["paths"]["/stock"]["get"]["responses"] == {}

    def test_a_filter_on_the_elements_of_a_child(self, overlaid: Applied) -> None:
        made = overlaid({"target": "$.paths[?@.get.tags[?@ == 'cart']].get", "update": {"paged": True}})
        assert [name for name, item in made["paths"].items() if "paged" in item["get"]] == ["/cart"]

    def test_chinese_names_are_names(self, overlaid: Applied) -> None:
        document = {"字段": {"内容": "旧"}}
        made = overlaid({"target": "$['字段']", "update": {"内容": "新"}}, document=document)
        assert made == {"字段": {"内容": "新"}}


class TestOrder:
    def test_an_action_sees_what_the_ones_before_it_did(self, overlaid: Applied) -> None:
        made = overlaid(
            {"target": "$.servers[*]", "remove": True},
            {"target": "$.servers", "update": [{"url": "https://sandbox.example"}]},
            {"target": "$.servers[0]", "update": {"description": "Sandbox"}},
        )
        assert made["servers"] == [{"url": "https://sandbox.example", "description": "Sandbox"}]

    def test_the_other_order_gives_another_document(self, overlaid: Applied) -> None:
        made = overlaid(
            {"target": "$.servers", "update": [{"url": "https://sandbox.example"}]},
            {"target": "$.servers[*]", "remove": True},
        )
        assert made["servers"] == []


class TestFiles:
    ACTIONS = (
        {"target": "$.info.title", "update": "商店 😀"},
        {"target": "$.tags[?@ == 'old']", "remove": True},
        {"target": "$.components.schemas.Item", "copy": "$.components.schemas.Cart"},
    )

    def test_json_and_yaml_say_the_same(self, overlaid: Applied) -> None:
        assert overlaid(*self.ACTIONS, suffix=".json") == overlaid(*self.ACTIONS, suffix=".yaml")

    @pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
    def test_known_versions(self, tmp_path: Path, version: str) -> None:
        file = tmp_path / "some.overlay.yaml"
        file.write_text(
            f"overlay: {version}\ninfo: {{title: t, version: '1', description: d, x-team: a}}\n"
            "extends: https://live.example/openapi.yaml\nx-note: 1\n"
            "actions: [{target: $.info, description: d, update: {a: 1}}]\n",
            encoding="utf-8",
        )
        (action,) = read_overlay(file, documented=False)
        assert (action.kind, action.target, action.value) == ("update", "$.info", {"a": 1})

    def test_aliases_of_yaml_are_values_of_their_own(self, tmp_path: Path) -> None:
        file = tmp_path / "some.overlay.yaml"
        file.write_text(
            "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions:\n"
            "  - {target: $, update: {a: &same {list: []}, b: *same}}\n"
            "  - {target: $.a.list, update: 1}\n",
            encoding="utf-8",
        )
        made, _ = apply({}, read_overlay(file, documented=False))
        assert made == {"a": {"list": [1]}, "b": {"list": []}}


class TestUnnecessary:
    """An action that a newer page made unnecessary is told apart, so that it can be taken out."""

    @pytest.mark.parametrize(
        ("target", "update", "outcome"),
        [
            ("$.info", {"title": "Shop"}, Outcome.UNNECESSARY),
            ("$.info", {"title": "Store"}, Outcome.APPLIED),
            ("$.info", {"title": "Shop", "license": {}}, Outcome.APPLIED),
            ("$.info.version", "1", Outcome.UNNECESSARY),
            ("$.info.version", 1, Outcome.APPLIED),
            ("$.servers[1]['x-internal']", True, Outcome.UNNECESSARY),
            ("$.servers[1]['x-internal']", 1, Outcome.APPLIED),
            ("$.tags", ["stock"], Outcome.UNNECESSARY),
            ("$.tags", ["stock", "new"], Outcome.APPLIED),
            ("$.info", {"x-evidence": [1], "x-rules": {}}, Outcome.UNNECESSARY),
        ],
    )
    def test_what_the_document_says_already(
        self, tmp_path: Path, target: str, update: Any, outcome: Outcome
    ) -> None:
        file = tmp_path / "o.overlay.json"
        whole = {"overlay": "1.1.0", "info": {"title": "t", "version": "1"}}
        file.write_text(json.dumps({**whole, "actions": [{"target": target, "update": update}]}))
        _, (applied,) = apply(SHOP, read_overlay(file, documented=False))
        assert applied.outcome is outcome

    @pytest.mark.parametrize(
        ("capture", "action", "outcome"),
        [
            ("2022-01-01", {"target": "$.info", "update": {"title": "Shop"}}, Outcome.UNNECESSARY),
            ("2024-12-31", {"target": "$.info", "update": {"title": "Store"}}, Outcome.APPLIED),
            ("2025-01-01", {"target": "$.info", "update": {"title": "Shop"}}, Outcome.UNNECESSARY),
            ("2025-01-02", {"target": "$.info.missing", "remove": True}, Outcome.UNNECESSARY),
            ("2024-12-31", {"target": "$.info.version", "remove": True}, Outcome.APPLIED),
        ],
    )
    def test_x_fixed_in(self, tmp_path: Path, capture: str, action: Any, outcome: Outcome) -> None:
        _, (applied,) = apply(SHOP, self.read(tmp_path, action), capture)
        assert applied.outcome is outcome

    @pytest.mark.parametrize(
        ("update", "evidence", "told"),
        [
            (
                {"maximum": 9},
                ["2025-01-01"],
                ["says schema.maximum 10, newer than the 9 of x (o.overlay.yaml)"],
            ),
            ({"maximum": 10}, ["2025-01-01"], []),
            ({"maximum": 9}, ["2025-01-02"], []),
            ({"maximum": 9}, ["2024-01-01", "2025-01-02"], []),
            ({"minimum": 1}, ["2025-01-01"], []),
            ({"title": "n"}, ["2025-01-01"], []),
            (
                {"type": "string", "maximum": 9},
                ["2024-01-01"],
                [
                    "says schema.type 'integer', newer than the 'string' of x (o.overlay.yaml)",
                    "says schema.maximum 10, newer than the 9 of x (o.overlay.yaml)",
                ],
            ),
        ],
    )
    def test_a_page_that_is_newer_than_the_evidence_of_a_limit(
        self, tmp_path: Path, update: Any, evidence: list[str], told: list[str]
    ) -> None:
        given = [{"source": "s", "date": day, "confidence": "V"} for day in evidence]
        action = {"x-name": "x", "x-evidence": given, "target": "$..parameters[0].schema", "update": update}
        file = tmp_path / "o.overlay.yaml"
        whole = {"overlay": "1.1.0", "info": {"title": "t", "version": "1"}, "actions": [action]}
        file.write_text(yaml.safe_dump(whole, sort_keys=False), encoding="utf-8")
        shop = deepcopy(SHOP)
        shop["paths"]["/cart"]["get"]["parameters"][0]["schema"]["title"] = "limit"
        _, applied = apply(shop, read_overlay(file, documented=False), "2025-01-02")
        assert list(overruled(applied)) == told

    @pytest.mark.parametrize(
        ("action", "says"),
        [
            ({"target": "$.info", "update": {"title": "Store"}}, "doesn't say it"),
            ({"target": "$.info.missing", "update": "x"}, "doesn't say it"),
            ({"target": "$.info.version", "remove": True}, "needs it again"),
        ],
    )
    def test_x_fixed_in_is_held_against_the_page(self, tmp_path: Path, action: Any, says: str) -> None:
        with pytest.raises(PipelineError) as caught:
            apply(SHOP, self.read(tmp_path, action), "2025-01-01")
        assert (
            str(caught.value)
            == f"o.overlay.json fixed: x-fixed-in 2025-01-01, but the page of 2025-01-01 {says}"
        )

    def read(self, folder: Path, action: dict[str, Any]) -> Any:
        file = folder / "o.overlay.json"
        whole = {"overlay": "1.1.0", "info": {"title": "t", "version": "1"}}
        full = {"x-name": "fixed", "x-fixed-in": "2025-01-01", **action}
        file.write_text(json.dumps({**whole, "actions": [full]}))
        return read_overlay(file, documented=False)


class TestEvidence:
    """What an action says is stamped with the action's evidence, so that every rule knows where it comes from."""

    EVIDENCE = ({"source": "page", "date": "2025-11-17", "confidence": "V"},)

    def stamped(self, folder: Path, capture: str = "2022-01-01", **action: Any) -> Any:
        file = folder / "o.overlay.json"
        whole = {"overlay": "1.1.0", "info": {"title": "t", "version": "1"}}
        full = {"x-name": "n", "x-why": "w", "x-evidence": list(self.EVIDENCE), **action}
        file.write_text(json.dumps({**whole, "actions": [full]}))
        made, _ = apply(SHOP, read_overlay(file), capture)
        return made["components"]["schemas"]["Cart"]

    def test_of_a_constraint(self, tmp_path: Path) -> None:
        made = self.stamped(
            tmp_path, target="$.components.schemas.Cart.properties.id", update={"minLength": 1}
        )
        assert made["properties"]["id"] == {
            "type": "string",
            "minLength": 1,
            "x-rules": {"minLength": {"evidence": list(self.EVIDENCE)}},
        }

    def test_of_a_description(self, tmp_path: Path) -> None:
        made = self.stamped(tmp_path, target="$.components.schemas.Cart", update={"description": "A cart."})
        assert made["x-evidence"] == list(self.EVIDENCE)
        assert "x-rules" not in made

    def test_of_what_tells_kinds_apart(self, tmp_path: Path) -> None:
        update = {"discriminator": {"propertyName": "kind"}}
        made = self.stamped(tmp_path, target="$.components.schemas.Cart", update=update)
        assert made["x-evidence"] == list(self.EVIDENCE)

    def test_of_required_fields_each(self, tmp_path: Path) -> None:
        made = self.stamped(
            tmp_path, target="$.components.schemas.Cart", update={"required": ["paid", "sent"]}
        )
        assert made["x-rules"] == {
            "required": {"paid": {"evidence": list(self.EVIDENCE)}, "sent": {"evidence": list(self.EVIDENCE)}}
        }

    def test_of_a_new_field_and_what_is_in_it(self, tmp_path: Path) -> None:
        update = {
            "properties": {"ids": {"type": "array", "items": {"type": "string", "description": "An id."}}}
        }
        made = self.stamped(tmp_path, target="$.components.schemas.Cart", update=update)
        ids = made["properties"]["ids"]
        assert ids["x-rules"] == {"type": {"evidence": list(self.EVIDENCE)}}
        assert ids["items"]["x-rules"] == {"type": {"evidence": list(self.EVIDENCE)}}
        assert ids["items"]["x-evidence"] == list(self.EVIDENCE)

    def test_of_a_rule_that_brings_its_own(self, tmp_path: Path) -> None:
        own = [{"source": "other", "date": "2022-01-01", "confidence": "L"}]
        update = {"minLength": 1, "x-rules": {"minLength": {"errcode": 5, "evidence": own}}}
        made = self.stamped(tmp_path, target="$.components.schemas.Cart.properties.id", update=update)
        assert made["properties"]["id"]["x-rules"] == {"minLength": {"errcode": 5, "evidence": own}}

    def test_none_of_what_is_moved(self, tmp_path: Path) -> None:
        made = self.stamped(tmp_path, target="$.components.schemas.Cart", copy="$.components.schemas.Item")
        assert not {"x-evidence", "x-rules"} & set(made)
        assert "x-rules" not in made["properties"]["name"]

    @pytest.mark.parametrize("capture", ["2022-01-01", "2025-11-17"])
    def test_none_of_what_a_newer_page_says_itself(self, tmp_path: Path, capture: str) -> None:
        """Otherwise the two pages would give two contracts."""
        made = self.stamped(
            tmp_path,
            capture,
            **{
                "target": "$.components.schemas.Cart",
                "update": {"type": "object"},
                "x-fixed-in": "2025-11-17",
            },
        )
        assert made == SHOP["components"]["schemas"]["Cart"]
