"""The limits of a client that is told nothing else."""

from __future__ import annotations

from typing import Final

TIMEOUT: Final = 10.0
"""Seconds for each connect, read or write."""
DEADLINE: Final = 30.0
"""Seconds for a whole call: token, connection, sending, answer."""
RETRIES: Final = 2
"""How often a call is made again that may be. Two ride out a connection that was closed while it was idle and a
gateway that is started anew, within a second or two; more would hide an outage, and take the deadline to do so."""
SETTLE: Final = 120.0
"""Seconds after an attempt before its absence from the list says anything. Nobody has written down how long a task
takes into the list; field notes have the calls about a task refused for as long as it is being dispatched."""
CLOCK_MARGIN: Final = 60.0
"""Seconds by which this machine's clock and WeCom's may differ."""
MAX_RESPONSE_BYTES: Final = 10 * 1024 * 1024
"""Bytes. A page of 1,000 results is about 150 KB."""
