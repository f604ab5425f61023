# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Final, Literal

MediaUploadType = Literal["file", "image", "video", "voice"]
"""The known values. An answer may hold another one, which is kept."""

MEDIA_UPLOAD_TYPE_VALUES: Final[frozenset[MediaUploadType]] = frozenset(["file", "image", "video", "voice"])
