"""Words that an option takes."""

from __future__ import annotations

from enum import StrEnum


class ChatType(StrEnum):
    """To whom a message goes."""

    SINGLE = "single"
    GROUP = "group"


class Filter(StrEnum):
    """For whom a task was created."""

    CORP = "corp"
    PERSONAL = "personal"
    ALL = "all"


class MediaType(StrEnum):
    """What a file is to be used as."""

    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"


class Outcome(StrEnum):
    """What became of a recipient of a broadcast."""

    ACCEPTED = "accepted"
    PERHAPS_ACCEPTED = "accepted or in fail_list"
    FAIL_LIST = "fail_list"
    OVER_QUOTA = "over quota"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not sent yet"
    DELIVERED = "delivered"
    NOT_A_FRIEND = "not a friend"
