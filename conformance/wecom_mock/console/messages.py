"""A message as a customer will see it: text and cards, taken out of a request body.

Everything here comes from whoever calls the API. It is passed on as text, which the templates escape; an address
becomes a link only where it is one of the web.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from wecom_mock.media import MediaStore

KINDS = ("image", "link", "miniprogram", "video", "file")
_KIB, _MIB = 1024, 1024 * 1024


@frozen
class Card:
    """One attachment.

    Attributes:
        kind: one of :data:`KINDS`, or ``unknown``.
        title: what stands on it.
        about: the smaller text below.
        note: the id or address behind it, for the developer.
        href: where a press on it goes; empty where that is no address of the web.
        target: the address as it came, link or not.
    """

    kind: str
    title: str = ""
    about: str = ""
    note: str = ""
    href: str = ""
    target: str = ""


@frozen
class Message:
    """What a customer sees."""

    text: str
    cards: tuple[Card, ...]


def safe_href(address: str) -> str:
    """The address if a browser may be sent there by a press: http or https with a host; else nothing."""
    if any(ord(character) <= 0x20 or ord(character) == 0x7F for character in address) or "\\" in address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else ""


def size_of(number: int) -> str:
    """A number of bytes for people."""
    if number >= _MIB:
        return f"{number / _MIB:.1f} MiB"
    return f"{number / _KIB:.1f} KiB" if number >= _KIB else f"{number} B"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _file(media: MediaStore, media_id: str) -> tuple[str, str]:
    """Name and size of a file that was uploaded."""
    found = media.files.get(media_id)
    return (found.filename, size_of(found.size)) if found is not None else ("", "")


def card(kind: str, content: Mapping[str, Any], media: MediaStore) -> Card:
    """An attachment as a card."""
    told = {name: _text(value) for name, value in content.items()}
    media_id = told.get("media_id", "")
    match kind:
        case "image":
            name, size = _file(media, media_id)
            address = "" if media_id else told.get("pic_url", "")
            return Card(
                "image", name, size, note=media_id or address, href=safe_href(address), target=address
            )
        case "link":
            address = told.get("url", "")
            return Card(
                "link",
                told.get("title", ""),
                told.get("desc", ""),
                note=told.get("picurl", "") or media_id,
                href=safe_href(address),
                target=address,
            )
        case "miniprogram":
            return Card(
                "miniprogram",
                told.get("title", ""),
                note=told.get("pic_media_id", ""),
                target=f"{told.get('appid', '')} {told.get('page', '')}".strip(),
            )
        case "video" | "file":
            name, size = _file(media, media_id)
            return Card(kind, name, size, note=media_id)
        case _:
            return Card("unknown", kind)


def message(body: Mapping[str, Any], media: MediaStore) -> Message:
    """A message out of the body of a mass message, a welcome message or a moment."""
    text = body.get("text")
    cards = [
        card(_text(one.get("msgtype")), one.get(_text(one.get("msgtype"))) or {}, media)
        for one in body.get("attachments") or []
        if isinstance(one, Mapping)
    ]
    # The templates of welcome messages have the objects beside the text.
    cards += [card(kind, body[kind], media) for kind in KINDS if isinstance(body.get(kind), Mapping)]
    return Message(_text(text.get("content")) if isinstance(text, Mapping) else "", tuple(cards))
