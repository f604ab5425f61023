"""Other people's clients from PyPI, and curl, against the server: unchanged but for the base URL.

The packages are fetched once, with hashes, into ``build/``; after that nothing here leaves the machine.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wecom_mock import Settings, State
from wecom_mock.server import MockServer

ROOT = Path(__file__).resolve().parents[3]
INTEROP = ROOT / "conformance" / "interop"
sys.path.insert(0, str(INTEROP))  # the helper beside the drivers

import fetch  # noqa: E402

NOW = 1795320000.0
A = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"
UNKNOWN = "wmNobodyKnowsThisOneAAAAAAAAAAAA"


@pytest.fixture(scope="session")
def packages() -> Path:
    """A folder with the clients and what they need."""
    return fetch.packages()


@pytest.fixture
def server() -> Iterator[MockServer]:
    with MockServer(State(settings=Settings(check_media=True)), clock=lambda: NOW) as running:
        yield running


@pytest.fixture
def picture(tmp_path: Path) -> str:
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return str(file)


def drive(packages: Path, client: str, step: str, *arguments: str) -> Any:
    """Run one step of a client in a process that has its packages."""
    env = {**os.environ, "NO_PROXY": "*"}
    env["PYTHONPATH"] = os.pathsep.join([str(packages), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(INTEROP / f"drive_{client}.py"), step, *arguments],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class TestLushWecom:
    def test_from_upload_to_cancellation(self, packages: Path, server: MockServer, picture: str) -> None:
        base = server.base_url
        sent = drive(packages, "lush", "send", base, picture)
        assert (sent["fail_list"], sent["job"]) == ([UNKNOWN], True)
        assert sent["url"] in server.state.media.images
        msgid = sent["msgid"]
        body = server.state.tasks[msgid].body
        assert body["text"] == {"content": "新品上市 🎉"}
        assert [one["msgtype"] for one in body["attachments"]] == ["image", "link"]
        for status, delivered in ((0, 0), (2, 1)):
            if status:
                server.state.confirm(msgid, "zhangsan", NOW)
            assert drive(packages, "lush", "read", base, msgid, str(int(NOW))) == {
                "listed": [[msgid, "新品上市 🎉"]],
                "task": [["zhangsan", status]],
                "sent": [[A, delivered]],
            }
        assert drive(packages, "lush", "end", base, msgid) == {
            "reminders": [0, 0, 0, 41094],
            "cancelled": 0,
            "after": 41093,
        }
        assert server.state.tasks[msgid].cancelled

    def test_a_stale_token_is_fetched_anew(self, packages: Path, server: MockServer) -> None:
        answer = drive(packages, "lush", "stale", server.base_url)
        assert list(server.state.tasks) == [answer["msgid"]]

    def test_its_async_client(self, packages: Path, server: MockServer) -> None:
        answer = drive(packages, "lush", "async", server.base_url)
        assert list(server.state.tasks[answer["msgid"]].assignments) == ["lisi"]


class TestWechatpy:
    def test_upload_and_message(self, packages: Path, server: MockServer, picture: str) -> None:
        sent = drive(packages, "wechatpy", "send", server.base_url, picture)
        assert sent["fail_list"] == [UNKNOWN]
        assert sent["url"] in server.state.media.images
        assert server.state.tasks[sent["msgid"]].body["text"] == {"content": "新品上市 🎉"}

    def test_people(self, packages: Path, server: MockServer) -> None:
        company = server.state.company
        assert drive(packages, "wechatpy", "people", server.base_url) == {
            "customers": company.customers_of("lisi"),
            "groups": list(company.groups),
            "tag_groups": len(company.tag_groups),
            "none": 84061,
        }

    def test_welcome_messages(self, packages: Path, server: MockServer) -> None:
        code = server.state.welcome_code("zhangsan", A, NOW)
        assert drive(packages, "wechatpy", "welcome", server.base_url, code) == {
            "codes": [0, 41050],
            "stored": "欢迎",
            "gone": 40037,
        }

    def test_a_stale_token_is_fetched_anew(self, packages: Path, server: MockServer) -> None:
        answer = drive(packages, "wechatpy", "stale", server.base_url)
        assert list(server.state.tasks) == [answer["msgid"]]

    def test_what_it_sends_in_retired_shapes_is_refused(self, packages: Path, server: MockServer) -> None:
        """The example of its own documentation, a field of an older call, and a call that is gone."""
        assert drive(packages, "wechatpy", "retired", server.base_url) == {
            "add_msg_template": 40058,
            "batch_get_by_user": 40058,
            "get_group_msg_result": "HTTP 404",
        }
        assert dict(server.state.tasks) == {}


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here")
class TestCurl:
    def curl(self, server: MockServer, path: str, *arguments: str) -> Any:
        command = ["curl", "--silent", "--show-error", "--fail", "--noproxy", "*", f"{server.base_url}{path}"]
        done = subprocess.run([*command, *arguments], capture_output=True, timeout=60, check=True)
        return json.loads(done.stdout)

    def test_token_upload_message_and_result(self, server: MockServer, picture: str) -> None:
        token = self.curl(server, "/cgi-bin/gettoken?corpid=wwdemo&corpsecret=demo")["access_token"]
        form = ("--form", f"media=@{picture}")
        uploaded = self.curl(server, f"/cgi-bin/media/upload?access_token={token}&type=image", *form)
        body = {
            "sender": "zhangsan",
            "external_userid": [A],
            "attachments": [{"msgtype": "image", "image": {"media_id": uploaded["media_id"]}}],
            "text": {"content": "你好"},
        }
        data = ("--data-raw", json.dumps(body, ensure_ascii=False))
        contact = "/cgi-bin/externalcontact"
        msgid = self.curl(server, f"{contact}/add_msg_template?access_token={token}", *data)["msgid"]
        server.state.confirm(msgid, "zhangsan", NOW)
        asked = ("--json", json.dumps({"msgid": msgid, "userid": "zhangsan"}))
        answer = self.curl(server, f"{contact}/get_groupmsg_send_result?access_token={token}", *asked)
        assert answer["send_list"] == [
            {"external_userid": A, "userid": "zhangsan", "status": 1, "send_time": int(NOW)}
        ]
        gone = self.curl(server, f"/cgi-bin/externalcontact/get_groupmsg_task?access_token={token}x", *asked)
        assert gone["errcode"] == 40014


def test_the_page_about_peers_says_what_is_measured(packages: Path) -> None:
    spec = importlib.util.spec_from_file_location("peers", INTEROP / "peers.py")
    assert spec is not None
    assert spec.loader is not None
    peers = importlib.util.module_from_spec(spec)
    sys.modules["peers"] = peers
    spec.loader.exec_module(peers)
    measured = peers.measure(packages)
    for language, page in peers.PAGES.items():
        text = page.read_text(encoding="utf-8")
        assert peers.page_with(text, peers.tables(measured, language)) == text, "make peers"
    # Each client did something, and ours is held to more than the others.
    assert all(one.requests > 15 for one in measured)
    ours = measured[-1]
    assert (ours.name, ours.findings) == ("", ())
    assert [times for times, _ in ours.trouble] == [1, 1, 0]
