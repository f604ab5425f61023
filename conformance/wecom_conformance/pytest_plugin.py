"""``pytest --wecom-base-url URL``: the suite as tests, one for each phase of each operation.

Without the option it adds nothing and imports nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .runner import Plan, Result, Unit

_DEST = "wecom_"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the program, with a prefix."""
    group = parser.getgroup("wecom-conformance", "hold a server against WeCom's contract")
    group.addoption("--wecom-base-url", metavar="URL", help="the server; without it nothing is tested")
    group.addoption("--wecom-settings", metavar="FILE", help="YAML with the ids that may be used")
    group.addoption("--wecom-operations", metavar="NAMES", default="", help="only these, with commas between")
    group.addoption("--wecom-seed", type=int, default=None, help="of what is drawn")
    group.addoption("--wecom-examples", type=int, default=60, help="requests drawn for an operation")
    group.addoption("--wecom-report", metavar="DIR", help="write the reports there")
    group.addoption("--wecom-rate", type=float, default=0.0, metavar="N", help="requests a second")
    for name, what in {
        "writes": "also operations that write; messages reach the given ids only",
        "everyone": "also requests that may reach any customer: for a mock",
        "remote": "also a server on another machine",
    }.items():
        group.addoption(f"--wecom-allow-{name}", action="store_true", help=what)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the suite's tests behind those that were collected."""
    if not config.getoption("--wecom-base-url"):
        return
    from .runner import CouldNotRun, Result, check_plan, reach_server, units_of
    from .settings import SettingsError

    try:
        plan = _plan(config)
        check_plan(plan)
        reach_server(plan)
    except (CouldNotRun, SettingsError) as error:
        raise pytest.UsageError(f"wecom-conformance: {error}") from None
    units, skipped = units_of(plan)
    result = Result(plan, skipped=skipped)
    config.stash[_RESULT] = result
    parent = _Suite.from_parent(session, name="wecom-conformance", nodeid="wecom-conformance")
    items += [_Item.from_parent(parent, name=f"{unit.operation}[{unit.phase}]", unit=unit) for unit in units]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the reports, where a folder was given."""
    folder = session.config.getoption("--wecom-report")
    result = session.config.stash.get(_RESULT, None)
    if not folder or result is None:
        return
    from .report import ReportError, write_reports
    from .runner import summary_of

    worker = getattr(session.config, "workerinput", None)
    place = Path(folder) / worker["workerid"] if worker is not None else Path(folder)
    try:
        write_reports(summary_of(result), place)
    except ReportError as error:
        raise pytest.UsageError(f"wecom-conformance: {error}") from None


_RESULT: pytest.StashKey[Result] = pytest.StashKey()


def _plan(config: pytest.Config) -> Plan:
    from .budget import SEED
    from .runner import Plan
    from .settings import load_settings

    def option(name: str) -> Any:
        return config.getoption(f"--wecom-{name}")

    settings, seed = option("settings"), option("seed")
    return Plan(
        option("base-url"),
        load_settings(Path(settings) if settings else None),
        tuple(option("operations").replace(",", " ").split()),
        "everyone" if option("allow-everyone") else "given" if option("allow-writes") else "reads",
        SEED if seed is None else seed,
        option("examples"),
        per_second=option("rate"),
        remote=option("allow-remote"),
    ).careful()


class _Suite(pytest.Collector):
    def collect(self) -> Iterable[pytest.Item]:
        return []


class UnitFailed(AssertionError):
    """A phase of an operation found something."""


class _Item(pytest.Item):
    def __init__(self, *, unit: Unit, **more: Any) -> None:
        super().__init__(**more)
        self.unit = unit

    def runtest(self) -> None:
        from .ledger import Ledger
        from .report import data_of
        from .runner import run_unit, suite_of, summary_of
        from .summary_text import failure_lines

        result = self.config.stash[_RESULT]
        outcome = run_unit(result.plan, suite_of(result.plan), self.unit, Ledger())
        result.add(outcome)
        if outcome.ledger.errors():
            one = type(result)(result.plan, ledger=outcome.ledger)
            raise UnitFailed("\n".join(failure_lines(data_of(summary_of(one)))))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, UnitFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"wecom-conformance: {self.unit}"
