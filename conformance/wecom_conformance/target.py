"""A server under test: where it is, whom it knows, and how a case gets to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial, reduce
from operator import getitem
from typing import Any, Self
from urllib.parse import urlencode

import requests
from schemathesis import Case
from schemathesis.core import NOT_SET
from schemathesis.core.transport import Response
from schemathesis.python.asgi import ASGIApp, ASGIClient
from schemathesis.transport.serialization import Binary

from wecom_contract import OPERATIONS

from .bounded import SECONDS, BoundedSession, root_cause
from .exchange import Exchange
from .findings import Finding
from .gate import Gate
from .judgement import Sent
from .known_ids import KnownIds, is_stranger
from .strict_json import NotJSON, read_json, without_escapes, write_json
from .suite_schema import operation_id
from .translation import code_of

MADE = frozenset({"msgid", "template_id", "jobid", "moment_id"})
"""Fields that name a thing which a call makes."""


class TargetError(RuntimeError):
    """The server gives no token or makes no task, so nothing can be proved about it; the text says which.

    Attributes:
        operation: what was called.
        code: the errcode of the answer; None where there was none.
    """

    def __init__(self, text: str, operation: str = "", code: int | None = None) -> None:
        super().__init__(text)
        self.operation = operation
        self.code = code


class NoAnswer(Exception):
    """A request got no answer: the connection broke, or the application in process raised.

    Attributes:
        sent: the request.
    """

    def __init__(self, sent: Sent, cause: Exception) -> None:
        told = root_cause(cause) if isinstance(cause, requests.RequestException) else str(cause)
        super().__init__(f"{type(cause).__name__}: {told}")
        self.sent = sent


class Target:
    """A server that answers for a company.

    Args:
        known: the company's ids.
        base_url: where it listens; for an application in process any host will do.
        app: the ASGI application, to be called in process; without one it is called over the network.
        gate: decides what may be sent; without one, everything.
        observer: gets every exchange with what was found about it.
        given: ids of things that are there, by field, to be used in the place of new ones.
        makes: the fields for which new things may be made.
    """

    def __init__(
        self,
        known: KnownIds,
        *,
        base_url: str = "http://in-process",
        app: ASGIApp | None = None,
        gate: Gate | None = None,
        observer: Callable[[Exchange], object] | None = None,
        given: Mapping[str, str] | None = None,
        makes: Collection[str] = MADE,
    ) -> None:
        self.known = known
        self.base_url = base_url
        self.session = BoundedSession() if app is None else ASGIClient(app, base_url)
        self.session.trust_env = False  # a proxy of the environment is not under test
        self.session.hooks["response"].append(self._note_wire)
        self.gate = gate
        self.observer = observer
        self.given = given or {}
        self.makes = makes
        self.sent = 0
        self.last: Exchange | None = None
        self._wire: tuple[int, str] = (0, "")
        self._began = self._ended = 0.0
        self._token: str | None = None
        self._template: str | None = None
        self.moment: dict[str, str] | None = None
        self._suite_token: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    @property
    def token(self) -> str:
        """A good access token, fetched once."""
        if self._token is None:
            credentials = {"corpid": self.known.corpid, "corpsecret": self.known.corpsecret}
            self._token = self._wanted("gettoken", "access_token", query=credentials)
        return self._token

    @property
    def suite_token(self) -> str:
        """A good token of the suite, fetched once."""
        if self._suite_token is None:
            if (suite := self.known.suite) is None:
                raise TargetError("no suite is known, so the operations of third-party apps can't be tested")
            names = ("suite_id", "suite_secret", "suite_ticket")
            body = {name: getattr(suite, name) for name in names}
            self._suite_token = self._wanted("get_suite_token", "suite_access_token", body=body)
        return self._suite_token

    def token_of(self, operation: str) -> str:
        """The good token of the kind that an operation takes."""
        return self.suite_token if OPERATIONS[operation].auth == "suite_access_token" else self.token

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not show up in any text."""
        found = [self._token, self._suite_token, self.known.corpsecret]
        if (suite := self.known.suite) is not None:
            found += [suite.suite_secret, suite.suite_ticket, suite.permanent_code]
        return tuple(secret for secret in found if secret)

    def new_task(self) -> str:
        """The msgid of a task that was just made."""
        body = {
            "sender": self.known.member,
            "external_userid": [self.known.customers[0]],
            "text": {"content": "x"},
        }
        return self._wanted("add_msg_template", "msgid", body=body)

    def new_template(self) -> str:
        """The id of a welcome template for groups that was just made; the one made before is deleted."""
        self._delete_template(self._template)
        self._template = self._wanted(
            "group_welcome_template_add", "template_id", body={"text": {"content": "x"}}
        )
        return self._template

    def _of_a_moment(self, field: str) -> str:
        """The ``jobid`` or ``moment_id`` of a moment, made once: a company may make few of them in a minute.

        The member is asked to publish it, and has done so where the ids can have that done.
        """
        if self.moment is None:
            body = {
                "text": {"content": "x"},
                "visible_range": {"sender_list": {"user_list": [self.known.member]}},
            }
            jobid = self._wanted("add_moment_task", "jobid", body=body)
            moment_id = self._wanted("get_moment_task_result", "result.moment_id", query={"jobid": jobid})
            if self.known.publish is not None:
                self.known.publish(moment_id)
            self.moment = {"jobid": jobid, "moment_id": moment_id}
        return self.moment[field]

    def call(self, case: Case[Any], *, tokens: Sequence[str] | None = None) -> tuple[Response, bool]:
        """Send a case, mostly with ids that the company knows.

        Args:
            case: of a schema that ``suite_schema`` made; it is left as it is.
            tokens: the tokens to send, none or several, instead of the good one.

        Returns:
            The answer with its translated status, and whether every id in the request is known.

        Raises:
            NoAnswer: there was none.
        """
        # A bad request stays with known ids, lest the refusal of an id hide that nothing else was refused.
        positive = case.meta is not None and case.meta.generation.mode.is_positive
        known = not (positive and is_stranger((case.query, case.body)))
        query, body = dict(case.query), case.body
        if known:
            made = self.makers()
            query = self.known.known(query, made=made)
            body = body if body is NOT_SET else self.known.known(body, None, made)
            names = {*query, *(body if isinstance(body, dict) else ())}
            known = not names & (MADE - made.keys())
        response = self._send(case, query, body, tokens)
        operation = operation_id(case.operation)
        if operation == "group_welcome_template_add":
            self._delete_template(_template_of(response))
        unpublished = operation == "get_moment_send_result" and self.known.publish is None
        return response, known and not unpublished and not self.known.lacks_one_for(body)

    def makers(self) -> dict[str, Callable[[], str]]:
        """What gives the id of a thing that a call makes, by field: one that is there, or a new one."""
        new: dict[str, Callable[[], str]] = {
            "msgid": self.new_task,
            "template_id": self.new_template,
            "jobid": partial(self._of_a_moment, "jobid"),
            "moment_id": partial(self._of_a_moment, "moment_id"),
        }
        made = {name: maker for name, maker in new.items() if name in self.makes}
        return {**made, **{name: partial(str, value) for name, value in self.given.items()}}

    def narrowed(self, operation: str, body: Any) -> Any:
        """A drawn body, changed so that it may be sent; see `Gate.narrowed`."""
        return body if self.gate is None else self.gate.narrowed(operation, body)

    def observe(
        self, operation: str, sent: Sent, answer: bytes, source: str, findings: Sequence[Finding]
    ) -> None:
        """Tell the observer of an exchange: the one that was sent last."""
        status, content_type = self._wire
        times = self._began, self._ended - self._began
        self.last = Exchange(operation, sent, status, answer, content_type, *times, source, tuple(findings))
        if self.observer is not None:
            self.observer(self.last)

    def _note_wire(self, answer: requests.Response, **_: Any) -> None:
        self._wire = answer.status_code, answer.headers.get("Content-Type", "")

    def call_as_it_is(self, case: Case[Any]) -> Response:
        """Send a case with the ids that it has.

        Raises:
            NoAnswer: there was none.
        """
        return self._send(case, dict(case.query), case.body, None)

    def _send(
        self, case: Case[Any], query: dict[str, Any], body: Any, tokens: Sequence[str] | None
    ) -> Response:
        operation = OPERATIONS[operation_id(case.operation)]
        if operation.auth is not None:
            query[operation.auth] = [self.token_of(operation.id)] if tokens is None else list(tokens)
        arguments: dict[str, Any] = {"params": query}
        raw = None
        if body is not NOT_SET:
            raw = arguments["data"] = _serialised(body)
        if self.gate is not None:
            self.gate(operation, case.method, query, body if raw is not None else None)
        self.sent += 1
        self._wire, self._began = (0, ""), time.time()
        try:
            return case.call(self.base_url, self.session, **arguments)
        except Exception as error:  # an application in process may raise anything
            url = f"{self.base_url}{operation.path}?{urlencode(query, doseq=True)}"
            raise NoAnswer(Sent(case.method, url, raw, case.media_type), error) from error
        finally:
            self._ended = time.time()

    def _wanted(
        self, operation: str, wanted: str, *, query: Mapping[str, str] | None = None, body: object = None
    ) -> str:
        answer = self._plain(operation, query, body)
        try:
            value = reduce(getitem, wanted.split("."), answer.json())
        except (ValueError, KeyError, TypeError) as error:
            told = f"{operation} gives no {wanted}, so the server can't be tested{_refusal(answer)}"
            raise TargetError(told, operation, code_of(answer.content)) from error
        return str(value)

    def _plain(self, operation: str, query: Mapping[str, str] | None, body: object) -> requests.Response:
        """Send a good request that is none of the cases."""
        known = OPERATIONS[operation]
        params = dict(query or {})
        if known.auth is not None:
            params[known.auth] = self.token_of(operation)
        if self.gate is not None:
            self.gate(known, known.method, params, body)
        try:
            return self.session.request(
                known.method,
                self.base_url + known.path,
                params=params,
                data=None if body is None else write_json(body),
                timeout=SECONDS,
            )
        except requests.RequestException as error:
            raise TargetError(f"{operation} gives no answer: {root_cause(error)}", operation) from None

    def _delete_template(self, template_id: str | None) -> None:
        """A company has room for few templates, and a run makes more of them than that."""
        if template_id is not None:
            self._plain("group_welcome_template_del", None, {"template_id": template_id})


def _refusal(answer: requests.Response) -> str:
    """The errcode of an answer, where it has one; never its text, which may repeat a secret."""
    code = code_of(answer.content)
    if code is None:
        kind = answer.headers.get("Content-Type", "no content type")
        return f" (HTTP {answer.status_code}, {kind[:60]})"
    return f" (errcode {code})" if code else ""


def _template_of(response: Response) -> str | None:
    """The id of the template that a call made; None where it made none."""
    try:
        template_id = read_json(response.content or b"")["template_id"]
    except (NotJSON, KeyError, TypeError):
        return None
    return template_id if isinstance(template_id, str) and template_id else None


def _serialised(body: Any) -> bytes:
    """The body as it goes over the wire; raw bytes go as they are.

    A control character can't go at all: WeCom refuses the escape that JSON has for it.
    """
    if isinstance(body, Binary):
        return body.data
    if isinstance(body, bytes):
        return body
    return write_json(without_escapes(body))
