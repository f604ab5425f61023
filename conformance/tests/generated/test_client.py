"""The clients: finite, silent about secrets, and never changed behind somebody's back."""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest

LOGIN = {"user": "ann", "secret": "SECRET-PASS"}


def animals(zoo: Any) -> Any:
    return zoo("models").Animals(keeper="ann")


def test_stock_waits_for_ever_and_ours_does_not(zoo: Any, stock_zoo: Any) -> None:
    forever = httpx.Timeout(None)
    assert stock_zoo("client").Client("http://x").get_httpx_client().timeout == forever
    client = zoo("client").Client("http://x")
    for live in (client.get_httpx_client(), client.get_async_httpx_client()):
        assert live.timeout == httpx.Timeout(20.0, connect=5.0)
    assert zoo("client").Client("http://x", timeout=None).get_httpx_client().timeout == forever


def test_no_repr_shows_a_token(zoo: Any, stock_zoo: Any) -> None:
    assert "TOKEN" in repr(stock_zoo("client").AuthenticatedClient("http://x", token="TOKEN"))
    client = zoo("client").AuthenticatedClient(
        "http://x", token="TOKEN", headers={"X-Key": "TOKEN"}, cookies={"key": "TOKEN"}
    )
    client.get_httpx_client()
    assert "TOKEN" not in repr(client)


def test_the_token_goes_where_the_contract_says(zoo: Any, stock_zoo: Any, server: Any, keep: Any) -> None:
    server.answers({"ret": 1, "id": "1"})
    stock = keep(stock_zoo("client").AuthenticatedClient(server.url, token="TOKEN"))
    stock_zoo("api.animals.add_animals").sync_detailed(
        client=stock, body=stock_zoo("models").Animals(keeper="ann")
    )
    assert server.requests[0][1] == "/animals"
    assert server.requests[0][2]["authorization"] == "Bearer TOKEN"
    ours = keep(zoo("client").AuthenticatedClient(server.url, token="TOK+EN/=&"))
    zoo("api.animals.add_animals").sync(client=ours, body=animals(zoo))
    method, path, headers, body = server.requests[1]
    assert (method, path) == ("POST", "/animals?ticket=TOK%2BEN%2F%3D%26")
    assert "authorization" not in headers
    assert headers["content-type"] == "application/json"
    assert body == b'{"keeper":"ann"}'


def test_an_operation_without_security_sends_no_token(zoo: Any, server: Any, keep: Any) -> None:
    server.answers({"ret": 1})
    client = keep(zoo("client").AuthenticatedClient(server.url, token="TOKEN"))
    zoo("api.doors.login").sync(client=client, **LOGIN, page=2)
    assert server.requests[0][1] == "/login?user=ann&secret=SECRET-PASS&page=2"


def test_an_operation_with_security_refuses_a_client_without_token(zoo: Any) -> None:
    with pytest.raises(TypeError, match="needs a token"):
        zoo("api.animals.add_animals").sync(client=zoo("client").Client("http://x"), body=animals(zoo))


def test_no_log_line_shows_a_secret(
    zoo: Any, server: Any, keep: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """httpx writes the URL of every request at INFO."""
    server.answers({"ret": 1, "id": "1"})
    client = keep(zoo("client").AuthenticatedClient(server.url, token="TOKEN"))

    async def run() -> None:
        async with client:
            await zoo("api.animals.add_animals").asyncio(client=client, body=animals(zoo))
            await zoo("api.doors.login").asyncio(client=client, **LOGIN)

    with caplog.at_level(logging.DEBUG):
        zoo("api.animals.add_animals").sync(client=client, body=animals(zoo))
        zoo("api.doors.login").sync(client=client, **LOGIN)
        asyncio.run(run())
    lines = [record.getMessage() for record in caplog.records if record.name == "httpx"]
    assert len(lines) == 4
    # Where the overrides have run in this process, their filter has put its own mark over that of the URL.
    assert all("MASKED" in line or "***" in line for line in lines)
    assert "TOKEN" not in caplog.text
    assert "SECRET-PASS" not in caplog.text
    assert [path for _, path, _, _ in server.requests][:2] == [
        "/animals?ticket=TOKEN",
        "/login?user=ann&secret=SECRET-PASS",
    ]


def test_a_secret_url_is_whole_on_the_wire_and_masked_to_the_eye(zoo: Any) -> None:
    secret_url = zoo("client").SecretURL
    url = secret_url("https://u.example/p?a=%E4%B8%AD&ticket=TOKEN&ticket=TWO&b=x%20y")
    assert url.raw_path == b"/p?a=%E4%B8%AD&ticket=TOKEN&ticket=TWO&b=x%20y"
    request = httpx.Request("GET", "https://u.example")
    request.url = url
    for shown in (str(url), repr(url), repr(request)):
        assert "TOKEN" not in shown
        assert "TWO" not in shown
        assert "a=%E4%B8%AD" in shown
        assert shown.count("MASKED") == 2
    assert str(secret_url("https://u.example/p")) == "https://u.example/p"


def test_two_secret_urls_are_told_apart_by_their_secrets(zoo: Any) -> None:
    one, two = (zoo("client").SecretURL(f"https://u.example/p?ticket={token}") for token in ("ONE", "TWO"))
    assert str(one) == str(two)
    assert one != two
    assert len({one, two}) == 2
    assert one == "https://u.example/p?ticket=ONE"
    assert one == httpx.URL("https://u.example/p?ticket=ONE")


def test_an_http_error_does_not_show_the_token(zoo: Any, server: Any, keep: Any) -> None:
    server.answers(b"<html>TOKEN</html>", status=502)
    client = keep(zoo("client").AuthenticatedClient(server.url, token="TOKEN"))
    with pytest.raises(zoo("errors").UnexpectedStatus) as caught:
        zoo("api.animals.add_animals").sync(client=client, body=animals(zoo))
    assert caught.value.status_code == 502
    assert caught.value.content == b"<html>TOKEN</html>"
    assert "TOKEN" not in str(caught.value)


def test_redirects_are_not_followed(zoo: Any, server: Any, keep: Any) -> None:
    server.answers(b"", status=302, Location="/elsewhere")
    client = keep(zoo("client").AuthenticatedClient(server.url, token="TOKEN"))
    with pytest.raises(zoo("errors").UnexpectedStatus, match="302"):
        zoo("api.animals.add_animals").sync(client=client, body=animals(zoo))
    assert len(server.requests) == 1


CHANGES: list[Callable[[Any], Any]] = [
    lambda client: client.with_headers({"X-New": "1"}),
    lambda client: client.with_cookies({"new": "1"}),
    lambda client: client.with_timeout(httpx.Timeout(1.0)),
]


@pytest.mark.parametrize("change", CHANGES, ids=["headers", "cookies", "timeout"])
def test_a_changed_copy_leaves_the_live_client_alone(
    zoo: Any, stock_zoo: Any, change: Callable[[Any], Any]
) -> None:
    def state(live: httpx.Client | httpx.AsyncClient) -> tuple[Any, ...]:
        return dict(live.headers), dict(live.cookies), live.timeout

    def changed(client: Any) -> bool:
        live = (client.get_httpx_client(), client.get_async_httpx_client())
        before = [state(each) for each in live]
        copied = change(client)
        assert [state(copied.get_httpx_client())] != before[:1]
        return [state(each) for each in live] != before

    assert changed(stock_zoo("client").Client("http://x"))
    assert not changed(zoo("client").Client("http://x"))
    assert not changed(zoo("client").AuthenticatedClient("http://x", token="TOKEN"))


@pytest.mark.parametrize("spare", [0, -1])
def test_an_answer_is_read_up_to_its_limit(zoo: Any, server: Any, keep: Any, spare: int) -> None:
    """The limit counts what comes out of the decompressor: a bomb is small on the wire."""
    content = b'{"ret":1,"id":"1","pad":"' + b"x" * 500_000 + b'"}'
    server.answers(gzip.compress(content), Content_Encoding="gzip")
    assert len(server.body) < 2_000
    client = keep(
        zoo("client").AuthenticatedClient(server.url, token="TOKEN", max_response_bytes=len(content) + spare)
    )
    send = zoo("api.animals.add_animals")

    async def run() -> Any:
        async with client:
            return await send.asyncio_detailed(client=client, body=animals(zoo))

    calls: list[Callable[[], Any]] = [
        lambda: send.sync_detailed(client=client, body=animals(zoo)),
        lambda: asyncio.run(run()),
    ]
    for call in calls:
        if spare < 0:
            with pytest.raises(zoo("errors").InvalidResponse, match=f"larger than {len(content) - 1} bytes"):
                call()
        else:
            assert call().content == content
