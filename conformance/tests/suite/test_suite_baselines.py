"""What one gets without this suite: stock schemathesis on the same servers, and the one example of the vendor's page.

Both are held against the same planted faults, each alone. The figures stand in docs/proof.md. On a usual day only the
faults are tried that one of the two sees; `make hunt` tries the others too, which takes half a minute.
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import schemathesis.openapi.checks  # registers the stock checks below
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from wecom_conformance import cases
from wecom_conformance.budget import examples
from wecom_conformance.engine import Contract, accepts_response
from wecom_conformance.known_ids import KnownIds
from wecom_conformance.phases import Run, Suite
from wecom_conformance.strict_json import NotJSON, read_json
from wecom_conformance.suite_schema import CONFIG
from wecom_conformance.target import NoAnswer, Target
from wecom_contract import OPERATIONS
from wecom_mock import Settings, State, create_app, handle

sys.path.insert(0, str(Path(__file__).parent))  # the planted faults beside this file

import faulty_mock as planted
from test_suite_faults import CREATE, FAULTS, SEQUENCE_FAULTS

PLANTED = {name: (fault, operation) for name, (fault, _, operation, _) in FAULTS.items()} | {
    name: (fault, CREATE) for name, (fault, _) in SEQUENCE_FAULTS.items()
}
STOCK = (
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
"""The checks that can be on: one that wants invalid requests refused goes by the status, and so fails on a sound
server at once; one that wants valid requests accepted never fails."""
SEEN_BY_STOCK = {
    "answers a fail_list that is a string",
    "answers a status that is a string",
    "answers an errcode of 33 bits",
    "answers an errcode that is a string",
    "answers an errcode that is false",
    "leaves the msgid out",
    "refuses with a page",
    "refuses with a status",
    "sends its JSON as text",
}
SEEN_BY_THE_EXAMPLE = {
    "answers a fail_list that is a string",
    "answers an errcode of 33 bits",
    "answers an errcode that is a string",
    "answers an errcode that is false",
    "finds nobody to send to",
    "is always busy",
    "leaves the msgid out",
    "refuses a title at its limit",
    "refuses files",
    "refuses its own token",
    "says refused and served at once",
}


@cache
def stock_schema() -> BaseSchema:
    """The published contract as it is: nothing tells schemathesis what an envelope means."""
    contract = json.loads(json.dumps(Suite().contract.document))
    return schemathesis.openapi.from_dict(
        contract, config=SchemathesisConfig.from_dict({"seed": 1, **CONFIG})
    )


@cache
def stock_cases(operation: str) -> list[Any]:
    found = cases.boundaries(stock_schema(), operation)
    return [*cases.examples(stock_schema(), operation), *found]


def stock_sees(target: Target, operation: str) -> bool:
    """Whether a stock check fails on an example or a boundary."""
    for case in stock_cases(operation):
        try:
            answer, _ = target.call(case)
            case.validate_response(answer, checks=list(STOCK))
        except (FailureGroup, NoAnswer):
            return True
    return False


def example_sees(target: Target, contract: Contract) -> bool:
    """Whether the page's own example is not served, or its answer is none of the contract's."""
    example = next(iter(cases.examples(stock_schema(), CREATE)))
    try:
        answer, _ = target.call(example)
        read = read_json(answer.content or b"")
    except (NoAnswer, NotJSON):
        return True
    return (
        answer.status_code != 200 or read.get("errcode") != 0 or not accepts_response(contract, CREATE, read)
    )


@pytest.mark.parametrize("name", PLANTED if examples(0) else sorted(SEEN_BY_STOCK | SEEN_BY_THE_EXAMPLE))
def test_what_each_baseline_sees(known: KnownIds, suite: Suite, name: str) -> None:
    fault, operation = PLANTED[name]
    with Target(known, app=planted.app_of(fault)) as target:
        stock = stock_sees(target, operation)
        example = example_sees(target, suite.contract)
    assert (stock, example) == (name in SEEN_BY_STOCK, name in SEEN_BY_THE_EXAMPLE)


def test_neither_sees_anything_on_a_sound_server(known: KnownIds, suite: Suite) -> None:
    with Target(known, app=planted.app_of(handle)) as target:
        assert not any(stock_sees(target, operation) for operation in {one for _, one in PLANTED.values()})
        assert not example_sees(target, suite.contract)


@pytest.mark.parametrize("seed", range(2, 22) if examples(0) else [2])
def test_the_suite_itself_sees_nothing_on_a_sound_server_whatever_is_drawn(
    known: KnownIds, seed: int
) -> None:
    """Twenty seeds on a hunt, one on a usual day; boundaries and vectors are the same for all of them."""
    state = State(settings=Settings(moments_per_minute=None))
    with Target(known, app=create_app(state)) as target:
        run = Run(Suite(seed=seed), target, drawn=12, shrink=False)
        tallies = [run.drawings(operation) for operation in OPERATIONS]
        run.sequences(4)
    assert sum(tally.accepted for tally in tallies) > 50
    assert sum(tally.refused for tally in tallies) > 50


@pytest.mark.parametrize("page", ["proof.md", "proof.zh-CN.md"])
def test_the_page_has_the_figures(page: str) -> None:
    text = (Path(__file__).parents[3] / "docs" / page).read_text(encoding="utf-8")
    figures = {int(number) for number in re.findall(rf"\b(\d+) / {len(PLANTED)}\b", text)}
    assert figures == {len(PLANTED), len(SEEN_BY_STOCK), len(SEEN_BY_THE_EXAMPLE)}
