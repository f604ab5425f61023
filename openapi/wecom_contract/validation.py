"""Judges a body by the contract: every broken rule and every warning, at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

import jsonschema_rs

from wecom_contract import texts
from wecom_contract.data import load
from wecom_contract.keywords import KEYWORDS
from wecom_contract.operations import OPERATIONS
from wecom_contract.places import dotted, pointer, walk
from wecom_contract.quick import quick
from wecom_contract.unjudgeable import unjudgeable, writable
from wecom_contract.violations import Violation


class UnknownOperation(ValueError):
    """The contract has no operation of that name."""

    def __init__(self, name: str) -> None:
        near = difflib.get_close_matches(name, OPERATIONS, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(OPERATIONS)}"
        super().__init__(f"no operation {name!r} in the contract; {hint}")
        self.name = name


def check(operation: str, body: object, *, written: bool = False) -> list[Violation]:
    """Judge a request.

    Args:
        operation: the operation's id, such as ``add_msg_template``.
        body: the request body as plain JSON data (dict, list, str, int, float, bool, None); for an operation without
            a body, the mapping of its query parameters.
        written: the caller has already written this very body as JSON in UTF-8 without a ``\\u`` escape, so it is
            known that this can be done. It saves a caller that sends the body from doing so twice.

    Returns:
        Every broken rule, then every warning, each in the order of the body. A body with no entry of severity
        ``error`` keeps the contract.

    Raises:
        UnknownOperation: the contract has no such operation.
    """
    judge = _judge(operation)
    raw = OPERATIONS[operation].has_body  # in an address a control character is one %-sequence like any other
    try:
        if judge.quick.is_valid(body):
            return [] if written or writable(body, raw=raw) else list(unjudgeable(body, raw=raw))
        found = [*judge.errors(judge.request, body), *judge.notices(body)]
        return found if written or writable(body, raw=raw) else [*unjudgeable(body, raw=raw), *found]
    except ValueError:
        # Something that is no JSON at all: a lone surrogate, a key that is no string, a structure within itself.
        return list(unjudgeable(body, raw=raw))


def check_response(operation: str, body: object, *, read: bool = False) -> list[Violation]:
    """Judge an answer's body, a refusal's too, by the response schema of ``operation``.

    Args:
        operation: see `check`.
        body: see `check`.
        read: the caller has read this very body from JSON in UTF-8 without an escape of a surrogate, so it is known
            that it is plain JSON data. It saves a caller that has the bytes from having it written once more.

    Errors as for `check`. Answers are open: a field that the contract doesn't know is no violation.
    """
    judge = _judge(operation)
    try:
        if judge.quick_response.is_valid(body) or judge.response.is_valid(body):
            return [] if read or writable(body, raw=False) else list(unjudgeable(body, raw=False))
        return list(judge.errors(judge.response, body))
    except ValueError:
        return list(unjudgeable(body, raw=False))


class _Judge:
    """The validators of one operation; one that is never used is never compiled."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self.schemas = schemas

    @cached_property
    def request(self) -> jsonschema_rs.Validator:
        return _validator(self.schemas["request"])

    @cached_property
    def warnings(self) -> jsonschema_rs.Validator | None:
        return _validator(self.schemas["warnings"]) if self.schemas["warnings"] else None

    @cached_property
    def response(self) -> jsonschema_rs.Validator:
        return _validator(self.schemas["response"])

    @cached_property
    def quick(self) -> jsonschema_rs.Validator:
        """Accepts nothing that has an error or a warning, and nearly everything that has none."""
        schema = quick(self.schemas["request"], self.schemas["warnings"])
        return jsonschema_rs.Draft202012Validator(schema, offline=True)

    @cached_property
    def quick_response(self) -> jsonschema_rs.Validator:
        """Accepts no answer that breaks a rule, and nearly every one that breaks none."""
        return jsonschema_rs.Draft202012Validator(quick(self.schemas["response"], None), offline=True)

    def errors(self, validator: jsonschema_rs.Validator, body: object) -> Iterator[Violation]:
        root = self.schemas["request"] if validator is self.request else self.schemas["response"]
        found = list(validator.iter_errors(body))
        mistyped = {tuple(e.instance_path) for e in found if e.schema_path[-1:] == ["type"]}
        order = {path: index for index, (path, _) in enumerate(walk(body))}
        violations: list[tuple[int, Violation]] = []
        for error in found:
            # A value of the wrong type breaks nothing else worth naming.
            if tuple(error.instance_path) in mistyped and error.schema_path[-1] != "type":
                continue
            position = order.get(tuple(error.instance_path), len(order))
            violations.extend((position, violation) for violation in _describe(root, error, body))
        violations.sort(key=lambda pair: pair[0])
        yield from (violation for _, violation in violations)

    def notices(self, body: object) -> Iterator[Violation]:
        if self.warnings is None:
            return
        for error in self.warnings.iter_errors(body):
            meta = _resolve(self.schemas["warnings"], error.schema_path)
            path: list[str | int] = [*error.instance_path]
            if "field" in meta:
                path.append(meta["field"])
            message, message_zh = texts.warning(meta, error.instance)
            if error.instance_path:
                place = dotted(list(error.instance_path))
                message, message_zh = f"{place}: {message}", f"{place}：{message_zh}"
            yield Violation(
                rule=meta["id"],
                severity="warning",
                path=dotted(path),
                pointer=pointer(path),
                keyword="x-warnings",
                limit=None,
                given=texts.given(_resolve(body, path)) if "field" in meta else "",
                message=message,
                message_zh=message_zh,
                fix=texts.warning_fix(meta)[0],
                fix_zh=texts.warning_fix(meta)[1],
                errcode=None,
                confirm=meta.get("confirm"),
            )


@cache
def _judge(operation: str) -> _Judge:
    schemas = _schemas()
    if operation not in schemas:
        raise UnknownOperation(operation)
    return _Judge(schemas[operation])


@cache
def _schemas() -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = load("schemas")
    return schemas


def _validator(schema: dict[str, Any]) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(schema, keywords=KEYWORDS, offline=True)


def _resolve(document: Any, path: list[str | int]) -> Any:
    for step in path:
        document = document[step]
    return document


def _describe(
    root: Mapping[str, Any], error: jsonschema_rs.ValidationError, body: object
) -> Iterator[Violation]:
    """The violations behind one error of the validator: one, or one for each field that is unknown."""
    keyword = str(error.schema_path[-1])
    node = _resolve(root, error.schema_path[:-1])
    rules = node.get("x-rules", {})
    path = list(error.instance_path)
    instance = _resolve(body, path)
    if keyword == "additionalProperties":
        rule = rules.get(keyword, {})
        for name in instance:
            if name not in node["properties"]:
                words = texts.unknown_field(name, rule, node["properties"], root)
                yield _violation(rule, keyword, [*path, name], None, instance[name], words)
        return
    if keyword == "required":
        kind = error.kind
        assert isinstance(kind, jsonschema_rs.ValidationErrorKind.Required)
        name = kind.property
        rule = rules.get("required", {}).get(name, {})
        yield _violation(rule, keyword, [*path, name], None, texts.ABSENT, texts.missing(name, rule))
        return
    rule = rules.get(keyword, {})
    limit = (
        node[keyword] if not isinstance(node[keyword], (dict, list)) or keyword in ("enum", "type") else None
    )
    if keyword == "x-span":
        span = node[keyword]
        place, given = [*path, span["to"]], instance[span["to"]]
        yield _violation(rule, keyword, place, span["seconds"], given, texts.span(span, instance, rule))
        return
    yield _violation(rule, keyword, path, limit, instance, texts.broken(keyword, limit, instance, rule))


def _violation(
    rule: Mapping[str, Any],
    keyword: str,
    path: list[str | int],
    limit: object,
    instance: object,
    words: texts.Words,
) -> Violation:
    place = dotted(path)
    return Violation(
        rule=rule.get("id", f"response.{keyword}"),
        severity="error",
        path=place,
        pointer=pointer(path),
        keyword=keyword,
        limit=limit,
        given=texts.given(instance),
        message=f"{place or 'the body'} {words.en}",
        message_zh=f"{place or '请求体'} {words.zh}",
        fix=words.fix,
        fix_zh=words.fix_zh,
        errcode=rule.get("errcode"),
    )
