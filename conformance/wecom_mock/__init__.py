"""A stateful mock of WeCom's customer mass messages.

One pure core (:func:`handle`) with thin adapters: :class:`InProcessTransport` for httpx, :func:`create_app`
for ASGI, ``wecom_mock.server.MockServer`` for a real socket on 127.0.0.1, ``wecom-mock serve`` for a shell; in
pytest the fixtures ``wecom_mock`` and ``wecom`` are there without an import.
``wecom_mock.company_file.load_company`` reads a company from YAML (needs PyYAML),
``wecom_mock.persistence.open_state`` keeps a state in a SQLite file.

Each name is imported when it is first asked for: pytest loads this package in every run.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .asgi import create_app
    from .calls import CallLog, Exchange
    from .clock import Clock
    from .company import App, Authorisation, Company, Customer, Group, Suite, Tag, TagGroup, make_company
    from .core import handle
    from .demo import demo_company
    from .fixture import WeComMock
    from .har import replay
    from .moment_store import Moment
    from .settings import Settings
    from .state import State
    from .tasks import Assignment, Delivery, Task
    from .transport import InProcessTransport
    from .wire import Reply, Request

_FROM = {
    ".asgi": ("create_app",),
    ".calls": (
        "CallLog",
        "Exchange",
    ),
    ".clock": ("Clock",),
    ".company": (
        "App",
        "Authorisation",
        "Company",
        "Customer",
        "Group",
        "Suite",
        "Tag",
        "TagGroup",
        "make_company",
    ),
    ".core": ("handle",),
    ".demo": ("demo_company",),
    ".fixture": ("WeComMock",),
    ".har": ("replay",),
    ".moment_store": ("Moment",),
    ".settings": ("Settings",),
    ".state": ("State",),
    ".tasks": (
        "Assignment",
        "Delivery",
        "Task",
    ),
    ".transport": ("InProcessTransport",),
    ".wire": (
        "Reply",
        "Request",
    ),
}
_MODULES = {name: module for module, names in _FROM.items() for name in names}

__all__ = [
    "App",
    "Assignment",
    "Authorisation",
    "CallLog",
    "Clock",
    "Company",
    "Customer",
    "Delivery",
    "Exchange",
    "Group",
    "InProcessTransport",
    "Moment",
    "Reply",
    "Request",
    "Settings",
    "State",
    "Suite",
    "Tag",
    "TagGroup",
    "Task",
    "WeComMock",
    "create_app",
    "demo_company",
    "handle",
    "make_company",
    "replay",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
