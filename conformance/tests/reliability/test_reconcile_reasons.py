"""What `reconcile` says, word for word, what it asks for, and where each of its verdicts turns into another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.utils import formatdate
from typing import Any

import httpx
import pytest

from wecom_client.operations import OPERATIONS
from wecom_client.types import Response
from wecom_contract import OPERATIONS as CONTRACT
from wecom_openapi import Attempt, NoAnswer, OutcomeUnknown, Reconciliation, RefusedError, WeComError
from wecom_openapi.reconciliation.attempt import Candidate
from wecom_openapi.reconciliation.search import reconcile

NOW = 1_795_320_000
"""When the attempt ended. It began a second before."""
PAGES = 500
HALF_A_DAY = 12 * 3600
BODY: dict[str, Any] = {"sender": "zhangsan", "external_userid": ["wmA", "wmB"], "text": {"content": "新品"}}
TO_ALL: dict[str, Any] = {"sender": "zhangsan", "text": {"content": "新品"}}
TAGS: dict[str, Any] = {"tag_filter": {"group_list": [{"tag_list": ["etA"]}]}, "text": {"content": "新品"}}
TO_GROUPS: dict[str, Any] = {
    "chat_type": "group",
    "sender": "zhangsan",
    "chat_id_list": ["wrA", "wrB"],
    "text": {"content": "新品"},
}


class Company:
    """Answers what a search asks; of an operation in ``fails`` with an error."""

    def __init__(
        self,
        *rows: Mapping[str, Any],
        members: Any = ("zhangsan",),
        sent: Any = ("wmA", "wmB"),
        ahead: float | None = 0,
        cursors: int = 0,
        fails: Mapping[str, WeComError] | None = None,
    ) -> None:
        self._rows, self._members, self._sent, self._ahead = rows, members, sent, ahead
        self._cursors = cursors
        self._fails = fails or {}
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def answer(self, operation: str, body: dict[str, Any], now: float) -> Response[Any]:
        self.asked.append((operation, body))
        if operation in self._fails:
            raise self._fails[operation]
        listed = {
            "get_groupmsg_list_v2": {"group_msg_list": self._rows},
            "get_moment_list": {"moment_list": self._rows},
            "get_groupmsg_task": {"task_list": [{"userid": each, "status": 0} for each in self._members]},
            "get_groupmsg_send_result": {"send_list": self._sent_by(body)},
            "externalcontact_list": {"external_userid": ["wmA", "wmB"]},
        }[operation]
        page = len(self.asked)
        data = {
            "errcode": 0,
            "errmsg": "ok",
            **listed,
            "next_cursor": f"c{page}" if page <= self._cursors else "",
        }
        headers = {} if self._ahead is None else {"Date": formatdate(now + self._ahead, usegmt=True)}
        return Response(
            200, b"", httpx.Headers(headers), OPERATIONS[operation].parse(json.loads(json.dumps(data)))
        )

    def _sent_by(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        userid, sent = body.get("userid", ""), self._sent
        if isinstance(sent, dict) and userid:
            sent = sent.get(userid) or sent[body["msgid"]]
        return [
            {
                "userid": userid,
                "chat_id" if one.startswith("wr") else "external_userid": one,
                "status": 0,
            }
            for one in sent
        ]


def ask(
    company: Company,
    body: Any = BODY,
    *,
    operation: str = "add_msg_template",
    now: float = NOW + 120.0,
    times: tuple[float, float] = (NOW - 1.0, NOW),
    **options: Any,
) -> Reconciliation:
    """What a search finds out that is made at ``now``."""
    given: dict[str, Any] = {"settle": 120, "clock_margin": 60, "known": None, **options}
    flow = reconcile(Attempt(operation, body, *times), clock=lambda: now, **given)
    try:
        wanted = next(flow)
        while True:
            try:
                answer = company.answer(wanted.operation.id, wanted.body, now)
            except WeComError as exc:
                wanted = flow.throw(exc)
            else:
                wanted = flow.send(answer)
    except StopIteration as done:
        found: Reconciliation = done.value
        return found


def row(msgid: str = "m1", **fields: Any) -> dict[str, Any]:
    return {"msgid": msgid, "create_time": NOW, "create_type": 0, "text": {"content": "新品"}, **fields}


def open_(reason: str, *candidates: Candidate) -> Reconciliation:
    return Reconciliation("can't tell", None, candidates, reason)


def test_sent() -> None:
    assert ask(Company(row())) == Reconciliation(
        "sent", "m1", (), "task m1: the same content; all 2 recipients"
    )


@pytest.mark.parametrize(
    "other",
    [
        row(text={"content": "old"}),
        row(attachments=[{"msgtype": "file", "file": {"media_id": "f"}}]),
        row(create_type=1),
        row(creator="zhangsan"),
    ],
    ids=["text", "attachments", "a person's", "somebody's"],
)
def test_not_sent(other: dict[str, Any]) -> None:
    company = Company(other, {**other, "msgid": "m2"})
    assert ask(company) == Reconciliation("not sent", None, (), "none of the 2 tasks of that time is like it")
    assert [operation for operation, _ in company.asked] == ["get_groupmsg_list_v2"]


@pytest.mark.parametrize("company", [Company(row(), members=["lisi"]), Company(row(), sent=["wmA", "wmC"])])
def test_not_sent_where_others_were_asked_or_meant(company: Company) -> None:
    assert ask(company).reason == "none of the 1 tasks of that time is like it"


def test_a_task_without_the_kind_of_who_made_it_is_the_apis() -> None:
    kept = {name: value for name, value in row().items() if name != "create_type"}
    assert ask(Company(kept)).msgid == "m1"


def test_a_task_of_another_call_is_not_looked_at() -> None:
    company = Company(row(), row("m2"))
    assert ask(company, known=["m1"]).msgid == "m2"
    assert [body["msgid"] for name, body in company.asked if name != "get_groupmsg_list_v2"] == ["m2", "m2"]


@pytest.mark.parametrize(
    ("company", "body", "reason"),
    [
        (Company(row(create_time="1" * 12)), BODY, "its time can't be read; all 2 recipients"),
        (Company(row(), members=[]), BODY, "the same content; nobody is asked to send it"),
        (
            Company(row(), members=["lisi", "zhangsan"]),
            BODY,
            "the same content; 2 members are asked to send it, and not zhangsan alone",
        ),
        (Company(row(), sent=[]), BODY, "the same content; none of its recipients is listed yet"),
        (
            Company(row(), sent=["wmA", "wmB", ""]),
            BODY,
            "the same content; one of its recipients is listed without an id",
        ),
        (Company(row(), sent=["wmB"]), BODY, "the same content; 1 of 2 recipients are listed"),
        (Company(row(), sent=["wmA"]), TO_ALL, "the same content; 1 of 2 recipients are listed"),
        (Company(row(), sent=["wrB"]), TO_GROUPS, "the same content; 1 of 2 recipients are listed"),
        (
            Company(row()),
            TAGS,
            "the same content; its recipients can't be told: they were chosen by tags",
        ),
        (
            Company(row()),
            {**TAGS, "sender": "zhangsan"},
            "the same content; its sender is zhangsan, and more can't be told",
        ),
        (
            Company(row()),
            {name: value for name, value in TO_GROUPS.items() if name != "chat_id_list"},
            "the same content; its sender is zhangsan, and more can't be told",
        ),
        (
            Company(row(), fails={"get_groupmsg_task": RefusedError("x", errcode=41063)}),
            BODY,
            "the same content; its recipients can't be read (errcode 41063)",
        ),
        (
            Company(row(), fails={"get_groupmsg_send_result": NoAnswer("x")}),
            BODY,
            "the same content; its recipients can't be read (NoAnswer)",
        ),
        (
            Company(row(), fails={"externalcontact_list": RefusedError("x", errcode=84061)}),
            TO_ALL,
            "the same content; its recipients can't be read (errcode 84061)",
        ),
        (
            Company(row(attachments=[{"msgtype": "file", "file": {"media_id": "kept"}}])),
            {**BODY, "attachments": [{"msgtype": "file", "file": {"media_id": "uploaded"}}]},
            "the media_id of its file is another one; all 2 recipients",
        ),
        (
            Company(row(attachments=[{"msgtype": "image", "image": {"pic_url": "https://e.example/"}}])),
            {**BODY, "attachments": [{"msgtype": "image", "image": {"media_id": "M"}}]},
            "its image is listed by another field; all 2 recipients",
        ),
    ],
)
def test_a_task_that_may_be_it(company: Company, body: Any, reason: str) -> None:
    found = ask(company, body)
    made = 0 if reason.startswith("its time") else NOW
    assert found == open_(f"1 tasks may be it: {reason}", Candidate("m1", made, reason))


@pytest.mark.parametrize(
    ("company", "body", "why"),
    [
        (Company(row(), sent=["wmB"]), BODY, "1 of 2 recipients are listed"),
        (Company(row(), members=["lisi"]), TAGS, "its recipients can't be told: they were chosen by tags"),
        (
            Company(row()),
            {**TAGS, "sender": "zhangsan"},
            "its sender is zhangsan, and more can't be told",
        ),
    ],
)
def test_a_part_is_enough_where_all_others_are_known(company: Company, body: Any, why: str) -> None:
    found = ask(company, body, known=())
    assert found == Reconciliation("sent", "m1", (), f"task m1: the same content; {why}")


def test_those_that_are_other_tasks_hide_none_behind_them() -> None:
    others = row("m1", text={"content": "old"}), row("m2"), row("m3", create_type=1)
    company = Company(*others, row("m4"), sent={"m2": ["wmC"], "m4": ["wmA", "wmB"]})
    assert ask(company).msgid == "m4"


def test_the_recipients_of_all_members_are_counted() -> None:
    body = {name: value for name, value in BODY.items() if name != "sender"}
    company = Company(row(), members=["lisi", "zhangsan"], sent={"lisi": ["wmB"], "zhangsan": ["wmA"]})
    assert ask(company, body).reason == "task m1: the same content; all 2 recipients"
    assert company.asked[1:] == [
        ("get_groupmsg_task", {"msgid": "m1"}),
        ("get_groupmsg_send_result", {"msgid": "m1", "userid": "lisi", "limit": 1000}),
        ("get_groupmsg_send_result", {"msgid": "m1", "userid": "zhangsan", "limit": 1000}),
    ]


def test_of_what_goes_to_everybody_the_members_customers_are_wanted() -> None:
    company = Company(row(), sent=["wmA", "wmB", "wmWhoHasLeft"])
    assert ask(company, TO_ALL).reason == "task m1: the same content; all 2 recipients"
    assert ("externalcontact_list", {"userid": "zhangsan"}) in company.asked


@pytest.mark.parametrize(("made", "away"), [(NOW - 61, 0), (NOW - 62, 1), (NOW + 120, 0), (NOW + 123, 3)])
def test_a_task_of_another_time(made: int, away: int) -> None:
    found = ask(Company(row(create_time=made)))
    why = f"it has the content, and was made {away} s before or after its time; all 2 recipients"
    assert (found.verdict, found.reason) == (
        ("can't tell", f"1 tasks may be it: {why}")
        if away
        else ("sent", "task m1: the same content; all 2 recipients")
    )


def test_tasks_that_are_all_like_it() -> None:
    candidates = [Candidate(each, NOW, "the same content; all 2 recipients") for each in ("m1", "m2")]
    assert ask(Company(row(), row("m2"))) == open_(
        "2 tasks have its content, its time and its recipients", *candidates
    )
    doubtful = row("m3", create_time=str(NOW + 121))
    why = "it has the content, and was made 1 s before or after its time; all 2 recipients"
    assert ask(Company(row(), doubtful)) == open_(
        f"1 tasks may be it: {why}", candidates[0], Candidate("m3", NOW + 121, why)
    )


@pytest.mark.parametrize("rows", [[], [row()]])
def test_clocks_that_are_apart(rows: list[Any]) -> None:
    apart = ask(Company(*rows, ahead=-61))
    candidates = [Candidate("m1", NOW, "the same content; all 2 recipients")] if rows else []
    assert apart == open_(
        "this machine's clock and WeCom's are 61 s apart, so that the time of a task says nothing",
        *candidates,
    )
    assert ask(Company(*rows, ahead=-60)).verdict == ("sent" if rows else "not sent")


@pytest.mark.parametrize(("now", "wait"), [(NOW, 120), (NOW + 118.5, 2), (NOW + 119.5, 1)])
def test_too_early(now: float, wait: int) -> None:
    assert ask(Company(), now=now) == open_(
        f"nothing is like it, and it is too early to be sure: ask again in {wait} s"
    )
    assert ask(Company(), now=now + wait).verdict == "not sent"


def test_an_answer_without_a_date() -> None:
    assert ask(Company(ahead=None)) == open_(
        "nothing is like it, but the answer has no Date by which to check this machine's clock"
    )


def test_a_list_that_cannot_be_read() -> None:
    failing = {"get_groupmsg_list_v2": NoAnswer("the server can't be reached")}
    assert ask(Company(fails=failing)) == open_(
        "get_groupmsg_list_v2 can't be read: the server can't be reached"
    )


def test_a_list_without_an_end() -> None:
    company = Company(row(text={"content": "old"}), cursors=PAGES)
    assert ask(company) == open_(f"get_groupmsg_list_v2 has no end within the {PAGES} pages that are read")
    assert len(company.asked) == PAGES
    assert ask(Company(row(text={"content": "old"}), cursors=PAGES - 1)).verdict == "not sent"


def test_what_is_asked_of_the_list() -> None:
    """Half a day around the attempt, and nothing of the future but where something on its way may turn up."""
    around = HALF_A_DAY
    for now, end in ((NOW + 130, NOW + 130), (NOW + 7.5, NOW + 120), (NOW + 9 * around, NOW + around)):
        for chat_type, body in (("single", BODY), ("group", TO_GROUPS)):
            company = Company()
            ask(company, body, now=now)
            wanted = {"start_time": NOW - 1 - around, "end_time": end}
            assert company.asked == [
                (
                    "get_groupmsg_list_v2",
                    {**wanted, "chat_type": chat_type, "filter_type": 0, "limit": 100},
                )
            ]


def test_a_margin_that_is_longer_than_half_a_day_widens_the_list() -> None:
    company = Company()
    ask(company, now=NOW + 9 * HALF_A_DAY, clock_margin=2 * HALF_A_DAY)
    (_, body) = company.asked[0]
    assert (body["start_time"], body["end_time"]) == (NOW - 1 - 2 * HALF_A_DAY, NOW + 2 * HALF_A_DAY)


def moment(text: str, **fields: Any) -> dict[str, Any]:
    return {"moment_id": f"id of {text}", "create_time": str(NOW), "text": {"content": text}, **fields}


def test_a_moment() -> None:
    company = Company(moment("新品"), moment("old"), {**moment("新品"), "create_time": "soon"})
    assert ask(company, TO_ALL, operation="add_moment_task") == open_(
        "a moment is made by a job that may take a day and whose id no call gives again, and the list shows pictures "
        "by other ids than those that were sent",
        Candidate("id of 新品", NOW, "the same text"),
        Candidate("id of 新品", 0, "the same text"),
    )
    ((operation, body),) = company.asked
    assert (operation, body["filter_type"]) == ("get_moment_list", 0)


def test_a_moment_without_a_text_is_like_those_without_one() -> None:
    bare = {name: value for name, value in moment("x").items() if name != "text"}
    company = Company(bare, moment("新品"))
    body = {"attachments": [{"msgtype": "image", "image": {"media_id": "M"}}]}
    found = ask(company, body, operation="add_moment_task")
    assert [each.msgid for each in found.candidates] == ["id of x"]


def test_moments_that_cannot_be_read() -> None:
    company = Company(fails={"get_moment_list": NoAnswer("the server can't be reached")})
    assert ask(company, TO_ALL, operation="add_moment_task") == open_(
        "get_moment_list can't be read: the server can't be reached"
    )


@pytest.mark.parametrize(
    ("operation", "more"),
    [
        ("remind_groupmsg_send", ""),
        (
            "cancel_groupmsg_send",
            f". It is safe to repeat it: {CONTRACT['cancel_groupmsg_send'].repeat.en}",
        ),
        ("of_tomorrow", ""),
    ],
)
def test_what_no_call_shows(operation: str, more: str) -> None:
    company = Company()
    assert ask(company, {}, operation=operation) == open_(f"no call shows what {operation} did{more}")
    assert company.asked == []


@pytest.mark.parametrize(
    ("what", "kind"), [(None, "NoneType"), ("m1", "str"), (OutcomeUnknown("x"), "OutcomeUnknown")]
)
def test_what_is_no_attempt(what: Any, kind: str) -> None:
    with pytest.raises(TypeError) as caught:
        reconcile(what, settle=0, clock_margin=0, known=None)
    assert str(caught.value) == f"what: an OutcomeUnknown with its attempt, or an Attempt, not {kind}"


@pytest.mark.parametrize("name", ["settle", "clock_margin"])
@pytest.mark.parametrize("value", [-0.5, float("nan"), float("inf")])
def test_seconds_that_are_none(name: str, value: float) -> None:
    with pytest.raises(ValueError, match="seconds") as caught:
        ask(Company(), **{name: value})
    assert str(caught.value) == f"{name}: seconds are needed, not {value!r}"
    assert ask(Company(), **{name: 0}).verdict == "not sent"
