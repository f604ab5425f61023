"""The ways to make one call, and what it says became of it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx
from attrs import frozen

from wecom_openapi import AsyncWeCom, WeCom, WeComError

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
    base_url: str, body: Mapping[str, Any], *, tls: ssl.SSLContext | None = None, **settings: Any
) -> Said:
    """One create with `WeCom`."""
    if tls is not None:
        settings["transport"] = httpx.HTTPTransport(verify=tls)
    with WeCom(CORPID, SECRET, base_url=base_url, **settings) as wecom:
        try:
            return Said("done", wecom.add_msg_template(body).msgid)
        except Exception as exc:  # noqa: BLE001 - whatever comes is judged
            return Said(outcome_of(exc), error=exc)


def by_task(
    base_url: str, body: Mapping[str, Any], *, tls: ssl.SSLContext | None = None, **settings: Any
) -> Said:
    """One create with `AsyncWeCom`."""

    async def main() -> Said:
        if tls is not None:
            settings["transport"] = httpx.AsyncHTTPTransport(verify=tls)
        async with AsyncWeCom(CORPID, SECRET, base_url=base_url, **settings) as wecom:
            try:
                return Said("done", (await wecom.add_msg_template(body)).msgid)
            except Exception as exc:  # noqa: BLE001 - whatever comes is judged
                return Said(outcome_of(exc), error=exc)

    return asyncio.run(main())


CALLERS: Final[Mapping[str, Caller]] = {"sync": by_thread, "async": by_task}
