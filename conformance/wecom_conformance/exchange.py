"""A request and its answer, as they are recorded and reported."""

from __future__ import annotations

from attrs import field, frozen

from .findings import Finding
from .judgement import Sent


@frozen
class Exchange:
    """A request, its answer, and what the checks found.

    Attributes:
        operation: the contract's id; empty for a path that the contract doesn't have.
        sent: the request.
        status: the HTTP status; 0 where there was no answer.
        answer: the body, decoded.
        content_type: of the answer.
        began: Unix time in seconds.
        seconds: until the answer was there.
        source: the phase that sent it, or who recorded it.
        findings: what is wrong with it.
    """

    operation: str
    sent: Sent
    status: int = 0
    answer: bytes = field(default=b"", repr=False)
    content_type: str = ""
    began: float = 0.0
    seconds: float = 0.0
    source: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of the request, by which failures are compared: the smallest is shown."""
        return len(self.sent.body or b"") + len(self.sent.url)
