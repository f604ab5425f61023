"""What the admin API says to a request that it refuses: status, text and field, in full, and the headers of it all."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from wecom_mock import Settings, State
from wecom_mock.admin_api import BASE, perform
from wecom_mock.clock import Clock
from wecom_mock.core import handle
from wecom_mock.wire import Reply, Request

NOW = 1795320000.0
HEADERS = (("Host", "127.0.0.1"), ("X-Mock-Admin", "1"))
JSON = "application/json"
LIMIT = 70_000
NOTHING_HERE = "there is nothing here; /_mock/api/openapi.json says what there is"
NO_JSON = "the body must be application/json"
LISI, NOBODY = {"userid": "lisi"}, "nobody"


@pytest.fixture
def state() -> State:
    made = State(settings=Settings(max_body_bytes=LIMIT))
    made.take_clock(Clock(NOW))
    return made


def ask(state: State, method: str, path: str, query: bytes = b"", body: bytes = b"", kind: str = "") -> Reply:
    return handle(state, Request(method, BASE + path, query, body, kind, HEADERS), NOW)


def told(reply: Reply) -> tuple[int, str, str]:
    found = json.loads(reply.body)
    assert list(found) == ["error", "field"]
    return reply.status, found["error"], found["field"]


def unexpected(count: int) -> str:
    names = ", ".join(f"'a{number}'" for number in range(count))
    return f"Additional properties are not allowed ({names} were unexpected)"


@pytest.mark.parametrize(
    ("query", "why", "where"),
    [
        (b"limit", "the query is malformed", ""),
        (b"limit=\xff", "the query is malformed", ""),
        (b"limit=%FF", "the query is malformed", ""),
        (b"&".join(b"a%d=1" % number for number in range(16)), unexpected(16), ""),
        (b"&".join(b"a%d=1" % number for number in range(17)), "the query is malformed", ""),
        (b"limit=1&limit=2", "given twice", "limit"),
        (b"limit=", '"" is not of type "integer"', "/limit"),
        (b"limit=-1", '"-1" is not of type "integer"', "/limit"),
        (b"limit=00000000000000001", '"00000000000000001" is not of type "integer"', "/limit"),
        (b"limit=1001", "1001 is greater than the maximum of 1000", "/limit"),
    ],
)
def test_queries(state: State, query: bytes, why: str, where: str) -> None:
    assert told(ask(state, "GET", "/tasks", query)) == (400, why, where)


def test_a_number_of_a_query_may_have_16_digits(state: State) -> None:
    assert ask(state, "GET", "/tasks", b"limit=" + b"1".zfill(16)).status == 200


@pytest.mark.parametrize(
    ("method", "path", "answer", "allow"),
    [
        ("GET", "/nope", (404, NOTHING_HERE, ""), None),
        ("GET", "", (404, NOTHING_HERE, ""), None),
        ("POST", "/openapi.json", (404, NOTHING_HERE, ""), None),
        ("PUT", "/clock", (405, "/_mock/api/clock takes GET, POST", ""), "GET, POST"),
        ("GET", "/reset", (405, "/_mock/api/reset takes POST", ""), "POST"),
        ("HEAD", "/reset", (405, "/_mock/api/reset takes POST", ""), "POST"),
        ("POST", "/tasks", (405, "/_mock/api/tasks takes GET", ""), "GET"),
    ],
)
def test_paths_and_methods(
    state: State, method: str, path: str, answer: tuple[int, str, str], allow: str | None
) -> None:
    reply = ask(state, method, path)
    assert told(reply) == answer
    assert dict(reply.headers).get("Allow") == allow


@pytest.mark.parametrize(
    ("kind", "body", "answer"),
    [
        ("", b"", None),
        ("application/json", b"", None),
        ("Application/JSON ; charset=utf-8", b"{}", None),
        ("", b"{}", (415, NO_JSON, "")),
        ("text/plain", b"", (415, NO_JSON, "")),
        ("text/plain", b"{}", (415, NO_JSON, "")),
        ("application/json", b"[]", (400, '[] is not of type "object"', "")),
        ("application/json", b"{", (400, "the body is no good JSON: body.json", "")),
        ("application/json", b"{}".ljust(LIMIT), None),
        ("application/json", b"{}".ljust(LIMIT + 1), (413, f"more than {LIMIT} bytes", "")),
    ],
)
def test_kinds_and_sizes_of_bodies(
    state: State, kind: str, body: bytes, answer: tuple[int, str, str] | None
) -> None:
    reply = ask(state, "POST", "/reset", body=body, kind=kind)
    if answer is None:
        assert (reply.status, json.loads(reply.body)) == (200, {"ok": True})
    else:
        assert told(reply) == answer


@pytest.mark.parametrize(
    ("path", "body", "why", "where"),
    [
        ("/company", {"members": [1]}, '1 is not of type "string"', "/members/0"),
        ("/clock", {"set": -1}, "-1 is less than the minimum of 0", "/set"),
        ("/clock", {"move": 315_360_000}, None, ""),
        ("/quota/fill", {"target": NOBODY}, "no customer or group nobody", ""),
        ("/quota/clear", {"target": NOBODY}, "no customer or group nobody", ""),
        ("/tasks/confirm", {"msgid": "x", **LISI}, "lisi has no task x", ""),
        ("/moments/publish", {"moment_id": "x", **LISI}, "lisi has no moment x", ""),
        ("/welcome-codes", {"external_userid": NOBODY, **LISI}, "nobody is no customer of lisi", ""),
        ("/tokens/revoke", {"app": "x"}, "no app x", ""),
        ("/suites/tokens/revoke", {"suite_id": "x"}, "no suite x", ""),
        ("/suites/ticket", {"suite_id": "x"}, "no suite x", ""),
        ("/faults/remove", {"number": 99}, "no fault 99", ""),
        ("/faults", {"kind": "slow", "errcode": 1}, "errcode means nothing for the fault slow", ""),
    ],
)
def test_what_makes_no_sense(
    state: State, path: str, body: dict[str, Any], why: str | None, where: str
) -> None:
    reply = ask(state, "POST", path, body=json.dumps(body).encode(), kind=JSON)
    if why is None:
        assert reply.status == 200
    else:
        assert told(reply) == (400, why, where)


def test_a_task_that_is_not_there(state: State) -> None:
    assert told(ask(state, "GET", "/task", b"msgid=x")) == (400, "no task x", "")


@pytest.mark.parametrize(
    ("start", "move", "good"),
    [
        (4102444799.0, 1, True),
        (4102444799.0, 1.5, False),
        (1.0, -1, True),
        (1.0, -1.5, False),
    ],
)
def test_both_ends_of_the_clock(state: State, start: float, move: float, good: bool) -> None:
    clock = Clock(start)
    state.take_clock(clock)
    body = json.dumps({"move": move}).encode()
    reply = handle(state, Request("POST", f"{BASE}/clock", b"", body, JSON, HEADERS), start)
    if good:
        assert (reply.status, clock()) == (200, start + move)
    else:
        assert told(reply) == (400, "the clock goes from 1970 to 2100", "")
        assert clock() == start


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (256, None),
        (268, f'"{"x" * 268}" is longer than 256 characters'),
        (269, f'"{"x" * 149}…{"x" * 118}" is longer than 256 characters'),
        (60_000, f'"{"x" * 149}…{"x" * 118}" is longer than 256 characters'),
    ],
)
def test_a_long_value_is_cut_in_its_middle(state: State, length: int, said: str | None) -> None:
    reply = ask(state, "POST", "/company", body=json.dumps({"members": ["x" * length]}).encode(), kind=JSON)
    if said is None:
        assert reply.status == 200
    else:
        assert told(reply) == (400, said, "/members/0")
        assert len(said) <= 300


def test_a_long_reason_is_cut_too(state: State) -> None:
    body = {"msgid": "m" * 200, "userid": "u" * 200}
    reply = ask(state, "POST", "/tasks/confirm", body=json.dumps(body).encode(), kind=JSON)
    assert told(reply) == (400, f"{'u' * 150}…{'m' * 149}", "")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/clock", 200), ("HEAD", "/clock", 200), ("HEAD", "/openapi.json", 200), ("GET", "/nope", 404)],
)
def test_no_browser_keeps_or_guesses_at_an_answer(state: State, method: str, path: str, status: int) -> None:
    reply = ask(state, method, path)
    assert (reply.status, reply.headers) == (
        status,
        (
            ("Content-Type", "application/json; charset=utf-8"),
            ("Content-Length", str(len(reply.body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ),
    )


def test_text_is_answered_as_it_is(state: State) -> None:
    perform(state, "changeCompany", {"members": ["张三", "\ud800"]}, NOW)
    reply = ask(state, "GET", "/company")
    assert '"张三", "?"'.encode() in reply.body


def test_the_console_says_what_it_needs(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("wecom_mock.console")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    reply = handle(state, Request("GET", "/_mock/", headers=HEADERS), NOW)
    why = "the console needs jinja2: pip install 'wecom-openapi[mock]'"
    assert told(reply) == (501, why, "")
