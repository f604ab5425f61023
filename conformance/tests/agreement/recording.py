"""A transport that keeps what the client sends, and one face for the sync and the async client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from wecom_contract import OPERATIONS
from wecom_mock import State
from wecom_mock.caller import Caller
from wecom_mock.transport import InProcessTransport
from wecom_openapi import AsyncWeCom, MemoryTokenStore, Suite, WeCom, WeComError

CORPID, SECRET = "wwdemo", "demo"
TOKEN_PATH = OPERATIONS["gettoken"].path


class Recorder(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Keeps requests and has them answered by the mock, or with given bytes.

    Attributes:
        sent: the requests, those for a token left out.
        tokens: the requests for a token.
        answer: bytes to answer every other request with; None leaves the answer to the mock.
        answers_tokens: whether those bytes answer the requests for a token too.
    """

    def __init__(self) -> None:
        self.state = State()
        self.sent: list[httpx.Request] = []
        self.tokens: list[httpx.Request] = []
        self.answer: bytes | None = None
        self.answers_tokens = False
        self._mock = InProcessTransport(self.state)

    def clear(self) -> None:
        """Forget what was sent."""
        self.sent.clear()
        self.tokens.clear()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._given(request) or self._mock.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self._given(request) or await self._mock.handle_async_request(request)

    def _given(self, request: httpx.Request) -> httpx.Response | None:
        is_token = request.url.path == TOKEN_PATH
        (self.tokens if is_token else self.sent).append(request)
        if self.answer is None or (is_token and not self.answers_tokens):
            return None
        stream = httpx.ByteStream(self.answer)
        return httpx.Response(200, headers={"Content-Type": "application/json; charset=UTF-8"}, stream=stream)


class Kept(MemoryTokenStore):
    """A store that has a token already, so that no request for one is among those that are looked at."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token

    def load(self, key: str) -> str | None:
        return self.token


class Client:
    """The client under test, sync or async, in front of a recorder.

    Operations under the token of a suite are called with another one, which has that token.
    """

    def __init__(self, kind: str) -> None:
        self.recorder = Recorder()
        self._run: Callable[[Any], Any] = lambda result: result
        self._runner: asyncio.Runner | None = None
        self.wecom: WeCom | AsyncWeCom
        self.of_suite: WeCom | AsyncWeCom
        suite = Suite("wwdemosuite", "demo-suite", ticket="demo-ticket")
        given: dict[str, Any] = {
            "transport": self.recorder,
            "token_store": Kept(Caller(self.recorder.state).suite_token()),
            "retries": 0,
        }
        if kind == "sync":
            self.wecom = WeCom(CORPID, SECRET, transport=self.recorder, retries=0)
            self.of_suite = WeCom.for_suite(suite, CORPID, "demo-permanent", **given)
        else:
            self._runner = asyncio.Runner()
            self._run = self._runner.run
            self.wecom = AsyncWeCom(CORPID, SECRET, transport=self.recorder, retries=0)
            self.of_suite = AsyncWeCom.for_suite(suite, CORPID, "demo-permanent", **given)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for client in (self.wecom, self.of_suite):
            if isinstance(client, AsyncWeCom):
                self._run(client.aclose())
            else:
                client.close()
        if self._runner is not None:
            self._runner.close()

    def call(self, operation: str, *args: Any, **fields: Any) -> Any:
        """Call an operation, with every flag set that confirms a wide audience."""
        from wecom_client.operations import OPERATIONS as GENERATED

        flags = dict.fromkeys(GENERATED[operation].confirms, True)
        client = self.of_suite if OPERATIONS[operation].auth == "suite_access_token" else self.wecom
        return self._run(getattr(client, operation)(*args, **flags, **fields))

    def outcome(self, operation: str, body: Mapping[str, Any]) -> Any:
        """What a call comes to: the answer's model, or the error of this package. Any other exception is a fault."""
        try:
            return self.call_with(operation, body)
        except WeComError as error:
            return error

    def call_unconfirmed(self, operation: str, *args: Any, **fields: Any) -> Any:
        """Call an operation, confirming nothing."""
        return self._run(getattr(self.wecom, operation)(*args, **fields))

    def call_with(self, operation: str, body: Mapping[str, Any]) -> Any:
        """Call an operation with a mapping where it takes a body, with keywords where it doesn't.

        Of a file that is described, as many zero bytes are uploaded.
        """
        if OPERATIONS[operation].parts:
            return self.call(operation, **_keywords(operation, body))
        if OPERATIONS[operation].has_body:
            return self.call(operation, body)
        return self.call(operation, **body)


def _keywords(operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
    (part,) = OPERATIONS[operation].parts
    told = dict(body[part])
    return {**body, part: bytes(told.pop("filelength")), **told}
