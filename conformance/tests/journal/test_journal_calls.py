"""A client with a journal: what a repeated call gets, and what leaves."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import sqlite3
import stat
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fault_server import CORPID, SECRET, Connection, FaultServer, Seen, happens

from wecom_openapi import (
    AsyncWeCom,
    InProgress,
    InvalidRequest,
    Journal,
    JournalError,
    JournalWarning,
    KeyReused,
    NotSent,
    Outcome,
    OutcomeUnknown,
    OutcomeUnknownInTime,
    RefusedError,
    WeCom,
)
from wecom_openapi.journal import Entry, State

CREATE: dict[str, Any] = {"external_userid": ["wmA"], "text": "新品"}
Serve = Callable[..., FaultServer]
Invoke = Callable[..., Any]


def done(connection: Connection, seen: Seen) -> None:
    number = len(connection.server.calls)
    connection.answer({"errcode": 0, "errmsg": "ok", "msgid": f"m{number}", "fail_list": ["wmZ"]})


def answers(*steps: Callable[[Connection, Seen], None]) -> Callable[[Connection, Seen], None]:
    """One step a call, the last one for all that follow."""

    def handler(connection: Connection, seen: Seen) -> None:
        steps[min(len(connection.server.calls), len(steps)) - 1](connection, seen)

    return handler


def refused(connection: Connection, seen: Seen) -> None:
    connection.answer({"errcode": 41048, "errmsg": "no customer to send"})


def cut(connection: Connection, seen: Seen) -> None:
    connection.reset()


def entries(file: Path) -> list[Entry]:
    with Journal(file) as journal:
        return journal.entries()


def has_a_call(file: Path, key: str = "k") -> str:
    return f"the journal sqlite:///{file} has a call with the key {key!r}"


@pytest.fixture(params=["sync", "async"])
def invoke(request: pytest.FixtureRequest, file: Path) -> Invoke:
    """One call of a client of its own, with the journal: once with `WeCom`, once with `AsyncWeCom`."""

    def sync(base_url: str, operation: str, *, settings: Any = None, **fields: Any) -> Any:
        with WeCom(CORPID, SECRET, base_url=base_url, **{"journal": file, **(settings or {})}) as wecom:
            return getattr(wecom, operation)(**fields)

    def with_tasks(base_url: str, operation: str, *, settings: Any = None, **fields: Any) -> Any:
        async def main() -> Any:
            chosen = {"journal": file, **(settings or {})}
            async with AsyncWeCom(CORPID, SECRET, base_url=base_url, **chosen) as wecom:
                return await getattr(wecom, operation)(**fields)

        return asyncio.run(main())

    return sync if request.param == "sync" else with_tasks


def test_a_repeated_call_gets_the_first_ones_answer_and_nothing_is_sent(
    serve: Serve, invoke: Invoke, file: Path
) -> None:
    server = serve(done)
    first = invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    again = invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    assert again == first
    assert (again.msgid, again.fail_list) == ("m1", ["wmZ"])
    assert len(server.calls) == 1
    (entry,) = entries(file)
    assert (entry.state, entry.msgid, entry.attempts, entry.account) == (State.DONE, "m1", 1, CORPID)
    assert entry.data == {"external_userid": ["wmA"], "text": {"content": "新品"}}


def test_another_key_is_another_call(serve: Serve, invoke: Invoke) -> None:
    server = serve(done)
    msgids = [invoke(server.base_url, "add_msg_template", key=key, **CREATE).msgid for key in ("a", "b", "a")]
    assert msgids == ["m1", "m2", "m1"]


def test_without_a_key_the_same_content_is_the_same_call(serve: Serve, invoke: Invoke) -> None:
    server = serve(done)
    bodies = [["wmA", "wmB"], ["wmB", "wmA"], ["wmA"]]
    msgids = [
        invoke(server.base_url, "add_msg_template", external_userid=body, text="新品").msgid
        for body in bodies
    ]
    assert msgids == ["m1", "m1", "m2"]


def test_without_a_journal_nothing_is_remembered(serve: Serve) -> None:
    server = serve(done)
    with WeCom(CORPID, SECRET, base_url=server.base_url) as wecom:
        assert [wecom.add_msg_template(**CREATE).msgid for _ in range(2)] == ["m1", "m2"]


def test_a_key_without_a_journal(serve: Serve, invoke: Invoke) -> None:
    server = serve(done)
    with pytest.raises(InvalidRequest) as caught:
        invoke(server.base_url, "add_msg_template", key="k", settings={"journal": None}, **CREATE)
    assert str(caught.value) == (
        "key: this client has no journal, so it would not know the key again. Nothing was sent. Give it one: "
        'WeCom(corpid, corpsecret, journal="journal.db")'
    )
    assert caught.value.outcome is Outcome.NOT_SENT
    assert server.seen == []


@pytest.mark.parametrize("key", ["", " ", 7])
def test_what_is_no_key(serve: Serve, invoke: Invoke, key: Any) -> None:
    server = serve(done)
    with pytest.raises((ValueError, TypeError), match=r"^key: "):
        invoke(server.base_url, "add_msg_template", key=key, **CREATE)
    assert server.seen == []


def test_an_operation_that_is_safe_to_repeat_takes_no_key_and_is_not_written_down(
    serve: Serve, invoke: Invoke, file: Path
) -> None:
    server = serve(lambda connection, seen: connection.answer({"errcode": 0, "errmsg": "ok"}))
    for _ in range(2):
        invoke(server.base_url, "cancel_groupmsg_send", msgid="m1")
    assert len(server.calls) == 2
    with pytest.raises(TypeError, match="key"):
        invoke(server.base_url, "cancel_groupmsg_send", msgid="m1", key="k")
    assert entries(file) == []


@pytest.mark.parametrize(
    "other",
    [
        {"external_userid": ["wmA"], "text": "另一条"},
        {"external_userid": ["wmB"], "text": "新品"},
        {"external_userid": ["wmA"], "text": "新品", "sender": "zhangsan"},
    ],
)
def test_a_key_that_stands_for_another_body(
    serve: Serve, invoke: Invoke, file: Path, other: dict[str, Any]
) -> None:
    server = serve(done)
    invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    with pytest.raises(KeyReused) as caught:
        invoke(server.base_url, "add_msg_template", key="k", **other)
    assert (str(caught.value), caught.value.operation) == (
        f"add_msg_template was not sent: {has_a_call(file)}, and that has another body. Give each message a key of its "
        "own",
        "add_msg_template",
    )
    assert isinstance(caught.value, ValueError)
    assert caught.value.outcome is Outcome.NOT_SENT
    assert len(server.calls) == 1


def test_a_key_that_stands_for_another_operation(serve: Serve, invoke: Invoke, file: Path) -> None:
    server = serve(done)
    invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    with pytest.raises(KeyReused) as caught:
        invoke(server.base_url, "remind_groupmsg_send", key="k", msgid="m1")
    assert str(caught.value) == (
        f"remind_groupmsg_send was not sent: {has_a_call(file)}, and that is add_msg_template. Give each call a key of "
        "its own"
    )
    assert len(server.calls) == 1


def test_a_key_that_stands_for_a_call_to_another_server(serve: Serve, invoke: Invoke, file: Path) -> None:
    """A journal of a mock must not keep a real message from being sent, nor call it sent."""
    one, other = serve(done), serve(done)
    invoke(one.base_url, "add_msg_template", key="k", **CREATE)
    for fields in ({"key": "k"}, {}):
        if not fields:
            invoke(one.base_url, "add_msg_template", **CREATE)
        with pytest.raises(KeyReused) as caught:
            invoke(other.base_url, "add_msg_template", **fields, **CREATE)
        key = next(entry.key for entry in entries(file) if entry.derived is not bool(fields))
        assert str(caught.value) == (
            f"add_msg_template was not sent: {has_a_call(file, key)}, and that went to {one.base_url}. Keep a journal "
            "for each server"
        )
    assert other.calls == []


def test_what_was_refused_is_sent_again(serve: Serve, invoke: Invoke, file: Path) -> None:
    server = serve(answers(refused, done))
    with pytest.raises(RefusedError):
        invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    (entry,) = entries(file)
    assert (entry.state, entry.errcode) == (State.REFUSED, 41048)
    assert invoke(server.base_url, "add_msg_template", key="k", **CREATE).msgid == "m2"
    (entry,) = entries(file)
    assert (entry.state, entry.attempts) == (State.DONE, 2)


def test_what_was_not_sent_is_sent_again(serve: Serve, invoke: Invoke, file: Path) -> None:
    """The token can't be had, so the call can't leave."""

    def no_token(connection: Connection, seen: Seen) -> None:
        if len(connection.server.token_requests) == 1:
            connection.answer({"errcode": 40013, "errmsg": "invalid corpid"})
        else:
            connection.answer({"errcode": 0, "errmsg": "ok", "access_token": "tok-2", "expires_in": 7200})

    server = serve(done, tokens=no_token)
    with pytest.raises(RefusedError) as caught:
        invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    assert caught.value.outcome is Outcome.NOT_SENT
    assert [entry.state for entry in entries(file)] == [State.NOT_SENT]
    assert invoke(server.base_url, "add_msg_template", key="k", **CREATE).msgid == "m1"
    assert [(entry.state, entry.attempts) for entry in entries(file)] == [(State.DONE, 2)]


def test_what_is_unknown_stays_so_and_is_not_sent_again(serve: Serve, invoke: Invoke, file: Path) -> None:
    server = serve(answers(cut, done))
    with pytest.raises(OutcomeUnknown) as first:
        invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    with pytest.raises(OutcomeUnknown) as again:
        invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    assert len(server.calls) == 1
    (entry,) = entries(file)
    assert (entry.state, entry.reason) == (State.UNKNOWN, first.value.reason)
    assert str(again.value) == (
        f"add_msg_template was not sent again: {has_a_call(file)}, and nobody knows yet what became of it "
        f"({entry.reason}). recover() finds out"
    )
    assert (again.value.operation, again.value.reason) == ("add_msg_template", entry.reason)
    assert again.value.attempts == 0
    assert again.value.fingerprint == first.value.fingerprint
    one, other = first.value.attempt, again.value.attempt
    assert one is not None
    assert other is not None
    assert (other.operation, other.body) == (one.operation, one.body)
    assert other.started == pytest.approx(one.started, abs=1)
    assert other.ended == pytest.approx(one.ended, abs=1)


def test_a_call_whose_deadline_has_passed(serve: Serve, invoke: Invoke, file: Path) -> None:
    server = serve(lambda connection, seen: connection.hold())
    with pytest.raises(OutcomeUnknownInTime):
        invoke(server.base_url, "add_msg_template", key="k", settings={"deadline": 1.0}, **CREATE)
    (entry,) = entries(file)
    assert entry.state is State.UNKNOWN
    assert entry.deadline == pytest.approx(entry.started + 1.0, abs=0.5)


def test_while_the_first_is_on_its_way_the_second_is_told_so(
    serve: Serve, invoke: Invoke, file: Path
) -> None:
    arrived, go = threading.Event(), threading.Event()

    def slow(connection: Connection, seen: Seen) -> None:
        arrived.set()
        assert go.wait(30)
        done(connection, seen)

    server, answer = serve(slow), []

    def first() -> None:
        with WeCom(CORPID, SECRET, base_url=server.base_url, journal=file) as wecom:
            answer.append(wecom.add_msg_template(key="k", **CREATE))

    thread = threading.Thread(target=first)
    thread.start()
    assert arrived.wait(30)
    with pytest.raises(InProgress) as caught:
        invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    assert re.sub(r" \d+ s ", " 0 s ", str(caught.value)) == (
        f"add_msg_template was not sent: {has_a_call(file)}, and that may still be running, here or in another "
        "process; 0 s from now it has ended"
    )
    assert (caught.value.operation, caught.value.reason) == (
        "add_msg_template",
        "another call with the same key is on its way",
    )
    assert isinstance(caught.value, NotSent)
    assert (caught.value.retry, caught.value.outcome) == ("later", Outcome.NOT_SENT)
    go.set()
    thread.join(30)
    assert invoke(server.base_url, "add_msg_template", key="k", **CREATE) == answer[0]
    assert len(server.calls) == 1


def test_one_that_its_process_left_open_is_unknown(serve: Serve, invoke: Invoke, file: Path) -> None:
    server = serve(done)
    invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        database.execute(
            "UPDATE wecom_journal SET state = 'open', deadline = 0, boot_deadline = 0, ended = NULL"
        )
    with pytest.raises(OutcomeUnknown) as caught:
        invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    assert caught.value.reason == "its process ended in the midst of it"
    assert str(caught.value).endswith(", and nobody knows yet what became of it. recover() finds out")
    assert len(server.calls) == 1


def test_what_a_signal_cut_off_is_unknown_once_it_has_left(serve: Serve, file: Path) -> None:
    class Signal(BaseException):
        pass

    def interrupt(*given: object) -> None:
        if isinstance(given[0], httpx.Response):
            given[0].close()  # as whatever reads it does in any case
        raise Signal

    server = serve(done)
    with Journal(file) as journal, pytest.MonkeyPatch.context() as patch:
        with WeCom(CORPID, SECRET, base_url=server.base_url, journal=journal) as wecom:
            patch.setattr("wecom_openapi.tokens.flow.Source.send", interrupt)
            with pytest.raises(Signal):
                wecom.add_msg_template(key="before", **CREATE)
            patch.undo()
            wecom.add_msg_template(key="warm", **CREATE)
            patch.setattr("wecom_openapi.transport.read", interrupt)
            with pytest.raises(Signal):
                wecom.add_msg_template(key="after", **CREATE)
        states = {entry.key: entry.state for entry in journal.entries()}
    assert states == {"before": State.NOT_SENT, "warm": State.DONE, "after": State.UNKNOWN}


def test_a_cancelled_task_knows_whether_its_call_had_left(serve: Serve, file: Path) -> None:
    arrived = threading.Event()

    def hold(connection: Connection, seen: Seen) -> None:
        arrived.set()
        connection.hold()

    server = serve(hold)

    class Slow(Journal):
        begun = threading.Event()
        go = threading.Event()

        def begin(self, **fields: Any) -> Any:
            begun = super().begin(**fields)
            if fields["key"] == "before":
                self.begun.set()
                assert self.go.wait(30)
            return begun

    async def main() -> None:
        with Slow(file) as journal:
            async with AsyncWeCom(CORPID, SECRET, base_url=server.base_url, journal=journal) as wecom:
                one = asyncio.create_task(wecom.add_msg_template(key="before", **CREATE))
                await happens(journal.begun)
                one.cancel()
                journal.go.set()
                other = asyncio.create_task(wecom.add_msg_template(key="after", **CREATE))
                await happens(arrived)
                other.cancel()
                for task in (one, other):
                    with pytest.raises(asyncio.CancelledError):
                        await task

    asyncio.run(main())
    assert [(entry.state, entry.reason) for entry in entries(file)] == [
        (State.NOT_SENT, "cancelled before it left"),
        (State.UNKNOWN, "CancelledError"),
    ]
    assert len(server.calls) == 1


def test_a_journal_that_took_until_the_deadline_keeps_the_call_here(file: Path) -> None:
    """With a transport that doesn't know the deadline too: by then `recover` may have called it not sent."""
    left: list[httpx.Request] = []

    def taken(request: httpx.Request) -> httpx.Response:
        left.append(request)
        return httpx.Response(
            200, json={"errcode": 0, "access_token": "tok-1", "expires_in": 7200, "msgid": "m1"}
        )

    class Slow(Journal):
        def begin(self, **fields: Any) -> Any:
            begun = super().begin(**fields)
            time.sleep(0.3)
            return begun

    transport = httpx.MockTransport(taken)
    with Slow(file) as journal:
        wecom = WeCom(CORPID, SECRET, transport=transport, journal=journal, deadline=0.25)
        with wecom, pytest.raises(NotSent):
            wecom.add_msg_template(key="k", **CREATE)
        assert left == []
        assert [entry.state for entry in journal.entries()] == [State.NOT_SENT]


def test_tasks_are_not_kept_waiting_by_the_disk(serve: Serve, file: Path) -> None:
    """The loop turns while the journal of another task is waited for."""
    blocked, go = threading.Event(), threading.Event()

    class Slow(Journal):
        def begin(self, **fields: Any) -> Any:
            blocked.set()
            assert go.wait(30)
            return super().begin(**fields)

    server = serve(done)

    async def main() -> None:
        with Slow(file) as journal:
            async with AsyncWeCom(CORPID, SECRET, base_url=server.base_url, journal=journal) as wecom:
                task = asyncio.create_task(wecom.add_msg_template(key="k", **CREATE))
                await happens(blocked)
                go.set()  # which it couldn't, were the loop blocked
                assert (await task).msgid == "m1"

    asyncio.run(main())


class TestAnOutcomeThatCannotBeWritten:
    @pytest.fixture
    def locked(self, file: Path) -> Any:
        """Locks the journal while a call is on its way."""
        with Journal(file) as journal:
            journal.open()
        holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)

        def locking(then: Callable[[Connection, Seen], None]) -> Callable[[Connection, Seen], None]:
            def handler(connection: Connection, seen: Seen) -> None:
                holder.execute("BEGIN IMMEDIATE")
                then(connection, seen)

            return handler

        locking.release = lambda: holder.execute("ROLLBACK")  # type: ignore[attr-defined]
        yield locking
        holder.close()

    def test_the_caller_gets_the_answer_and_a_warning(
        self, serve: Serve, invoke: Invoke, file: Path, locked: Any
    ) -> None:
        server = serve(locked(done))
        with Journal(file, patience=0.2) as journal:
            with pytest.warns(JournalWarning) as told:
                task = invoke(
                    server.base_url, "add_msg_template", key="k", settings={"journal": journal}, **CREATE
                )
            assert task.msgid == "m1"
            assert [str(each.message) for each in told] == [
                "add_msg_template: its outcome (done) could not be written into the journal: the journal "
                f"sqlite:///{file} can't be used: another process has it locked, for longer than 0.2 s. Its entry (key "
                "'k') stays open, and recover() settles it"
            ]
            locked.release()
            (entry,) = journal.entries()
            assert entry.state is State.OPEN

    def test_the_caller_gets_the_error_and_a_warning(
        self, serve: Serve, invoke: Invoke, file: Path, locked: Any
    ) -> None:
        server = serve(locked(refused))
        with Journal(file, patience=0.2) as journal:
            with (
                pytest.warns(JournalWarning, match=r"outcome \(refused\) could not be written"),
                pytest.raises(RefusedError),
            ):
                invoke(server.base_url, "add_msg_template", key="k", settings={"journal": journal}, **CREATE)
            locked.release()

    def test_a_warning_names_the_line_of_the_caller(self, serve: Serve, file: Path, locked: Any) -> None:
        server = serve(locked(done))
        with Journal(file, patience=0.2) as journal:
            with WeCom(CORPID, SECRET, base_url=server.base_url, journal=journal) as wecom:
                with pytest.warns(JournalWarning) as told:
                    wecom.add_msg_template(key="k", **CREATE)
                assert told[0].filename == __file__
            locked.release()

    def test_an_entry_that_somebody_has_deleted(self, serve: Serve, invoke: Invoke, file: Path) -> None:
        def deleting(connection: Connection, seen: Seen) -> None:
            with contextlib.closing(sqlite3.connect(file)) as database, database:
                database.execute("DELETE FROM wecom_journal")
            done(connection, seen)

        server = serve(deleting)
        with pytest.warns(JournalWarning) as told:
            assert invoke(server.base_url, "add_msg_template", key="k", **CREATE).msgid == "m1"
        assert [str(each.message) for each in told] == [
            "add_msg_template: its outcome (done) could not be written into the journal: somebody has deleted its "
            "entry, or has made the call anew"
        ]


def test_a_stored_answer_that_cannot_be_read(serve: Serve, invoke: Invoke, file: Path) -> None:
    server = serve(done)
    invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE wecom_journal SET answer = ?", (b"{",))
    with pytest.raises(JournalError) as caught:
        invoke(server.base_url, "add_msg_template", key="k", **CREATE)
    assert (str(caught.value), caught.value.operation) == (
        f"add_msg_template was not sent: the journal sqlite:///{file} says that it was before (key 'k'), and the "
        "answer that it has of it can't be read",
        "add_msg_template",
    )
    assert len(server.calls) == 1


def test_the_raw_answer_of_a_repeated_call(serve: Serve, file: Path) -> None:
    server = serve(done)
    with WeCom(CORPID, SECRET, base_url=server.base_url, journal=file) as wecom:
        first = wecom.raw.add_msg_template(key="k", **CREATE)
        again = wecom.raw.add_msg_template(key="k", **CREATE)
    assert (again.status_code, again.content, again.parsed) == (200, first.content, first.parsed)
    assert len(server.calls) == 1


@pytest.mark.parametrize("given", ["journal", "path", "text", "url"])
def test_the_ways_to_give_one(serve: Serve, file: Path, given: str) -> None:
    server = serve(done)
    kept = Journal(file)
    journal = {"journal": kept, "path": file, "text": str(file), "url": f"sqlite:///{file}"}[given]
    with WeCom(CORPID, SECRET, base_url=server.base_url, journal=journal) as wecom:
        wecom.add_msg_template(key="k", **CREATE)
    # One that was handed over is its owner's to close.
    assert [entry.key for entry in kept.entries()] == ["k"]
    kept.close()


def test_no_token_and_no_secret_is_in_it_and_its_owner_alone_may_read_it(
    serve: Serve, invoke: Invoke, file: Path
) -> None:
    """A server may repeat the token; neither its answer nor its refusal brings it into the journal."""

    def repeating(connection: Connection, seen: Seen) -> None:
        number = len(connection.server.calls)
        told = {
            "errcode": 0 if number == 1 else 41048,
            "errmsg": f"ok {seen.token} access_token={seen.token}",
        }
        connection.answer({**told, "msgid": "m1", "hint": f"{SECRET} {seen.token}"})

    def tokens(connection: Connection, seen: Seen) -> None:
        connection.answer({"errcode": 0, "access_token": "CANARY-token-0123456789", "expires_in": 7200})

    server = serve(repeating, tokens=tokens)
    with Journal(file) as journal:  # kept open, so that there is a log beside it
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            task = invoke(
                server.base_url, "add_msg_template", key="k", settings={"journal": journal}, **CREATE
            )
            again = invoke(
                server.base_url, "add_msg_template", key="k", settings={"journal": journal}, **CREATE
            )
        assert again.msgid == task.msgid
        with pytest.raises(RefusedError):
            invoke(server.base_url, "add_msg_template", key="k2", settings={"journal": journal}, **CREATE)
        files = sorted(file.parent.glob("journal.db*"))
        assert [one.name for one in files] == ["journal.db", "journal.db-shm", "journal.db-wal"]
        held = b"".join(one.read_bytes() for one in files)
        assert b"wmA" in held
        assert b"CANARY" not in held
        assert SECRET.encode() not in held
        if os.name == "posix":
            assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}


def test_what_the_client_shows_of_it(file: Path) -> None:
    with Journal(file) as journal:
        assert repr(journal) == f"Journal('sqlite:///{file}')"
    url = "postgresql+psycopg://me:pa55word@127.0.0.1:1/db?password=pa55word"
    assert repr(Journal(url)) == "Journal('postgresql://127.0.0.1:1/db')"


def test_the_body_is_what_was_sent(serve: Serve, invoke: Invoke, file: Path) -> None:
    server = serve(done)
    invoke(server.base_url, "add_msg_template", **CREATE)
    (entry,) = entries(file)
    assert entry.body == server.calls[0].body
    assert json.loads(entry.body) == entry.data
