"""The ways to make one call, and what it says became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx
from attrs import frozen

from wecom_openapi import AsyncWeCom, WeCom, WeComError
from wecom_openapi.fast import AsyncFastTransport, FastTransport

from . import certificate
from .company import CORPID, SECRET
from .faults import Outcome

TOKEN: Final = "tok-of-the-runs-under-faults"


@frozen
class Said:
    """What a client said of a call: its outcome, the task where it is done, the exception where it isn't."""

    outcome: Outcome | None
    msgid: str | None = None
    error: BaseException | None = None


Caller = Callable[..., Said]


def outcome_of(error: BaseException) -> Outcome | None:
    """The outcome that an exception tells; None where it tells none, which is a fault of the client's."""
    return str(error.outcome) if isinstance(error, WeComError) else None  # type: ignore[return-value]


def by_thread(
    base_url: str, body: Mapping[str, Any], *, trusting: bool = False, key: str | None = None, **settings: Any
) -> Said:
    """One create with `WeCom`.

    Args:
        base_url: of the server.
        body: the message.
        trusting: whether the authority of `certificate` is trusted, and no other.
        key: the caller's name for the call; it takes a ``journal`` in the settings.
        settings: further arguments of the client.
    """
    if trusting:
        settings["transport"] = httpx.HTTPTransport(verify=certificate.trusting_context())
    with WeCom(CORPID, SECRET, base_url=base_url, **settings) as wecom:
        try:
            return Said("done", wecom.add_msg_template(body, **_named(key)).msgid)
        except Exception as exc:  # noqa: BLE001 - whatever comes is judged
            return Said(outcome_of(exc), error=exc)


def by_task(
    base_url: str, body: Mapping[str, Any], *, trusting: bool = False, key: str | None = None, **settings: Any
) -> Said:
    """One create with `AsyncWeCom`; arguments as of `by_thread`."""

    async def main() -> Said:
        if trusting:
            settings["transport"] = httpx.AsyncHTTPTransport(verify=certificate.trusting_context())
        async with AsyncWeCom(CORPID, SECRET, base_url=base_url, **settings) as wecom:
            try:
                return Said("done", (await wecom.add_msg_template(body, **_named(key))).msgid)
            except Exception as exc:  # noqa: BLE001 - whatever comes is judged
                return Said(outcome_of(exc), error=exc)

    return asyncio.run(main())


def fast_by_thread(
    base_url: str, body: Mapping[str, Any], *, trusting: bool = False, **settings: Any
) -> Said:
    """As `by_thread`, over the transport of the `fast` extra."""
    transport = FastTransport(verify=certificate.trusting_context() if trusting else None)
    return by_thread(base_url, body, transport=transport, **settings)


def fast_by_task(base_url: str, body: Mapping[str, Any], *, trusting: bool = False, **settings: Any) -> Said:
    """As `by_task`, over the transport of the `fast` extra."""
    transport = AsyncFastTransport(verify=certificate.trusting_context() if trusting else None)
    return by_task(base_url, body, transport=transport, **settings)


def _named(key: str | None) -> dict[str, Any]:
    return {} if key is None else {"key": key}


FAST: Final[Mapping[str, Caller]] = {"fast sync": fast_by_thread, "fast async": fast_by_task}
CALLERS: Final[Mapping[str, Caller]] = {"sync": by_thread, "async": by_task, **FAST}
