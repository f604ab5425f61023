"""Read a company from a YAML file; a fault is one line with file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, TypeVar, cast

import yaml
from attrs import evolve
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

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

MAX_BYTES = 2 * 1024 * 1024
_LAST_SECOND = 2**32 - 1
_LAST_DEPARTMENT = 999_999_999
_K = TypeVar("_K", str, int)
_T = TypeVar("_T")
_STR, _BOOL, _INT = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "bool", "int"))


class CompanyFileError(ValueError):
    """A company file that can not be used; the text is one line ``file:line: field: what is wrong``."""


class _Item:
    """A YAML node with the path that leads to it, so that every complaint can say where it stands."""

    def __init__(self, file: str, node: Node, path: str) -> None:
        self.file, self.node, self.path = file, node, path

    def error(self, what: str) -> CompanyFileError:
        where = f"{self.file}:{self.node.start_mark.line + 1}"
        return CompanyFileError(f"{where}: {self.path or 'the file'}: {what}")

    def text(self) -> str:
        if not isinstance(self.node, ScalarNode) or self.node.tag != _STR:
            raise self.error("must be text (put a number or a word like yes in quotes)")
        if not self.node.value:
            raise self.error("must not be empty")
        return str(self.node.value)

    def flag(self) -> bool:
        if not isinstance(self.node, ScalarNode) or self.node.tag != _BOOL:
            raise self.error("must be true or false")
        return self.node.value.lower() in {"true", "yes", "on"}

    def number(self, most: int) -> int:
        plain = isinstance(self.node, ScalarNode) and self.node.tag == _INT and self.node.value.isdecimal()
        if not plain or int(self.node.value) > most:
            raise self.error(f"must be a number from 0 to {most}")
        return int(self.node.value)

    def list(self) -> list[_Item]:
        if not isinstance(self.node, SequenceNode):
            raise self.error("must be a list")
        return [_Item(self.file, node, f"{self.path}[{i}]") for i, node in enumerate(self.node.value)]

    def map(self, required: Iterable[str], optional: Iterable[str]) -> dict[str, _Item]:
        if not isinstance(self.node, MappingNode):
            raise self.error("must be a mapping")
        required, known = tuple(required), {*required, *optional}
        found: dict[str, _Item] = {}
        for key, value in self.node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else "?"
            # The complaint about a key stands at the key, not at its value.
            item = _Item(self.file, key, f"{self.path}.{name}".lstrip("."))
            if name not in known:
                raise item.error(f"unknown field; known here: {', '.join(sorted(known))}")
            if name in found:
                raise item.error("given twice")
            found[name] = _Item(self.file, value, item.path)
        for name in required:
            if name not in found:
                raise self.error(f"lacks the field {name}")
        return found


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
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise CompanyFileError(f"{file}:{line}: no YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise CompanyFileError(f"{file}:1: no YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise CompanyFileError(f"{file}:1: no company: nested too deeply") from None
    if root is None:
        raise CompanyFileError(f"{file}:1: the file is empty")
    lists = (
        *("members", "customers", "groups", "tags", "departments", "media", "tag_groups", "unlicensed"),
        "suites",
    )
    fields = _Item(file, root, "").map(("corpid", "apps"), lists)
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
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CompanyFileError(f"{path}: {error.strerror or error}") from None
    if len(raw) > MAX_BYTES:
        raise CompanyFileError(f"{path}: larger than {MAX_BYTES} bytes")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CompanyFileError(f"{path}:{line}: not UTF-8") from None
    return parse_company(text, str(path))
