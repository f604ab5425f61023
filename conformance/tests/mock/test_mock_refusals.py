"""What the mock answers for each reason, written down a second time: from the vendor's table and recorded answers."""

from __future__ import annotations

from wecom_mock.refusal import REASONS, Refusal

CODES = {
    -1: "injected",
    40007: "media.unknown",
    40013: "corpid.unknown",
    40014: "token.repeated token.unknown",
    40033: "body.escapes",
    40037: "template_id.unknown",
    40058: """request.method request.query body.empty body.encoding body.json body.duplicate-key body.depth
        body.number""",
    40068: "tag.unknown",
    40080: "suite-secret.unknown",
    40082: "suite-token.repeated suite-token.unknown",
    40083: "suite.unknown",
    40084: "permanent-code.unknown",
    40085: "suite-ticket.unknown suite-ticket.expired",
    40088: "job.unknown",
    40091: "secret.unknown",
    41001: "token.missing",
    41005: "form.malformed media.name-encoded",
    41022: "suite-token.missing",
    41047: "msgid.unknown",
    41048: "audience.nobody audience.quota-used-up",
    41050: "welcome_code.late welcome_code.unknown welcome_code.used",
    41051: "welcome_code.chatting",
    41055: "template.too-many",
    41058: "template_id.other-app",
    41060: "moment.unknown",
    41061: "moment.not-of-member",
    41062: "moment.unpublished",
    41063: "task.dispatching",
    41067: "moment.not-of-corp",
    41093: "task.cancelled",
    41094: "remind.too-often",
    42001: "token.expired",
    42009: "suite-token.expired",
    44001: "media.empty",
    45009: "media.quota-used-up moment.too-often address.banned frequency.too-often",
    48002: "app.no-customer-contact",
    50100: "cursor.bad",
    60011: "sender.not-visible userid.not-visible welcome_code.not-visible",
    60111: "sender.unknown userid.unknown",
    81017: "owners.too-many",
    84061: "audience.not-external-contact userid.no-customers",
    701008: "userid.unlicensed",
}

TEXTS = {
    "access_token expired": "token.expired",
    "access_token missing": "token.missing",
    "api forbidden": "app.no-customer-contact",
    "api freq out of limit": "media.quota-used-up moment.too-often address.banned frequency.too-often",
    "empty media data": "media.empty",
    "empty post data. invalid Request Parameter": "body.empty",
    "externaluser has started chatting": "welcome_code.chatting",
    "group message canceled": "task.cancelled",
    "group message is being dispatched": "task.dispatching",
    "group message remind freq out of limit": "remind.too-often",
    "group welcome template count limit": "template.too-many",
    "invalid Request Character": "body.escapes",
    "invalid Request Parameter": "request.query",
    "invalid access_token": "token.repeated token.unknown",
    "invalid corpid": "corpid.unknown",
    "invalid cursor": "cursor.bad",
    "invalid group msg id": "msgid.unknown",
    "invalid json. invalid Request Parameter": """body.encoding body.json body.duplicate-key body.depth
        body.number""",
    "invalid media_id": "media.unknown",
    "invalid moment userid": "moment.not-of-member",
    "invalid moment_id": "moment.unknown",
    "invalid permanent_code": "permanent-code.unknown",
    "invalid request method": "request.method",
    "invalid suite id": "suite.unknown",
    "invalid suite secret": "suite-secret.unknown",
    "invalid suite ticket": "suite-ticket.unknown suite-ticket.expired",
    "invalid suite_token": "suite-token.repeated suite-token.unknown",
    "invalid tagid": "tag.unknown",
    "invalid template_id": "template_id.unknown",
    "invalid welcome code": "welcome_code.late welcome_code.unknown welcome_code.used",
    "jobid not exist": "job.unknown",
    "media data missing": "form.malformed media.name-encoded",
    "moment not published by userid": "moment.unpublished",
    "moment_id type error": "moment.not-of-corp",
    "no customer to send": "audience.nobody audience.quota-used-up",
    "no licensed user": "userid.unlicensed",
    "no privilege to access/modify contact/party/agent": """sender.not-visible userid.not-visible
        welcome_code.not-visible""",
    "no privilege to edit group welcome template": "template_id.other-app",
    "not external contact": "audience.not-external-contact userid.no-customers",
    "request count exceed limit": "owners.too-many",
    "secret is invalid": "secret.unknown",
    "suite_access_token expired": "suite-token.expired",
    "suite_access_token missing": "suite-token.missing",
    "system error": "injected",
    "userid not found": "sender.unknown userid.unknown",
}


def test_every_reason_has_its_code_and_its_text() -> None:
    codes = {reason: code for code, reasons in CODES.items() for reason in reasons.split()}
    texts = {reason: text for text, reasons in TEXTS.items() for reason in reasons.split()}
    assert {reason: code for reason, (code, _) in REASONS.items()} == codes
    assert {reason: text for reason, (_, text) in REASONS.items()} == texts


def test_a_refusal_takes_from_the_table_what_it_is_not_given() -> None:
    plain = Refusal("tag.unknown")
    assert (plain.errcode, plain.errmsg, plain.rule, plain.path, plain.fields) == (
        40068,
        "invalid tagid",
        False,
        "",
        {},
    )
    assert str(plain) == "tag.unknown"
    told = Refusal("tag.unknown", errcode=0, errmsg="", rule=True, path="a[0]", fields={"list": []})
    assert (told.errcode, told.errmsg, told.rule, told.path, told.fields) == (
        0,
        "",
        True,
        "a[0]",
        {"list": []},
    )
    other = Refusal("link.title.max-bytes", rule=True)
    assert (other.errcode, other.errmsg) == (40058, "invalid Request Parameter")
