"""The data files of the importable contract package, as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pipeline.compile import compile_contract
from pipeline.config import Api
from pipeline.documents import read_yaml
from pipeline.errors import PipelineError
from pipeline.rule_table import rule_table

CODE_KEYS = {"zh", "en", "category", "effect", "action", "action_zh"}
RENEWS = "renews_token"
"""The one key that an entry may have besides: the code means a dead token."""
CATEGORIES = frozenset(
    "ok busy credential permission frequency argument audience media dispatching cancelled configuration other".split()
)


def package_data(contract: Mapping[str, Any], api: Api) -> dict[str, str]:
    """File name → JSON text of everything that the package loads.

    Raises:
        PipelineError: a rule names a code that the table of codes doesn't have, or that table is malformed.
    """
    compiled = compile_contract(contract, api)
    schemas = compiled.pop("schemas")
    codes = read_errcodes(api)
    rules = {
        rule.id: {k: v for k, v in asdict(rule).items() if k != "id"}
        for rule in rule_table(contract).values()
    }
    for name, rule in rules.items():
        if rule["errcode"] is not None and str(rule["errcode"]) not in codes:
            raise PipelineError(
                f"rule {name}", f"names the code {rule['errcode']}, which {api.errcodes.name} doesn't have"
            )
    files = {"operations": compiled, "schemas": schemas, "rules": rules, "errcodes": codes}
    return {
        f"{name}.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n" for name, data in files.items()
    }


def read_errcodes(api: Api) -> dict[str, dict[str, Any]]:
    """The vendor's codes by number: those of this family in full, the others with their meaning alone."""
    data = read_yaml(api.errcodes, number_keys=True)
    where = str(api.errcodes)
    if not isinstance(data, dict) or set(data) != {"family", "meanings"}:
        raise PipelineError(where, "must have the tables family and meanings, and no other")
    for name in ("family", "meanings"):
        if not isinstance(data[name], dict):
            raise PipelineError(where, f"{name} must be a table")
    for code, entry in data["family"].items():
        if not isinstance(code, int) or not isinstance(entry, dict) or set(entry) - {RENEWS} != CODE_KEYS:
            raise PipelineError(
                where, f"family {code}: needs {', '.join(sorted(CODE_KEYS))} and nothing else"
            )
        if not all(isinstance(entry[key], str) and entry[key] for key in CODE_KEYS):
            raise PipelineError(where, f"family {code}: every key has a text")
        if entry.get(RENEWS, True) is not True:
            raise PipelineError(where, f"family {code}: {RENEWS} is true, or isn't there")
        if entry["category"] not in CATEGORIES or entry["effect"] not in ("none", "unknown"):
            raise PipelineError(where, f"family {code}: category or effect is not one of the known words")
    table = dict(data["family"])
    for code, meaning in data["meanings"].items():
        if not isinstance(code, int) or not isinstance(meaning, str) or code in table:
            raise PipelineError(
                where, f"meanings {code}: must be a number that family doesn't have, with a text"
            )
        table[code] = {"zh": meaning}
    return {str(code): table[code] for code in sorted(table)}
