"""From the vendor's page to what became of each customer, against the mock: what `make demo` shows.

Everything is real but WeCom itself: the request goes over a socket, by the generated client, through the validation.
"""

from __future__ import annotations

import sys
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from wecom_mock import Settings, State
from wecom_mock.server import MockServer
from wecom_openapi import AudienceNotConfirmed, Image, InvalidRequest, Link, TaskCancelled, WeCom

PAGE = Path(__file__).resolve().parent.parent / "openapi/wecom/vendor/2022-08-30/add_msg_template.yaml"

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(3000)

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
    state = State(settings=Settings(quota_policy="per-day-1"))
    with MockServer(state) as mock, WeCom("wwdemo", "demo", base_url=mock.base_url) as wecom:
        heading("the mock runs", mock.base_url)
        from_the_page(wecom)
        refused(wecom)
        from_upload_to_result(wecom, mock)
        second_thoughts(wecom)
    return 0


def from_the_page(wecom: WeCom) -> None:
    """The vendor's own example."""
    heading("the page's own example, as it stands there")
    task = wecom.add_msg_template(page_example())
    print(f"  created   {task.msgid}")
    print(f"  fail_list {task.fail_list}")


def refused(wecom: WeCom) -> None:
    """Bodies that never leave."""
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


def from_upload_to_result(wecom: WeCom, mock: MockServer) -> None:
    """A message from its picture to what became of each customer."""
    heading("upload a picture")
    upload = wecom.media_upload(type="image", media=PICTURE, filename="新品.png")
    print(f"  media_id  {upload.media_id}, since {upload.created_at_utc:%Y-%m-%d %H:%M} UTC, for three days")

    heading("find the audience")
    customers = wecom.externalcontact_list(userid="zhangsan").external_userid
    names = {
        row.external_contact.external_userid: row.external_contact.name
        for row in wecom.iter_batch_get_by_user(userid_list=["zhangsan"])
    }
    print(f"  zhangsan has {len(customers)} customers: {', '.join(str(names[one]) for one in customers)}")

    heading("create, and let the member confirm; one of them has had today's message already")
    first = wecom.add_msg_template(sender="zhangsan", external_userid=customers[:1], text="早上好")
    mock.state.confirm(first.msgid, "zhangsan", mock.clock())
    task = wecom.add_msg_template(
        sender="zhangsan",
        external_userid=[*customers[:3], "wmNoSuchCustomer"],
        text="新品上市",
        attachments=[Image(media_id=upload.media_id), Link(title="消息标题", url="https://example.com")],
    )
    print(f"  created   {task.msgid}")
    print(f"  fail_list {task.fail_list}")
    for member in wecom.iter_groupmsg_task(msgid=task.msgid):
        print(f"  member    {member.userid}: {member.status.name}")
    mock.state.confirm(task.msgid, "zhangsan", mock.clock())

    heading("results arrive")
    results = wecom.wait_for_results(task.msgid, deadline=30, interval=0.1)
    for row in results.recipients:
        print(f"  recipient {names[str(row.external_userid)]}: {row.status.name}")


def second_thoughts(wecom: WeCom) -> None:
    """A second task is reminded, then cancelled."""
    heading("a second task: reminded, then cancelled")
    task = wecom.add_msg_template(sender="lisi", text="第二条", to_all=True)
    wecom.remind_groupmsg_send(msgid=task.msgid)
    print(f"  reminded  {task.msgid}")
    wecom.cancel_groupmsg_send(msgid=task.msgid)
    try:
        wecom.get_groupmsg_task(msgid=task.msgid)
    except TaskCancelled as refusal:
        print(f"  cancelled errcode {refusal.errcode}: {refusal.meaning}")
    now = datetime.now(UTC)
    listed = wecom.iter_groupmsg_list_v2(
        start_time=now - timedelta(days=90), end_time=now + timedelta(minutes=1)
    )
    found = [record.msgid for record in listed].count(task.msgid)
    print(f"  listed    {found} time: a cancelled task stays in the list")


def page_example() -> dict[str, Any]:
    """The request that the vendor's page of 2022 shows."""
    page = yaml.safe_load(PAGE.read_text(encoding="utf-8"))
    operation = page["paths"]["/cgi-bin/externalcontact/add_msg_template"]["post"]
    example: dict[str, Any] = operation["requestBody"]["content"]["application/json"]["example"]
    return example


def heading(title: str, detail: str = "") -> None:
    """Begin a part of the story."""
    print(f"\n{title}{': ' + detail if detail else ''}")


if __name__ == "__main__":
    sys.exit(main())
