"""``wecom upload``: files for messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fault_server import Connection, Seen
from program import Cli

from wecom_mock.server import MockServer

Save = Callable[[str, Any], str]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def test_a_temporary_file(cli: Cli, mock: MockServer, save: Save) -> None:
    result = cli("upload", save("新品.png", PNG), "--type", "image")
    ((media_id, media),) = mock.state.media.files.items()
    assert result == (0, f"media_id: {media_id}\n", "valid for three days\n")
    assert (media.kind, media.filename, media.size) == ("image", "新品.png", len(PNG))


def test_for_programs(cli: Cli, mock: MockServer, save: Save) -> None:
    result = cli("upload", save("a.txt", b"some text"), "--type", "file", "--json")
    assert (result.code, result.err) == (0, "")
    document = result.json
    assert document["media_id"] in mock.state.media.files
    assert document["type"] == "file"
    assert isinstance(document["created_at"], int)
    assert document["created_at_iso"].endswith("+00:00")


def test_a_permanent_image(cli: Cli, mock: MockServer, save: Save) -> None:
    name = save("a.png", PNG)
    result = cli("upload", name, "--for-link")
    (url,) = mock.state.media.images
    assert result == (0, f"url: {url}\n", "it stays valid\n")
    assert cli("upload", name, "--for-link", "--json").json["url"] in mock.state.media.images


def test_what_was_uploaded_can_be_sent(cli: Cli, mock: MockServer, save: Save) -> None:
    from attrs import evolve

    mock.state.settings = evolve(mock.state.settings, check_media=True)
    media_id = cli("upload", save("a.png", PNG), "--type", "image", "--json").json["media_id"]
    body = {"external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"]}
    image = {"msgtype": "image", "image": {"media_id": media_id}}
    assert cli("send", save("m.json", {**body, "attachments": [image]}), "--yes").code == 0


def test_a_bar_at_a_terminal(cli: Cli, save: Save) -> None:
    name = save("large [b].txt", b"x" * 1_000_000)
    run = cli.at_terminal("upload", name, "--type", "file", stdout_too=False)
    result = run.end()
    assert result.code == 0
    assert result.out.startswith("media_id: ")
    assert "large [b].txt" in result.err
    assert "1.0/1.0 MB" in result.err
    quiet = cli.at_terminal("upload", name, "--type", "file", "--json", stdout_too=False).end()
    assert (quiet.code, quiet.err) == (0, "")


@pytest.mark.parametrize("options", [["--type", "file"], ["--for-link"]])
def test_files_that_cannot_be_read(options: list[str], cli: Cli, mock: MockServer, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert cli("upload", "nowhere", *options) == (2, "", "error: nowhere: No such file or directory\n")
    assert cli("upload", "folder", *options) == (2, "", "error: folder: no regular file\n")
    assert cli("upload", "/dev/zero", *options) == (2, "", "error: /dev/zero: no regular file\n")
    error = cli("upload", "nowhere", "--json", *options).error
    assert (error["kind"], error["file"], error["reason"]) == (
        "Unreadable",
        "nowhere",
        "No such file or directory",
    )
    assert mock.state.tokens == {}


def test_a_file_that_breaks_the_contract(cli: Cli, mock: MockServer, save: Save) -> None:
    result = cli("upload", save("a.txt", b""), "--type", "file")
    assert (result.code, result.out) == (2, "")
    assert "[media_upload.min-bytes]" in result.err
    zh = cli("upload", save("a.png", PNG), "--type", "video", "--lang", "zh")
    assert "[media_upload.video.kind]" in zh.err
    assert "违反契约" in zh.err
    assert mock.state.media.files == {}


def test_an_unknown_outcome(cli: Cli, serve: Any, save: Save) -> None:
    def handler(connection: Connection, seen: Seen) -> None:
        connection.reset()

    result = cli(
        "upload", save("a.png", PNG), "--type", "image", env={"WECOM_BASE_URL": serve(handler).base_url}
    )
    assert (result.code, result.out) == (3, "")
    assert "Sending the file again does no harm" in result.err


def test_a_refusal(cli: Cli, mock: MockServer, save: Save) -> None:
    mock.state.fail_next("media_upload", 40007)
    result = cli("upload", save("a.png", PNG), "--type", "image")
    assert (result.code, result.out) == (1, "")
    assert "errcode 40007" in result.err
