"""Takes secrets out of whatever is written: of a report nobody knows who reads it."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, quote, urlsplit

from attrs import evolve

from .curl import SECRETS, masked
from .exchange import Exchange
from .judgement import Sent
from .strict_json import NotJSON, read_json

FIELDS = frozenset(
    {*SECRETS, "suite_secret", "suite_ticket", "permanent_code", "corp_access_token", "provider_access_token"}
)
"""Fields of bodies whose value is a secret."""

_IN_JSON = re.compile(rf'("(?:{"|".join(sorted(FIELDS))})"\s*:\s*)"(?:[^"\\]|\\.)*"'.encode())

_IN_QUERY = re.compile(rf"\b({'|'.join(SECRETS)})=[^&\s\"'\\]+".encode())


class Mask:
    """Knows the secrets of a run: those it is given, and those that come by.

    Args:
        secrets: known from the start.
    """

    def __init__(self, *secrets: str) -> None:
        self._secrets = {secret for secret in secrets if secret}

    def learn(self, exchange: Exchange) -> None:
        """Note the tokens and secrets in an exchange, to take them out wherever else they stand."""
        for name, value in parse_qsl(urlsplit(exchange.sent.url).query):
            if name in SECRETS and len(value) > 5:
                self._secrets.add(value)
        for raw in (exchange.sent.body, exchange.answer):
            try:
                body = read_json(raw or b"")
            except NotJSON:
                continue
            if isinstance(body, dict):
                found = (body[name] for name in FIELDS & body.keys())
                self._secrets.update(one for one in found if isinstance(one, str) and len(one) > 5)

    def text(self, text: str) -> str:
        """The text without them."""
        return masked(text, *self._present(text))

    def raw(self, raw: bytes) -> bytes:
        """A body without them."""
        raw = _IN_QUERY.sub(rb"\1=***", _IN_JSON.sub(rb'\1"***"', raw))
        for secret in sorted(self._secrets, key=len, reverse=True):
            if len(secret) > 5:
                raw = raw.replace(secret.encode("utf-8", "surrogatepass"), b"***")
        return raw

    def exchange(self, exchange: Exchange) -> Exchange:
        """An exchange without them."""
        sent = exchange.sent
        url, body = self.text(sent.url), None if sent.body is None else self.raw(sent.body)
        answer = self.raw(exchange.answer)
        shown = Sent(sent.method, url, body, sent.content_type)
        return evolve(exchange, sent=shown, answer=answer, content_type=self.text(exchange.content_type))

    def _present(self, text: str) -> Collection[str]:
        # Of a copy: another thread may learn one meanwhile.
        return [one for one in tuple(self._secrets) if one in text or quote(one, safe="") in text]
