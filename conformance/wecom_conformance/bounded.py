"""Requests to a server that nobody vouches for: no redirects, a deadline, and no more of an answer than a limit."""

from __future__ import annotations

import time
from typing import Any

import requests
from requests.adapters import HTTPAdapter

SECONDS = 30.0
"""For a connection, for a read, and for a whole answer."""

LARGEST = 16 * 1024 * 1024
"""Bytes of the largest answer, decoded."""


class _Bounded(HTTPAdapter):
    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: dict[str, str] | None = None,
    ) -> requests.Response:
        ends = time.monotonic() + SECONDS
        answer = super().send(
            request, stream=True, timeout=timeout or SECONDS, verify=verify, cert=cert, proxies=proxies
        )
        content = b""
        for block in answer.iter_content(64 * 1024):
            content += block
            if len(content) > LARGEST:
                answer.close()
                raise requests.exceptions.ContentDecodingError(f"an answer of more than {LARGEST} bytes")
            if time.monotonic() > ends:
                answer.close()
                raise requests.exceptions.ReadTimeout(f"no whole answer within {SECONDS:.0f} s")
        answer._content = content
        return answer


class BoundedSession(requests.Session):
    """A session that follows no redirect: it could lead to another machine, token and all."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # a proxy of the environment is not under test
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Bounded())

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: the answer is the redirect itself."""
        return None


def root_cause(error: BaseException) -> str:
    """Why a request failed, in the words of the operating system. The text around them has the URL, token and all."""
    told = "no answer"
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.strerror:
            return seen.strerror
        told = str(seen) if "://" not in str(seen) and "url:" not in str(seen) else told
        reason = getattr(seen, "reason", None)
        inner = next((one for one in seen.args if isinstance(one, BaseException)), None)
        seen = reason if isinstance(reason, BaseException) else inner or seen.__cause__ or seen.__context__
    return told
