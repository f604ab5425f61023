"""Everything the mock refuses for another reason than a rule of the contract, as one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# reason → (errcode, errmsg). The reason goes out in the header X-Mock-Reason; the errcodes are the vendor's
# table, the texts are recorded answers where one is known and else worded after their pattern.
REASONS: dict[str, tuple[int, str]] = {
    "request.method": (40058, "invalid request method"),
    "request.query": (40058, "invalid Request Parameter"),
    "body.empty": (40058, "empty post data. invalid Request Parameter"),
    "body.encoding": (40058, "invalid json. invalid Request Parameter"),
    "body.json": (40058, "invalid json. invalid Request Parameter"),
    "body.duplicate-key": (40058, "invalid json. invalid Request Parameter"),
    "body.depth": (40058, "invalid json. invalid Request Parameter"),
    "body.number": (40058, "invalid json. invalid Request Parameter"),
    "body.escapes": (40033, "invalid Request Character"),
    "corpid.unknown": (40013, "invalid corpid"),
    "secret.unknown": (40091, "secret is invalid"),
    "token.missing": (41001, "access_token missing"),
    "token.repeated": (40014, "invalid access_token"),
    "token.unknown": (40014, "invalid access_token"),
    "token.expired": (42001, "access_token expired"),
    "suite.unknown": (40083, "invalid suite id"),
    "suite-secret.unknown": (40080, "invalid suite secret"),
    "suite-ticket.unknown": (40085, "invalid suite ticket"),
    "suite-ticket.expired": (40085, "invalid suite ticket"),
    "suite-token.missing": (41022, "suite_access_token missing"),
    "suite-token.repeated": (40082, "invalid suite_token"),
    "suite-token.unknown": (40082, "invalid suite_token"),
    "suite-token.expired": (42009, "suite_access_token expired"),
    "permanent-code.unknown": (40084, "invalid permanent_code"),
    "app.no-customer-contact": (48002, "api forbidden"),
    "sender.unknown": (60111, "userid not found"),
    "sender.not-visible": (60011, "no privilege to access/modify contact/party/agent"),
    "audience.not-external-contact": (84061, "not external contact"),
    "audience.nobody": (41048, "no customer to send"),
    "audience.quota-used-up": (41048, "no customer to send"),
    "tag.unknown": (40068, "invalid tagid"),
    "form.malformed": (41005, "media data missing"),
    "media.name-encoded": (41005, "media data missing"),
    "media.empty": (44001, "empty media data"),
    "media.quota-used-up": (45009, "api freq out of limit"),
    "media.unknown": (40007, "invalid media_id"),
    "msgid.unknown": (41047, "invalid group msg id"),
    "task.cancelled": (41093, "group message canceled"),
    "task.dispatching": (41063, "group message is being dispatched"),
    "cursor.bad": (50100, "invalid cursor"),
    "userid.unknown": (60111, "userid not found"),
    "userid.not-visible": (60011, "no privilege to access/modify contact/party/agent"),
    "userid.no-customers": (84061, "not external contact"),
    "userid.unlicensed": (701008, "no licensed user"),
    "owners.too-many": (81017, "request count exceed limit"),
    "template.too-many": (41055, "group welcome template count limit"),
    "template_id.other-app": (41058, "no privilege to edit group welcome template"),
    "template_id.unknown": (40037, "invalid template_id"),
    "welcome_code.chatting": (41051, "externaluser has started chatting"),
    "welcome_code.late": (41050, "invalid welcome code"),
    "welcome_code.not-visible": (60011, "no privilege to access/modify contact/party/agent"),
    "welcome_code.unknown": (41050, "invalid welcome code"),
    "welcome_code.used": (41050, "invalid welcome code"),
    "remind.too-often": (41094, "group message remind freq out of limit"),
    "job.unknown": (40088, "jobid not exist"),
    "moment.too-often": (45009, "api freq out of limit"),
    "moment.unknown": (41060, "invalid moment_id"),
    "moment.not-of-corp": (41067, "moment_id type error"),
    "moment.not-of-member": (41061, "invalid moment userid"),
    "moment.unpublished": (41062, "moment not published by userid"),
    "address.banned": (45009, "api freq out of limit"),
    "frequency.too-often": (45009, "api freq out of limit"),
    "injected": (-1, "system error"),
}


class StorageError(Exception):
    """The file of the state can't be read or written; the call that met it has changed nothing."""


class Refusal(Exception):
    """A request that gets an answer with ``errcode != 0``.

    Args:
        reason: key of :data:`REASONS`, or with ``rule`` the id of a rule of the contract.
        errcode: the code to answer; the one of the table when absent.
        errmsg: the text to answer; the one of the table when absent.
        rule: whether ``reason`` is a rule id of the contract.
        path: where in the body the rule was broken, with array indexes; only for rules.
        fields: what stands beside the envelope all the same, an empty list for one.
    """

    def __init__(
        self,
        reason: str,
        *,
        errcode: int | None = None,
        errmsg: str | None = None,
        rule: bool = False,
        path: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        default_code, default_text = REASONS.get(reason, (40058, "invalid Request Parameter"))
        self.reason = reason
        self.errcode = default_code if errcode is None else errcode
        self.errmsg = default_text if errmsg is None else errmsg
        self.rule = rule
        self.path = path
        self.fields = dict(fields or {})
        super().__init__(reason)
