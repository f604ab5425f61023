"""``wecom-conformance run``: a sound server conforms, every planted fault comes out with its code, and nothing that is
asked for wrongly ends in anything but one clear line."""

from __future__ import annotations

import base64
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from attrs import evolve, frozen

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside this file

import faulty_mock as planted
from program_site import SETTINGS, Program, app_of, serving

from wecom_conformance.engine import contract_path
from wecom_conformance.exits import Exit
from wecom_conformance.program import main
from wecom_conformance.runner import _quiet_interrupts
from wecom_contract import CONTRACT_VERSION, OPERATIONS
from wecom_mock import Reply, Request, State, handle

CREATE = "add_msg_template"
QUICK = ("--examples", "5")
SOME = (CREATE, "get_groupmsg_task", "cancel_groupmsg_send", "gettoken")
SECRET = "demo"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("WECOM_CORPSECRET", SECRET)
    for name in ("WECOM_CORPID", "WECOM_CORPSECRET_FILE"):
        monkeypatch.delenv(name, raising=False)
    return Program(tmp_path)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_sound_server_conforms(program: Program, seed: int) -> None:
    with serving() as server:
        status = program.run(
            server.base_url, *QUICK, "--allow-everyone", "--seed", str(seed), operations=SOME
        )
    assert program.data["failures"] == []
    assert status == Exit.CONFORMS
    assert program.data["verdict"] == "conforms"
    served = {one["operation"]: one["served"] for one in program.data["coverage"]["operations"]}
    assert all(served[name] for name in SOME)


def test_a_third_party_app_is_asked_for_its_tokens(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = program.settings.read_text(encoding="utf-8")
    program.settings.write_text(f"{settings}suite_id: wwdemosuite\n", encoding="utf-8")
    monkeypatch.setenv("WECOM_SUITE_SECRET", "demo-suite")
    monkeypatch.setenv("WECOM_SUITE_TICKET", "demo-ticket")
    monkeypatch.setenv("WECOM_PERMANENT_CODE", "demo-permanent")
    of_suite = ("get_suite_token", "get_corp_token")
    with serving() as server:
        status = program.run(server.base_url, *QUICK, operations=of_suite)
    assert (status, program.data["failures"]) == (Exit.CONFORMS, [])
    served = {one["operation"]: one["served"] for one in program.data["coverage"]["operations"]}
    assert all(served[name] for name in of_suite)


def _less_msgid(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "msgid"}


def _throttled(state: State, request: Request, now: float) -> Reply:
    """Serves nothing of one operation, for a limit of frequency."""
    if request.path == OPERATIONS["groupchat_list"].path:
        return planted.with_answer(handle(state, request, now), {"errcode": 45009, "errmsg": "too often"})
    return handle(state, request, now)


def _falls_over(state: State, request: Request, now: float) -> Reply:
    """Raises at a sender that is empty, so that its server answers with status 500."""
    reply = handle(state, request, now)
    if planted.rule_of(reply) == "sender.empty":
        raise ValueError("planted")
    return reply


def _in_turn(*faults: planted.Fault) -> planted.Fault:
    """A server with several faults, each of which befalls other requests: the first that changes an answer has it."""

    def fault(state: State, request: Request, now: float) -> Reply:
        sound = handle(state, request, now)
        replies = (one(state, request, now) for one in faults)
        return next((one for one in replies if _sense(one) != _sense(sound)), sound)

    return fault


def _sense(reply: Reply) -> object:
    """An answer without what is another one every time."""
    try:
        answer = planted.answer_of(reply)
    except ValueError:
        return reply.status, reply.body
    return reply.status, {name: name in ("errmsg", "msgid") or value for name, value in answer.items()}


def _has(kind: str) -> Callable[[Any], bool]:
    return lambda body: any(one.get("msgtype") == kind for one in body.get("attachments") or ())


def _of_rules(pattern: str, fault: planted.Fault) -> planted.Fault:
    """The fault, for requests that break such a rule."""

    def narrowed(state: State, request: Request, now: float) -> Reply:
        reply = handle(state, request, now)
        return fault(state, request, now) if re.fullmatch(pattern, planted.rule_of(reply)) else reply

    return narrowed


def _of_messages(condition: Callable[[Any], bool], change: Callable[[Any], Any]) -> planted.Fault:
    """Another envelope for good messages of some kind, but not for those that the run makes for itself."""

    def narrowed(state: State, request: Request, now: float) -> Reply:
        reply = handle(state, request, now)
        good = request.path == OPERATIONS[CREATE].path and planted.answer_of(reply)["errcode"] == 0
        if not good or b'"text":{"content":"x"}' in request.body or not condition(json.loads(request.body)):
            return reply
        return planted.with_answer(reply, change(planted.answer_of(reply)))

    return narrowed


@frozen
class Planted:
    """A fault, and the failure that has to come of it.

    Attributes:
        fault: what the server does.
        code: of the failure.
        rule: that the failure names; empty for none.
        field: of the failure, that shows which fault it was.
        text: a part of that field.
    """

    fault: planted.Fault
    code: str
    rule: str = ""
    field: str = ""
    text: str = ""


# Faults in one server befall different requests, and each has to come out as a failure of its own.
SERVERS: dict[str, tuple[str, dict[str, Planted]]] = {
    "verdicts": (CREATE, {
        "accepts ten attachments": Planted(
            planted.forgives("attachments.max-items"), "WC201", "attachments.max-items"
        ),
        "counts characters": Planted(planted.characters_not_bytes, "WC201", "text.content.max-bytes"),
        "refuses files": Planted(planted.refuses(_has("file"), 40058), "WC202", "", "answer", '"errcode": 40058'),
        "finds nobody": Planted(planted.refuses(_has("video"), 41048), "WC203", "", "answer", '"errcode": 41048'),
        "takes the first of two tokens": Planted(planted.two_tokens, "WC301", "", "source", "token: two"),
        "falls over": Planted(_falls_over, "WC101", "", "body", '"sender":""'),
    }),
    "answers": (CREATE, {
        "refuses with a page": Planted(
            _of_rules(r"text\..*", planted.html_refusals), "WC103", "", "answer", "<html>no</html>"
        ),
        "leaves the msgid out": Planted(
            _of_messages(_has("image"), _less_msgid), "WC104", "", "detail", "msgid is missing"
        ),
        "ignores the token": Planted(planted.any_token, "WC301", "", "source", "token: none"),
    }),
    "status": ("groupchat_list", {
        "refuses with a status": Planted(planted.status_refusals, "WC105", "", "status", "400"),
    }),
    "list": ("get_groupmsg_task", {
        "answers a list that is a string": Planted(
            planted.answers(lambda answer: {**answer, "task_list": "wm1"} if "task_list" in answer else answer),
            "WC107", "", "answer", '"task_list": "wm1"',
        ),
    }),
    "no msgid": ("get_groupmsg_task", {
        "never gives a msgid": Planted(
            planted.answers(_less_msgid), "WC207", "", "detail", "add_msg_template gives no msgid"
        ),
    }),
    "errcode as text": ("groupchat_list", {
        "answers a string as errcode": Planted(
            planted.answers(
                lambda answer: answer if "access_token" in answer else {**answer, "errcode": str(answer["errcode"])}
            ),
            "WC101", "", "answer", '"errcode": "',
        ),
    }),
    "text": ("groupchat_list", {
        "sends its JSON as text": Planted(planted.plain_text, "WC106", "", "detail", "text/plain"),
    }),
    "busy": ("groupchat_list", {
        "is always too busy": Planted(_throttled, "WC208", "", "detail", "45009"),
    }),
}  # fmt: skip


@pytest.mark.parametrize(("operation", "faults"), SERVERS.values(), ids=list(SERVERS))
def test_every_fault_comes_out_with_its_code(
    program: Program, operation: str, faults: dict[str, Planted]
) -> None:
    fault = next(iter(faults.values())).fault
    with serving(_in_turn(*(one.fault for one in faults.values())) if len(faults) > 1 else fault) as server:
        status = program.run(server.base_url, *QUICK, "--allow-everyone", operations=[operation])
    assert status == Exit.VIOLATIONS
    assert program.data["verdict"] == "violations"
    junit = {one.attrib["type"] for one in ElementTree.parse(program.report / "junit.xml").iter("failure")}
    page = (program.report / "report.html").read_text(encoding="utf-8")
    for name, one in faults.items():
        of_its_code = [found for found in program.data["failures"] if found["code"] == one.code]
        assert [found for found in of_its_code if _shows(found, one)], (name, of_its_code)
        assert one.code in junit, name
        assert one.code in page, name


def _shows(failure: dict[str, Any], wanted: Planted) -> bool:
    rules = {rule["id"] for rule in failure["rules"]}
    named = not wanted.rule or wanted.rule in rules
    return named and (not wanted.field or wanted.text in str(failure[wanted.field]))


def test_a_life_that_contradicts_itself_comes_out(program: Program) -> None:
    group = ["get_groupmsg_task", CREATE, "cancel_groupmsg_send"]
    with serving(planted.never_cancels) as server:
        status = program.run(server.base_url, "--examples", "24", "--allow-everyone", operations=group)
    assert status == Exit.VIOLATIONS
    assert "WC401" in program.codes


def _shows_the_smallest_body_its_rule_and_a_curl_line(program: Program) -> None:
    [failure] = [one for one in program.data["failures"] if one["code"] == "WC201"]
    assert [rule["id"] for rule in failure["rules"]] == ["sender.empty"]
    assert failure["rules"][0]["evidence"]
    assert json.loads(failure["body"])["sender"] == ""
    assert len(failure["body"]) < 200
    assert "${TOKEN}" in failure["curl"]
    row = next(row for row in program.data["matrix"] if row["rule"] == "sender.empty")
    assert (row["contract"], row["server"]) == ("refuses it", "accepts it")
    sound = next(row for row in program.data["matrix"] if row["rule"] == "text.content.max-bytes")
    assert (sound["contract"], sound["server"]) == ("refuses it", "refuses it")


def test_workers_find_the_same(program: Program) -> None:
    found = []
    for workers in ("1", "2"):
        with serving(planted.forgives("gettoken.corpid.empty")) as server:
            options = (*QUICK, "--allow-everyone", "--workers", workers)
            status = program.run(server.base_url, *options, operations=["groupchat_list", "gettoken"])
        assert status == Exit.VIOLATIONS
        sent = {one["operation"]: one["sent"] for one in program.data["coverage"]["operations"]}
        assert sent["groupchat_list"] > 50
        found.append((program.codes, sent))
    assert "WC201" in found[0][0]
    assert found[0] == found[1]


def _has_no_secret(texts: Sequence[str], tokens: Sequence[str]) -> None:
    assert len(texts) == 9
    assert tokens
    for text in texts:
        assert not [token for token in tokens if token in text]
        assert "corpsecret=demo" not in text


def _needs_nothing_beside_it_and_escapes_everything(program: Program) -> None:
    page = (program.report / "report.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    parts = _Parts()
    parts.feed(page)
    assert parts.tags & {"script", "img", "link", "iframe", "object", "base"} == set()
    assert parts.attributes & {"src", "href", "srcset", "onerror", "onclick", "style"} == set()
    assert not [mark for mark in ("@import", "url(") if mark in page]
    for name in OPERATIONS:
        assert f"<code>{name}</code>" in page
    ElementTree.parse(program.report / "junit.xml")
    har = json.loads((program.report / "traffic.har").read_text(encoding="utf-8"))
    assert har["log"]["version"] == "1.2"
    assert har["log"]["entries"]


def test_the_reports_of_a_hostile_server(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    """One that knows a rule less, repeats what it was asked with the token, and writes markup into its answers."""
    hostile = "</pre><script>alert(1)</script><img src=x>"

    def answer(state: State, request: Request, now: float) -> Reply:
        reply = planted.forgives("sender.empty")(state, request, now)
        reply = evolve(reply, headers=(("Content-Type", f"application/json; of={request.query.decode()}"),))
        added = {"url": request.query.decode(), "errmsg": hostile, "fail_list": hostile}
        return planted.with_answer(reply, {**planted.answer_of(reply), **added})

    with serving(answer) as server:
        program.run(server.base_url, *QUICK, "--allow-everyone", operations=[CREATE, "gettoken"])
        tokens = list(server.state.tokens)
    shown = capsys.readouterr()
    written = [path.read_text(encoding="utf-8") for path in program.report.iterdir()]
    texts = [shown.out, shown.err, *written, _bodies_in_the_events(program)]
    _shows_the_smallest_body_its_rule_and_a_curl_line(program)
    _has_no_secret(texts, tokens)
    _needs_nothing_beside_it_and_escapes_everything(program)
    _says_the_same_in_the_formats_of_schemathesis(program, hostile)


def _events(program: Program) -> list[dict[str, Any]]:
    lines = (program.report / "schemathesis-events.ndjson").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _bodies_in_the_events(program: Program) -> str:
    """They are base64 there, in which nobody would see a secret."""
    found: list[bytes] = []

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            found.extend([base64.b64decode(value["$base64"])] if "$base64" in value else [])
            return [walk(one) for one in value.values()]
        return [walk(one) for one in value] if isinstance(value, list) else None

    walk(_events(program))
    return b"\n".join(found).decode("utf-8", "backslashreplace")


def _says_the_same_in_the_formats_of_schemathesis(program: Program, hostile: str) -> None:
    entries = json.loads((program.report / "traffic.har").read_text(encoding="utf-8"))["log"]["entries"]
    cassette = yaml.safe_load((program.report / "schemathesis-cassette.yaml").read_text(encoding="utf-8"))
    assert (cassette["seed"], cassette["recorded_with"].split()[0]) == (1, "Schemathesis")
    told = cassette["http_interactions"]
    assert {one["id"] for one in told} == {f"{number:06}" for number in range(1, len(entries) + 1)}
    by_id = {one["id"]: one for one in told}
    for number, entry in enumerate(entries, 1):
        one = by_id[f"{number:06}"]
        assert [check["name"] for check in one["checks"] if check["status"] == "FAILURE"] == entry.get(
            "_findings", []
        )
        assert one["status"] == ("FAILURE" if "_findings" in entry else "SUCCESS")
        assert one["request"]["uri"].partition("?")[0] == entry["request"]["url"].partition("?")[0]
    wrong = next(one for one in told if "WC201" in [check["name"] for check in one["checks"]])
    assert json.loads(wrong["request"]["body"]["string"])["sender"] == ""
    assert json.loads(wrong["response"]["body"]["string"])["errmsg"] == hostile
    assert "access_token=***" in wrong["response"]["body"]["string"]
    kinds = [next(iter(event)) for event in _events(program)]
    assert {*kinds[2:-1]} == {"ScenarioFinished"}
    assert [*kinds[:2], kinds[-1]] == ["Initialize", "EngineStarted", "EngineFinished"]
    finished = [event["ScenarioFinished"] for event in _events(program)[2:-1]]
    assert {one["phase"] for one in finished} == {"examples", "coverage", "fuzzing"}
    assert sum(len(one["recorder"]["interactions"]) for one in finished) == len(entries)
    assert {one["status"] for one in finished} == {"failure", "success"}
    assert hostile in _bodies_in_the_events(program)


class _Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


class TestSafety:
    def test_without_leave_only_reads_are_sent(self, program: Program) -> None:
        with serving() as server:
            status = program.run(server.base_url, *QUICK)
        assert status == Exit.CONFORMS
        reads = {known.path for known in OPERATIONS.values() if known.effect == "read"}
        assert {request.path for request in server.seen} <= reads
        methods = {(request.path, request.method) for request in server.seen}
        assert methods <= {(known.path, known.method) for known in OPERATIONS.values()}
        assert server.state.tasks == {}

    def test_with_leave_to_write_messages_reach_the_given_ids_only(self, program: Program) -> None:
        with serving(planted.forgives(".*")) as server:
            status = program.run(server.base_url, "--examples", "30", "--allow-writes", operations=[CREATE])
            sent = [json.loads(one.body) for one in server.seen if one.path == OPERATIONS[CREATE].path]
        assert (status, "WC201" in program.codes) == (Exit.VIOLATIONS, True)
        assert len(sent) > 100
        for body in sent:
            if body.get("chat_type", "single") == "group":
                assert body["chat_id_list"]
                assert set(body["chat_id_list"]) <= set(SETTINGS["groups"])
            else:
                assert body["external_userid"]
                assert set(body["external_userid"]) <= set(SETTINGS["customers"])

    def test_sequences_keep_to_the_given_ids_too(self, program: Program) -> None:
        with serving() as server:
            status = program.run(server.base_url, "--examples", "30", "--allow-writes", operations=[
                CREATE, "get_groupmsg_task", "get_groupmsg_send_result", "cancel_groupmsg_send",
            ])  # fmt: skip
            sent = [one for one in server.seen if one.path == OPERATIONS[CREATE].path]
        assert status == Exit.CONFORMS
        assert {unit for one in sent if (unit := json.loads(one.body).get("sender"))} == {SETTINGS["member"]}
        assert not [one for one in server.seen if one.path == OPERATIONS["add_moment_task"].path]

    def test_a_dry_run_sends_nothing_and_lists_what_a_run_sends(
        self, program: Program, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with serving() as server:
            status = program.run(server.base_url, *QUICK, "--dry-run", operations=["groupchat_list"])
            assert server.seen == []
            listed = (program.report / "would-send.jsonl").read_text(encoding="utf-8").split("\n")
            rows = [json.loads(line) for line in listed if line]
            assert status == Exit.CONFORMS
            assert {row["operation"] for row in rows} == {"groupchat_list"}
            assert f"groupchat_list: {len(rows)} requests" in capsys.readouterr().out
            program.run(server.base_url, *QUICK, operations=["groupchat_list"])
            bodies = [one.body for one in server.seen if one.path == OPERATIONS["groupchat_list"].path]
        known = {json.dumps(row["body"], sort_keys=True) for row in rows if isinstance(row["body"], dict)}
        drawn = [
            json.loads(body)
            for body in bodies
            if body.startswith(b"{") and b"\\x" not in body and _is_json(body)
        ]
        missing = [body for body in drawn if json.dumps(body, sort_keys=True) not in known]
        # Reads page by page: what comes next depends on the answers.
        assert [body for body in missing if "limit" not in body] == []

    def test_the_pace_is_kept(self, program: Program) -> None:
        import time

        with serving() as server:
            began = time.monotonic()
            program.run(
                server.base_url, "--rate", "30/s", "--examples", "1", operations=["externalcontact_list"]
            )
            took, count = time.monotonic() - began, len(server.seen) - 2
        assert count > 15
        assert took >= (count - 8) / 30  # a token a phase is fetched outside of it


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _html(state: State, request: Request, now: float) -> Reply:
    return planted.with_body(handle(state, request, now), b"<html>", ("Content-Type", "text/html"))


def _not_found(state: State, request: Request, now: float) -> Reply:
    return Reply(404, (("Content-Type", "text/plain"),), b"not found")


def _moved(state: State, request: Request, now: float) -> Reply:
    return Reply(302, (("Location", "http://192.0.2.1/"), ("Content-Type", "text/plain")), b"")


def _wrong_secret(state: State, request: Request, now: float) -> Reply:
    return planted.with_answer(handle(state, request, now), {"errcode": 40001, "errmsg": "demo"})


class TestBadInput:
    """Each is exit status 2 and one line on stderr."""

    @pytest.fixture
    def fails(self, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
        def run(*arguments: str) -> str:
            assert main(list(arguments)) == Exit.COULD_NOT_RUN
            shown = capsys.readouterr()
            assert shown.out == ""
            assert shown.err.startswith("error: ")
            assert shown.err.count("\n") == 1
            assert "Traceback" not in shown.err
            return shown.err

        return run

    @pytest.mark.parametrize(
        ("fault", "words"),
        [
            (_html, "HTTP 200, text/html"),
            (_not_found, "HTTP 404, text/plain"),
            (_moved, "HTTP 302"),
            (_wrong_secret, "errcode 40001"),
        ],
    )
    def test_a_server_that_gives_no_token(
        self, program: Program, fails: Callable[..., str], fault: planted.Fault, words: str
    ) -> None:
        with serving(fault) as server:
            told = fails(*program.arguments(server.base_url))
        assert "gettoken" in told
        assert words in told

    def test_nobody_listens(self, program: Program, fails: Callable[..., str]) -> None:
        with serving() as server:
            base_url = server.base_url
        told = fails(*program.arguments(base_url))
        assert "Connection refused" in told

    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("https://qyapi.weixin.qq.com", "--allow-remote"),
            ("http://192.0.2.1:80", "--allow-remote"),
            ("ftp://127.0.0.1", "no URL such as"),
            ("127.0.0.1:80", "no URL such as"),
            ("http://127.0.0.1:99999", "no URL such as"),
            ("http://127.0.0.1/api", "no path"),
            ("http://user:pa55word@127.0.0.1", "no user"),
            ("", "no URL such as"),
        ],
    )
    def test_urls(self, program: Program, fails: Callable[..., str], url: str, words: str) -> None:
        told = fails(*program.arguments(url))
        assert words in told
        assert "pa55word" not in told

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            (["--operations", "send_mail"], "no operation send_mail"),
            (["--rate", "fast"], "no rate such as"),
            (["--rate", "0/s"], "no rate such as"),
            (["--workers", "0"], "--workers"),
            (["--examples", "0"], "--examples"),
            (["--seed", "x"], "--seed"),
            (["--secret", "x"], "--secret"),
        ],
    )
    def test_options(self, program: Program, fails: Callable[..., str], more: list[str], words: str) -> None:
        assert words in fails(*program.arguments("http://127.0.0.1:1"), *more)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("corpsecret: x", "secrets come from the environment"),
            ("suite_secret: x", "secrets come from the environment"),
            ("corpid: [1]", "not a string"),
            ("corpid: ''", "not a string"),
            ("customers: wm1", "not a list of ids"),
            ("customers: [1]", "not a list of ids"),
            ("departments: [x]", "not a list of numbers"),
            ("colour: red", "no such setting"),
            ("- a", "not a mapping"),
            ("a: [", "no YAML"),
            ("suite_id: s\ncorpid: c", "WECOM_SUITE_SECRET"),
            ("member: m", "corpid: not set"),
            ("corpid: c", "member: not set"),
            ("corpid: c\nmember: m", "customers: not set"),
        ],
    )
    def test_settings(self, program: Program, fails: Callable[..., str], content: str, words: str) -> None:
        program.settings.write_text(content, encoding="utf-8")
        assert words in fails(*program.arguments("http://127.0.0.1:1"))

    def test_settings_that_are_not_there(self, program: Program, fails: Callable[..., str]) -> None:
        program.settings.unlink()
        assert "No such file" in fails(*program.arguments("http://127.0.0.1:1"))

    def test_no_secret(
        self, program: Program, fails: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("WECOM_CORPSECRET")
        assert "WECOM_CORPSECRET: not set" in fails(*program.arguments("http://127.0.0.1:1"))
        monkeypatch.setenv("WECOM_CORPSECRET_FILE", str(program.folder / "none"))
        assert "No such file" in fails(*program.arguments("http://127.0.0.1:1"))
        monkeypatch.setenv("WECOM_CORPSECRET", "x")
        assert "both set" in fails(*program.arguments("http://127.0.0.1:1"))

    def test_a_folder_that_cannot_be_written_to(self, program: Program, fails: Callable[..., str]) -> None:
        (program.folder / "file").write_text("x", encoding="utf-8")
        for place in ("file", "file/below"):
            told = fails(*program.arguments("http://127.0.0.1:1"), "--report", str(program.folder / place))
            assert "can't be written to" in told

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda text: text.replace(f"version: {CONTRACT_VERSION}", "version: 9.9.9", 1), "version 9.9.9"),
            (lambda text: text[: len(text) // 2] + "\n\t[", "can't be used"),
            (lambda text: "a: 1", "can't be used"),
        ],
    )
    def test_another_contract(
        self, program: Program, fails: Callable[..., str], change: Callable[[str], str], words: str
    ) -> None:
        file = program.folder / "contract.yaml"
        original = contract_path().read_text(encoding="utf-8")
        file.write_text(change(original), encoding="utf-8")
        assert file.read_text(encoding="utf-8") != original
        assert words in fails(*program.arguments("http://127.0.0.1:1"), "--contract", str(file))

    def test_the_same_contract_from_a_file(self, program: Program) -> None:
        file = program.folder / "contract.yaml"
        file.write_text(contract_path().read_text(encoding="utf-8"), encoding="utf-8")
        with serving() as server:
            status = program.run(server.base_url, "--contract", str(file), *QUICK, operations=["gettoken"])
        assert status == Exit.CONFORMS

    def test_nothing_is_no_command(self, fails: Callable[..., str]) -> None:
        fails("prove")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_in_a_finalizer_is_told_nobody_and_a_mistake_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[type[BaseException] | None] = []

    def finalized_by(error: BaseException) -> None:
        class Dying:
            def __del__(self) -> None:
                raise error

        Dying()  # and at once nobody has it

    monkeypatch.setattr(sys, "unraisablehook", lambda what: told.append(what.exc_type))
    with _quiet_interrupts():
        finalized_by(KeyboardInterrupt())
        finalized_by(ValueError())
    finalized_by(KeyboardInterrupt())
    assert told == [ValueError, KeyboardInterrupt]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_writes_the_report_so_far(program: Program, workers: str) -> None:
    # Slow, so that it can't be over before the signal comes.
    with serving(planted.forgives("gettoken.corpid.empty")) as server:
        process = program.start(
            *program.arguments(server.base_url, ["gettoken", "groupchat_list"]),
            *("--report", str(program.report), "--rate", "60/s", "--workers", workers, "--examples", "1000"),
        )
        while not [one for one in server.seen if one.path == OPERATIONS["groupchat_list"].path]:
            assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert "Traceback" not in err, err
    assert program.data["interrupted"]
    assert "stopped before its end" in out
    assert process.returncode in (Exit.VIOLATIONS, Exit.COULD_NOT_RUN)
    if workers == "1":
        assert process.returncode == Exit.VIOLATIONS
        assert "WC201" in program.codes


def test_the_help_names_every_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wecom_conformance", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    for command in ("run", "explain", "check-har", "proxy"):
        assert command in done.stdout


def test_settings_are_yaml_as_the_page_shows_it(program: Program) -> None:
    assert yaml.safe_load(program.settings.read_text(encoding="utf-8")) == SETTINGS
    assert callable(app_of)
