# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Final, Literal

GroupWelcomeTemplateAddRequestNotify = Literal[0, 1]
"""The known values. An answer may hold another one, which is kept."""

GROUP_WELCOME_TEMPLATE_ADD_REQUEST_NOTIFY_VALUES: Final[frozenset[GroupWelcomeTemplateAddRequestNotify]] = (
    frozenset([0, 1])
)
