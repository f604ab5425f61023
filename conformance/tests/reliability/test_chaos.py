"""Whatever breaks, what the client says of a call is the truth by the server's own ledger."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from chaos import certificate
from chaos.callers import CALLERS, Said
from chaos.elsewhere import places, play_elsewhere
from chaos.faults import DONE, FAULTS, NO_FAULT, UNKNOWN, Answer, Fault
from chaos.ledger import Applied
from chaos.matrix import Case, body, cases, one_of_each, play, play_all, warm
from chaos.server import ChaosServer, always
from chaos.truth import Summary, lies
from chaos.wire import Wire
from wecom_conformance.budget import SEED

MADE = Applied("m1", body("x"))
OTHER = Applied("m2", body("x"))


def test_every_fault_and_the_truth() -> None:
    """Every fault once a run; with which caller and where follows from the seed."""
    chosen = one_of_each(SEED)
    assert {case.caller for case in chosen} == set(CALLERS)
    assert {case.stage for case in chosen} == {"call", "token"}
    summary = play_all(chosen)
    assert summary.told == []
    assert summary.good
    assert summary.faults == dict.fromkeys(FAULTS, 1)
    # A client that always said "unknown" would tell no lie.
    assert set(summary.outcomes) == {"done", "refused", "not sent", "unknown"}


# Where the reset comes before Python's ssl has begun, it leaves a socket open for the garbage collector.
@pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <ssl.SSLSocket:pytest.PytestUnraisableExceptionWarning"
)
def test_every_place_and_the_truth() -> None:
    summary = play_elsewhere()
    assert summary.told == []
    assert summary.good
    assert summary.faults == dict.fromkeys((place.name for place in places()), len(CALLERS))


def test_the_faults_are_what_they_say() -> None:
    """Each place where an answer can break is tried with each way of breaking, and for each framing."""
    names = set(FAULTS)
    for place in ("before the status line", "in the status line", "before the headers", "in the headers"):
        for framing in ("length", "chunks", "close"):
            assert {f"{how} {place} ({framing})" for how in ("stalls", "is reset", "is closed")} <= names
    assert len(FAULTS) >= 150
    assert {fault.applied for fault in FAULTS.values()} == {"before", "after", "never"}
    assert all(fault.applied == "before" or "done" not in fault.expects for fault in FAULTS.values())
    assert list(CALLERS) == ["sync", "async", "fast sync", "fast async"]
    assert len(list(cases())) == 8 * len(FAULTS) - 4 * sum(f.at == "connect" for f in FAULTS.values())


@pytest.mark.parametrize(
    ("said", "applied", "told"),
    [
        (Said("done", "m1"), [MADE], ""),
        (Said("done", "m1"), [OTHER], "said to be done as m1, and m2 was"),
        (Said("done", "m1"), [], "said to be done as m1, and nothing was"),
        (Said("done", "m1"), [MADE, OTHER], "done 2 times"),
        (Said("refused"), [], ""),
        (Said("refused"), [MADE], "said to be refused, and it was done"),
        (Said("not sent"), [], ""),
        (Said("not sent"), [MADE], "said to be not sent, and it was done"),
        (Said("unknown"), [], ""),
        (Said("unknown"), [MADE], ""),
        (Said("unknown"), [MADE, OTHER], "done 2 times"),
        (Said(None, error=KeyError("x")), [], "told no outcome, but raised KeyError('x')"),
    ],
)
def test_a_lie_is_seen(said: Said, applied: list[Applied], told: str) -> None:
    found = lies(said, applied)
    assert bool(found) == bool(told)
    assert not told or told in found[0]
    summary = Summary()
    summary.call("here", said, applied, DONE | UNKNOWN | {"refused", "not sent"})
    assert summary.good == (not told)
    assert summary.misreported == bool(told)
    assert summary.duplicates == (len(applied) == 2)


def test_an_outcome_that_makes_no_sense_is_seen() -> None:
    summary = Summary()
    summary.call("here", Said("unknown"), [], DONE)
    assert summary.misreported == 1
    assert not summary.good


def test_a_server_that_lies_is_seen() -> None:
    """The whole way from a broken server to a bad summary: what is never done is said to be done."""
    lie = Fault("lie", "answer", lambda wire, _: wire.send(b"".join(_GOOD.wire())), "never", DONE)
    for caller in CALLERS:
        summary = play(Case(lie, caller))
        assert summary.misreported == 1
        assert not summary.good
        assert "nothing was" in "\n".join(summary.lines())


_GOOD = Answer(200, b'{"errcode":0,"errmsg":"ok","msgid":"mOfNobody"}')


def test_a_retry_of_what_was_done_is_seen() -> None:
    """The ledger counts every task: what a careless client does after a timeout is a duplicate in it."""

    def reset(wire: Wire, _: Answer) -> None:
        wire.reset()

    with ChaosServer(always(Fault("reset", "answer", reset, "before"))) as server:
        for _ in range(2):
            CALLERS["sync"](server.base_url, body("careless"), token_store=warm(server))
    assert len(server.ledger.of("careless")) == 2
    assert set(server.ledger.twice().values()) == {2}
    assert lies(Said("unknown"), server.ledger.of("careless"))


def test_what_is_drawn_follows_from_the_seed() -> None:
    drawn = [[case.name for case in one_of_each(seed)] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_a_server_without_a_fault_serves() -> None:
    with ChaosServer(always(NO_FAULT)) as server:
        said = [call(server.base_url, body(name)) for name, call in CALLERS.items()]
    assert [one.msgid for one in said] == [one.msgid for one in server.ledger.applied]
    assert server.ledger.requests == {"gettoken": len(CALLERS), "add_msg_template": len(CALLERS)}


def test_connections_under_tls_end_as_others_do(tmp_path: Path) -> None:
    context = certificate.server_context(tmp_path)
    with ExitStack() as stack:
        with ChaosServer(always(NO_FAULT), tls=context) as server:
            address = ("127.0.0.1", server.port)
            with (
                socket.create_connection(address, 10) as raw,
                certificate.trusting_context().wrap_socket(raw, server_hostname="127.0.0.1") as sock,
            ):
                sock.sendall(b"\0")  # no request: it is refused, and the connection closed
                assert sock.recv(1000).startswith(b"HTTP/1.1 400 ")
                assert sock.recv(1000) == b""
            silent = stack.enter_context(socket.create_connection(address, 10))
            ends = time.monotonic() + 30
            while server.connections < 2:
                assert time.monotonic() < ends
                time.sleep(0.001)
        # To close, it has waited for no handshake.
        assert not server.busy
        assert silent.recv(1000) == b""
