"""Every fault, met by one create of a client of its own: with threads and with tasks, over httpx and over the fast
transports, in the call or in the request for the token before it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Literal

from attrs import evolve, field, frozen

from wecom_openapi import MemoryTokenStore

from .callers import CALLERS
from .company import SENDERS, customers_of
from .faults import DONE, FAULTS, NO_FAULT, NOT_SENT, REFUSED, UNKNOWN, Fault
from .server import ChaosServer, Draw, always
from .truth import Summary
from .wire import Request

DEADLINE: Final = 1.0
"""Seconds for a call that only its deadline ends. What is expected of it holds at any speed of the machine."""
_AT_ONCE: Final = 24


@frozen
class Case:
    """One fault and who meets it.

    Attributes:
        fault: what goes wrong.
        caller: one of `CALLERS`.
        stage: whether it meets the call itself or the request for its token.
        settings: further arguments of the client.
    """

    fault: Fault
    caller: str
    stage: Literal["call", "token"] = "call"
    settings: dict[str, Any] = field(factory=dict)

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.fault.name} [{self.caller}, {self.stage}]"


def cases(faults: Iterable[Fault] = FAULTS.values()) -> Iterator[Case]:
    """Each fault in each place."""
    for fault in faults:
        for caller in CALLERS:
            yield Case(fault, caller)
            if fault.at == "answer":
                yield Case(_of_token(fault), caller, "token")


def _of_token(fault: Fault) -> Fault:
    """The fault in the answer to gettoken. The create was not sent, or all is well because the token can be read."""
    if fault.expects == DONE:
        return fault
    # Whoever has the token goes on; what still drops from the connection then is the answer to the create.
    return evolve(fault, expects=DONE | NOT_SENT | REFUSED | (UNKNOWN if fault.expects > DONE else DONE))


def at_token(fault: Fault) -> Draw:
    """A server that does it to every request for a token."""

    def draw(_: str, request: Request | None) -> Fault:
        return fault if request is not None and request.operation == "gettoken" else NO_FAULT

    return draw


class WarmStore(MemoryTokenStore):
    """A store that has a good token from the start."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def load(self, key: str) -> str | None:
        """See `TokenStore.load`."""
        return super().load(key) or self._token


def warm(server: ChaosServer) -> WarmStore:
    """A store with the token that the server would give."""
    return WarmStore(server.token())


def body(content: str, recipients: int = 3) -> dict[str, Any]:
    """A message to some customers."""
    sender = SENDERS[0]
    return {
        "sender": sender,
        "external_userid": customers_of(sender, recipients),
        "text": {"content": content},
    }


def play(case: Case) -> Summary:
    """Make the call of a case, and hold what was said of it against what was done."""
    draw = always(case.fault) if case.stage == "call" else at_token(case.fault)
    with ChaosServer(draw) as server:
        settings = dict(case.settings)
        if case.stage == "call":
            settings["token_store"] = warm(server)
        if case.fault.slow:
            settings |= {"deadline": DEADLINE, "timeout": 30}
        said = CALLERS[case.caller](server.base_url, body(case.fault.name), **settings)
    summary = Summary()
    summary.faults[case.fault.name] += 1
    summary.call(case.name, said, server.ledger.applied, case.fault.expects)
    return summary


def play_all(chosen: Iterable[Case]) -> Summary:
    """Play cases side by side: most of them wait for most of the time."""
    total = Summary()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for summary in pool.map(play, chosen):
            total.add(summary)
    return total


def one_of_each(seed: int) -> list[Case]:
    """Every fault once, with a caller and at a stage that follow from the seed."""
    drawn = random.Random(seed)
    by_fault: dict[str, list[Case]] = {}
    for case in cases():
        by_fault.setdefault(case.fault.name, []).append(case)
    return [drawn.choice(some) for some in by_fault.values()]
