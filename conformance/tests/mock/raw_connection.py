"""A connection to the mock's own server, byte for byte."""

from __future__ import annotations

import socket

from wecom_mock.server import MockServer


def connect(server: MockServer) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def to_end(connection: socket.socket) -> bytes:
    """All that comes until the server closes."""
    found = b""
    while piece := connection.recv(65536):
        found += piece
    return found


def talk(server: MockServer, *pieces: bytes) -> bytes:
    """Send the pieces one by one, and read all that comes."""
    with connect(server) as connection:
        for piece in pieces:
            connection.sendall(piece)
        return to_end(connection)
