"""Whom a broadcast goes to: ids, with or without the member who is to send, one at a time and never all in memory."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from wecom_openapi.broadcast.faults import Fault, invalid
from wecom_openapi.broadcast.kinds import Kind
from wecom_openapi.errors import NoCustomers

if TYPE_CHECKING:
    from wecom_openapi.async_client import AsyncWeCom
    from wecom_openapi.client import WeCom

Row: TypeAlias = tuple[str | None, str, int]
"""The member who is to send, where that is said; the id; the number of its line or place."""

_PAGE: Final = 1000


class Audience(Protocol):
    """Where the ids come from."""

    def rows(self, kind: Kind) -> Iterator[Row]:
        """Every recipient in its order."""
        raise NotImplementedError

    def place(self, number: int) -> str:
        """How people find a row: ``audience.csv, line 7``."""
        raise NotImplementedError


class Ids:
    """Ids out of any iterable, or pairs of the member who is to send and an id.

    Args:
        given: the iterable; it is gone through once.

    Raises:
        TypeError: it is a single text, or no iterable.
    """

    def __init__(self, given: Iterable[str | tuple[str | None, str]]) -> None:
        if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
            raise TypeError(f"audience: an iterable of ids is needed, not {type(given).__name__}")
        self._given = given

    def rows(self, kind: Kind) -> Iterator[Row]:
        """See `Audience`."""
        for number, each in enumerate(self._given, 1):
            yield row(each, number, self)

    def place(self, number: int) -> str:
        """See `Audience`."""
        return f"recipient {number}"


def row(each: Any, number: int, audience: Audience) -> Row:
    """What an iterable gave, as a row.

    Raises:
        InvalidAudience: it is neither an id nor a pair.
    """
    if isinstance(each, str):
        return None, each, number
    if isinstance(each, (tuple, list)) and len(each) == 2:
        sender, one = each
        if isinstance(one, str) and (sender is None or isinstance(sender, str)):
            return sender or None, one, number
    kind = type(each).__name__
    raise invalid(
        [
            Fault(
                audience.place(number),
                f"an id or a pair of sender and id is needed, not {kind}",
                f"需要 id，或成员与 id 组成的二元组，而不是 {kind}",
            )
        ]
    )


def customers_of(wecom: WeCom, members: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The customers of some members, each with its member: an audience for a broadcast.

    Args:
        wecom: what asks for them, a call for each member when its turn comes.
        members: userids.

    Raises:
        WeComError: as `WeCom.externalcontact_list`; a member without customers is no error.
    """
    for member in members:
        try:
            found = wecom.externalcontact_list(userid=member).external_userid
        except NoCustomers:
            continue
        yield from ((member, each) for each in found)


async def customers_of_async(wecom: AsyncWeCom, members: Iterable[str]) -> AsyncIterator[tuple[str, str]]:
    """`customers_of` for an `AsyncWeCom`, for `Broadcast.plan_async`."""
    for member in members:
        try:
            found = (await wecom.externalcontact_list(userid=member)).external_userid
        except NoCustomers:
            continue
        for each in found:
            yield member, each


def groups_of(wecom: WeCom, owners: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The customer groups of some owners, each with its owner, who is the one to send.

    Args:
        wecom: what asks for them.
        owners: userids.

    Raises:
        WeComError: as `WeCom.iter_groupchat_list`.
    """
    for owner in owners:
        for found in wecom.iter_groupchat_list(owner_filter={"userid_list": [owner]}, limit=_PAGE):
            yield owner, found.chat_id


async def groups_of_async(wecom: AsyncWeCom, owners: Iterable[str]) -> AsyncIterator[tuple[str, str]]:
    """`groups_of` for an `AsyncWeCom`, for `Broadcast.plan_async`."""
    for owner in owners:
        async for found in wecom.iter_groupchat_list(owner_filter={"userid_list": [owner]}, limit=_PAGE):
            yield owner, found.chat_id


AnyAudience: TypeAlias = Audience | Iterable[str | tuple[str | None, str]]
AnyAsyncAudience: TypeAlias = AnyAudience | AsyncIterable[str | tuple[str | None, str]]


def audience_of(given: Any) -> Audience:
    """What a caller gave, as an `Audience`."""
    return given if hasattr(given, "rows") and hasattr(given, "place") else Ids(given)
