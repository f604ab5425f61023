"""A canary in the place of each secret goes through every path, and is then looked for in all that was left behind."""

from __future__ import annotations

import asyncio
import ctypes
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve, field, frozen

from wecom_openapi import AsyncWeCom, Suite, TokenAuth, WeCom, WeComError
from wecom_openapi.fast import AsyncFastTransport, FastTransport

from .canary import Net, canary
from .company import CORPID
from .faults import FAULTS, NO_FAULT, Answer, Fault, says
from .matrix import body
from .server import ChaosServer, Draw
from .truth import Summary
from .watchers import show, show_error, watching
from .wire import Request, Wire

SECRET: Final = canary("corpsecret", 1)
TOKEN: Final = canary("access_token", 2)
SUITE_SECRET: Final = canary("suite_secret", 3)
TICKET: Final = canary("suite_ticket", 4)
CODE: Final = canary("permanent_code", 5)
SUITE_TOKEN: Final = canary("suite_access_token", 6)
ALL: Final = (SECRET, TOKEN, SUITE_SECRET, TICKET, CODE, SUITE_TOKEN)

_OK: Final = {"errcode": 0, "errmsg": "ok"}
_ISSUED: Final[Mapping[str, Mapping[str, Any]]] = {
    "gettoken": {**_OK, "access_token": TOKEN.value, "expires_in": 7200},
    "get_suite_token": {**_OK, "suite_access_token": SUITE_TOKEN.value, "expires_in": 7200},
    "get_corp_token": {**_OK, "access_token": TOKEN.value, "expires_in": 7200},
}
_MADE: Final = {**_OK, "fail_list": [], "msgid": "msgOfTheCanary"}


@frozen
class Way:
    """One call that a secret goes along with.

    Attributes:
        name: what it is.
        call: makes it; gets a client, and a wait where that is for tasks.
        suite: whether the client is a suite's.
        kept: whether its answer may be pickled: that of a call for a token holds one, because it was asked for.
    """

    name: str
    call: Callable[[Any], Any] = field(repr=False)
    suite: bool = False
    kept: bool = True


def _get_suite_token(wecom: Any) -> Any:
    return wecom.get_suite_token(
        suite_id="wwsuite", suite_secret=SUITE_SECRET.value, suite_ticket=TICKET.value
    )


def _get_corp_token(wecom: Any) -> Any:
    return wecom.get_corp_token(auth_corpid=CORPID, permanent_code=CODE.value)


def _gettoken(wecom: Any) -> Any:
    return wecom.gettoken(corpid=CORPID, corpsecret=SECRET.value)


WAYS: Final = (
    Way("create", lambda wecom: wecom.add_msg_template(body("canary"))),
    Way("read", lambda wecom: wecom.get_groupmsg_task(msgid="m1")),
    Way(
        "upload",
        lambda wecom: wecom.media_upload(type="file", media=b"%PDF-1.7 of the canary", filename="a.pdf"),
    ),
    Way("raw", lambda wecom: wecom.raw.get_groupmsg_task(msgid="m1")),
    Way("invalid", lambda wecom: wecom.add_msg_template({"sender": "", "text": {"content": ""}})),
    Way("gettoken", _gettoken, kept=False),
    Way("get_suite_token", _get_suite_token, suite=True, kept=False),
    Way("get_corp_token", _get_corp_token, suite=True, kept=False),
    Way("create of a suite", lambda wecom: wecom.add_msg_template(body("canary")), suite=True),
)


def _leaky_answers(way: Way) -> Iterator[Fault]:
    """Answers that repeat what the client has sent, in places where a client shows what it got."""
    told = f"access_token={TOKEN.value} {CODE.value if way.suite else SECRET.value}"
    plays = {
        "an errmsg with the token": says(json.dumps({"errcode": 40058, "errmsg": told}).encode()),
        "an errmsg of a success with the token": says(json.dumps({**_MADE, "errmsg": told}).encode()),
        "a dead token, told": says(json.dumps({"errcode": 42001, "errmsg": told}).encode()),
        "busy, told": says(json.dumps({"errcode": -1, "errmsg": told}).encode()),
        "HTML with the token": says(f"<html>{told}</html>".encode()),
        "502 with the token": says(told.encode(), 502),
        "a header with the token": says(json.dumps(_MADE).encode(), 200, f"X-Debug: {told}"),
        "a redirect with the token": says(b"", 302, f"Location: https://nobody.invalid/?{told}"),
        "a key that is the token": says(
            json.dumps({**_OK, "errcode": 0}).replace("{", f'{{"{told}":1,"{told}":2,').encode()
        ),
        "a status line with the token": lambda wire, _: wire.send(
            f"HTTP/1.1 200 {told}\r\nbad\r\n\r\n".encode()
        ),
    }
    for name, play in plays.items():
        yield Fault(name, "answer", play, "never")


_BROKEN: Final = (
    *("reset after the request", "closed after the request", "gzip cut off", "a gzip bomb", "two lengths"),
    *("is closed in the body (length)", "is reset in the headers (chunks)", "reset before the request"),
    *("no HTTP", "500 with HTML", "another encoding", "invalid UTF-8"),
)


def faults(way: Way) -> list[Fault]:
    """Everything that the server answers: well, careless, broken."""
    return [_WELL, *_leaky_answers(way), *(evolve(FAULTS[name], applied="never") for name in _BROKEN)]


def _issue(operation: str) -> Fault:
    return Fault(operation, "answer", says(json.dumps(_ISSUED[operation]).encode()), "never")


def draw_for(fault: Fault, of_token: bool) -> Draw:
    """A server that hands out canaries, and answers the call or the request for its token as the fault says."""

    def draw(moment: str, request: Request | None) -> Fault:
        if request is None:
            return fault if fault.at == moment and not of_token else NO_FAULT
        asks = request.operation in _ISSUED
        return (
            fault
            if asks == of_token and fault.at == "answer"
            else _issue(request.operation)
            if asks
            else _WELL
        )

    return draw


_WELL: Final = Fault("well", "answer", says(json.dumps(_MADE).encode()), "never")


def _suite() -> Suite:
    return Suite("wwsuite", SUITE_SECRET.value, ticket=TICKET.value)


def by_thread(net: Net, where: str, way: Way, base_url: str, **settings: Any) -> None:
    """Go one way with `WeCom`, and throw the client and what it gave or raised into the net."""
    settings = {"base_url": base_url, "retries": 0, **settings}
    wecom = (
        WeCom.for_suite(_suite(), CORPID, CODE.value, **settings)
        if way.suite
        else WeCom(CORPID, SECRET.value, **settings)
    )
    with wecom:
        try:
            show(net, f"{where}: answer", way.call(wecom), kept=way.kept)
        except (WeComError, KeyboardInterrupt) as exc:
            show_error(net, where, exc)
        show(net, f"{where}: client", wecom)
        show(net, f"{where}: driver", wecom._driver)
        show(net, f"{where}: tokens", wecom._driver._auths)


def by_task(net: Net, where: str, way: Way, base_url: str, **settings: Any) -> None:
    """The same with `AsyncWeCom`."""
    settings = {"base_url": base_url, "retries": 0, **settings}

    async def main() -> None:
        wecom = (
            AsyncWeCom.for_suite(_suite(), CORPID, CODE.value, **settings)
            if way.suite
            else AsyncWeCom(CORPID, SECRET.value, **settings)
        )
        async with wecom:
            try:
                show(net, f"{where}: answer", await way.call(wecom), kept=way.kept)
            except (WeComError, asyncio.CancelledError) as exc:
                show_error(net, where, exc)
            show(net, f"{where}: client", wecom)

    asyncio.run(main(), debug=True)


def _by_fast_thread(net: Net, where: str, way: Way, base_url: str) -> None:
    by_thread(net, where, way, base_url, transport=FastTransport())


def _by_fast_task(net: Net, where: str, way: Way, base_url: str) -> None:
    by_task(net, where, way, base_url, transport=AsyncFastTransport())


BY: Final = {
    "sync": by_thread,
    "async": by_task,
    "fast sync": _by_fast_thread,
    "fast async": _by_fast_task,
}


def ways(chosen: Iterable[Way] = WAYS) -> Iterator[tuple[Way, Fault, bool, str]]:
    """Each way with each fault in the call or in the request for its token, with threads and with tasks, by httpx's own
    transports and by the fast ones."""
    for way in chosen:
        for fault in faults(way):
            for of_token in (False, True):
                if not (of_token and fault.at == "connect"):
                    for caller in BY:
                        yield way, fault, of_token, caller


def send_out(net: Net, chosen: Iterable[tuple[Way, Fault, bool, str]]) -> int:
    """Send the canaries along, and throw what is left behind into the net. Gives how many calls it were."""
    count = 0
    for way, fault, of_token, caller in chosen:
        where = f"{way.name}, {fault.name}{' of the token' if of_token else ''} [{caller}]"
        with ChaosServer(draw_for(fault, of_token)) as server:
            BY[caller](net, where, way, server.base_url)
        count += 1
    return count


def play_secrets(chosen: Iterable[tuple[Way, Fault, bool, str]]) -> Summary:
    """Send the canaries out under the eyes of everybody who keeps something."""
    net, summary = Net(*ALL), Summary()
    with watching(net):
        send_out(net, chosen)
    summary.leaks += len(net.found)
    summary.told += net.found
    return summary


def wrong_arguments() -> Iterator[tuple[str, Callable[[], object]]]:
    """Clients that can't be built, each with a good secret among its arguments."""
    for kind in (WeCom, AsyncWeCom):
        name = kind.__name__
        yield f"{name} without a corp", lambda kind=kind: kind("", SECRET.value)  # type: ignore[misc]
        yield f"{name} without a server", lambda kind=kind: kind(CORPID, SECRET.value, base_url="nowhere")  # type: ignore[misc]
        yield f"{name} without time", lambda kind=kind: kind(CORPID, SECRET.value, deadline=-1)  # type: ignore[misc]
        yield f"{name} with bytes", lambda kind=kind: kind(CORPID, SECRET.value.encode())  # type: ignore[misc]
        yield f"{name} for no suite", lambda kind=kind: kind.for_suite(None, CORPID, CODE.value)  # type: ignore[misc]
        yield f"{name} for no corp", lambda kind=kind: kind.for_suite(_suite(), "", CODE.value)  # type: ignore[misc]
    yield "Suite without an id", lambda: Suite("", SUITE_SECRET.value, ticket=TICKET.value)
    yield "Suite with bytes", lambda: Suite("x", SUITE_SECRET.value, ticket=TICKET.value.encode())  # type: ignore[arg-type]
    yield "TokenAuth of a number", lambda: TokenAuth(CORPID, SECRET.value, base_url=7)  # type: ignore[arg-type]


def send_wrong(net: Net) -> int:
    """Throw the errors of clients that can't be built into the net. Gives how many they were."""
    count = 0
    for name, build in wrong_arguments():
        try:
            build()
        except (TypeError, ValueError, AttributeError) as exc:
            show_error(net, name, exc)
            count += 1
    return count


def interrupt(net: Net) -> None:
    """A call that is interrupted, and a task that is cancelled, while they wait for their answer."""
    caller = threading.get_ident()

    def play(wire: Wire, _: Answer) -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(caller), ctypes.py_object(KeyboardInterrupt)
        )
        wire.send(b"HTTP/1.1 200 OK\r\n")  # what it waits for, so that it sees the interruption

    for where in (False, True):
        with ChaosServer(draw_for(Fault("interrupted", "answer", play, "never"), of_token=where)) as server:
            by_thread(net, "interrupted", WAYS[0], server.base_url)

    async def main(where: bool) -> None:
        loop = asyncio.get_running_loop()

        def cancel(_: Wire, __: Answer) -> None:
            loop.call_soon_threadsafe(lambda: task.cancel())

        with ChaosServer(draw_for(Fault("cancelled", "answer", cancel, "never"), of_token=where)) as server:
            async with AsyncWeCom(CORPID, SECRET.value, base_url=server.base_url) as wecom:
                task = asyncio.ensure_future(wecom.add_msg_template(body("canary")))
                try:
                    await task
                except asyncio.CancelledError as exc:
                    show_error(net, "cancelled", exc)

    for where in (False, True):
        asyncio.run(main(where))
