"""What a mock mints follows from its seed, and from nothing else: a recording of yesterday names the same ids today."""

from __future__ import annotations

from typing import Any

from wecom_mock import State
from wecom_mock.caller import Caller

PNG = b"\x89PNG\r\n\x1a\n" + bytes(10)
TASK = {"sender": "lisi", "external_userid": ["wmDemoSharedChattedWithLisiAAAAA"], "text": {"content": "x"}}
MEDIA = {"filename": "a.png", "content_type": "image/png", "filelength": len(PNG), "content": PNG}
IDS = {
    "token": "DJPFyfDKXVlbpJ5SdFYKCK-wJds157_y",
    "suite token": "D2Zxgn64ZKOPpY28m97r8-e-8SkpUYla",
    "msgid": "msgCP-MlSqwLpsZ9WioOn6RzIfxpe7RP",
    "jobid": "jobKJs4OjmLqZtyjV3cCnZAcyzYmkODU",
    "moment_id": "momjE0RjEkxCT8qctRA-JWPvNF0ZNC49",
    "template_id": "msghwZISzDJKSqnzar52913n5nDt35fS",
    "media_id": "345tCkEoT6ctB0NOD0JZnYPCU_hotsOkQQ9JPvVIuwKL",
    "url": "http://p.qpic.cn/pic_wework/3474110808/48c2d5a3e7e69b6c1301218006e09e83348357911c483090001fa9c012ffef6d/0",
    "welcome_code": "bJhzvLUm4UE0G44WMus6BuOkSF7Gh71HOxV-RP7cA0u",
    "ticket": "dNVzg2w90U-lS37n19Bb2aHZyDqB9h2EzEPpi5Np5sha63YwwyHsWaAipMGe0BhQ",
    "hint": "1795320000_1_9061b1cd6afd2c1c42883c164c9c90c9",
}


def minted(seed: int) -> dict[str, Any]:
    """One of each kind of id."""
    state = State(seed=seed)
    caller = Caller(state, lambda: 1795320000.0)
    job = caller.call("add_moment_task", {"text": {"content": "x"}}).body["jobid"]
    return {
        "token": caller.token()[:32],
        "suite token": caller.suite_token()[:32],
        "msgid": caller.call("add_msg_template", TASK).body["msgid"],
        "jobid": job,
        "moment_id": caller.call("get_moment_task_result", {"jobid": job}).body["result"]["moment_id"],
        "template_id": caller.call("group_welcome_template_add", {"text": {"content": "x"}}).body[
            "template_id"
        ],
        "media_id": caller.call("media_upload", {"type": "image", "media": MEDIA}).body["media_id"],
        "url": caller.call("media_uploadimg", {"media": MEDIA}).body["url"],
        "welcome_code": state.welcome_code("lisi", "wmDemoSharedChattedWithLisiAAAAA", 1795320000.0),
        "ticket": state.push_ticket("wwdemosuite", 1795320000.0),
        "hint": caller.call("get_groupmsg_task", {"msgid": "nope"})
        .body["errmsg"]
        .split("[")[1]
        .split("]")[0],
    }


def test_the_ids_of_a_seed_stay_as_they_are() -> None:
    assert minted(7) == IDS


def test_another_seed_has_others() -> None:
    other = minted(8)
    assert [kind for kind, one in minted(7).items() if other[kind] == one] == []
