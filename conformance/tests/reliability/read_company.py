"""A company that answers what a search for a lost write asks, in this process, by a clock that stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.utils import formatdate
from typing import Any, cast

import httpx

from wecom_client.types import Response
from wecom_client.wire import Operation
from wecom_openapi import Attempt, Reconciliation, WeComError
from wecom_openapi.reconciliation.attempt import Candidate
from wecom_openapi.reconciliation.running import run
from wecom_openapi.reconciliation.search import reconcile
from wecom_openapi.transport import Driver

NOW = 1_795_320_000
"""When the attempt ended. It began a second before."""
PAGES = 500
HALF_A_DAY = 12 * 3600
BODY: dict[str, Any] = {"sender": "zhangsan", "external_userid": ["wmA", "wmB"], "text": {"content": "新品"}}
TO_ALL: dict[str, Any] = {"sender": "zhangsan", "text": {"content": "新品"}}
TAGS: dict[str, Any] = {"tag_filter": {"group_list": [{"tag_list": ["etA"]}]}, "text": {"content": "新品"}}
TO_GROUPS: dict[str, Any] = {
    "chat_type": "group",
    "sender": "zhangsan",
    "chat_id_list": ["wrA", "wrB"],
    "text": {"content": "新品"},
}


class Company:
    """Answers what a search asks; of an operation in ``fails`` with an error."""

    def __init__(
        self,
        *rows: Mapping[str, Any],
        members: Any = ("zhangsan",),
        sent: Any = ("wmA", "wmB"),
        ahead: float | None = 0,
        cursors: int = 0,
        fails: Mapping[str, WeComError] | None = None,
    ) -> None:
        self._rows, self._members, self._sent, self._ahead = rows, members, sent, ahead
        self._cursors = cursors
        self._fails = fails or {}
        self.now = 0.0
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def call(self, asked: Operation[Any], body: dict[str, Any], *_: object) -> Response[Any]:
        operation = asked.id
        self.asked.append((operation, body))
        if operation in self._fails:
            raise self._fails[operation]
        listed = {
            "get_groupmsg_list_v2": {"group_msg_list": self._rows},
            "get_moment_list": {"moment_list": self._rows},
            "get_groupmsg_task": {"task_list": [{"userid": each, "status": 0} for each in self._members]},
            "get_groupmsg_send_result": {"send_list": self._sent_by(body)},
            "externalcontact_list": {"external_userid": ["wmA", "wmB"]},
        }[operation]
        page = len(self.asked)
        data = {
            "errcode": 0,
            "errmsg": "ok",
            **listed,
            "next_cursor": f"c{page}" if page <= self._cursors else "",
        }
        headers = {} if self._ahead is None else {"Date": formatdate(self.now + self._ahead, usegmt=True)}
        return Response(200, b"", httpx.Headers(headers), asked.parse(json.loads(json.dumps(data))))

    def _sent_by(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        userid, sent = body.get("userid", ""), self._sent
        if isinstance(sent, dict) and userid:
            sent = sent.get(userid) or sent[body["msgid"]]
        return [
            {
                "userid": userid,
                "chat_id" if one.startswith("wr") else "external_userid": one,
                "status": 0,
            }
            for one in sent
        ]


def ask(
    company: Company,
    body: Any = BODY,
    *,
    operation: str = "add_msg_template",
    now: float = NOW + 120.0,
    times: tuple[float, float] = (NOW - 1.0, NOW),
    **options: Any,
) -> Reconciliation:
    """What a search finds out that is made at ``now``."""
    given: dict[str, Any] = {"settle": 120, "clock_margin": 60, "known": None, **options}
    company.now = now
    return run(reconcile(Attempt(operation, body, *times), clock=lambda: now, **given), cast(Driver, company))


def row(msgid: str = "m1", **fields: Any) -> dict[str, Any]:
    return {"msgid": msgid, "create_time": NOW, "create_type": 0, "text": {"content": "新品"}, **fields}


def open_(reason: str, *candidates: Candidate) -> Reconciliation:
    return Reconciliation("can't tell", None, candidates, reason)
