"""A journal that can't be used: one clear error each, and nothing is sent."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fault_server import CORPID, SECRET, Connection, FaultServer, Seen, environment
from servers import PostgresServer
from sqlalchemy import text

from wecom_openapi import AsyncWeCom, Journal, JournalError, Outcome, WeCom
from wecom_openapi.journal.group_commit import GroupCommit

CREATE: dict[str, Any] = {"external_userid": ["wmA"], "text": "新品"}
PASSWORD = "p4ssw0rd-canary"


def done(connection: Connection, seen: Seen) -> None:
    connection.answer({"errcode": 0, "errmsg": "ok", "msgid": "m1"})


@pytest.fixture
def server(serve: Callable[..., FaultServer]) -> FaultServer:
    return serve(done)


def refuses(server: FaultServer, journal: Any, match: str) -> JournalError:
    """A client with it raises, when it is built or when it is to send, and nothing has left."""

    def use() -> None:
        with WeCom(CORPID, SECRET, base_url=server.base_url, journal=journal) as wecom:
            wecom.add_msg_template(key="k", **CREATE)

    with pytest.raises(JournalError, match=match) as caught:
        use()
    assert server.seen == []
    assert caught.value.outcome is Outcome.NOT_SENT
    told = "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in told
    assert "sqlalchemy.exc" not in told
    return caught.value


def test_one_of_a_newer_version(server: FaultServer, where: str) -> None:
    with Journal(where) as journal, journal.writing() as connection:
        connection.execute(text("UPDATE wecom_journal_schema SET version = 2"))
    refuses(
        server,
        where,
        "^the tables of the journal have version 2, and this program knows version 1: use the program that made them, "
        "or another journal$",
    )


def test_one_that_is_locked(server: FaultServer, file: Path) -> None:
    with Journal(file, patience=0.3) as journal:
        journal.open()
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            error = refuses(server, journal, r"another process has it locked, for longer than 0\.3 s$")
            assert (str(error), error.operation) == (
                f"add_msg_template was not sent: the journal sqlite:///{file} can't be used: another process has it "
                "locked, for longer than 0.3 s",
                "add_msg_template",
            )
            other.execute("ROLLBACK")
        with WeCom(CORPID, SECRET, base_url=server.base_url, journal=journal) as wecom:
            assert wecom.add_msg_template(key="k", **CREATE).msgid == "m1"


def test_many_threads_wait_for_a_locked_one_no_longer_than_one_does(file: Path) -> None:
    with Journal(file, patience=0.3) as journal:
        journal.open()
        told: list[Exception] = []

        def begin(number: int) -> None:
            try:
                journal.begin(
                    account="w", server="s", operation="o", body=b"{}", digest="d", key=str(number), seconds=1
                )
            except JournalError as exc:
                told.append(exc)

        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            threads = [threading.Thread(target=begin, args=(number,)) for number in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
            other.execute("ROLLBACK")
        assert len(told) == 6
        assert len({id(exc) for exc in told}) == 6
        assert journal.entries() == []


def test_a_locked_row_of_postgresql(server: FaultServer, postgres_url: str) -> None:
    with Journal(postgres_url, patience=0.3) as journal, Journal(postgres_url) as other:
        journal.open()
        with other.writing() as connection:
            connection.execute(text("LOCK TABLE wecom_journal"))
            refuses(server, journal, r"something in it is locked for longer than 0\.3 s$")


def test_a_file_that_is_no_database(server: FaultServer, file: Path) -> None:
    file.write_text("external_userid\nwmA\n" * 100)
    before = file.read_bytes()
    refuses(server, file, r"journal\.db can't be used: the file is no database of SQLite$")
    assert file.read_bytes() == before


def test_a_database_that_is_damaged(server: FaultServer, file: Path) -> None:
    with Journal(file) as journal:
        journal.open()
    with contextlib.closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = file.read_bytes()
    file.write_bytes(raw[:4096] + b"\xff" * (len(raw) - 4096))
    refuses(server, file, r"can't be used: the file is (damaged|no database of SQLite)$")


@pytest.mark.parametrize("name", ["missing/journal.db", "."])
def test_a_place_where_no_file_can_be(server: FaultServer, tmp_path: Path, name: str) -> None:
    refuses(server, tmp_path / name, r"^the journal sqlite:///.* can't be (created|used): ")


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("", "not an empty text"),
        ("sqlite://", r"a file is needed, as in sqlite:///journal\.db"),
        ("sqlite:///:memory:", "what is in memory is lost"),
        (":memory:", "what is in memory is lost"),
        ("sqlite:///file.db?mode=ro", "a file is needed"),
        ("mysql://me:PW@127.0.0.1/db", r"^journal: a database of SQLite .* or PostgreSQL"),
        ("postgres://me:PW@127.0.0.1/db", "^journal: a database of SQLite"),
        ("postgresql+psycopg2://me:PW@127.0.0.1/db", "^journal: a database of SQLite"),
        ("postgresql://me:PW/x@127.0.0.1:port/db", "^journal: that is no URL of a database"),
        ("postgresql://me:PW@127.0.0.1:99x/db", "^journal: that is no URL of a database"),
        ("://me:PW@127.0.0.1/db", "^journal: that is no URL of a database"),
    ],
)
def test_a_url_with_a_typo(server: FaultServer, url: str, match: str) -> None:
    refuses(server, url.replace("PW", PASSWORD), match)


@pytest.mark.parametrize("name", ["", ":memory:"])
def test_a_path_that_is_no_file(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """SQLite would keep it in memory, and the next process would send everything again."""

    class Named:
        def __fspath__(self) -> str:
            return name

    monkeypatch.chdir(tmp_path)
    refuses(server, Named(), "^journal: a (file|path or the URL of a database) is needed")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("journal", [7, b"journal.db", True, object()])
def test_what_is_no_journal(journal: Any) -> None:
    with pytest.raises(TypeError, match=r"^journal: a path or the URL of a database is needed, not "):
        WeCom(CORPID, SECRET, journal=journal)


def test_postgresql_itself_ends_what_takes_longer_than_the_patience(postgres_url: str) -> None:
    """So that nothing waits there for a client that has long gone."""
    with Journal(postgres_url, patience=0.3) as journal, journal.reading() as connection:
        found = [
            connection.exec_driver_sql(f"SHOW {name}_timeout").scalar() for name in ("lock", "statement")
        ]
    assert found == ["300ms", "600ms"]


def test_postgresql_where_nobody_listens(server: FaultServer) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"postgresql+psycopg://me:{PASSWORD}@127.0.0.1:{free.getsockname()[1]}/db"
        refuses(
            server,
            url,
            r"^the journal postgresql://127\.0\.0\.1:\d+/db can't be used: nobody listens at this",
        )


def test_postgresql_that_does_not_answer(server: FaultServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql+psycopg://me:{PASSWORD}@127.0.0.1:{silent.getsockname()[1]}/db"
        with Journal(url, patience=2) as journal:
            refuses(server, journal, "it doesn't answer within 2 s$")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda url: url.replace(url.split(":")[2].split("@")[0], PASSWORD), "user or password is wrong"),
        (lambda url: url.replace("//wecom:", "//nobody:"), "user or password is wrong"),
        (lambda url: url.rpartition("/")[0] + "/elsewhere", "there is no such database"),
    ],
    ids=["password", "user", "database"],
)
def test_postgresql_that_takes_exception(
    server: FaultServer, postgres_url: str, change: Callable[[str], str], match: str
) -> None:
    refuses(server, change(postgres_url), match)


def test_postgresql_that_ends_while_it_is_used(server: FaultServer) -> None:
    with PostgresServer() as own, Journal(own.new_database(), patience=2) as journal:
        journal.open()
        own.kill()
        refuses(server, journal, r"can't be used: (nobody listens|the connection failed)")
        own.again()
        with WeCom(CORPID, SECRET, base_url=server.base_url, journal=journal) as wecom:
            assert wecom.add_msg_template(key="k", **CREATE).msgid == "m1"


IN_A_PROCESS = """
import os, resource, sys
from wecom_openapi import Journal, JournalError, WeCom
journal = Journal(sys.argv[2], patience=1)
journal.open()
wecom = WeCom("wwcorp", "s3cr3t-of-the-app", base_url=sys.argv[1], journal=journal)
{trouble}
try:
    for number in range(2000):
        wecom.add_msg_template(key=str(number), external_userid=["wmA"], text="x" * 4000, sender="zhangsan")
    print("sent")
except JournalError as exc:
    print(number, exc)
"""


def in_a_process(trouble: str, server: FaultServer, file: Path) -> str:
    program = IN_A_PROCESS.format(trouble=trouble)
    done = subprocess.run(
        [sys.executable, "-c", program, server.base_url, str(file)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")
def test_a_full_disk(server: FaultServer, file: Path) -> None:
    limit = "size = 200_000; resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))"
    number, told = in_a_process(limit, server, file).split(" ", 1)
    assert "can't be used: the disk " in told
    assert told.startswith("add_msg_template was not sent: ")
    # Whatever was sent was written down before, and the one that could not be was not sent.
    assert len(server.calls) == int(number) > 0
    with Journal(file) as journal:
        assert {entry.key for entry in journal.entries()} == {str(each) for each in range(int(number))}


@pytest.mark.skipif(sys.platform == "win32", reason="the rights of a file are other things on Windows")
def test_one_that_may_only_be_read(server: FaultServer) -> None:
    # Root may write everywhere, so it becomes nobody, who can come here.
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    leave = "journal.close(); os.chmod(sys.argv[2], 0o444); os.geteuid() or os.setresuid(65534, 65534, 0); "
    leave += "wecom._driver.recorder.journal = journal = Journal(sys.argv[2])"
    try:
        with Journal(folder / "journal.db") as journal:
            journal.open()
        told = in_a_process(leave, server, folder / "journal.db")
    finally:
        shutil.rmtree(folder)
    assert "; see the rights of the file and its folder" in told
    assert server.seen == []


def test_without_sqlalchemy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "from wecom_openapi import WeCom, InvalidRequest\n"
        "try: WeCom('ww', 'secret').add_msg_template(sender='a', text='b', external_userid=['wmA'], key='k')\n"
        "except InvalidRequest as exc: print(exc)\n"
        "try: WeCom('ww', 'secret', journal='journal.db')\n"
        "except ImportError as exc: print(exc)\n"
        "try: from wecom_openapi import Journal\n"
        "except ImportError as exc: print(exc)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
        timeout=60,
    )
    first, second, third = done.stdout.splitlines()
    assert first.startswith("key: this client has no journal")
    assert second == third == "a journal needs SQLAlchemy: pip install 'wecom-openapi[journal]'"


class Held:
    """Transactions that wait in their midst until they are let go."""

    def __init__(self) -> None:
        self.entered, self.go = threading.Event(), threading.Event()
        self.batches: list[int] = []
        """How many works each had."""

    def __call__(self, works: Any, durable: bool) -> list[Any]:
        self.batches.append(len(works))
        self.entered.set()
        assert self.go.wait(30)
        return [work(None) for work in works]


class TestSharingACommit:
    @staticmethod
    def group(transact: Any) -> GroupCommit:
        return GroupCommit(transact, lambda: JournalError("late"))

    def test_what_waits_is_done_together(self) -> None:
        held = Held()
        group, results = self.group(held), []
        run = lambda number: results.append(group.run(lambda _: number, durable=False, patience=30))  # noqa: E731
        threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
        threads[0].start()
        assert held.entered.wait(30)
        for thread in threads[1:]:
            thread.start()
        while len(group._queue) < 5:
            assert threads[0].is_alive()
        held.go.set()
        for thread in threads:
            thread.join(30)
        assert sorted(results) == list(range(6))
        assert held.batches == [1, 5]

    def test_one_that_must_survive_makes_all_of_them_survive(self) -> None:
        seen: list[bool] = []
        group = self.group(lambda works, durable: seen.append(durable) or [None] * len(works))
        for durable in (False, True):
            group.run(lambda _: None, durable=durable, patience=1)
        assert seen == [False, True]

    def test_one_that_fails_by_itself_fails_alone(self) -> None:
        def transact(works: Any, durable: bool) -> list[Any]:
            return [work(None) for work in works]

        group = self.group(transact)
        with pytest.raises(ZeroDivisionError):
            group.run(lambda _: 1 // 0, durable=False, patience=1)
        assert group.run(lambda _: 7, durable=False, patience=1) == 7

    def test_after_an_interruption_the_next_one_gets_its_turn(self) -> None:
        def interrupted(works: Any, durable: bool) -> list[Any]:
            raise KeyboardInterrupt

        group = self.group(interrupted)
        with pytest.raises(KeyboardInterrupt):
            group.run(lambda _: None, durable=False, patience=1)
        group._transact = lambda works, durable: [work(None) for work in works]
        assert group.run(lambda _: 7, durable=False, patience=1) == 7

    @pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no signal reaches a thread here")
    @pytest.mark.parametrize("others", [0, 1])
    def test_who_is_interrupted_while_it_waits_keeps_nobody_waiting(self, others: int) -> None:
        """Ctrl-C in the main thread, which stands first in the row when the one before it ends."""
        held = Held()
        group, did = self.group(held), []

        def write(what: str) -> None:
            group.run(lambda _: did.append(what), durable=False, patience=30)

        def interrupt() -> None:
            while not group._queue:
                assert leader.is_alive()
            for other in behind:
                other.start()
                while len(group._queue) < 2:
                    assert other.is_alive()
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

        leader = threading.Thread(target=write, args=("first",))
        behind = [threading.Thread(target=write, args=("behind",)) for _ in range(others)]
        leader.start()
        assert held.entered.wait(30)
        threading.Thread(target=interrupt).start()
        with pytest.raises(KeyboardInterrupt):
            write("interrupted")
        held.go.set()
        for thread in (leader, *behind):
            thread.join(30)
        write("next")
        assert did == ["first", *["behind"] * others, "next"]

    def test_who_waits_too_long_is_told_and_its_work_is_not_done(self) -> None:
        held = Held()
        group, did = self.group(held), []
        thread = threading.Thread(
            target=lambda: group.run(lambda _: did.append("first"), durable=False, patience=30)
        )
        thread.start()
        assert held.entered.wait(30)
        with pytest.raises(JournalError, match="late"):
            group.run(lambda _: did.append("second"), durable=False, patience=0.05)
        held.go.set()
        thread.join(30)
        assert did == ["first"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_after_a_fork(file: Path, server: FaultServer) -> None:
    """As a worker of Celery is made: the parent's connections are not the child's."""
    program = """
import os, sys
from wecom_openapi import Journal
journal = Journal(sys.argv[2])
def begin(key):
    return journal.begin(account="w", server="s", operation="o", body=b"{}", digest=key, key=key, seconds=1).is_ours
assert begin("parent")
child = os.fork()
if not child:
    assert not begin("parent") and begin("child")
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
print(begin("again"), [entry.key for entry in journal.entries()])
"""
    done = subprocess.run(
        [sys.executable, "-c", program, "", str(file)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert done.stdout == "True ['parent', 'child', 'again']\n", done.stderr


def test_a_client_for_tasks_opens_it_when_it_is_needed_and_not_before(
    server: FaultServer, file: Path
) -> None:
    import asyncio

    async def main() -> None:
        async with AsyncWeCom(CORPID, SECRET, base_url=server.base_url, journal=file) as wecom:
            assert not file.exists()
            await wecom.add_msg_template(key="k", **CREATE)
            assert file.exists()

    asyncio.run(main())
