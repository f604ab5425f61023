# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Final, Literal

GroupchatListRequestStatusFilter = Literal[0, 1, 2, 3]
"""The known values. An answer may hold another one, which is kept."""

GROUPCHAT_LIST_REQUEST_STATUS_FILTER_VALUES: Final[frozenset[GroupchatListRequestStatusFilter]] = frozenset(
    [0, 1, 2, 3]
)
