"""A message as a customer will see it: the text, then a card for each attachment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wecom_cli.output import Output
from wecom_cli.text import paragraphs, printable

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "image": ("image", "图片"),
    "link": ("link", "图文链接"),
    "miniprogram": ("mini program", "小程序"),
    "video": ("video", "视频"),
    "file": ("file", "文件"),
}

_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "image": ("media_id", "pic_url"),
    "link": ("title", "desc", "url", "picurl"),
    "miniprogram": ("title", "appid", "page", "pic_media_id"),
    "video": ("media_id",),
    "file": ("media_id",),
}
"""What a card shows, in this order. The first is the headline."""

_PLAIN: Final = ("title", "desc", "url")  # these a customer reads; the others need to be named


def draw(body: Mapping[str, Any], output: Output) -> list[Any]:
    """What to print with rich, for a request that keeps the contract."""
    from wecom_cli.screen import bubble, card

    parts: list[Any] = []
    content = (body.get("text") or {}).get("content")
    if content:
        parts.append(bubble(paragraphs(content)))
    for attachment in body.get("attachments") or ():
        kind = attachment["msgtype"]
        parts.append(card(output.say(*_KINDS.get(kind, (kind, kind))), _lines(kind, attachment[kind])))
    return parts


def kinds(body: Mapping[str, Any]) -> list[str]:
    """What the message consists of, for programs."""
    text = ["text"] if (body.get("text") or {}).get("content") else []
    return text + [attachment["msgtype"] for attachment in body.get("attachments") or ()]


def _lines(kind: str, content: Mapping[str, Any]) -> list[str]:
    found = []
    for name in _FIELDS.get(kind, tuple(content)):
        if value := content.get(name):
            text = printable(str(value))
            found.append(text if name in _PLAIN else f"{name}: {text}")
    return found
