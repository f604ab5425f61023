"""Call the mock without a client: for tests that want to see the plain answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from attrs import field, frozen

from wecom_contract import OPERATIONS

from .core import handle
from .state import State
from .third_party import SUITE_TOKEN
from .wire import Request

BOUNDARY = "----wecom-mock-caller"


def form_of(files: Mapping[str, Mapping[str, Any]]) -> tuple[bytes, str]:
    """A form and its content type: each file as its description says, its content as given or zero bytes.

    Args:
        files: name of the part → ``filename``, ``filelength``, ``content_type`` and ``content``, all of which may
            be left out.
    """
    body = b""
    for name, told in files.items():
        content = told.get("content", bytes(told.get("filelength", 0)))
        head = f'Content-Disposition: form-data; name="{name}"'
        head += f'; filename="{told["filename"]}"' if "filename" in told else ""
        head += f"\r\nContent-Type: {told['content_type']}" if "content_type" in told else ""
        body += f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"


@frozen
class Answer:
    """An answer of the mock, taken apart.

    Attributes:
        status: the HTTP status.
        headers: by lower-case name.
        content: the raw bytes.
        body: the envelope with its fields; empty for an HTML page.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    body: Mapping[str, Any] = field(repr=False)

    @property
    def errcode(self) -> int | None:
        """``errcode``; ``None`` for an HTML page."""
        return self.body.get("errcode")

    @property
    def errmsg(self) -> str:
        """``errmsg`` without the hint, the address and the link."""
        return str(self.body.get("errmsg", "")).partition(", hint: [")[0]

    @property
    def rule(self) -> str | None:
        """Id of the contract's rule that the request broke."""
        found = self.headers.get("x-mock-rule")
        return found.partition(";")[0] if found else None

    @property
    def path(self) -> str | None:
        """Where the rule was broken."""
        found = self.headers.get("x-mock-rule")
        return found.partition("; path=")[2] if found else None

    @property
    def reason(self) -> str | None:
        """Why a request was refused that breaks no rule of the contract."""
        return self.headers.get("x-mock-reason")

    @property
    def warnings(self) -> tuple[str, ...]:
        """Ids of the contract's warnings about an accepted request."""
        found = self.headers.get("x-mock-warning")
        return tuple(one.partition(";")[0] for one in found.split(", ")) if found else ()


class Caller:
    """Calls operations of a mocked company, with the token of its first app fetched where one is due.

    Args:
        state: the company.
        clock: Unix time in seconds.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self.state = state
        self.clock = clock

    def send(
        self, method: str, path: str, query: str | bytes = b"", body: bytes = b"", content_type: str = ""
    ) -> Answer:
        """Send a request as it is."""
        raw = query if isinstance(query, bytes) else query.encode("utf-8")
        reply = handle(self.state, Request(method, path, raw, body, content_type), self.clock())
        headers = {name.lower(): value for name, value in reply.headers}
        is_json = headers.get("content-type", "").startswith("application/json")
        parsed = json.loads(reply.body) if is_json else {}
        return Answer(reply.status, headers, reply.body, parsed)

    def token(self, secret: str | None = None) -> str:
        """Fetch the token of an app, the first one when no secret is given."""
        used = self.state.company.apps[0].secret if secret is None else secret
        answer = self.call("gettoken", {"corpid": self.state.company.corpid, "corpsecret": used})
        return str(answer.body["access_token"])

    def suite_token(self, suite_id: str | None = None) -> str:
        """Fetch the token of a suite of the company, the first one when no id is given, with its first ticket."""
        suites = self.state.company.suites
        suite = next(iter(suites.values())) if suite_id is None else suites[suite_id]
        body = {"suite_id": suite.suite_id, "suite_secret": suite.secret, "suite_ticket": suite.ticket}
        return str(self.call("get_suite_token", body).body[SUITE_TOKEN])

    def call(self, operation: str, body: object, *, token: str | None = None) -> Answer:
        r"""Call an operation.

        Args:
            operation: its id.
            body: the body as JSON data (sent as raw UTF-8, without ``\u`` escapes) or as bytes; for an
                operation without a body the mapping of its query parameters; for an upload these and the
                data that describes the file, of which as many zero bytes are sent.
            token: the token to send, fetched when absent.
        """
        known = OPERATIONS[operation]
        query: dict[str, str] = {}
        if known.auth is not None:
            fetch = self.suite_token if known.auth == SUITE_TOKEN else self.token
            query[known.auth] = fetch() if token is None else token
        if known.parts:
            assert isinstance(body, Mapping)
            files = {name: body[name] for name in known.parts if name in body}
            raw, content_type = form_of(files)
            query |= {name: value for name, value in body.items() if name not in files}
            return self.send(known.method, known.path, urlencode(query), raw, content_type)
        if not known.has_body:
            assert isinstance(body, Mapping)
            return self.send(known.method, known.path, urlencode({**query, **body}))
        if known.query and isinstance(body, Mapping):
            query |= {name: body[name] for name in known.query if name in body}
            body = {name: value for name, value in body.items() if name not in known.query}
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode("utf-8")
        return self.send(known.method, known.path, urlencode(query), raw)
