"""The curl line of a failure: a shell that runs it sends the same request, and no secret is in it."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from wecom_conformance.cases import examples
from wecom_conformance.checks import Broken, verify
from wecom_conformance.curl import curl_line, masked
from wecom_conformance.engine import contract_of
from wecom_conformance.judgement import Sent
from wecom_conformance.known_ids import KnownIds
from wecom_conformance.phases import Suite
from wecom_conformance.target import Target
from wecom_mock.server import MockServer

CREATE = "add_msg_template"
JSON = "application/json"
TOKEN = "tok-en_" + "x" * 40

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")


class Recorder:
    """An HTTP server that keeps what it was sent."""

    def __init__(self) -> None:
        received: list[Sent] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = self.headers.get("Content-Length")
                body = self.rfile.read(int(size)) if size is not None else None
                received.append(Sent(self.command, self.path, body, self.headers.get("Content-Type")))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST  # noqa: N815  # the server looks for these names

            def log_message(self, *_: object) -> None:
                """Silent."""

        self.received = received
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    one = Recorder()
    thread = threading.Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield one
    one.server.shutdown()
    thread.join()
    one.server.server_close()


def run(line: str, token: str = TOKEN) -> str:
    done = subprocess.run(
        ["sh", "-c", line],
        env={**os.environ, "TOKEN": token, "SECRET": "s3cret"},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


@needs_curl
@pytest.mark.parametrize(
    "body",
    [
        None,
        b"",
        b"{}",
        '{"text":{"content":"新品上市 😀 e\u0301"}}'.encode(),
        b'it\'s "quoted" $HOME `id` \\ \\n %s %% !',
        b"@/etc/hostname",
        b"line\nbreak\ttab\r\n",
        b"octal 0 then digits \x017 \x00\xff\xfe end",
        bytes(range(256)),
        b"--x\r\n" + bytes(1_000_000) + b"\r\n--y\r\n" + bytes(100) + b"\r\n--x--",
    ],
    ids=[
        "none",
        "empty",
        "object",
        "chinese",
        "quotes",
        "at",
        "white space",
        "control",
        "every byte",
        "a file",
    ],
)
@pytest.mark.parametrize("content_type", [JSON, "", None])
def test_the_line_sends_the_same_request(
    recorder: Recorder, body: bytes | None, content_type: str | None
) -> None:
    path = f"/cgi-bin/x?access_token={TOKEN}&q=%22a%27b%60%24%5C&[x]=1&empty="
    sent = Sent("GET" if body is None else "POST", recorder.url + path, body, content_type)
    line = curl_line(sent)

    assert TOKEN not in line
    run(line)
    assert recorder.received == [Sent(sent.method, path, body, content_type)]


@needs_curl
def test_the_line_for_a_secret(recorder: Recorder) -> None:
    path = "/cgi-bin/gettoken?corpid=ww1&corpsecret="
    line = curl_line(Sent("GET", recorder.url + path + "hidden"))

    assert "hidden" not in line
    run(line)
    assert recorder.received[0].url == path + "s3cret"


@needs_curl
def test_the_line_of_a_failure_shows_it_again(suite: Suite, known: KnownIds) -> None:
    document = copy.deepcopy(dict(suite.contract.document))
    document["components"]["schemas"]["AddMsgTemplateRequest"]["properties"]["chat_type"]["enum"].remove(
        "group"
    )
    other = contract_of(document)  # to it, a sound mock is a broken one
    with MockServer() as server, Target(known, base_url=server.base_url) as target:
        group = next(
            case for case in examples(suite.enumerating, CREATE) if case.body.get("chat_type") == "group"
        )
        with pytest.raises(Broken) as caught:
            verify(target, other, group, "examples")
        line = str(caught.value).rpartition("again: ")[2]

        assert line.startswith("curl ")
        assert target.token not in str(caught.value)
        assert '"errcode":0' in run(line, target.token)


def test_a_secret_is_masked_wherever_it_stands() -> None:
    text = f'https://x/?access_token={TOKEN}&a=1 {{"access_token":"{TOKEN}"}} corpsecret=abc%2F a/b a%2Fb'
    shown = masked(text, TOKEN, "a/b")

    assert TOKEN not in shown
    assert masked("wwdemo, demo and demonstrated", "demo") == "wwdemo, *** and demonstrated"
    assert shown == 'https://x/?access_token=***&a=1 {"access_token":"***"} corpsecret=*** *** ***'
