"""Arrange a company by method calls, while the mock runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, Self

from attrs import evolve

from .company import OTHER_TAGS, App, Company, Customer, Group, Tag, TagGroup

if TYPE_CHECKING:
    from .state import State

CORPID, SECRET = "wwtest", "test-secret"


def empty_company() -> Company:
    """A company with one app and nobody in it."""
    return Company(corpid=CORPID, apps=(App(name="test", secret=SECRET),))


class Arrange:
    """Puts members, customers, groups and tags into the company of a running mock.

    ::

        company.member("zhangsan").customer("wmA", tags=["vip"]).customer("wmB").group("wrA")
        company.member("lisi").customer("wmB")  # both have this customer

    Saying a thing twice changes nothing.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def __repr__(self) -> str:
        now = self.now
        return (
            f"<company {now.corpid}: {len(now.members)} members, {len(now.customers)} customers, "
            f"{len(now.groups)} groups>"
        )

    @property
    def now(self) -> Company:
        """The company as it is."""
        return self._state.company

    @property
    def corpid(self) -> str:
        """Its id."""
        return self.now.corpid

    def member(self, userid: str, *, licensed: bool | None = None) -> ArrangeMember:
        """A member, new or known.

        Args:
            userid: its id.
            licensed: False for one without the licence that an app of a third party needs; as it was when absent.

        Returns:
            What goes on with this member.
        """
        _text("userid", userid)
        with self._state.lock:
            now = self.now
            members = now.members if userid in now.members else (*now.members, userid)
            unlicensed = now.unlicensed
            if licensed is not None:
                unlicensed = unlicensed - {userid} if licensed else unlicensed | {userid}
            self._state.company = evolve(now, members=members, unlicensed=unlicensed)
        return ArrangeMember(self._state, userid)

    def members(self, *userids: str) -> Self:
        """Several members at once."""
        for userid in userids:
            self.member(userid)
        return self

    def tag(self, tag_id: str, *, name: str = "", group: str = OTHER_TAGS, deleted: bool = False) -> Self:
        """A tag that customers may carry; those of :meth:`ArrangeMember.customer` are there without this.

        Args:
            tag_id: its id.
            name: its name; the id when empty.
            group: id of its group of tags, made where it is new.
            deleted: whether it was there once.
        """
        _text("tag_id", tag_id)
        _text("group", group)
        with self._state.lock:
            now = self.now
            tag = Tag(tag_id=tag_id, name=name or tag_id, deleted=deleted)
            others = [
                evolve(one, tags=tuple(each for each in one.tags if each.tag_id != tag_id))
                for one in now.tag_groups
            ]
            groups = [one for one in others if one.tags or one.group_id == group]
            known = next((one for one in groups if one.group_id == group), None)
            if known is None:
                groups.append(TagGroup(group_id=group, name=group, tags=(tag,)))
            else:
                groups[groups.index(known)] = evolve(known, tags=(*known.tags, tag))
            tags = now.tags - {tag_id} if deleted else now.tags | {tag_id}
            self._state.company = evolve(now, tags=tags, tag_groups=tuple(groups))
        return self

    def department(self, number: int, *userids: str) -> Self:
        """A department and its members, who become members of the company too."""
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise ValueError(f"a department has a number from 1, not {number!r}")
        self.members(*userids)
        with self._state.lock:
            inside = dict.fromkeys((*self.now.departments.get(number, ()), *userids))
            departments = {**self.now.departments, number: tuple(inside)}
            self._state.company = evolve(self.now, departments=departments)
        return self

    def media(self, *media_ids: str) -> Self:
        """Ids of media that count as uploaded, for good; they matter only where ``check_media`` is set."""
        with self._state.lock:
            media = self.now.media | {_text("media_id", one) for one in media_ids}
            self._state.company = evolve(self.now, media=media)
        return self

    def app(
        self,
        name: str,
        secret: str,
        *,
        visible: Iterable[str] | None = None,
        customer_contact: bool = True,
    ) -> Self:
        """One more app, or another of the same name.

        Args:
            name: for people.
            secret: its ``corpsecret``.
            visible: userids in its visible range, who become members; all when absent.
            customer_contact: whether it may call the customer-contact API.

        Raises:
            ValueError: another app has this secret.
        """
        seen = None if visible is None else _texts("visible", visible)
        self.members(*(seen or ()))
        with self._state.lock:
            others = tuple(one for one in self.now.apps if one.name != name)
            if any(one.secret == secret for one in others):
                raise ValueError(f"another app has the secret of {name} already")
            made = App(
                name=_text("name", name),
                secret=_text("secret", secret),
                visible=None if seen is None else frozenset(seen),
                customer_contact=customer_contact,
            )
            self._state.company = evolve(self.now, apps=(*others, made))
        return self


class ArrangeMember(Arrange):
    """The same, going on with one member."""

    def __init__(self, state: State, userid: str) -> None:
        super().__init__(state)
        self.userid = userid

    def __repr__(self) -> str:
        return f"<member {self.userid} of {super().__repr__()[1:-1]}>"

    def customer(
        self,
        external_userid: str,
        *,
        tags: Iterable[str] = (),
        name: str = "",
        added: int | None = None,
        last_chat: bool | None = None,
    ) -> Self:
        """A customer of this member, new or of others already.

        Args:
            external_userid: its id.
            tags: ids of tags, put to those that it has.
            name: what it calls itself.
            added: when it was added, Unix seconds.
            last_chat: whether this member is the one who chatted with it last; who came first when nobody says so.
        """
        _text("external_userid", external_userid)
        carried = _texts("tags", tags)
        with self._state.lock:
            known = self.now.customers.get(external_userid)
            if known is None:
                known = Customer(
                    external_userid=external_userid, followed_by=(self.userid,), last_chat=self.userid
                )
            followed_by = tuple(dict.fromkeys((*known.followed_by, self.userid)))
            last = known.last_chat
            if last_chat:
                last = self.userid
            elif last_chat is False and last == self.userid:
                last = next((one for one in followed_by if one != self.userid), self.userid)
            changed = evolve(
                known,
                followed_by=followed_by,
                last_chat=last,
                tags=known.tags | frozenset(carried),
                name=name or known.name,
                added=known.added if added is None else added,
            )
            self._state.company = evolve(self.now, customers={**self.now.customers, external_userid: changed})
            for tag in carried:
                if tag not in self.now.tags:
                    self.tag(tag)
        return self

    def customers(self, external_userids: Iterable[str], *, tags: Iterable[str] = ()) -> Self:
        """Many customers at once, each with these tags."""
        ids, carried = _texts("external_userids", external_userids), _texts("tags", tags)
        if ids:
            self.customer(ids[0], tags=carried)
        with self._state.lock:
            new = [one for one in dict.fromkeys(ids) if one not in self.now.customers]
            made = {
                one: Customer(
                    external_userid=one,
                    followed_by=(self.userid,),
                    last_chat=self.userid,
                    tags=frozenset(carried),
                )
                for one in new
            }
            self._state.company = evolve(self.now, customers={**self.now.customers, **made})
            for one in ids:
                if one not in made:
                    self.customer(one, tags=carried)
        return self

    def group(self, chat_id: str, *, status: Literal[0, 1, 2, 3] = 0) -> Self:
        """A customer group that this member owns; of another owner before, it is handed over.

        Args:
            chat_id: its id.
            status: 0 the owner is there, 1 has left, 2 the group is being handed over, 3 was handed over.
        """
        if status not in (0, 1, 2, 3):
            raise ValueError(f"the status of a group is 0, 1, 2 or 3, not {status!r}")
        _text("chat_id", chat_id)
        with self._state.lock:
            group = Group(chat_id=chat_id, owner=self.userid, status=status)
            self._state.company = evolve(self.now, groups={**self.now.groups, chat_id: group})
        return self

    def loses(self, external_userid: str) -> Self:
        """Let the customer leave this member.

        Raises:
            LookupError: it is no customer of this member.
        """
        self._state.unfriend(self.userid, external_userid)
        return self


def _text(what: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{what} must be text, not {type(value).__name__}")
    if not value:
        raise ValueError(f"{what} must not be empty")
    return value


def _texts(what: str, values: Iterable[str]) -> list[str]:
    if isinstance(values, str | bytes):
        # A text is a sequence of its letters, which nobody means here.
        raise TypeError(f"{what} must be a list of texts: [{values!r}]")
    return [_text(f"each of {what}", value) for value in values]
