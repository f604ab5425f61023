"""Answers of the list that no proper server gives, or that say too little: none of them makes for a guess."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import pytest
from fault_server import Connection, FaultServer, Seen

from wecom_client.models import GetGroupmsgListV2Response
from wecom_client.types import Response
from wecom_openapi import Attempt, Reconciliation
from wecom_openapi.reconciliation.likeness import likeness
from wecom_openapi.reconciliation.search import reconcile

Serve = Callable[..., FaultServer]
Client = Callable[..., Any]

BODY: dict[str, Any] = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}


class Company:
    """Answers the calls that read as it is told, with the date that it is told."""

    def __init__(self, *rows: dict[str, Any], ahead: float | None = 0, **more: Any) -> None:
        self.rows = rows
        self.ahead = ahead
        self.date: str | None = more.get("date")
        self.members = more.get("members", ["zhangsan"])
        self.recipients = more.get("recipients", ["wmA"])
        self.cursor = more.get("cursor", lambda: "")

    def __call__(self, connection: Connection, request: Seen) -> None:
        date = self.date
        if date is None and self.ahead is not None:
            date = formatdate(time.time() + self.ahead, usegmt=True)
        connection.answer(self.answer(request), headers=f"Date: {date}\r\n" if date else "")

    def answer(self, request: Seen) -> dict[str, Any]:
        ok = {"errcode": 0, "errmsg": "ok", "next_cursor": ""}
        match request.path.rsplit("/", 1)[-1]:
            case "get_groupmsg_list_v2":
                return {**ok, "group_msg_list": self.rows, "next_cursor": self.cursor()}
            case "get_groupmsg_task":
                return {**ok, "task_list": [{"userid": each, "status": 0} for each in self.members]}
            case _:
                userid = json.loads(request.body)["userid"]
                rows = [{"external_userid": each, "userid": userid, "status": 0} for each in self.recipients]
                return {**ok, "send_list": rows}


def row(**fields: Any) -> dict[str, Any]:
    made = {"msgid": "m1", "create_time": int(time.time()), "create_type": 0, "text": {"content": "新品上市"}}
    return {**made, **fields}


@pytest.fixture
def ask(client: Client, serve: Serve, warm: Any) -> Callable[..., Reconciliation]:
    """Reconciles an attempt of just now with what a company answers."""

    def ask(company: Company, body: Any = BODY, **options: Any) -> Reconciliation:
        now = time.time()
        call = client(serve(company).base_url, token_store=warm)
        found = call("reconcile", Attempt("add_msg_template", body, now - 1, now), **{"settle": 0, **options})
        assert isinstance(found, Reconciliation)
        return found

    return ask


Ask = Callable[..., Reconciliation]


def test_what_a_proper_server_answers(ask: Ask) -> None:
    assert ask(Company(row())).msgid == "m1"
    assert ask(Company()).verdict == "not sent"


@pytest.mark.parametrize("ahead", [-3600, -70, 70, 86400])
def test_clocks_that_are_apart(ahead: float, ask: Ask) -> None:
    for rows in ([], [row()]):
        found = ask(Company(*rows, ahead=ahead))
        assert found.verdict == "can't tell"
        assert "s apart" in found.reason
        assert len(found.candidates) == len(rows)


@pytest.mark.parametrize("ahead", [-50, 50])
def test_clocks_that_are_nearly_together(ahead: float, ask: Ask) -> None:
    assert ask(Company(ahead=ahead)).verdict == "not sent"
    assert ask(Company(ahead=ahead), clock_margin=10).verdict == "can't tell"
    assert ask(Company(ahead=70), clock_margin=100).verdict == "not sent"


@pytest.mark.parametrize("ahead", [[-3600, 0], [0, -3600], [3600, 0], [0, 3600]])
def test_clocks_that_were_apart_in_one_of_the_answers(ahead: list[float]) -> None:
    now = 1_795_320_000.0
    attempt = Attempt("add_msg_template", BODY, now - 9, now - 8)
    flow = reconcile(attempt, settle=0, clock_margin=60, known=None, clock=lambda: now)
    next(flow)
    flow.send(a_page("c1", now + ahead[0]))
    with pytest.raises(StopIteration) as done:
        flow.send(a_page("", now + ahead[1]))
    found = done.value.value
    assert (found.verdict, "3600 s apart" in found.reason) == ("can't tell", True)


@pytest.mark.parametrize(("after", "verdict"), [(90, "sent"), (120, "sent"), (121, "can't tell")])
def test_a_task_that_was_taken_late(
    after: int, verdict: str, client: Client, serve: Serve, warm: Any
) -> None:
    """What was on its way when the attempt was given up may be taken as long after it as its absence says nothing."""
    then = int(time.time()) - 300
    call = client(serve(Company(row(create_time=then + after))).base_url, token_store=warm)
    attempt = Attempt("add_msg_template", BODY, then - 1.0, float(then))
    assert call("reconcile", attempt, settle=120, clock_margin=60).verdict == verdict


def test_an_answer_without_a_date_does_not_say_that_nothing_was_sent(ask: Ask) -> None:
    found = ask(Company(ahead=None))
    assert (found.verdict, "no Date" in found.reason) == ("can't tell", True)
    assert ask(Company(row(), ahead=None)).verdict == "sent"


@pytest.mark.parametrize(
    "date",
    [
        "soon",
        "Mon, 32 Jan 2024 00:00:00 GMT",
        "Mon, 01 Jan 2024 00:00:00",
        "Mon, 01 Jan 2024 00:00:00 -0000",
        f"1 Jan {'9' * 30} 00:00:00 GMT",
        f"Mon, 01 Jan 2024 00:00:00 +{'9' * 18}",
        f"Mon, 01 Jan 2024 00:00:00 +{'9' * 5000}",
    ],
)
def test_a_date_that_is_none(date: str, ask: Ask) -> None:
    found = ask(Company(date=date))
    assert (found.verdict, "no Date" in found.reason) == ("can't tell", True)
    assert ask(Company(row(), date=date)).verdict == "sent"


def test_the_time_after_the_attempt(client: Client, serve: Serve, warm: Any) -> None:
    call = client(serve(Company()).base_url, token_store=warm)
    for ago, verdict in ((119, "can't tell"), (121, "not sent")):
        then = time.time() - ago
        assert call("reconcile", Attempt("add_msg_template", BODY, then - 1, then)).verdict == verdict


def test_a_clock_that_has_gone_back_since(client: Client, serve: Serve, warm: Any) -> None:
    call = client(serve(Company()).base_url, token_store=warm)
    later = time.time() + 50
    for times in ((later, later + 1), (later + 1, later)):
        found = call("reconcile", Attempt("add_msg_template", BODY, *times), settle=0)
        assert (found.verdict, "too early" in found.reason) == ("can't tell", True)


@pytest.mark.parametrize("made", ["xxxx", "", "1754029871.5", "９９９９"])
def test_a_time_that_is_none(made: str, ask: Ask) -> None:
    found = ask(Company(row(create_time=made)))
    assert (found.verdict, found.candidates[0].create_time) == ("can't tell", 0)
    assert ask(Company(row(create_time=str(int(time.time()))))).msgid == "m1"


@pytest.mark.parametrize("away", [-100, 100])
def test_a_time_that_is_not_the_attempts(away: int, ask: Ask) -> None:
    found = ask(Company(row(create_time=int(time.time()) + away)))
    assert (found.verdict, len(found.candidates)) == ("can't tell", 1)
    assert ask(Company(row(create_time=int(time.time()) + away), recipients=["wmB"])).verdict == "not sent"


def test_a_list_without_an_end() -> None:
    flow = reconcile(Attempt("add_msg_template", BODY, 1.0, 2.0), settle=0, clock_margin=60, known=None)
    next(flow)
    for number in range(1, 500):
        flow.send(a_page(f"c{number}"))
    with pytest.raises(StopIteration) as done:
        flow.send(a_page("c500"))
    found = done.value.value
    assert (found.verdict, "no end" in found.reason) == ("can't tell", True)


def a_page(cursor: str, at: float | None = None) -> Response[Any]:
    """A page of the list; ``at``: by its Date it is so late, and there is nothing on it."""
    headers = {} if at is None else {"date": formatdate(at, usegmt=True)}
    answer = {"errcode": 0, "group_msg_list": [row()] if at is None else [], "next_cursor": cursor}
    return Response(200, b"", headers, GetGroupmsgListV2Response.from_dict(answer))


def test_a_list_that_goes_in_circles(ask: Ask) -> None:
    found = ask(Company(cursor=lambda: "again"))
    assert (found.verdict, "can't be read" in found.reason) == ("can't tell", True)


def test_a_task_that_nobody_is_asked_to_send(ask: Ask) -> None:
    assert ask(Company(row(), members=[])).verdict == "can't tell"


def test_more_members_than_the_sender(ask: Ask) -> None:
    assert ask(Company(row(), members=["zhangsan", "lisi"])).verdict == "can't tell"


def test_a_row_without_its_recipient(ask: Ask) -> None:
    for recipients in ([None], ["wmA", None], [""], [7]):
        assert ask(Company(row(), recipients=recipients)).verdict == "can't tell"


def test_another_id_of_a_picture_leaves_it_open(ask: Ask) -> None:
    listed = row(attachments=[{"msgtype": "image", "image": {"media_id": "kept"}}])
    sent = {**BODY, "attachments": [{"msgtype": "image", "image": {"media_id": "uploaded"}}]}
    assert ask(Company(listed), sent).verdict == "can't tell"
    assert ask(Company(listed, recipients=["wmB"]), sent).verdict == "not sent"
    by_address = {**BODY, "attachments": [{"msgtype": "image", "image": {"pic_url": "https://e.example/"}}]}
    assert ask(Company(listed), by_address).verdict == "can't tell"


IMAGE = {"msgtype": "image", "image": {"media_id": "a", "pic_url": "https://example.com/a"}}
OTHER_IMAGE = {"msgtype": "image", "image": {"media_id": "b"}}
LINK = {"msgtype": "link", "link": {"title": "t", "url": "https://example.com/", "picurl": "p"}}
CARD = {
    "msgtype": "miniprogram",
    "miniprogram": {"title": "t", "pic_media_id": "m", "appid": "wx1", "page": "p"},
}
FILE = {"msgtype": "file", "file": {"media_id": "f"}}


def message(text: Any = None, *attachments: Any) -> dict[str, Any]:
    return (
        {"text": {"content": text}, "attachments": list(attachments)}
        if text
        else {"attachments": list(attachments)}
    )


def listed(attachment: dict[str, Any], *without: str, **other: Any) -> dict[str, Any]:
    kind = attachment["msgtype"]
    kept = {name: value for name, value in attachment[kind].items() if name not in without}
    return {"msgtype": kind, kind: {**kept, **other}}


@pytest.mark.parametrize(
    ("sent", "kept", "verdict", "why"),
    [
        (message("a"), message("a"), "same", "the same content"),
        (message("a"), {"text": {"content": "a"}}, "same", "the same content"),
        (message("a b\r\nc "), message("a b\nc"), "same", "the same content"),
        (message("a b"), message("ab"), "same", "the same content"),
        (message("e\u0301"), message("\u00e9"), "same", "the same content"),
        (message("a"), message("A"), "other", "another text"),
        (message("a"), message("a!"), "other", "another text"),
        (message("a"), {}, "other", "another text"),
        (message("a"), message("a", IMAGE), "other", "other attachments"),
        (message("a", IMAGE), message("a"), "other", "other attachments"),
        (message("a", IMAGE), message("a", LINK), "other", "other attachments"),
        (message("a", IMAGE, IMAGE), message("a", IMAGE), "other", "other attachments"),
        (message("", IMAGE), message("", IMAGE), "same", "the same content"),
        (message("", IMAGE), {**message("", IMAGE), "text": {"content": ""}}, "same", "the same content"),
        (message("a"), message("a", {}), "other", "other attachments"),
        (message("a", IMAGE), message("a", listed(IMAGE, "pic_url")), "same", "the same content"),
        (message("a", IMAGE), message("a", OTHER_IMAGE), "open", "the media_id of its image is another one"),
        (
            message("a", listed(IMAGE, "media_id")),
            message("a", listed(IMAGE, "pic_url")),
            "open",
            "its image is listed by another field",
        ),
        (message("a", IMAGE, OTHER_IMAGE), message("a", OTHER_IMAGE, IMAGE), "same", "the same content"),
        (message("a", IMAGE, LINK), message("a", LINK, IMAGE), "same", "the same content"),
        (message("a", LINK), message("a", listed(LINK, title="u")), "other", "another link"),
        (
            message("a", LINK),
            message("a", listed(LINK, url="https://example.com/b")),
            "open",
            "the url of its link is another one",
        ),
        (
            message("a", LINK),
            message("a", listed(LINK, picurl="q")),
            "open",
            "the picurl of its link is another one",
        ),
        (message("a", LINK), message("a", listed(LINK, "picurl")), "same", "the same content"),
        (
            message("a", LINK, listed(LINK, title="u")),
            message("a", listed(LINK, title="u"), listed(LINK, url="https://example.com/b")),
            "open",
            "the url of its link is another one",
        ),
        (message("a", CARD), message("a", listed(CARD, "pic_media_id")), "same", "the same content"),
        (message("a", CARD), message("a", listed(CARD, appid="wx2")), "other", "another miniprogram"),
        (
            message("a", CARD),
            message("a", listed(CARD, page="p.html")),
            "open",
            "the page of its miniprogram is another one",
        ),
        (
            message("a", FILE),
            message("a", listed(FILE, "media_id")),
            "open",
            "its file is listed by another field",
        ),
        (
            message("a", FILE),
            message("a", {"msgtype": "file"}),
            "open",
            "its file is listed by another field",
        ),
        (message("a"), message("a", {"msgtype": "poll", "poll": {}}), "other", "other attachments"),
        (message("a"), {"text": "a"}, "other", "another text"),
    ],
)
def test_how_like_a_listed_message_is(sent: Any, kept: Any, verdict: str, why: str) -> None:
    found = likeness(sent, kept)
    assert (found.verdict, found.why) == (verdict, why)
