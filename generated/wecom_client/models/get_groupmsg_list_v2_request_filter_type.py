# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Final, Literal

GetGroupmsgListV2RequestFilterType = Literal[0, 1, 2]
"""The known values. An answer may hold another one, which is kept."""

GET_GROUPMSG_LIST_V2_REQUEST_FILTER_TYPE_VALUES: Final[frozenset[GetGroupmsgListV2RequestFilterType]] = (
    frozenset([0, 1, 2])
)
