"""Puts ids that the company under test knows in the place of made-up ones.

A made-up customer is unknown to every company, so without this nearly every good request would end in a
business error, and a server that refuses everybody would look right. One id that is a non-empty string takes
the place of another, so the contract's verdict stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zlib import crc32

from attrs import asdict, field, frozen

from wecom_contract import rules

JOBID = "get_moment_task_result.jobid.max-bytes"


@frozen
class KnownSuite:
    """A third-party app that the corp has authorised.

    Attributes:
        suite_id: its id.
        suite_secret: its secret.
        suite_ticket: a ticket that is good for as long as the test runs.
        permanent_code: of the corp's authorisation.
    """

    suite_id: str
    suite_secret: str = field(repr=False)
    suite_ticket: str = field(repr=False)
    permanent_code: str = field(repr=False)


@frozen
class KnownIds:
    """Ids of a company that go together: any mixture of them makes a request that can be served.

    Attributes:
        corpid: the corp.
        corpsecret: the secret of an app that may do everything.
        member: a userid; the customers and groups are this member's.
        customers: external_userids.
        groups: chat ids.
        tag: a tag that one of the customers has. Only one, since groups of tags narrow each other.
        tag_group: a group of tags; without one, such ids stay as they are.
        welcome_code: has the company add a customer, and gives the welcome code that comes of it. A code is good
            once and for seconds, and no call of the API gives one; without this, made-up ones are sent.
        departments: departments of the company; without one, such ids stay as they are.
        publish: has the member publish the moment of an id. No call of the API does; without this, nobody can be
            asked who sees a moment.
        suite: a third-party app; without one its operations can't be tested.
    """

    corpid: str
    corpsecret: str = field(repr=False)
    member: str
    customers: Sequence[str]
    groups: Sequence[str]
    tag: str
    tag_group: str = ""
    departments: Sequence[int] = ()
    welcome_code: Callable[[], str] | None = None
    publish: Callable[[str], object] | None = None
    suite: KnownSuite | None = None

    def lacks_one_for(self, body: Any) -> bool:
        """Whether a body has an id that nobody here can give, so that no server can be asked to know it."""
        return self.welcome_code is None and isinstance(body, dict) and "welcome_code" in body

    def known(
        self,
        value: Any,
        msgid: Callable[[], str] | None = None,
        made: Mapping[str, Callable[[], str]] | None = None,
    ) -> Any:
        """The value with every id in it replaced.

        Args:
            value: a request body or the mapping of query parameters, good or bad.
            msgid: gives the id of a task that is there; without it, ids of tasks stay as they are.
            made: the same for other things that a call makes, by field.
        """
        makers = {**(made or {}), **({} if msgid is None else {"msgid": msgid})}
        if self.welcome_code is not None:
            makers["welcome_code"] = self.welcome_code
        pools: Mapping[str, Sequence[str]] = {
            "corpid": [self.corpid],
            "corpsecret": [self.corpsecret],
            "sender": [self.member],
            "userid": [self.member],
            "userid_list": [self.member],
            "external_userid": self.customers,
            "chat_id_list": self.groups,
            "tag_list": [self.tag],
            "tag_id": [self.tag],
            "group_id": [self.tag_group] if self.tag_group else [],
            "user_list": [self.member],
            "auth_corpid": [self.corpid],
        }
        if self.suite is not None:
            pools = {**pools, **{name: [value] for name, value in asdict(self.suite).items()}}

        def walk(node: Any, name: str) -> Any:
            if isinstance(node, dict):
                return {key: walk(child, key) for key, child in node.items()}
            if isinstance(node, list):
                return [walk(child, name) for child in node]
            if name == "department_list" and type(node) is int and self.departments:
                return self.departments[node % len(self.departments)]
            if not isinstance(node, str) or not node:
                return node
            if name in makers:
                return node if _too_long(name, node) else makers[name]()
            if name == "cursor":
                return ""  # only a page of results hands out a cursor, and an empty one is the first page
            pool = pools.get(name)
            return pool[crc32(node.encode()) % len(pool)] if pool else node

        return walk(value, "")


def _too_long(name: str, value: str) -> bool:
    """Whether an id breaks the one rule that an id of its field can break beside being empty."""
    return name == "jobid" and len(value.encode("utf-8", "surrogatepass")) > rules()[JOBID].limit


def is_stranger(value: Any) -> bool:
    """Whether a good request is to keep its made-up ids: one in four is, always the same ones."""
    return crc32(repr(value).encode("utf-8", "surrogatepass")) % 4 == 0
