"""The proof that a client, a server or a document keeps the contract.

``vectors``, ``engine``, ``mutate`` and ``corpus`` know the contract only as a file: they share nothing with
the validators that they check. ``wecom-conformance`` is the suite as a program, `record` holds a client against the
contract, and ``pytest --wecom-base-url`` a server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wecom_conformance.recording import Recorder

__all__ = ["record"]


def record(name: str = "client") -> Recorder:
    """A recorder, for the calls of one client.

    Args:
        name: of the client, for the reports.
    """
    from wecom_conformance.recording import Recorder

    return Recorder(name)
