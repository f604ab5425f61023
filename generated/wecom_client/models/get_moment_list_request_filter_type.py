# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Final, Literal

GetMomentListRequestFilterType = Literal[0, 1, 2]
"""The known values. An answer may hold another one, which is kept."""

GET_MOMENT_LIST_REQUEST_FILTER_TYPE_VALUES: Final[frozenset[GetMomentListRequestFilterType]] = frozenset(
    [0, 1, 2]
)
