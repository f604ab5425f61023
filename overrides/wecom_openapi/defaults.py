"""The limits of a client that is told nothing else."""

from __future__ import annotations

from typing import Final

TIMEOUT: Final = 10.0
"""Seconds for each connect, read or write."""
DEADLINE: Final = 30.0
"""Seconds for a whole call: token, connection, sending, answer."""
RETRIES: Final = 2
"""How often a call is made again that may be. Two ride out a connection that was closed while it was idle and a gateway
that is started anew, within a second or two; more would hide an outage, and take the deadline to do so."""
MAX_RESPONSE_BYTES: Final = 10 * 1024 * 1024
"""Bytes. A page of 1,000 results is about 150 KB."""
