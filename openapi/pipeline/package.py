"""The data files of the importable contract package, as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pipeline.compile import compile_contract, faults, success_examples
from pipeline.config import Api
from pipeline.errcodes import read_errcodes
from pipeline.errors import PipelineError
from pipeline.rule_table import rule_table


def package_data(contract: Mapping[str, Any], api: Api) -> dict[str, str]:
    """File name → JSON text of everything that the package loads.

    Raises:
        PipelineError: a rule names a code that the table of codes doesn't have, or that table is malformed.
    """
    compiled = compile_contract(contract, api)
    schemas = compiled.pop("schemas")
    codes = read_errcodes(api, contract.get("x-sources", {}))
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
    files["examples"] = success_examples(contract, api)
    files["faults"] = faults(contract)
    return {
        f"{name}.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n" for name, data in files.items()
    }
