"""Read a company from a YAML file; a fault is one line with file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, TypeVar, cast

from attrs import evolve

from .company import (
    App,
    Authorisation,
    Company,
    Customer,
    Group,
    Suite,
    Tag,
    TagGroup,
    make_company,
)
from .yaml_file import Item as _Item
from .yaml_file import YamlFileError, parse_yaml, read_text

_LAST_SECOND = 2**32 - 1
_LAST_DEPARTMENT = 999_999_999
_K = TypeVar("_K", str, int)
_T = TypeVar("_T")


class CompanyFileError(YamlFileError):
    """A company file that can not be used; the text is one line ``file:line: field: what is wrong``."""


def _unique(items: list[_Item], read: Callable[[_Item], tuple[_K, _T]]) -> dict[_K, _T]:
    found: dict[_K, _T] = {}
    for item in items:
        key, value = read(item)
        if key in found:
            raise item.error("is there twice")
        found[key] = value
    return found


def _known(item: _Item, known: Iterable[str], kind: str) -> str:
    value = item.text()
    if value not in known:
        raise item.error(f"no {kind} {value!r} in this company")
    return value


_RIGHTS = ("visible", "customer_contact")


def _rights(fields: dict[str, _Item], members: dict[str, str]) -> tuple[frozenset[str] | None, bool]:
    visible = None
    if "visible" in fields:
        visible = frozenset(_known(member, members, "member") for member in fields["visible"].list())
    return visible, fields["customer_contact"].flag() if "customer_contact" in fields else True


def _app(item: _Item, members: dict[str, str]) -> tuple[str, App]:
    fields = item.map(("name", "secret"), _RIGHTS)
    visible, contact = _rights(fields, members)
    secret = fields["secret"].text()
    return secret, App(name=fields["name"].text(), secret=secret, visible=visible, customer_contact=contact)


def _suite(item: _Item, members: dict[str, str]) -> tuple[str, Suite]:
    fields = item.map(("suite_id", "secret"), ("ticket", "corps"))
    corps = fields["corps"].list() if "corps" in fields else []
    suite_id = fields["suite_id"].text()
    return suite_id, Suite(
        suite_id=suite_id,
        secret=fields["secret"].text(),
        ticket=fields["ticket"].text() if "ticket" in fields else None,
        corps=_unique(corps, lambda one: _authorisation(one, members)),
    )


def _authorisation(item: _Item, members: dict[str, str]) -> tuple[str, Authorisation]:
    fields = item.map(("corpid", "permanent_code"), _RIGHTS)
    visible, contact = _rights(fields, members)
    corpid, code = fields["corpid"].text(), fields["permanent_code"].text()
    return corpid, Authorisation(
        corpid=corpid, permanent_code=code, visible=visible, customer_contact=contact
    )


def _customer(item: _Item, members: dict[str, str]) -> tuple[str, Customer]:
    fields = item.map(("external_userid", "followed_by"), ("last_chat", "tags", "name", "added"))
    followed_by = tuple(
        _unique(fields["followed_by"].list(), lambda one: (_known(one, members, "member"), None))
    )
    if not followed_by:
        raise fields["followed_by"].error("must name at least one member")
    last = followed_by[0]
    if "last_chat" in fields:
        last = fields["last_chat"].text()
        if last not in followed_by:
            raise fields["last_chat"].error(f"{last!r} is not one of followed_by")
    tags = frozenset(tag.text() for tag in fields["tags"].list()) if "tags" in fields else frozenset[str]()
    external_userid = fields["external_userid"].text()
    customer = Customer(external_userid=external_userid, followed_by=followed_by, last_chat=last, tags=tags)
    if "name" in fields:
        customer = evolve(customer, name=fields["name"].text())
    if "added" in fields:
        customer = evolve(customer, added=fields["added"].number(_LAST_SECOND))
    return external_userid, customer


def _group(item: _Item, members: dict[str, str]) -> tuple[str, Group]:
    fields = item.map(("chat_id", "owner"), ("status",))
    chat_id = fields["chat_id"].text()
    status = cast(Literal[0, 1, 2, 3], fields["status"].number(3)) if "status" in fields else 0
    return chat_id, Group(chat_id=chat_id, owner=_known(fields["owner"], members, "member"), status=status)


def _tag(item: _Item) -> tuple[str, Tag]:
    fields = item.map(("id", "name"), ("deleted",))
    deleted = fields["deleted"].flag() if "deleted" in fields else False
    tag_id = fields["id"].text()
    return tag_id, Tag(tag_id=tag_id, name=fields["name"].text(), deleted=deleted)


def _tag_group(item: _Item, taken: set[str]) -> tuple[str, TagGroup]:
    fields = item.map(("id", "name", "tags"), ())
    tags = _unique(fields["tags"].list(), _tag)
    if not tags:
        raise fields["tags"].error("must name at least one tag")
    for tag_id in tags:
        if tag_id in taken:
            raise fields["tags"].error(f"the tag {tag_id!r} is in another group too")
        taken.add(tag_id)
    group_id = fields["id"].text()
    return group_id, TagGroup(group_id=group_id, name=fields["name"].text(), tags=tuple(tags.values()))


def _department(item: _Item, members: dict[str, str]) -> tuple[int, tuple[str, ...]]:
    fields = item.map(("id", "members"), ())
    inside = _unique(fields["members"].list(), lambda one: (_known(one, members, "member"), None))
    return fields["id"].number(_LAST_DEPARTMENT), tuple(inside)


def _plain(item: _Item) -> tuple[str, str]:
    return item.text(), item.text()


def parse_company(text: str, file: str = "company.yaml") -> Company:
    """Read a company from YAML text.

    Args:
        text: a mapping with ``corpid`` and ``apps`` and, where wanted, ``members``, ``customers``,
            ``groups``, ``tags``, ``tag_groups``, ``departments``, ``unlicensed``, ``media`` and ``suites``.
        file: the name that errors show.

    Raises:
        CompanyFileError: anything that is no such company, in one line.
    """
    root = parse_yaml(text, file, CompanyFileError, "company")
    lists = (
        *("members", "customers", "groups", "tags", "departments", "media", "tag_groups", "unlicensed"),
        "suites",
    )
    fields = root.map(("corpid", "apps"), lists)
    entries = {name: fields[name].list() if name in fields else [] for name in lists}
    members = _unique(entries["members"], _plain)
    apps = _unique(fields["apps"].list(), lambda item: _app(item, members))
    taken: set[str] = set()
    if not apps:
        raise fields["apps"].error("must name at least one app")
    return make_company(
        corpid=fields["corpid"].text(),
        apps=apps.values(),
        members=members,
        customers=_unique(entries["customers"], lambda item: _customer(item, members)).values(),
        groups=_unique(entries["groups"], lambda item: _group(item, members)).values(),
        tags=_unique(entries["tags"], _plain),
        departments=_unique(entries["departments"], lambda item: _department(item, members)),
        media=_unique(entries["media"], _plain),
        tag_groups=_unique(entries["tag_groups"], lambda item: _tag_group(item, taken)).values(),
        unlicensed=_unique(entries["unlicensed"], lambda item: (_known(item, members, "member"), None)),
        suites=_unique(entries["suites"], lambda item: _suite(item, members)).values(),
    )


def load_company(path: str | Path) -> Company:
    """Read a company from a YAML file of at most 2 MiB.

    Raises:
        CompanyFileError: the file can not be read or holds no company, in one line.
    """
    return parse_company(read_text(path, CompanyFileError), str(path))
