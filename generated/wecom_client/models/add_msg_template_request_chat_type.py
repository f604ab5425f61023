# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Final, Literal

AddMsgTemplateRequestChatType = Literal["group", "single"]
"""The known values. An answer may hold another one, which is kept."""

ADD_MSG_TEMPLATE_REQUEST_CHAT_TYPE_VALUES: Final[frozenset[AddMsgTemplateRequestChatType]] = frozenset(
    ["group", "single"]
)
