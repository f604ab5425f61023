"""What is on which phone, in which order, and how many messages wait for whom."""

from __future__ import annotations

import attrs
import pytest
from admin_doors import door
from console_stories import START
from page_text import page_text

from wecom_mock import App, Clock, Customer, Settings, State, make_company
from wecom_mock.caller import Caller
from wecom_mock.console.messages import Card, message, safe_href

PEOPLE = ("lisi", "chen")


def state_of(**settings: float) -> State:
    company = make_company(
        corpid="ww",
        apps=[App(name="a", secret="s")],
        members=PEOPLE,
        customers=[Customer(external_userid="wmA", followed_by=PEOPLE, last_chat="lisi", name="甲")],
    )
    return State(company, Settings(**settings))  # type: ignore[arg-type]


def create(caller: Caller, sender: str, text: str) -> str:
    body = {"sender": sender, "external_userid": ["wmA"], "text": {"content": text}}
    return str(caller.call("add_msg_template", body).body["msgid"])


def post(caller: Caller, *members: str) -> str:
    visible = {"sender_list": {"user_list": list(members)}}
    return str(
        caller.call("add_moment_task", {"text": {"content": "moment"}, "visible_range": visible}).body[
            "jobid"
        ]
    )


def phone(state: State, clock: Clock, member: str) -> tuple[list[str], list[str]]:
    """The members with what waits for each, and the texts on a phone."""
    with door("in process", state, clock) as send:
        told = page_text(send("GET", "/_mock/", params={"member": member}).text).splitlines()
    people = [one.partition("> ")[2] for one in told if one.startswith("<to /_mock/?member=")]
    begin = told.index(f"<h2> Phone of {member} as a customer will see it")
    return people, told[begin + 1 : next(n for n, one in enumerate(told) if one.startswith("<h2> Tasks"))]


def texts(lines: list[str]) -> list[str]:
    return [one for one in lines if one.startswith("text-")]


def test_each_phone_has_its_own_and_the_newest_first() -> None:
    state, clock = state_of(), Clock(START)
    caller = Caller(state, clock)
    for number, sender in enumerate(("chen", "lisi", "chen", "lisi", "lisi")):
        create(caller, sender, f"text-{number}")
        clock.move(1)
    people, shown = phone(state, clock, "chen")
    assert people == ["l lisi 3 waiting", "c chen 2 waiting"]
    assert texts(shown) == ["text-2", "text-0"]
    assert texts(phone(state, clock, "lisi")[1]) == ["text-4", "text-3", "text-1"]


def test_what_waits_for_one_who_is_no_member_any_more_is_still_counted() -> None:
    state, clock = state_of(), Clock(START)
    caller = Caller(state, clock)
    create(caller, "chen", "text-0")
    create(caller, "chen", "text-1")
    state.company = attrs.evolve(state.company, members=("lisi",))
    people, shown = phone(state, clock, "lisi")
    assert people == ["l lisi nothing waits", "c chen 2 waiting"]
    assert shown == ["No message yet. Create one with add_msg_template, and it appears here."]


def test_a_moment_is_there_from_when_it_was_made() -> None:
    state, clock = state_of(moment_dispatch_seconds=60), Clock(START)
    caller = Caller(state, clock)
    job = post(caller, "chen")
    clock.move(59)
    caller.call("get_moment_task_result", {"jobid": job})
    assert phone(state, clock, "chen") == (
        ["l lisi nothing waits", "c chen nothing waits"],
        ["No message yet. Create one with add_msg_template, and it appears here."],
    )
    clock.move(1)
    caller.call("get_moment_task_result", {"jobid": job})
    people, shown = phone(state, clock, "chen")
    assert people == ["l lisi nothing waits", "c chen 1 waiting"]
    assert shown[:4] == ["<h3> Moment 11-22 12:01:00", "c", "moment", "Waits for the member"]
    assert phone(state, clock, "lisi")[1][0].startswith("No message yet.")


def test_moments_published_and_cancelled() -> None:
    state, clock = state_of(), Clock(START)
    caller = Caller(state, clock)
    jobs = [post(caller, *PEOPLE) for _ in range(2)]
    ids = [caller.call("get_moment_task_result", {"jobid": one}).body["result"]["moment_id"] for one in jobs]
    state.publish_moment(ids[0], "chen", clock())
    assert phone(state, clock, "chen")[0] == ["l lisi 2 waiting", "c chen 1 waiting"]
    for one in ids:
        assert caller.call("cancel_moment_task", {"moment_id": one}).errcode == 0
    people, shown = phone(state, clock, "chen")
    assert people == ["l lisi nothing waits", "c chen nothing waits"]
    assert [one for one in shown if one in ("Published", "Cancelled")] == ["Cancelled", "Published"]
    assert "甲 sent" in shown
    assert [one for one in phone(state, clock, "lisi")[1] if one in ("Published", "Cancelled")] == [
        "Cancelled"
    ] * 2


@pytest.mark.parametrize("count", [20, 21])
def test_twenty_of_each_kind_are_looked_for(count: int) -> None:
    state, clock = state_of(), Clock(START)
    for number in range(count):
        state.post_moment("chen", f"text-{number}", clock())
        clock.move(1)
    expected = [f"text-{number}" for number in range(count - 1, count - 21, -1)]
    assert texts(phone(state, clock, "chen")[1]) == expected


def test_welcome_messages_of_a_member() -> None:
    state, clock = state_of(), Clock(START)
    caller = Caller(state, clock)
    for number, member in enumerate(("chen", "lisi", "chen")):
        code = state.welcome_code(member, "wmA", clock())
        caller.call("send_welcome_msg", {"welcome_code": code, "text": {"content": f"text-{number}"}})
        clock.move(1)
    people, shown = phone(state, clock, "chen")
    assert people == ["l lisi nothing waits", "c chen nothing waits"]
    assert shown[:5] == [
        *("<h3> Welcome message 11-22 12:00:02", "c", "text-2", "Sent", "<summary> Recipients (1)"),
    ]
    assert texts(shown) == ["text-2", "text-0"]


def test_an_uploaded_image_has_its_name_and_size() -> None:
    state, clock = state_of(), Clock(START)
    png = b"\x89PNG\r\n\x1a\n" + bytes(1024)
    told = {"filename": "新.png", "content_type": "image/png", "filelength": len(png), "content": png}
    media = Caller(state, clock).call("media_upload", {"type": "image", "media": told}).body["media_id"]
    shown = message(
        {"attachments": [{"msgtype": "image", "image": {"media_id": media, "pic_url": "http://a"}}]},
        state.media,
    )
    assert shown.cards == (Card("image", "新.png", "1.0 KiB", note=media),)


@pytest.mark.parametrize("address", ["https://a/!", "http://a/~", "http://a/\x80"])
def test_characters_of_an_address(address: str) -> None:
    assert safe_href(address) == address


@pytest.mark.parametrize("address", ["https://a/ ", "https://a/\x1f", "https://a/\x7f", "https://a/\\"])
def test_characters_of_none(address: str) -> None:
    assert safe_href(address) == ""
