"""``wecom errcode``: offline, and quick."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from fault_server import environment
from program import Cli

from wecom_contract import errcode

OFFLINE: dict[str, str | None] = dict.fromkeys(("WECOM_CORPID", "WECOM_CORPSECRET", "WECOM_BASE_URL"))


def test_what_a_code_means(cli: Cli) -> None:
    result = cli("errcode", "41048", env=OFFLINE)
    entry = errcode(41048)
    assert result == (
        0,
        f"41048: {entry.en} / {entry.zh}\n"
        "  category: audience\n"
        "  effect:   none: the refused call changed nothing\n"
        "  retry:    no: the same call gives the same\n"
        f"  do:       {entry.action}\n",
        "",
    )


def test_in_chinese(cli: Cli) -> None:
    out = cli("errcode", "41048", "--lang", "zh", env=OFFLINE).out
    entry = errcode(41048)
    assert out == (
        f"41048: {entry.en} / {entry.zh}\n"
        "  类别：audience\n"
        "  影响：无：被拒绝的调用没有产生任何影响\n"
        "  重试：否：相同的调用结果相同\n"
        f"  处理：{entry.action_zh}\n"
    )


def test_several_and_negative_ones(cli: Cli) -> None:
    out = cli("errcode", "-1", "0", "987654", env=OFFLINE).out
    assert re.findall(r"^-?\d+", out, re.M) == ["-1", "0", "987654"]
    assert "987654: not in the vendor's table" in out


def test_for_programs(cli: Cli) -> None:
    found = cli("errcode", "--json", "41048", "-1", "987654", env=OFFLINE).json["errcodes"]
    assert [entry["code"] for entry in found] == [41048, -1, 987654]
    assert [entry["known"] for entry in found] == [True, True, False]
    assert [entry["retry"] for entry in found] == ["never", "never", "never"]
    assert [entry["retry_reading"] for entry in found] == ["never", "later", "never"]
    assert found[0]["zh"] == errcode(41048).zh


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "not needed"),
        (-1, "a reading call after a pause; before a write look first"),
        (987654, "look first whether a write went through"),
        (45009, "yes, after a pause"),
        (41063, "yes, after a pause"),
        (42001, "with a new token"),
        (41048, "no: the same"),
    ],
)
def test_whether_it_may_be_repeated(code: int, words: str, cli: Cli) -> None:
    assert f"  retry:    {words}" in cli("errcode", str(code), env=OFFLINE).out


@pytest.mark.parametrize("arguments", [["--help"], ["errcode", "1"], ["send", "--help"], ["nonsense"]])
def test_neither_the_http_library_nor_the_drawing_is_loaded(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys; from wecom_cli.main import main\n"
        f"main({arguments!r})\n"
        "heavy = {'httpx', 'ssl', 'rich.console', 'rich.table', 'wecom_client.models'}\n"
        "print('loaded:', *sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(guarded=False),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.stdout.endswith("loaded:\n"), done.stdout + done.stderr
