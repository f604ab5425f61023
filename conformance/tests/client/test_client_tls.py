"""Encrypted connections: certificates are checked, and the deadline holds under TLS as well."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fault_server import CREATED, Connection, FaultServer, Seen, created

from chaos.certificate import server_context, trusting_context
from wecom_openapi import AsyncWeCom, NotSent, OutcomeUnknownInTime, WeCom

Serve = Callable[..., FaultServer]
Invoke = Callable[..., Any]

CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}


def trusting(base_url: str, **settings: Any) -> Any:
    """One create over TLS by a client that trusts the certificate of the tests."""
    with WeCom(
        "ww", "s", base_url=base_url, transport=httpx.HTTPTransport(verify=trusting_context()), **settings
    ) as wecom:
        assert wecom._driver._watched
        return wecom.add_msg_template(CREATE)


def trusting_task(base_url: str, **settings: Any) -> Any:
    """The same for tasks."""

    async def main() -> Any:
        transport = httpx.AsyncHTTPTransport(verify=trusting_context())
        async with AsyncWeCom("ww", "s", base_url=base_url, transport=transport, **settings) as wecom:
            assert wecom._driver._watched
            return await wecom.add_msg_template(CREATE)

    return asyncio.run(main())


both = pytest.mark.parametrize("create", [trusting, trusting_task], ids=["sync", "async"])


@both
def test_a_call_over_tls(create: Callable[..., Any], serve: Serve, tmp_path: Path) -> None:
    server = serve(created, tls=server_context(tmp_path))
    assert create(server.base_url).msgid == CREATED["msgid"]
    assert len(server.calls) == 1
    assert server.connections == 1


@both
def test_the_deadline_holds_under_tls(
    create: Callable[..., Any], serve: Serve, tmp_path: Path, warm: Any
) -> None:
    def dribble(connection: Connection, _: Seen) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        connection.dribble(b" " * 5000)

    server = serve(dribble, tls=server_context(tmp_path))
    with pytest.raises(OutcomeUnknownInTime):
        create(server.base_url, deadline=1, timeout=60, token_store=warm)
    assert len(server.calls) == 1


@both
def test_the_deadline_holds_for_the_handshake(create: Callable[..., Any], serve: Serve, warm: Any) -> None:
    def greet(connection: Connection) -> bool:
        connection.hold()
        return True

    server = serve(created, greet=greet)
    base_url = server.base_url.replace("http:", "https:")
    with pytest.raises(NotSent, match="while connecting") as caught:
        create(base_url, deadline=1, timeout=60, token_store=warm)
    assert isinstance(caught.value, TimeoutError)


def test_a_certificate_that_is_not_trusted_gets_nothing(serve: Serve, invoke: Invoke, tmp_path: Path) -> None:
    server = serve(created, tls=server_context(tmp_path))
    with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
        invoke(server.base_url, "add_msg_template", CREATE)
    assert server.seen == []


def test_a_certificate_for_another_host_gets_nothing(serve: Serve, tmp_path: Path) -> None:
    server = serve(created, tls=server_context(tmp_path))
    with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
        trusting(server.base_url.replace("127.0.0.1", "localhost"))
    assert server.seen == []
