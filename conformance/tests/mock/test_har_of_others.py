"""Recordings of other programs, in the shapes in which they write them, and the ends of what is read of a file."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from wecom_mock import Request, State, replay
from wecom_mock.caller import Answer, Caller
from wecom_mock.playback import MAX_BYTES, HarError, Replay, load_replay

URL = "https://qyapi.weixin.qq.com"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def har(path: Path, *entries: tuple[dict[str, Any], dict[str, Any]]) -> Replay:
    told = [{"request": request, "response": response} for request, response in entries]
    path.write_text(json.dumps({"log": {"entries": told}}), encoding="utf-8")
    return load_replay(path)


def answer(text: str = '{"errcode":0}', status: int = 200, **content: Any) -> dict[str, Any]:
    return {"status": status, "headers": [], "content": {"text": text, **content}}


def caller(recording: Replay) -> Caller:
    state = State()
    state.answering = recording
    return Caller(state, lambda: 1795320000.0)


def form(*parts: tuple[str, bytes]) -> tuple[bytes, str]:
    body = b"".join(
        b"--b\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + content + b"\r\n"
        for head, content in parts
    )
    return body + b"--b--\r\n", "multipart/form-data; boundary=b"


def upload(to: Caller, *parts: tuple[str, bytes]) -> Answer:
    body, kind = form(*parts)
    return to.send("POST", "/cgi-bin/media/upload", "access_token=t&type=file", body, kind)


def test_an_upload_with_a_field_of_text_beside_the_file(tmp_path: Path) -> None:
    params: list[dict[str, Any]] = [
        {"name": "note", "value": "新"},
        {"name": "media", "fileName": "a.txt", "contentType": "text/plain", "_fileLength": 3},
    ]
    data = {"mimeType": "multipart/form-data; boundary=zzz", "params": params}
    request = {
        "method": "POST",
        "url": f"{URL}/cgi-bin/media/upload?type=file&access_token=x",
        "postData": data,
    }
    to = caller(har(tmp_path / "a.har", (request, answer())))
    file = 'name="media"; filename="a.txt"\r\nContent-Type: text/plain'
    refused = upload(to, ('name="note"', "新的".encode()), (file, b"abc"))
    assert (refused.status, refused.headers["x-mock-replay"]) == (
        501,
        "not recorded: the body differs in note",
    )
    assert upload(to, ('name="note"', "新".encode()), (file, b"abc")).content == b'{"errcode":0}'


def test_a_file_without_a_length_is_one_of_nothing(tmp_path: Path) -> None:
    data = {"mimeType": "multipart/form-data", "params": [{"name": "media", "fileName": "a.txt"}]}
    request = {
        "method": "POST",
        "url": f"{URL}/cgi-bin/media/upload?type=file&access_token=x",
        "postData": data,
    }
    refused = upload(
        caller(har(tmp_path / "a.har", (request, answer()))), ('name="media"; filename="a.txt"', b"abc")
    )
    assert refused.headers["x-mock-replay"] == "not recorded: the body differs in media"


@pytest.mark.parametrize(
    "data", [{"text": "a=1"}, {"mimeType": None, "text": "a=1"}, {"mimeType": "text/plain", "text": "a=1"}]
)
def test_a_body_of_text_whatever_its_type(tmp_path: Path, data: dict[str, Any]) -> None:
    request = {"method": "POST", "url": f"{URL}/%E4%BD%A0?b=2", "postData": data}
    to = caller(har(tmp_path / "a.har", (request, answer("yes"))))
    assert to.send("POST", "/你", "b=2", b"a=2").headers["x-mock-replay"] == "not recorded: the body differs"
    assert to.send("POST", "/你", "b=2", b"a=1").content == b"yes"


def test_a_form_that_nobody_wrote_down_is_no_body(tmp_path: Path) -> None:
    request = {
        "method": "POST",
        "url": f"{URL}/a",
        "postData": {"params": [], "mimeType": "application/x-www-form-urlencoded"},
    }
    assert caller(har(tmp_path / "a.har", (request, answer("yes")))).send("POST", "/a").content == b"yes"


def test_an_upload_that_is_no_form_is_compared_by_its_bytes(tmp_path: Path) -> None:
    request = {
        "method": "POST",
        "url": f"{URL}/cgi-bin/media/upload?type=file&access_token=x",
        "postData": {"text": "--b?"},
    }
    to = caller(har(tmp_path / "a.har", (request, answer())))
    sent = to.send(
        "POST",
        "/cgi-bin/media/upload",
        "type=file&access_token=t",
        b"--b?",
        "multipart/form-data; boundary=b",
    )
    assert sent.content == b'{"errcode":0}'


def test_the_order_of_parameters_does_not_count_and_secrets_are_equal(tmp_path: Path) -> None:
    body = {"corpid": "a", "suite_secret": "one", "list": [{"token": "x", "b": 1}]}
    request = {
        "method": "POST",
        "url": f"{URL}/a?x=1&access_token=u&y=2",
        "postData": {"text": json.dumps(body)},
    }
    recording = har(tmp_path / "a.har", (request, answer("1")), (request, answer("2")))
    to = caller(recording)
    other = {"list": [{"b": 1, "token": "z"}], "suite_secret": "two", "corpid": "a"}
    assert recording.left == 2
    assert to.send("POST", "/a", "y=2&x=1&access_token=v", json.dumps(other).encode()).content == b"1"
    assert recording.left == 1
    changed = {**other, "list": [], "more": 1}
    told = to.send("POST", "/a", "y=2&x=1&access_token=v", json.dumps(changed).encode()).headers[
        "x-mock-replay"
    ]
    assert told == "not recorded: the body differs in list, more"


def test_what_is_kept_of_a_recorded_answer(tmp_path: Path) -> None:
    headers = [
        ("CONTENT-TYPE", "text/plain"),
        ("Error-Code", "40058"),
        ("Error-Msg", "新 line"),
        ("X-Mock-Rule", "a; path=b"),
        ("x-w-no", "7"),
        ("Content-Length", "999"),
    ]
    response = {
        "status": 599,
        "headers": [{"name": name, "value": value} for name, value in headers],
        "content": {"text": base64.b64encode(PNG).decode(), "encoding": "base64"},
    }
    reply = har(tmp_path / "a.har", ({"method": "GET", "url": f"{URL}/a"}, response))(Request("GET", "/a"), 0)
    assert (reply.status, reply.body) == (599, PNG)
    assert reply.headers == (
        ("Server", "nginx"),
        ("Content-Length", "108"),
        ("CONTENT-TYPE", "text/plain"),
        ("Error-Code", "40058"),
        ("Error-Msg", "%E6%96%B0 line"),
        ("X-Mock-Rule", "a; path=b"),
    )


def test_an_answer_without_a_text_is_empty(tmp_path: Path) -> None:
    entry = {"method": "GET", "url": f"{URL}/a"}, {"status": 100, "headers": [], "content": {}}
    found = har(tmp_path / "a.har", entry)(Request("GET", "/a"), 0)
    assert (found.status, found.headers, found.body) == (
        100,
        (("Server", "nginx"), ("Content-Length", "0")),
        b"",
    )


def test_the_refusal_as_a_whole(tmp_path: Path) -> None:
    refused = har(tmp_path / "a.har")(Request("GET", "/a"), 0)
    told = dict(refused.headers)
    assert (refused.status, told["X-Mock-Replay"]) == (501, "not recorded: no request to this path")
    assert b"<title>501 Not Implemented</title>" in refused.body


@pytest.mark.parametrize(("more", "why"), [(0, "no JSON: "), (1, "larger than 67108864 bytes")])
def test_a_file_as_large_as_it_may_be_and_one_byte_more(tmp_path: Path, more: int, why: str) -> None:
    file = tmp_path / "large.har"
    with file.open("wb") as stream:
        stream.truncate(64 * 1024 * 1024 + more)
    assert MAX_BYTES == 64 * 1024 * 1024
    with pytest.raises(HarError) as caught:
        replay(file)
    told = str(caught.value)
    assert told.startswith(f"{file}: {why}") if not more else told == f"{file}: {why}"
