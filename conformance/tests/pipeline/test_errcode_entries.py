"""Entries of the table of codes beside those of the profile: pauses, tokens that are renewed, and meanings alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Api
from pipeline.errcodes import read_errcodes
from pipeline.errors import PipelineError

EVIDENCE = [{"source": "table", "date": "2024-04-08", "confidence": "V"}]
ENTRY = {
    "zh": "a",
    "en": "a",
    "category": "argument",
    "effect": "none",
    "retry": "never",
    "action": "a",
    "action_zh": "a",
}
LATER = {**ENTRY, "retry": "later"}
NOW = {**ENTRY, "retry": "now"}
OK = {**ENTRY, "category": "ok"}


def read(api: Api, folder: Path, data: Any) -> dict[str, dict[str, Any]]:
    codes = folder / "errcodes.yaml"
    text = json.dumps(data, ensure_ascii=False)
    codes.write_text(text.replace('"1":', "1:").replace('"5":', "5:"), encoding="utf-8")
    return read_errcodes(replace(api, errcodes=codes))


def table(entry: Any = ENTRY, meanings: Any = None) -> dict[str, Any]:
    return {"evidence": EVIDENCE, "family": {"1": entry}, "meanings": meanings or {}}


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        {**ENTRY, "effect": "unknown"},
        OK,
        LATER,
        {**LATER, "pause": 1},
        {**LATER, "pause": 3600},
        {**NOW, "renews_token": "t"},
        {**ENTRY, "evidence": [{**EVIDENCE[0], "source": "other"}]},
    ],
)
def test_what_passes_is_there_in_full(api: Api, tmp_path: Path, entry: dict[str, Any]) -> None:
    assert read(api, tmp_path, table(entry, {"5": "b"})) == {
        "1": {"evidence": EVIDENCE, **entry},
        "5": {"zh": "b"},
    }


@pytest.mark.parametrize(
    ("data", "says"),
    [
        *(
            (table({**LATER, "pause": pause}), "family 1: pause is a whole number of seconds, at least 1")
            for pause in (0, -1, True, 1.5, "1", None)
        ),
        *(
            (table({**entry, "pause": 1}), "family 1: pause stands where retry is later, and nowhere else")
            for entry in (ENTRY, {**NOW, "renews_token": "t"})
        ),
        *(
            (
                table({**NOW, "renews_token": token}),
                "family 1: renews_token is the name of the parameter that carries the token",
            )
            for token in ("", 1, None)
        ),
        (table({**ENTRY, "en": ""}), "family 1: every key has a text"),
        (table({**OK, "retry": "later"}), "family 1: a success is not repeated: retry must be never"),
        (table({**OK, "effect": "unknown"}), "family 1: a success has no unknown effect"),
        (
            table(meanings={"5": 6}),
            "meanings 5: must be a number that family doesn't have, with a text",
        ),
        (
            table(meanings={"five": "b"}),
            "meanings five: must be a number that family doesn't have, with a text",
        ),
        ({**table(), "meanings": ["b"]}, "meanings must be a table"),
        ({**table(), "family": "b"}, "family must be a table"),
        ({**table(), "more": {}}, "must have evidence, family, meanings, and nothing else"),
        ([], "must have evidence, family, meanings, and nothing else"),
        (
            {**table(), "evidence": []},
            "evidence: x-evidence must be a list of at least one {source, date, confidence}",
        ),
    ],
)
def test_what_does_not_is_one_line(api: Api, tmp_path: Path, data: Any, says: str) -> None:
    with pytest.raises(PipelineError) as caught:
        read(api, tmp_path, data)
    assert str(caught.value) == f"{tmp_path}/errcodes.yaml: {says}"
