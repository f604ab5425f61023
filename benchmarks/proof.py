"""Cases a second of our suite, in process, against stock schemathesis on the same application.

The same operations and the same application, which answers in process. Stock has all its phases but the stateful one,
and all its checks; ours has examples, vectors, boundaries, tokens and drawn cases, with every check, the second engine
included. A case is a request that reached the application.
"""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from time import process_time
from typing import Any
from urllib.parse import parse_qsl, urlencode

import schemathesis
from schemathesis.engine import from_schema

from wecom_conformance.checks import Broken
from wecom_conformance.engine import load_contract
from wecom_conformance.known_ids import KnownIds
from wecom_conformance.phases import PHASES, Run, Suite
from wecom_conformance.target import Target
from wecom_contract import OPERATIONS
from wecom_mock import State, create_app, demo_company

OPERATION_IDS = ("add_msg_template", "get_groupmsg_list_v2", "groupchat_list", "externalcontact_list")
DRAWN, ROUNDS, AIM = 60, 3, 1.5
MEMBER = "zhangsan"

Message = MutableMapping[str, Any]


class Counted:
    """The mock as an ASGI application that counts what it is asked, and takes any token for the good one.

    Stock has no way to a good token, and would see nothing but refusals of bad ones.
    """

    def __init__(self, *, any_token: bool) -> None:
        self.state = State()
        self.token, _ = self.state.token_for(self.state.company.apps[0], 0.0)
        self.cases = 0
        self._app = create_app(self.state, lambda: 0.0)
        self._any_token = any_token

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            self.cases += 1
            if self._any_token:
                query = [
                    (name, value)
                    for name, value in parse_qsl(
                        scope["query_string"].decode("latin-1"), keep_blank_values=True
                    )
                    if name != "access_token"
                ]
                query.append(("access_token", self.token))
                scope = {**scope, "query_string": urlencode(query).encode("latin-1")}
        await self._app(scope, receive, send)


def proof() -> str:
    """How many times as many cases a second ours has."""
    suite, ours, stock = Suite(), list[float](), list[float]()
    _ours(suite)  # enumerates the boundaries, once for all servers
    for _ in range(ROUNDS):
        ours.append(_ours(suite))
        stock.append(_stock())
    mine, theirs = statistics.median(ours), statistics.median(stock)
    mark = "within" if mine / theirs >= AIM else "below"
    return (
        f"{mine / theirs:6.2f}  {mark} the aim of {AIM:.2f}   cases a second of the suite ({mine:.0f})"
        f" against stock schemathesis ({theirs:.0f})"
    )


def _known() -> KnownIds:
    company = demo_company()
    customers = [one for one in company.customers if company.follows(MEMBER, one)]
    return KnownIds(
        corpid=company.corpid,
        corpsecret=company.apps[0].secret,
        member=MEMBER,
        customers=customers,
        groups=[one for one in company.groups if company.owns(MEMBER, one)],
        tag=min(company.customers[customers[0]].tags),
        tag_group=company.tag_groups[0].group_id,
        departments=list(company.departments),
    )


def _ours(suite: Suite) -> float:
    app = Counted(any_token=False)
    began = process_time()
    with Target(_known(), app=app) as target:
        one = Run(suite, target, DRAWN)
        for operation in OPERATION_IDS:
            for phase in PHASES.values():
                with suppress(Broken):
                    phase(one, operation)
    return app.cases / (process_time() - began)


def _stock() -> float:
    app = Counted(any_token=True)
    document = dict(load_contract().document)
    paths = {OPERATIONS[name].path for name in OPERATION_IDS}
    document["paths"] = {path: item for path, item in document["paths"].items() if path in paths}
    schema = schemathesis.openapi.from_dict(document)
    schema.app = app
    schema.config.update(base_url="http://in-process", continue_on_failure=True)
    schema.config.phases.update(phases=["examples", "coverage", "fuzzing"])
    schema.config.generation.update(max_examples=DRAWN)
    began = process_time()
    for _ in from_schema(schema).execute():
        pass
    return app.cases / (process_time() - began)
