"""Every slip in an overlay is an error of one line that names the file and the action."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.errors import PipelineError
from pipeline.overlay import apply, read_overlay

DOCUMENT = {"info": {"title": "Shop"}, "tags": ["a", "b"], "limits": {"a": 1, "b": [2], "c": {"d": 3}}}

EVIDENCE = [{"source": "page", "date": "2025-11-17", "confidence": "V"}]

ACTION = {"x-name": "title", "x-why": "It is a store.", "x-evidence": EVIDENCE, "target": "$.info"}

GONE = object()

KNOWN = "target, description, update, remove, copy, x-name, x-why, x-evidence, x-expect, x-fixed-in"

Refused = Callable[..., str]


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """The error of an overlay whose parts are given, and the line that says what is wrong with it."""

    def run(*changed: dict[str, Any], document: Any = DOCUMENT, **head: Any) -> str:
        actions = []
        for change in changed or ({},):
            whole = {**ACTION, "update": {"title": "Store"}, **change}
            actions.append({key: value for key, value in whole.items() if value is not GONE})
        overlay: dict[str, Any] = {
            "overlay": "1.1.0",
            "info": {"title": "t", "version": "1"},
            "actions": actions,
        }
        overlay = {key: value for key, value in {**overlay, **head}.items() if value is not GONE}
        file = tmp_path / "shop.overlay.yaml"
        file.write_text(yaml.safe_dump(overlay, sort_keys=False, allow_unicode=True), encoding="utf-8")
        with pytest.raises(PipelineError) as caught:
            apply(document, read_overlay(file))
        (line,) = str(caught.value).splitlines()
        return line

    return run


def test_nothing_is_wrong_with_the_overlay_that_the_others_differ_from(tmp_path: Path) -> None:
    file = tmp_path / "shop.overlay.yaml"
    overlay = {"overlay": "1.1.0", "info": {"title": "t", "version": "1"}}
    file.write_text(yaml.safe_dump({**overlay, "actions": [{**ACTION, "update": {"title": "Store"}}]}))
    made, _ = apply(DOCUMENT, read_overlay(file))
    assert made["info"] == {"title": "Store"}


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ({"overlay": "2.0.0"}, "overlay must be one of 1.0.0, 1.1.0, not '2.0.0'"),
        ({"overlay": 1.1}, "overlay must be one of 1.0.0, 1.1.0, not 1.1"),
        ({"overlay": GONE}, "overlay must be one of 1.0.0, 1.1.0, not None"),
        ({"info": GONE}, "info needs a title and a version"),
        ({"info": {"title": "t"}}, "info needs a title and a version"),
        ({"info": {"title": "t", "version": 1}}, "info needs a title and a version"),
        ({"info": {"title": "t", "version": "1", "author": "a"}}, "unknown key info.author"),
        ({"actions": GONE}, "actions must be a list of at least one"),
        ({"actions": []}, "actions must be a list of at least one"),
        ({"actions": {"target": "$"}}, "actions must be a list of at least one"),
        ({"action": []}, "unknown key action"),
        ({"extends": 5}, "extends must be an address"),
    ],
)
def test_the_head(refused: Refused, head: dict[str, Any], says: str) -> None:
    assert refused(**head) == f"shop.overlay.yaml: {says}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"updates": {}}, f"unknown key updates; known: {KNOWN}"),
        ({"x-evidnce": []}, f"unknown key x-evidnce; known: {KNOWN}"),
        ({"target": GONE}, "target must be a JSONPath"),
        ({"target": ["$"]}, "target must be a JSONPath"),
        ({"description": 1}, "description must be text"),
        ({"update": GONE}, "must have one of update, remove: true and copy, not none"),
        ({"update": GONE, "remove": False}, "must have one of update, remove: true and copy, not none"),
        ({"remove": True}, "must have one of update, remove: true and copy, not update and remove"),
        ({"copy": "$.tags"}, "must have one of update, remove: true and copy, not update and copy"),
        (
            {"update": GONE, "remove": True, "copy": "$"},
            "must have one of update, remove: true and copy, not remove and copy",
        ),
        ({"update": GONE, "remove": "yes"}, "remove must be true or false"),
        ({"update": GONE, "remove": 1}, "remove must be true or false"),
        ({"update": GONE, "copy": {"title": "x"}}, "copy must be a JSONPath"),
        ({"x-name": GONE}, "has no x-name"),
        ({"x-name": ""}, "x-name is empty"),
        ({"x-name": 5}, "x-name must be text"),
        ({"x-why": GONE}, "has no x-why"),
        ({"x-why": " "}, "x-why is empty"),
        ({"x-why": ["a"]}, "x-why must be text"),
        ({"x-evidence": GONE}, "has no x-evidence"),
        ({"x-expect": 0}, "x-expect must be at least 1: a target that matches nothing is an error"),
        ({"x-expect": -1}, "x-expect must be at least 1: a target that matches nothing is an error"),
        ({"x-expect": "1"}, "x-expect must be a number"),
        ({"x-expect": True}, "x-expect must be a number"),
        ({"x-fixed-in": "soon"}, "x-fixed-in must be the day of a capture, YYYY-MM-DD"),
        ({"x-fixed-in": "2025-02-30"}, "x-fixed-in must be the day of a capture, YYYY-MM-DD"),
        ({"x-fixed-in": 2025}, "x-fixed-in must be text"),
        (
            {"x-fixed-in": "2025-11-17", "update": GONE, "copy": "$.tags"},
            "x-fixed-in can't stand beside copy: a page has nothing that could say it",
        ),
    ],
)
def test_an_action(refused: Refused, change: dict[str, Any], says: str) -> None:
    name = str(change.get("x-name", "title")) if change.get("x-name") is not GONE else ""
    where = f"shop.overlay.yaml actions[1] {name}".rstrip()
    assert refused({"x-name": "before", "update": {}}, change) == f"{where}: {says}"


def test_an_action_that_is_no_object(refused: Refused) -> None:
    assert (
        refused(actions=[{**ACTION, "update": {}}, "$.info"])
        == "shop.overlay.yaml actions[1]: must be an object"
    )


ENTRY = "x-evidence: each entry has source, date and confidence, and may have a note"
SURE = (
    "x-evidence: confidence must be one of V (read on the vendor's own page), M2 (two or more independent copies or "
    "typed SDKs say the same), M1 (one copy or one SDK says so), L (somebody ran it against a real tenant and wrote "
    "the result down), I (inferred; written nowhere)"
)


@pytest.mark.parametrize(
    ("evidence", "says"),
    [
        ([], "x-evidence must be a list of at least one {source, date, confidence}"),
        ({}, "x-evidence must be a list of at least one {source, date, confidence}"),
        ("page", "x-evidence must be a list of at least one {source, date, confidence}"),
        (["page"], ENTRY),
        ([{"source": "page", "date": "2025-11-17"}], ENTRY),
        ([{**EVIDENCE[0], "url": "x"}], ENTRY),
        (
            [{**EVIDENCE[0], "source": ""}],
            "x-evidence: source must be the key of a source, or several with spaces between",
        ),
        (
            [{**EVIDENCE[0], "source": " "}],
            "x-evidence: source must be the key of a source, or several with spaces between",
        ),
        (
            [{**EVIDENCE[0], "source": 5}],
            "x-evidence: source must be the key of a source, or several with spaces between",
        ),
        ([{**EVIDENCE[0], "confidence": "sure"}], SURE),
        ([{**EVIDENCE[0], "confidence": ["V"]}], SURE),
        ([{**EVIDENCE[0], "date": "17.11.2025"}], "x-evidence: date must be a day, YYYY-MM-DD"),
        ([{**EVIDENCE[0], "date": "2025-13-01"}], "x-evidence: date must be a day, YYYY-MM-DD"),
        ([{**EVIDENCE[0], "date": "2025-02-29"}], "x-evidence: date must be a day, YYYY-MM-DD"),
        ([{**EVIDENCE[0], "date": "20251117"}], "x-evidence: date must be a day, YYYY-MM-DD"),
        ([{**EVIDENCE[0], "date": 2025}], "x-evidence: date must be a day, YYYY-MM-DD"),
        ([{**EVIDENCE[0], "note": 5}], "x-evidence: a note must be text"),
        ([EVIDENCE[0], {**EVIDENCE[0], "date": "?"}], "x-evidence: date must be a day, YYYY-MM-DD"),
    ],
)
def test_evidence(refused: Refused, evidence: Any, says: str) -> None:
    assert refused({"x-evidence": evidence}) == f"shop.overlay.yaml actions[0] title: {says}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"target": "$.infos"}, "target $.infos matches nothing"),
        ({"target": "$.tags[7]"}, "target $.tags[7] matches nothing"),
        ({"target": "$.tags[?@ == 'c']", "update": "x"}, "target $.tags[?@ == 'c'] matches nothing"),
        ({"target": "$.infos", "update": GONE, "remove": True}, "target $.infos matches nothing"),
        ({"x-expect": 2}, "target $.info matches 1 nodes, x-expect says 2"),
        (
            {"target": "$.tags[*]", "update": "x", "x-expect": 1},
            "target $.tags[*] matches 2 nodes, x-expect says 1",
        ),
        ({"target": "$.limits.*"}, "target $.limits.* matches nodes of different kinds"),
        (
            {"target": "$.limits['a','b']", "update": 1},
            "target $.limits['a','b'] matches nodes of different kinds",
        ),
        (
            {"target": "$['info','tags']", "update": {}},
            "target $['info','tags'] matches nodes of different kinds",
        ),
        ({"target": "$..*", "update": {}}, "target $..* matches nodes of different kinds"),
        ({"target": "info"}, "info is no JSONPath (RFC 9535)"),
        ({"target": ""}, "is no JSONPath (RFC 9535)"),
        ({"target": "$.info["}, "$.info[ is no JSONPath (RFC 9535)"),
        ({"target": "$.tags[?(@ =~ /a/)]"}, "is no JSONPath (RFC 9535)"),
        ({"target": "$.tags[?nope(@)]"}, "is no JSONPath (RFC 9535)"),
        ({"target": "$" + ".a" * 5000}, "is no JSONPath (RFC 9535)"),
        ({"target": "$", "update": GONE, "remove": True}, "the whole document can't be removed"),
        ({"update": "Store"}, "can't merge primitive into an object"),
        ({"update": ["Store"]}, "can't merge array into an object"),
        ({"target": "$.info.title"}, "can't merge object into the value 'Shop'"),
        ({"target": "$.info.title", "update": ["a"]}, "can't merge array into the value 'Shop'"),
        ({"update": {"title": {"en": "Store"}}}, "can't merge object into the value 'Shop'"),
        ({"target": "$.limits", "update": {"b": 3}}, "can't merge primitive into an array"),
        ({"target": "$.limits", "update": {"b": {"e": 3}}}, "can't merge object into an array"),
        ({"target": "$.limits", "update": {"c": 3}}, "can't merge primitive into an object"),
        ({"update": GONE, "copy": "$.infos"}, "copy $.infos must match one node, not 0"),
        ({"update": GONE, "copy": "$.tags[*]"}, "copy $.tags[*] must match one node, not 2"),
        ({"update": GONE, "copy": "tags"}, "tags is no JSONPath (RFC 9535)"),
        ({"update": GONE, "copy": "$.tags"}, "can't merge array into an object"),
    ],
)
def test_what_meets_the_document(refused: Refused, change: dict[str, Any], says: str) -> None:
    line = refused(change)
    assert line.startswith("shop.overlay.yaml title: ")
    assert says in line
    assert len(line) < 400


def test_a_failure_leaves_the_document_as_it_was(refused: Refused) -> None:
    document = {"info": {"title": "Shop"}, "tags": []}
    assert "matches nothing" in refused({}, {"x-name": "second", "target": "$.none"}, document=document)
    assert document == {"info": {"title": "Shop"}, "tags": []}


def test_a_name_stands_once(refused: Refused) -> None:
    line = refused({}, {"x-name": "other"}, {})
    assert line == "shop.overlay.yaml title: stands twice under this name, first in shop.overlay.yaml"


def test_a_name_stands_once_in_all_files(tmp_path: Path) -> None:
    actions = []
    for name in ("one", "two"):
        file = tmp_path / f"{name}.overlay.yaml"
        overlay = {"overlay": "1.1.0", "info": {"title": "t", "version": "1"}}
        file.write_text(yaml.safe_dump({**overlay, "actions": [{**ACTION, "update": {}}]}))
        actions += read_overlay(file)
    with pytest.raises(PipelineError) as caught:
        apply(DOCUMENT, actions)
    assert (
        str(caught.value) == "two.overlay.yaml title: stands twice under this name, first in one.overlay.yaml"
    )


@pytest.mark.parametrize("hostile", ["two\nlines", "tab\tand\r\nmore", "line\u2028end", "next\x85line"])
def test_names_can_not_break_the_line(refused: Refused, hostile: str) -> None:
    assert refused({"x-name": hostile, "target": "$.none"}).endswith("matches nothing")
    assert "unknown key" in refused({hostile: 1})
    assert "JSONPath" in refused({"target": hostile})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "shop.overlay.yaml: not an overlay: it must be an object"),
        ("- overlay", "shop.overlay.yaml: not an overlay: it must be an object"),
        ("overlay: 1.1.0\ninfo: {title: t\nactions: []", "shop.overlay.yaml:3: not YAML: "),
        ("overlay: 1.1.0\noverlay: 1.1.0\n", "shop.overlay.yaml:2: key 'overlay' stands twice"),
        ("overlay: 1.1.0\nactions:\n- target: $\n\tupdate: 1\n", "shop.overlay.yaml:4: not YAML: "),
        ("a: 1\n---\nb: 2\n", "shop.overlay.yaml:2: not YAML: but found another document"),
    ],
)
def test_a_file_that_is_no_overlay(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "shop.overlay.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PipelineError) as caught:
        read_overlay(file)
    (line,) = str(caught.value).splitlines()
    assert line.removeprefix(f"{tmp_path}/").startswith(says)
