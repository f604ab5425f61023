"""A request with query parameters beside its JSON body: judged as one object, sent as two."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from fault_server import CORPID, CREATED, SECRET, FaultServer, created, refused

from wecom_client.operations import ADD_MSG_TEMPLATE
from wecom_client.wire import CallOptions
from wecom_openapi import InvalidRequest, WeCom

# No operation of the contract is like that yet, so one field of this one is told to travel in the query.
BESIDE = attrs.evolve(ADD_MSG_TEMPLATE, query=("sender",))
BODY = {"sender": "张三", "external_userid": ["wmA"], "text": {"content": "新品上市"}}

Serve = Callable[..., FaultServer]


def call(base_url: str, body: dict[str, Any], **settings: Any) -> Any:
    with WeCom(CORPID, SECRET, base_url=base_url, **settings) as wecom:
        return wecom._call(BESIDE, body, frozenset(), CallOptions())


def test_each_half_goes_where_it_belongs(serve: Serve) -> None:
    server = serve(created)
    assert call(server.base_url, BODY).msgid
    (request,) = server.calls
    assert request.query == {"sender": "张三", "access_token": "tok-1"}
    assert (
        request.body
        == json.dumps(
            {key: value for key, value in BODY.items() if key != "sender"},
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
    )


def test_both_halves_are_judged(serve: Serve) -> None:
    server = serve(created)
    with pytest.raises(InvalidRequest) as caught:
        call(server.base_url, {**BODY, "sender": "", "text": {}})
    assert {violation.rule for violation in caught.value.violations} == {
        "sender.empty",
        "message.content.required",
    }
    assert server.connections == 0


def test_a_dead_token_repeats_both_halves(serve: Serve, warm: Any) -> None:
    server = serve(
        lambda connection, _: connection.answer(refused(42001) if not server.calls[1:] else CREATED)
    )
    assert call(server.base_url, BODY, token_store=warm).msgid
    first, second = server.calls
    assert first.query["sender"] == second.query["sender"] == "张三"
    assert first.body == second.body
