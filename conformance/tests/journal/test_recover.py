"""`recover()`: finds out what became of calls by reading, writes it down, and never sends."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from wecom_mock import State
from wecom_mock.server import MockServer
from wecom_openapi import AsyncWeCom, Journal, JournalWarning, OutcomeUnknown, Reconciliation, WeCom
from wecom_openapi.journal import Begun, Recovered
from wecom_openapi.journal import State as Known
from wecom_openapi.journal.keys import digest
from wecom_openapi.journal.recording import Recorder, Scope
from wecom_openapi.journal.recovery import recover as recover_with

A, OF_LISI = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmCB22A6F6B4086E3513984E26BD8D4A"
BODY: dict[str, Any] = {"sender": "zhangsan", "external_userid": [A], "text": {"content": "新品"}}
CREATE = "add_msg_template"


@pytest.fixture
def server() -> Iterator[MockServer]:
    with MockServer(State()) as running:
        yield running


@pytest.fixture
def journal(file: Any) -> Iterator[Journal]:
    with Journal(file) as opened:
        yield opened


@pytest.fixture(params=["sync", "async"])
def recover(
    request: pytest.FixtureRequest, server: MockServer, journal: Journal
) -> Callable[..., list[Recovered]]:
    """`recover()` of a client of its own, which takes what it reads for the last word."""

    def sync(settle: float = 0) -> list[Recovered]:
        with WeCom("wwdemo", "demo", base_url=server.base_url, journal=journal) as wecom:
            return wecom.recover(settle=settle)

    def with_tasks(settle: float = 0) -> list[Recovered]:
        async def main() -> list[Recovered]:
            async with AsyncWeCom("wwdemo", "demo", base_url=server.base_url, journal=journal) as wecom:
                return await wecom.recover(settle=settle)

        return asyncio.run(main())

    return sync if request.param == "sync" else with_tasks


def plant(journal: Journal, mock: MockServer, key: str, body: dict[str, Any] = BODY, **more: Any) -> Begun:
    """A call that was about to be sent, and whose process is gone."""
    wanted: dict[str, Any] = {
        "account": "wwdemo",
        "server": mock.base_url,
        "operation": CREATE,
        "seconds": 0.0,
    }
    wanted.update(more)
    sent = json.dumps(body).encode()
    return journal.begin(body=sent, digest=digest(wanted["operation"], body), key=key, **wanted)


def create(server: MockServer, body: dict[str, Any] = BODY) -> str:
    """The same call as it was taken by WeCom."""
    with WeCom("wwdemo", "demo", base_url=server.base_url) as wecom:
        return wecom.add_msg_template(body).msgid


def tasks(server: MockServer) -> int:
    with WeCom("wwdemo", "demo", base_url=server.base_url) as wecom:
        now = int(time.time())
        rows = wecom.iter_groupmsg_list_v2(chat_type="single", start_time=now - 600, end_time=now + 600)
        return len(list(rows))


def verdicts(found: list[Recovered]) -> dict[str, str]:
    return {one.entry.key: one.reconciliation.verdict for one in found}


def test_what_was_sent(server: MockServer, journal: Journal, recover: Any) -> None:
    plant(journal, server, "k")
    msgid = create(server)
    ((entry, reconciliation),) = recover()
    assert (entry.state, entry.msgid, entry.recovered) == (Known.DONE, msgid, True)
    assert (reconciliation.verdict, reconciliation.msgid) == ("sent", msgid)
    assert journal.entries() == [entry]
    with WeCom("wwdemo", "demo", base_url=server.base_url, journal=journal) as wecom:
        with pytest.warns(JournalWarning) as told:
            assert wecom.add_msg_template(BODY, key="k").msgid == msgid
        assert str(told[0].message) == (
            f"add_msg_template: that the task {msgid} exists was found out by reading, so whom it can't be sent to "
            "(fail_list) is not known"
        )
        assert told[0].filename == __file__
    assert recover() == []
    assert tasks(server) == 1


def test_what_was_not_sent(server: MockServer, journal: Journal, recover: Any) -> None:
    plant(journal, server, "k")
    ((entry, reconciliation),) = recover()
    assert (entry.state, reconciliation.verdict) == (Known.NOT_SENT, "not sent")
    assert entry.reason == reconciliation.reason
    assert tasks(server) == 0
    with WeCom("wwdemo", "demo", base_url=server.base_url, journal=journal) as wecom:
        wecom.add_msg_template(BODY, key="k")
    assert [(entry.state, entry.attempts) for entry in journal.entries()] == [(Known.DONE, 2)]


def test_what_cannot_be_told_stays_unknown_and_can_be_asked_again(
    server: MockServer, journal: Journal, recover: Any
) -> None:
    begun = plant(journal, server, "k")
    msgids = {create(server), create(server)}
    for _ in range(2):
        ((entry, reconciliation),) = recover()
        assert (entry.state, reconciliation.verdict) == (Known.UNKNOWN, "can't tell")
        assert {candidate.msgid for candidate in reconciliation.candidates} == msgids
        # By this it is looked for, so that looking must not move it.
        assert entry.ended == begun.entry.deadline
    with (
        WeCom("wwdemo", "demo", base_url=server.base_url, journal=journal) as wecom,
        pytest.raises(OutcomeUnknown, match="2 tasks have its content"),
    ):
        wecom.add_msg_template(BODY, key="k")
    assert tasks(server) == 2
    # A person has looked.
    assert journal.conclude(entry, Known.DONE, msgid=min(msgids), reason="seen in the admin console")
    assert recover() == []


def test_too_early_to_tell_and_later_not(server: MockServer, journal: Journal, recover: Any) -> None:
    plant(journal, server, "k")
    assert verdicts(recover(settle=3600)) == {"k": "can't tell"}
    with journal.writing() as connection:
        connection.execute(text("UPDATE wecom_journal SET started = started - 30, ended = ended - 30"))
    assert verdicts(recover(settle=3600)) == {"k": "can't tell"}
    assert verdicts(recover(settle=20)) == {"k": "not sent"}


def test_a_call_that_may_still_run_is_left_alone(server: MockServer, journal: Journal, recover: Any) -> None:
    live = plant(journal, server, "live", seconds=600.0).entry
    assert recover() == []
    assert journal.entries() == [live]


def test_so_is_one_with_the_content_of_a_call_that_may_still_run(
    server: MockServer, journal: Journal, recover: Any
) -> None:
    """The task that the other makes would be taken for its own."""
    plant(journal, server, "k")
    plant(journal, server, "live", seconds=600.0)
    plant(journal, server, "other", {**BODY, "text": {"content": "另一条"}})
    assert verdicts(recover()) == {"other": "not sent"}


def test_calls_of_another_corp_or_server_are_left_alone(
    server: MockServer, journal: Journal, recover: Any
) -> None:
    plant(journal, server, "corp", account="wwother")
    plant(journal, server, "server", server="https://elsewhere.example")
    assert recover() == []
    assert {entry.state for entry in journal.entries()} == {Known.OPEN}


def test_a_task_that_is_another_calls_is_not_taken_for_it(
    server: MockServer, journal: Journal, recover: Any
) -> None:
    """The same message twice, on purpose and by two keys: one has its answer, of the other nobody knows."""
    with WeCom("wwdemo", "demo", base_url=server.base_url, journal=journal) as wecom:
        first = wecom.add_msg_template(BODY, key="first").msgid
    plant(journal, server, "second")
    assert verdicts(recover()) == {"second": "not sent"}
    plant(journal, server, "third")
    third = create(server)
    ((entry, _),) = recover()
    assert (entry.key, entry.msgid) == ("third", third)
    assert first != third


def test_two_that_may_be_confused_are_told_apart_by_nothing(
    server: MockServer, journal: Journal, recover: Any
) -> None:
    both = {**BODY, "external_userid": [A, "wmqfasd1e1927831123109rBAAAA"]}
    plant(journal, server, "both", both)
    plant(journal, server, "one")
    msgid = create(server)
    # It lists a part of the recipients of the first, and all of the second's.
    found = {entry.key: (reconciliation.verdict, entry.msgid) for entry, reconciliation in recover()}
    assert found == {"both": ("can't tell", None), "one": ("sent", msgid)}
    assert verdicts(recover()) == {"both": "not sent"}


def test_two_with_other_recipients_are_told_apart(server: MockServer, journal: Journal, recover: Any) -> None:
    """As two calls of one broadcast are: each with a part of the audience."""
    other = {**BODY, "sender": "lisi", "external_userid": [OF_LISI, "wmNOBODYS00000000000000000000000"]}
    plant(journal, server, "one")
    plant(journal, server, "other", other)
    msgid = create(server, other)
    found = {entry.key: (reconciliation.verdict, entry.msgid) for entry, reconciliation in recover()}
    assert found == {"one": ("not sent", None), "other": ("sent", msgid)}


def test_what_no_call_shows(server: MockServer, journal: Journal, recover: Any) -> None:
    plant(journal, server, "k", {"msgid": "m1"}, operation="remind_groupmsg_send")
    ((entry, reconciliation),) = recover()
    assert (entry.state, reconciliation.verdict) == (Known.UNKNOWN, "can't tell")
    assert journal.conclude(entry, Known.DONE, reason="the member says that she was reminded")
    with (
        WeCom("wwdemo", "demo", base_url=server.base_url, journal=journal) as wecom,
        pytest.warns(JournalWarning),
    ):
        assert wecom.remind_groupmsg_send(msgid="m1", key="k").errcode == 0


class TestSomebodyElseIsQuicker:
    def recovering(
        self, journal: Journal, then: Callable[[], object], found: Reconciliation
    ) -> list[Recovered]:
        def reconcile(attempt: Any, *, known: Any) -> Reconciliation:
            then()
            return found

        return recover_with(
            Recorder(journal, Scope("wwdemo", "https://example.com"), is_ours=False), reconcile
        )

    def planted(self, journal: Journal, key: str = "k") -> Begun:
        return journal.begin(
            account="wwdemo",
            server="https://example.com",
            operation=CREATE,
            body=json.dumps(BODY).encode(),
            digest="d",
            key=key,
            seconds=0.0,
        )

    def test_the_call_itself(self, journal: Journal) -> None:
        entry = self.planted(journal).entry

        def answered() -> None:
            journal.settle(entry, Known.DONE, msgid="m1", answer=b"{}")

        assert (
            self.recovering(journal, answered, Reconciliation("not sent", None, (), "nothing is like it"))
            == []
        )
        assert [(one.state, one.msgid) for one in journal.entries()] == [(Known.DONE, "m1")]

    def test_another_attempt(self, journal: Journal) -> None:
        """The verdict is on an attempt, and not on the one after it."""
        entry = self.planted(journal).entry

        def begun_again() -> None:
            journal.settle(entry, Known.NOT_SENT)
            assert self.planted(journal).is_ours

        assert self.recovering(journal, begun_again, Reconciliation("sent", "m1", (), "it is there")) == []
        assert [(one.state, one.attempts) for one in journal.entries()] == [(Known.OPEN, 2)]

    def test_another_call_has_the_task(self, journal: Journal) -> None:
        other = self.planted(journal, "other").entry
        self.planted(journal)

        def answered() -> None:
            journal.settle(other, Known.DONE, msgid="m1", answer=b"{}")

        ((entry, found),) = self.recovering(
            journal, answered, Reconciliation("sent", "m1", (), "it is there")
        )
        assert (entry.key, entry.state, entry.msgid) == ("k", Known.UNKNOWN, None)
        assert (found.verdict, found.reason) == (
            "can't tell",
            "task m1 is the only one like it, and is another call's",
        )


def test_without_a_journal(server: MockServer) -> None:
    with (
        WeCom("wwdemo", "demo", base_url=server.base_url) as wecom,
        pytest.raises(ValueError, match=r"^recover: this client"),
    ):
        wecom.recover()


def test_by_the_clock_of_the_database(server: MockServer, journal: Journal) -> None:
    """Where that is another than this machine's, the time of an attempt is looked for by this machine's."""
    seen: list[Any] = []

    class Ahead(Journal):
        def now(self) -> float:
            return time.time() + 1000

    plant(journal, server, "k")
    with journal.writing() as connection:
        connection.execute(text("UPDATE wecom_journal SET boot = 'another', started = started + 1000"))

    def reconcile(attempt: Any, *, known: Any) -> Reconciliation:
        seen.append(attempt)
        return Reconciliation("can't tell", None, (), "…")

    with Ahead(journal.name) as other:
        recover_with(Recorder(other, Scope("wwdemo", server.base_url), is_ours=False), reconcile)
    assert seen[0].started == pytest.approx(time.time(), abs=30)
