"""The faults: what each does to an answer, whether the server has done what was asked, and what may be said of it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from email.utils import formatdate
from functools import cache
from typing import Final, Literal

from attrs import evolve, field, frozen

from .wire import Wire

Outcome = Literal["done", "refused", "not sent", "unknown"]

DONE: Final[frozenset[Outcome]] = frozenset({"done"})
REFUSED: Final[frozenset[Outcome]] = frozenset({"refused"})
NOT_SENT: Final[frozenset[Outcome]] = frozenset({"not sent"})
UNKNOWN: Final[frozenset[Outcome]] = frozenset({"unknown"})
# Whether the bytes had left when the other side broke off is a race that nobody decides.
EITHER: Final[frozenset[Outcome]] = UNKNOWN | NOT_SENT


@frozen
class Answer:
    """What the server would say."""

    status: int
    body: bytes = field(repr=False)
    now: float | None = None
    """Unix seconds by the server's clock, which its answer tells."""

    def wire(self, *headers: str, framing: Literal["length", "chunks", "close"] = "length") -> list[bytes]:
        """Its bytes as status line, headers with the empty line, body."""
        lines = ["Content-Type: application/json; charset=UTF-8", *headers]
        if self.now is not None:
            lines.append(f"Date: {formatdate(self.now, usegmt=True)}")
        body = self.body
        if framing == "length":
            lines.append(f"Content-Length: {len(body)}")
        elif framing == "chunks":
            lines.append("Transfer-Encoding: chunked")
            half = len(body) // 2
            body = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in (body[:half], body[half:]) if one)
            body += b"0\r\n\r\n"
        else:
            lines.append("Connection: close")
        head = "".join(f"{line}\r\n" for line in lines) + "\r\n"
        return [
            f"HTTP/1.1 {self.status} {_TITLES.get(self.status, 'Status')}\r\n".encode(),
            head.encode(),
            body,
        ]


_TITLES: Final = {
    200: "OK",
    302: "Found",
    429: "Too Many Requests",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}

Play = Callable[[Wire, Answer], None]


@frozen
class Fault:
    """One way to go wrong.

    Attributes:
        name: what it is; the names are unique.
        at: before anything of the request was read, or in its answer.
        play: does it; gets the true answer where the request was done before.
        applied: whether what was asked for is done, before the answer, after it, or never.
        expects: the outcomes that a client may tell of it. Where the request was not done before, "done" is none.
        slow: whether only the client's own deadline ends it.
    """

    name: str
    at: Literal["connect", "answer"]
    play: Play = field(repr=False)
    applied: Literal["before", "after", "never"]
    expects: frozenset[Outcome] = UNKNOWN
    slow: bool = False


def _well(wire: Wire, answer: Answer) -> None:
    wire.send(b"".join(answer.wire()))


NO_FAULT: Final = Fault("no fault", "answer", _well, "before", DONE)

# Where an answer is cut: which of its three parts, and how much of that part still goes out.
_CUTS: Final = {
    "before the status line": (0, 0.0),
    "in the status line": (0, 0.5),
    "before the headers": (1, 0.0),
    "in the headers": (1, 0.5),
    "between headers and body": (2, 0.0),
    "in the body": (2, 0.5),
    "before the last byte": (2, 1.0),
}


def _cut(parts: list[bytes], part: int, share: float) -> tuple[bytes, bytes]:
    """The bytes before the cut and those behind it; never is all before it."""
    keep = min(int(len(parts[part]) * share), len(parts[part]) - 1)
    whole = b"".join(parts)
    at = sum(len(one) for one in parts[:part]) + keep
    return whole[:at], whole[at:]


def _cuts() -> Iterator[Fault]:
    for place, (part, share) in _CUTS.items():
        for framing in ("length", "chunks", "close"):

            def ends(
                how: str,
                part: int = part,
                share: float = share,
                framing: Literal["length"] = framing,  # type: ignore[assignment]
            ) -> Play:
                def play(wire: Wire, answer: Answer) -> None:
                    before, behind = _cut(answer.wire(framing=framing), part, share)
                    wire.send(before)
                    match how:
                        case "stalls":
                            wire.stall()
                        case "is reset":
                            wire.reset()
                        case "is closed":
                            wire.close()
                        case _:
                            wire.dribble(behind + b" " * 4096)
                            wire.close()

                return play

            for how in ("stalls", "is reset", "is closed", "comes in drops"):
                slow = how in ("stalls", "comes in drops")
                expects = EITHER if slow else UNKNOWN
                if how == "comes in drops":
                    expects |= DONE  # the last drop may come in time
                yield Fault(f"{how} {place} ({framing})", "answer", ends(how), "before", expects, slow)


def says(body: bytes, status: int = 200, *headers: str) -> Play:
    """Answers this instead."""

    def play(wire: Wire, _: Answer) -> None:
        wire.send(b"".join(Answer(status, body).wire(*headers)))

    return play


def changed(change: Callable[[bytes], bytes], *headers: str) -> Play:
    """Answers the truth after a change to its bytes."""

    def play(wire: Wire, answer: Answer) -> None:
        wire.send(b"".join(evolve(answer, body=change(answer.body)).wire(*headers)))

    return play


def _text(old: bytes, new: bytes) -> Play:
    return changed(lambda body: body.replace(old, new, 1))


@cache
def _bomb() -> bytes:
    """Some 100 KB that become 100 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    megabyte = b" " * (1 << 20)
    return b"".join(packer.compress(megabyte) for _ in range(100)) + packer.flush()


def _endless(wire: Wire, _: Answer) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"%x\r\n%b\r\n" % (65536, b" " * 65536)
    while True:
        wire.send(chunk)


def _endless_head(wire: Wire, _: Answer) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        wire.send(b"X-More: " + b"x" * 4096 + b"\r\n")


def _interim(wire: Wire, _: Answer) -> None:
    while True:
        wire.send(b"HTTP/1.1 102 Processing\r\n\r\n")


def _twice(wire: Wire, answer: Answer) -> None:
    wire.send(b"".join(answer.wire()) * 2)


def _longer(wire: Wire, answer: Answer) -> None:
    wire.send(b"".join(answer.wire()) + b"HTTP/1.1 200 OK\r\nContent-Le")


def _raw(data: bytes) -> Play:
    def play(wire: Wire, _: Answer) -> None:
        wire.send(data)
        wire.close()

    return play


_HTML: Final = b"<html><body><h1>Bad Gateway</h1></body></html>"
_GOOD: Final = b'{"errcode":0,"errmsg":"ok","fail_list":[],"msgid":"msgOfNobody"}'


def _unreadable() -> Iterator[Fault]:
    """Answers that nobody can read. What was asked for is done before them."""
    plays: dict[str, Play] = {
        **{f"{status} with HTML": says(_HTML, status) for status in (500, 502, 503, 504, 429, 403, 404)},
        **{f"{status} with a good answer": says(_GOOD, status) for status in (500, 503, 429, 201, 302)},
        "200 with HTML": says(_HTML),
        "200 and empty": says(b""),
        "204": _raw(b"HTTP/1.1 204 No Content\r\n\r\n"),
        "101": _raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
        "no HTTP": _raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
        "two lengths": _raw(
            b"HTTP/1.1 200 OK\r\nContent-Length: 64\r\nContent-Length: 65\r\n\r\n" + _GOOD + b" "
        ),
        "a length below zero": _raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + _GOOD),
        "a chunk that is no number": _raw(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + _GOOD
        ),
        "headers without end": _endless_head,
        "a body without end": _endless,
        "a gzip bomb": lambda wire, answer: says(_bomb(), 200, "Content-Encoding: gzip")(wire, answer),
        "gzip that is none": changed(lambda body: body, "Content-Encoding: gzip"),
        "gzip cut off": changed(lambda body: gzip.compress(body)[:-9], "Content-Encoding: gzip"),
        "another encoding": changed(lambda body: body, "Content-Encoding: br"),
        "invalid UTF-8": changed(lambda body: body.replace(b"ok", b"\xff\xfe")),
        "UTF-16": changed(lambda body: body.decode().encode("utf-16")),
        "a key twice": _text(b'"errcode"', b'"errcode":40058,"errcode"'),
        "a msgid twice": _text(b'"msgid"', b'"msgid":"other","msgid"'),
        "errcode as a string": _text(b'"errcode":0', b'"errcode":"0"'),
        "errcode as a float": _text(b'"errcode":0', b'"errcode":0.0'),
        "errcode null": _text(b'"errcode":0', b'"errcode":null'),
        "errcode false": _text(b'"errcode":0', b'"errcode":false'),
        "errcode of 33 bits": _text(b'"errcode":0', b'"errcode":4294967296'),
        "errcode of 5000 digits": _text(b'"errcode":0', b'"errcode":' + b"9" * 5000),
        "a number of 5000 digits": _text(b'"errcode":0', b'"errcode":0,"x":' + b"9" * 5000),
        "NaN": _text(b'"errcode":0', b'"errcode":0,"x":NaN'),
        "no errcode": _text(b'"errcode":0,', b""),
        "no msgid": _text(b'"msgid"', b'"msg_id"'),
        "an empty msgid": changed(lambda body: body.partition(b'"msgid":"')[0] + b'"msgid":""}'),
        "fail_list as a string": _text(b"[]", b'""'),
        "nested without end": changed(lambda body: b'{"errcode":0,"x":' * 100_000),
        "JSON and more": changed(lambda body: body + b"{}"),
        "an array": changed(lambda body: b"[" + body + b"]"),
        "busy, and it is done": says(b'{"errcode":-1,"errmsg":"system error"}'),
    }
    for name, play in plays.items():
        yield Fault(name, "answer", play, "before")
    yield Fault("1xx without end", "answer", _interim, "before", EITHER, slow=True)


def _readable() -> Iterator[Fault]:
    """Odd answers that are answers all the same."""
    plays: dict[str, Play] = {
        "another content type": lambda wire, answer: wire.send(
            b"".join(answer.wire()).replace(b"application/json; charset=UTF-8", b"text/html")
        ),
        "gzip": changed(gzip.compress, "Content-Encoding: gzip"),
        "a byte order mark": changed(lambda body: b"\xef\xbb\xbf" + body),
        "in chunks": lambda wire, answer: wire.send(b"".join(answer.wire(framing="chunks"))),
        "a huge number elsewhere": _text(b'"errcode":0', b'"errcode":0,"x":1e999'),
        "twice": _twice,
        "more behind it": _longer,
        "100 before it": lambda wire, answer: wire.send(
            b"HTTP/1.1 100 Continue\r\n\r\n" + b"".join(answer.wire())
        ),
    }
    for name, play in plays.items():
        yield Fault(name, "answer", play, "before", DONE)


def _not_done() -> Iterator[Fault]:
    """What was asked for is never done, or only when the client has gone."""
    refusals = {"argument": 40058, "permission": 60011, "frequency": 45009, "nobody": 41048}
    for name, code in refusals.items():
        body = b'{"errcode":%d,"errmsg":"refused, hint: [1600000000_1_abcdef], from ip: 127.0.0.1"}' % code
        yield Fault(f"refused: {name}", "answer", says(body), "never", REFUSED)
    plays: dict[str, Play] = {
        "reset after the request": lambda wire, _: wire.reset(),
        "closed after the request": lambda wire, _: wire.close(),
        "502 and not done": says(_HTML, 502),
        "busy, and it is not done": says(b'{"errcode":-1,"errmsg":"system error"}'),
        "HTML and not done": says(_HTML),
    }
    for name, play in plays.items():
        yield Fault(name, "answer", play, "never")
    yield Fault("silent and not done", "answer", lambda wire, _: wire.stall(), "never", EITHER, slow=True)
    yield Fault(
        "done when the client has gone", "answer", lambda wire, _: wire.stall(), "after", EITHER, slow=True
    )


def _early(count: int, end: Callable[[Wire], None]) -> Play:
    def play(wire: Wire, _: Answer) -> None:
        wire.read_some(count)
        end(wire)

    return play


def _at_connect() -> Iterator[Fault]:
    """The server breaks before it has the whole request, so it is never done."""
    yield Fault("reset before the request", "connect", lambda wire, _: wire.reset(), "never", EITHER)
    yield Fault("closed before the request", "connect", lambda wire, _: wire.close(), "never", EITHER)
    yield Fault("silent from the start", "connect", lambda wire, _: wire.stall(), "never", EITHER, slow=True)
    yield Fault(
        "408 before the request",
        "connect",
        _raw(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"),
        "never",
        EITHER,
    )
    for place, count in {"in the request line": 4, "in the head": 60, "in the body": 300}.items():
        yield Fault(f"reset {place} of the request", "connect", _early(count, Wire.reset), "never", EITHER)
        yield Fault(f"closed {place} of the request", "connect", _early(count, Wire.close), "never", EITHER)
        yield Fault(
            f"stalled {place} of the request",
            "connect",
            _early(count, Wire.stall),
            "never",
            EITHER,
            slow=True,
        )


FAULTS: Final = {
    fault.name: fault for make in (_cuts, _unreadable, _readable, _not_done, _at_connect) for fault in make()
}
"""Every fault of an answer or a connection, by its name."""
