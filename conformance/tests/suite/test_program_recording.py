"""`record`: whichever door an exchange comes through, it is judged alike, and the client notices nothing."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside this file

from program_site import Program, serving

import wecom_conformance
from wecom_conformance import ledger
from wecom_conformance.exits import Exit
from wecom_conformance.masking import Mask
from wecom_conformance.program import main
from wecom_conformance.proxy import ProxyError
from wecom_conformance.recording import Recorder
from wecom_conformance.report import write_reports
from wecom_contract import OPERATIONS
from wecom_mock import State, create_app
from wecom_mock.server import MockServer

CREATE = OPERATIONS["add_msg_template"].path
LIST = OPERATIONS["groupchat_list"].path
CUSTOMER = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"
GOOD: dict[str, Any] = {"external_userid": [CUSTOMER], "text": {"content": "你好"}}
CREDENTIALS = {"corpid": "wwdemo", "corpsecret": "demo"}


@pytest.fixture(scope="module")
def mock() -> Iterator[MockServer]:
    with MockServer() as running:
        yield running


@pytest.fixture
def recorder() -> Recorder:
    return wecom_conformance.record("a client")


def codes(recorder: Recorder) -> set[str]:
    return {one.finding.code for one in recorder.failures}


def raw(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def session(client: httpx.Client, base_url: str) -> str:
    """A token and one good message; the token."""
    token = str(client.get(f"{base_url}/cgi-bin/gettoken", params=CREDENTIALS).json()["access_token"])
    answer = client.post(f"{base_url}{CREATE}", params={"access_token": token}, content=raw(GOOD))
    assert answer.json()["errcode"] == 0
    return token


def test_a_good_client_conforms(recorder: Recorder, mock: MockServer) -> None:
    with httpx.Client(transport=recorder.transport()) as client:
        session(client, mock.base_url)
    recorder.assert_conforms()
    assert recorder.ledger.sent == {"gettoken": 1, "add_msg_template": 1}
    assert codes(recorder) == set()


def test_the_token_of_a_late_call_is_in_no_report(
    recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many exchanges are kept; what is found in a later one is shown too."""
    monkeypatch.setattr(ledger, "KEPT_EXCHANGES", 1)
    bad, late = raw({**GOOD, "externalUserid": ["a"]}), "tok-of-a-late-call"
    said = raw({"errcode": 40014, "errmsg": f"invalid access_token {late}"})
    for token, body, answer in (("tok-first", raw(GOOD), b""), (late, bad, said)):
        url = f"http://127.0.0.1{CREATE}?access_token={token}"
        recorder.note("POST", url, body, "application/json", status=200, answer=answer)
    assert recorder.mask.text(late) == "***"
    told = recorder.summary()
    for number, summary in enumerate(
        (told, evolve(told, mask=Mask()))
    ):  # as of a run, which learns at its end
        texts = [path.read_text("utf-8") for path in write_reports(summary, tmp_path / str(number))]
        assert not [text for text in texts if late in text]
        assert any("invalid access_token ***" in text for text in texts)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown field": ({"content": raw({**GOOD, "externalUserid": ["a"]})}, "WC501"),
    "an escape": ({"content": json.dumps(GOOD).encode()}, "WC504"),
    "no JSON": ({"content": b"text=hello"}, "WC504"),
    "no token": ({"params": {}}, "WC503"),
    "two tokens": ({"params": [("access_token", "x"), ("access_token", "x")]}, "WC503"),
    "the token in a header": ({"params": {}, "headers": {"Authorization": "Bearer x"}}, "WC503"),
    "another method": ({"method": "PUT"}, "WC502"),
    "another path": ({"path": "/cgi-bin/message/send"}, "WC508"),
    "a message to everybody": ({"content": raw({"sender": "zhangsan", "text": {"content": "x"}})}, "WC505"),
}


@pytest.mark.parametrize(("change", "code"), BAD.values(), ids=list(BAD))
def test_what_a_client_does_wrong(
    recorder: Recorder, mock: MockServer, change: dict[str, Any], code: str
) -> None:
    with httpx.Client(transport=recorder.transport()) as client:
        token = session(client, mock.base_url)
        change = {"method": "POST", "params": {"access_token": token}, "content": raw(GOOD), **change}
        client.request(url=mock.base_url + change.pop("path", CREATE), **change)
    assert codes(recorder) == {code}
    if code in ("WC505", "WC508"):
        recorder.assert_conforms()  # a warning
    else:
        with pytest.raises(AssertionError, match=code) as told:
            recorder.assert_conforms()
        assert token not in str(told.value)


def test_nothing_recorded_is_no_proof(recorder: Recorder) -> None:
    with pytest.raises(AssertionError, match="nothing was recorded"):
        recorder.assert_conforms()


def _answering(*answers: httpx.Response | Exception) -> httpx.MockTransport:
    left = list(answers)

    def handler(_: httpx.Request) -> httpx.Response:
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return httpx.MockTransport(handler)


def _ok(**more: Any) -> httpx.Response:
    return httpx.Response(200, json={"errcode": 0, "errmsg": "ok", "msgid": "m", "fail_list": [], **more})


def _post(recorder: Recorder, inner: httpx.BaseTransport, times: int, body: Any = GOOD) -> None:
    with httpx.Client(transport=recorder.transport(inner)) as client:
        for _ in range(times):
            try:
                client.post(f"http://h{CREATE}", params={"access_token": "t" * 20}, content=raw(body))
            except httpx.HTTPError:
                continue


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ((httpx.ReadTimeout("late"), _ok()), {"WC102", "WC507"}),
        ((httpx.Response(200, json={"errcode": -1, "errmsg": "busy"}), _ok()), {"WC507"}),
        ((_ok(), _ok()), set()),  # two messages that are the same may be meant
        ((httpx.Response(200, json={"errcode": 41048, "errmsg": "no"}), _ok()), set()),
        ((httpx.Response(200, json={"errcode": 42001, "errmsg": "dead"}), _ok()), {"WC506"}),
        ((httpx.Response(200, html="<html>"), _ok()), {"WC101", "WC507"}),
        ((_ok(fail_list="x"), _ok()), {"WC104"}),
        ((httpx.Response(200, content=b'{"errcode":0,"errcode":0}'), _ok()), {"WC101", "WC507"}),
        ((httpx.Response(200, json={"errcode": 40058, "errmsg": "no"}), _ok()), {"WC202"}),
    ],
)
def test_what_a_client_makes_of_an_answer(
    recorder: Recorder, answers: tuple[httpx.Response | Exception, ...], found: set[str]
) -> None:
    _post(recorder, _answering(*answers), len(answers))
    assert codes(recorder) == found


def test_a_server_that_serves_what_it_should_not(recorder: Recorder) -> None:
    _post(recorder, _answering(_ok()), 1, {**GOOD, "sender": ""})
    assert codes(recorder) == {"WC501", "WC201"}


@pytest.mark.parametrize(
    ("headers", "content", "found"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(raw({"errcode": 41048, "errmsg": "x"}), mtime=0), set()),
        ({"Content-Encoding": "br"}, b"xx", {"WC109"}),
        ({"Content-Encoding": "gzip"}, gzip.compress(bytes(17 * 1024 * 1024), mtime=0), {"WC109"}),
    ],
)
def test_encodings_and_their_bounds(
    mock: MockServer, headers: dict[str, str], content: bytes, found: set[str]
) -> None:
    recorder = Recorder()
    recorder.note(
        "POST", f"http://h{CREATE}?access_token=t", raw(GOOD), "application/json",
        status=200, answer=content, encoding=headers["Content-Encoding"],
    )  # fmt: skip
    assert codes(recorder) == found


def test_other_apis_are_let_alone(recorder: Recorder) -> None:
    recorder.note("GET", "http://h/health", b"", None, status=200)
    assert (recorder.outside, codes(recorder), dict(recorder.ledger.sent)) == (1, set(), {})


def test_async(recorder: Recorder, mock: MockServer) -> None:
    async def talk() -> None:
        async with httpx.AsyncClient(transport=recorder.async_transport()) as client:
            answer = await client.get(f"{mock.base_url}/cgi-bin/gettoken", params=CREDENTIALS)
            token = answer.json()["access_token"]
            body = raw({**GOOD, "text": {"content": ""}})
            await client.post(f"{mock.base_url}{CREATE}", params={"access_token": token}, content=body)

    asyncio.run(talk())
    assert recorder.ledger.sent.total() == 2
    assert codes(recorder) == {"WC501"}
    assert {rule for one in recorder.failures for rule in one.rules} == {"text.content.empty"}


def test_in_front_of_an_asgi_application(recorder: Recorder) -> None:
    async def talk() -> None:
        transport = httpx.ASGITransport(recorder.asgi(create_app(State())))
        async with httpx.AsyncClient(transport=transport, base_url="http://stub") as client:
            token = (await client.get("/cgi-bin/gettoken", params=CREDENTIALS)).json()["access_token"]
            for sender in ("zhangsan", ""):
                await client.post(
                    CREATE, params={"access_token": token}, content=raw({**GOOD, "sender": sender})
                )

    asyncio.run(talk())
    assert recorder.ledger.sent == {"gettoken": 1, "add_msg_template": 2}
    assert codes(recorder) == {"WC501"}


def test_in_front_of_a_wsgi_application(recorder: Recorder) -> None:
    def stub(environ: dict[str, Any], start: Any) -> list[bytes]:
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start("200 OK", [("Content-Type", "application/json")])
        return [b'{"errcode":0,"errmsg":"ok",', b'"msgid":"m","fail_list":[]}']

    app = recorder.wsgi(stub)
    for body in (raw(GOOD), raw({**GOOD, "sender": ""})):
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": CREATE, "QUERY_STRING": "access_token=t", "HTTP_HOST": "h",
            "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/json", "wsgi.input": io.BytesIO(body),
        }  # fmt: skip
        answer = b"".join(app(environ, lambda *_: None))
        assert json.loads(answer)["msgid"] == "m"
    assert recorder.ledger.sent == {"add_msg_template": 2}
    assert codes(recorder) == {"WC501", "WC201"}


def test_a_proxy_passes_everything_on_and_records_it(recorder: Recorder, mock: MockServer) -> None:
    with recorder.proxy(mock.base_url) as proxy, httpx.Client() as client:
        assert proxy.base_url.startswith("http://127.0.0.1:")
        token = session(client, proxy.base_url)
        client.post(
            f"{proxy.base_url}{CREATE}", params={"access_token": token}, content=raw({**GOOD, "a": 1})
        )
        assert client.get(f"{proxy.base_url}/elsewhere").status_code == 404
    assert recorder.ledger.sent == {"gettoken": 1, "add_msg_template": 2}
    assert codes(recorder) == {"WC501"}
    assert recorder.outside == 1


def test_a_proxy_to_nobody_says_so(recorder: Recorder) -> None:
    with MockServer() as gone:
        pass
    with recorder.proxy(gone.base_url) as proxy, httpx.Client() as client:
        answer = client.post(
            f"{proxy.base_url}{LIST}", params={"access_token": "t"}, content=raw({"limit": 1})
        )
        assert answer.status_code == 502
    assert codes(recorder) == {"WC102"}


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("https://qyapi.weixin.qq.com", "--allow-remote"),
        ("ftp://127.0.0.1", "no URL"),
        ("http://127.0.0.1:1/path", "no path"),
        ("http://user:pa55@127.0.0.1", "no URL"),
    ],
)
def test_where_a_proxy_may_lead(recorder: Recorder, to: str, words: str) -> None:
    with pytest.raises(ProxyError, match=words) as told:
        recorder.proxy(to)
    assert "pa55" not in str(told.value)


def test_the_proxy_as_a_program(tmp_path: Path, mock: MockServer) -> None:
    process = Program(tmp_path).start("proxy", "--to", mock.base_url, "--port", "0", "--report", "report")
    assert process.stdout is not None
    line = process.stdout.readline()
    base_url = line.split()[3].rstrip(",")
    with httpx.Client() as client:
        token = session(client, base_url)
        client.post(
            f"{base_url}{CREATE}",
            params={"access_token": token},
            content=raw({**GOOD, "sender": "", token: 1}),
        )
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == Exit.VIOLATIONS, err
    assert "WC501" in out
    assert "***" in out  # a finding tells the name of a field that there is none of
    assert token not in line + out + err
    assert (
        json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))["subject"] == "client"
    )


class TestHar:
    def recorded(self, folder: Path, mock: MockServer, body: Any) -> Path:
        recorder = Recorder()
        with httpx.Client(transport=recorder.transport()) as client:
            token = session(client, mock.base_url)
            client.post(f"{mock.base_url}{CREATE}", params={"access_token": token}, content=raw(body))
        recorder.report(folder)
        assert token not in (folder / "traffic.har").read_text(encoding="utf-8")
        return folder / "traffic.har"

    def test_a_good_one(self, tmp_path: Path, mock: MockServer) -> None:
        assert main(["check-har", str(self.recorded(tmp_path, mock, GOOD))]) == Exit.CONFORMS

    def test_one_with_a_fault(
        self, tmp_path: Path, mock: MockServer, capsys: pytest.CaptureFixture[str]
    ) -> None:
        har = self.recorded(tmp_path / "first", mock, {**GOOD, "sender": ""})
        status = main(["check-har", str(har), "--report", str(tmp_path / "second")])
        assert status == Exit.VIOLATIONS
        assert "sender.empty" in capsys.readouterr().out
        data = json.loads((tmp_path / "second" / "report.json").read_text(encoding="utf-8"))
        row = next(row for row in data["matrix"] if row["rule"] == "sender.empty")
        assert row["client"] == "breaks it"

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (None, "No such file"),
            (b"", "cut off"),
            (b'{"log": {"entries": [{"request"', "cut off"),
            (b'{"log": {"entries": [{"request": {"url": "htt', "cut off"),
            (b'{"log" x}', "no JSON"),
            (b"\xff\xfe\x00", "no JSON in UTF-8"),
            (b"[" * 100_000, "no JSON"),
            (b"[]", "no log.entries"),
            (b'{"log": {"entries": 1}}', "no log.entries"),
            (b'{"log": {"entries": [{"request": {}}]}}', "entry 1 lacks 'response'"),
            (b'{"log": {"entries": [1]}}', "entry 1 is no entry"),
            (b'{"log": {"entries": []}}', "none of its 0 entries"),
        ],
    )
    def test_no_har(
        self, tmp_path: Path, content: bytes | None, words: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "traffic.har"
        if content is not None:
            file.write_bytes(content)
        assert main(["check-har", str(file)]) == Exit.COULD_NOT_RUN
        shown = capsys.readouterr()
        assert (shown.out, shown.err.count("\n")) == ("", 1)
        assert words in shown.err

    def test_every_prefix_of_one_is_cut_off(
        self, tmp_path: Path, mock: MockServer, capsys: pytest.CaptureFixture[str]
    ) -> None:
        whole = self.recorded(tmp_path, mock, GOOD).read_bytes().rstrip()
        cut = tmp_path / "cut.har"
        for size in range(1, len(whole), 97):
            cut.write_bytes(whole[:size])
            assert main(["check-har", str(cut)]) == Exit.COULD_NOT_RUN
            told = capsys.readouterr().err
            assert "cut off" in told or "UTF-8" in told, whole[max(0, size - 40) : size]


def test_the_demo_is_on_a_socket() -> None:
    with serving() as server, httpx.Client() as client:
        session(client, server.base_url)
        assert len(server.seen) == 2
