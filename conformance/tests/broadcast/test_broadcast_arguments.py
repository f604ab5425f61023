"""What a broadcast is told that makes no sense: one sentence each, the whole of it, and nothing is sent."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from wecom_mock.fixture import WeComMock
from wecom_openapi import InvalidRequest, JournalError, WeCom
from wecom_openapi.broadcast import Broadcast, BroadcastConflict, CsvFile, Pace, UnknownBroadcast
from wecom_openapi.broadcast.duplicates import Seen
from wecom_openapi.broadcast.schedule import Schedule
from wecom_openapi.journal import Journal

MESSAGE: dict[str, Any] = {"text": {"content": "新品上市"}}


@pytest.mark.parametrize("name", ["", " x", "x ", "a/b", "a\nb", "x" * 101])
def test_a_name(journal: Journal, name: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole text is compared
        Broadcast(journal, name)
    told = "name: 1 to 100 printable characters without / are needed, and no spaces around them"
    assert str(caught.value) == told


@pytest.mark.parametrize("name", ["x", "新品 2027", "x" * 100])
def test_a_name_that_will_do(journal: Journal, name: str) -> None:
    broadcast = Broadcast(journal, name)
    assert broadcast.name == name
    assert repr(broadcast) == f"Broadcast({journal!r}, {name!r})"


@pytest.mark.parametrize(
    ("audience", "kind"), [("wmA", "str"), (b"wmA", "bytes"), (5, "int"), (None, "NoneType")]
)
def test_an_audience(journal: Journal, audience: Any, kind: str) -> None:
    with pytest.raises(TypeError) as caught:
        Broadcast(journal, "x").plan(MESSAGE, audience)
    assert str(caught.value) == f"audience: an iterable of ids is needed, not {kind}"


@pytest.mark.parametrize(
    ("message", "kind"), [("hi", "str"), (5, "int"), (None, "NoneType"), ([("a", "b")], "list")]
)
def test_a_message(journal: Journal, message: Any, kind: str) -> None:
    with pytest.raises(TypeError) as caught:
        Broadcast(journal, "x").plan(message, ["wmA"])
    assert str(caught.value) == f"message: a mapping or a model is needed, not {kind}"


@pytest.mark.parametrize(
    ("own", "named"),
    [
        (["external_userid"], "external_userid"),
        (["chat_id_list"], "chat_id_list"),
        (["tag_filter"], "tag_filter"),
        (["tag_filter", "external_userid"], "external_userid, tag_filter"),
    ],
)
def test_a_message_with_an_audience_of_its_own(journal: Journal, own: list[str], named: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        Broadcast(journal, "x").plan({**MESSAGE, **{name: [] for name in own}}, ["wmA"])
    assert str(caught.value) == (
        f"the message has {named}: a broadcast has its audience beside the message. Nothing was sent"
    )
    assert caught.value.operation == "add_msg_template"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"encoding": "klingon"}, "encoding: 'klingon' is not known"),
        ({"encoding": "rot13"}, "encoding: 'rot13' is not known"),
        ({"encoding": "utf-16"}, "encoding: a file in utf-16 can't be read by lines: save it as UTF-8"),
        ({"delimiter": ""}, "delimiter: one character is needed"),
        ({"delimiter": "::"}, "delimiter: one character is needed"),
        ({"delimiter": "\n"}, "delimiter: one character is needed"),
        ({"delimiter": "\r"}, "delimiter: one character is needed"),
        ({"delimiter": '"'}, "delimiter: one character is needed"),
    ],
)
def test_options_of_a_csv_file(options: Any, told: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        CsvFile("audience.csv", **options)
    assert str(caught.value) == told


@pytest.mark.parametrize("share", [0, -1, 1.01, float("nan")])
def test_a_share_of_the_limits(share: float) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        Pace("add_msg_template", share=share)
    assert str(caught.value) == f"share: above 0 and up to 1, not {share!r}"


@pytest.mark.parametrize("option", ["concurrency", "attempts", "give_up_after"])
@pytest.mark.parametrize("value", [0, -1, 1.5, True, None])
def test_numbers_of_a_run(option: str, value: Any) -> None:
    good = {"concurrency": 1, "attempts": 1, "give_up_after": 1}
    assert Schedule([], **good).total == 0
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        Schedule([], **{**good, option: value})
    assert str(caught.value) == f"{option}: a number from 1 on is needed, not {value!r}"


def test_a_client_without_the_journal(mock: WeComMock, journal: Journal, tmp_path: Path) -> None:
    broadcast = Broadcast(journal, "x")
    broadcast.plan(MESSAGE, ["wmA"])
    other = Journal(tmp_path / "other.db")
    for given, told in (
        (None, "a broadcast needs a client with its journal: WeCom(…, journal=journal)"),
        (other, f"the client has another journal ({other.name}) than the broadcast ({journal.name})"),
    ):
        with WeCom(mock.corpid, mock.secret, base_url=mock.base_url, journal=given) as wecom:
            for use in (lambda: broadcast.run(wecom), lambda: broadcast.run_call(wecom, 1)):
                with pytest.raises(ValueError) as caught:  # noqa: PT011
                    use()
                assert str(caught.value) == told
    assert len(mock.calls) == 0
    other.close()


def test_a_call_that_is_not_there(journal: Journal) -> None:
    broadcast = Broadcast(journal, "spring")
    broadcast.plan(MESSAGE, ["wmA"])
    for n in (0, 2, -1):
        for use in (broadcast.call, broadcast.body):
            with pytest.raises(LookupError) as caught:
                use(n)
            assert str(caught.value) == f"broadcast 'spring' has no call {n}"


def test_a_plan_that_is_not_there(journal: Journal) -> None:
    with pytest.raises(UnknownBroadcast) as caught:
        Broadcast(journal, "spring").pending()
    assert str(caught.value) == "broadcast 'spring' is not planned. Nothing was sent"
    planner = Broadcast(journal, "spring")._planner(MESSAGE, None)
    planner.begin()
    planner.close()
    with pytest.raises(UnknownBroadcast) as caught:
        Broadcast(journal, "spring").pending()
    assert str(caught.value) == (
        "broadcast 'spring' was not planned to its end: plan it again. Nothing was sent"
    )


@pytest.mark.parametrize(
    ("message", "audience", "what"),
    [
        ({"text": {"content": "x"}}, ["wmA"], "another message"),
        (MESSAGE, ["wmB"], "another audience"),
    ],
)
def test_a_name_that_has_another_plan(journal: Journal, message: Any, audience: Any, what: str) -> None:
    Broadcast(journal, "spring").plan(MESSAGE, ["wmA"])
    with pytest.raises(BroadcastConflict) as caught:
        Broadcast(journal, "spring").plan(message, audience)
    assert str(caught.value) == (
        f"broadcast 'spring' is planned with {what}, and what is planned is fixed: "
        "give the new one another name. Nothing was sent"
    )


def test_a_plan_that_another_process_has_begun_anew(journal: Journal) -> None:
    late = Broadcast(journal, "spring")._planner(MESSAGE, None)
    late.begin()
    Broadcast(journal, "spring").plan(MESSAGE, ["wmA"])
    with pytest.raises(BroadcastConflict) as caught:
        late.add([(None, "wmB", 1)])
    late.close()
    assert str(caught.value) == ("broadcast 'spring': another process has begun to plan it. Nothing was sent")


def test_a_place_for_temporary_files_that_fails() -> None:
    seen = Seen()
    seen._table.execute("DROP TABLE seen")
    told = "the folder for temporary files can't be used to look for duplicates: no such table: seen"
    for use in (lambda: seen.among(["wmA"]), lambda: seen.add({"wmA": 1})):
        with pytest.raises(JournalError) as caught:
            use()
        assert str(caught.value) == f"{told}. Nothing was sent"
        assert not isinstance(caught.value.__cause__, sqlite3.Error)
    seen.close()
