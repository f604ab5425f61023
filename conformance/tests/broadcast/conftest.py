"""A journal, and messages to plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from wecom_openapi.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal in a file of its own."""
    with Journal(tmp_path / "journal.db", survive_power_failure=False) as opened:
        yield opened
