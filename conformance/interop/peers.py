"""What other people's clients, and ours, put on the wire: measured by the recording proxy, written into docs/peers.md.

``python conformance/interop/peers.py FOLDER`` writes the tables of both pages anew; FOLDER has the packages of
requirements.txt. Each client makes the calls that it is tried with here (``drive_*.py``), against the mock.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import wecom_conformance
from wecom_conformance.ledger import Failure
from wecom_contract import rules
from wecom_mock import Settings, State
from wecom_mock.faults import Fault
from wecom_mock.server import MockServer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGES = {"en": ROOT / "docs/peers.md", "zh": ROOT / "docs/peers.zh-CN.md"}
NOW = 1795320000.0
CUSTOMER = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"
LONG = "字" * 1334
"""4,002 bytes, where 4,000 are allowed."""

ABOUT_CLIENTS = frozenset({"WC501", "WC502", "WC503", "WC504", "WC506", "WC507", "WC508"})

_HEADS = {
    "en": {
        "clients": "client | version | calls | requests | findings",
        "findings": "client | finding | call | requests | what",
        "trouble": "client | the answer was lost | errcode −1 | a text of 4,002 bytes",
    },
    "zh": {
        "clients": "客户端 | 版本 | 接口 | 请求 | 发现",
        "findings": "客户端 | 发现 | 接口 | 请求 | 内容",
        "trouble": "客户端 | 应答丢失 | errcode −1 | 4,002 字节的文本",
    },
}
_WORDS = {
    "en": {"sent": "sent {}×", "kept": "not sent", "told": "; the caller gets `{}`", "ours": "this project"},
    "zh": {"sent": "发送 {} 次", "kept": "未发送", "told": "；调用方得到 `{}`", "ours": "本项目"},
}


@dataclass(frozen=True)
class Peer:
    """A client, and what was seen of it.

    Attributes:
        name: on PyPI; empty for ours.
        version: that was tried.
        operations: how many calls of the contract it made.
        requests: how many requests.
        findings: about what it sends.
        trouble: for each of the three messages how often it was sent, and what the caller was told.
    """

    name: str
    version: str
    operations: int
    requests: int
    findings: tuple[Failure, ...]
    trouble: tuple[tuple[int, str], ...]


def measure(packages: Path) -> list[Peer]:
    """Let every client make its calls.

    Args:
        packages: the folder with those of requirements.txt.
    """
    listed = (HERE / "requirements.txt").read_text(encoding="utf-8")
    versions = dict(re.findall(r"^(lush-wecom|wechatpy)==(\S+)", listed, re.M))
    return [
        _peer(packages, name, drive, versions.get(name, ""))
        for name, drive in (("lush-wecom", "lush"), ("wechatpy", "wechatpy"), ("", "ours"))
    ]


def _peer(packages: Path, name: str, drive: str, version: str) -> Peer:
    recorder = wecom_conformance.record(name or "ours")
    state = State(settings=Settings(check_media=True))
    with (
        tempfile.TemporaryDirectory() as folder,
        MockServer(state, clock=lambda: NOW) as mock,
        recorder.proxy(mock.base_url) as proxy,
    ):
        picture = Path(folder) / "picture.png"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        code = state.welcome_code("zhangsan", CUSTOMER, NOW)
        _drive(packages, drive, "calls", proxy.base_url, str(picture), str(int(NOW)), code)
        # A warning is about what the caller asks for; that they are scripts of ours says nothing about a client.
        found = tuple(one for one in recorder.failures if one.finding.code in ABOUT_CLIENTS)
        sent = recorder.ledger.sent
        counts = len(sent), sum(sent.values()) + sum(recorder.ledger.unknown.values())
    return Peer(name, version, *counts, found, _trouble(packages, drive))


def _trouble(packages: Path, drive: str) -> tuple[tuple[int, str], ...]:
    """Three messages: the answer to the first is lost, the second meets errcode -1, the third is too long."""
    state = State()
    state.faults.add(Fault("reset-after", "add_msg_template", times=1))
    state.faults.add(Fault("errcode", "add_msg_template", times=1, errcode=-1))
    texts = ("lost", "busy", LONG)
    with MockServer(state, clock=lambda: NOW) as mock:
        told = _drive(packages, drive, "trouble", mock.base_url, *texts)
    bodies = [call.body["text"]["content"] for call in state.calls.of("add_msg_template")]
    return tuple((bodies.count(text), name) for text, name in zip(texts, told, strict=True))


def _drive(packages: Path, drive: str, *arguments: str) -> list[str]:
    path = os.pathsep.join(
        [str(packages), os.environ.get("PYTHONPATH", "")] + [one for one in sys.path if one]
    )
    if drive == "ours":
        # Its own dependencies, not those that the others have brought.
        path = path.partition(os.pathsep)[2]
    done = subprocess.run(
        [sys.executable, str(HERE / f"drive_{drive}.py"), *arguments],
        env={**os.environ, "NO_PROXY": "*", "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"drive_{drive}.py {arguments[0]}: {done.stderr}")
    answer: list[str] = json.loads(done.stdout)
    return answer


def tables(peers: list[Peer], language: str) -> dict[str, str]:
    """The tables of a page, by name."""
    words = _WORDS[language]
    return {
        "clients": _table(
            _HEADS[language]["clients"],
            [
                (_name(one, words), one.version or "—", one.operations, one.requests, len(one.findings))
                for one in peers
            ],
        ),
        "findings": _table(
            _HEADS[language]["findings"],
            [
                (
                    _name(one, words),
                    f"{failure.finding.code} {failure.finding.kind.name}",
                    *_told(failure, language),
                )
                for one in peers
                for failure in one.findings
            ],
        ),
        "trouble": _table(
            _HEADS[language]["trouble"],
            [
                (_name(one, words), *(_became(times, told, words) for times, told in one.trouble))
                for one in peers
            ],
        ),
    }


def _name(peer: Peer, words: dict[str, str]) -> str:
    return peer.name or words["ours"]


def _told(failure: Failure, language: str) -> tuple[str, int, str]:
    operation = f"`{failure.finding.operation}`" if failure.finding.operation else "—"
    told = "; ".join(_words_of(name, language) for name in failure.rules)
    # Where a rule has no words of its own, the finding says what was sent.
    return operation, failure.count, told or failure.finding.detail


def _words_of(name: str, language: str) -> str:
    rule = rules()[name]
    words = rule.zh if language == "zh" else rule.en
    return f"{words} (`{name}`)" if words else ""


def _became(times: int, told: str, words: dict[str, str]) -> str:
    became = words["sent"].format(times) if times else words["kept"]
    return became + (words["told"].format(told) if told else "")


def _table(head: str, rows: list[tuple[object, ...]]) -> str:
    lines = [head, "|".join(["---"] * (head.count("|") + 1))]
    lines += [" | ".join(str(cell).replace("|", "\\|") for cell in row) for row in rows]
    return "".join(f"| {line} |\n" if "---" not in line else f"|{line}|\n" for line in lines)


def page_with(text: str, found: dict[str, str]) -> str:
    """The page with its tables replaced, each between two comments."""
    for name, table in found.items():
        pattern = rf"(<!-- measured: {name} -->\n).*?(<!-- end -->)"
        text, count = re.subn(
            pattern, lambda match, table=table: match[1] + table + match[2], text, flags=re.S
        )
        if count != 1:
            raise ValueError(f"the page has {count} places for the table {name}")
    return text


def main(packages: Path) -> None:
    """Measure, and write both pages."""
    peers = measure(packages)
    for language, page in PAGES.items():
        page.write_text(
            page_with(page.read_text(encoding="utf-8"), tables(peers, language)), encoding="utf-8"
        )
        print(f"written: {page.relative_to(ROOT)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
