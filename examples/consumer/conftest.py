"""Where the job under test finds WeCom: a mock of the test's own, or the server that the environment names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

import customer_care
import pytest
from hands import Hands

from wecom_openapi import WeCom

SERVER = os.environ.get("WECOM_BASE_URL")


@pytest.fixture
def base_url(request: pytest.FixtureRequest) -> str:
    """Of the mock."""
    return SERVER or str(request.getfixturevalue("wecom_mock").base_url)


@pytest.fixture
def job(base_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[WeCom]:
    """The client that the job makes for itself."""
    monkeypatch.setenv("WECOM_BASE_URL", base_url)
    # As company.yaml has them, which either of them is given.
    monkeypatch.setenv("WECOM_CORPID", "wwshop")
    monkeypatch.setenv("WECOM_SECRET", "care-secret")
    with customer_care.connect() as wecom:
        yield wecom


@pytest.fixture
def hands(base_url: str) -> Iterator[Hands]:
    """The hands of the members, and those of the clock; nothing of an earlier test is left."""
    with closing(Hands(base_url)) as found:
        found.start_over()
        yield found
