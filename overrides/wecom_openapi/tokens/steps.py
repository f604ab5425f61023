"""What the flow of a token wants done: its steps, which `wecom_openapi.tokens.auth` does."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, NamedTuple

import httpx

from wecom_openapi.envelope import Answer
from wecom_openapi.errors import MalformedAnswer
from wecom_openapi.tokens.store import Lease, TokenStore
from wecom_openapi.tokens.turn import Turn


class Acquire(NamedTuple):
    """Step: wait until nobody else asks for this token."""

    turn: Turn


class Keep(NamedTuple):
    """Step: remember a lease, to be given back like a turn."""

    lease: Lease


class Release(NamedTuple):
    """Step: let the next one ask."""

    held: Turn | Lease


class Pause(NamedTuple):
    """Step: wait so many seconds."""

    seconds: float


class Consult(NamedTuple):
    """Step: ask somebody else's function, which may be a coroutine."""

    function: Callable[[], Any]
    name: str


StoreCall = Callable[[TokenStore], Any]
Step = httpx.Request | Acquire | Keep | Release | Pause | Consult | StoreCall
Steps = Generator[Step, Any, Answer | MalformedAnswer]
Asked = Generator[Step, Any, tuple[Answer | MalformedAnswer, tuple[str, ...]]]
