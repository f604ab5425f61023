"""What goes over the wire without the client: escapes, and the page's own curl command."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from wecom_conformance.engine import load_contract
from wecom_mock.server import MockServer

sys.path.insert(0, str(Path(__file__).parent))  # the ids beside this file

from demo_ids import CORPID, CREATE, CUSTOMER, GETTOKEN, SECRET


def test_escapes_are_refused_where_raw_characters_are_not(mock: MockServer) -> None:
    """What the client saves its users from: Python's own JSON writes Chinese as escapes."""
    body = {"external_userid": [CUSTOMER], "text": {"content": "新品上市"}}
    with httpx.Client(base_url=mock.base_url, trust_env=False) as client:
        query = {"corpid": CORPID, "corpsecret": SECRET}
        token = client.get(GETTOKEN.path, params=query).json()["access_token"]
        escaped = client.post(CREATE.path, params={"access_token": token}, content=json.dumps(body))
        raw = client.post(
            CREATE.path, params={"access_token": token}, content=json.dumps(body, ensure_ascii=False).encode()
        )

    assert (escaped.status_code, escaped.json()["errcode"]) == (200, 40033)
    assert (raw.status_code, raw.json()["errcode"]) == (200, 0)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_the_example_of_the_page_with_curl(mock: MockServer) -> None:
    examples = load_contract().document["paths"][CREATE.path]["post"]["requestBody"]["content"][
        "application/json"
    ]
    page = json.dumps(examples["examples"]["page-2022"]["value"], ensure_ascii=False, indent=1)
    token = json.loads(_curl(f"{mock.base_url}{GETTOKEN.path}?corpid={CORPID}&corpsecret={SECRET}"))[
        "access_token"
    ]
    address = f"{mock.base_url}{CREATE.path}?access_token={token}"
    answer = json.loads(
        _curl("-X", "POST", address, "--header", "Content-Type: application/json", "--data", page)
    )

    assert answer == {"errcode": 0, "errmsg": "ok", "fail_list": [], "msgid": next(iter(mock.state.tasks))}


def _curl(*arguments: str) -> str:
    done = subprocess.run(["curl", "-sS", "--noproxy", "*", *arguments], capture_output=True, check=True)
    return done.stdout.decode()
