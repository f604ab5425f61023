"""kill -9 in the middle of calls: what was answered is there after the restart, and nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from wecom_conformance.budget import SEED

ADD = "/cgi-bin/externalcontact/add_msg_template"
LIST = "/cgi-bin/externalcontact/get_groupmsg_list_v2"
CLIENTS, KILLS = 3, 4


@contextmanager
def serving(place: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "wecom_mock", "serve", "--port", "0", "--state", str(place), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first.startswith("WeCom mock on "), process.communicate()
        yield process, first.strip().removeprefix("WeCom mock on ")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def token_of(client: httpx.Client) -> str:
    answer = client.get("/cgi-bin/gettoken", params={"corpid": "wwdemo", "corpsecret": "demo"}).json()
    return str(answer["access_token"])


class Sender(threading.Thread):
    """Creates tasks, one after the other, until the server is gone; notes what was sent and what was answered."""

    def __init__(self, base: str, token: str, name: str, answered: threading.Semaphore) -> None:
        super().__init__(name=name, daemon=True)
        self._base, self._token, self._answered = base, token, answered
        self.sent: list[str] = []
        self.confirmed: dict[str, str] = {}

    def run(self) -> None:
        with httpx.Client(base_url=self._base, trust_env=False, timeout=60) as client:
            while True:
                content = f"{self.name}-{len(self.sent)}"
                self.sent.append(content)
                body = json.dumps({"sender": "zhangsan", "text": {"content": content}}).encode()
                try:
                    answer = client.post(ADD, params={"access_token": self._token}, content=body).json()
                except (httpx.HTTPError, ValueError):
                    return
                self.confirmed[answer["msgid"]] = content
                self._answered.release()


def listed(client: httpx.Client, token: str) -> list[tuple[str, str]]:
    """msgid and text of every task."""
    found: list[tuple[str, str]] = []
    now = int(time.time())
    body: dict[str, Any] = {"chat_type": "single", "start_time": now - 86400, "end_time": now + 86400}
    body["limit"] = 100
    while True:
        answer = client.post(LIST, params={"access_token": token}, json=body).json()
        assert answer["errcode"] == 0, answer
        found += [(row["msgid"], row["text"]["content"]) for row in answer["group_msg_list"]]
        body["cursor"] = answer["next_cursor"]
        if not body["cursor"]:
            return found


def test_every_answered_task_is_there_after_each_kill_and_none_twice(tmp_path: Path) -> None:
    place, drawn = tmp_path / "state.sqlite", random.Random(SEED)
    confirmed: dict[str, str] = {}
    unanswered = 0
    for kill in range(KILLS + 1):
        with serving(place) as (process, base), httpx.Client(base_url=base, trust_env=False) as client:
            token = token_of(client)
            there = listed(client, token)
            msgids, texts = Counter(msgid for msgid, _ in there), Counter(text for _, text in there)
            assert set(msgids.values()) | set(texts.values()) <= {1}
            assert confirmed.items() <= dict(there).items()
            # What was never answered may be there or not: each client had one such call.
            assert len(there) - len(confirmed) <= unanswered
            if kill == KILLS:
                break
            answered = threading.Semaphore(0)
            senders = [Sender(base, token, f"{kill}-{number}", answered) for number in range(CLIENTS)]
            for sender in senders:
                sender.start()
            for _ in range(drawn.randint(1, 60)):
                assert answered.acquire(timeout=60)
            # The others are in the middle of their calls.
            process.send_signal(signal.SIGKILL)
            assert process.wait(60) == -signal.SIGKILL
            for sender in senders:
                sender.join(60)
                assert not sender.is_alive()
                confirmed |= sender.confirmed
                assert len(sender.sent) - len(sender.confirmed) == 1
            unanswered += CLIENTS
    assert len(confirmed) >= KILLS


def test_the_token_and_the_life_of_a_task_go_on_where_they_were(tmp_path: Path) -> None:
    place = tmp_path / "state.sqlite"
    query: dict[str, str] = {}
    msgid = ""
    for run in range(5):
        with serving(place) as (process, base), httpx.Client(base_url=base, trust_env=False) as client:

            def post(operation: str, body: dict[str, Any]) -> Any:
                path = f"/cgi-bin/externalcontact/{operation}"
                return client.post(path, params=query, json=body).json()["errcode"]  # noqa: B023

            if run == 0:
                query = {"access_token": token_of(client)}
                body = {"sender": "zhangsan", "text": {"content": "hello"}}
                msgid = client.post(ADD, params=query, json=body).json()["msgid"]
            else:
                assert token_of(client) == query["access_token"]
            # The fourth reminder within a day, whichever process it reaches.
            assert post("remind_groupmsg_send", {"msgid": msgid}) == (
                41094 if run == 3 else 0 if run < 3 else 41093
            )
            assert post("get_groupmsg_task", {"msgid": msgid}) == (0 if run < 4 else 41093)
            if run == 3:
                assert post("cancel_groupmsg_send", {"msgid": msgid}) == 0
            process.kill()


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (lambda place: place.write_text("corpid: x\n" * 100), "not a SQLite file"),
        (lambda place: place.mkdir(), "can't be used: Is a directory"),
    ],
)
def test_a_file_that_is_no_state_is_one_line_and_exit_code_1(tmp_path: Path, prepare: Any, told: str) -> None:
    place = tmp_path / "state.sqlite"
    prepare(place)
    done = subprocess.run(
        [sys.executable, "-m", "wecom_mock", "serve", "--port", "0", "--state", str(place)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"wecom-mock: {place}: {told}\n")


def test_a_file_in_use_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    place = tmp_path / "state.sqlite"
    with serving(place) as (process, base):
        done = subprocess.run(
            [sys.executable, "-m", "wecom_mock", "serve", "--port", "0", "--state", str(place)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"wecom-mock: {place}: in use by another process\n"
        # The first one is none the worse for it.
        with httpx.Client(base_url=base, trust_env=False) as client:
            assert token_of(client)
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=60)[1] == ""
        assert process.returncode == 0
    # A clean end leaves one file.
    assert [path.name for path in tmp_path.iterdir()] == ["state.sqlite"]


def test_faults_and_what_people_have_yet_to_do_go_on_where_they_were(tmp_path: Path) -> None:
    place, scenario = tmp_path / "state.sqlite", tmp_path / "scenario.yaml"
    scenario.write_text(
        "faults: [{kind: errcode, operation: add_msg_template, times: 3, errcode: -1}]\n"
        "people: [{when: add_msg_template, do: confirm, after: 3600}]\n"
    )
    errcodes, msgid = [], ""
    for run in range(3):
        given = (str(scenario),) if run < 2 else ()
        options = [option for one in given for option in ("--scenario", one)]
        with (
            serving(place, *options) as (process, base),
            httpx.Client(base_url=base, trust_env=False) as client,
        ):
            if run:
                # The fault that was switched on by hand, in the process before this one.
                with pytest.raises(KeyError, match="access_token"):
                    token_of(client)
            query = {"access_token": token_of(client)}
            body = {"sender": "zhangsan", "text": {"content": "hello"}}
            admin = {"X-Mock-Admin": "test"}
            if run < 2:
                for _ in range(2):
                    answer = client.post(ADD, params=query, json=body).json()
                    errcodes.append(answer["errcode"])
                    msgid = answer.get("msgid", msgid)
                fault = {"kind": "errcode", "operation": "gettoken", "errcode": 45009, "times": 1}
                assert client.post("/_mock/api/faults", json=fault, headers=admin).status_code == 200
            else:
                assert client.get("/_mock/api/faults").json()["faults"] == []
                assert client.post("/_mock/api/clock", json={"move": 3601}, headers=admin).status_code == 200
                (task,) = client.get("/_mock/api/tasks").json()["tasks"]
                assert [member["status"] for member in task["members"]] == [2]
            process.send_signal(signal.SIGKILL)
            assert process.wait(60) == -signal.SIGKILL
    assert (errcodes, bool(msgid)) == ([-1, -1, -1, 0], True)


def test_a_clock_that_was_moved_stays_moved(tmp_path: Path) -> None:
    """What has ended by it must not come back: here a token."""
    place, admin = tmp_path / "state.sqlite", {"X-Mock-Admin": "test"}
    probe = {"chat_type": "single", "start_time": 1795320000, "end_time": 1795320001}
    token, now, said = "", 0.0, []
    for run in range(4):
        with (
            serving(place) as (process, base),
            httpx.Client(base_url=base, trust_env=False) as client,
        ):
            clock = client.get("/_mock/api/clock").json()
            if run == 0:
                token = token_of(client)
                moved = client.post("/_mock/api/clock", json={"move": 7201}, headers=admin)
                now = moved.json()["now"]
            else:
                # Time goes on while nobody serves, as everywhere.
                assert now - 1 <= clock["now"] < now + 600
                assert abs(clock["now"] - time.time() - (7201, 7201, -86400)[run - 1]) < 60
            answer = client.post(LIST, params={"access_token": token}, json=probe).json()
            assert answer["errcode"] == (42001 if run < 3 else 0)
            if run == 2:
                # And back, with no call after it.
                there = {"set": time.time() - 86400}
                now = client.post("/_mock/api/clock", json=there, headers=admin).json()["now"]
            process.send_signal(signal.SIGKILL)
            assert process.wait(60) == -signal.SIGKILL
            assert process.stderr is not None
            said.append(process.stderr.read())
    told = f"wecom-mock: {place}: its clock is {{}} s from this machine's, as it was left\n"
    assert said == ["", told.format("+7201"), told.format("+7201"), told.format("-86400")]
