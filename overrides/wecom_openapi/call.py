"""Plans a call, without I/O: from what the caller gave to the bytes to send, and from an answer to its
model."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any, Generic

from attrs import field, frozen

from wecom_client.types import Unset
from wecom_client.wire import CallOptions, Operation, ResponseT
from wecom_openapi.errors import IgnoredFieldWarning
from wecom_openapi.upload import Form, Source, description, upload_of
from wecom_openapi.validation import enforce, judge, line
from wecom_openapi.writing import write

# warn → plan → Driver.call → WeCom._call → the operation's method → the caller
_CALLER = 5


@frozen
class Call(Generic[ResponseT]):
    """A validated call, ready to be sent."""

    operation: Operation[ResponseT]
    body: bytes | None = field(repr=False)
    """Raw UTF-8 JSON; None for an operation without a body. Not shown: get_suite_token's holds secrets."""
    query: Mapping[str, Any] | None = field(repr=False)
    """The query parameters of an operation without a JSON body. Not shown: gettoken's hold the secret."""
    options: CallOptions
    form: Form | None = field(default=None, repr=False)
    """The file that is uploaded."""


def plan(
    operation: Operation[ResponseT],
    body: Mapping[str, Any],
    confirmed: frozenset[str],
    options: CallOptions,
) -> Call[ResponseT]:
    """Validate a request and serialise it.

    Args:
        operation: which one.
        body: plain JSON data; the query parameters of an operation without a body.
        confirmed: the confirm flags that the caller set.
        options: what else the caller set.

    Raises:
        TypeError, ValueError: the options make no sense.
        InvalidRequest: the request breaks the contract.
        AudienceNotConfirmed: it reaches everyone, and the caller didn't say so.

    Warns:
        IgnoredFieldWarning: WeCom ignores a field of it.
    """
    _check_extra(operation, options)
    sent, violations = judge(operation.id, body)
    if violations:
        for notice in enforce(operation.id, violations, confirmed):
            warnings.warn(f"{operation.id}: {line(notice)}", IgnoredFieldWarning, stacklevel=_CALLER)
    if not operation.has_body:
        return Call(operation, None, dict(body), options)
    if operation.query:
        return _beside(operation, body, options)
    return Call(operation, sent, None, options)


def plan_upload(
    operation: Operation[ResponseT], body: Mapping[str, Any], source: Source, options: CallOptions
) -> Call[ResponseT]:
    """Judge an upload by what is known of its file, and make the form that carries it. No byte of it is read.

    Args:
        operation: which one.
        body: its query parameters, and the `wecom_client.wire.Upload`.
        source: the file, open.
        options: what else the caller set.

    Raises:
        TypeError, ValueError: the options make no sense.
        InvalidRequest: the file is too large, of another kind, or its name can't be sent.
    """
    _check_extra(operation, options)
    (part,) = operation.parts
    upload = upload_of(operation, body)
    described = description(upload, source)
    sent, violations = judge(operation.id, {**body, part: described})
    enforce(operation.id, violations, frozenset())
    query = {name: value for name, value in body.items() if name in operation.query}
    form = Form(part, source, described, upload.progress, sent)
    return Call(operation, None, query, options, form)


def _beside(
    operation: Operation[ResponseT], body: Mapping[str, Any], options: CallOptions
) -> Call[ResponseT]:
    """A call with query parameters beside its body, which were judged together."""
    query = {name: value for name, value in body.items() if name in operation.query}
    rest = {name: value for name, value in body.items() if name not in operation.query}
    return Call(operation, write(rest), query, options)


def _check_extra(operation: Operation[Any], options: CallOptions) -> None:
    """Extra parameters may stand beside those of the operation, not for them."""
    if isinstance(options.extra_query, Unset):
        return
    for name, value in options.extra_query.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise TypeError(f"extra_query: {name!r}: names and values are strings")
        if name == operation.auth or name in operation.query:
            raise ValueError(f"extra_query: {name} is a parameter of {operation.id} itself")
