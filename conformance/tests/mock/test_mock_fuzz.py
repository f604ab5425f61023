"""Nothing makes the mock raise, and every answer it gives is one that the contract allows."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wecom_contract import OPERATIONS, check, check_response
from wecom_mock import Reply, Request, State, handle
from wecom_mock.caller import Caller

WITH_BODY = sorted(operation.id for operation in OPERATIONS.values() if operation.has_body)
PATHS = [operation.path for operation in OPERATIONS.values()]
NOW = 1795320000.0
A = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"

QUIET = settings(max_examples=300, deadline=None, derandomize=True, database=None)


def fresh() -> tuple[State, str, str]:
    """A state with a token and a task."""
    state = State()
    reply = handle(state, Request("GET", "/cgi-bin/gettoken", b"corpid=wwdemo&corpsecret=demo"), NOW)
    token = json.loads(reply.body)["access_token"]
    body = b'{"sender":"zhangsan","text":{"content":"x"}}'
    path = OPERATIONS["add_msg_template"].path
    reply = handle(state, Request("POST", path, b"access_token=" + token.encode(), body), NOW)
    return state, token, json.loads(reply.body)["msgid"]


def query_of(state: State, operation: str, token: str) -> bytes:
    """The query with the token that an operation takes."""
    if OPERATIONS[operation].auth == "suite_access_token":
        body = b'{"suite_id":"wwdemosuite","suite_secret":"demo-suite","suite_ticket":"demo-ticket"}'
        reply = handle(state, Request("POST", OPERATIONS["get_suite_token"].path, b"", body), NOW)
        return b"suite_access_token=" + json.loads(reply.body)["suite_access_token"].encode()
    return b"access_token=" + token.encode()


def envelope(reply: Reply, path: str) -> dict[str, Any]:
    """The reply is an envelope that the contract allows, or the page for an unknown path."""
    for name, value in reply.headers:
        assert name.isascii()
        assert value.isascii()
        assert value.isprintable()
    if path not in PATHS:
        assert reply.status == 404
        return {}
    assert reply.status == 200
    body: dict[str, Any] = json.loads(reply.body.decode("utf-8"))
    operation = next(one for one in OPERATIONS.values() if one.path == path)
    assert check_response(operation.id, body) == []
    return body


@QUIET
@given(
    method=st.sampled_from(["GET", "POST"]) | st.text(max_size=8),
    path=st.sampled_from(PATHS) | st.text(max_size=60),
    query=st.binary(max_size=80),
    body=st.binary(max_size=200),
    with_token=st.booleans(),
)
def test_any_bytes_get_an_answer(method: str, path: str, query: bytes, body: bytes, with_token: bool) -> None:
    state, token, _ = fresh()
    full = b"access_token=" + token.encode() + b"&" + query if with_token else query
    found = envelope(handle(state, Request(method, path, full, body), NOW), path)
    # Chance does not write a valid body.
    assert found.get("errcode") != 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda children: st.lists(children, max_size=4)
    | st.dictionaries(st.text(max_size=10), children, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    [
        "chat_type",
        "external_userid",
        "chat_id_list",
        "tag_filter",
        "group_list",
        "tag_list",
        "sender",
        "allow_select",
        "text",
        "content",
        "attachments",
        "msgtype",
        "image",
        "link",
        "miniprogram",
        "video",
        "file",
        "media_id",
        "pic_url",
        "title",
        "url",
        "picurl",
        "desc",
        "page",
        "appid",
        "visible_range",
        "sender_list",
        "user_list",
        "department_list",
        "external_contact_list",
        "moment_id",
        "start_time",
        "end_time",
        "msgid",
        "userid",
        "limit",
        "cursor",
        "userid_list",
        "status_filter",
        "owner_filter",
        "tag_id",
        "group_id",
        "suite_id",
        "suite_secret",
        "suite_ticket",
        "auth_corpid",
        "permanent_code",
    ]
)
VALUES = st.sampled_from(
    [
        "single",
        "group",
        "zhangsan",
        "lisi",
        A,
        "wr2GCAAAXtWyujaWJHDDGasdadAAA",
        "image",
        "link",
        "http://a",
        "",
        1,
        500,
    ]
)
KNOWN = st.recursive(
    VALUES | JSON,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(NAMES, children, max_size=5),
    max_leaves=20,
)


@QUIET
@given(operation=st.sampled_from(WITH_BODY), body=KNOWN, own=st.booleans())
def test_any_json_gets_the_verdict_of_the_contract(operation: str, body: Any, own: bool) -> None:
    state, token, msgid = fresh()
    if own and isinstance(body, dict):
        body = {**body, "msgid": msgid}
    raw = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    path = OPERATIONS[operation].path
    reply = handle(state, Request("POST", path, query_of(state, operation, token), raw), NOW)
    found = envelope(reply, path)
    headers = dict(reply.headers)
    if headers.get("X-Mock-Reason", "").startswith("body."):
        assert found["errcode"] in {40058, 40033}
        return
    errors = [one for one in check(operation, body) if one.severity == "error"]
    if errors:
        assert found["errcode"] not in (0, None)
        assert headers["X-Mock-Rule"].startswith(f"{errors[0].rule}; path=")
    else:
        assert "X-Mock-Rule" not in headers


AUDIENCE = st.fixed_dictionaries(
    {"text": st.just({"content": "x"})},
    optional={
        "chat_type": st.sampled_from(["single", "group"]),
        "sender": st.sampled_from(["zhangsan", "lisi", "wangwu", "lisi2", "nobody"]),
        "external_userid": st.lists(
            st.sampled_from([A, "wmCB22A6F6B4086E3513984E26BD8D4A", "wm1"]), max_size=4
        ),
        "chat_id_list": st.lists(
            st.sampled_from(["wr2GCAAAXtWyujaWJHDDGasdadAAA", "wrDemoGroupOfLisiAAAAAAAAAAAA", "wr1"]),
            max_size=4,
        ),
        "tag_filter": st.fixed_dictionaries(
            {},
            optional={
                "group_list": st.lists(
                    st.fixed_dictionaries(
                        {
                            "tag_list": st.lists(
                                st.sampled_from(
                                    ["ete19278asuMT123109rBAAAA", "eteIlKKHSDfuMT18Kg9rBAAAA", "eteX"]
                                ),
                                min_size=1,
                                max_size=3,
                            )
                        }
                    ),
                    max_size=3,
                )
            },
        ),
    },
)


@QUIET
@given(body=AUDIENCE)
def test_every_named_id_is_a_recipient_or_failed_and_never_both(body: Any) -> None:
    state, token, _ = fresh()
    before = set(state.tasks)
    path = OPERATIONS["add_msg_template"].path
    raw = json.dumps(body, ensure_ascii=False).encode()
    found = envelope(handle(state, Request("POST", path, b"access_token=" + token.encode(), raw), NOW), path)
    new = set(state.tasks) - before
    if found["errcode"] != 0:
        assert not new
        assert found["errcode"] in {40058, 40063, 40068, 41048, 60111, 84061}
        return
    assert new == {found["msgid"]}
    task = state.tasks[found["msgid"]]
    targets = [one.target for part in task.assignments.values() for one in part.deliveries]
    assert targets
    assert len(set(targets)) == len(targets)
    assert not set(targets) & set(found["fail_list"])
    field = "chat_id_list" if task.chat_type == "group" else "external_userid"
    if body.get(field):
        assert set(body[field]) == {*targets, *found["fail_list"]}
    else:
        assert found["fail_list"] == []
    if "sender" in body:
        assert set(task.assignments) == {body["sender"]}
    related = state.company.owns if task.chat_type == "group" else state.company.follows
    for userid, part in task.assignments.items():
        assert all(related(userid, one.target) for one in part.deliveries)


MEMBERS = st.lists(st.sampled_from(["zhangsan", "lisi", "wangwu", "lisi2", "nobody"]), max_size=4)
TAGS = st.lists(
    st.sampled_from(["ete19278asuMT123109rBAAAA", "eteIlKKHSDfuMT18Kg9rBAAAA", "eteX"]), max_size=3
)


@QUIET
@given(
    users=MEMBERS,
    departments=st.lists(st.sampled_from([2, 3, 4, 2.0, -1]), max_size=3),
    tags=TAGS,
    secret=st.sampled_from(["demo", "demo-sales"]),
)
def test_whoever_is_named_a_moment_is_for_nobody_else(
    users: list[str], departments: list[float], tags: list[str], secret: str
) -> None:
    caller = Caller(State(), lambda: NOW)
    wanted = {
        "sender_list": {"user_list": users, "department_list": departments},
        "external_contact_list": {"tag_list": tags},
    }
    body = {"text": {"content": "x"}, "visible_range": wanted}
    token = caller.token(secret)
    jobid = caller.call("add_moment_task", body, token=token).body["jobid"]
    result = caller.call("get_moment_task_result", {"jobid": jobid}, token=token).body["result"]
    if result["errcode"] != 0:
        assert users or departments or tags
        return
    company = caller.state.company
    moment = caller.state.moments.by_id[result["moment_id"]]
    inside = {one for number in departments for one in company.departments.get(int(number), ())}
    if users or departments:
        assert set(moment.members) <= {*users, *inside}
    for userid in moment.members:
        assert secret == "demo" or userid == "lisi"
        caller.state.publish_moment(moment.moment_id, userid, NOW)
        for customer in moment.published[userid]:
            assert company.follows(userid, customer)
            assert not tags or company.customers[customer].tags & set(tags)
