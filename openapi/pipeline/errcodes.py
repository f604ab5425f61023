"""Reads the vendor's table of error codes and refuses one that contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.config import Api
from pipeline.documents import read_yaml
from pipeline.errors import PipelineError
from pipeline.evidence import check_evidence

TEXTS = ("zh", "en", "action", "action_zh")
WORDS: Mapping[str, frozenset[str]] = {
    "category": frozenset(
        "ok busy credential permission frequency argument audience no-customers media dispatching task-unknown "
        "cancelled configuration other".split()
    ),
    "effect": frozenset({"none", "unknown"}),
    "retry": frozenset({"never", "now", "later"}),
}
"""The keys whose value is one of some words."""
KEYS = {*TEXTS, *WORDS}
MAY = {"renews_token", "pause", "evidence"}
"""What an entry may have besides: the parameter whose token the code says is dead, the seconds before which the
same call gets the same answer, and where its meaning was read."""
TABLES = ("evidence", "family", "meanings")


def read_errcodes(api: Api, sources: Mapping[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    """The vendor's codes by number: those of this family in full, the others with their meaning alone.

    Args:
        api: the profile.
        sources: what evidence may name; anything where it is None.

    Raises:
        PipelineError: an entry lacks something, has a word that isn't known, or says two things that can't both be so.
    """
    data = read_yaml(api.errcodes, number_keys=True)
    where = str(api.errcodes)
    if not isinstance(data, dict) or set(data) != set(TABLES):
        raise PipelineError(where, f"must have {', '.join(TABLES)}, and nothing else")
    check_evidence(f"{where}: evidence", data["evidence"])
    for name in ("family", "meanings"):
        if not isinstance(data[name], dict):
            raise PipelineError(where, f"{name} must be a table")
    table: dict[int, dict[str, Any]] = {}
    for code, entry in data["family"].items():
        _check(f"{where}: family {code}", code, entry)
        table[code] = {**entry, "evidence": entry.get("evidence", data["evidence"])}
    for code, meaning in data["meanings"].items():
        if not isinstance(code, int) or not isinstance(meaning, str) or code in table:
            raise PipelineError(
                where, f"meanings {code}: must be a number that family doesn't have, with a text"
            )
        table[code] = {"zh": meaning}
    if sources is not None:
        _check_sources(where, table, sources)
    return {str(code): table[code] for code in sorted(table)}


def _check(where: str, code: Any, entry: Any) -> None:
    if not isinstance(code, int) or not isinstance(entry, dict) or set(entry) - MAY != KEYS:
        raise PipelineError(
            where, f"needs {', '.join(sorted(KEYS))}, may have {', '.join(sorted(MAY))}, and nothing else"
        )
    pause = entry.get("pause", 1)
    if type(pause) is not int or pause < 1:
        raise PipelineError(where, "pause is a whole number of seconds, at least 1")
    if "pause" in entry and entry["retry"] != "later":
        raise PipelineError(where, "pause stands where retry is later, and nowhere else")
    if not all(isinstance(entry[key], str) and entry[key] for key in KEYS):
        raise PipelineError(where, "every key has a text")
    for key, words in WORDS.items():
        if entry[key] not in words:
            raise PipelineError(where, f"{key} must be one of {', '.join(sorted(words))}")
    renews = entry.get("renews_token", "token")
    if not isinstance(renews, str) or not renews:
        raise PipelineError(where, "renews_token is the name of the parameter that carries the token")
    if "evidence" in entry:
        check_evidence(where, entry["evidence"])
    if ("renews_token" in entry) != (entry["retry"] == "now"):
        raise PipelineError(where, "retry is now where renews_token stands, and nowhere else")
    if entry["effect"] == "unknown" and entry["category"] == "ok":
        raise PipelineError(where, "a success has no unknown effect")
    if entry["category"] == "ok" and entry["retry"] != "never":
        raise PipelineError(where, "a success is not repeated: retry must be never")


def _check_sources(where: str, table: Mapping[int, Mapping[str, Any]], sources: Mapping[str, Any]) -> None:
    for code, entry in table.items():
        for evidence in entry.get("evidence", []):
            for source in evidence["source"].split():
                if source not in sources:
                    raise PipelineError(
                        f"{where}: family {code}",
                        f"evidence names the source {source}, which x-sources doesn't have",
                    )
