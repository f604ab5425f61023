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
from acme import COMPANY

from wecom_mock.cli import reach


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
