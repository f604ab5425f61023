"""``wecom broadcast``: planned from a file, sent once each, stopped and gone on with, reported."""

from __future__ import annotations

import csv
import io
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from inside import Inside
from program import Cli, Result

from wecom_mock.arrange import Arrange
from wecom_mock.faults import Fault
from wecom_mock.server import MockServer

MEMBERS, CUSTOMERS = 8, 2
JOURNAL = ("--journal", "journal.db")
MESSAGE = {"text": {"content": "新品上市"}}
AUDIENCE = "external_userid,sender\n" + "".join(
    f"wm{m}x{c},m{m}\n" for m in range(MEMBERS) for c in range(CUSTOMERS)
)
ALL = MEMBERS * CUSTOMERS


@pytest.fixture
def mock(mock: MockServer) -> MockServer:
    """The built-in company, with more members, each with customers of its own."""
    company = Arrange(mock.state)
    for m in range(MEMBERS):
        for c in range(CUSTOMERS):
            company.member(f"m{m}").customer(f"wm{m}x{c}")
    return mock


Here = Callable[..., Result]


@pytest.fixture
def here(inside: Inside) -> Here:
    """A command of ``wecom broadcast``."""

    def run(
        *arguments: str, journal: Sequence[str] = JOURNAL, env: Mapping[str, str | None] | None = None
    ) -> Result:
        return inside("broadcast", *arguments, *journal, env=env)

    return run


@pytest.fixture
def planned(here: Here, save: Callable[[str, Any], str]) -> Here:
    """The same, with a broadcast that is planned."""
    save("message.json", MESSAGE)
    save("audience.csv", AUDIENCE.encode())
    done = here("plan", "spring", "message.json", "audience.csv")
    assert done.code == 0, done.err
    return here


def asked(mock: MockServer) -> Counter[str]:
    """How many tasks each recipient is in."""
    return Counter(
        one.target
        for task in mock.state.tasks.values()
        for assignment in task.assignments.values()
        for one in assignment.deliveries
    )


def creates(mock: MockServer) -> int:
    return len([call for call in mock.state.calls if call.operation == "add_msg_template"])


class TestPlan:
    def test_it_shows_what_it_takes_and_sends_nothing(
        self, mock: MockServer, here: Here, save: Callable[[str, Any], str]
    ) -> None:
        save("message.json", MESSAGE)
        save("audience.csv", (AUDIENCE + "wm0x0,m0\nwm0x1,m1\n\n").encode())
        done = here("plan", "spring", "message.json", "audience.csv")
        assert done.code == 0
        assert done.out.splitlines() == [
            "spring: 16 customers in 8 calls; sent by 8 senders",
            "2 of 18 were given more than once and are left out, 1 of them under another sender",
            "message:",
            "  新品上市",
        ]
        assert done.err == "nothing was sent; to send it: wecom broadcast run spring --journal journal.db\n"
        assert len(mock.state.calls) == 0

    def test_for_programs_and_once_more(self, planned: Here) -> None:
        done = planned("plan", "spring", "message.json", "audience.csv", "--json")
        assert done.json == {
            "name": "spring",
            "chat_type": "single",
            "recipients": 16,
            "calls": 8,
            "senders": 8,
            "given": 16,
            "duplicates": 0,
            "duplicates_of_another_sender": 0,
            "resumed": True,
            "message": ["text"],
        }
        assert done.err == ""

    def test_another_message_is_refused_in_either_language(
        self, planned: Here, save: Callable[[str, Any], str]
    ) -> None:
        save("other.json", {"text": {"content": "other"}})
        done = planned("plan", "spring", "other.json", "audience.csv")
        assert (done.code, done.out) == (2, "")
        assert "'spring' is planned with another message, and what is planned is fixed" in done.err
        done = planned("plan", "spring", "other.json", "audience.csv", "--lang", "zh")
        assert "已按另外的消息计划" in done.err

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (
                "id\nwmA\n",
                "audience.csv, line 1: there is no column 'external_userid'; the columns there: 'id'",
            ),
            ("external_userid\nwmA\nwrB\n", "audience.csv, line 3: wrB is the id of a customer group"),
            ("", "audience.csv: the file is empty"),
            ("external_userid\n", "there is nobody in the audience"),
        ],
    )
    def test_what_is_wrong_with_a_file_is_told_before_anything_is_sent(
        self, mock: MockServer, here: Here, save: Callable[[str, Any], str], content: str, says: str
    ) -> None:
        save("message.json", MESSAGE)
        save("audience.csv", content.encode())
        done = here("plan", "spring", "message.json", "audience.csv")
        assert (done.code, done.out) == (2, "")
        assert says in done.err
        as_json = here("plan", "spring", "message.json", "audience.csv", "--json")
        assert as_json.code == 2
        assert as_json.error["kind"] == "InvalidAudience"
        assert says in as_json.error["message"]
        assert here("run", "spring", "--yes").code == 2
        assert len(mock.state.calls) == 0

    def test_the_message_keeps_the_contract(self, here: Here, save: Callable[[str, Any], str]) -> None:
        save("message.json", {"text": {"content": "中" * 1334}})
        save("audience.csv", AUDIENCE.encode())
        done = here("plan", "spring", "message.json", "audience.csv", "--lang", "zh")
        assert done.code == 2
        assert "text.content.max-bytes" in done.err

    def test_customers_of_members_and_groups_of_owners(
        self, mock: MockServer, here: Here, save: Callable[[str, Any], str]
    ) -> None:
        save("message.json", MESSAGE)
        members = ("--customers-of", "m0", "--customers-of", "m1")
        done = here("plan", "a", "message.json", *members, "--json")
        assert (done.json["recipients"], done.json["senders"]) == (4, 2)
        save("groups.json", {**MESSAGE, "chat_type": "group"})
        done = here("plan", "b", "groups.json", "--groups-of", "zhangsan", "--json")
        assert (done.json["chat_type"], done.json["recipients"]) == ("group", 2)
        assert here("run", "b", "--yes").code == 0
        assert asked(mock).total() == 2

    def test_the_journal_is_named_by_either(self, here: Here, save: Callable[[str, Any], str]) -> None:
        done = here("status", "x", journal=())
        assert done.code == 5
        assert "WECOM_JOURNAL: not set" in done.err
        done = here("status", "x", journal=(), env={"WECOM_JOURNAL": "journal.db"})
        assert done.code == 2
        assert "'x' is not planned" in done.err


class TestRun:
    def test_everybody_gets_it_once(self, mock: MockServer, planned: Here) -> None:
        done = planned("run", "spring", "--yes")
        assert done.code == 0, done.err
        assert [line.split() for line in done.out.splitlines()] == [
            ["RECIPIENTS", "NUMBER"],
            ["accepted", "16"],
            "8 of 8 calls are through".split(),
        ]
        assert set(asked(mock).values()) == {1}
        assert asked(mock).total() == ALL
        again = planned("run", "spring", "--yes", "--json")
        assert again.code == 0
        assert again.json["counts"] == {"accepted": ALL}
        assert creates(mock) == MEMBERS

    def test_for_programs_every_call_is_a_line(self, planned: Here) -> None:
        done = planned("run", "spring", "--yes", "--json")
        *calls, _ = done.out.split("\n{\n")[0].splitlines(), None
        events = [json.loads(line) for line in calls[0]]
        assert [each["settled"] for each in events] == list(range(1, MEMBERS + 1))
        assert {each["state"] for each in events} == {"done"}
        assert all(each["msgid"] for each in events)

    def test_nobody_is_there_to_be_asked(self, mock: MockServer, planned: Here) -> None:
        done = planned("run", "spring")
        assert done.code == 2
        assert "use --yes" in done.err
        assert creates(mock) == 0

    def test_somebody_says_no_and_somebody_yes(self, mock: MockServer, planned: Here, cli: Cli) -> None:
        for answer, status, sent in (("n\n", 2, 0), ("y\n", 0, MEMBERS)):
            terminal = cli.at_terminal("broadcast", "run", "spring", *JOURNAL)
            terminal.wait_for("Send this broadcast? [y/N] ")
            assert "16 customers in 8 calls" in terminal.screen
            assert "新品上市" in terminal.screen
            terminal.type(answer)
            if sent:
                terminal.wait_for(f"0/{MEMBERS}\x1b")
            assert terminal.end().code == status
            assert creates(mock) == sent

    def test_what_was_refused_and_left_out_is_in_the_report(
        self, mock: MockServer, planned: Here, save: Callable[[str, Any], str], tmp_path: Path
    ) -> None:
        save("audience.csv", (AUDIENCE + "wmNobody,m0\n").encode())
        planned("plan", "other", "message.json", "audience.csv")
        mock.state.faults.add(Fault("errcode", "add_msg_template", times=1, errcode=60111))
        done = planned("run", "other", "--yes", "--concurrency", "1")
        assert done.code == 1
        assert "WeCom has refused some calls: see the report" in done.err
        listed = planned("report", "other")
        rows = list(csv.DictReader(io.StringIO(listed.out)))
        assert Counter(row["standing"] for row in rows) == {"refused": 3, "accepted": 14}
        assert {row["errcode"] for row in rows if row["standing"] == "refused"} == {"60111"}
        assert planned("run", "other", "--yes", "--retry-refused").code == 0
        left_out = planned("report", "other", "--only", "fail_list", "--json")
        assert [row["recipient"] for row in left_out.lines] == ["wmNobody"]
        done = planned("report", "other", "-o", "report.csv", "--lang", "zh")
        assert done.out == "report.csv：17 个接收对象\n"
        assert len((tmp_path / "report.csv").read_text("utf-8").splitlines()) == 18

    def test_status_with_results(self, mock: MockServer, planned: Here) -> None:
        assert planned("status", "spring", "--json").json["counts"] == {"not sent yet": ALL}
        planned("run", "spring", "--yes")
        task = next(iter(mock.state.tasks.values()))
        for userid in task.assignments:
            mock.state.confirm(task.msgid, userid, mock.clock())
        done = planned("status", "spring", "--results", "--json")
        assert done.json["counts"] == {"accepted": ALL - CUSTOMERS, "delivered": CUSTOMERS}
        assert done.json["complete"] is True
        done = planned("status", "spring", "--lang", "zh")
        assert "已送达" in done.out

    def test_a_server_that_isn_t_there(self, planned: Here) -> None:
        done = planned("run", "spring", "--yes", env={"WECOM_BASE_URL": "http://127.0.0.1:9"})
        assert done.code == 6
        assert "was not sent" in done.err
        assert planned("status", "spring", "--json").json["counts"] == {"not sent yet": ALL}


class TestStopping:
    def _slow(self, mock: MockServer) -> Fault:
        return mock.state.faults.add(Fault("slow", "add_msg_template", pause=0.05, size=16))

    def _until(self, mock: MockServer, calls: int) -> None:
        ends = time.monotonic() + 60
        while creates(mock) < calls:
            assert time.monotonic() < ends
            time.sleep(0.01)

    @pytest.mark.parametrize(("signum", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_a_signal_finishes_what_is_in_flight(
        self, mock: MockServer, planned: Here, cli: Cli, signum: int, status: int
    ) -> None:
        self._slow(mock)
        process = cli.start("broadcast", "run", "spring", "--yes", "--concurrency", "1", *JOURNAL)
        self._until(mock, 2)
        process.send_signal(signum)
        done = cli.end(process)
        assert done.code == status
        assert "recipients are left; to go on: wecom broadcast run spring --journal journal.db" in done.err
        counts = planned("status", "spring", "--json").json["counts"]
        assert set(counts) == {"accepted", "not sent yet"}
        mock.state.faults.clear()
        assert planned("run", "spring", "--yes").code == 0
        assert set(asked(mock).values()) == {1}
        assert asked(mock).total() == ALL

    def test_a_killed_one_is_gone_on_with_and_nobody_gets_it_twice(
        self, mock: MockServer, planned: Here, cli: Cli
    ) -> None:
        env = {"WECOM_TIMEOUT": "2"}
        self._slow(mock)
        process = cli.start("broadcast", "run", "spring", "--yes", *JOURNAL, env=dict(env))
        self._until(mock, 5)
        process.kill()
        cli.end(process)
        mock.state.faults.clear()
        counts = planned("status", "spring", "--json").json["counts"]
        assert sum(counts.values()) == ALL
        assert counts["unknown"] >= CUSTOMERS, "what was in flight is not called unsent"
        ends = time.monotonic() + 60
        # Until the deadline of the calls that were cut off has passed, and a task would be in the list.
        while (done := planned("run", "spring", "--yes", env=env)).code != 0:
            assert time.monotonic() < ends, done.err
            cli("recover", *JOURNAL, "--settle", "1s", env=dict(env))
        assert set(asked(mock).values()) == {1}
        assert asked(mock).total() == ALL
        counts = planned("status", "spring", "--json").json["counts"]
        assert set(counts) <= {"accepted", "accepted or in fail_list"}
        assert sum(counts.values()) == ALL


def test_a_library_that_is_missing_is_named(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("wecom_openapi.broadcast", "wecom_cli.broadcast"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    done = here("status", "x")
    assert done.code == 5
    assert "sqlalchemy is needed: pip install 'wecom-openapi[journal]'" in done.err
