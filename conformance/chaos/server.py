"""A server on a real socket: it does what is asked as the mock does it, keeps a ledger of that, and answers as the
fault says that was drawn for the request."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from typing import Final

from wecom_mock import State, handle
from wecom_mock.wire import Request as MockRequest

from .company import company
from .faults import NO_FAULT, Answer, Fault
from .ledger import Ledger
from .listener import Listener
from .wire import Request, Wire

_PATIENCE: Final = 60.0

Draw = Callable[[str, Request | None], Fault]
"""Chooses a fault: for ``"connect"``, before anything is read, and for ``"answer"``, for a request."""


class ChaosServer(Listener):
    """Serves on loopback until it is closed.

    Args:
        draw: chooses the fault of each connection and of each request.
        state: the company; a new one where it is None.
        tls: wraps each connection.
        clock: Unix time in seconds.
    """

    def __init__(
        self,
        draw: Draw,
        state: State | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._draw = draw
        self.state = State(company()) if state is None else state
        self._clock = clock
        self.ledger = Ledger()
        super().__init__(tls)

    def quiet(self) -> None:
        """Wait until the clients have gone and everything that they had asked for is done.

        Raises:
            TimeoutError: one stays.
        """
        ends = time.monotonic() + _PATIENCE
        while self.busy:
            if time.monotonic() > ends:
                raise TimeoutError("a client has not gone")
            time.sleep(0.005)

    def token(self) -> str:
        """A token that is good."""
        return self.state.token_for(self.state.company.apps[0], self._clock())[0]

    def begin(self, sock: socket.socket) -> None:
        """Play the fault of a connection, where one was drawn."""
        greeting = self._draw("connect", None)
        if greeting.at == "connect":
            greeting.play(Wire(sock, self.stopping), _NOTHING)

    def talk(self, sock: socket.socket) -> None:
        """Answer each request with the fault that is drawn for it."""
        wire = Wire(sock, self.stopping)
        for request in wire.requests():
            fault = self._draw("answer", request)
            answer = self._answer(request) if fault.applied == "before" else _NOTHING
            try:
                fault.play(wire, answer)
            finally:
                if fault.applied == "after":
                    self._answer(request)

    def _answer(self, request: Request) -> Answer:
        asked = MockRequest(request.method, request.path, request.query, request.body, request.content_type)
        now = self._clock()
        reply = handle(self.state, asked, now)
        if reply.status == 200:
            self.ledger.note(request.operation, request.body, reply.body)
        return Answer(reply.status, reply.body, now)


_NOTHING = Answer(200, b'{"errcode":0,"errmsg":"ok"}')


def always(fault: Fault) -> Draw:
    """A server that does the same to every call but those for a token."""

    def draw(moment: str, request: Request | None) -> Fault:
        if moment == fault.at == "connect":
            return fault
        if request is None or request.operation == "gettoken":
            return NO_FAULT
        return fault if fault.at == "answer" else NO_FAULT

    return draw
