"""Whether a task has the recipients that a message was sent to.

What is known of a task's recipients are its members and, for each, the rows of get_groupmsg_send_result. Ids in the
task's fail_list are in neither, and of a task for groups the vendor's page promises only those that were sent.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any, Final

Reading = Generator[Any, Any, Any]
Pages = Callable[..., Reading]
"""Reads a list: operation, fields, and what tells that a page was enough."""

_IDS: Final = {"single": ("external_userid", "external_userid"), "group": ("chat_id_list", "chat_id")}
"""By the kind of chat the field of the request that lists the recipients, and that of a row."""

Verdict = tuple[bool, str]
"""Whether they are its recipients for sure, and why."""


class Targets:
    """The recipients of a message.

    Args:
        body: the body of add_msg_template.
        others_known: whether every task of another call with the same content is known, and is none of those that are
            compared: then a part of the recipients is enough.
    """

    def __init__(self, body: Mapping[str, Any], *, others_known: bool) -> None:
        field, self._row_field = _IDS.get(body.get("chat_type", "single"), _IDS["single"])
        self._wanted = frozenset(body.get(field) or ())
        self._sender: str | None = body.get("sender")
        self._all_of_sender = self._row_field == "external_userid" and "tag_filter" not in body
        self._others_known = others_known

    def compare(
        self, msgid: str, pages: Pages, customers: Callable[[str], Reading]
    ) -> Generator[Any, Any, Verdict | None]:
        """Compare with the recipients of a task.

        Args:
            msgid: the task.
            pages: reads a list, all its pages.
            customers: reads the customers of a member.

        Returns:
            None where they are other recipients.
        """
        members = [row["userid"] for row in (yield from pages("get_groupmsg_task", {"msgid": msgid}))]
        if not members:
            return False, "nobody is asked to send it"
        if self._sender is not None and self._sender not in members:
            return None
        if self._sender is not None and len(members) > 1:
            return False, f"{len(members)} members are asked to send it, and not {self._sender} alone"
        if self._wanted:
            return (yield from self._listed(msgid, members, pages, self._wanted, exact=True))
        if self._sender is None:
            return self._part("its recipients can't be told: they were chosen by tags")
        if not self._all_of_sender:
            return self._part(f"its sender is {self._sender}, and more can't be told")
        wanted = frozenset((yield from customers(self._sender)))
        return (yield from self._listed(msgid, members, pages, wanted, exact=False))

    def _listed(
        self, msgid: str, members: list[str], pages: Pages, wanted: frozenset[str], *, exact: bool
    ) -> Generator[Any, Any, Verdict | None]:
        """Compare the rows. ``exact``: nobody else may be among them."""
        listed: set[str | None] = set()
        allowed = wanted | {None}

        def foreign(rows: list[dict[str, Any]]) -> bool:
            return exact and any(self._id_of(row) not in allowed for row in rows)

        for userid in members:
            fields = {"msgid": msgid, "userid": userid, "limit": 1000}
            rows = yield from pages("get_groupmsg_send_result", fields, foreign)
            if foreign(rows):
                return None
            listed.update(self._id_of(row) for row in rows)
        if not listed:
            return False, "none of its recipients is listed yet"
        if None in listed:
            return False, "one of its recipients is listed without an id"
        found = len(listed & wanted)
        if found == len(wanted):
            return True, f"all {found} recipients"
        return self._part(f"{found} of {len(wanted)} recipients are listed")

    def _id_of(self, row: dict[str, Any]) -> str | None:
        found = row.get(self._row_field)
        return found if isinstance(found, str) and found else None

    def _part(self, why: str) -> Verdict:
        return self._others_known, why
