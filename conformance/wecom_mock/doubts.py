"""Rules of the contract that a setting lifts or tightens, because the sources disagree about them."""

from __future__ import annotations

from typing import Any

from wecom_contract import Violation

from .refusal import Refusal
from .settings import Settings

FILE = "file"
MOMENT_BYTES = 4000
MEGABYTE = 1024 * 1024
_SENDER_RULE = "sender.required-for-group"
_MOMENT_RULE = "add_moment_task.text.content.max-length"
_IMAGE_RULE = "media_upload.image.max-bytes"


def as_meant(settings: Settings, body: object) -> object:
    """The body as it is judged: without its empty texts, where they count as absent."""
    if settings.empty_optionals == "absent" and isinstance(body, dict):
        return {name: value for name, value in body.items() if value != ""}
    return body


def excused(settings: Settings, violation: Violation, body: object) -> bool:
    """Whether a broken rule doesn't hold here."""
    if violation.rule == _SENDER_RULE:
        listed = isinstance(body, dict) and bool(body.get("chat_id_list"))
        return settings.group_sender_absent == "owner" and listed
    return violation.rule == _MOMENT_RULE and settings.moment_text_limit == "bytes"


def refused(settings: Settings, violation: Violation) -> bool:
    """Whether a warning is an error here: that of a field which the server would ignore."""
    return settings.ignored_fields == "refuse" and ".ignored-" in violation.rule


def check_file_attachments(settings: Settings, attachments: list[dict[str, Any]]) -> None:
    """Refuse a file, where the settings go by the prose of the page.

    Raises:
        Refusal: 41065.
    """
    if settings.file_attachments == "accept":
        return
    for number, attachment in enumerate(attachments):
        if attachment["msgtype"] == FILE:
            raise Refusal(
                "attachments.msgtype.enum",
                errcode=41065,
                errmsg="attachments.msgtype invalid",
                rule=True,
                path=f"attachments[{number}].msgtype",
            )


def check_image_size(settings: Settings, kind: str, size: int) -> None:
    """Refuse an image that is larger than the settings allow.

    Raises:
        Refusal: 45001.
    """
    if kind == "image" and size > settings.image_megabytes * MEGABYTE:
        raise Refusal(
            _IMAGE_RULE, errcode=45001, errmsg="media size out of limit", rule=True, path="media.filelength"
        )


def check_moment_text(settings: Settings, content: str) -> None:
    """Refuse a text of a moment by its bytes, where the settings count them.

    Raises:
        Refusal: 40058.
    """
    if settings.moment_text_limit != "characters" and len(content.encode("utf-8")) > MOMENT_BYTES:
        raise Refusal(
            _MOMENT_RULE,
            errmsg=f"text.content exceed max length {MOMENT_BYTES}. invalid Request Parameter",
            rule=True,
            path="text.content",
        )
