"""Every button of the console: what it does, where it leads, and what the page then says in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from admin_doors import Send, door
from attrs import define
from console_stories import START, busy
from page_text import page_text

from wecom_mock import Clock, Customer, Group, State, Tag, TagGroup
from wecom_mock.caller import Caller
from wecom_mock.console.actions import ACTIONS
from wecom_mock.faults import Fault

MOVED = START + 610  # where the clock of the story has come to


@define
class Desk:
    """The busy company with someone who presses buttons."""

    state: State
    clock: Clock
    send: Send

    def press(self, action: str, form: dict[str, str], language: str = "en") -> httpx.Response:
        """Press a button; ``$task`` and ``$moment`` in its form are the ones that wait for lisi."""
        waiting = [one for one in self.state.tasks.values() if one.reminders]
        found = {
            "$task": waiting[0].msgid,
            "$moment": [one.moment_id for one in self.state.moments.by_id.values()][-1],
        }
        filled = {name: found.get(value, value) for name, value in form.items()}
        headers = {"Origin": "http://localhost", "Accept-Language": language}
        return self.send("POST", f"/_mock/do/{action}", data=filled, headers=headers)

    def assignment(self) -> tuple[int, str | None]:
        (task,) = [one for one in self.state.tasks.values() if one.reminders]
        told = task.assignments["lisi"]
        return told.status, told.declined

    def used(self, target: str) -> int:
        return self.state.ledger.used(target, "days-of-month", MOVED)


@pytest.fixture
def desk() -> Iterator[Desk]:
    state, clock = busy()
    assert isinstance(clock, Clock)
    with door("in process", state, clock) as send:
        yield Desk(state, clock, send)


def faults(desk: Desk) -> list[tuple[Any, ...]]:
    return [
        (
            one.kind,
            one.operation,
            one.times,
            one.probability,
            one.errcode,
            one.errmsg,
            one.limit,
            one.seconds,
            one.size,
        )
        for one in desk.state.faults.list()
    ]


TASK = {"msgid": "$task", "userid": "lisi"}
RELATION = {"userid": "chen", "external_userid": "wmA"}
NEW = {
    "external_userid": " wmNew ",
    "name": "戊",
    "followed_by": "lisi, chen;lisi、chen",
    "tags": " t1，new；t1",
}
GROUP = {"group_id": " g1 ", "tag_id": " t9 ", "name": " Nine "}
FAULT = {
    "kind": "frequency",
    "operation": "media_upload",
    "times": " ",
    "limit": " 7 ",
    "seconds": "1.5",
}

Row = tuple[str, dict[str, str], Callable[[Desk], Any], Any, str, str]
ROWS: list[Row] = [
    ("confirm", TASK, Desk.assignment, (2, None), "Confirmed: the message was sent.", "已确认，消息已发送。"),
    (
        "ignore",
        TASK,
        Desk.assignment,
        (0, "ignored"),
        "Ignored. It can still be confirmed.",
        "已忽略，之后仍可确认。",
    ),
    (
        *("refuse", TASK, Desk.assignment, (0, "refused")),
        *("Refused. The API goes on to show it as unsent.", "已拒绝，接口仍显示未发送。"),
    ),
    (
        "publish",
        {"moment_id": "$moment", "userid": "lisi"},
        lambda desk: list(list(desk.state.moments.by_id.values())[-1].published),
        ["lisi"],
        *("Published.", "已发表。"),
    ),
    (
        *("leave", RELATION, lambda desk: desk.state.company.customers["wmA"].followed_by, ("lisi",)),
        *("Customer and member have parted.", "客户已与成员解除关系。"),
    ),
    ("fill", {"target": "wmA"}, lambda desk: desk.used("wmA"), 30, "The quota is used up.", "额度已用完。"),
    (
        "clear",
        {"target": "wmB"},
        lambda desk: desk.used("wmB"),
        0,
        "The quota is free again.",
        "额度已恢复。",
    ),
    (
        "ticket",
        {"suite_id": "wwsuite"},
        lambda desk: list(desk.state.suites.tickets["wwsuite"].values()),
        [MOVED + 1800],
        *("A new ticket was pushed.", "已推送新的 ticket。"),
    ),
    (
        "clock",
        {"move": " 7200 "},
        lambda desk: desk.clock(),
        MOVED + 7200,
        "The clock was moved.",
        "时钟已调整。",
    ),
    (
        "clock",
        {"move": "0.25"},
        lambda desk: desk.clock(),
        MOVED + 0.25,
        "The clock was moved.",
        "时钟已调整。",
    ),
    (
        "settings",
        {
            "check_media": "on",
            "moments_per_minute": " ",
            "dispatch_code": "41047",
            "quota_policy": "per-day-1",
        },
        lambda desk: (
            desk.state.settings.check_media,
            desk.state.settings.escapes_refused,
            desk.state.settings.moments_per_minute,
            desk.state.settings.dispatch_code,
            desk.state.settings.quota_policy,
            desk.state.settings.images_per_day,
        ),
        (True, False, None, 41047, "per-day-1", 1000),
        *("The settings are changed.", "设置已修改。"),
    ),
    (
        *("reset", {}, lambda desk: (len(desk.state.tasks), len(desk.state.calls)), (0, 0)),
        *("Everything that calls have made is forgotten.", "运行数据已清空。"),
    ),
    (
        *("add-member", {"userid": " wu "}, lambda desk: desk.state.company.members, ("lisi", "chen", "wu")),
        *("Added.", "已添加。"),
    ),
    (
        "add-customer",
        NEW,
        lambda desk: desk.state.company.customers["wmNew"],
        Customer(
            external_userid="wmNew",
            followed_by=("lisi", "chen"),
            last_chat="lisi",
            name="戊",
            tags=frozenset({"t1", "new"}),
        ),
        *("Added.", "已添加。"),
    ),
    (
        "add-customer",
        {"external_userid": "wmNew", "followed_by": "chen", "name": "", "tags": ""},
        lambda desk: desk.state.company.customers["wmNew"],
        Customer(external_userid="wmNew", followed_by=("chen",), last_chat="chen"),
        *("Added.", "已添加。"),
    ),
    (
        "add-group",
        {"chat_id": " wrC ", "owner": "chen"},
        lambda desk: desk.state.company.groups["wrC"],
        Group(chat_id="wrC", owner="chen"),
        *("Added.", "已添加。"),
    ),
    (
        "add-tag",
        {"group_id": " g3 ", "group_name": "Third", "tag_id": " t9 ", "name": " Nine "},
        lambda desk: desk.state.company.tag_groups[-1],
        TagGroup(group_id="g3", name="Third", tags=(Tag(tag_id="t9", name="Nine"),)),
        *("Added.", "已添加。"),
    ),
    (
        "add-tag",
        {"group_id": "g3", "tag_id": "t9", "name": ""},
        lambda desk: desk.state.company.tag_groups[-1],
        TagGroup(group_id="g3", name="g3", tags=(Tag(tag_id="t9", name="t9"),)),
        *("Added.", "已添加。"),
    ),
    (
        "fault",
        FAULT,
        lambda desk: faults(desk)[2:],
        [("frequency", "media_upload", None, 1, None, None, 7, 1.5, None)],
        *("The fault is switched on.", "故障已打开。"),
    ),
    (
        "fault",
        {"kind": "silence", "operation": "", "times": "3", "probability": ""},
        lambda desk: faults(desk)[2:],
        [("silence", None, 3, 1, None, None, None, None, None)],
        *("The fault is switched on.", "故障已打开。"),
    ),
    (
        "fault",
        {"kind": "errcode", "errcode": "-1", "errmsg": " so ", "probability": "0.25", "times": "2"},
        lambda desk: faults(desk)[2:],
        [("errcode", None, 2, 0.25, -1, " so ", None, None, None)],
        *("The fault is switched on.", "故障已打开。"),
    ),
    (
        "fault",
        {"kind": "truncate", "size": "9"},
        lambda desk: faults(desk)[2:],
        [("truncate", None, None, 1, None, None, None, None, 9)],
        *("The fault is switched on.", "故障已打开。"),
    ),
    (
        *("fault-off", {"number": "1"}, lambda desk: [one.number for one in desk.state.faults.list()], [2]),
        *("Switched off.", "已关闭。"),
    ),
    ("faults-off", {}, faults, [], "Switched off.", "已关闭。"),
]
TOLD_ONCE = {"welcome-code", "revoke", "revoke-suite"}


@pytest.mark.parametrize(("action", "form", "look", "after", "english", "chinese"), ROWS)
def test_what_a_button_does_and_says(
    desk: Desk,
    action: str,
    form: dict[str, str],
    look: Callable[[Desk], Any],
    after: Any,
    english: str,
    chinese: str,
) -> None:
    done = desk.press(action, {**form, "page": "faults"})
    assert (done.status_code, done.content) == (303, b"")
    assert done.headers["location"] == f"/_mock/faults?said={ACTIONS[action].said}"
    assert look(desk) == after
    for language, said in (("en", english), ("zh", chinese)):
        page = desk.send("GET", done.headers["location"], headers={"Accept-Language": language})
        assert told(page) == said


def told(page: httpx.Response) -> str:
    """The line between the title of a page and what it shows."""
    lines = page_text(page.text).splitlines()
    return lines[next(n for n, line in enumerate(lines) if line.startswith("<h1>")) + 1].removeprefix(
        "<autofocus> "
    )


def test_the_table_has_every_button() -> None:
    assert {row[0] for row in ROWS} | TOLD_ONCE == set(ACTIONS)


@pytest.mark.parametrize(
    ("language", "before"),
    [("en", "Welcome code, good for 20 seconds: "), ("zh", "欢迎语凭证，20 秒内有效：")],
)
def test_a_welcome_code_is_told_on_the_page(desk: Desk, language: str, before: str) -> None:
    page = desk.press("welcome-code", RELATION, language)
    code = list(desk.state.welcome.codes.values())[-1]
    assert (code.userid, code.external_userid) == ("chen", "wmA")
    assert (page.status_code, told(page)) == (200, f"{before}{list(desk.state.welcome.codes)[-1]}")


@pytest.mark.parametrize(
    ("action", "form", "count"),
    [
        ("revoke", {}, 1),
        ("revoke", {"app": "main"}, 1),
        ("revoke", {"app": "sales"}, 0),
        ("revoke-suite", {"suite_id": "wwsuite"}, 0),
    ],
)
def test_how_many_tokens_were_revoked_is_told_on_the_page(
    desk: Desk, action: str, form: dict[str, str], count: int
) -> None:
    page = desk.press(action, form)
    assert (page.status_code, told(page)) == (200, f"Tokens that are invalid now: {count}")


@pytest.mark.parametrize(
    ("suite_id", "said"),
    [
        ("wwsuite", "Tokens that are invalid now: 1"),
        ("", "Tokens that are invalid now: 1"),
        ("wwother", "That did not work: no suite wwother"),
    ],
)
def test_the_tokens_of_one_suite_or_of_all_are_revoked(desk: Desk, suite_id: str, said: str) -> None:
    ticket = desk.state.push_ticket("wwsuite", desk.clock())
    body = {"suite_id": "wwsuite", "suite_secret": "s4", "suite_ticket": ticket}
    assert Caller(desk.state, desk.clock).call("get_suite_token", body).errcode == 0
    page = desk.press("revoke-suite", {"suite_id": suite_id})
    assert told(page) == said


@pytest.mark.parametrize(
    ("action", "form", "why"),
    [
        ("clock", {}, "'' is no number (move)"),
        ("clock", {"move": "soon"}, "'soon' is no number (move)"),
        ("clock", {"move": "1" * 16}, f"'{'1' * 16}' is no number (move)"),
        ("clock", {"move": "1.1234567"}, "'1.1234567' is no number (move)"),
        ("clock", {"move": "x" * 41}, f"'{'x' * 40}' is no number (move)"),
        ("fault-off", {}, "'' is no number (number)"),
        ("fault-off", {"number": "9"}, "no fault 9"),
        ("fault", {"kind": "slow", "times": "many"}, "'many' is no number (times)"),
        ("settings", {"dispatch_seconds": "soon"}, "'soon' is no number (dispatch_seconds)"),
        (
            "settings",
            {"quota_policy": "never"},
            '"never" is not one of "days-of-month", "per-week-7" or 3 other candidates (/quota_policy)',
        ),
        ("add-member", {}, '"" is shorter than 1 character (/members/0)'),
        ("add-customer", {"external_userid": "x"}, "[] has less than 1 item (/customers/0/followed_by)"),
        (
            "add-customer",
            {"followed_by": "lisi"},
            '"" is shorter than 1 character (/customers/0/external_userid)',
        ),
        ("add-group", {"owner": "lisi"}, '"" is shorter than 1 character (/groups/0/chat_id)'),
        ("add-group", {"chat_id": "wrC"}, '"" is shorter than 1 character (/groups/0/owner)'),
        ("add-tag", {"group_id": "g1"}, '"tag_id" is a required property (/tag_groups/0/tags/0)'),
        ("add-tag", {"tag_id": "t1"}, '"" is shorter than 1 character (/tag_groups/0/group_id)'),
        ("add-group", {"chat_id": "wrC", "owner": "nobody"}, "group wrC: no member nobody"),
    ],
)
def test_what_makes_no_sense(desk: Desk, action: str, form: dict[str, str], why: str) -> None:
    before = (desk.state.company, desk.state.settings, faults(desk), desk.clock())
    for language, wrong in (("en", "That did not work: "), ("zh", "操作失败：")):
        page = desk.press(action, {**form, "page": "calls"}, language)
        assert (page.status_code, told(page)) == (400, f"{wrong}{why}")
    assert (desk.state.company, desk.state.settings, faults(desk), desk.clock()) == before


@pytest.mark.parametrize("name", ["desk", "nope"])
def test_an_unknown_page_leads_to_the_phones(desk: Desk, name: str) -> None:
    done = desk.press("clock", {"move": "1", "page": name, "lang": "zh", "member": "chen", "find": "甲"})
    assert done.headers["location"] == "/_mock/?lang=zh&member=chen&find=%E7%94%B2&said=said-clock"
    assert desk.press("clock", {"move": "1", "lang": "fr"}).headers["location"] == "/_mock/?said=said-clock"


def test_numbers_as_long_as_they_may_be(desk: Desk) -> None:
    desk.state.faults.add(Fault("slow"))
    assert told(desk.press("fault-off", {"number": "9" * 15})) == f"That did not work: no fault {'9' * 15}"
    assert desk.press("clock", {"move": "-0.123456"}).status_code == 303
    assert desk.clock() == MOVED - 0.123456
