"""The file of a state: what it takes, what it refuses in one line, and that a call is in it whole or not at all."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sqlite3
import stat
import time
import tracemalloc
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve, field, fields

from wecom_mock import App, Clock, Company, Customer, Request, State, handle, make_company
from wecom_mock.admin_doings import move_clock
from wecom_mock.caller import Caller
from wecom_mock.calls import CallLog
from wecom_mock.codec import codec_for
from wecom_mock.persistence import (
    APPLICATION,
    PASSING,
    VERSION,
    StateFileError,
    StoredState,
    _keep,
    open_state,
)
from wecom_mock.refusal import StorageError
from wecom_mock.stored import StoredDict, StoredList, StoredTasks
from wecom_mock.tasks import Task, Tasks
from wecom_mock.unit_of_work import UnitOfWork

NOW = 1795320000.0
TEXT = {"sender": "zhangsan", "text": {"content": "你好"}}
FAR_END = {"chat_type": "single", "start_time": int(NOW) - 1, "end_time": int(NOW) + 1}


def caller(state: State) -> Caller:
    return Caller(state, lambda: NOW)


def listed(state: State) -> list[str]:
    found = caller(state).call("get_groupmsg_list_v2", FAR_END)
    return [row["msgid"] for row in found.body["group_msg_list"]]


def under_lock(state: State, steps: Callable[[], None]) -> None:
    with state.lock:
        steps()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


def small_company(corpid: str = "wwacme", *, name: str = "a") -> Company:
    customer = Customer(external_userid="wm1", followed_by=("m1", "m2"), last_chat="m1")
    return make_company(
        corpid=corpid, apps=[App(name=name, secret="s")], members=["m1", "m2"], customers=[customer]
    )


class TestWhatIsKept:
    def test_every_field_of_a_state_is_in_the_file_or_belongs_to_the_run(self, place: Path) -> None:
        state = open_state(place)
        kept = {"tokens": StoredDict, "tasks": StoredTasks, "_minted": StoredDict}
        for each in fields(StoredState):
            if each.name in kept:
                assert type(getattr(state, each.name)) is kept[each.name]
            else:
                assert each.name in {
                    *PASSING,
                    "company",
                    "seed",
                    "moments",
                    "ledger",
                    "welcome",
                    "suites",
                    "media",
                    "faults",
                    "script",
                    "ahead",
                }
        assert type(state.welcome.sent) is StoredList
        state.close()

    def test_a_field_that_could_be_missed_is_refused(self, place: Path) -> None:
        @define
        class Careless:
            names: list[str] = field(factory=list)

        @define
        class Odd:
            names: MutableMapping[str, bytes] = field(factory=dict)

        for holder in (Careless(), Odd()):
            # Type hints of a local class.
            type(holder).__annotations__ = {"names": next(iter(fields(type(holder)))).type}
        connection = sqlite3.connect(place, isolation_level=None)
        unit = UnitOfWork(connection)
        with pytest.raises(TypeError, match=r"^a change inside names would be missed: list\[str\]$"):
            _keep(unit, Careless())
        with pytest.raises(TypeError, match=r"^no way to keep a value of type <class 'bytes'>$"):
            _keep(unit, Odd())
        connection.close()

    def test_the_company_goes_on_as_it_became(self, place: Path) -> None:
        company = small_company()
        state = open_state(place, company)
        state.unfriend("m1", "wm1")
        state.close()
        for given in (company, None):
            state = open_state(place, given)
            assert state.company.customers["wm1"].followed_by == ("m2",)
            state.close()
        # A file that its owner has edited is newer than what became of it.
        edited = small_company(name="b")
        state = open_state(place, edited)
        assert state.company == edited
        state.close()
        state = open_state(place)
        assert state.company == edited
        state.close()

    def test_a_company_that_a_test_sets_is_kept_with_the_next_call(self, place: Path) -> None:
        state = open_state(place)
        state.company = evolve(state.company, members=(*state.company.members, "new"))
        state.close()
        state = open_state(place)
        assert "new" in state.company.members
        state.close()

    def test_a_running_clock_goes_on_unless_somebody_has_set_it(self, place: Path) -> None:
        state = open_state(place)
        clock = Clock(running=True)
        state.take_clock(clock)
        clock.move(days=3)  # by hand, with no call after it
        state.close()
        for given, days in (
            (Clock(running=True), 3),
            (Clock(time.time(), running=True), 0),
            (Clock(5), None),
        ):
            state = open_state(place)
            before = given()
            state.take_clock(given)
            if days is None:
                assert given() == 5
            else:
                assert given() - before == pytest.approx(days * 86400, abs=60)
            assert state.ahead == pytest.approx(3 * 86400, abs=1)
            if isinstance(state.lock, UnitOfWork):
                state.lock.close()  # as if nothing was called

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ("0.0", None),
            ("1e400", "inf"),
            ("NaN", "nan"),
            ("-1e10", "-10000000000.0"),
            ("3e9", "3000000000.0"),
        ],
    )
    def test_a_clock_at_no_time_is_refused(self, value: str, told: str | None, place: Path) -> None:
        state = open_state(place)
        assert isinstance(state.lock, UnitOfWork)
        with state.lock:
            state.lock.write("UPDATE cells SET value = ? WHERE place = 'ahead'", (value,))
        state.lock.close()
        if told is None:
            open_state(place).close()
        else:
            with pytest.raises(StateFileError) as caught:
                open_state(place)
            assert (
                str(caught.value)
                == f"{place}: its clock is {told} s ahead of this machine's, where no time is"
            )

    def test_a_move_that_can_not_be_kept_is_none(self, place: Path) -> None:
        state = open_state(place)
        clock = Clock(running=True)
        state.take_clock(clock)
        assert isinstance(state.lock, UnitOfWork)
        state.lock.read("PRAGMA query_only = 1")
        before = clock.ahead
        with pytest.raises(StorageError):
            move_clock(state, {"move": 7200}, clock())
        assert clock.ahead == pytest.approx(before, abs=1)
        state.lock.read("PRAGMA query_only = 0")
        state.close()
        again = open_state(place)
        assert again.ahead == pytest.approx(0, abs=1)
        again.close()

    def test_the_seed_is_that_of_the_file(self, place: Path) -> None:
        open_state(place, seed=7).close()
        state = open_state(place)
        assert state.seed == 7
        assert caller(state).token() == caller(State(seed=7)).token()
        state.close()
        open_state(place, seed=7).close()
        with pytest.raises(StateFileError, match=f"^{place}: begun with the seed 7, not 8$"):
            open_state(place, seed=8)

    def test_one_process_keeps_it_with_a_log_of_what_is_to_be_written(self, place: Path) -> None:
        state = open_state(place)
        assert isinstance(state.lock, UnitOfWork)
        told = {
            name: state.lock.read(f"PRAGMA {name}")[0][0]
            for name in ("journal_mode", "synchronous", "locking_mode")
        }
        assert told == {"journal_mode": "wal", "synchronous": 1, "locking_mode": "exclusive"}
        assert state.lock.read("PRAGMA application_id") == [(APPLICATION,)]
        assert state.lock.read("PRAGMA user_version") == [(VERSION,)]
        state.close()

    def test_nobody_else_may_read_it(self, place: Path) -> None:
        state = open_state(place)
        caller(state).token()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in place.parent.iterdir()}
        assert set(modes) == {"state.sqlite", "state.sqlite-wal"}
        assert set(modes.values()) == {0o600}
        state.close()

    def test_a_value_is_the_same_object_under_the_lock_and_a_copy_after_it(self, place: Path) -> None:
        state = open_state(place)
        msgid = caller(state).call("add_msg_template", TEXT).body["msgid"]
        with state.lock:
            assert state.tasks[msgid] is state.tasks[msgid]
            state.tasks[msgid].cancelled = True
        assert state.tasks[msgid].cancelled
        state.tasks[msgid].cancelled = False
        assert state.tasks[msgid].cancelled
        state.close()

    def test_memory_is_flat(self, place: Path) -> None:
        def grown(state: State) -> int:
            state.calls = CallLog(50)  # it is bounded too, but full only after thousands of calls
            body = json.dumps({"sender": "zhangsan", "text": {"content": "x" * 3000}}).encode()
            query = b"access_token=" + caller(state).token().encode()
            request = Request("POST", "/cgi-bin/externalcontact/add_msg_template", query, body)
            was = 0
            tracemalloc.start()
            for number in range(400):
                if number == 100:
                    gc.collect()
                    was = tracemalloc.get_traced_memory()[0]
                assert b'"errcode":0' in handle(state, request, NOW).body
            gc.collect()
            now = tracemalloc.get_traced_memory()[0]
            tracemalloc.stop()
            return now - was

        state = open_state(place)
        assert grown(state) < 50_000
        assert len(state.tasks) == 400
        state.close()
        # What the figure is compared with: 300 texts of 3,000 characters at the least.
        assert grown(State()) > 900_000


class TestRefusedFiles:
    """One line that names the file; and the file is as it was."""

    def refused(self, place: Path, what: str) -> None:
        with pytest.raises(StateFileError) as caught:
            open_state(place)
        assert str(caught.value) == f"{place}: {what}"

    def test_a_place_that_is_none(self, tmp_path: Path) -> None:
        self.refused(tmp_path / "missing" / "s.sqlite", "can't be used: No such file or directory")
        self.refused(tmp_path, "can't be used: Is a directory")
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        self.refused(pipe, "is no regular file")
        file = tmp_path / "file"
        file.touch()
        self.refused(file / "s.sqlite", "can't be used: Not a directory")

    def test_another_kind_of_file(self, place: Path) -> None:
        place.write_text("corpid: wwacme\n" * 100)
        self.refused(place, "not a SQLite file")
        assert place.read_text() == "corpid: wwacme\n" * 100

    @pytest.mark.parametrize("application", [0, 0x12345678])
    def test_a_database_of_another_program(self, place: Path, application: int) -> None:
        with sqlite3.connect(place) as other:
            other.execute(f"PRAGMA application_id = {application}")
            other.execute("CREATE TABLE tasks (id INTEGER)")
        other.close()
        was = place.read_bytes()
        self.refused(place, "a SQLite file of another program")
        assert place.read_bytes() == was

    def test_a_newer_version(self, place: Path) -> None:
        open_state(place).close()
        with sqlite3.connect(place) as newer:
            newer.execute(f"PRAGMA user_version = {VERSION + 1}")
        newer.close()
        self.refused(place, f"written by a newer version (format {VERSION + 1}, known is {VERSION})")

    def test_a_file_in_use(self, place: Path) -> None:
        state = open_state(place)
        msgid = caller(state).call("add_msg_template", TEXT).body["msgid"]
        self.refused(place, "in use by another process")
        assert listed(state) == [msgid]
        state.close()
        open_state(place).close()

    def test_another_company(self, place: Path) -> None:
        open_state(place, small_company()).close()
        with pytest.raises(StateFileError, match=f"^{place}: holds the company 'wwacme', not 'wwother'$"):
            open_state(place, small_company("wwother"))
        open_state(place, small_company()).close()

    @pytest.mark.parametrize("value", ["", "{", "[]", '{"corpid": 5}', "null"])
    def test_values_that_the_mock_did_not_write(self, place: Path, value: str) -> None:
        open_state(place).close()
        with sqlite3.connect(place) as other:
            other.execute("UPDATE cells SET value = ? WHERE place = 'company'", (value,))
        other.close()
        self.refused(place, "the file holds something that this mock didn't write")

    def test_a_damaged_database(self, place: Path) -> None:
        state = open_state(place)
        for _ in range(50):
            caller(state).call("add_msg_template", TEXT)
        state.close()
        raw = bytearray(place.read_bytes())
        raw[100:8192] = b"\xff" * 8092
        place.write_bytes(raw)
        self.refused(place, "database disk image is malformed")

    def test_what_a_process_leaves_that_died_at_its_very_start_is_taken(self, place: Path) -> None:
        place.touch()
        state = open_state(place)
        assert caller(state).token()
        state.close()
        # The head of the file alone, as after the change to the write-ahead log.
        place.unlink()
        begun = sqlite3.connect(place)
        begun.execute("PRAGMA journal_mode = WAL")
        begun.close()
        assert place.stat().st_size > 0
        state = open_state(place)
        assert caller(state).token()
        state.close()
        check = sqlite3.connect(place)
        assert check.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        check.close()


class TestWholeOrNotAtAll:
    def test_a_full_disk_refuses_the_call_and_changes_nothing(self, place: Path) -> None:
        state = open_state(place)
        kept = [caller(state).call("add_msg_template", TEXT).body["msgid"] for _ in range(3)]
        token = caller(state).token()
        assert isinstance(state.lock, UnitOfWork)
        pages = state.lock.read("PRAGMA page_count")[0][0]
        state.lock.read(f"PRAGMA max_page_count = {pages}")
        large = {**TEXT, "text": {"content": "x" * 4000}}
        refused = [caller(state).call("add_msg_template", large, token=token) for _ in range(4)]
        assert refused[-1].status == 500
        assert refused[-1].reason == "state: database or disk is full"
        kept += [one.body["msgid"] for one in refused if one.status == 200]
        assert list(state.tasks) == kept
        minted = dict(state._minted)
        company = state.company

        def too_much() -> None:
            state.company = small_company()
            state.unfriend("m1", "wm1")
            state._minted["msgid"] = 1000
            state.tasks["large"] = Task("large", "single", {"text": "x" * 50000}, NOW, {}, [])

        with pytest.raises(StorageError, match=r"^database or disk is full$"):
            under_lock(state, too_much)
        assert state.company is company
        assert dict(state._minted) == minted
        assert list(state.tasks) == kept
        state.lock.read("PRAGMA max_page_count = 1000000")
        kept.append(caller(state).call("add_msg_template", large, token=token).body["msgid"])
        state.close()
        state = open_state(place)
        assert list(state.tasks) == kept
        assert len(set(kept)) == len(kept)
        state.close()

    def test_a_step_that_was_broken_off_leaves_nothing(self, place: Path) -> None:
        state = open_state(place)

        def broken_off() -> None:
            state.next_number("msgid")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            under_lock(state, broken_off)
        assert dict(state._minted) == {}
        # What a method refuses has the effects that it has in memory.

        def refused() -> None:
            state.next_number("msgid")
            state.unfriend("nobody", "nobody")

        with pytest.raises(LookupError):
            under_lock(state, refused)
        assert dict(state._minted) == {"msgid": 1}
        state.close()

    def test_a_value_that_can_not_be_kept_is_an_error_at_once(self, place: Path) -> None:
        state = open_state(place)
        msgid = caller(state).call("add_msg_template", TEXT).body["msgid"]
        with pytest.raises(TypeError), state.lock:
            state.tasks[msgid].body["text"] = object()
        assert state.tasks[msgid].body == TEXT
        state.close()


class TestDicts:
    """What a dict in a file does otherwise than a dict in memory would be seen here."""

    @pytest.fixture(params=["memory", "file"])
    def numbers(self, request: pytest.FixtureRequest, place: Path) -> Any:
        if request.param == "memory":
            yield {}
        else:
            connection = sqlite3.connect(place, isolation_level=None)
            unit = UnitOfWork(connection)
            with unit:
                found: StoredDict[tuple[str, str], int] = StoredDict(
                    unit, "numbers", codec_for(tuple[str, str]), codec_for(int)
                )
            yield found
            unit.close()

    def test_order_change_and_deletion(self, numbers: Any) -> None:
        for number in range(100):
            numbers["k", str(number)] = number
        numbers["k", "5"] = -5
        del numbers["k", "7"]
        numbers["k", "7"] = 7
        keys = [("k", str(number)) for number in range(100) if number != 7] + [("k", "7")]
        assert list(numbers) == list(numbers.keys()) == keys
        assert list(numbers.values())[5] == -5
        assert list(numbers.items())[-1] == (("k", "7"), 7)
        assert list(reversed(numbers)) == keys[::-1]
        assert next(reversed(numbers.items())) == (("k", "7"), 7)
        assert list(reversed(numbers.values())) == list(numbers.values())[::-1]
        assert len(numbers) == len(numbers.items()) == len(numbers.values()) == 100
        assert ("k", "7") in numbers
        assert ("k", "x") not in numbers
        assert numbers.get(("k", "x"), 3) == 3
        assert numbers.setdefault(("k", "x"), 4) == 4
        assert numbers.pop(("k", "x")) == 4
        for change in (lambda: numbers["no", "no"], lambda: numbers.__delitem__(("no", "no"))):
            with pytest.raises(KeyError):
                change()
        numbers.clear()
        assert not numbers
        assert list(numbers.items()) == []

    def test_half_a_surrogate_pair_is_a_key_like_any_other(self, numbers: Any) -> None:
        numbers["\ud800", "\0"] = 1
        assert list(numbers) == [("\ud800", "\0")]


@pytest.mark.parametrize("kind", ["memory", "file"])
class TestTasksOfAPeriod:
    @pytest.fixture
    def tasks(self, kind: str, place: Path) -> Iterator[Any]:
        if kind == "memory":
            yield Tasks()
        else:
            with contextlib.closing(open_state(place)) as state:
                yield state.tasks

    def test_both_ends_count_and_the_oldest_is_first(self, tasks: Any) -> None:
        for msgid, created in (("d", 13), ("a", 10), ("c", 12.9), ("b", 12.1), ("e", 14)):
            tasks[msgid] = Task(msgid, "single", {}, created, {}, [])
        tasks["group"] = Task("group", "group", {}, 12, {}, [])
        tasks["own"] = Task("own", "single", {}, 12, {}, [], creator="m", create_type=1)

        def found(start: int, end: int, **more: Any) -> list[str]:
            return [task.msgid for task in tasks.between(start, end, **{"chat_type": "single", **more})]

        assert found(10, 14) == ["a", "c", "b", "own", "d", "e"]
        assert found(11, 13) == ["c", "b", "own", "d"]
        assert found(0, 9) == []
        assert found(0, 99, chat_type="group") == ["group"]
        assert found(0, 99, creator="m") == found(0, 99, create_type=1) == ["own"]
        assert found(0, 99, creator="x") == []
        assert found(0, 99, create_type=0) == ["a", "c", "b", "d", "e"]
        assert [task.msgid for task in tasks.newest(3)] == ["own", "group", "e"]
        assert [task.msgid for task in tasks.newest(100)] == list(tasks)[::-1]
        assert tasks.newest(0) == []

    def test_it_is_a_sequence(self, tasks: Any) -> None:
        for number in range(100):
            tasks[str(number)] = Task(str(number), "single", {}, number, {}, [])
        found = tasks.between(10, 89, chat_type="single")
        assert len(found) == 80
        assert [found[number].msgid for number in (0, 79, -1, -80, 40)] == ["10", "89", "89", "10", "50"]
        assert [task.msgid for task in found[3:6]] == ["13", "14", "15"]
        for index in (80, -81):
            with pytest.raises(IndexError):
                found[index]


def test_a_list_grows_at_its_end_only(place: Path, request: pytest.FixtureRequest) -> None:
    connection = sqlite3.connect(place, isolation_level=None)
    request.addfinalizer(connection.close)
    unit = UnitOfWork(connection)
    with unit:
        names: StoredList[str] = StoredList(unit, "names", codec_for(str))
    for name in "abc":
        names.append(name)
    assert list(names) == names == ["a", "b", "c"]
    assert names != ["a", "b"]
    assert (names[0], names[-1], names[1:]) == ("a", "c", ["b", "c"])
    changes: list[Callable[[], object]] = [
        lambda: names.insert(0, "x"),
        lambda: names.__setitem__(0, "x"),
        lambda: names.pop(),
    ]
    for change in changes:
        with pytest.raises(TypeError):
            change()
    with pytest.raises(IndexError):
        names[3]
    names.clear()
    assert len(names) == 0
    unit.close()
