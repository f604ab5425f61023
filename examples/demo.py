"""From the vendor's page to a created task, against the mock: what `make demo` shows.

Everything is real but WeCom itself: the request goes over a socket, by the generated client, through the validation.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any

import yaml

from wecom_mock.server import MockServer
from wecom_openapi import AudienceNotConfirmed, InvalidRequest, Link, WeCom

PAGE = Path(__file__).resolve().parent.parent / "openapi/wecom/vendor/2022-08-30/add_msg_template.yaml"

BROKEN: dict[str, dict[str, Any]] = {
    "a link whose title has 50 Chinese characters": {
        "sender": "zhangsan",
        "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"],
        "attachments": [{"msgtype": "link", "link": {"title": "标" * 50, "url": "example.com"}}],
    },
    "a mistyped key, which WeCom would ignore: the message would go to all customers": {
        "sender": "zhangsan",
        "externalUserid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"],
        "text": {"content": "新品上市"},
    },
    "what the page's own schema asks for: file in every attachment": {
        "sender": "zhangsan",
        "external_userid": ["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"],
        "attachments": [{"msgtype": "image", "file": {}}],
    },
}


def main() -> int:
    """Walk through it, saying what happens."""
    warnings.showwarning = lambda message, *_: print(f"  warning   {message}")
    with MockServer() as mock, WeCom("wwdemo", "demo", base_url=mock.base_url) as wecom:
        heading("the mock runs", mock.base_url)

        heading("the page's own example, as it stands there")
        task = wecom.add_msg_template(page_example())
        print(f"  created   {task.msgid}")
        print(f"  fail_list {task.fail_list}")

        heading("the same call as an editor completes it")
        task = wecom.add_msg_template(
            sender="zhangsan",
            external_userid=["woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmNoSuchCustomer"],
            text="新品上市",
            attachments=[Link(title="消息标题", url="https://example.com")],
        )
        print(f"  created   {task.msgid}")
        print(f"  fail_list {task.fail_list}")

        for what, body in BROKEN.items():
            heading("refused before a byte leaves", what)
            try:
                wecom.add_msg_template(body, to_all=True)
            except InvalidRequest as refusal:
                for violation in refusal.violations:
                    print(f"  {violation.rule:32} {violation.message}\n  {'':32} → {violation.fix}")

        heading("a message to everybody has to be meant")
        try:
            wecom.add_msg_template(sender="zhangsan", external_userid=[], text="新品上市")
        except AudienceNotConfirmed as refusal:
            print(f"  {refusal}")

        heading("the created task, before and after the member confirms")
        show(wecom, task.msgid)
        mock.state.confirm(task.msgid, "zhangsan", mock.clock())
        show(wecom, task.msgid)
    return 0


def page_example() -> dict[str, Any]:
    """The request that the vendor's page of 2022 shows."""
    page = yaml.safe_load(PAGE.read_text(encoding="utf-8"))
    operation = page["paths"]["/cgi-bin/externalcontact/add_msg_template"]["post"]
    example: dict[str, Any] = operation["requestBody"]["content"]["application/json"]["example"]
    return example


def show(wecom: WeCom, msgid: str) -> None:
    """Print who has to confirm a task and what became of each recipient."""
    for member in wecom.get_groupmsg_task(msgid=msgid).task_list:
        print(f"  member    {member.userid}: {'confirmed' if member.status == 2 else 'not confirmed yet'}")
        for row in wecom.get_groupmsg_send_result(msgid=msgid, userid=member.userid).send_list:
            print(f"  recipient {row.external_userid}: status {row.status}")


def heading(title: str, detail: str = "") -> None:
    """Begin a part of the story."""
    print(f"\n{title}{': ' + detail if detail else ''}")


if __name__ == "__main__":
    sys.exit(main())
