"""A run of the suite against a server: first whether it can be tested at all, then unit by unit.

A unit is one phase of one operation. Units share nothing but the server, so they may be spread over processes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import hypothesis
from attrs import define, evolve, field, frozen

from wecom_contract import CONTRACT_VERSION, OPERATIONS, errcode

from .checks import Broken
from .engine import Contract, ContractError, load_contract
from .findings import Finding
from .gate import MOMENT, STOPPED, Gate, Reach, Withheld
from .ledger import Ledger
from .loopback import is_loopback
from .masking import Mask
from .pages import reads
from .phases import PHASES, Run, Suite
from .report import Summary
from .settings import Settings
from .stateful import Tasks
from .target import MADE, Target, TargetError
from .vectors import VectorError

READS = "reads"
SEQUENCES = "sequences"
EVERY = "every operation"
PER_SECOND = 5.0
"""Requests a second to another machine, where nothing else is said."""
NOT_A_WORD = frozenset({"msgid", "template_id"})


class CouldNotRun(RuntimeError):
    """Nothing can be said about the server; the text is one line that says why."""


@frozen
class Plan:
    """What to do.

    Attributes:
        base_url: of the server: scheme, host and port.
        settings: whom it answers for.
        operations: which; empty for all.
        reach: what may be sent, see `Gate`.
        seed: of what is drawn.
        examples: how many cases are drawn for an operation.
        workers: processes.
        per_second: requests a second, over all workers; 0 for no limit.
        contract: another contract file of the same version.
        remote: whether the server may be another machine.
        dry: whether nothing is sent.
    """

    base_url: str
    settings: Settings
    operations: tuple[str, ...] = ()
    reach: Reach = "reads"
    seed: int = 1
    examples: int = 60
    workers: int = 1
    per_second: float = 0.0
    contract: Path | None = None
    remote: bool = False
    dry: bool = False

    @property
    def host(self) -> str:
        """Of the server."""
        return urlsplit(self.base_url).hostname or ""

    def careful(self) -> Plan:
        """The same, with a limit of frequency where the server is another machine and none was given."""
        slow = not self.per_second and not is_loopback(self.host)
        return evolve(self, per_second=PER_SECOND) if slow else self


@frozen
class Unit:
    """One phase of one operation."""

    operation: str
    phase: str

    def __str__(self) -> str:
        return f"{self.operation} {self.phase}"


@define
class Outcome:
    """What became of a unit."""

    unit: Unit
    ledger: Ledger
    withheld: Counter[tuple[str, str]] = field(factory=Counter)
    seconds: float = 0.0


@define
class Result:
    """What became of a run.

    Attributes:
        plan: what was to do.
        units: what was done, in order.
        ledger: the sum.
        withheld: (operation, why) → how many requests were not sent.
        skipped: operations that were not tested, with why.
        interrupted: whether it was stopped before its end.
        seconds: how long it took.
    """

    plan: Plan
    units: list[Unit] = field(factory=list)
    ledger: Ledger = field(factory=Ledger)
    withheld: Counter[tuple[str, str]] = field(factory=Counter)
    skipped: dict[str, str] = field(factory=dict)
    interrupted: bool = False
    seconds: float = 0.0

    def add(self, outcome: Outcome) -> None:
        """Take what became of a unit into account."""
        self.units.append(outcome.unit)
        if outcome.ledger is not self.ledger:
            self.ledger.merge(outcome.ledger)
        self.withheld.update(outcome.withheld)


def check_plan(plan: Plan) -> None:
    """Whether a plan makes sense, before anything is sent.

    Raises:
        CouldNotRun: it doesn't.
    """
    url = urlsplit(plan.base_url)
    try:
        host, port = url.hostname, url.port
    except ValueError:
        host, port = None, None
    if url.scheme not in ("http", "https") or not host or port == 0:
        raise CouldNotRun(f"{_without_user(plan.base_url)}: no URL such as http://127.0.0.1:8088")
    if url.username is not None or url.path.strip("/") or url.query or url.fragment:
        raise CouldNotRun(f"{url.scheme}://{host}: give scheme, host and port only, with no user and no path")
    if not is_loopback(host) and not plan.remote:
        raise CouldNotRun(f"{host} is another machine than this one; give --allow-remote if that is meant")
    for name in plan.operations:
        if name not in OPERATIONS:
            raise CouldNotRun(f"the contract has no operation {name}; it has {', '.join(OPERATIONS)}")
    contract_of_plan(plan.contract)
    for name in ("member", "customers", "tag") if not plan.dry else ():
        if not getattr(plan.settings.known, name):
            raise CouldNotRun(f"{name}: not set; a run needs ids that it may use, in the settings file")


@cache
def contract_of_plan(file: Path | None) -> Contract:
    """The contract, which must be of the version that this package stands on.

    Raises:
        CouldNotRun: it can't be read, or is of another version.
    """
    try:
        contract = load_contract(file)
        version = contract.document.get("info", {}).get("version")
    except (ContractError, AttributeError) as error:
        raise CouldNotRun(f"the contract can't be used: {error}") from None
    if version != CONTRACT_VERSION or set(contract.requests) != set(OPERATIONS):
        told = f"version {version}" if version != CONTRACT_VERSION else "other operations"
        raise CouldNotRun(f"the contract in {file} is of {told}; this program has version {CONTRACT_VERSION}")
    return contract


def reach_server(plan: Plan) -> None:
    """Whether the server is there and gives a token.

    Raises:
        CouldNotRun: it isn't, or doesn't, and why.
    """
    with Target(plan.settings.known, base_url=_origin(plan.base_url)) as target:
        try:
            _ = target.token
        except TargetError as error:
            raise CouldNotRun(f"{_origin(plan.base_url)}: {error}") from None


def units_of(plan: Plan) -> tuple[list[Unit], dict[str, str]]:
    """The units of a plan, and the operations that are not tested, with why."""
    gate = Gate(plan.settings.known, plan.reach)
    # Making moments uses up how many there may be in a minute, so it comes after what needs one.
    wanted = sorted(plan.operations or OPERATIONS, key=lambda name: name == MOMENT)
    skipped = {name: "it writes (--allow-writes)" for name in wanted if not gate.allows(name)}
    for name in wanted:
        of_a_suite = name == "get_suite_token" or OPERATIONS[name].auth == "suite_access_token"
        if of_a_suite and plan.settings.known.suite is None:
            skipped[name] = "no suite is given (suite_id in the settings)"
    phases = [*PHASES, READS]
    units = [Unit(name, phase) for name in wanted if name not in skipped for phase in phases]
    if plan.reach != "reads" and not plan.dry and len(wanted) - len(skipped) > 1:
        units.append(Unit(EVERY, SEQUENCES))
    return units, skipped


def run(
    plan: Plan,
    *,
    progress: Callable[[Result, int], object] = lambda *_: None,
    note: Callable[[Any, str, Mapping[str, Any], Any], object] | None = None,
) -> Result:
    """Carry out a plan. An interruption ends it early; what is known by then is in the result.

    Args:
        plan: one that stood `check_plan`.
        progress: is told after every unit: the result so far, and how many units there are.
        note: gets every request before it is sent; of this process alone.

    Raises:
        CouldNotRun: the server can't be tested.
    """
    result, began = Result(plan), time.monotonic()
    if not plan.dry:
        reach_server(plan)
    units, result.skipped = units_of(plan)
    progress(result, len(units))
    STOPPED.clear()
    with contextlib.suppress(ValueError):  # only the main thread may
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _stop)
    try:
        with _quiet_interrupts():
            for outcome in _outcomes(plan, units, result, note):
                result.add(outcome)
                progress(result, len(units))
    except KeyboardInterrupt:
        result.interrupted = True
    result.seconds = time.monotonic() - began
    if not plan.dry:
        _never_served(result)
    return result


def _outcomes(plan: Plan, units: Sequence[Unit], result: Result, note: Any) -> Iterator[Outcome]:
    if plan.workers <= 1 or plan.dry:
        suite = suite_of(plan)
        for unit in units:
            yield run_unit(plan, suite, unit, result.ledger, note)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(plan.workers, mp_context=context, initializer=_ignore_interrupts)
    try:
        for future in as_completed([pool.submit(_in_a_worker, plan, unit) for unit in units]):
            yield future.result()
    except BaseException:
        for process in list(pool._processes.values()):
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _stop(number: int, frame: object) -> None:
    STOPPED.set()
    raise KeyboardInterrupt


@contextlib.contextmanager
def _quiet_interrupts() -> Iterator[None]:
    """An interrupt that comes in the midst of a finalizer can't be raised there, and Python tells that at length.

    It isn't lost: the gate sees it before the next request.
    """
    told = sys.unraisablehook

    def tell(what: Any) -> None:
        if not isinstance(what.exc_value, KeyboardInterrupt):
            told(what)

    sys.unraisablehook = tell
    try:
        yield
    finally:
        sys.unraisablehook = told


def _ignore_interrupts() -> None:
    # The terminal tells every process; it is for the first one to write the report and to end the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


_suites: dict[tuple[Path | None, int], Suite] = {}


def _in_a_worker(plan: Plan, unit: Unit) -> Outcome:
    return run_unit(plan, suite_of(plan), unit, None, None)


def suite_of(plan: Plan) -> Suite:
    """The suite of a plan; one for the process, since its boundaries take seconds to enumerate.

    Raises:
        CouldNotRun: the contract or the table of vectors can't be read.
    """
    key = (plan.contract, plan.seed)
    if key not in _suites:
        _suites[key] = Suite(contract_of_plan(plan.contract), plan.seed)
        try:
            _ = _suites[key].vectors
        except VectorError as error:
            raise CouldNotRun(f"the table of vectors can't be used: {error}") from None
    return _suites[key]


def run_unit(plan: Plan, suite: Suite, unit: Unit, shared: Ledger | None = None, note: Any = None) -> Outcome:
    """Carry out one unit.

    Args:
        plan: what it is a part of.
        suite: of the plan.
        unit: which.
        shared: where findings go at once, so that an interruption loses none.
        note: see `run`.
    """
    ledger = Ledger() if shared is None else shared
    outcome = Outcome(unit, ledger)
    began = time.monotonic()
    workers = max(1, plan.workers)
    gate = Gate(
        plan.settings.known, plan.reach, per_second=plan.per_second / workers, note=note, dry=plan.dry
    )
    with _target(plan, gate, ledger) as target:
        target.moment = _moments.get((plan.base_url, unit.operation))
        only = [name for name in OPERATIONS if gate.allows(name) and _bounded(plan, name)]
        one = Run(suite, target, plan.examples, only=only)
        try:
            _carry_out(one, unit)
        except* Broken as group:
            for failure in _flat(group):
                for loose in failure.loose:
                    ledger.add_loose(loose, target.last)
        except* TargetError as group:
            for error in _flat(group):
                if error.code is not None and errcode(error.code).category == "frequency":
                    gate.withheld[unit.operation, f"{error.operation} met a limit of frequency"] += 1
                else:
                    ledger.add_loose(Finding("WC207", error.operation, str(error), error.operation))
        except* (Withheld, hypothesis.errors.Unsatisfiable):
            pass
        except* hypothesis.errors.Flaky:
            # The server answers the same request in two ways; what it answered is in the ledger.
            pass
        finally:
            if target.moment is not None:
                _moments[plan.base_url, unit.operation] = target.moment
    outcome.withheld = gate.withheld
    outcome.seconds = time.monotonic() - began
    return outcome


_moments: dict[tuple[str, str], dict[str, str]] = {}
"""The moment that was made for an operation: a company may make few of them in a minute."""


def _bounded(plan: Plan, operation: str) -> bool:
    """Whether sequences may call it; those of moments reach every customer of a member."""
    if plan.operations and operation not in plan.operations:
        return False
    return plan.reach == "everyone" or "moment" not in operation


def _carry_out(one: Run, unit: Unit) -> Tasks | object:
    if unit.phase == SEQUENCES:
        return one.sequences(max(5, one.drawn // 3))
    return reads(one, unit.operation) if unit.phase == READS else PHASES[unit.phase](one, unit.operation)


_Error = TypeVar("_Error", bound=Exception)


def _flat(group: BaseExceptionGroup[_Error]) -> Iterator[_Error]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _flat(error)
        else:
            yield error


def _target(plan: Plan, gate: Gate, ledger: Ledger) -> Target:
    makes = {"reads": frozenset[str](), "given": NOT_A_WORD, "everyone": MADE}[plan.reach]
    kind = _DryTarget if plan.dry else Target
    return kind(
        plan.settings.known,
        base_url=_origin(plan.base_url),
        gate=gate,
        observer=ledger.add,
        given=plan.settings.given,
        makes=makes,
    )


class _DryTarget(Target):
    """A target that is asked for nothing: what a call would give has a name instead."""

    @property
    def token(self) -> str:
        return "TOKEN"

    @property
    def suite_token(self) -> str:
        return "SUITE_TOKEN"

    def new_task(self) -> str:
        return "MSGID"

    def new_template(self) -> str:
        return "TEMPLATE_ID"

    def _of_a_moment(self, field: str) -> str:
        return field.upper()


def summary_of(result: Result) -> Summary:
    """What the reports are made of, after a run."""
    plan = result.plan
    known = plan.settings.known
    secrets = [known.corpsecret]
    if known.suite is not None:
        secrets += [known.suite.suite_secret, known.suite.suite_ticket, known.suite.permanent_code]
    reach = {
        "reads": "read-only operations (--allow-writes was not given)",
        "given": "writes too; messages to the given ids only (--allow-everyone was not given)",
        "everyone": "everything, whomever it reaches",
    }[plan.reach]
    return Summary(
        "server",
        plan.base_url,
        result.ledger,
        Mask(*secrets),
        [(unit.operation, unit.phase) for unit in result.units],
        [(name, why, count) for (name, why), count in sorted(result.withheld.items())],
        result.skipped,
        [f"seed {plan.seed}, {plan.examples} drawn requests for an operation; {reach}"],
        result.interrupted,
        result.seconds,
        plan.seed,
    )


def _never_served(result: Result) -> None:
    """An operation all of whose good requests met a limit of frequency was not tested at all."""
    for name, codes in result.ledger.codes.items():
        throttled = [code for code in codes if code is not None and errcode(code).category == "frequency"]
        if throttled and not result.ledger.served[name]:
            told = f"errcode {throttled[0]} for {codes[throttled[0]]} of {result.ledger.sent[name]} requests"
            result.ledger.add_loose(Finding("WC208", name, told))


def _origin(base_url: str) -> str:
    return base_url.rstrip("/")


def _without_user(url: str) -> str:
    return url.rpartition("@")[2]
