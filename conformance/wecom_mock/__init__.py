"""A stateful mock of WeCom's customer mass messages.

One pure core (:func:`handle`) with thin adapters: :class:`InProcessTransport` for httpx, :func:`create_app`
for ASGI, ``wecom_mock.server.MockServer`` for a real socket on 127.0.0.1 (needs uvicorn), ``wecom-mock
serve`` for a shell. ``wecom_mock.company_file.load_company`` reads a company from YAML (needs PyYAML),
``wecom_mock.persistence.open_state`` keeps a state in a SQLite file.
"""

from __future__ import annotations

from .asgi import create_app
from .company import (
    App,
    Authorisation,
    Company,
    Customer,
    Group,
    Suite,
    Tag,
    TagGroup,
    make_company,
)
from .core import handle
from .demo import demo_company
from .moment_store import Moment
from .settings import Settings
from .state import State
from .tasks import Assignment, Delivery, Task
from .transport import InProcessTransport
from .wire import Reply, Request

__all__ = [
    "App",
    "Assignment",
    "Authorisation",
    "Company",
    "Customer",
    "Delivery",
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
    "create_app",
    "demo_company",
    "handle",
    "make_company",
]
