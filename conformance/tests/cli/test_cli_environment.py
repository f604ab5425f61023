"""What is said, word for word, of settings that are missing or wrong, and which language a setting chooses."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import pytest
from inside import Inside

from wecom_cli.main import main
from wecom_mock.server import MockServer

FILE = "WECOM_CORPSECRET_FILE"
ONE_LINE = "one line with the secret is needed, and nothing else"

WRONG: list[tuple[dict[str, str | None], str, str]] = [
    ({"WECOM_CORPID": None}, "WECOM_CORPID", "not set; it is needed: the corp's id"),
    (
        {"WECOM_CORPSECRET": None},
        "WECOM_CORPSECRET",
        "not set; it is needed (the secret of an app that may call the customer contact API), or WECOM_CORPSECRET_FILE",
    ),
    ({FILE: "secret"}, FILE, "set beside WECOM_CORPSECRET; keep one of them"),
    ({"WECOM_CORPSECRET": None, FILE: "nowhere"}, FILE, "nowhere: No such file or directory"),
    ({"WECOM_CORPSECRET": None, FILE: "."}, FILE, ".: Is a directory"),
    ({"WECOM_CORPSECRET": None, FILE: "empty"}, FILE, f"empty: {ONE_LINE}"),
    ({"WECOM_CORPSECRET": None, FILE: "two"}, FILE, f"two: {ONE_LINE}"),
    ({"WECOM_CORPSECRET": None, FILE: "long"}, FILE, f"long: {ONE_LINE}"),
    ({"WECOM_CORPSECRET": None, FILE: "latin"}, FILE, "latin: not UTF-8 text"),
    ({"WECOM_TIMEOUT": "0"}, "WECOM_TIMEOUT", "seconds above 0 are needed, not '0'"),
    ({"WECOM_TIMEOUT": "soon"}, "WECOM_TIMEOUT", "seconds above 0 are needed, not 'soon'"),
    ({"WECOM_TIMEOUT": "inf"}, "WECOM_TIMEOUT", "seconds above 0 are needed, not 'inf'"),
]
WRONG += [
    ({"WECOM_RETRIES": value}, "WECOM_RETRIES", f"a number from 0 to 100 is needed, not {value!r}")
    for value in ("twice", "-1", "1.5", "101", "0001", "²")
]


@pytest.mark.parametrize(("env", "variable", "reason"), WRONG)
def test_a_setting_that_is_wrong(
    env: dict[str, str | None], variable: str, reason: str, inside: Inside, tmp_path: Path
) -> None:
    for name, content in {
        "empty": b" \n",
        "two": b"two words\n",
        "long": b"x" * (64 * 1024 + 1),
        "latin": b"\xff",
        "secret": b"x",
    }.items():
        (tmp_path / name).write_bytes(content)
    assert inside("list", env=env) == (5, "", f"error: {variable}: {reason}\n")
    assert inside("list", "--json", env=env).error == {
        "kind": "Settings",
        "exit_code": 5,
        "variable": variable,
        "message": f"{variable}: {reason}",
    }


def test_a_journal_that_is_needed(inside: Inside) -> None:
    for command in (("recover",), ("broadcast", "status", "x")):
        assert inside(*command).err == (
            "error: WECOM_JOURNAL: not set; it is needed: the journal: a path, or the URL of a database\n"
        )


@pytest.mark.parametrize(
    ("before", "after"), [(b"", b""), (b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n"), (b" ", b" \n\n")]
)
def test_a_secret_out_of_a_file(before: bytes, after: bytes, inside: Inside, tmp_path: Path) -> None:
    """As editors leave it; up to 64 KiB."""
    env: dict[str, str | None] = {"WECOM_CORPSECRET": None, FILE: "secret"}
    (tmp_path / "secret").write_bytes(before + inside.cli.secret.encode() + after)
    assert inside("customers", "lisi2", env=env).code == 0
    (tmp_path / "secret").write_bytes((inside.cli.secret.encode() + after).ljust(64 * 1024))
    assert inside("customers", "lisi2", env=env).code == 0
    (tmp_path / "secret").write_bytes((inside.cli.secret.encode() + after).ljust(64 * 1024 + 1))
    assert inside("customers", "lisi2", env=env).code == 5


def test_a_secret_file_without_end_is_not_read_to_it(inside: Inside, tmp_path: Path) -> None:
    with (tmp_path / "secret").open("wb") as stream:
        stream.truncate(1 << 42)  # nothing of it is on the disk, and no memory has room for it
    result = inside("customers", "lisi2", env={"WECOM_CORPSECRET": None, FILE: "secret"})
    assert (result.code, result.err) == (
        5,
        "error: WECOM_CORPSECRET_FILE: secret: one line with the secret is needed, and nothing else\n",
    )


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "ZH"}, True),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "C", "LC_MESSAGES": "zh_TW"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "C"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "C", "LANG": "C"}, True),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True),
    ],
)
def test_the_language(variables: dict[str, str | None], chinese: bool, inside: Inside) -> None:
    said = {True: "lisi2 没有客户\n", False: "lisi2 has no customers\n"}
    assert inside("customers", "lisi2", env=variables).err == said[chinese]
    assert inside("customers", "lisi2", "--lang", "en", env=variables).err == said[False]
    assert inside("customers", "lisi2", "--lang", "zh", env=variables).err == said[True]


def test_an_empty_variable_counts_as_none(inside: Inside, mock: MockServer) -> None:
    env: dict[str, str | None] = {"WECOM_TIMEOUT": "", "WECOM_RETRIES": "", "WECOM_JOURNAL": "", FILE: ""}
    assert inside("customers", "lisi2", env=env).code == 0


class TestTheProcess:
    def test_the_version(self, inside: Inside) -> None:
        from wecom_openapi import __version__

        assert inside("--version") == (0, f"wecom-openapi {__version__}\n", "")

    @pytest.mark.parametrize("missing", ["typer", "rich"])
    def test_a_library_that_is_missing(
        self, missing: str, inside: Inside, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, missing, None)
        message = f"{missing} is needed: pip install 'wecom-openapi[cli]'"
        assert inside("list") == (5, "", f"error: {message}\n")
        result = inside("list", "--json")
        assert (result.code, result.error) == (
            5,
            {"kind": "Installation", "exit_code": 5, "message": message},
        )

    def test_the_command_line_of_the_process_by_default(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = signal.getsignal(signal.SIGTERM)
        monkeypatch.setattr(sys, "argv", ["wecom", "errcode", "0"])
        try:
            assert main() == 0
        finally:
            signal.signal(signal.SIGTERM, before)
        assert capsys.readouterr().out.startswith("0: success / 请求成功\n")

    def test_in_a_thread_there_are_no_signals(self, capsys: pytest.CaptureFixture[str]) -> None:
        codes: list[int] = []
        thread = threading.Thread(target=lambda: codes.append(main(["errcode", "0"])))
        thread.start()
        thread.join(30)
        assert codes == [0]
