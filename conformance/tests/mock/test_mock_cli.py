"""``wecom-mock`` as a program."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from wecom_mock.cli import banner, main, reach
from wecom_mock.company_file import parse_company

COMPANY = """\
corpid: wwacme
apps:
- {name: crm, secret: very-secret}
members: [o'neil]
customers:
- {external_userid: wm1, followed_by: [o'neil]}
"""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "wecom_mock", *arguments]


def environment(**more: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "NO_PROXY": "*",
        **more,
    }


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=120, check=False, env=environment(**more)
    )


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A running ``serve --port 0`` and the lines that it printed."""
    process = subprocess.Popen(
        command("serve", "--port", "0", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith("Ctrl+C"):
                break
        yield process, lines
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def stop(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str, str]:
    process.send_signal(number)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_where_it_is_serves_and_stops_quietly(number: signal.Signals) -> None:
    with serving() as (process, lines):
        assert lines[0].startswith("WeCom mock on http://127.0.0.1:")
        assert not lines[0].endswith(":0")
        assert lines[1:3] == ["corpid: wwdemo", "corpsecret: demo"]
        base = lines[0].removeprefix("WeCom mock on ")
        with httpx.Client(base_url=base, trust_env=False) as client:
            answer = client.get("/cgi-bin/gettoken", params={"corpid": "wwdemo", "corpsecret": "demo"}).json()
            assert answer["errcode"] == 0
            query = {"access_token": answer["access_token"]}
            body = '{"sender":"zhangsan","text":{"content":"秘密"}}'.encode()
            sent = client.post("/cgi-bin/externalcontact/add_msg_template", params=query, content=body)
            assert sent.json()["errcode"] == 0
        # No token, no text, no traceback: nothing at all was written meanwhile.
        assert stop(process, number) == (0, "", "")


@pytest.mark.skipif(
    shutil.which("curl") is None or shutil.which("sh") is None,
    reason="no curl here; the test before this one makes the same calls",
)
def test_the_printed_commands_work_as_they_are(tmp_path: Path) -> None:
    def run_printed(lines: list[str], **more: str) -> dict[str, object]:
        script = "\n".join(lines[3:-1])
        done = subprocess.run(
            ["sh", "-c", script], capture_output=True, timeout=60, check=True, env=environment(**more)
        )
        found: dict[str, object] = json.loads(done.stdout)
        return found

    with serving() as (_, lines):
        assert run_printed(lines)["errcode"] == 0
    file = tmp_path / "company.yaml"
    file.write_text(COMPANY)
    with serving("--company", str(file)) as (_, lines):
        assert run_printed(lines, SECRET="very-secret")["errcode"] == 0
        assert run_printed(lines, SECRET="wrong")["errcode"] == 41001


def test_the_secret_of_a_company_file_is_not_printed(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text(COMPANY)
    with serving("--company", str(file)) as (_, lines):
        assert "corpid: wwacme" in lines
        assert "very-secret" not in "\n".join(lines)
        assert str(file) in lines[2]


def test_the_seed_decides_the_token() -> None:
    def token(*arguments: str) -> str:
        with serving(*arguments) as (_, lines), httpx.Client(trust_env=False) as client:
            base = lines[0].removeprefix("WeCom mock on ")
            query = {"corpid": "wwdemo", "corpsecret": "demo"}
            return str(client.get(f"{base}/cgi-bin/gettoken", params=query).json()["access_token"])

    assert token("--seed", "7") == token("--seed", "7") != token()


def test_a_port_in_use_is_one_line_and_exit_code_1() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"wecom-mock: port {port} on 127.0.0.1 can't be used: Address already in use\n"


def test_a_broken_company_file_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text(COMPANY + "groups:\n- {chat_id: wr1, owner: nobody}\n")
    done = run("serve", "--port", "0", "--company", str(file))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"wecom-mock: {file}:8: groups[0].owner: no member 'nobody' in this company\n"
    done = run("serve", "--port", "0", "--company", str(tmp_path / "missing.yaml"))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "missing.yaml: No such file" in done.stderr


def test_a_missing_package_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    module = "yaml"
    (tmp_path / f"{module}.py").write_text(f"raise ModuleNotFoundError('no', name={module!r})\n")
    path = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
    done = run("serve", "--port", "0", PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"wecom-mock: needs {module}: pip install 'wecom-openapi[mock]'\n"


def test_help_is_there_and_tells_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in ((["--help"], ["serve"]), (["serve", "--help"], ["--port", "--company", "8088"])):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 0
        shown = capsys.readouterr().out
        assert all(word in shown for word in words)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["start"], "invalid choice"),
        (["serve", "--port", "65536"], "invalid port (0 to 65535) value: '65536'"),
        (["serve", "--port", "-1"], "invalid port (0 to 65535) value: '-1'"),
        (["serve", "--port", "http"], "invalid port (0 to 65535) value: 'http'"),
        (["serve", "--host", "localhost"], "invalid IPv4 address value: 'localhost'"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert complaint in capsys.readouterr().err


def test_an_odd_corpid_is_quoted_in_the_printed_url() -> None:
    company = parse_company('corpid: "ww&a b\\"$(x)"\napps: [{name: a, secret: s}]')
    assert "corpid=ww%26a%20b%22%24%28x%29&corpsecret=$SECRET" in banner(
        "http://127.0.0.1:1", company, "f.yaml"
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--preset", "lax"], "invalid choice: 'lax' (choose from"),
        (["--setting", "images=1"], "no setting 'images'; there are group_sender_absent, "),
        (["--setting", "image_megabytes=6"], "setting image_megabytes: '6' is not one of 10, 5"),
    ],
)
def test_a_wrong_setting_is_exit_code_2_and_names_the_right_ones(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", *arguments])
    assert caught.value.code == 2
    assert complaint in capsys.readouterr().err


def test_a_preset_and_settings_are_those_of_the_server() -> None:
    def code(*arguments: str) -> int:
        with serving(*arguments) as (_, lines), httpx.Client(trust_env=False) as client:
            base = lines[0].removeprefix("WeCom mock on ")
            query = {"corpid": "wwdemo", "corpsecret": "demo"}
            token = client.get(f"{base}/cgi-bin/gettoken", params=query).json()["access_token"]
            body = {"chat_type": "group", "chat_id_list": ["wrDemoGroupOfLisiAAAAAAAAAAAA"]}
            body |= {"text": {"content": "hello"}}
            url = f"{base}/cgi-bin/externalcontact/add_msg_template"
            return int(client.post(url, params={"access_token": token}, json=body).json()["errcode"])

    assert code() == 40058
    assert code("--preset", "observed-2026") == 0
    assert code("--preset", "observed-2026", "--setting", "group_sender_absent=refuse") == 40058


@pytest.mark.parametrize(
    ("host", "found", "warned"),
    [
        ("127.0.0.1", "127.0.0.1", False),
        ("127.0.0.2", "127.0.0.2", False),
        ("0.0.0.0", "127.0.0.1", True),
        ("192.0.2.1", "192.0.2.1", True),
    ],
)
def test_another_address_than_loopback_is_warned_about(host: str, found: str, warned: bool) -> None:
    warning = f"whoever can reach {host}:80 can use this mock" if warned else None
    assert reach(host, 80) == (f"http://{found}:80", warning)


def test_another_address_of_this_machine_is_served() -> None:
    with serving("--host", "127.0.0.2") as (process, lines):
        base = lines[0].removeprefix("WeCom mock on ")
        assert base.startswith("http://127.0.0.2:")
        with httpx.Client(base_url=base, trust_env=False) as client:
            query = {"corpid": "wwdemo", "corpsecret": "demo"}
            assert client.get("/cgi-bin/gettoken", params=query).json()["errcode"] == 0
        assert stop(process, signal.SIGTERM) == (0, "", "")


def test_the_secret_of_a_state_file_is_not_printed(tmp_path: Path) -> None:
    company, state = tmp_path / "company.yaml", tmp_path / "state.sqlite"
    company.write_text(COMPANY)
    for arguments in (["--company", str(company)], []):
        with serving("--state", str(state), *arguments) as (_, lines):
            assert "corpid: wwacme" in lines
            assert "very-secret" not in "\n".join(lines)
            assert lines[2].startswith(f"corpsecret: see {company if arguments else state}")
