# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Final, Literal

GetGroupmsgListV2RequestChatType = Literal["group", "single"]
"""The known values. An answer may hold another one, which is kept."""

GET_GROUPMSG_LIST_V2_REQUEST_CHAT_TYPE_VALUES: Final[frozenset[GetGroupmsgListV2RequestChatType]] = frozenset(
    ["group", "single"]
)
