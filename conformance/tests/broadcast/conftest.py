"""A journal, a mock on a real socket, and clients that have both."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wecom_mock import Settings, State
from wecom_mock.arrange import empty_company
from wecom_mock.fixture import WeComMock
from wecom_openapi import AsyncWeCom, WeCom
from wecom_openapi.broadcast import Broadcast, Summary
from wecom_openapi.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal in a file of its own."""
    with Journal(tmp_path / "journal.db", survive_power_failure=False) as opened:
        yield opened


@pytest.fixture
def mock(request: pytest.FixtureRequest) -> Iterator[WeComMock]:
    """A company with nobody in it, served; settings of it by the parameter."""
    settings = Settings(**getattr(request, "param", {}))
    with WeComMock(State(empty_company(), settings=settings)) as running:
        yield running


@pytest.fixture
def sender(mock: WeComMock, journal: Journal) -> Iterator[WeCom]:
    """A client with the journal."""
    with WeCom(mock.corpid, mock.secret, base_url=mock.base_url, journal=journal) as wecom:
        yield wecom


@pytest.fixture(params=["threads", "tasks"])
def run(
    request: pytest.FixtureRequest, mock: WeComMock, journal: Journal, sender: WeCom
) -> Callable[..., Summary]:
    """Runs a broadcast: once with `WeCom`, once with `AsyncWeCom`."""

    def with_tasks(broadcast: Broadcast, **options: Any) -> Summary:
        async def main() -> Summary:
            async with AsyncWeCom(mock.corpid, mock.secret, base_url=mock.base_url, journal=journal) as wecom:
                return await broadcast.run_async(wecom, **options)

        return asyncio.run(main())

    def with_threads(broadcast: Broadcast, **options: Any) -> Summary:
        return broadcast.run(sender, **options)

    return with_threads if request.param == "threads" else with_tasks


@pytest.fixture
def shop(mock: WeComMock) -> Callable[[int, int], list[tuple[str, str]]]:
    """Gives a company members, each with customers of its own; says who has whom."""

    def arrange(members: int, customers: int) -> list[tuple[str, str]]:
        pairs = []
        for number in range(members):
            member = mock.company.member(f"m{number}")
            for one in range(customers):
                member.customer(f"wm{number}x{one}")
                pairs.append((f"m{number}", f"wm{number}x{one}"))
        return pairs

    return arrange


@pytest.fixture
def ledger(mock: WeComMock) -> Callable[[], Counter[str]]:
    """How many tasks each recipient is in, by what the server has made."""

    def count() -> Counter[str]:
        asked: Counter[str] = Counter()
        for task in mock.tasks:
            for assignment in task.assignments.values():
                asked.update(one.target for one in assignment.deliveries)
        return asked

    return count
