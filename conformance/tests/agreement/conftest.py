"""The contract, as the tests of agreement read it."""

from __future__ import annotations

import pytest

from wecom_conformance.engine import Contract
from wecom_conformance.mutations import Vocabulary
from wecom_conformance.phases import Suite


@pytest.fixture(scope="session")
def suite() -> Suite:
    return Suite()


@pytest.fixture(scope="session")
def contract(suite: Suite) -> Contract:
    return suite.contract


@pytest.fixture(scope="session")
def vocabulary(contract: Contract) -> Vocabulary:
    return Vocabulary.of(contract)
