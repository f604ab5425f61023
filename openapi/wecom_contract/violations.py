"""What is wrong with a body, as a value: the rule, the place, the limit, what was given and how to mend it."""

from __future__ import annotations

from typing import Literal

from attrs import frozen


@frozen
class Violation:
    """One broken rule, or one warning."""

    rule: str
    """The rule's stable id, such as ``link.title.max-bytes``."""
    severity: Literal["error", "warning"]
    path: str
    """Where, with indexes: ``attachments[3].link.title``. Empty for the body itself."""
    pointer: str
    """The same as a JSON pointer: ``/attachments/3/link/title``."""
    keyword: str
    """The constraint of the contract that it breaks, such as ``x-max-bytes``."""
    limit: object
    """What the constraint allows (a number, a list of values, a type); None where it has no value to show."""
    given: str
    """What was found, in words: ``150 bytes in 50 characters``. Never a whole value."""
    message: str
    message_zh: str
    fix: str
    """How to mend it; for an unknown field, the name that was probably meant."""
    fix_zh: str
    errcode: int | None
    """The vendor's code for such a request, as far as it is known; None for a warning."""
    confirm: str | None = None
    """The flag that a caller has to set to mean it (``to_all``); None where nothing needs to be confirmed."""
