"""What `reconcile` asks for, of which time, and what it says where that tells nothing, word for word."""

from __future__ import annotations

from typing import Any

import pytest
from read_company import BODY, HALF_A_DAY, NOW, PAGES, TO_ALL, TO_GROUPS, Company, ask, open_, row

from wecom_contract import OPERATIONS as CONTRACT
from wecom_openapi import NoAnswer, OutcomeUnknown
from wecom_openapi.reconciliation.attempt import Candidate
from wecom_openapi.reconciliation.search import reconcile


@pytest.mark.parametrize(("made", "away"), [(NOW - 61, 0), (NOW - 62, 1), (NOW + 120, 0), (NOW + 123, 3)])
def test_a_task_of_another_time(made: int, away: int) -> None:
    found = ask(Company(row(create_time=made)))
    why = f"it has the content, and was made {away} s before or after its time; all 2 recipients"
    assert (found.verdict, found.reason) == (
        ("can't tell", f"1 task may be it: {why}")
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
        f"1 task may be it: {why}", candidates[0], Candidate("m3", NOW + 121, why)
    )


def test_several_tasks_that_may_be_it() -> None:
    why = "it has the content, and was made 1 s before or after its time; all 2 recipients"
    late = [row(each, create_time=str(NOW + 121)) for each in ("m1", "m2")]
    candidates = [Candidate(each, NOW + 121, why) for each in ("m1", "m2")]
    assert ask(Company(*late)) == open_(f"2 tasks may be it: {why}", *candidates)


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
