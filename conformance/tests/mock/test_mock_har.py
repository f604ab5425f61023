"""Calls as HAR 1.2, and a recorded session played back."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from wecom_mock import InProcessTransport, State, replay
from wecom_mock.caller import Answer, Caller
from wecom_mock.har import to_har, write_har
from wecom_mock.playback import HarError, load_replay
from wecom_mock.server import MockServer
from wecom_openapi import WeCom

sys.path.insert(0, str(Path(__file__).parent))  # the schema beside this file

from har_schema import HAR

NOW = 1795320000.0
TASK: dict[str, Any] = {"sender": "zhangsan", "text": {"content": "新品上市"}}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
PICTURE = {"filename": "新品.png", "content_type": "image/png", "filelength": len(PNG), "content": PNG}


def session(caller: Caller) -> list[Answer]:
    """Calls of every kind; the same ones twice."""
    token = caller.token()
    suite = caller.suite_token()
    caller.call("get_corp_token", {"auth_corpid": "wwdemo", "permanent_code": "demo-permanent"}, token=suite)
    return [
        caller.call("add_msg_template", TASK, token=token),
        caller.call("add_msg_template", TASK, token=token),
        caller.call("add_msg_template", {**TASK, "text": {"content": ""}}, token=token),
        caller.call("add_msg_template", b"{", token=token),
        caller.call("media_upload", {"type": "image", "media": PICTURE}, token=token),
        caller.send("GET", "/cgi-bin/gettoken", "corpid=%E4%BD%A0&corpsecret=a b"),
        caller.send("GET", "/cgi-bin/未知", "x"),
    ]


@pytest.fixture
def recorded(state: State) -> State:
    session(Caller(state, lambda: NOW))
    return state


def test_it_is_valid_and_tells_every_call(recorded: State) -> None:
    har = recorded.calls.to_har()
    jsonschema.validate(har, HAR)
    entries = har["log"]["entries"]
    assert len(entries) == len(recorded.calls) == 10
    assert "comment" not in har["log"]
    create = entries[3]
    assert create["_operation"] == "add_msg_template"
    assert create["startedDateTime"] == "2026-11-22T04:00:00.000+00:00"
    assert create["request"]["url"] == (
        "http://127.0.0.1/cgi-bin/externalcontact/add_msg_template?access_token=***"
    )
    assert create["request"]["queryString"] == [{"name": "access_token", "value": "***"}]
    assert json.loads(create["request"]["postData"]["text"]) == TASK
    assert json.loads(create["response"]["content"]["text"])["errcode"] == 0
    upload = entries[7]["request"]["postData"]
    assert upload == {
        "mimeType": "multipart/form-data",
        "params": [
            {"name": "media", "fileName": "新品.png", "contentType": "image/png", "_fileLength": len(PNG)}
        ],
    }
    assert [entry["response"]["status"] for entry in entries] == [200] * 9 + [404]
    assert har == to_har(recorded.calls)


def test_the_schema_itself_sees_faults(recorded: State) -> None:
    for spoil in (
        lambda har: har["log"].pop("creator"),
        lambda har: har["log"]["entries"][0].pop("timings"),
        lambda har: har["log"]["entries"][0]["request"].update(more=1),
        lambda har: har["log"]["entries"][3]["request"].update(url="a b"),
    ):
        har = recorded.calls.to_har()
        spoil(har)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(har, HAR)


def test_no_secret_is_in_it(recorded: State) -> None:
    text = json.dumps(recorded.calls.to_har())
    secrets = [
        *recorded.tokens,
        *recorded.suites.tokens,
        "demo-suite",
        "demo-ticket",
        "demo-permanent",
        "a b",
    ]
    assert len(secrets) == 7
    for secret in secrets:
        assert secret not in text
    assert text.count("***") > 10


def test_what_the_log_has_forgotten_is_said(state: State) -> None:
    state.calls.limit = 2
    session(Caller(state, lambda: NOW))
    har = state.calls.to_har()
    jsonschema.validate(har, HAR)
    assert har["log"]["comment"] == "the first 8 calls were forgotten: the log of the mock is bounded"


def test_a_recorded_session_gives_the_same_answers(recorded: State, tmp_path: Path) -> None:
    expected = session(Caller(State(), lambda: NOW))
    file = tmp_path / "session.har"
    write_har(file, recorded.calls)
    assert [path.name for path in tmp_path.iterdir()] == ["session.har"]
    state = State()
    recording = state.answering = replay(file)
    assert recording.left == 10
    found = session(Caller(state, lambda: NOW))
    assert recording.left == 0
    assert [answer.status for answer in found] == [answer.status for answer in expected]
    assert [answer.content for answer in found] == [answer.content for answer in expected]
    assert [(answer.rule, answer.reason) for answer in found] == [
        (answer.rule, answer.reason) for answer in expected
    ]
    # What is played back is a session too, and the same one.
    again = [entry["request"] for entry in state.calls.to_har()["log"]["entries"]]
    assert again == [entry["request"] for entry in recorded.calls.to_har()["log"]["entries"]]


def test_the_client_can_be_played_back_to(tmp_path: Path) -> None:
    def work(state: State) -> Any:
        with WeCom("wwdemo", "demo", transport=InProcessTransport(state, lambda: NOW)) as wecom:
            task = wecom.add_msg_template(sender="zhangsan", text="a", to_all=True)
            return task.msgid, wecom.externalcontact_list(userid="lisi").external_userid

    real = State()
    expected = work(real)
    write_har(tmp_path / "a.har", real.calls)
    played = State(seed=5)
    played.answering = replay(tmp_path / "a.har")
    assert work(played) == expected
    assert not played.tasks


@pytest.fixture
def playing(recorded: State, tmp_path: Path) -> Caller:
    write_har(tmp_path / "session.har", recorded.calls)
    state = State()
    state.answering = replay(tmp_path / "session.har")
    return Caller(state, lambda: NOW)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (
            lambda caller: caller.call("add_msg_template", {**TASK, "sender": "lisi"}, token="t"),
            "not recorded: the body differs in sender",
        ),
        (lambda caller: caller.call("add_msg_template", b"[", token="t"), "not recorded: the body differs"),
        (
            lambda caller: caller.call("get_groupmsg_task", {"msgid": "m"}, token="t"),
            "not recorded: no request to this path",
        ),
        (
            lambda caller: caller.send("POST", "/cgi-bin/gettoken", "corpid=wwdemo&corpsecret=x"),
            "not recorded: this path with GET only",
        ),
        (
            lambda caller: caller.send("GET", "/cgi-bin/gettoken", "corpid=other&corpsecret=x"),
            "not recorded: the query differs",
        ),
    ],
)
def test_what_was_not_recorded_is_refused(
    playing: Caller, act: Callable[[Caller], Answer], says: str
) -> None:
    answer = act(playing)
    assert (answer.status, answer.headers["x-mock-replay"]) == (501, says)
    assert answer.errcode is None


def test_a_request_more_than_was_recorded_is_refused(playing: Caller) -> None:
    first, second, third = (playing.call("add_msg_template", TASK, token="t") for _ in range(3))
    assert first.body["msgid"] != second.body["msgid"]
    assert third.status == 501
    assert third.headers["x-mock-replay"] == "recorded 2 times, and asked for once more"
    token = {"corpid": "wwdemo", "corpsecret": "x"}
    assert playing.call("gettoken", token).status == 200
    assert (
        playing.call("gettoken", token).headers["x-mock-replay"] == "recorded 1 time, and asked for once more"
    )


def test_the_order_of_fields_and_white_space_do_not_count(playing: Caller) -> None:
    body = b'{ "text": {"content": "\\u65b0\\u54c1\\u4e0a\\u5e02"}, "sender": "zhangsan" }'
    assert playing.call("add_msg_template", body, token="t").errcode == 0


def test_another_file_is_another_request(playing: Caller) -> None:
    other = {**PICTURE, "content": PNG + b"1", "filelength": len(PNG) + 1}
    refused = playing.call("media_upload", {"type": "image", "media": other}, token="t")
    assert refused.headers["x-mock-replay"] == "not recorded: the body differs in media"


def recording(**changes: Any) -> dict[str, Any]:
    """A HAR as another program writes it."""
    response = {
        "status": 200,
        "headers": [
            {"name": "content-type", "value": "application/json"},
            {"name": "Content-Encoding", "value": "gzip"},
            {"name": "Set-Cookie", "value": "a=b"},
        ],
        "content": {
            "encoding": "base64",
            "text": base64.b64encode(
                '{"errcode":0,"errmsg":"ok","access_token":"真","expires_in":7200}'.encode()
            ).decode(),
        },
    }
    request = {"method": "GET", "url": "https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=a&corpsecret=b"}
    return {"log": {"entries": [{"request": request, "response": response, **changes}]}}


def test_the_recording_of_another_program_is_played_back(tmp_path: Path) -> None:
    file = tmp_path / "other.har"
    file.write_text(json.dumps(recording()), encoding="utf-8")
    state = State()
    state.answering = replay(file)
    answer = Caller(state).send("GET", "/cgi-bin/gettoken", "corpsecret=c&corpid=a")
    assert answer.body["access_token"] == "真"
    assert set(answer.headers) == {"server", "content-length", "content-type"}


def posted(data: dict[str, Any]) -> dict[str, Any]:
    """A request of a HAR with that body."""
    return {"method": "POST", "url": "http://localhost/cgi-bin/media/upload", "postData": data}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no JSON: Expecting value: line 1 column 1 (char 0)"),
        ("[]", "log: is not there; that is no HAR"),
        ('{"log": []}', "log: must be an object"),
        ('{"log": {}}', "log.entries: is not there; that is no HAR"),
        ('{"log": {"entries": {}}}', "log.entries: must be a list"),
        ('{"log": {"entries": [1]}}', "log.entries[0].request: is not there; that is no HAR"),
        ("[" * 100_000, "no JSON: maximum recursion depth exceeded…"),
        (
            json.dumps(recording(response={"status": "200"})),
            "log.entries[0].response.status: must be a whole number",
        ),
        (
            json.dumps(recording(response={"status": 1000})),
            "log.entries[0].response.status: 1000 is no status of HTTP",
        ),
        *(
            (
                json.dumps(recording(response={"status": status, "headers": [], "content": {}})),
                f"log.entries[0].response.status: {status} is no status of HTTP",
            )
            for status in (99, 600)
        ),
        (
            json.dumps(recording(response={"status": True})),
            "log.entries[0].response.status: must be a whole number",
        ),
        (
            json.dumps(recording(response={"status": 200, "headers": [], "content": {"text": 1}})),
            "log.entries[0].response.content.text: must be text",
        ),
        (
            json.dumps(recording(request=posted({"text": 1}))),
            "log.entries[0].request.postData.text: must be text",
        ),
        (
            json.dumps(recording(request=posted({"mimeType": "multipart/form-data"}))),
            "log.entries[0].request.postData.params: is not there; that is no HAR",
        ),
        (
            json.dumps(recording(request=posted({"mimeType": "multipart/x", "params": [{"name": "a"}, {}]}))),
            "log.entries[0].request.postData.params[1].name: is not there; that is no HAR",
        ),
        (
            json.dumps(recording(request={"url": "/", "method": 1})),
            "log.entries[0].request.method: must be text",
        ),
        (
            json.dumps(recording(request={"url": "http://[", "method": "GET"})),
            "log.entries[0].request.url: is no URL",
        ),
        (
            json.dumps(
                recording(
                    response={"status": 200, "headers": [], "content": {"text": "?", "encoding": "base64"}}
                )
            ),
            "log.entries[0].response.content.text: is no base64",
        ),
        (
            json.dumps(recording(response={"status": 200, "headers": [{"name": "a"}], "content": {}})),
            "log.entries[0].response.headers[0].value: is not there; that is no HAR",
        ),
        (
            json.dumps(recording(response={"status": 200, "headers": [{}], "content": {}})),
            "log.entries[0].response.headers[0].name: is not there; that is no HAR",
        ),
    ],
)
def test_what_is_no_har_is_one_line(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "bad.har"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(HarError) as caught:
        load_replay(file)
    told = str(caught.value)
    assert (
        told[: len(f"{file}: {says}") - 1 if says.endswith("…") else None]
        == f"{file}: {says.removesuffix('…')}"
    )
    assert "\n" not in told


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(HarError, match=r"^nowhere\.har: No such file or directory$"):
        replay("nowhere.har")


def test_a_file_that_can_not_be_written_leaves_nothing_behind(recorded: State, tmp_path: Path) -> None:
    (tmp_path / "a.har").mkdir()
    with pytest.raises(OSError, match=r"a\.har"):
        write_har(tmp_path / "a.har", recorded.calls)
    assert [path.name for path in tmp_path.iterdir()] == ["a.har"]


def test_a_server_that_plays_back(recorded: State, tmp_path: Path) -> None:
    write_har(tmp_path / "a.har", recorded.calls)
    state = State()
    state.answering = replay(tmp_path / "a.har")
    with MockServer(state) as server, httpx.Client(base_url=server.base_url, trust_env=False) as client:
        query = {"access_token": "any"}
        path = "/cgi-bin/externalcontact/add_msg_template"
        assert client.post(path, params=query, json=TASK).json()["errcode"] == 0
        assert client.post(path, params=query, json={}).status_code == 501


@contextmanager
def program(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running ``wecom-mock`` and its base URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "wecom_mock", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Ctrl+C"):
                break
        yield process, lines[0].split()[3].rstrip(",")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_writes_the_file_at_its_end_and_replay_answers_from_it(
    tmp_path: Path, number: signal.Signals
) -> None:
    file = tmp_path / "session.har"

    def ask(base_url: str) -> list[Any]:
        with httpx.Client(base_url=base_url, trust_env=False) as client:
            token = client.get("/cgi-bin/gettoken", params={"corpid": "wwdemo", "corpsecret": "demo"}).json()
            query = {"access_token": token["access_token"]}
            sent = client.post("/cgi-bin/externalcontact/add_msg_template", params=query, json=TASK).json()
            more = client.post("/cgi-bin/externalcontact/add_msg_template", params=query, json={})
            return [sent, more.status_code, more.text]

    with program("serve", "--port", "0", "--har", str(file)) as (process, base_url):
        expected = ask(base_url)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "", "")
    har = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.validate(har, HAR)
    assert [entry["request"]["url"].partition("?")[0] for entry in har["log"]["entries"]] == [
        f"{base_url}/cgi-bin/gettoken",
        *[f"{base_url}/cgi-bin/externalcontact/add_msg_template"] * 2,
    ]
    with program("replay", str(file), "--port", "0") as (process, base_url):
        assert ask(base_url) == expected


def test_a_file_that_can_not_be_used_is_one_line_before_anything_is_served(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "a.har"
    for arguments, says in (
        (
            ("serve", "--port", "0", "--har", str(nowhere)),
            "a.har can't be written: No such file or directory",
        ),
        (("replay", str(nowhere)), "a.har: No such file or directory"),
        (("replay", __file__), "test_mock_har.py: no JSON: "),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "wecom_mock", *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("wecom-mock: ")
        assert says in done.stderr
        assert done.stderr.count("\n") == 1
