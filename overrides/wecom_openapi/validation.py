"""Judges a request before a byte leaves, and says all that is wrong with it at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from wecom_client.wire import plain
from wecom_contract import Violation, check
from wecom_openapi.errors import AudienceNotConfirmed, InvalidRequest
from wecom_openapi.writing import write, write_copy

_DECODER: Final = json.JSONDecoder()


def validate(operation: str, body: object) -> list[Violation]:
    """Judge a request by the contract, without sending anything.

    Args:
        operation: the operation's name, such as ``add_msg_template``.
        body: the request as a generated model or as plain JSON data; for an operation without a body the
            mapping of its query parameters.

    Returns:
        Every broken rule, then every warning. A request with no entry of severity ``error`` keeps the
        contract. That a request reaches everyone is a warning here; it is the client that wants it confirmed.

    Raises:
        wecom_contract.UnknownOperation: the contract has no such operation (a `ValueError`).
    """
    return judge(operation, body)[1]


def judge(operation: str, body: object) -> tuple[bytes, list[Violation]]:
    """`validate`, and the bytes that it judged: raw UTF-8, without spaces.

    What is judged is what the bytes say: a list that another thread changes in between, or a key that JSON turns
    into a string, can't make what is sent another thing than what was judged. Plain data is copied first, and
    the copy is written and judged; of anything else the bytes are parsed again.
    """
    if not isinstance(body, (dict, Mapping)):
        body = plain(body)
    kinds: set[type] = set()
    judged = _copy(body, kinds)
    try:
        if judged is not None:
            sent = write_copy(judged, kinds)
        else:
            sent = write(body)
            judged = _DECODER.raw_decode(sent.decode())[0]
    except (TypeError, ValueError, RecursionError) as exc:
        return b"", check(operation, body) or [_no_json(exc)]
    # An escape stands there for a control character, or a backslash for itself: only the contract tells them apart.
    # Looking for one byte is many times as fast as looking for two.
    return sent, check(operation, judged, written=b"\\" not in sent or b"\\u" not in sent)


class _NotPlain(Exception):
    """Data of which only the encoder knows what JSON makes of it."""


_SCALARS: Final = frozenset({str, int, float, bool, type(None)})


def _copy(body: object, kinds: set[type]) -> dict[str, Any] | None:
    """A copy of ``body`` that nobody else has; None where JSON would give something else back.

    Args:
        body: anything.
        kinds: gets the types of the scalars in it.
    """
    if type(body) is not dict:
        return None
    try:
        copied: dict[str, Any] = _copied(body, kinds)
    except (_NotPlain, RecursionError):
        return None
    return copied


def _copied(value: Any, kinds: set[type]) -> Any:
    kind = type(value)
    if kind is str:
        kinds.add(kind)
        return value
    if kind is dict:
        fields = value.copy()  # first: what is looked at is what nobody can change any more
        for name, item in fields.items():
            if type(name) is not str:
                raise _NotPlain
            inner = type(item)
            if inner is str:
                kinds.add(inner)
            else:
                fields[name] = _copied(item, kinds)
        return fields
    if kind is list:
        items = value[:]
        found = list(map(type, items))
        if found.count(str) == len(found):
            kinds.add(str)
            return items
        return [_copied(item, kinds) for item in items]
    if kind not in _SCALARS:  # one of a subclass may be written in another way
        raise _NotPlain
    kinds.add(kind)
    return value


def enforce(operation: str, violations: Iterable[Violation], confirmed: frozenset[str]) -> list[Violation]:
    """Raise what has to be raised.

    Args:
        operation: the operation's name.
        violations: as `validate` returns them.
        confirmed: the flags that the caller set.

    Returns:
        The warnings that are left: fields that WeCom ignores.

    Raises:
        InvalidRequest: at least one rule is broken.
        AudienceNotConfirmed: the request reaches everyone, and the caller didn't say that this is meant.
    """
    violations = list(violations)
    errors = [v for v in violations if v.severity == "error"]
    if errors:
        raise InvalidRequest(render(operation, errors), operation=operation, violations=errors)
    unconfirmed = [v for v in violations if v.confirm is not None and v.confirm not in confirmed]
    if unconfirmed:
        raise AudienceNotConfirmed(
            f"{operation} was not sent: {'; '.join(line(v) for v in unconfirmed)}",
            operation=operation,
            violations=unconfirmed,
            confirm=unconfirmed[0].confirm,
        )
    return [v for v in violations if v.confirm is None]


def render(operation: str, violations: Iterable[Violation]) -> str:
    """The text of an `InvalidRequest`: a line a violation, with what was given and how to mend it."""
    violations = list(violations)
    count = "1 rule" if len(violations) == 1 else f"{len(violations)} rules"
    lines = [f"{operation} was not sent: the request breaks {count} of the contract"]
    lines += [f"  {line(violation)}" for violation in violations]
    return "\n".join(lines)


def line(violation: Violation) -> str:
    """One violation as one line. A key may hold anything, so what a terminal would act on is escaped."""
    # The other messages say themselves what was given.
    given = f" (given: {violation.given})" if violation.keyword in ("minimum", "maximum") else ""
    fix = f"; {violation.fix}" if violation.fix else ""
    text = f"{violation.message}{given}{fix} [{violation.rule}]"
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _no_json(exc: Exception) -> Violation:
    reason = "nested too deeply" if isinstance(exc, RecursionError) else str(exc)
    return Violation(
        rule="json.value",
        severity="error",
        path="",
        pointer="",
        keyword="json",
        limit=None,
        given="",
        message=f"the body can't be written as JSON: {reason}",
        message_zh=f"请求体无法写成 JSON：{reason}",
        fix="give plain JSON data: dict, list, str, int, float, bool or None",
        fix_zh="请使用 JSON 数据：dict、list、str、int、float、bool 或 None",
        errcode=None,
    )
