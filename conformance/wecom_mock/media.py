"""media_upload and media_uploadimg: what was uploaded, and which ids an attachment may name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from wecom_contract import Operation

from .doubts import check_image_size
from .multipart import Part, read_form
from .quota import period
from .refusal import Refusal

if TYPE_CHECKING:
    from .call import Call
    from .company import Company

MEDIA_SECONDS = 3 * 24 * 3600
"""How long an id is good."""
_ID_CHARS = 44  # as in the vendor's example


@frozen
class Media:
    """A file that was uploaded. Its bytes are not kept.

    Attributes:
        kind: image, voice, video or file; for a permanent image ``image``.
        filename: as it was sent.
        size: in bytes.
        sha256: of its content, in hex.
        created: Unix time in seconds.
    """

    kind: str
    filename: str
    size: int
    sha256: str
    created: float


@define
class MediaStore:
    """Everything that was uploaded: temporary files by id, permanent images by address.

    All apps of the company share them.
    """

    files: MutableMapping[str, Media] = field(factory=dict)
    images: MutableMapping[str, Media] = field(factory=dict)
    counts: MutableMapping[str, int] = field(factory=dict)
    """Permanent images by day and by month."""

    def clear(self) -> None:
        """Forget everything."""
        for store in (self.files, self.images, self.counts):
            store.clear()

    def good(self, media_id: str, kind: str, company: Company, now: float) -> bool:
        """Whether an id may stand where a file of that kind belongs.

        The ids that the company lists are of every kind and never end.
        """
        if media_id in company.media:
            return True
        media = self.files.get(media_id)
        return media is not None and media.kind == kind and now < media.created + MEDIA_SECONDS


_NAMED: Mapping[str, tuple[str, str]] = {
    "image": ("media_id", "image"),
    "video": ("media_id", "video"),
    "file": ("media_id", "file"),
    "link": ("media_id", "image"),
    "miniprogram": ("pic_media_id", "image"),
}
"""Kind of attachment → the field of an id in it, and the kind of file that it names."""


def check_attachments(call: Call, attachments: Iterable[Mapping[str, Any]]) -> None:
    """Where the settings ask for it, refuse attachments with an id that is unknown, dead, or of another kind of file.

    Raises:
        Refusal: 40007.
    """
    if not call.state.settings.check_media:
        return
    for attachment in attachments:
        name, kind = _NAMED.get(attachment["msgtype"], ("", ""))
        content = attachment[attachment["msgtype"]]
        if name in content and not call.state.media.good(content[name], kind, call.state.company, call.now):
            raise Refusal("media.unknown")


def read_upload(
    operation: Operation, body: bytes, content_type: str
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What a form holds, as the contract describes it: the parts as data, and their bytes.

    Raises:
        Refusal: no form, a name in the encoded way, an empty file.
    """
    described: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    for part in read_form(body, content_type):
        described[part.name] = _described(part)
        if part.name in operation.parts:
            if part.encoded_name:
                raise Refusal("media.name-encoded")
            if not part.content:
                raise Refusal("media.empty")
            files[part.name] = part.content
    return described, files


def _described(part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {"filelength": len(part.content)}
    if part.filename is not None:
        found["filename"] = part.filename
    if part.content_type is not None:
        found["content_type"] = part.content_type
    return found


def _uploaded(call: Call, kind: str) -> Media:
    told, content = call.body["media"], call.files["media"]
    digest = hashlib.sha256(content).hexdigest()
    return Media(kind, told["filename"], len(content), digest, call.now)


def media_upload(call: Call) -> dict[str, Any]:
    """Keep a file for three days. ``errmsg`` is empty and the time is text by default, as in the vendor's example."""
    kind: str = call.body["type"]
    check_image_size(call.state.settings, kind, len(call.files["media"]))
    media_id = call.state.mint("media", _ID_CHARS)
    seconds = int(call.now)
    created = str(seconds) if call.state.settings.upload_created_at == "text" else seconds
    call.state.media.files[media_id] = _uploaded(call, kind)
    return {"errmsg": "", "type": kind, "media_id": media_id, "created_at": created}


def media_uploadimg(call: Call) -> dict[str, Any]:
    """Keep an image for good, within the quota of the company.

    Which code the server has for a quota that is used up was not observed; 45009 is that of any limit.
    """
    settings, store = call.state.settings, call.state.media
    limits = {
        f"day {period('per-day-1', call.now)[0]}": settings.images_per_day,
        f"month {period('per-month-4', call.now)[0]}": settings.images_per_month,
    }
    if any(store.counts.get(name, 0) >= limit for name, limit in limits.items()):
        raise Refusal("media.quota-used-up")
    for name in limits:
        store.counts[name] = store.counts.get(name, 0) + 1
    number = call.state.next_number("image")
    url = f"http://p.qpic.cn/pic_wework/3474110808/{call.state.digest('image', number).hex()}/0"
    store.images[url] = _uploaded(call, "image")
    return {"errmsg": "", "url": url}
