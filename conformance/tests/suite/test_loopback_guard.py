"""A test that connects anywhere but loopback fails, whatever it catches, and so does a program that it starts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from wecom_conformance.loopback import ATTEMPTS, OutsideLoopback, is_loopback

TESTS = Path(__file__).parents[1]
ABROAD = "192.0.2.1"  # an address of documentation: nobody has it
REFUSED = "tests may connect to loopback only"


LEAVING = {
    "connect": f"socket.create_connection(('{ABROAD}', 80), 1)",
    "connect_ex": f"socket.socket().connect_ex(('{ABROAD}', 80))",
    "sendto": f"socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('{ABROAD}', 53))",
    "getaddrinfo": "socket.getaddrinfo('qyapi.weixin.qq.com', 443)",
    "gethostbyname": "socket.gethostbyname('qyapi.weixin.qq.com')",
    "bind to every interface": "socket.socket().bind(('', 0))",
    "bind to every interface by number": "socket.socket().bind(('0.0.0.0', 0))",
    "asyncio": f"asyncio.run(asyncio.open_connection('{ABROAD}', 80))",
    "httpx": "import httpx\nhttpx.get('https://qyapi.weixin.qq.com/')",
    "catching exceptions": f"with contextlib.suppress(Exception):\n    socket.create_connection(('{ABROAD}', 80), 1)",
    "catching everything": f"with contextlib.suppress(BaseException):\n    socket.socket().connect(('{ABROAD}', 80))",
    "a thread": (
        "def away():\n    with contextlib.suppress(Exception):\n        socket.getaddrinfo('example.com', 80)\n"
        "thread = threading.Thread(target=away)\nthread.start()\nthread.join()"
    ),
    "a program": (
        "leave = \"import socket; socket.getaddrinfo('example.com', 80)\"\n"
        "done = subprocess.run([sys.executable, '-c', leave], capture_output=True, text=True)\n"
        "assert done.returncode == 0, done.stderr"
    ),
}
STAYING = {
    "connect": (
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname(), 5).close()\nserver.close()"
    ),
    "names": "socket.getaddrinfo('localhost', 80)\nsocket.getaddrinfo('127.0.0.1', 80)\nsocket.getaddrinfo(None, 0)",
    "a pair": "for one in socket.socketpair():\n    one.close()",
    "a name that nobody has": (
        "import pytest\nwith pytest.raises(socket.gaierror):\n    socket.getaddrinfo('nobody.invalid', 80)"
    ),
    "asyncio": "asyncio.run(asyncio.sleep(0))",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name of each inner test → why it failed, or an empty text: one run, under this repository's own conftest."""
    folder = tmp_path_factory.mktemp("inner")
    for name in ("conftest.py", "servers.py"):
        shutil.copy(TESTS / name, folder)
    shutil.copytree(TESTS / "loopback_site", folder / "loopback_site")
    lines = ["import asyncio, contextlib, socket, subprocess, sys, threading"]
    for name, code in {**_named("leaving", LEAVING), **_named("staying", STAYING)}.items():
        lines += ["", f"def {name}():", *(f"    {line}" for line in code.splitlines())]
    (folder / "test_inner.py").write_text("\n".join(lines), encoding="utf-8")
    report = folder / "report.xml"
    options = [
        "-p",
        "no:cacheprovider",
        "-p",
        "no:schemathesis",
        "--rootdir",
        str(folder),
        f"--junitxml={report}",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder)],
        capture_output=True, check=False, text=True, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr  # tests ran, and some failed
    found: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        bad = [*case.findall("failure"), *case.findall("error")]
        found[case.attrib["name"]] = "\n".join(f"{one.attrib['message']}\n{one.text}" for one in bad)
    return found


def _named(kind: str, codes: dict[str, str]) -> dict[str, str]:
    return {f"test_{kind}_{name.replace(' ', '_')}": code for name, code in codes.items()}


@pytest.mark.parametrize("name", _named("leaving", LEAVING))
def test_a_test_that_leaves_fails(outcomes: dict[str, str], name: str) -> None:
    assert REFUSED in outcomes[name]


@pytest.mark.parametrize("name", _named("staying", STAYING))
def test_a_test_that_stays_passes(outcomes: dict[str, str], name: str) -> None:
    assert outcomes[name] == ""


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.8.9.10",
        "::1",
        "::1%lo",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        b"127.0.0.1",
        "",
        None,
    ],
)
def test_this_machine(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",
        "10.0.0.1",
        "128.0.0.1",
        "::",
        "::2",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "127.0.0",
        b"a",
        7,
    ],
)
def test_not_this_machine(host: object) -> None:
    assert not is_loopback(host)


def test_the_guard_is_on_here() -> None:
    with pytest.raises(OutsideLoopback, match=REFUSED):
        socket.getaddrinfo("example.com", 80)
    assert len(ATTEMPTS) == 1
    ATTEMPTS.clear()  # or this very test would fail


def test_started_programs_are_told() -> None:
    assert os.environ["PYTHONPATH"].split(os.pathsep)[0] == str(TESTS / "loopback_site")
