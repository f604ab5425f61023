"""The envelope is read before the model, and whatever is no envelope is one typed error."""

from __future__ import annotations

import asyncio
import json
import pickle
from typing import Any

import pytest

GOOD = {"ret": 1, "why": "ok", "id": "7", "animals": [{"kind": "cat", "cat": {"lives": 9}}]}


def call(zoo: Any, server: Any) -> list[Any]:
    """All four functions of one operation; what each gave or raised."""
    module, client_module = zoo("api.animals.add_animals"), zoo("client")
    client = client_module.AuthenticatedClient(server.url, token="TOKEN")
    body = zoo("models").Animals(keeper="ann")

    async def both() -> tuple[Any, ...]:
        async with client:
            return await asyncio.gather(
                module.asyncio(client=client, body=body),
                module.asyncio_detailed(client=client, body=body),
                return_exceptions=True,
            )

    results: list[Any] = []
    with client:
        for function in (module.sync, module.sync_detailed):
            try:
                results.append(function(client=client, body=body))
            except Exception as error:  # noqa: BLE001 - its type is what the tests look at
                results.append(error)
    return [*results, *asyncio.run(both())]


def test_a_success_is_parsed(zoo: Any, server: Any) -> None:
    server.answers(GOOD)
    sync, detailed, async_, async_detailed = call(zoo, server)
    assert sync == async_ == detailed.parsed == async_detailed.parsed
    assert (sync.id, sync.refused, type(sync.animals[0]).__name__) == ("7", [], "CatAnimal")
    assert detailed.status_code == 200
    assert json.loads(detailed.content) == GOOD
    assert detailed.headers["content-type"] == "application/json"


def test_a_byte_order_mark_is_no_fault(zoo: Any, server: Any) -> None:
    server.answers(b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    assert [getattr(result, "id", "7") for result in call(zoo, server)] == ["7"] * 4


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"ret": 40001, "why": "no key"}, "no key"),
        ({"ret": 0}, ""),
        ({"ret": -1, "why": None}, ""),
        ({"ret": 2, "why": ["odd"]}, ""),
    ],
)
def test_a_refusal_is_an_error_with_its_code(
    zoo: Any, server: Any, answer: dict[str, Any], message: str
) -> None:
    server.answers(answer)
    for error in call(zoo, server):
        assert type(error) is zoo("errors").EnvelopeError
        assert (error.code, error.message, error.raw) == (answer["ret"], message, answer)
        copied = pickle.loads(pickle.dumps(error))
        assert (copied.code, str(copied)) == (error.code, str(error))


def test_stock_parses_a_refusal_as_a_success(stock_zoo: Any, server: Any, keep: Any) -> None:
    server.answers({"ret": 40001, "why": "no key"})
    client = keep(stock_zoo("client").AuthenticatedClient(server.url, token="TOKEN"))
    body = stock_zoo("models").Animals(keeper="ann")
    assert stock_zoo("api.animals.add_animals").sync(client=client, body=body).ret == 40001


NO_ENVELOPE = {
    "empty": b"",
    "html": b"<html>gateway</html>",
    "cut": b'{"ret":1,"id":"7"',
    "trailing": b'{"ret":1,"id":"7"} tail',
    "utf-8": b'{"ret":1,"id":"\xff"}',
    "gbk": '{"ret":1,"id":"新品"}'.encode("gbk"),
    "array": b"[1]",
    "null": b"null",
    "number": b"1",
    "no code": b'{"id":"7"}',
    "code string": b'{"ret":"1","id":"7"}',
    "code float": b'{"ret":1.0,"id":"7"}',
    "code true": b'{"ret":true,"id":"7"}',
    "code null": b'{"ret":null,"id":"7"}',
    "code NaN": b'{"ret":NaN,"id":"7"}',
    "code too large": b'{"ret":2147483648,"id":"7"}',
    "code too small": b'{"ret":-2147483649,"id":"7"}',
    "infinity": b'{"ret":1,"id":"7","x":Infinity}',
    "code twice": b'{"ret":40058,"ret":1,"id":"7"}',
    "key twice inside": b'{"ret":1,"id":"7","x":{"a":1,"a":2}}',
    "long number": b'{"ret":1,"id":"7","x":' + b"9" * 5_000 + b"}",
    "deep": b'{"ret":1,"id":"7","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
}


@pytest.mark.parametrize("content", NO_ENVELOPE.values(), ids=NO_ENVELOPE.keys())
def test_what_is_no_envelope_is_an_invalid_response(zoo: Any, server: Any, content: bytes) -> None:
    server.answers(content)
    for error in call(zoo, server):
        assert type(error) is zoo("errors").InvalidResponse
        assert len(str(error)) < 120


@pytest.mark.parametrize("code", [2147483647, -2147483648])
def test_codes_reach_to_the_ends_of_32_bits(zoo: Any, server: Any, code: int) -> None:
    server.answers({"ret": code})
    assert [error.code for error in call(zoo, server)] == [code] * 4


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"ret": 1}, "Added: 'id' is missing"),
        ({"ret": 1, "id": "7", "refused": "abc"}, "refused: an array was expected, not str"),
        ({"ret": 1, "id": "7", "animals": [{"kind": "dog"}]}, "DogAnimal: 'dog' is missing"),
    ],
)
def test_a_success_of_another_shape_is_invalid_data(zoo: Any, server: Any, answer: Any, message: str) -> None:
    server.answers(answer)
    for error in call(zoo, server):
        assert type(error) is zoo("errors").InvalidData
        assert str(error) == message


@pytest.mark.parametrize("status", [204, 302, 404, 429, 500, 599])
def test_another_status_is_an_error_even_with_a_good_body(zoo: Any, server: Any, status: int) -> None:
    server.answers(b"" if status == 204 else GOOD, status=status)
    for error in call(zoo, server):
        assert type(error) is zoo("errors").UnexpectedStatus
        assert error.status_code == status
        assert pickle.loads(pickle.dumps(error)).status_code == status


def test_stock_dies_of_an_odd_status_or_of_html(stock_zoo: Any, server: Any, keep: Any) -> None:
    client = keep(stock_zoo("client").AuthenticatedClient(server.url, token="TOKEN"))
    body = stock_zoo("models").Animals(keeper="ann")
    send = stock_zoo("api.animals.add_animals").sync_detailed
    server.answers(GOOD, status=599)
    with pytest.raises(ValueError, match="599"):
        send(client=client, body=body)
    server.answers(b"<html>")
    with pytest.raises(json.JSONDecodeError):
        send(client=client, body=body)
    server.answers({"why": "no code"})
    with pytest.raises(KeyError):
        send(client=client, body=body)
