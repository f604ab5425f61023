"""What a mocked company consists of, and the small one that is built in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import evolve, field, frozen

#: The group of tags that are listed without one.
OTHER_TAGS = "etTagsWithoutAGroup"


@frozen(kw_only=True)
class App:
    """An app of the company, which calls the API with its own secret.

    Attributes:
        name: for people only.
        secret: its ``corpsecret``; never shown by ``repr``.
        visible: the members in its visible range; ``None`` means all.
        customer_contact: whether it may call the customer-contact API (else 48002).
    """

    name: str
    secret: str = field(repr=False)
    visible: frozenset[str] | None = None
    customer_contact: bool = True

    def sees(self, userid: str) -> bool:
        """Whether the member is in the visible range."""
        return self.visible is None or userid in self.visible


@frozen(kw_only=True)
class Authorisation:
    """A corp that has authorised a suite.

    Attributes:
        corpid: the corp. Of another one than the mocked company nothing is known: the suite sees no member there.
        permanent_code: what the suite got for it; never shown by ``repr``.
        visible: as for an app.
        customer_contact: as for an app.
    """

    corpid: str
    permanent_code: str = field(repr=False)
    visible: frozenset[str] | None = None
    customer_contact: bool = True


@frozen(kw_only=True)
class Suite:
    """A third-party app, which calls the API for the corps that have authorised it.

    Attributes:
        suite_id: its id.
        secret: its ``suite_secret``; never shown by ``repr``.
        corps: who has authorised it, by corpid.
        ticket: a suite_ticket that is good until the first one is pushed; ``None``: none is there before that.
    """

    suite_id: str
    secret: str = field(repr=False)
    corps: Mapping[str, Authorisation] = field(factory=dict)
    ticket: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Customer:
    """An external contact.

    Attributes:
        external_userid: its id.
        followed_by: the members who have it as a customer, never empty.
        last_chat: the one of them who chatted with it last.
        tags: ids of its tags.
        name: what it calls itself; not told when empty.
        added: when it was added, in Unix seconds.
    """

    external_userid: str
    followed_by: tuple[str, ...]
    last_chat: str
    tags: frozenset[str] = frozenset()
    name: str = ""
    added: int = 1525779812


@frozen(kw_only=True)
class Group:
    """A customer group and the member who owns it.

    ``status``: 0 the owner is there, 1 has left, 2 the group is being handed over, 3 was handed over.
    """

    chat_id: str
    owner: str
    status: Literal[0, 1, 2, 3] = 0


@frozen(kw_only=True)
class Tag:
    """A tag of customers; one that was deleted chooses nobody, and shows only where it is asked for by id."""

    tag_id: str
    name: str = ""
    deleted: bool = False


@frozen(kw_only=True)
class TagGroup:
    """A group of tags; it counts as deleted when all of its tags are."""

    group_id: str
    name: str = ""
    tags: tuple[Tag, ...] = ()

    @property
    def deleted(self) -> bool:
        """Whether no tag of it is left."""
        return all(tag.deleted for tag in self.tags)


@frozen(kw_only=True)
class Company:
    """A company as the mock knows it; immutable, changes make a new one.

    Attributes:
        corpid: its id.
        apps: at least one.
        members: userids, in order.
        customers: by external_userid, in order.
        groups: by chat id, in order.
        tags: ids of all known customer tags that were not deleted.
        tag_groups: all tags, deleted ones too, by group.
        departments: by id, the members of each.
        media: media ids that count as uploaded; looked at only with ``Settings.check_media``.
        unlicensed: members without the licence that an app of a third party needs.
        suites: third-party apps by suite_id.
    """

    corpid: str
    apps: tuple[App, ...]
    members: tuple[str, ...] = ()
    customers: Mapping[str, Customer] = field(factory=dict)
    groups: Mapping[str, Group] = field(factory=dict)
    tags: frozenset[str] = frozenset()
    departments: Mapping[int, tuple[str, ...]] = field(factory=dict)
    media: frozenset[str] = frozenset()
    tag_groups: tuple[TagGroup, ...] = ()
    unlicensed: frozenset[str] = frozenset()
    suites: Mapping[str, Suite] = field(factory=dict)

    def app_with(self, secret: str) -> App | None:
        """The app that has this secret."""
        return next((app for app in self.apps if app.secret == secret), None)

    def follows(self, userid: str, external_userid: str) -> bool:
        """Whether the customer is one of the member's."""
        customer = self.customers.get(external_userid)
        return customer is not None and userid in customer.followed_by

    def customers_of(self, userid: str) -> list[str]:
        """The external_userids of a member's customers, in the order of the company.

        Raises:
            LookupError: no such member.
        """
        if userid not in self.members:
            raise LookupError(f"no member {userid}")
        return [each.external_userid for each in self.customers.values() if userid in each.followed_by]

    def owns(self, userid: str, chat_id: str) -> bool:
        """Whether the group is there and the member owns it."""
        group = self.groups.get(chat_id)
        return group is not None and group.owner == userid

    def without_relation(self, userid: str, external_userid: str) -> Company:
        """The company after customer and member parted; a customer of nobody is no customer any more.

        Raises:
            LookupError: they are not related.
        """
        if not self.follows(userid, external_userid):
            raise LookupError(f"{external_userid} is no customer of {userid}")
        customer = self.customers[external_userid]
        left = tuple(member for member in customer.followed_by if member != userid)
        customers = dict(self.customers)
        if left:
            last = customer.last_chat if customer.last_chat in left else left[0]
            customers[external_userid] = evolve(customer, followed_by=left, last_chat=last)
        else:
            del customers[external_userid]
        return evolve(self, customers=customers)


def make_company(
    *,
    corpid: str,
    apps: Iterable[App],
    members: Iterable[str] = (),
    customers: Iterable[Customer] = (),
    groups: Iterable[Group] = (),
    tags: Iterable[str] = (),
    departments: Mapping[int, Iterable[str]] | None = None,
    media: Iterable[str] = (),
    tag_groups: Iterable[TagGroup] = (),
    unlicensed: Iterable[str] = (),
    suites: Iterable[Suite] = (),
) -> Company:
    """Put a company together from lists; tags that a customer carries are known without being listed."""
    by_id = {customer.external_userid: customer for customer in customers}
    grouped = tuple(tag_groups)
    listed = {tag.tag_id: tag for group in grouped for tag in group.tags}
    # Without doubles, and in an order that is the same in every process.
    carried = sorted(frozenset[str]().union(*(customer.tags for customer in by_id.values())))
    others = [one for one in dict.fromkeys((*tags, *carried)) if one not in listed]
    if others:
        loose = tuple(Tag(tag_id=one, name=one) for one in others)
        grouped = (*grouped, TagGroup(group_id=OTHER_TAGS, name="未分组", tags=loose))
    return Company(
        corpid=corpid,
        apps=tuple(apps),
        members=tuple(members),
        customers=by_id,
        groups={group.chat_id: group for group in groups},
        tags=frozenset([*others, *(one for one, tag in listed.items() if not tag.deleted)]),
        departments={number: tuple(each) for number, each in (departments or {}).items()},
        media=frozenset(media),
        tag_groups=grouped,
        unlicensed=frozenset(unlicensed),
        suites={suite.suite_id: suite for suite in suites},
    )
