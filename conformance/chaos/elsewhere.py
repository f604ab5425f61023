"""What goes wrong beside the answers: no server, no name, no trust, and a server that sends its callers elsewhere."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from wecom_openapi import MemoryTokenStore

from . import certificate
from .callers import CALLERS
from .faults import DONE, EITHER, NO_FAULT, NOT_SENT, UNKNOWN, Answer, Fault, Outcome
from .matrix import DEADLINE, WarmStore, body, warm
from .server import ChaosServer, always
from .truth import Summary
from .wire import Wire

_TOKEN: Final = "tok-for-a-server-that-is-not-there"


@frozen
class Place:
    """A server to call, and what may be said of it.

    Attributes:
        name: what is wrong with it.
        run: makes the call with one of the callers, and says what is wrong.
        expects: the outcomes that make sense.
    """

    name: str
    run: Callable[[Any, str, frozenset[Outcome]], Summary]
    expects: frozenset[Outcome]


def _nowhere(base_url: str) -> Callable[[Any, str, frozenset[Outcome]], Summary]:
    def run(call: Any, name: str, expects: frozenset[Outcome]) -> Summary:
        summary = Summary()
        store: MemoryTokenStore = WarmStore(_TOKEN)
        summary.call(name, call(base_url, body(name), token_store=store), [], expects)
        return summary

    return run


def _nothing_listens(call: Any, name: str, expects: frozenset[Outcome]) -> Summary:
    # The port is taken for as long as the call takes: another server may get one that is free.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return _nowhere(f"http://127.0.0.1:{taken.getsockname()[1]}")(call, name, expects)


@cache
def _server_context() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        return certificate.server_context(Path(folder))


def _at_server(
    fault: Fault = NO_FAULT,
    *,
    tls: bool = True,
    trusted: bool = True,
    scheme: str = "https",
    host: str = "127.0.0.1",
    **settings: Any,
) -> Callable[[Any, str, frozenset[Outcome]], Summary]:
    def run(call: Any, name: str, expects: frozenset[Outcome]) -> Summary:
        summary = Summary()
        with ChaosServer(always(fault), tls=_server_context() if tls else None) as server:
            said = call(
                f"{scheme}://{host}:{server.port}",
                body(name),
                token_store=warm(server),
                trusting=trusted,
                **settings,
            )
        summary.call(name, said, server.ledger.applied, expects)
        return summary

    return run


def _redirected(status: int, *, done: bool) -> Callable[[Any, str, frozenset[Outcome]], Summary]:
    """A server that sends its callers to another one, which must see nobody: the token is in the URL."""

    def run(call: Any, name: str, expects: frozenset[Outcome]) -> Summary:
        summary = Summary()
        with ChaosServer(always(NO_FAULT)) as other:

            def play(wire: Wire, _: Answer) -> None:
                target = f"{other.base_url}/cgi-bin/externalcontact/add_msg_template"
                wire.send(b"".join(Answer(status, b"").wire(f"Location: {target}")))

            fault = Fault(name, "answer", play, "before" if done else "never")
            with ChaosServer(always(fault)) as server:
                said = call(server.base_url, body(name), token_store=warm(server))
            if other.connections:
                summary.leaks += 1
                summary.told.append(f"{name}: the other server was called")
        summary.call(name, said, [*server.ledger.applied, *other.ledger.applied], expects)
        return summary

    return run


def _stall(wire: Wire, _: Answer) -> None:
    wire.stall()


def _reset(wire: Wire, _: Answer) -> None:
    wire.reset()


def _half_a_body(wire: Wire, answer: Answer) -> None:
    status, head, content = answer.wire(framing="close")
    wire.send(status + head + content[: len(content) // 2])
    wire.close()  # the encryption ends without a word, as where somebody has cut it


def places() -> Iterator[Place]:
    """All of them."""
    slow: dict[str, Any] = {"deadline": DEADLINE, "timeout": 30}
    yield Place("nothing listens", _nothing_listens, NOT_SENT)
    yield Place("no such host", _nowhere("https://nobody.invalid"), NOT_SENT)
    yield Place("a certificate that nobody trusts", _at_server(trusted=False), NOT_SENT)
    yield Place("a certificate of another host", _at_server(host="localhost"), NOT_SENT)
    yield Place("no encryption where it is due", _at_server(tls=False), NOT_SENT)
    stalls = _at_server(Fault("", "connect", _stall, "never"), **slow)
    yield Place("a stall in the handshake", stalls, NOT_SENT)
    yield Place("a reset in the handshake", _at_server(Fault("", "connect", _reset, "never")), NOT_SENT)
    yield Place("encrypted, and well", _at_server(), DONE)
    yield Place("encrypted, and cut off", _at_server(Fault("", "answer", _half_a_body, "before")), UNKNOWN)
    yield Place("encrypted, and silent", _at_server(Fault("", "answer", _stall, "before"), **slow), EITHER)
    for status in (301, 302, 303, 307, 308):
        for done in (True, False):
            name = f"{status} to another host, {'done' if done else 'not done'}"
            yield Place(name, _redirected(status, done=done), UNKNOWN)


def play_elsewhere() -> Summary:
    """Each place with each caller."""

    def play(place: Place, caller: str) -> Summary:
        summary = place.run(CALLERS[caller], f"{place.name} [{caller}]", place.expects)
        summary.faults[place.name] += 1
        return summary

    total = Summary()
    with ThreadPoolExecutor(8) as pool:
        for summary in pool.map(play, *zip(*product(places(), CALLERS), strict=True)):
            total.add(summary)
    return total
