"""What each operation of the admin API answers, in full, for a small company; and what it is without being asked."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from wecom_mock import State
from wecom_mock.admin_api import BASE, perform
from wecom_mock.caller import Caller
from wecom_mock.clock import Clock
from wecom_mock.company_file import parse_company
from wecom_mock.core import handle
from wecom_mock.faults import Fault
from wecom_mock.wire import Request

NOW = 1795320000.0
HEADERS = (("Host", "127.0.0.1"), ("X-Mock-Admin", "1"))
COMPANY = """\
corpid: wwacme
apps:
- {name: crm, secret: s3cret}
- {name: sales, secret: s4les, visible: [b, a], customer_contact: false}
members: [b, a]
unlicensed: [b, a]
customers:
- {external_userid: wm1, followed_by: [b, a], last_chat: a, tags: [t2, t1], name: One, added: 5}
- {external_userid: wm2, followed_by: [b]}
groups:
- {chat_id: wr1, owner: a, status: 2}
tag_groups:
- {id: g1, name: Levels, tags: [{id: t1, name: VIP}, {id: t2, name: Old}, {id: t3, name: Gone, deleted: true}]}
departments:
- {id: 7, members: [a, b]}
media: [M2, M1]
suites:
- suite_id: ww2
  secret: x
  ticket: t
  corps: [{corpid: wwc, permanent_code: p}, {corpid: wwacme, permanent_code: q}]
"""


class Admin:
    """The API of a state, without a door."""

    def __init__(self) -> None:
        self.clock = Clock(NOW)
        self.state = State(parse_company(COMPANY))
        self.state.take_clock(self.clock)
        self.caller = Caller(self.state, self.clock)

    def get(self, path: str, query: str = "") -> Any:
        return self._ask("GET", path, query.encode(), b"", "")

    def post(self, path: str, **body: object) -> Any:
        return self._ask("POST", path, b"", json.dumps(body).encode(), "application/json")

    def _ask(self, method: str, path: str, query: bytes, body: bytes, kind: str) -> Any:
        reply = handle(self.state, Request(method, BASE + path, query, body, kind, HEADERS), self.clock())
        assert reply.status == 200, reply.body
        return json.loads(reply.body)

    def create(self, *recipients: str, sender: str = "b") -> str:
        body = {"sender": sender, "external_userid": [*recipients], "text": {"content": "hi"}}
        return str(self.caller.call("add_msg_template", body).body["msgid"])


@pytest.fixture
def admin() -> Admin:
    return Admin()


def test_a_company(admin: Admin) -> None:
    assert admin.get("/company") == {
        "corpid": "wwacme",
        "apps": [
            {"name": "crm", "secret": "***", "visible": None, "customer_contact": True},
            {"name": "sales", "secret": "***", "visible": ["a", "b"], "customer_contact": False},
        ],
        "members": ["b", "a"],
        "unlicensed": ["a", "b"],
        "customers": [
            {
                "external_userid": "wm1",
                "name": "One",
                "followed_by": ["b", "a"],
                "last_chat": "a",
                "tags": ["t1", "t2"],
                "added": 5,
            },
            {
                "external_userid": "wm2",
                "name": "",
                "followed_by": ["b"],
                "last_chat": "b",
                "tags": [],
                "added": 1525779812,
            },
        ],
        "groups": [{"chat_id": "wr1", "owner": "a", "status": 2}],
        "tag_groups": [
            {
                "group_id": "g1",
                "name": "Levels",
                "tags": [
                    {"tag_id": "t1", "name": "VIP", "deleted": False},
                    {"tag_id": "t2", "name": "Old", "deleted": False},
                    {"tag_id": "t3", "name": "Gone", "deleted": True},
                ],
            }
        ],
        "departments": [{"id": 7, "members": ["a", "b"]}],
        "media": ["M1", "M2"],
        "suites": [{"suite_id": "ww2", "secret": "***", "corps": ["wwacme", "wwc"]}],
    }


def test_people_who_are_added_with_and_without_what_may_be_left_out(admin: Admin) -> None:
    told = admin.post(
        "/company",
        members=["c"],
        customers=[
            {"external_userid": "wm3", "followed_by": ["c", "a"]},
            {
                "external_userid": "wm4",
                "followed_by": ["c", "a"],
                "last_chat": "a",
                "tags": ["t9", "t1"],
                "name": "Four",
                "added": 6,
            },
        ],
        groups=[{"chat_id": "wr2", "owner": "c"}, {"chat_id": "wr3", "owner": "c", "status": 3.0}],
        tag_groups=[
            {"group_id": "g2", "tags": [{"tag_id": "t4"}]},
            {"group_id": "g3", "name": "Three", "tags": [{"tag_id": "t5", "name": "Five", "deleted": True}]},
        ],
    )
    assert told == admin.get("/company")
    assert told["members"] == ["b", "a", "c"]
    assert told["customers"][2:] == [
        {
            "external_userid": "wm3",
            "name": "",
            "followed_by": ["c", "a"],
            "last_chat": "c",
            "tags": [],
            "added": 1525779812,
        },
        {
            "external_userid": "wm4",
            "name": "Four",
            "followed_by": ["c", "a"],
            "last_chat": "a",
            "tags": ["t1", "t9"],
            "added": 6,
        },
    ]
    assert told["groups"][1:] == [
        {"chat_id": "wr2", "owner": "c", "status": 0},
        {"chat_id": "wr3", "owner": "c", "status": 3},
    ]
    assert told["tag_groups"][1:] == [
        {"group_id": "g2", "name": "g2", "tags": [{"tag_id": "t4", "name": "t4", "deleted": False}]},
        {"group_id": "g3", "name": "Three", "tags": [{"tag_id": "t5", "name": "Five", "deleted": True}]},
        {
            "group_id": "etTagsWithoutAGroup",
            "name": "未分组",
            "tags": [{"tag_id": "t9", "name": "t9", "deleted": False}],
        },
    ]


@pytest.mark.parametrize(
    ("part", "added"),
    [
        ("members", "c"),
        ("customers", {"external_userid": "wm3", "followed_by": ["a"]}),
        ("groups", {"chat_id": "wr2", "owner": "a"}),
        ("tag_groups", {"group_id": "g2", "tags": [{"tag_id": "t4"}]}),
    ],
)
def test_one_part_of_a_company_changes_alone(admin: Admin, part: str, added: object) -> None:
    before = admin.get("/company")
    after = admin.post("/company", **{part: [added]})
    assert len(after[part]) == len(before[part]) + 1
    assert {name: after[name] for name in after if name != part} == {
        name: before[name] for name in before if name != part
    }


def test_a_task(admin: Admin) -> None:
    msgid = admin.create("wm1", "wm2", "wmX")
    admin.clock.move(10)
    assert admin.caller.call("remind_groupmsg_send", {"msgid": msgid}).errcode == 0
    task = {
        "msgid": msgid,
        "chat_type": "single",
        "created": NOW,
        "cancelled": False,
        "create_type": 0,
        "creator": None,
        "fail_list": ["wmX"],
        "reminders": [NOW + 10],
    }
    waiting = {"userid": "b", "status": 0, "send_time": None, "declined": None, "recipients": 2}
    assert admin.get("/tasks") == {"tasks": [{**task, "members": [waiting]}], "total": 1}
    body = {"sender": "b", "external_userid": ["wm1", "wm2", "wmX"], "text": {"content": "hi"}}
    rows = [{"target": one, "status": 0, "send_time": None} for one in ("wm1", "wm2")]
    whole = {**task, "members": [{**waiting, "deliveries": rows}], "body": body}
    assert admin.get("/task", f"msgid={msgid}") == whole
    ignored = {**whole, "members": [{**waiting, "declined": "ignored", "deliveries": rows}]}
    assert admin.post("/tasks/ignore", msgid=msgid, userid="b") == ignored
    sent = {"userid": "b", "status": 2, "send_time": int(NOW) + 10, "declined": None, "recipients": 2}
    rows = [{"target": one, "status": 1, "send_time": int(NOW) + 10} for one in ("wm1", "wm2")]
    assert admin.post("/tasks/confirm", msgid=msgid, userid="b") == {
        **whole,
        "members": [{**sent, "deliveries": rows}],
    }
    assert admin.post("/customers/leave", userid="b", external_userid="wm2") == {"ok": True}
    other = admin.create("wm1")
    refused = admin.post("/tasks/refuse", msgid=other, userid="b")
    assert refused["members"][0]["declined"] == "refused"
    assert [one["msgid"] for one in admin.get("/tasks")["tasks"]] == [other, msgid]
    assert admin.get("/tasks", "limit=1") == {"tasks": admin.get("/tasks")["tasks"][:1], "total": 2}


def test_a_moment(admin: Admin) -> None:
    body = {"text": {"content": "hi"}, "visible_range": {"sender_list": {"user_list": ["a", "b"]}}}
    for _ in range(2):
        admin.caller.call("add_moment_task", body)
    first, second = admin.state.moments.by_id
    moment = {
        "moment_id": first,
        "created": NOW,
        "members": ["a", "b"],
        "published": ["b"],
        "creator": None,
        "cancelled": False,
        "body": body,
    }
    assert admin.post("/moments/publish", moment_id=first, userid="b") == moment
    unseen = {**moment, "moment_id": second, "published": []}
    assert admin.get("/moments") == {"moments": [unseen, moment], "total": 2}
    assert admin.get("/moments", "limit=1") == {"moments": [unseen], "total": 2}


def test_quotas(admin: Admin) -> None:
    admin.post("/settings", quota_policy="per-day-1")
    row = {"target": "wm1", "kind": "customer", "used": 1, "limit": 1, "period": "2026-11-22"}
    assert admin.post("/quota/fill", target="wm1") == row
    group = {**row, "target": "wr1", "kind": "group"}
    assert admin.post("/quota/fill", target="wr1") == group
    empty = {**row, "target": "wm2", "used": 0}
    assert admin.get("/quota") == {"policy": "per-day-1", "quota": [row, empty, group]}
    assert admin.post("/quota/clear", target="wm1") == {**row, "used": 0}
    admin.clock.move(days=1)
    assert admin.get("/quota")["quota"][2] == {**group, "used": 0, "period": "2026-11-23"}


def test_codes_tickets_and_tokens(admin: Admin) -> None:
    code = admin.post("/welcome-codes", userid="a", external_userid="wm1")
    assert code == {"welcome_code": code["welcome_code"], "expires": NOW + 20}
    greeting = {"welcome_code": code["welcome_code"], "text": {"content": "hi"}}
    assert admin.caller.call("send_welcome_msg", greeting).errcode == 0
    admin.caller.suite_token()
    assert admin.post("/suites/tokens/revoke", suite_id="ww2") == {"revoked": 1}
    assert admin.post("/suites/tokens/revoke") == {"revoked": 0}
    pushed = admin.post("/suites/ticket", suite_id="ww2")
    assert pushed == {"suite_ticket": pushed["suite_ticket"], "expires": NOW + 1800}
    assert admin.post("/suites/ticket", suite_id="ww2", ticket="own")["suite_ticket"] == "own"
    assert admin.post("/tokens/revoke", app="sales") == {"revoked": 0}
    assert admin.post("/tokens/revoke", app="crm") == {"revoked": 1}
    assert admin.post("/tokens/revoke") == {"revoked": 0}


def test_the_clock(admin: Admin) -> None:
    assert admin.get("/clock") == {"now": NOW, "utc": "2026-11-22T04:00:00Z", "movable": True}
    told = {"now": NOW + 0.5, "utc": "2026-11-22T04:00:00Z", "movable": True}
    assert admin.post("/clock", move=0.5) == told == admin.get("/clock")
    assert admin.post("/clock", set=0) == {"now": 0, "utc": "1970-01-01T00:00:00Z", "movable": True}
    state = State()
    reply = handle(state, Request("GET", f"{BASE}/clock", headers=HEADERS), NOW)
    assert json.loads(reply.body) == {"now": NOW, "utc": "2026-11-22T04:00:00Z", "movable": False}


def test_calls(admin: Admin) -> None:
    assert admin.get("/calls") == {"calls": [], "last": 0}
    assert admin.get("/calls", "after=5") == {"calls": [], "last": 5}
    admin.caller.call("add_msg_template", {"sender": "b", "text": {"content": ""}})
    token, call = admin.get("/calls")["calls"]
    assert (token["number"], token["errcode"], token["answer"]["access_token"]) == (1, 0, "***")
    assert call.pop("seconds") >= 0
    assert call.pop("answer")["errcode"] == 40058
    assert call == {
        "number": 2,
        "at": NOW,
        "operation": "add_msg_template",
        "method": "POST",
        "path": "/cgi-bin/externalcontact/add_msg_template",
        "query": "access_token=***",
        "body": {"sender": "b", "text": {"content": ""}},
        "status": 200,
        "errcode": 40058,
        "rule": "text.content.empty",
        "path_broken": "text.content",
        "reason": None,
        "warnings": [],
    }
    assert [one["number"] for one in admin.get("/calls", "limit=1")["calls"]] == [2]
    assert admin.get("/calls", "after=1&limit=9")["last"] == 2
    assert [one["number"] for one in admin.get("/calls", "after=1")["calls"]] == [2]
    assert admin.get("/calls", "after=2") == {"calls": [], "last": 2}
    admin.create("wm1")
    last = admin.get("/calls")["calls"][-1]
    assert (last["rule"], last["path_broken"], last["reason"], last["warnings"]) == (None, None, None, [])
    admin.caller.call("add_msg_template", {"sender": "x", "text": {"content": "hi"}})
    assert admin.get("/calls")["calls"][-1]["reason"] == "sender.unknown"


def test_faults(admin: Admin) -> None:
    nothing = dict.fromkeys(
        ("operation", "times", "errcode", "errmsg", "applied", "limit", "seconds", "pause", "size")
    )
    plain = {**nothing, "content_type": None, "probability": 1.0, "fired": 0, "left": None}
    limit = {**plain, "kind": "frequency", "number": 1, "limit": 2, "seconds": 5.5}
    assert admin.post("/faults", kind="frequency", limit=2.0, seconds=5.5) == {"faults": [limit]}
    code = {**plain, "kind": "errcode", "number": 2, "operation": "gettoken", "times": 3, "errcode": 7}
    code |= {"errmsg": "no", "applied": True, "probability": 0.5, "left": 3}
    given = {"times": 3.0, "errcode": 7.0, "errmsg": "no", "applied": True, "probability": 0.5}
    assert admin.post("/faults", kind="errcode", operation="gettoken", **given) == {"faults": [limit, code]}
    slow = {**plain, "kind": "slow", "number": 3, "size": 4, "pause": 0.5}
    assert admin.post("/faults", kind="slow", size=4.0, pause=0.5) == {"faults": [limit, code, slow]}
    kept = admin.state.faults.list()
    assert [type(one) for one in (kept[0].limit, kept[1].times, kept[1].errcode, kept[2].size)] == [int] * 4
    assert admin.post("/faults/remove", number=1) == {"faults": [code, slow]} == admin.get("/faults")
    assert admin.post("/faults/clear") == {"ok": True}
    assert admin.get("/faults") == {"faults": []}


def test_a_reset(admin: Admin) -> None:
    admin.create("wm1")
    admin.state.faults.add(Fault("slow"))
    assert admin.post("/reset") == {"ok": True}
    assert (admin.get("/tasks"), admin.get("/faults")) == ({"tasks": [], "total": 0}, {"faults": []})
    assert admin.get("/calls") == {"calls": [], "last": 0}


def test_settings_keep_what_is_not_said(admin: Admin) -> None:
    before = admin.get("/settings")
    assert (
        admin.post("/settings", image_megabytes=5)
        == {**before, "image_megabytes": 5}
        == admin.get("/settings")
    )


@pytest.mark.parametrize("path", ["/tasks", "/moments", "/calls"])
def test_a_hundred_are_listed_where_nothing_is_said(admin: Admin, path: str) -> None:
    if path == "/moments":
        admin.state.settings = type(admin.state.settings)(moments_per_minute=None)
    for _ in range(101):
        if path == "/moments":
            admin.caller.call("add_moment_task", {"text": {"content": "hi"}})
        else:
            admin.create("wm1")
    assert len(admin.get(path)[path[1:]]) == 100


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("getSettings", {}),
        ("changeSettings", {"ticket_seconds": 60}),
        ("moveClock", {"move": 1}),
        ("reset", {}),
    ],
)
def test_what_people_do_waits_for_a_call_under_way(operation: str, arguments: dict[str, Any]) -> None:
    state = State()
    state.take_clock(Clock(NOW))
    done = threading.Event()

    def act() -> None:
        perform(state, operation, arguments, NOW)
        done.set()

    worker = threading.Thread(target=act)
    with state.lock:
        worker.start()
        assert not done.wait(0.1)
    worker.join(60)
    assert done.is_set()
