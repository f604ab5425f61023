"""What is told to who may not come in under ``/_mock/``, by the headers of the request."""

from __future__ import annotations

import json

import pytest

from wecom_mock import Request, State, handle

NAME = "the Host header must name this machine (127.0.0.1, localhost, or one of admin_hosts)"
SITE = "the request comes from another site"
HEADER = "a request that changes something needs the header X-Mock-Admin, whatever its value"
HERE = ("Host", "127.0.0.1:8088")
MARK = ("x-mock-admin", "")


def told(method: str, *headers: tuple[str, str], hosts: frozenset[str] = frozenset()) -> str | None:
    """Why a request did not come in; None where it did."""
    state = State()
    state.admin_hosts = hosts
    reply = handle(state, Request(method, "/_mock/api/reset", headers=headers), 1795320000.0)
    answer = json.loads(reply.body)
    if reply.status == 403:
        assert answer["field"] == ""
        return str(answer["error"])
    assert reply.status == (200 if method == "POST" else 405)
    return None


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS"])
@pytest.mark.parametrize(
    "hosts",
    [
        *(
            (),
            (HERE, HERE),
            (("Host", ""),),
            (("Host", "evil.example"),),
            (("Host", "127.0.0.1.evil.example"),),
        ),
        *((("Host", "127.1"),), (("Host", "1270.0.0.1"),), (("Host", ".."),), (("Host", "127.0.0.1:x"),)),
    ],
)
def test_a_request_must_name_this_machine(method: str, hosts: tuple[tuple[str, str], ...]) -> None:
    assert told(method, *hosts, MARK) == NAME


@pytest.mark.parametrize(
    "host", ["localhost.", "127.255.0.1:65535", "[::1]", "a.b.localhost:1", "LOCALHOST:80"]
)
def test_names_of_this_machine(host: str) -> None:
    assert told("POST", ("hOST", host), MARK) is None


@pytest.mark.parametrize("host", ["Mock.test", "mock.TEST:1", "mock.test."])
def test_a_name_that_is_allowed_besides(host: str) -> None:
    assert told("POST", ("Host", host), MARK) == NAME
    assert told("POST", ("Host", host), MARK, hosts=frozenset({"other", "mock.TEST"})) is None


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ((), HEADER),
        ((MARK,), None),
        ((("Sec-Fetch-Site", "none"),), HEADER),
        ((("Sec-Fetch-Site", "none"), MARK), None),
        ((("Sec-Fetch-Site", "same-origin"),), None),
        ((("Sec-Fetch-Site", "same-site"), MARK), SITE),
        ((("Sec-Fetch-Site", "cross-site"), ("Origin", "http://127.0.0.1:8088")), SITE),
        ((("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")), SITE),
        ((("Origin", "http://127.0.0.1:8088"),), None),
        ((("Origin", "HTTPS://127.0.0.1:8088"),), None),
        ((("Origin", "ftp://127.0.0.1:8088"), MARK), SITE),
        ((("Origin", "http://127.0.0.1"), MARK), SITE),
        ((("Origin", "null"), ("Sec-Fetch-Site", "same-origin"), MARK), SITE),
        ((("Origin", "http://127.0.0.1:8088"), ("Origin", "http://evil.example")), SITE),
    ],
)
def test_another_site_changes_nothing_but_may_ask(
    headers: tuple[tuple[str, str], ...], why: str | None
) -> None:
    assert told("POST", HERE, *headers) == why
    assert told("PUT", HERE, *headers) == why
    assert told("GET", HERE, *headers) is None


def test_an_origin_is_held_against_the_host_without_regard_to_case() -> None:
    assert told("POST", ("Host", "LocalHost:1"), ("Origin", "http://localhost:1")) is None
