"""What may go wrong with a call, and which call it befalls: faults that a test puts in the mock's way."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Literal

from attrs import define, evolve, field, frozen

from wecom_contract import OPERATIONS

from .limits import Limits
from .refusal import StorageError

Stage = Literal["connection", "request", "limit", "valid", "success"]


@frozen
class Kind:
    """A kind of fault.

    Attributes:
        stage: what it befalls: ``connection`` a connection before any request; ``request`` any request of an
            operation; ``limit`` any request with a good token that is over the limit; ``valid`` a call that
            would be accepted, before it has an effect; ``success`` an answer with errcode 0.
        about: what the caller gets.
        applied: for a kind that takes that field: whether the call has its effect where the fault does not say.
        takes: the fields of :class:`Fault` that mean something for it.
    """

    stage: Stage
    about: str
    applied: bool = False
    takes: frozenset[str] = frozenset()


def _takes(*names: str) -> frozenset[str]:
    return frozenset(names)


KINDS: dict[str, Kind] = {
    "errcode": Kind("valid", "an error of the API", takes=_takes("errcode", "errmsg", "applied")),
    "token-dead": Kind("valid", "the token dies in mid-flight: 40014, now and with every further use"),
    "frequency": Kind(
        "limit", "45009 for calls over a limit, until the window is over", takes=_takes("limit", "seconds")
    ),
    "ip-ban": Kind("request", "gettoken answers 45009 for an hour of the clock"),
    "refuse": Kind("connection", "no connection", takes=_takes("seconds")),
    "reset-before": Kind("request", "the connection is reset, the call had no effect"),
    "reset-after": Kind("request", "the connection is reset, the call had its effect"),
    "silence": Kind("request", "no answer comes", applied=True, takes=_takes("applied", "seconds")),
    "slow": Kind("request", "the answer comes in drops", takes=_takes("pause", "size")),
    "truncate": Kind("request", "the answer breaks off", takes=_takes("size")),
    "html-502": Kind("request", "502 with a page of HTML", takes=_takes("applied")),
    "html-200": Kind("request", "200 with a page of HTML", takes=_takes("applied")),
    "content-type": Kind("request", "the answer with another content type", takes=_takes("content_type")),
    "invalid-utf-8": Kind("request", "the answer with bytes that are no UTF-8"),
    "duplicate-keys": Kind("request", "the answer with its errcode twice"),
    "errcode-text": Kind("request", "the answer with its errcode as text"),
    "oversized": Kind("request", "the answer with much after it", takes=_takes("size")),
    "warning": Kind("success", "errcode 0 with a warning in errmsg", takes=_takes("errmsg")),
    "no-msgid": Kind("success", "errcode 0 without the id of what was made"),
}
PAUSE_SECONDS = 0.05
"""Between two pieces of a slow answer."""
PIECE_BYTES = 16
"""Of a slow answer."""
_FIELDS = ("errcode", "errmsg", "applied", "limit", "seconds", "pause", "size", "content_type")


@define(eq=False)
class Fault:
    """One fault. Fields that mean nothing for its kind stay ``None``.

    Args:
        kind: one of :data:`KINDS`.
        operation: id of the operation that it befalls; every one when absent.
        times: how often; until it is removed when absent.
        probability: of every call that it could befall, from 0 to 1.
        errcode: ``errcode``: the code, -1 when absent; not 0, within 32 bits.
        errmsg: ``errcode``, ``warning``: the text.
        applied: ``errcode``, ``silence``, ``html-…``: whether the call has its effect all the same.
        limit: ``frequency``: how many calls of an operation a window may have, 0 when absent.
        seconds: ``frequency``: length of the window, 60 when absent, by the clock of the mock. ``refuse``: for how
            long, ``silence``: after which time the connection is closed, both real seconds and without end when
            absent.
        pause: ``slow``: real seconds between two pieces, 0.05 when absent.
        size: ``slow``: bytes of a piece, 16 when absent; ``truncate``: bytes of the body that are sent, half of it
            when absent; ``oversized``: bytes of the body, 16 MiB when absent.
        content_type: ``content-type``: the type, ``text/plain`` when absent.

    Raises:
        ValueError: no such kind or operation, a field out of its range, or one that means nothing for the kind.
    """

    kind: str
    operation: str | None = None
    times: int | None = field(default=None, kw_only=True)
    probability: float = field(default=1.0, kw_only=True)
    errcode: int | None = field(default=None, kw_only=True)
    errmsg: str | None = field(default=None, kw_only=True)
    applied: bool | None = field(default=None, kw_only=True)
    limit: int | None = field(default=None, kw_only=True)
    seconds: float | None = field(default=None, kw_only=True)
    pause: float | None = field(default=None, kw_only=True)
    size: int | None = field(default=None, kw_only=True)
    content_type: str | None = field(default=None, kw_only=True)
    number: int = field(default=0, init=False)
    """Which one of the mock's it is; given by :meth:`Faults.add`."""
    fired: int = field(default=0, init=False)
    """How often it came true."""

    def __attrs_post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault {self.kind!r}; there are {', '.join(KINDS)}")
        if self.operation is not None and self.operation not in OPERATIONS:
            raise ValueError(f"no operation {self.operation!r} in the contract")
        for name in _FIELDS:
            if getattr(self, name) is not None and name not in self.how.takes:
                raise ValueError(f"{name} means nothing for the fault {self.kind}")
        if self.operation is not None and self.how.stage == "connection":
            raise ValueError(f"operation means nothing for the fault {self.kind}: it comes before the call")
        if self.kind == "frequency" and (self.times is not None or self.probability != 1):
            raise ValueError("a limit has no times and no probability")
        if self.kind == "ip-ban" and self.operation not in (None, "gettoken"):
            raise ValueError("a ban is about gettoken")
        if self.kind == "ip-ban" and self.times is None:
            self.times = 1  # more would not let the ban end
        self._check_ranges()

    def _check_ranges(self) -> None:
        if self.times is not None and self.times < 1:
            raise ValueError("times must be at least 1")
        if not 0 <= self.probability <= 1:
            raise ValueError("probability must be from 0 to 1")
        if self.errcode is not None and (self.errcode == 0 or not -(2**31) <= self.errcode < 2**31):
            raise ValueError("errcode must be other than 0 and within 32 bits")
        for name, least in (("limit", 0), ("size", 1 if self.kind == "slow" else 0)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise ValueError(f"{name} must be at least {least}")
        for name in ("seconds", "pause"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 86400:
                raise ValueError(f"{name} must be from 0 to 86400")
        text = self.content_type
        if text is not None and not (text.isascii() and text.isprintable() and text == text.strip()):
            raise ValueError("content_type must be printable ASCII")

    @property
    def how(self) -> Kind:
        """The kind, with all that is known of it."""
        return KINDS[self.kind]

    @property
    def takes_effect(self) -> bool:
        """Whether the call has its effect all the same."""
        return self.how.applied if self.applied is None else self.applied

    def kept(self, size: int) -> int:
        """How many bytes of a body of that many are sent, where it breaks off."""
        return min(size, size // 2 if self.size is None else self.size)

    @property
    def left(self) -> int | None:
        """How often it will still come true; ``None``: until it is removed."""
        return None if self.times is None else self.times - self.fired


@define(eq=False)
class Memory:
    """All that faults are and have left behind; what a file keeps of them.

    Attributes:
        faults: those that may still come true.
        numbers: how many there have been.
        draws: how many probabilities were drawn.
        given: which list of faults :meth:`Faults.give` has put in.
        limits: counts of calls, and bans.
    """

    faults: list[Fault] = field(factory=list)
    numbers: int = 0
    draws: int = 0
    given: str = ""
    limits: Limits = field(factory=Limits)


class Faults:
    """The faults of a mock, in the order in which they were added: a call meets the first one that is for it.

    Args:
        seed: what probabilities are drawn from; the same calls in the same order meet the same faults.

    Attributes:
        memory: all that is to be kept, where the state is in a file.
        lock: taken while that changes; the one of the state, where that is in a file.
    """

    def __init__(self, seed: int = 0) -> None:
        self.memory = Memory()
        self.lock: AbstractContextManager[Any, bool | None] = threading.RLock()
        self._seed = seed
        self._listeners: list[Callable[[], None]] = []

    @property
    def limits(self) -> Limits:
        """Counts of calls, and bans."""
        return self.memory.limits

    def add(self, fault: Fault) -> Fault:
        """Let a fault come true from now on; returns it with its number."""
        with self.lock:
            self._add(fault)
        self._tell(fault)
        return fault

    def give(self, faults: Iterable[Fault]) -> None:
        """Let the faults of a scenario come true from now on.

        Given again as they were, after a restart, they stay as the calls since have left them; given with changes,
        they take the place of all that there are.
        """
        # Copies, as they count how often they came true; the scenario may be given to another mock too.
        given = tuple(evolve(fault) for fault in faults)
        digest = hashlib.sha256(repr(given).encode("utf-8", "surrogatepass")).hexdigest()
        gone: tuple[Fault, ...] = ()
        with self.lock:
            if self.memory.given == digest:
                return
            if self.memory.given:
                gone = self._clear()
            for fault in given:
                self._add(fault)
            self.memory.given = digest
        self._tell(*gone, *given)

    def restarted(self) -> None:
        """Go on in another process: connections that were refused without an end are taken again.

        Nobody could reach the mock to lift that. Where it came with a scenario, another scenario does.
        """
        if not self.memory.given:
            ended = [one for one in self.memory.faults if one.kind != "refuse" or one.times or one.seconds]
            self.memory.faults[:] = ended

    def _add(self, fault: Fault) -> None:
        self.memory.numbers += 1
        fault.number, fault.fired = self.memory.numbers, 0
        self.memory.faults.append(fault)

    def remove(self, number: int) -> None:
        """Take a fault away.

        Raises:
            LookupError: no fault has this number.
        """
        with self.lock:
            found = [fault for fault in self.memory.faults if fault.number == number]
            if not found:
                raise LookupError(f"no fault {number}")
            self.memory.faults.remove(found[0])
        self._tell(found[0])

    def clear(self) -> None:
        """Take all away, with what they left behind: bans, counts of limits, draws of probabilities."""
        with self.lock:
            gone = self._clear()
        self._tell(*gone)

    def _clear(self) -> tuple[Fault, ...]:
        gone, self.memory = self.memory, Memory(numbers=self.memory.numbers)
        return tuple(gone.faults)

    def list(self) -> tuple[Fault, ...]:
        """Those that may still come true."""
        # Without the lock: a door asks while another thread may hold that and wait for the door.
        return tuple(self.memory.faults)

    def meet(self, operation: str) -> Fault | None:
        """The fault that a call meets, if its probability wants so; :meth:`use` says that it came true."""
        if not self.memory.faults:
            return None
        with self.lock:
            for fault in self.memory.faults:
                if fault.how.stage in ("request", "valid", "success") and self._is_for(fault, operation):
                    return fault
        return None

    def refuses(self) -> Fault | None:
        """The fault that a new connection meets; it has come true by that."""
        if not self.memory.faults:
            return None
        # What can't be kept has not come true. The next call is told why.
        with contextlib.suppress(StorageError), self.lock:
            for fault in self.memory.faults:
                if fault.how.stage == "connection" and self._drawn(fault):
                    self.use(fault)
                    return fault
        return None

    def use(self, fault: Fault) -> None:
        """Note that a fault came true; it is gone after its last time."""
        with self.lock:
            fault.fired += 1
            if fault.left == 0 and fault in self.memory.faults:
                self.memory.faults.remove(fault)

    def frequency(self, operation: str) -> tuple[Fault, ...]:
        """The limits that calls of an operation have."""
        if not self.memory.faults:
            return ()
        with self.lock:
            return tuple(
                one
                for one in self.memory.faults
                if one.kind == "frequency" and one.operation in (None, operation)
            )

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a door whenever what happens to connections has changed; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _is_for(self, fault: Fault, operation: str) -> bool:
        wanted = "gettoken" if fault.kind == "ip-ban" else fault.operation
        return wanted in (None, operation) and self._drawn(fault)

    def _drawn(self, fault: Fault) -> bool:
        if fault.probability == 1:
            return True
        self.memory.draws += 1
        drawn = hashlib.sha256(f"wecom-mock fault {self._seed} {self.memory.draws}".encode()).digest()
        return int.from_bytes(drawn[:6], "big") / 2**48 < fault.probability

    def _tell(self, *changed: Fault) -> None:
        if any(fault.how.stage == "connection" for fault in changed):
            for listener in tuple(self._listeners):
                listener()
