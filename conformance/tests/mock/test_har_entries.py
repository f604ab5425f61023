"""Entries of a HAR as a whole: a call, an upload, an address of nowhere, a body that was too large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wecom_mock import Settings, State
from wecom_mock.caller import Caller
from wecom_mock.har import to_har, write_har

NOW = 1795320000.1234


@pytest.fixture
def state() -> State:
    return State(settings=Settings(max_body_bytes=100))


def entry(state: State, base_url: str = "http://127.0.0.1") -> dict[str, Any]:
    """The last call."""
    (found,) = to_har(state.calls[-1:], base_url)["log"]["entries"]
    return dict(found)


def test_a_call(state: State) -> None:
    answer = Caller(state, lambda: NOW).send(
        "POST",
        "/cgi-bin/externalcontact/get_groupmsg_task",
        "access_token=secret&debug=1",
        '{"msgid":"新"}'.encode(),
        "application/json",
    )
    text = answer.content.decode()
    took = round(state.calls[-1].seconds * 1000, 3)
    headers = [{"name": name, "value": value} for name, value in state.calls[-1].headers]
    assert {one["name"]: one["value"] for one in headers}["Content-Type"] == "application/json; charset=UTF-8"
    assert entry(state, "http://localhost:8088/") == {
        "startedDateTime": "2026-11-22T04:00:00.123+00:00",
        "time": took,
        "request": {
            "method": "POST",
            "url": "http://localhost:8088/cgi-bin/externalcontact/get_groupmsg_task?access_token=***&debug=1",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "queryString": [{"name": "access_token", "value": "***"}, {"name": "debug", "value": "1"}],
            "headersSize": -1,
            "bodySize": 15,
            "postData": {"mimeType": "application/json", "params": [], "text": '{"msgid":"新"}'},
        },
        "response": {
            "status": 200,
            "statusText": "OK",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": headers,
            "content": {
                "size": len(answer.content),
                "mimeType": "application/json; charset=UTF-8",
                "text": text,
            },
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": len(answer.content),
        },
        "cache": {},
        "timings": {"send": 0, "wait": took, "receive": 0},
        "_operation": "get_groupmsg_task",
    }


def test_an_upload(state: State) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="media"; filename="a.txt"\r\n\r\nabcdef\r\n--b--'
    Caller(state, lambda: NOW).send(
        "POST", "/cgi-bin/media/upload", "type=file", body, "multipart/form-data;boundary=b"
    )
    request = entry(state)["request"]
    assert request["bodySize"] == -1
    assert request["headers"] == [{"name": "Content-Type", "value": "multipart/form-data;boundary=b"}]
    assert request["postData"] == {
        "mimeType": "multipart/form-data",
        "params": [{"name": "media", "fileName": "a.txt", "_fileLength": 6}],
    }


@pytest.mark.parametrize(
    ("body", "path", "status", "text"),
    [
        (b"", "/新?x", 404, "Not Found"),
        (b"x" * 101, "/cgi-bin/externalcontact/list", 413, "Request Entity Too Large"),
    ],
)
def test_what_is_no_call(state: State, body: bytes, path: str, status: int, text: str) -> None:
    Caller(state, lambda: NOW).send("POST", path, "", body)
    found = entry(state)
    assert found["request"]["url"] == "http://127.0.0.1" + {404: "/%E6%96%B0%3Fx"}.get(status, path)
    assert (found["request"]["headers"], found["request"]["queryString"]) == ([], [])
    assert "postData" not in found["request"]
    assert (found["response"]["status"], found["response"]["statusText"]) == (status, text)
    assert found["response"]["content"]["mimeType"] == "text/html"


def test_the_file_is_text_that_people_can_read(state: State, tmp_path: Path) -> None:
    Caller(state, lambda: NOW).send("GET", "/新")
    write_har(tmp_path / "a.har", state.calls, "http://mock/")
    text = (tmp_path / "a.har").read_bytes().decode("utf-8")
    assert text.startswith('{\n "log": {\n  "version": "1.2",\n')
    assert '"url": "http://mock/%E6%96%B0"' in text
