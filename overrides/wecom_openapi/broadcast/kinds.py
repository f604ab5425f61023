"""The two kinds of recipient: customers and customer groups. What one call takes of them stands in the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from wecom_contract import check, rules

OPERATION: Final = "add_msg_template"


@frozen
class Kind:
    """One of them."""

    chat_type: str
    """As the vendor calls it."""
    field: str
    """The field of the request that has the ids."""
    column: str
    """How a file calls them, where its reader is told nothing else."""
    others: tuple[str, ...]
    """How ids of the other kind begin, in all samples of the vendor. What begins otherwise is left for WeCom to judge:
    no page says how ids are made."""
    en: str
    zh: str

    @property
    def most(self) -> int:
        """How many one call takes."""
        limit: int = rules()[f"{self.field}.max-items"].limit
        return limit

    @property
    def needs_sender(self) -> bool:
        """Whether a call without the member who is to send breaks the contract."""
        body = {"chat_type": self.chat_type, self.field: ["x"], "text": {"content": "x"}}
        return any(each.severity == "error" for each in check(OPERATION, body))


CUSTOMERS: Final = Kind("single", "external_userid", "external_userid", ("wr",), "customer", "客户")
GROUPS: Final = Kind("group", "chat_id_list", "chat_id", ("wm", "wo"), "customer group", "客户群")

KINDS: Final[Mapping[str, Kind]] = {kind.chat_type: kind for kind in (CUSTOMERS, GROUPS)}


def kind_of(message: Mapping[str, Any]) -> Kind:
    """The kind that a message goes to."""
    given = message.get("chat_type")
    return KINDS.get(given, CUSTOMERS) if isinstance(given, str) else CUSTOMERS
