# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""A client library for accessing WeCom customer mass messages"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client
    from .operations import OPERATIONS, AsyncOperations, SyncOperations

__all__ = (
    "OPERATIONS",
    "AsyncOperations",
    "AuthenticatedClient",
    "Client",
    "SyncOperations",
)

_MODULES = {
    "AuthenticatedClient": "client",
    "Client": "client",
    "OPERATIONS": "operations",
    "AsyncOperations": "operations",
    "SyncOperations": "operations",
}


def __getattr__(name: str) -> object:
    # A module is imported when it is first asked for: who needs a model doesn't wait for the HTTP library.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
