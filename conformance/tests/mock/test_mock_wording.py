"""Every refusal looks like one of the server's: headers, text, hint; and ours says which rule, and where."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from wecom_conformance.vectors import load_vectors
from wecom_contract import OPERATIONS, rules
from wecom_mock import Settings, State
from wecom_mock.caller import Caller
from wecom_mock.refusal import REASONS, Refusal
from wecom_mock.wire import error

NOW = 1795320000.0
MESSAGE = re.compile(
    r"(?P<text>.+), hint: \[1795320000_\d{1,2}_[0-9a-f]{32}\], from ip: 127\.0\.0\.1, "
    r"more info at https://open\.work\.weixin\.qq\.com/devtool/query\?e=(?P<code>-?\d+)"
)


def assert_looks_like_the_servers(headers: dict[str, str], body: dict[str, Any]) -> None:
    code = str(body["errcode"])
    found = MESSAGE.fullmatch(body["errmsg"])
    assert found is not None, body["errmsg"]
    assert found["code"] == headers["error-code"] == code
    # A name from the request may be cut, and is made safe for a header.
    assert headers["error-msg"][:40] == found["text"][:40] or not found["text"].isascii()
    assert headers["server"] == "nginx"
    assert headers["content-type"] == "application/json; charset=UTF-8"
    assert re.fullmatch(r"\d{1,5}", headers["x-w-no"])
    assert ("x-mock-rule" in headers) != ("x-mock-reason" in headers)
    # Array indexes stand in our header, the server leaves them out.
    assert not re.search(r"\[\d+\]", found["text"])


JSON = {name for name, known in OPERATIONS.items() if known.has_body and not known.parts and not known.query}
# Forms and query strings can't carry each of their bodies, a number for one.
REFUSED = [one for one in load_vectors() if one.verdict == "reject" and one.operation in JSON]


def test_every_broken_rule_of_the_vectors() -> None:
    known = set(rules())
    caller = Caller(State(settings=Settings()), lambda: NOW)
    seen = set()
    for vector in REFUSED:
        answer = caller.call(vector.operation, vector.body)
        assert_looks_like_the_servers(dict(answer.headers), dict(answer.body))
        if answer.rule is not None:
            seen.add(answer.rule)
            assert answer.rule in known, vector.id
            assert re.fullmatch(r"[^;]+; path=.*", answer.headers["x-mock-rule"])
    assert len(seen) > 150
    assert {vector.operation for vector in REFUSED} == JSON


@pytest.mark.parametrize("reason", REASONS)
def test_every_other_reason(reason: str) -> None:
    reply = error(State(), Refusal(reason), NOW)
    headers = {name.lower(): value for name, value in reply.headers}
    assert headers["x-mock-reason"] == reason
    assert_looks_like_the_servers(headers, json.loads(reply.body))
