"""A secret that may come out nowhere, and the search for it in whatever a run has left behind."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, quote_plus

from attrs import field, frozen

END: Final = 12
"""How many characters of either end may not come out either."""
_AROUND: Final = 40


@frozen
class Canary:
    """One secret.

    Args:
        name: what it is, for people.
        value: the secret; with characters that look different in a URL and in JSON.
    """

    name: str
    value: str = field(repr=False)

    def forms(self) -> Iterator[tuple[str, bytes]]:
        """How it would look, by the name of the form."""
        yield "plain", self.value.encode()
        yield f"first {END} characters", self.value[:END].encode()
        yield f"last {END} characters", self.value[-END:].encode()
        yield "percent-encoded", quote(self.value, safe="").encode()
        yield "form-encoded", quote_plus(self.value).encode()
        yield "percent-encoded twice", quote(quote(self.value, safe=""), safe="").encode()
        yield "in JSON", json.dumps(self.value)[1:-1].encode()
        yield "in hex", self.value.encode().hex().encode()
        for shift in range(3):
            # As a part of something longer it starts at any of three places of a group of four characters.
            packed = base64.b64encode(b"\0" * shift + self.value.encode())
            yield f"base64 at {shift}", packed[4 if shift else 0 : -4]
            yield (
                f"base64 for URLs at {shift}",
                packed[4 if shift else 0 : -4].replace(b"+", b"-").replace(b"/", b"_"),
            )


def canary(name: str, number: int = 1) -> Canary:
    """A new one, as long as a real token is short."""
    # Neither "secret" nor "token" is in it: what is masked by such a word is not masked by value.
    return Canary(
        name, f"kAn+{number:02}/arie~{name[:2]}=vogel{number * 7919:08}.gelb%{number}Ende{number:03}Zzz"
    )


class Net:
    """Everything that a run has left, and whether a canary is in it."""

    def __init__(self, *canaries: Canary) -> None:
        self._forms = [(one.name, form, text) for one in canaries for form, text in one.forms()]
        self._seen = 0
        self.found: list[str] = []

    @property
    def characters(self) -> int:
        """How much was searched: a net that was never thrown catches nothing."""
        return self._seen

    def throw(self, where: str, what: object) -> None:
        """Search a text, bytes, or the ``repr`` of anything else."""
        data = (
            what
            if isinstance(what, bytes)
            else (what if isinstance(what, str) else repr(what)).encode("utf-8", "replace")
        )
        self._seen += len(data)
        for name, form, text in self._forms:
            at = data.find(text)
            if at >= 0:
                around = data[max(0, at - _AROUND) : at].decode("utf-8", "replace")
                told = f"{name} ({form}) in {where}, behind {around!r}"
                if told not in self.found:
                    self.found.append(told)
