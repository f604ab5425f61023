"""The promise of the whole: one number changes in one correction, and everything else follows without another edit."""

from __future__ import annotations

import json
from typing import Any

CORRECTION = "openapi/wecom/corrections/50-limits.overlay.yaml"

PROGRAM = """
import json, pathlib
import wecom_client, wecom_contract, wecom_mock, wecom_openapi
from wecom_mock import InProcessTransport, State
from wecom_mock.caller import Caller
from wecom_openapi import InvalidRequest, WeCom

said = {"packages": [pathlib.Path(m.__file__).parent.as_posix()
                     for m in (wecom_client, wecom_contract, wecom_mock, wecom_openapi)]}
for count in (9, 10, 11):
    link = {"msgtype": "link", "link": {"title": "消息标题", "url": "https://example.com"}}
    body = {
        "sender": "zhangsan",
        "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"],
        "attachments": [link] * count,
    }
    answer = Caller(State()).call("add_msg_template", body)
    state = State()
    with WeCom("wwdemo", "demo", transport=InProcessTransport(state)) as wecom:
        try:
            sent = bool(wecom.add_msg_template(body).msgid)
        except InvalidRequest as error:
            sent = str(error)
    said[count] = {
        "contract": [[v.rule, v.limit] for v in wecom_contract.check("add_msg_template", body)],
        "client": [[v.rule, v.limit] for v in wecom_openapi.validate("add_msg_template", body)],
        "mock": answer.errcode,
        "sent": sent,
        "tasks": len(state.tasks),
    }
print(json.dumps(said))
"""


def test_nine_becomes_ten(copy: Any) -> None:
    before = {name: content for name, (_, content) in copy.state().items()}
    copy.replace(CORRECTION, "maxItems: 9\n", "maxItems: 10\n")

    done = copy.pipeline("regenerate", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    news = [line for line in done.stdout.splitlines() if "no longer needed" not in line]
    assert news == ["rule attachments.max-items: 9 → 10"]
    assert "attachments.max-items (" not in done.stdout, (
        "the page of 2025 says 9: the correction is needed now"
    )

    changed = [name for name, (_, content) in copy.state().items() if content != before.get(name)]
    assert changed == [
        "contract.lock",
        "docs/reference/add_msg_template.md",
        "openapi/wecom/contract.yaml",
        CORRECTION,
        "openapi/wecom_contract/data/rules.json",
        "openapi/wecom_contract/data/schemas.json",
    ]
    page = (copy.root / "docs/reference/add_msg_template.md").read_text(encoding="utf-8")
    assert "| `attachments.max-items` | `10` | 41064 |" in page

    ran = copy.python("-c", PROGRAM)
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    assert said.pop("packages") == [
        f"{copy.root}/{place}"
        for place in (
            "generated/wecom_client",
            "openapi/wecom_contract",
            "conformance/wecom_mock",
            "overrides/wecom_openapi",
        )
    ]
    accepted = {"contract": [], "client": [], "mock": 0, "sent": True, "tasks": 1}
    assert said["9"] == said["10"] == accepted
    refusal = said["11"].pop("sent")
    assert said["11"] == {
        "contract": [["attachments.max-items", 10]],
        "client": [["attachments.max-items", 10]],
        "mock": 41064,
        "tasks": 0,
    }
    assert "attachments.max-items" in refusal
    assert "10" in refusal
