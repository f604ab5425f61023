"""Why `reconcile` takes a task for the one of a lost write, or doesn't, word for word."""

from __future__ import annotations

from typing import Any

import pytest
from read_company import BODY, NOW, TAGS, TO_ALL, TO_GROUPS, Company, ask, open_, row

from wecom_openapi import NoAnswer, Reconciliation, RefusedError
from wecom_openapi.reconciliation.attempt import Candidate


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
    assert ask(company) == Reconciliation(
        "not sent", None, (), "of the tasks of that time (2) none is like it"
    )
    assert [operation for operation, _ in company.asked] == ["get_groupmsg_list_v2"]


@pytest.mark.parametrize("company", [Company(row(), members=["lisi"]), Company(row(), sent=["wmA", "wmC"])])
def test_not_sent_where_others_were_asked_or_meant(company: Company) -> None:
    assert ask(company).reason == "of the tasks of that time (1) none is like it"


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
    assert found == open_(f"1 task may be it: {reason}", Candidate("m1", made, reason))


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
