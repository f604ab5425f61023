"""Where the job under test finds WeCom: a mock of the test's own, or the server that the environment names."""

from __future__ import annotations

import os
from collections.abc import Iterator

import customer_care
import pytest

from wecom_openapi import WeCom

SERVER = os.environ.get("WECOM_BASE_URL")


@pytest.fixture
def job(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[WeCom]:
    """The client that the job makes for itself."""
    base_url = SERVER or request.getfixturevalue("wecom_mock").base_url
    monkeypatch.setenv("WECOM_BASE_URL", base_url)
    # As company.yaml has them, which either of them is given.
    monkeypatch.setenv("WECOM_CORPID", "wwshop")
    monkeypatch.setenv("WECOM_SECRET", "care-secret")
    with customer_care.connect() as wecom:
        yield wecom
