"""``wecom-mock`` in this process: all that it prints, and what its options reach."""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from acme import COMPANY

from wecom_mock.cli import banner, main
from wecom_mock.company_file import parse_company
from wecom_mock.demo import demo_company
from wecom_mock.persistence import StoredState, open_state
from wecom_mock.presets import PRESETS

LOGIN = {"corpid": "wwdemo", "corpsecret": "demo"}
GETTOKEN = "/cgi-bin/gettoken"
PICK = r"""sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p'"""

Ask = Callable[[httpx.Client], Any]
Program = Callable[..., tuple[int, str, str, Any]]


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Program]:
    """Runs a command on a free port until it was asked: its exit code, its lines, stderr, and what it answered."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    handlers, threshold = [signal.getsignal(number) for number in numbers], gc.get_threshold()
    for number in numbers:
        signal.signal(number, lambda *_: None)  # one that comes too early must not end this process

    def run(
        *arguments: str,
        ask: Ask | None = None,
        number: int = signal.SIGTERM,
        encoding: str = "utf-8",
        port: int = 0,
    ) -> tuple[int, str, str, Any]:
        reading, writing = os.pipe()
        printed, answered = [], []

        def talk() -> None:
            with os.fdopen(reading, encoding=encoding) as lines:
                for line in lines:
                    printed.append(line)
                    if line.startswith("Ctrl+C"):
                        break
                else:
                    return
                base_url = printed[0].split()[3].rstrip(",")
                with httpx.Client(base_url=base_url, trust_env=False, timeout=30) as client:
                    try:
                        # Who answers listens to signals already.
                        client.get("/")
                        answered.append(ask(client) if ask else None)
                    finally:
                        os.kill(os.getpid(), number)
                printed.extend(lines)

        thread = threading.Thread(target=talk)
        with os.fdopen(writing, "w", encoding=encoding) as out, monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", out)
            thread.start()
            code = main([*arguments, "--port", str(port)])
            assert isinstance(out, io.TextIOWrapper)
        thread.join()
        return code, "".join(printed), capsys.readouterr().err, answered[0] if answered else None

    yield run
    gc.unfreeze()
    gc.set_threshold(*threshold)
    for number, handler in zip(numbers, handlers, strict=True):
        signal.signal(number, handler)


def code_of(client: httpx.Client, **changes: str) -> int:
    return int(client.get(GETTOKEN, params=LOGIN | changes).json()["errcode"])


def url(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_all_that_is_needed_to_call_it(program: Program, number: int) -> None:
    code, out, err, (base, answer) = program("serve", ask=lambda c: (url(c), code_of(c)), number=number)
    assert (code, err, answer) == (0, "", 0)
    assert out == banner(base, demo_company(), None) + "\n"


def test_the_banner_of_the_company_that_is_built_in() -> None:
    assert banner("http://127.0.0.1:1", demo_company(), None) == (
        "WeCom mock on http://127.0.0.1:1\n"
        "corpid: wwdemo\n"
        "corpsecret: demo\n"
        "console: http://127.0.0.1:1/_mock/\n"
        "\n"
        f'TOKEN=$(curl -s "http://127.0.0.1:1/cgi-bin/gettoken?corpid=wwdemo&corpsecret=demo" | {PICK})\n'
        'curl -s -X POST "http://127.0.0.1:1/cgi-bin/externalcontact/add_msg_template?access_token=$TOKEN"'
        " -H 'Content-Type: application/json'"
        """ --data-raw '{"sender": "zhangsan", "text": {"content": "hello"}}'\n"""
        "\n"
        "Ctrl+C stops it."
    )


def test_the_banner_of_a_company_from_a_file() -> None:
    assert banner("http://127.0.0.1:1", parse_company(COMPANY), "f.yaml") == (
        "WeCom mock on http://127.0.0.1:1\n"
        "corpid: wwacme\n"
        "corpsecret: see f.yaml (put it in SECRET for the commands below)\n"
        "console: http://127.0.0.1:1/_mock/\n"
        "\n"
        f'TOKEN=$(curl -s "http://127.0.0.1:1/cgi-bin/gettoken?corpid=wwacme&corpsecret=$SECRET" | {PICK})\n'
        'curl -s -X POST "http://127.0.0.1:1/cgi-bin/externalcontact/add_msg_template?access_token=$TOKEN"'
        " -H 'Content-Type: application/json'"
        """ --data-raw '{"sender": "o'"'"'neil", "text": {"content": "hello"}}'\n"""
        "\n"
        "Ctrl+C stops it."
    )


def test_the_banner_of_a_company_without_customers_and_an_odd_corpid() -> None:
    company = parse_company('corpid: "ww/&a b\\"$(x)"\napps: [{name: a, secret: s}]\nmembers: [张三]')
    shown = banner("http://127.0.0.1:1", company, "f.yaml")
    assert "?corpid=ww%2F%26a%20b%22%24%28x%29&corpsecret=$SECRET" in shown
    assert """--data-raw '{"sender": "zhangsan", """ in shown
    other = parse_company(COMPANY.replace("o'neil", "张三"))
    assert """--data-raw '{"sender": "张三", """ in banner("http://127.0.0.1:1", other, None)


def test_another_address_and_port_are_those_of_the_server(program: Program) -> None:
    code, _, err, base = program("serve", "--host", "127.0.0.2", ask=url)
    assert (code, err, base.rpartition(":")[0]) == (0, "", "http://127.0.0.2")
    with socket.socket() as taken:
        taken.bind(("127.0.0.2", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = f"wecom-mock: port {port} on 127.0.0.2 can't be used: Address already in use\n"
        assert program("serve", "--host", "127.0.0.2", port=port) == (1, "", told, None)


def test_the_seed_decides_the_token_and_is_0(program: Program) -> None:
    def token(*arguments: str) -> str:
        ask = program("serve", *arguments, ask=lambda c: c.get(GETTOKEN, params=LOGIN).json()["access_token"])
        return str(ask[3])

    assert token("--seed", "7") == token("--seed", "7") != token() == token("--seed", "0")


def test_a_preset_and_settings_are_those_of_the_server(program: Program) -> None:
    def settings(*arguments: str) -> dict[str, Any]:
        return dict(program("serve", *arguments, ask=lambda c: c.get("/_mock/api/settings").json())[3])

    assert settings() == PRESETS["documented"]
    assert settings("--preset", "strict") == PRESETS["strict"]
    both = ("--preset", "observed-2026", "--setting", "image_megabytes=5", "--setting", "check_media=true")
    assert settings(*both) == {**PRESETS["observed-2026"], "image_megabytes": 5, "check_media": True}


def test_the_console_is_reached_by_the_names_that_were_given(program: Program) -> None:
    def ask(client: httpx.Client) -> list[int]:
        hosts = ("mock.test", "other.test", "third.test")
        return [client.get("/_mock/api/clock", headers={"Host": host}).status_code for host in hosts]

    assert program("serve", ask=ask)[3] == [403, 403, 403]
    named = ("--admin-host", "mock.test", "--admin-host", "other.test")
    assert program("serve", *named, ask=ask)[3] == [200, 200, 403]


def test_a_scenario_brings_faults_and_settings_for_the_company(program: Program, tmp_path: Path) -> None:
    company, scenario = tmp_path / "company.yaml", tmp_path / "scenario.yaml"
    company.write_text(COMPANY)
    scenario.write_text(
        "settings: {bad_secret_code: 40001}\n"
        "faults: [{kind: errcode, operation: gettoken, times: 1, errcode: 7}]\n"
        'people: [{when: add_msg_template, member: "o\'neil", do: confirm}]\n'
    )
    answers = program(
        *("serve", "--company", str(company), "--scenario", str(scenario)),
        ask=lambda c: [code_of(c, corpid="wwacme", corpsecret=one) for one in ("very-secret", "x")],
    )[3]
    assert answers == [7, 40001]
    # The people of a scenario are members of the company that is served.
    code, out, err, _ = program("serve", "--scenario", str(scenario))
    assert (code, out) == (1, "")
    assert err == f'wecom-mock: {scenario}:3: people[0].member: no member "o\'neil" in this company\n'


def test_a_state_file_keeps_its_company_seed_and_settings(program: Program, tmp_path: Path) -> None:
    company, state = tmp_path / "company.yaml", str(tmp_path / "state.sqlite")
    company.write_text(COMPANY)
    first = program(
        *("serve", "--state", state, "--company", str(company), "--seed", "7"),
        *("--setting", "bad_secret_code=40001"),
        ask=lambda c: code_of(c, corpid="wwacme"),
    )
    assert (first[0], first[2], first[3]) == (0, "", 40001)
    assert first[1].splitlines()[2] == f"corpsecret: see {company} (put it in SECRET for the commands below)"
    assert "very-secret" not in first[1]
    kept = open_state(state)
    assert (kept.seed, kept.company.corpid) == (7, "wwacme")
    kept.close()
    again = program(
        "serve", "--state", state, ask=lambda c: code_of(c, corpid="wwacme", corpsecret="very-secret")
    )
    assert (again[0], again[2], again[3]) == (0, "", 0)
    assert again[1].splitlines()[2] == f"corpsecret: see {state} (put it in SECRET for the commands below)"


@pytest.mark.parametrize(("seconds", "told"), [(0.49, ""), (0.51, "+1"), (-7200.0, "-7200")])
def test_a_clock_that_was_moved_is_told_at_the_next_start(
    program: Program, tmp_path: Path, seconds: float, told: str
) -> None:
    state = str(tmp_path / "state.sqlite")

    kept = open_state(state)
    assert isinstance(kept, StoredState)
    kept.ahead = seconds
    kept.close()
    err = program("serve", "--state", state)[2]
    words = f"its clock is {told} s from this machine's, as it was left"
    assert err == (f"wecom-mock: {state}: {words}\n" if told else "")


def test_what_the_terminal_can_not_show_is_no_reason_to_stop(program: Program, tmp_path: Path) -> None:
    company = tmp_path / "公司.yaml"
    company.write_text(COMPANY)
    code, out, err, _ = program("serve", "--company", str(company), encoding="ascii")
    assert (code, err) == (0, "")
    assert f"{tmp_path}/??.yaml" in out


def test_replay_says_what_it_plays(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "calls.har"
    code, _, err, (served, recorded) = program(
        "serve", "--har", str(file), ask=lambda c: (url(c), code_of(c))
    )
    assert (code, err, recorded) == (0, "", 0)
    entries = json.loads(file.read_text())["log"]["entries"]
    assert {one["request"]["url"].partition("/cgi-bin")[0].rstrip("/") for one in entries} == {served}
    code, out, err, (base, answer) = program("replay", str(file), ask=lambda c: (url(c), code_of(c)))
    assert (code, err, answer) == (0, "", 0)
    assert out == f"WeCom mock on {base}, playing back 2 recorded calls of {file}\n\nCtrl+C stops it.\n"


def test_a_recording_that_can_not_be_written_at_the_end_is_told(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    file = folder / "calls.har"

    def ask(_: httpx.Client) -> None:
        file.unlink()
        folder.rmdir()

    code, _, err, _ = program("serve", "--har", str(file), ask=ask)
    assert (code, err) == (1, f"wecom-mock: {file} can't be written: No such file or directory\n")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("serve", "--company"), ": No such file or directory"),
        (("serve", "--scenario"), ": No such file or directory"),
        (("serve", "--state"), ": can't be used: No such file or directory"),
        (("serve", "--har"), " can't be written: No such file or directory"),
        (("replay",), ": No such file or directory"),
    ],
)
def test_a_file_that_can_not_be_used_is_one_line(
    program: Program, tmp_path: Path, command: tuple[str, ...], told: str
) -> None:
    missing = tmp_path / "nowhere" / "file"
    code, out, err, _ = program(*command, str(missing))
    assert (code, out, err) == (1, "", f"wecom-mock: {missing}{told}\n")
