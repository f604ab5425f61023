"""From a file on the disk to an attachment: client, socket, mock; and the same without this client."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from demo_ids import CORPID, SECRET

from wecom_client.api.media import media_upload
from wecom_client.client import AuthenticatedClient
from wecom_client.models import MediaUploadRequest
from wecom_client.types import File
from wecom_mock import Settings
from wecom_mock.server import MockServer
from wecom_openapi import FrequencyLimited, Image, InvalidRequest, MediaError

Invoke = Callable[..., Any]
STRICT = Settings(check_media=True, images_per_day=1)
TO = {"sender": "zhangsan", "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"]}

strict = pytest.mark.parametrize("mock", [STRICT], indirect=True, ids=["strict"])


@strict
def test_an_upload_becomes_an_attachment_until_it_ends(
    mock: MockServer, wecom: Invoke, tmp_path: Path, clock: Any
) -> None:
    path = tmp_path / "新品 上市🎉.PNG"
    path.write_bytes(os.urandom(300_000))
    answer = wecom("media_upload", type="image", media=path)
    kept = mock.state.media.files[answer.media_id]
    assert (kept.filename, kept.size) == ("新品 上市🎉.PNG", 300_000)
    assert kept.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert answer.created_at == str(int(clock.now))

    attachments = [Image(media_id=answer.media_id)]
    assert wecom("add_msg_template", **TO, text="新品上市", attachments=attachments).fail_list == []
    clock.now += 3 * 24 * 3600
    with pytest.raises(MediaError) as caught:
        wecom("add_msg_template", **TO, text="新品上市", attachments=attachments)
    assert caught.value.errcode == 40007


@strict
def test_a_permanent_image_within_the_quota(mock: MockServer, wecom: Invoke) -> None:
    answer = wecom("media_uploadimg", media=b"x" * 5, filename="a.jpg")
    assert answer.url in mock.state.media.images
    with pytest.raises(FrequencyLimited) as caught:
        wecom("media_uploadimg", media=b"x" * 5, filename="a.jpg")
    assert caught.value.errcode == 45009
    message = wecom("add_msg_template", **TO, text="x", attachments=[Image(pic_url=answer.url)])
    assert message.msgid


def test_the_largest_file_there_may_be(mock: MockServer, wecom: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "large.zip"
    path.write_bytes(os.urandom(1 << 20) * 20)
    answer = wecom("media_upload", type="file", media=path)
    assert mock.state.media.files[answer.media_id].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    with path.open("ab") as file:
        file.write(b"x")
    with pytest.raises(InvalidRequest):
        wecom("media_upload", type="file", media=path)
    assert len(mock.state.media.files) == 1


def test_a_token_that_dies_is_replaced_and_the_file_sent_again(mock: MockServer, wecom: Invoke) -> None:
    file = io.BytesIO(os.urandom(200_000))
    wecom("media_upload", type="file", media=file, filename="a.bin")
    mock.state.revoke_tokens()
    again = wecom("media_upload", type="file", media=file, filename="a.bin")
    sums = {media.sha256 for media in mock.state.media.files.values()}
    assert sums == {hashlib.sha256(file.getvalue()).hexdigest()}
    assert again.media_id in mock.state.media.files


@pytest.mark.parametrize("code", [41005, 44001, 45001, 40007])
def test_what_the_server_has_against_a_file_is_its_own_error(
    mock: MockServer, wecom: Invoke, code: int
) -> None:
    mock.state.fail_next("media_upload", code)
    with pytest.raises(MediaError) as caught:
        wecom("media_upload", type="file", media=b"123456", filename="a.bin")
    assert (caught.value.errcode, caught.value.operation) == (code, "media_upload")


def _token(mock: MockServer) -> str:
    answer = httpx.get(mock.base_url + "/cgi-bin/gettoken", params={"corpid": CORPID, "corpsecret": SECRET})
    return str(answer.json()["access_token"])


@pytest.mark.skipif(
    shutil.which("curl") is None, reason="no curl here; the test after this one sends a form too"
)
def test_curl_uploads(mock: MockServer, tmp_path: Path) -> None:
    path = tmp_path / "新品 报告.txt"
    path.write_bytes(b"mytext")
    url = f"{mock.base_url}/cgi-bin/media/upload?access_token={_token(mock)}&type=file"
    command = ["curl", "-s", "--noproxy", "*", "-F", f"media=@{path}", url]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    answer = json.loads(done.stdout)
    assert (answer["errcode"], answer["errmsg"], answer["type"]) == (0, "", "file")
    kept = mock.state.media.files[answer["media_id"]]
    assert (kept.filename, kept.sha256) == ("新品 报告.txt", hashlib.sha256(b"mytext").hexdigest())


def test_the_generated_functions_upload(mock: MockServer) -> None:
    with AuthenticatedClient(mock.base_url, token=_token(mock)) as client:
        file = File(io.BytesIO(b"mytext"), "报告.txt", "text/plain")
        answer = media_upload.sync(client=client, body=MediaUploadRequest(media=file), type_="file")
    assert mock.state.media.files[answer.media_id].filename == "报告.txt"
