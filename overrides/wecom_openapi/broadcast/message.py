"""What a broadcast sends: a request without its audience."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from wecom_client.wire import plain
from wecom_contract import check
from wecom_openapi.broadcast.kinds import CUSTOMERS, GROUPS, OPERATION, Kind, kind_of
from wecom_openapi.errors import IgnoredFieldWarning, InvalidRequest
from wecom_openapi.validation import enforce

_AUDIENCE: Final = (CUSTOMERS.field, GROUPS.field, "tag_filter")


@frozen
class Message:
    """A message that keeps the contract."""

    data: Mapping[str, Any] = field(repr=False)

    @property
    def kind(self) -> Kind:
        """The kind of recipients."""
        return kind_of(self.data)

    @property
    def sender(self) -> str | None:
        """Who is to send where the audience says nothing."""
        return self.data.get("sender")

    @property
    def text(self) -> str:
        """As JSON, the same for the same message."""
        return json.dumps(self.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def body(self, sender: str | None, recipients: list[str]) -> dict[str, Any]:
        """The request of one call."""
        body = {**self.data, self.kind.field: recipients}
        return body if sender is None else {**body, "sender": sender}


def message_of(given: Any) -> Message:
    """A message, judged by the contract as if it had an audience.

    Args:
        given: a mapping or an `AddMsgTemplateRequest`, without recipients.

    Raises:
        TypeError: it is neither.
        InvalidRequest: it breaks the contract, or has recipients of its own.
    """
    data = given if isinstance(given, Mapping) else plain(given)
    if not isinstance(data, Mapping):
        raise TypeError(f"message: a mapping or a model is needed, not {type(given).__name__}")
    own = [name for name in _AUDIENCE if name in data]
    if own:
        raise InvalidRequest(
            f"the message has {', '.join(own)}: a broadcast has its audience beside the message. Nothing was sent",
            operation=OPERATION,
        )
    kind = kind_of(data)
    # A copy by way of JSON: what somebody changes in it later changes nothing here.
    judged = {"sender": "x", **data, kind.field: ["x"]}
    for notice in enforce(OPERATION, check(OPERATION, judged), frozenset()):
        warnings.warn(notice.message, IgnoredFieldWarning, stacklevel=4)
    return Message(json.loads(json.dumps(data, ensure_ascii=False, default=plain)))
