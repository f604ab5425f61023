"""The contract as it is built: the same from either page, from corrections that are all needed, and in order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from contract_places import evidence_of, walk

from pipeline import overlay
from pipeline.config import Api
from pipeline.contract import FLOW, HEADER, Built, canonical, read_vendor
from pipeline.documents import to_yaml
from pipeline.errcodes import read_errcodes
from pipeline.errors import PipelineError
from pipeline.rules import fill_rules
from pipeline.shape import check_keywords, check_references

Contract = Mapping[str, Any]

NO_LONGER_NEEDED = [
    "server.address",
    "attachments.file-not-required",
    "attachments.objects-missing",
    "chat_id_list.missing",
    "tag_filter.missing",
    "allow_select.missing",
    "chat_type.values",
    "external_userid.max-items",
    "chat_id_list.max-items",
    "tag_filter.group.tag_list.max-items",
    "attachments.max-items",
]
"""What the page of 2025 says itself."""


class TestBuild:
    def test_either_page_gives_the_committed_contract_byte_for_byte(
        self, api: Api, built: Mapping[str, Built]
    ) -> None:
        committed = api.contract.read_bytes()
        assert sorted(built) == ["2022-08-30", "2025-11-17"]
        for date, one in built.items():
            assert to_yaml(one.document, HEADER, FLOW).encode() == committed, date

    def test_what_the_newer_page_made_unnecessary(self, built: Mapping[str, Built]) -> None:
        lines = {date: list(overlay.unnecessary(one.applied)) for date, one in built.items()}
        assert lines["2022-08-30"] == []
        files = {result.action.name: result.action.file for result in built["2025-11-17"].applied}
        assert lines["2025-11-17"] == [
            f"no longer needed: {name} ({files[name]})" for name in NO_LONGER_NEEDED
        ]

    def test_every_correction_is_needed(self, api: Api, built: Mapping[str, Built]) -> None:
        """Without any one of them the page of 2022 gives another contract, or none."""
        whole = json.dumps(built["2022-08-30"].document)
        page = read_vendor(api.vendor_document("2022-08-30"))
        actions = [action for file in api.corrections for action in overlay.read_overlay(file)]
        assert len(actions) > 100
        dead = []
        for number, left_out in enumerate(actions):
            before, page = page, overlay.apply(page, [left_out], "2022-08-30")[0]
            try:
                corrected, _ = overlay.apply(before, actions[number + 1 :], "2022-08-30")
                check_references(corrected)
                check_keywords(corrected)
                fill_rules(corrected, api.default_errcode)
            except PipelineError:
                continue
            if json.dumps(canonical(corrected)) == whole:
                dead.append(left_out.name)
        assert dead == []

    def test_the_order_of_the_files_matters_and_is_that_of_the_profile(self, api: Api) -> None:
        page = read_vendor(api.vendor_document("2022-08-30"))
        backwards = [action for file in reversed(api.corrections) for action in overlay.read_overlay(file)]
        with pytest.raises(PipelineError, match="matches nothing"):
            overlay.apply(page, backwards, "2022-08-30")


@pytest.fixture(scope="module")
def actions(api: Api) -> list[tuple[str, dict[str, Any]]]:
    """Every correction as it stands in its file, under the name that an error would give it."""
    return [
        (f"{file.name} {action.get('x-name')}", action)
        for file in api.corrections
        for action in yaml.safe_load(file.read_text(encoding="utf-8"))["actions"]
    ]


class TestCorrections:
    def test_each_says_why_and_what_shows_it(self, actions: list[tuple[str, dict[str, Any]]]) -> None:
        for where, action in actions:
            assert len(action["x-why"].split()) >= 3, where
            assert action["x-evidence"], where
            for entry in action["x-evidence"]:
                assert {"source", "date", "confidence"} <= set(entry), where

    def test_each_says_how_many_places_it_means_but_for_the_root(
        self, actions: list[tuple[str, dict[str, Any]]]
    ) -> None:
        assert [
            where for where, action in actions if "x-expect" not in action and action["target"] != "$"
        ] == []

    def test_each_has_a_name_of_its_own(self, actions: list[tuple[str, dict[str, Any]]]) -> None:
        names = [action["x-name"] for _, action in actions]
        assert sorted(set(names)) == sorted(names)

    def test_what_a_page_has_mended_names_a_capture(
        self, api: Api, actions: list[tuple[str, dict[str, Any]]]
    ) -> None:
        fixed = {
            action["x-name"]: str(action["x-fixed-in"]) for _, action in actions if "x-fixed-in" in action
        }
        assert list(fixed) == NO_LONGER_NEEDED[:7]
        assert set(fixed.values()) <= set(api.vendor)

    def test_every_source_is_cited_and_every_citation_has_its_source(
        self, api: Api, contract: Contract
    ) -> None:
        cited = {
            key for node in walk(contract) for entry in evidence_of(node) for key in entry["source"].split()
        } | {
            key
            for code in read_errcodes(api).values()
            for entry in code.get("evidence", [])
            for key in entry["source"].split()
        }
        assert sorted(cited) == sorted(contract["x-sources"])
