"""Companies for the console's pages: one where all that a page can show is there, one that is quiet, an empty one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wecom_mock import App, Clock, Customer, Group, Settings, State, Suite, Tag, TagGroup, make_company
from wecom_mock.caller import Caller
from wecom_mock.faults import Fault

START = 1795320000.0
Story = tuple[State, Callable[[], float]]

_ATTACHMENTS: list[dict[str, Any]] = [
    {"msgtype": "image", "image": {"media_id": "PICTURE_ID"}},
    {"msgtype": "image", "image": {"pic_url": "https://example.com/p.png"}},
    {"msgtype": "link", "link": {"title": "Title", "desc": "Desc", "url": "https://example.com/?b=1&c=2"}},
    {
        "msgtype": "link",
        "link": {"title": "Picture", "picurl": "https://example.com/t.png", "url": "http://a.b"},
    },
    {
        "msgtype": "miniprogram",
        "miniprogram": {"title": "Mini", "pic_media_id": "COVER_ID", "appid": "wx1", "page": "/pages/x"},
    },
    {"msgtype": "video", "video": {"media_id": "VIDEO_ID"}},
    {"msgtype": "file", "file": {"media_id": "FILE_ID"}},
]


def _create(caller: Caller, **more: Any) -> str:
    body = {"sender": "lisi", "external_userid": ["wmA"], "text": {"content": "hello"}, **more}
    answer = caller.call("add_msg_template", body)
    assert answer.errcode == 0, answer.body
    return str(answer.body["msgid"])


def busy() -> Story:
    """Messages in every phase, of every kind, a fault that has struck and one that goes on."""
    people = [
        Customer(
            external_userid="wmA",
            followed_by=("lisi", "chen"),
            last_chat="lisi",
            name="甲",
            tags=frozenset({"t1"}),
        ),
        Customer(
            external_userid="wmB",
            followed_by=("lisi",),
            last_chat="lisi",
            name="乙",
            tags=frozenset({"t1", "t2"}),
        ),
        Customer(external_userid="wmC", followed_by=("lisi",), last_chat="lisi"),
        Customer(external_userid="wmD", followed_by=("chen",), last_chat="chen", name="丁"),
    ]
    told = (Tag(tag_id="t1", name="VIP"), Tag(tag_id="t2"), Tag(tag_id="t3", name="Old", deleted=True))
    company = make_company(
        corpid="wwbusy",
        apps=[
            App(name="main", secret="s1"),
            App(name="sales", secret="s2", visible=frozenset({"lisi", "chen"})),
            App(name="nobody", secret="s3", visible=frozenset()),
        ],
        members=["lisi", "chen"],
        customers=people,
        groups=[Group(chat_id="wrA", owner="lisi"), Group(chat_id="wrB", owner="lisi")],
        tag_groups=[TagGroup(group_id="g1", name="Level", tags=told), TagGroup(group_id="g2")],
        suites=[Suite(suite_id="wwsuite", secret="s4")],
    )
    state, clock = State(company), Clock(START)
    caller = Caller(state, clock)
    upload = {"filename": "报价.pdf", "filelength": 2048, "content_type": "application/pdf"}
    media = caller.call("media_upload", {"type": "file", "media": upload}).body["media_id"]

    cancelled = _create(caller)
    caller.call("cancel_groupmsg_send", {"msgid": cancelled})
    clock.move(61)
    state.refuse(_create(caller), "lisi")
    clock.move(61)
    ignored = _create(caller)
    state.ignore(ignored, "lisi")
    state.tasks[ignored].body = {}
    clock.move(61)
    groups = _create(caller, chat_type="group", chat_id_list=["wrA"], external_userid=[])
    state.confirm(groups, "lisi", clock())
    clock.move(61)
    sent = _create(caller, external_userid=["wmA", "wmB", "wmC"])
    state.company = state.company.without_relation("lisi", "wmC")
    state.fill_quota("wmB", clock())
    state.confirm(sent, "lisi", clock())
    clock.move(61)
    kinds = _create(caller, attachments=[*_ATTACHMENTS, {"msgtype": "file", "file": {"media_id": media}}])
    odd = [
        {"msgtype": "card", "card": {"title": "?"}},
        {"msgtype": "link", "link": {"title": "No", "url": "javascript:a"}},
        {"msgtype": "image", "image": {"pic_url": "ftp://a/p.png"}},
    ]
    state.tasks[kinds].body["attachments"] += odd
    clock.move(61)
    caller.call("remind_groupmsg_send", {"msgid": kinds})
    for text in ("published", "waiting"):
        clock.move(61)
        job = caller.call("add_moment_task", {"text": {"content": text}}).body["jobid"]
        moment = caller.call("get_moment_task_result", {"jobid": job}).body["result"]["moment_id"]
        if text == "published":
            state.publish_moment(moment, "lisi", clock())
    clock.move(61)
    state.send_personally("lisi", "by myself", clock())
    clock.move(61)
    code = state.welcome_code("lisi", "wmA", clock())
    caller.call("send_welcome_msg", {"welcome_code": code, "text": {"content": "welcome"}})
    state.faults.add(Fault("errcode", "gettoken", times=2, errcode=45009))
    state.faults.add(Fault("slow", probability=0.5))
    caller.send("GET", "/cgi-bin/gettoken", query="corpid=wwbusy&corpsecret=s1")
    return state, clock


def refused() -> Story:
    """Calls that were refused for a rule at a field and of the whole body, for another reason, and by no API at all."""
    state = State(make_company(corpid="wwrefused", apps=[App(name="main", secret="s1")], members=["lisi"]))
    clock = Clock(START)
    caller = Caller(state, clock)
    caller.call("gettoken", {"corpid": "wwrefused", "corpsecret": "wrong"})
    caller.call("get_groupmsg_task", [])
    caller.call("get_groupmsg_task", {"msgid": "nope"})
    caller.send("GET", "/nowhere", query="a=1")
    caller.call("add_msg_template", {"sender": "lisi", "text": {"content": ""}})
    caller.call("add_moment_task", {"text": {"content": "a moment"}})
    return state, clock


def quiet() -> Story:
    """Two members without a message; no limit of messages; time that nobody can move."""
    company = make_company(
        corpid="wwquiet",
        apps=[App(name="main", secret="s1")],
        members=["lisi", "chen"],
        customers=[Customer(external_userid="wmA", followed_by=("lisi",), last_chat="lisi", name="甲")],
    )
    return State(company, Settings(quota_policy="unlimited")), lambda: START


def empty() -> Story:
    """A company with an app and nobody in it."""
    return State(make_company(corpid="wwempty", apps=[App(name="main", secret="s1")])), Clock(START)


STORIES: dict[str, tuple[Callable[[], Story], tuple[str, ...]]] = {
    "busy": (busy, ("", "company", "faults", "settings")),
    "refused": (refused, ("calls",)),
    "quiet": (quiet, ("", "company")),
    "empty": (empty, ("", "company", "calls", "faults")),
}
"""By name: how it is made, and the pages on which it shows what no other does."""
